#!/usr/bin/env bash
# Runs nvim_smoke.lua against a copy of data/examples/charges.csv: once as it is, once by way of the older API.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
server_or_fail
nvim=${SUPERBILL_NVIM:-$CACHE/neovim/bin/nvim}
[ -n "${SUPERBILL_NVIM:-}" ] || bash "$here/install.sh" neovim

tmp=$(mktemp -d)
pid=
cleanup() {
    [ -z "$pid" ] || kill -KILL -- "-$pid" 2>/dev/null || true
    rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
mkdir "$tmp/home"

status=0
for road in new old; do
    echo "# $("$nvim" --version | head -n 1), $road API"
    cp "$EXAMPLES/charges.csv" "$tmp/charges.csv"
    setsid env -i "HOME=$tmp/home" "XDG_STATE_HOME=$tmp/home" "PATH=$PATH" "TMPDIR=$tmp" LANG=C.UTF-8 timeout --foreground 90 \
        "$nvim" --headless --clean -l "$here/nvim_smoke.lua" "$root/editors/neovim/superbill.lua" "$SERVER" "$tmp/charges.csv" "$road" \
        </dev/null 2>&1 &
    pid=$!
    wait "$pid" || status=1
    kill -KILL -- "-$pid" 2>/dev/null || true
    pid=
    echo
done
exit "$status"
