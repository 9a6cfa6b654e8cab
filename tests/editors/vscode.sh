#!/usr/bin/env bash
# Drives the packed extension in a real VS Code (code-server) with headless Chromium.
#   vscode.sh tour OUTDIR      hover, diagnostics and completion on data/examples/charges.csv, hover and outline on claims.837;
#                              PNGs into OUTDIR
#   vscode.sh trouble OUTDIR   servers that are not there, stop or make no sense: one message each; then the setting mends it
#                              (SLOW=1: also one that never answers, half a minute)
# Everything runs on the loopback interface, in a throw-away folder, and is ended when the script ends.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
mode=$1
mkdir -p "$2"
out=$(cd "$2" && pwd)

server_or_fail
[ -e "$EXAMPLES/charges.csv" ] || { echo "missing: $EXAMPLES/charges.csv" >&2; exit 1; }
bash "$here/install.sh" code-server
node=$CACHE/node/path
ext=$root/editors/vscode
vsix=$ext/superbill.vsix
if [ ! -e "$vsix" ] || [ -n "$(find "$ext/src" "$ext/package.json" "$ext/build.mjs" "$ext/README.md" -newer "$vsix")" ]; then
    (cd "$ext" && PATH="$node:$PATH" && npm ci --silent --ignore-scripts && npm run --silent package >/dev/null)
fi

tmp=$(mktemp -d)
end_group() { # end_group PIDFILE: TERM the process group, KILL what is left after five seconds
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 0
    kill -TERM -- "-$pid" 2>/dev/null || return 0
    for _ in $(seq 50); do kill -0 -- "-$pid" 2>/dev/null || return 0; sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
}
cleanup() {
    end_group "$tmp/run.pid"
    end_group "$tmp/chromium.pid"
    end_group "$tmp/code-server.pid"
    rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# a copy of the example, a home of its own, and a PATH that says what is to be found
mkdir -p "$tmp/charges" "$tmp/home" "$tmp/bin" "$tmp/state/user/User" "$tmp/state/user/Machine" "$tmp/state/ext"
cp "$EXAMPLES"/charges.csv "$EXAMPLES"/claims.837 "$tmp/charges/"
path=$node:/usr/bin:/bin
if [ "$mode" = tour ]; then
    ln -s "$SERVER" "$tmp/bin/superbill"
    path=$tmp/bin:$path
fi
# the editor asks a login shell for the PATH, and /etc/profile may set one
echo "export PATH='$path'" >"$tmp/home/.bash_profile"
cp "$here/settings.json" "$tmp/state/user/User/settings.json"
: >"$tmp/state/config.yaml"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
code_server=$CACHE/code-server/node_modules/code-server/out/node/entry.js
common=(--config "$tmp/state/config.yaml" --user-data-dir "$tmp/state/user" --extensions-dir "$tmp/state/ext")
environment=(env -i "HOME=$tmp/home" "PATH=$path" SHELL=/bin/bash LANG=C.UTF-8 "TMPDIR=$tmp" EXTENSIONS_GALLERY={})
"${environment[@]}" node "$code_server" "${common[@]}" --install-extension "$vsix" --force >"$tmp/install.log" 2>&1 ||
    { cat "$tmp/install.log" >&2; exit 1; }
# the inner shell is the leader of a new process group and writes its id before it becomes code-server
setsid "${environment[@]}" /bin/bash -c 'echo $$ >"$0"; exec "$@"' "$tmp/code-server.pid" \
    node "$code_server" "${common[@]}" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry \
    --disable-update-check --disable-workspace-trust --disable-getting-started-override --ignore-last-opened \
    "$tmp/charges" >"$tmp/code-server.log" 2>&1 </dev/null &
up=
for _ in $(seq 150); do
    curl -sf -o /dev/null "http://127.0.0.1:$port/healthz" && up=1 && break
    sleep 0.1
done
[ -n "$up" ] || { cat "$tmp/code-server.log" >&2; echo "code-server did not come up" >&2; exit 1; }

# Playwright starts the browser in a process group of its own: note its id
chromium=${SUPERBILL_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
printf '#!/bin/bash\necho $$ >"%s"\nexec "%s" "$@"\n' "$tmp/chromium.pid" "$chromium" >"$tmp/chromium"
chmod +x "$tmp/chromium"
logs=
[ -e "$CACHE/code-server/node_modules/code-server/lib/vscode/node_modules/@vscode/spdlog/build/Release/spdlog.node" ] && logs=1
status=0
LOGS=$logs PATH="$node:$PATH" TMPDIR=$tmp PLAYWRIGHT_DIR=$CACHE/playwright CHROMIUM=$tmp/chromium SERVER=$SERVER \
    setsid timeout --foreground 240 node "$here/vscode.mjs" "$mode" "$port" "$tmp" "$out" </dev/null &
echo $! >"$tmp/run.pid"
wait $! || status=$?
exit "$status"
