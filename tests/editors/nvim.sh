#!/usr/bin/env bash
# Runs nvim_smoke.lua with editors/neovim installed as its README says:
#   enable   vim.lsp.enable (0.11 and later)
#   setup    require("superbill").setup()
#   old      the same where there is no vim.lsp.config (0.8 to 0.10)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
. "$here/scratch.sh"
nvim=${SUPERBILL_NVIM:-$CACHE/neovim/bin/nvim}
[ -n "${SUPERBILL_NVIM:-}" ] || bash "$here/install.sh" neovim
scratch_or_fail
mkdir -p "$scratch/home/.local/share/nvim/site/pack/superbill/start" "$scratch/home/.config/nvim"
cp -r "$root/editors/neovim" "$scratch/home/.local/share/nvim/site/pack/superbill/start/superbill"

status=0
for road in enable setup old; do
    echo "# $("$nvim" --version | head -n 1), $road"
    hide= payer=medicare-b
    case $road in
    enable) payer= && echo 'vim.lsp.enable("superbill")' ;;
    *) echo 'require("superbill").setup({ payer = "medicare-b" })' ;;
    esac >"$scratch/home/.config/nvim/init.lua"
    [ "$road" != old ] || hide='lua vim.lsp.config, vim.lsp.enable = nil, nil'
    cp "$EXAMPLES/charges.csv" "$work/charges.csv"
    in_scratch env "PAYER=$payer" "$nvim" --headless -n -i NONE --cmd "$hide" -c "luafile $here/nvim_smoke.lua" 2>&1 || status=1
    echo
    nothing_left || status=1
done
exit "$status"
