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
