call superbill#DefineLinter('json')
