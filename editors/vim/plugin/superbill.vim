if exists('g:loaded_superbill')
    finish
endif

let g:loaded_superbill = 1

command! -bar Superbill call superbill#Start()

augroup superbill
    autocmd!
    autocmd FileType x12,hl7,csv,tsv,psv
    \   if exists(':ALELint') == 2 && empty(&l:omnifunc) | setlocal omnifunc=superbill#Complete | endif
augroup END
