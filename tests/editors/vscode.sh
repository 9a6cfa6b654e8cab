#!/usr/bin/env bash
# Drives the packed extension in a real VS Code (code-server) with headless Chromium.
#   vscode.sh host             the tests of editors/vscode/test, in the extension host
#   vscode.sh tour OUTDIR      what a coder does in a first hour on data/examples; pictures of it into OUTDIR
#   vscode.sh trouble OUTDIR   no Python, servers that are not there, die or make no sense, broken settings: one message each
#                              (SLOW=1: also one that never answers, half a minute)
#   vscode.sh trust OUTDIR     Restricted Mode: what the workspace brings along is not run; and after it is trusted
#   vscode.sh speed OUTDIR     a file of 2,000 rows in a fresh installation, timed
# Everything runs on the loopback interface, in a throw-away folder, and is ended when the script ends.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
mode=$1
mkdir -p "${2:-$root/build/editors}"
out=$(cd "${2:-$root/build/editors}" && pwd)
node=$CACHE/node/path
ext=$root/editors/vscode
vsix=$ext/superbill.vsix

if [ -z "${SUPERBILL_PREPARED:-}" ]; then
    [ -e "$EXAMPLES/charges.csv" ] || { echo "missing: $EXAMPLES/charges.csv" >&2; exit 1; }
    bash "$here/install.sh" code-server
    pack_or_fail "$vsix"
    SUPERBILL_PREPARED=1 exec bash "$here/loopback.sh" bash "$here/vscode.sh" "$mode" "$out"
fi

tmp=$(mktemp -d)
end_group() { # end_group PIDFILE: TERM the process group, KILL what is left after five seconds
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 0
    kill -TERM -- "-$pid" 2>/dev/null || return 0
    for _ in $(seq 50); do kill -0 -- "-$pid" 2>/dev/null || return 0; sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
}
left() { # the processes whose command line or folder lies in the throw-away folder
    local process
    for process in /proc/[0-9]*; do
        [ "${process#/proc/}" != "$$" ] || continue
        if { tr '\0' ' ' <"$process/cmdline" | grep -qF "$tmp" || [[ $(readlink "$process/cwd") == "$tmp"* ]]; } 2>/dev/null; then
            echo "${process#/proc/}"
        fi
    done
}
cleanup() {
    status=$?
    trap - EXIT
    for name in run chromium code-server; do end_group "$tmp/$name.pid"; done
    local still
    still=$(left)
    if [ -n "$still" ]; then
        sleep 1
        still=$(left)
    fi
    if [ -n "$still" ]; then
        echo "processes were left behind:" >&2
        for pid in $still; do tr '\0' ' ' <"/proc/$pid/cmdline" >&2 || true; echo >&2; kill -KILL "$pid" 2>/dev/null || true; done
        status=1
    elif [ "$status" = 0 ]; then
        echo "no process left behind"
    fi
    rm -rf "$tmp"
    exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# a copy of the examples, a home of its own, and a PATH that says what is to be found
folder=$tmp/charges
mkdir -p "$folder" "$tmp/home" "$tmp/bin" "$tmp/state/user/User" "$tmp/state/user/Machine" "$tmp/state/ext" "$tmp/kept"
cp "$EXAMPLES"/* "$folder/"
printf 'patient,dos,what was done,mod,units,pos\nP-1,2025-10-07,76380,50,1,11\nP-2,2025-10-07,71046,,1,11\n' >"$folder/export.csv"
if [ "$mode" = speed ] || [ "$mode" = host ]; then
    awk 'BEGIN { print "patient,dos,cpt,mod,units,pos"; for (i = 0; i < 2000; i++)
        printf "P-%04d,2025-10-%02d,%s,%s,1,%s\n", i, i % 28 + 1, i % 3 ? "76380" : "74177", i % 10 ? "26" : "50", i % 2 ? "22" : "11" }' \
        >"$folder/large.csv"
fi
python=$(python_or_fail)
path=$tmp/bin:$node
if [ "$mode" != trouble ] && [ "$mode" != trust ]; then
    ln -s "$python" "$tmp/bin/python3"
    path=$tmp/bin:$node:/usr/bin:/bin
fi
# the editor asks a login shell for the PATH, and /etc/profile may set one
echo "export PATH='$path'" >"$tmp/home/.bash_profile"
cp "$here/vscode/settings.json" "$tmp/state/user/User/settings.json"
: >"$tmp/state/config.yaml"

read -r port cms < <(python3 -c '
import socket
taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(one.getsockname()[1] for one in taken))')
code_server=$CACHE/code-server/node_modules/code-server/out/node/entry.js
common=(--config "$tmp/state/config.yaml" --user-data-dir "$tmp/state/user" --extensions-dir "$tmp/state/ext")
environment=(env -i "HOME=$tmp/home" "PATH=$path" SHELL=/bin/bash LANG=C.UTF-8 "TMPDIR=$tmp" EXTENSIONS_GALLERY={}
    "SUPERBILL_CMS_URL=http://127.0.0.1:$cms") # the tour answers there in place of CMS
more=(--disable-workspace-trust)
if [ "$mode" = host ]; then
    # the unpacked extension is tested, with the flag without which a built VS Code runs no tests (and shows no messages with it)
    python3 -m zipfile -e "$vsix" "$tmp/kept"
    (cd "$ext" && PATH="$node:$PATH" node build.mjs --tests "$tmp/kept/tests.js")
    more+=(--vscode-option enable-smoke-test-driver)
else
    "${environment[@]}" "$node/node" "$code_server" "${common[@]}" --install-extension "$vsix" --force >"$tmp/install.log" 2>&1 ||
        { cat "$tmp/install.log" >&2; exit 1; }
fi
if [ "$mode" = trust ]; then
    more=()
    # what passes for the Python extension, and settings that a workspace has brought along
    PYTHON_CHOSEN=$python "$python" "$here/vscode/stub.py" "$tmp/python.vsix"
    "${environment[@]}" "$node/node" "$code_server" "${common[@]}" --install-extension "$tmp/python.vsix" --force >"$tmp/install.log" 2>&1 ||
        { cat "$tmp/install.log" >&2; exit 1; }
fi
# the inner shell is the leader of a new process group and writes its id before it becomes code-server
setsid "${environment[@]}" /bin/bash -c 'echo $$ >"$0"; exec "$@"' "$tmp/code-server.pid" \
    "$node/node" "$code_server" "${common[@]}" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry \
    --disable-update-check --disable-getting-started-override --ignore-last-opened \
    "${more[@]}" "$folder" >"$tmp/code-server.log" 2>&1 </dev/null &
up=
for _ in $(seq 600); do
    curl -sf -o /dev/null "http://127.0.0.1:$port/healthz" && up=1 && break
    sleep 0.1
done
[ -n "$up" ] || { cat "$tmp/code-server.log" >&2; echo "code-server did not come up" >&2; exit 1; }

# Playwright starts the browser in a process group of its own: note its id
chromium=$(chromium_or_nothing)
printf '#!/bin/bash\necho $$ >"%s"\nexec "%s" "$@"\n' "$tmp/chromium.pid" "$chromium" >"$tmp/chromium"
chmod +x "$tmp/chromium"
logs=
[ -e "$CACHE/code-server/node_modules/code-server/lib/vscode/node_modules/@vscode/spdlog/build/Release/spdlog.node" ] && logs=1
LOGS=$logs PATH="$node:$PATH" TMPDIR=$tmp PLAYWRIGHT_DIR=$CACHE/playwright CHROMIUM=$tmp/chromium TEST_PYTHON=$python \
    PORT=$port CMS_PORT=$cms TMP=$tmp OUT=$out FOLDER=$folder EXTENSION=$tmp/kept/extension EXTENSION_TESTS=$tmp/kept/tests.js \
    setsid timeout --foreground 600 node "$here/vscode/$mode.mjs" </dev/null &
echo $! >"$tmp/run.pid"
wait $!
