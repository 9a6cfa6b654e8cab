call superbill#DefineLinter('hl7')
