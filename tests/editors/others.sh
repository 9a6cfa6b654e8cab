#!/usr/bin/env bash
# Every editor besides VS Code that can be had here, one line each. The catalog is compiled once for all of them.
#   others.sh [nvim] [eglot] [lsp-mode] [vim] [kate]        (default: all)
# SUPERBILL_EDITORS_OPTIONAL=1: an editor that is not there and cannot be installed is passed over instead of failing the run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
server_or_fail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
export SUPERBILL_CATALOG=${SUPERBILL_CATALOG:-$folder/catalog}
SUPERBILL_HOME=$SUPERBILL_CATALOG "$SERVER" lookup 76380 >/dev/null

status=0
for editor in ${*:-nvim eglot lsp-mode vim kate}; do
    case $editor in
    nvim) part=neovim run=("$here/nvim.sh") ;;
    eglot | lsp-mode) part=emacs run=("$here/emacs.sh" "$editor") ;;
    vim | kate) part=$editor run=("$here/$editor.sh") ;;
    *) echo "others.sh: unknown editor $editor" >&2; exit 2 ;;
    esac
    if ! bash "$here/install_others.sh" "$part" >"$folder/log" 2>&1; then
        [ "${SUPERBILL_EDITORS_OPTIONAL:-}" = 1 ] || status=1
        echo "$editor: not installed. $(tail -n 1 "$folder/log")"
        continue
    fi
    since=$SECONDS
    if bash "${run[@]}" >"$folder/log" 2>&1; then
        echo "$editor: passed, $(sed -n 's/^# //p' "$folder/log" | head -n 1), $((SECONDS - since)) s"
    else
        status=1
        echo "$editor: FAILED, $(sed -n 's/^# //p' "$folder/log" | head -n 1)"
        sed 's/^/    /' "$folder/log"
    fi
done
exit "$status"
