"""The files of the workspace that no editor has open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pygls.uris import to_fs_path

from superbill.files import Unreadable, expand, read_text

if TYPE_CHECKING:
    from superbill.engine.analysis import Analysis
    from superbill.lsp.server import SuperbillServer

#: Bytes of a file that is read for the workspace, at most, and files that are looked at.
LARGEST = 20_000_000
MOST = 20_000


def closed_files(server: SuperbillServer) -> Iterator[Path]:
    """Charge files and notes below the workspace's folders that are not open, at most `MOST`, sorted by folder."""
    opened = {Path(name) for document in server.open_documents() if (name := to_fs_path(document.uri))}
    count = 0
    for folder in server.folders:
        for path in expand(folder, ()):
            if path in opened or server.settings_for(path.as_uri()).excludes(path.as_posix()):
                continue
            yield path
            count += 1
            if count == MOST:
                return


async def analysed_files(
    server: SuperbillServer,
    paths: Sequence[Path],
    step: Callable[[int, int], None],
    worth: Callable[[str], bool] = lambda text: True,
) -> AsyncIterator[tuple[Path, Analysis | None]]:
    """Files one after another, each with its finished analysis; None where a file cannot be read or is too large.

    Before each file `step` is told how many of how many are done, and other requests have their turn: one may cancel
    this. Files whose text is not `worth` it are passed over.
    """
    for number, path in enumerate(paths):
        step(number, len(paths))
        await asyncio.sleep(0)
        text = _read(path)
        if text is None:
            yield path, None
        elif worth(text):
            yield path, await server.analysed(path, text)


def _read(path: Path) -> str | None:
    """The text of a file; None when it cannot be read or is too large."""
    try:
        return read_text(path) if path.stat().st_size <= LARGEST else None
    except (OSError, Unreadable):
        return None
