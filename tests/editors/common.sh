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
