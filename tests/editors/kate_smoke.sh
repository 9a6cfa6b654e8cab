#!/usr/bin/env bash
# The inner part of kate.sh: WORK is the folder with the examples, TITLE what 76380 is called, SUPERBILL_SCRATCH where the talk is written.
set -u
passed=0 failed=0
asked=$SUPERBILL_SCRATCH/asked answered=$SUPERBILL_SCRATCH/answered

until_true() {                             # until_true COMMAND...: within a minute
    local tries
    for tries in $(seq 300); do
        "$@" && return
        sleep 0.2
    done
    return 1
}

check() {                                  # check NAME COMMAND...
    local name=$1
    shift
    if until_true "$@"; then
        passed=$((passed + 1)) && echo "ok - $name"
    else
        failed=$((failed + 1)) && echo "not ok - $name"
    fi
}

says() { grep -qaF -- "$2" "$1"; }

exec 3<>"$SUPERBILL_SCRATCH/display"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
xvfb=$!
until_true test -s "$SUPERBILL_SCRATCH/display"
DISPLAY=:$(head -n 1 "$SUPERBILL_SCRATCH/display")
export DISPLAY QT_QPA_PLATFORM=xcb QT_ACCESSIBILITY=0 NO_AT_BRIDGE=1

# line 5 holds 76380 with nothing in its first modifier; the cursor is put there
row=$(grep -n '76380,,,' "$WORK/charges.csv" | head -n 1 | cut -d: -f1)
before=$(sed -n "${row}s/76380,.*/76380,/p" "$WORK/charges.csv")
kate -b -n -l "$row" -c $((${#before} + 1)) "$WORK/charges.csv" &
kate=$!
window() { id=$(xdotool search --onlyvisible --name 'charges' 2>/dev/null | head -n 1); [ -n "$id" ]; }
check "a window comes up" window
check "the file is opened as csv" grep -qaE '"languageId": ?"csv"' "$asked"
check "its findings are sent" says "$answered" '76380-50: '
xdotool windowsize "$id" 1280 800 windowfocus "$id" >&2
sleep 1
rest() {                                   # the mouse on the code in line 4: a window that is still being drawn does not see it
    xdotool mousemove 298 150
    sleep 0.3
    xdotool mousemove 298 168
    sleep 0.5
    xdotool mousemove_relative 2 1
    sleep 1
    says "$asked" 'textDocument/hover'
}
check "the mouse over a code asks for its card" rest
check "the card says what the code is" says "$answered" "$TITLE"
[ "$1" = /dev/null ] || { sleep 1 && import -window root "${1%.png}-hover.png" >&2; }
xdotool mousemove 900 600
xdotool key ctrl+space
check "Kate asks for completion" says "$asked" 'textDocument/completion'
check "and is told of 26" says "$answered" '"label":"26"'
sleep 2                                    # until the list is drawn
[ "$1" = /dev/null ] || import -window root "$1" >&2
xdotool key Return
sleep 0.5
xdotool key ctrl+s
check "26 is chosen and saved" says "$WORK/charges.csv" "${before}26,,1,"
# the line below holds 76380 with modifier 50: the cursor is behind it now, in the same column
xdotool key Down
xdotool key alt+Return
check "the cursor on a finding asks for its actions" says "$asked" 'textDocument/codeAction'
check "Remove modifier 50 is among them" says "$answered" '"title":"Remove modifier 50"'
sleep 2                                    # until the menu is drawn
[ "$1" = /dev/null ] || import -window root "${1%.png}-action.png" >&2
xdotool key Down Return
sleep 0.5
xdotool key ctrl+s
check "the modifier is removed and saved" grep -q '76380,,,1,11' "$WORK/charges.csv"
# the same window is given the others
kate "$WORK/claims.837" >&2
check "a claim file is opened as x12" grep -qaE '"languageId": ?"x12"' "$asked"
kate "$WORK/charges.hl7" >&2
check "a message is opened as hl7" grep -qaE '"languageId": ?"hl7"' "$asked"
kill "$kate"
wait "$kate" 2>/dev/null
kill "$xvfb"
wait "$xvfb" 2>/dev/null
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
