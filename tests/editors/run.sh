#!/usr/bin/env bash
# All tests in real editors, one after the other; the first that fails ends it. Installs what is missing (see install.sh).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
pictures=$root/build/editors
for mode in host tour trouble trust speed; do
    echo "# VS Code: $mode"
    bash "$here/vscode.sh" "$mode" "$pictures"
done
echo "# Neovim, Emacs, Vim, Kate"
bash "$here/others.sh"
