call superbill#DefineLinter('x12')
