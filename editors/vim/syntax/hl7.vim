" Segment names and separators of HL7 v2 messages.
if exists('b:current_syntax')
    finish
endif

syntax case match
syntax match hl7Separator /[|^~&\\]/
syntax match hl7Segment /^[A-Z][A-Z0-9]\{2}\ze[^A-Za-z0-9 ]/

highlight default link hl7Separator Comment
highlight default link hl7Segment Keyword

let b:current_syntax = 'hl7'
