call superbill#DefineLinter('markdown')
