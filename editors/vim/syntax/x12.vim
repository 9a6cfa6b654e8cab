" Segment names and separators of an X12 interchange.
if exists('b:current_syntax')
    finish
endif

syntax case match
syntax match x12Separator /[*~:^]/
syntax match x12Segment /\%(^\|\~\)\@<=\s*\zs[A-Z][A-Z0-9]\{1,2}\ze[^A-Za-z0-9 ]/
syntax match x12Procedure /\%(HC:\)\@<=[0-9A-Z]\{5}/

highlight default link x12Separator Comment
highlight default link x12Segment Keyword
highlight default link x12Procedure Number

let b:current_syntax = 'x12'
