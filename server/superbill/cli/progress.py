"""A progress line for long work at a terminal; silence anywhere else."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO


class Progress:
    """Shows how many files were read and which is being read, once work has taken a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()
        self._begin = time.monotonic()
        self._last = 0.0
        self._count = 0
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def step(self, name: str) -> None:
        """Count one file."""
        self._count += 1
        now = time.monotonic()
        if not self._shown or now - self._begin < 1 or now - self._last < 0.1:
            return
        self._last = now
        line = f"{self._count} files · {name}"[:100]
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def clear(self) -> None:
        """Wipe the line, before something else is printed."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


class Bar:
    """A bar for work of a known size, once it has taken half a second; silence where there is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.total = 0
        self.name = ""
        self._done = 0
        self._stream = stream
        self._shown = stream.isatty()
        self._begin = time.monotonic()
        self._last = 0.0
        self._width = 0

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def add(self, size: int) -> None:
        """So much more is done."""
        self._done += size
        if not self._shown:
            return
        now = time.monotonic()
        if now - self._begin < 0.5 or now - self._last < 0.1:
            return
        self._last = now
        share = min(self._done / self.total, 1.0) if self.total > 0 else 0.0
        filled = round(share * 30)
        line = f"[{'#' * filled}{'.' * (30 - filled)}] {share:4.0%} {self.name}"[:100]
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = max(self._width, len(line))
