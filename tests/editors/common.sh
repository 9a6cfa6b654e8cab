# What the editor tests run with, and against what. Sourced by the other scripts.
NODE_WHEEL=24.19.0
CODE_SERVER=4.139.1
PLAYWRIGHT=1.65.1
NEOVIM=0.11.4

CACHE=${SUPERBILL_EDITOR_CACHE:-$HOME/.cache/superbill-editors}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
EXAMPLES=${SUPERBILL_EXAMPLES:-$root/data/examples}

# The server to test: SUPERBILL_SERVER, else the checkout's virtual environment, else the PATH.
server_or_fail() {
    SERVER=${SUPERBILL_SERVER:-$root/.venv/bin/superbill}
    [ -x "$SERVER" ] || SERVER=$(command -v superbill || true)
    if [ -z "$SERVER" ]; then
        echo "No superbill server: install the project, or set SUPERBILL_SERVER to the program." >&2
        exit 1
    fi
}

# The Python that the extension is to find: SUPERBILL_TEST_PYTHON, else the one behind `python3`. Prints the program itself.
python_or_fail() {
    "${SUPERBILL_TEST_PYTHON:-python3}" -c 'import os, sys; print(os.path.realpath(sys.executable))'
}

chromium_or_nothing() {
    local name
    for name in "${SUPERBILL_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
}

# pack_or_fail VSIX: pack the extension when its package is missing or older than what goes into it. SUPERBILL_PACK_PYTHON
# is a Python with pip; default: the checkout's virtual environment, else python3.
pack_or_fail() {
    local sources=("$root/server" "$root/data" "$root/docs/rules" "$root/pyproject.toml" "$root/LICENSE" "$root/NOTICE")
    local own=(src server language media package.json package-lock.json build.mjs vendor.py README.md .vscodeignore)
    if [ -e "$1" ] && [ -z "$(find "${sources[@]}" "${own[@]/#/$root/editors/vscode/}" -type f -newer "$1" \
        -not -path '*/__pycache__/*' -not -path '*/media/*.png' -print -quit)" ]; then
        return
    fi
    local python=${SUPERBILL_PACK_PYTHON:-$root/.venv/bin/python}
    [ -x "$python" ] || python=python3
    mkdir -p "$root/build"
    echo "packing the extension"
    (cd "$root/editors/vscode" && export PATH="$CACHE/node/path:$PATH" PYTHON="$python" &&
        npm ci --silent --ignore-scripts && npm run --silent package >"$root/build/vsix.log" 2>&1) ||
        { cut -c 1-300 "$root/build/vsix.log" >&2; exit 1; }
}
