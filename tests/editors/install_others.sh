#!/usr/bin/env bash
# Installs the editors of others.sh, as far as they are missing: Neovim into the cache, the others by apt.
#   install_others.sh [neovim] [emacs] [vim] [kate]        (default: all)
# Where apt cannot be used, it says what to install and fails.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
what=${*:-neovim emacs vim kate}

missing=()
need() {                                   # need PACKAGE FILE-OR-PROGRAM: what shows that the package is there
    [ -e "$2" ] || command -v "$2" >/dev/null || missing+=("$1")
}

for part in $what; do
    case $part in
    neovim) bash "$here/install.sh" neovim ;;
    emacs)
        need emacs-nox emacs
        need elpa-eglot /usr/share/doc/elpa-eglot
        need elpa-lsp-mode /usr/share/doc/elpa-lsp-mode
        ;;
    vim)
        need vim vim
        need vim-ale /usr/share/vim-ale
        ;;
    kate)
        need kate kate
        need xvfb Xvfb
        need xdotool xdotool
        need dbus dbus-run-session
        need fonts-dejavu-core /usr/share/fonts/truetype/dejavu
        ;;
    *) echo "install_others.sh: unknown part $part" >&2; exit 2 ;;
    esac
done

[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not installed: ${missing[*]} (names of Debian's packages)." >&2
    exit 1
fi
echo "installing ${missing[*]}"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
