" Claim files and messages, by ending and by their first segment.
autocmd BufNewFile,BufRead *.837,*.837p,*.837i,*.x12,*.edi setfiletype x12
autocmd BufNewFile,BufRead *.hl7,*.dft setfiletype hl7
autocmd BufNewFile,BufRead *.csv setfiletype csv
autocmd BufNewFile,BufRead *.tsv setfiletype tsv
autocmd BufNewFile,BufRead *.psv setfiletype psv
autocmd BufRead * call superbill#Detect()
