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
from superbill.lsp.workspace_files import closed_files, read_file

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

#: Reports in one piece of a partial answer.
_PIECE = 20


async def handle(server: SuperbillServer, params: types.WorkspaceDiagnosticParams) -> Raw:
    """A report for every file that changed, and word of those that did not."""
    if not server.options.workspace_diagnostics:
        return Raw('{"items":[]}')
    known = {one.uri: one.value for one in params.previous_result_ids}
    reports: list[str] = []
    files = list(closed_files(server))
    progress = Progress(server, params.work_done_token, "Checking the workspace")
    try:
        for number, path in enumerate(files):
            progress.step(number, len(files))
            await asyncio.sleep(0)
            report = await _report(server, path, known.get(path.as_uri()))
            if report:
                reports.append(report)
            if params.partial_result_token is not None and len(reports) >= _PIECE:
                server.protocol.progress_raw(params.partial_result_token, f'{{"items":[{",".join(reports)}]}}')
                reports = []
    finally:
        progress.end()
    if params.partial_result_token is not None and reports:
        server.protocol.progress_raw(params.partial_result_token, f'{{"items":[{",".join(reports)}]}}')
        reports = []
    return Raw(f'{{"items":[{",".join(reports)}]}}')


async def _report(server: SuperbillServer, path: Path, before: str | None) -> str:
    """The report of one file as JSON; "" when it cannot be read."""
    uri = path.as_uri()
    try:
        state = path.stat()
    except OSError:
        return ""
    mark = f"{state.st_mtime_ns}.{state.st_size}.{server.generation}"
    head = f'"uri":{json.dumps(uri)},"version":null,"resultId":"{mark}"'
    if before == mark:
        return f'{{"kind":"unchanged",{head}}}'
    text = read_file(path)
    if text is None:
        return ""
    analysis = await server.analysed(path, text)
    items = server.writer_of_diagnostics.write(analysis, uri) if analysis is not None else ""
    return f'{{"kind":"full",{head},"items":[{items}]}}'
