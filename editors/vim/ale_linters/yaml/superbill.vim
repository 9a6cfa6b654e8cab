call superbill#DefineLinter('yaml')
