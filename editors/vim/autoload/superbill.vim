" Superbill for Vim: filetypes by content, and the language server for ALE.

" Claim files and messages are known by their first segment, whatever the file is called: ISA, two separators alike around two
" characters; MSH, FHS or BHS with its separator and at least three more.
function! superbill#Detect() abort
    let l:first = getline(1)

    if l:first =~# '\v^ISA([^[:alnum:][:space:]])[[:alnum:]]{2}\1'
        let l:filetype = 'x12'
    elseif l:first =~# '\v^%x0b?%(MSH|FHS|BHS)[^[:alnum:][:space:]]{4}'
        let l:filetype = 'hl7'
    else
        return
    endif

    if &l:filetype isnot# l:filetype
        let &l:filetype = l:filetype
    endif
endfunction

" The folder that the server works in: the one with superbill.yaml or .git, else the file's. None, and so no server, for what is no
" file: a preview, the other side of a comparison.
function! superbill#Root(buffer) abort
    if !empty(getbufvar(a:buffer, '&buftype')) || bufname(a:buffer) =~# '\v^\a[[:alnum:]+.-]*://'
        return ''
    endif

    let l:settings = ale#path#FindNearestFile(a:buffer, 'superbill.yaml')

    if !empty(l:settings)
        return fnamemodify(l:settings, ':h')
    endif

    let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')

    return !empty(l:git) ? fnamemodify(l:git, ':h:h') : expand('#' . a:buffer . ':p:h')
endfunction

" What the server is told when it starts: g:superbill_settings, for example {'payer': 'medicaid'}.
function! superbill#Options(buffer) abort
    return {'superbill': extend({'payer': ''}, get(g:, 'superbill_settings', {}))}
endfunction

" g:ale_superbill_executable: the program, when it is not on the PATH.
function! superbill#DefineLinter(filetype) abort
    call ale#Set('superbill_executable', 'superbill')
    call ale#linter#Define(a:filetype, {
    \   'name': 'superbill',
    \   'lsp': 'stdio',
    \   'executable': {buffer -> ale#Var(buffer, 'superbill_executable')},
    \   'command': '%e serve',
    \   'language': get({'text': 'plaintext'}, a:filetype, a:filetype),
    \   'project_root': function('superbill#Root'),
    \   'initialization_options': function('superbill#Options'),
    \})
endfunction

" Completion for 'omnifunc'. ALE's own takes letters only for the beginning of a word, and would put a code behind its typed digits.
function! superbill#Complete(findstart, base) abort
    if !a:findstart
        return ale#completion#OmniFunc(0, a:base)
    endif

    let l:before = strpart(getline('.'), 0, col('.') - 1)
    let l:prefix = matchstr(l:before, '\v[A-Za-z]?\d\w*$|%(^|[^[:alnum:][:space:]])\zs\w+$')

    if !ale#completion#GetCompletions('ale-omnifunc', {'prefix': l:prefix})
        return -3
    endif

    return strlen(l:before) - strlen(l:prefix)
endfunction

" Start the server for this buffer, where ALE does not do so by itself: plain text, YAML, JSON.
function! superbill#Start() abort
    if exists(':ALELint') != 2
        echohl ErrorMsg | echomsg 'Superbill: ALE is not loaded' | echohl None

        return
    endif

    let l:linters = get(b:, 'ale_linters', [])
    let b:ale_linters = (type(l:linters) is v:t_list ? l:linters : []) + ['superbill']
    setlocal omnifunc=superbill#Complete
    ALELint
endfunction
