call superbill#DefineLinter('psv')
