"""The files of the workspace that no editor has open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pygls.uris import to_fs_path

from superbill.files import Unreadable, expand, read_text

if TYPE_CHECKING:
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


def read_file(path: Path) -> str | None:
    """The text of a file; None when it cannot be read or is too large."""
    try:
        return read_text(path) if path.stat().st_size <= LARGEST else None
    except (OSError, Unreadable):
        return None
