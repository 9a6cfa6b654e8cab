# A throw-away world for one editor test. Sourced after common.sh.
#   scratch_or_fail            makes $scratch with a home, a copy of the examples, a PATH on which `superbill` is, and a compiled catalog
#   in_scratch COMMAND...      runs a command there: own environment, own process group, no network, at most $SCRATCH_LIMIT seconds
#   nothing_left               fails when a process of the scratch world still runs

# SUPERBILL_CATALOG: a folder in which the catalog is compiled already (others.sh compiles once for all); else it is compiled here.
scratch_or_fail() {
    server_or_fail
    scratch=$(mktemp -d)
    trap 'scratch_end' EXIT
    trap 'exit 130' INT TERM
    mkdir -m 700 "$scratch/home" "$scratch/bin" "$scratch/tmp" "$scratch/run"
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$SERVER" >"$scratch/bin/superbill"
    chmod +x "$scratch/bin/superbill"
    work=$scratch/work
    mkdir "$work"
    cp "$EXAMPLES/charges.csv" "$EXAMPLES/charges.hl7" "$EXAMPLES/claims.837" "$work"
    # what an export is often called, and nothing in a name says what is in it
    cp "$EXAMPLES/claims.837" "$work/x12-batch.txt"
    cp "$EXAMPLES/charges.hl7" "$work/hl7-batch"
    printf 'payer: medicare-b\n' >"$work/superbill.yaml"
    catalog=${SUPERBILL_CATALOG:-$scratch/catalog}
    title=$(SUPERBILL_HOME=$catalog "$SERVER" lookup 76380 | sed -n '1s/^76380 · //p')
    [ -n "$title" ] || { echo "superbill lookup 76380 does not say what it is" >&2; exit 1; }
    isolated=()
    for how in "unshare --net" "unshare --net --map-root-user"; do
        if $how true 2>/dev/null; then isolated=($how); break; fi
    done
}

in_scratch() {
    local status=0
    setsid env -i "HOME=$scratch/home" "XDG_RUNTIME_DIR=$scratch/run" "PATH=$scratch/bin:$PATH" "TMPDIR=$scratch/tmp" TERM=xterm-256color \
        LANG=C.UTF-8 "SUPERBILL_HOME=$catalog" "SUPERBILL_SCRATCH=$scratch" "WORK=$work" "TITLE=$title" "REPOSITORY=$root" \
        "${isolated[@]}" timeout --foreground --kill-after=2 "${SCRATCH_LIMIT:-300}" "$@" </dev/null &
    group=$!
    wait "$group" || status=$?
    return "$status"
}

# The processes of this scratch world, whatever group they are in: they have its name in their environment.
scratch_processes() {
    grep -lsaF "SUPERBILL_SCRATCH=$scratch" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 || true
}

nothing_left() {
    local left tries
    for tries in $(seq 150); do
        left=$(scratch_processes)
        [ -n "$left" ] || return 0
        sleep 0.1
    done
    echo "not ok - processes left behind:"
    ps -o pid,args -p "$(echo $left | tr ' ' ,)" || true
    return 1
}

scratch_end() {
    local left
    left=$(scratch_processes)
    [ -z "$left" ] || kill -KILL $left 2>/dev/null || true
    rm -rf "$scratch"
}
