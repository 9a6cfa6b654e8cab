" What a coder does in Vim with ALE, run by vim.sh. WORK is the folder with the examples, TITLE what 76380 is called.
let s:results = []
let s:failed = 0

function! s:Check(name, ok, ...) abort
    call add(s:results, (a:ok ? 'ok - ' : 'not ok - ') . a:name . (a:ok || !a:0 ? '' : ': ' . string(a:1)))
    let s:failed += !a:ok
endfunction

function! s:Wait(Test) abort
    for l:turn in range(1200)
        if a:Test()
            return 1
        endif

        sleep 50m
    endfor

    return 0
endfunction

function! s:Findings(rule) abort
    return filter(getloclist(0), {_, found -> found.text =~# a:rule})
endfunction

function! s:Preview() abort
    for l:window in range(1, winnr('$'))
        if getwinvar(l:window, '&previewwindow')
            return join(getbufline(winbufnr(l:window), 1, '$'), ' ')
        endif
    endfor

    return ''
endfunction

" How many servers run.
function! s:Servers() abort
    return len(filter(job_info(), {_, job -> job_status(job) is# 'run' && join(job_info(job).cmd) =~# 'superbill'}))
endfunction

" As :ALEHover shows it, in the preview window.
function! s:Hover() abort
    ALEHover
    call s:Wait({-> !empty(s:Preview())})
    let l:text = s:Preview()
    silent! pclose

    return l:text
endfunction

" ALE asks by a numbered menu: this is who answers.
runtime autoload/ale/util.vim
function! ale#util#Input(menu, ...) abort
    let s:menu = a:menu

    return matchstr(a:menu, '\v\n\zs\d+\ze\) Remove modifier 50\n')
endfunction

function! s:Tour() abort
    execute 'edit' fnameescape($WORK . '/charges.csv')
    call s:Check('filetype csv', &filetype is# 'csv', &filetype)
    call s:Check('K520 is shown', s:Wait({-> !empty(s:Findings('76380-50'))}), getloclist(0))
    call s:Check('and the others', s:Wait({-> !empty(s:Findings('76377 with 71275'))}))
    call s:Check('settings arrive: a rule is off', empty(s:Findings('"tc"')), s:Findings('"tc"'))

    call cursor(1, 1)
    call search('76380,50', 'W')
    let l:text = s:Hover()
    call s:Check('hover says what the code is', stridx(l:text, $TITLE) >= 0, l:text)

    call cursor(1, 1)
    call search('76380,\zs50', 'W')
    let l:line = line('.')
    ALECodeAction
    call s:Check('action Remove modifier 50 changes the buffer', s:Wait({-> getline(l:line) =~# '76380,,,1,11'}),
    \   [getline(l:line), get(s:, 'menu', '')])
    doautocmd <nomodeline> TextChanged
    call s:Check('its finding goes', s:Wait({-> empty(s:Findings('76380-50'))}))

    call cursor(1, 1)
    call search('76380,\zs,', 'W')
    " ALE answers in insert mode only: i CTRL-X CTRL-O, as typed
    call feedkeys("i\<C-x>\<C-o>", 'x')
    let l:items = ale#completion#GetCompletionResult()
    let l:items = l:items is v:null ? [] : l:items
    call s:Check('completion offers 26', !empty(filter(copy(l:items), 'v:val.word is# "26"')), l:items)
    call setline('.', substitute(getline('.'), '76380,\zs\w*', '', ''))
    call cursor(line('.'), 1)
    call search('76380,\zs,', 'W')
    doautocmd <nomodeline> TextChanged
    call feedkeys("i2\<C-x>\<C-o>", 'x')
    call s:Check('and ends what is typed', getline('.') =~# '76380,26,,1,', getline('.'))
    setlocal nomodified

    let l:servers = s:Servers()
    call s:Check('one server for all files of a folder', l:servers ==# 1, l:servers)
    new
    silent execute 'file' 'fugitive:///elsewhere/.git//0/charges.csv'
    setlocal buftype=nowrite filetype=csv
    call setline(1, ['patient,dos,cpt,mod,units,pos', 'P1,2025-10-15,76380,50,1,11'])
    ALELint
    sleep 500m
    call s:Check('no server for what is no file', s:Servers() ==# l:servers, s:Servers())
    bwipeout!

    for [l:name, l:filetype] in [['claims.837', 'x12'], ['charges.hl7', 'hl7'], ['x12-batch.txt', 'x12'], ['hl7-batch', 'hl7']]
        execute 'edit' fnameescape($WORK . '/' . l:name)
        call s:Check(l:name . ' is ' . l:filetype, &filetype is# l:filetype, &filetype)
        call s:Check('with its colours', get(b:, 'current_syntax', '') is# l:filetype)
        call cursor(1, 1)
        call search('76380', 'W')
        let l:text = s:Hover()
        call s:Check('hover in ' . l:name, stridx(l:text, $TITLE) >= 0, l:text)
    endfor

    execute 'edit' fnameescape($WORK . '/sheet.yaml')
    call cursor(1, 1)
    call search("\"\\zs76380", "W")
    Superbill
    let l:code = expand('<cword>')
    let l:text = s:Hover()
    call s:Check(':Superbill in a YAML file', stridx(l:text, l:code) >= 0, l:text)
endfunction

try
    call s:Tour()
    call s:Check('tour ends', 1)
catch
    call s:Check('tour ends', 0, v:exception . ' ' . v:throwpoint)
endtry

call add(s:results, printf('%d passed, %d failed', len(s:results) - s:failed, s:failed))
call writefile(s:results, $SUPERBILL_SCRATCH . '/results')

if s:failed
    cquit!
endif

qall!
