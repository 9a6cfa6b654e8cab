#!/usr/bin/env bash
# Runs vim_smoke.vim with ALE and editors/vim installed as its page says.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
. "$here/scratch.sh"
bash "$here/install_others.sh" vim
scratch_or_fail
mkdir -p "$scratch/home/.vim/pack/superbill/start"
cp -r "$root/editors/vim" "$scratch/home/.vim/pack/superbill/start/superbill"
cp "$EXAMPLES/sheet.yaml" "$work"
cat >"$scratch/home/.vimrc" <<'END'
set nocompatible hidden noswapfile
filetype plugin on
syntax on
set runtimepath^=/usr/share/vim-ale
let g:ale_hover_cursor = 0
let g:ale_hover_to_preview = 1
let g:superbill_settings = {'rules': {'F122': 'off'}}
END

echo "# $(vim --version | head -n 1), ALE $(dpkg-query -W -f '${Version}' vim-ale 2>/dev/null || true)"
status=0
# a terminal of its own: without one Vim has no insert mode
in_scratch python3 -c 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))' \
    vim -n -i NONE -S "$here/vim_smoke.vim" >"$scratch/log" 2>&1 || status=1
cat "$scratch/results" 2>/dev/null || status=1
[ -e "$scratch/results" ] || cat "$scratch/log"
nothing_left || status=1
exit "$status"
