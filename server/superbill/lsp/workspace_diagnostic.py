"""workspace/diagnostic: the findings of files that are not open, for clients that fetch them and whose settings ask for it.

A file that is as it was, and checked by the settings that hold now, is not read again: its result id says so.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.lsp.progress import Progress
from superbill.lsp.wire import Raw
from superbill.lsp.workspace_files import analysed_files, closed_files

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

#: Reports in one piece of a partial answer.
_PIECE = 20
#: Files that are looked at, unread, before other requests have their turn.
_TURN = 200


async def handle(server: SuperbillServer, params: types.WorkspaceDiagnosticParams) -> Raw:
    """A report for every file that changed, and word of those that did not."""
    if not server.options.workspace_diagnostics:
        return Raw('{"items":[]}')
    known = {one.uri: one.value for one in params.previous_result_ids}
    reports: list[str] = []
    fresh: dict[Path, str] = {}
    for number, path in enumerate(closed_files(server)):
        if number % _TURN == 0:
            await asyncio.sleep(0)
        mark = _mark(server, path)
        if mark and known.get(path.as_uri()) == mark:
            reports.append(f'{{"kind":"unchanged",{_head(path, mark)}}}')
        elif mark:
            fresh[path] = mark

    def send(most: int) -> None:
        """Send what there is as a piece of the answer, once there is more than that, to a client that takes pieces."""
        if params.partial_result_token is not None and len(reports) > most:
            server.protocol.progress_raw(params.partial_result_token, f'{{"items":[{",".join(reports)}]}}')
            reports.clear()

    send(_PIECE)
    progress = Progress(server, params.work_done_token, "Checking the workspace")
    try:
        async for path, analysis in analysed_files(server, list(fresh), progress.step):
            if analysis is not None:
                items = server.writer_of_diagnostics.write(analysis, path.as_uri())
                reports.append(f'{{"kind":"full",{_head(path, fresh[path])},"items":[{items}]}}')
                send(_PIECE)
    finally:
        progress.end()
    send(0)
    return Raw(f'{{"items":[{",".join(reports)}]}}')


def _mark(server: SuperbillServer, path: Path) -> str:
    """What tells whether a file is as it was when it was last checked, and by the same settings; "" when it is gone."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_mtime_ns}.{state.st_size}.{server.generation}"


def _head(path: Path, mark: str) -> str:
    return f'"uri":{json.dumps(path.as_uri())},"version":null,"resultId":"{mark}"'
