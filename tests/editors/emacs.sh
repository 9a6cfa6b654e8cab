#!/usr/bin/env bash
# Runs emacs_smoke.el with editors/emacs installed as its page says.
#   emacs.sh [eglot|lsp-mode]...       (default: both)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
. "$here/scratch.sh"
bash "$here/install_others.sh" emacs
scratch_or_fail
mkdir -p "$scratch/home/.emacs.d/lisp"
cp "$root/editors/emacs/superbill.el" "$scratch/home/.emacs.d/lisp"

status=0
for client in ${*:-eglot lsp-mode}; do
    echo "# $(emacs --version | head -n 1), $client"
    cat >"$scratch/home/.emacs.d/init.el" <<END
(add-to-list 'load-path "~/.emacs.d/lisp")
(require 'superbill)
(setq superbill-settings '(:payer "" :rules (:F122 "off")))
(superbill-setup '$client)
END
    cp "$EXAMPLES/charges.csv" "$EXAMPLES/ct-draft.md" "$work"
    in_scratch env "CLIENT=$client" emacs --batch -f package-activate-all -l "$scratch/home/.emacs.d/init.el" -l "$here/emacs_smoke.el" \
        -f ert-run-tests-batch-and-exit >"$scratch/log" 2>&1 || status=1
    grep -E '^ +(passed|FAILED)|^Ran ' "$scratch/log" || status=1
    [ "$status" = 0 ] || cat "$scratch/log"
    nothing_left || status=1
done
exit "$status"
