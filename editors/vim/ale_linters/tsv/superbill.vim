call superbill#DefineLinter('tsv')
