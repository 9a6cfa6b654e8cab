"""superbill.checkWorkspace: check the files of the workspace once, findings coming file by file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pygls.uris import to_fs_path

from superbill.config import FILE_NAME
from superbill.lsp.workspace_files import analysed_files, closed_files
from superbill.rules.base import SEVERITIES

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


async def handle(server: SuperbillServer, options: Mapping[str, Any] | None = None) -> dict[str, int]:
    """Check files that are not open, and answer how many there were and how many findings of each severity they have.

    `options` may hold `token`: `$/progress` then brings `{uri, diagnostics}` for every file with findings, and
    `{done, files}` in between; and `uris`: these files instead of the whole workspace, findings or not. Open documents
    are left out, for their findings are shown already. The request can be cancelled.
    """
    wanted = options if isinstance(options, Mapping) else {}
    token, uris = wanted.get("token"), wanted.get("uris")
    paths = list(closed_files(server)) if uris is None else _named(server, uris)
    totals: Counter[str] = Counter(dict.fromkeys(("files", "unread", *SEVERITIES), 0))
    shown = -1

    def step(number: int, files: int) -> None:
        nonlocal shown
        percent = number * 100 // files
        if token is not None and percent != shown:
            shown = percent
            server.protocol.progress_raw(token, f'{{"done":{number},"files":{files}}}')

    async for path, analysis in analysed_files(server, paths, step):
        if analysis is None:
            totals["unread"] += 1
            continue
        totals["files"] += 1
        totals.update(located.finding.severity for located in analysis.findings())
        uri = path.as_uri()
        items = server.writer_of_diagnostics.write(analysis, uri)
        if token is not None and (items or uris is not None):
            server.protocol.progress_raw(token, f'{{"uri":{json.dumps(uri)},"diagnostics":[{items}]}}')
    return dict(totals)


def _named(server: SuperbillServer, uris: object) -> list[Path]:
    """The files of these addresses that are not open and not excluded."""
    opened = {to_fs_path(document.uri) for document in server.open_documents()}
    found = []
    for uri in uris if isinstance(uris, Sequence) else ():
        name = to_fs_path(str(uri))
        if name and Path(name).name == FILE_NAME:
            continue  # settings are no charges
        if name and name not in opened and not server.settings_for(str(uri)).excludes(Path(name).as_posix()):
            found.append(Path(name))
    return found
