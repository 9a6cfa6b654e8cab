call superbill#DefineLinter('csv')
