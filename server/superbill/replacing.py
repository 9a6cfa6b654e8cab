"""Put a file in the place of another, whole or not at all. For the outer layers."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to a file: beside it first, then over it in one move. The mode is kept, a link stays a link.

    Raises OSError; what was there then stays as it was.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        settle(fresh, target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def settle(fresh: Path, target: Path) -> None:
    """Move a finished file into the place of another, with the mode and, where it can be, the owner of that one."""
    if target.exists():
        shutil.copymode(target, fresh)
        if hasattr(os, "chown"):
            with contextlib.suppress(OSError):
                was = target.stat()
                os.chown(fresh, was.st_uid, was.st_gid)
    else:
        mask = os.umask(0)
        os.umask(mask)
        fresh.chmod(0o666 & ~mask)
    fresh.replace(target)
