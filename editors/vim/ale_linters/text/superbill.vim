call superbill#DefineLinter('text')
