#!/usr/bin/env bash
# A real Kate window without a screen (Xvfb), with editors/kate installed as its page says. What Kate and the server say to each other is
# read along; what Kate does with it is read from the file that it saves. kate_smoke.sh is the inner part.
#   kate.sh [PICTURE.png]     also takes a picture (needs ImageMagick's import)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
. "$here/scratch.sh"
bash "$here/install_others.sh" kate
scratch_or_fail
config=$scratch/home/.config
syntax=$scratch/home/.local/share/org.kde.syntax-highlighting/syntax
mkdir -p "$config/kate/lspclient" "$syntax"
cp "$root/editors/kate/settings.json" "$config/kate/lspclient/settings.json"
cp "$root"/editors/kate/*.xml "$syntax"
# as after the question that Kate asks once, whether this program may be started
cat >"$config/katerc" <<END
[General]
Show welcome view for new window=false

[Kate Plugins]
lspclientplugin=true

[lspclient]
AllowedServerCommandLines=$scratch/bin/superbill serve
AutoHover=true
Diagnostics=true
END
cat >"$scratch/bin/superbill" <<END
#!/bin/bash
tee -a "$scratch/asked" | "$SERVER" "\$@" | tee -a "$scratch/answered"
END
: >"$scratch/asked" && : >"$scratch/answered"

echo "# $(dpkg-query -W -f 'Kate ${Version}' kate 2>/dev/null || echo Kate)"
status=0
in_scratch dbus-run-session -- bash "$here/kate_smoke.sh" "$(realpath -m "${1:-/dev/null}")" 2>"$scratch/log" || status=1
[ "$status" = 0 ] || tail -n 20 "$scratch/log"
nothing_left || status=1
exit "$status"
