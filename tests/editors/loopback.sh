#!/usr/bin/env bash
# Runs a command where nothing but the loopback interface exists, and fails when something in it tried to go elsewhere.
#   loopback.sh COMMAND...
# Needs the right to make a network namespace (root has it, and so have users on most systems). Where it cannot be had, the
# command runs as it is, and a line says so; the browser's own requests are watched in any case.
set -euo pipefail
if [ "${1:-}" != --inside ]; then
    for how in "unshare --net" "unshare --net --map-root-user"; do
        if $how true 2>/dev/null; then
            exec $how bash "$0" --inside "$@"
        fi
    done
    echo "no network namespace to be had: connections other than the browser's are not watched" >&2
    exec "$@"
fi
shift
python3 -c '
import fcntl, socket, struct
with socket.socket() as some:
    fcntl.ioctl(some, 0x8914, struct.pack("16sH14s", b"lo", 0x1 | 0x40, b""))  # SIOCSIFFLAGS: up, running
'
status=0
"$@" || status=$?
# packets and connections for which there was no way out (IPv4; a browser probes for IPv6 by itself)
tried=$(awk '/^Ip:/ { if (!n) { for (i = 1; i <= NF; i++) if ($i == "OutNoRoutes") n = i } else print $n }' /proc/net/snmp)
if [ "${tried:-0}" != 0 ]; then
    echo "$tried attempts to reach another machine" >&2
    [ "$status" != 0 ] || status=1
elif [ "$status" = 0 ]; then
    echo "nothing tried to leave the loopback interface"
fi
exit "$status"
