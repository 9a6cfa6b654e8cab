#!/usr/bin/env bash
# Takes the pictures of the documentation: docs/images/{hover,completion,diagnostics,claims}.png
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bash "$here/vscode.sh" tour "${1:-$here/../../docs/images}"
