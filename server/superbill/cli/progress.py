"""A progress line for long work at a terminal; silence anywhere else."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO


class Line:
    """One line of a terminal that is written over; silence where there is no terminal. A line is drawn at most every
    `pause` seconds, and not in the first `patience` seconds."""

    def __init__(self, stream: TextIO, pause: float = 0.1, patience: float = 0.0) -> None:
        self._stream = stream
        self._shown = stream.isatty()
        self._pause = pause
        self._next = time.monotonic() + patience
        self._width = 0

    def due(self) -> bool:
        """Whether it is time to draw."""
        return self._shown and time.monotonic() >= self._next

    def draw(self, text: str) -> None:
        """Write the line anew."""
        self._next = time.monotonic() + self._pause
        line = text[:100]
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def clear(self) -> None:
        """Wipe the line, before something else is printed."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


class Progress:
    """Shows how many files were read and which is being read, once work has taken a second."""

    def __init__(self, stream: TextIO) -> None:
        self._line = Line(stream, patience=1.0)
        self._count = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def step(self, name: str) -> None:
        """Count one file."""
        self._count += 1
        if self._line.due():
            self._line.draw(f"{self._count} files · {name}")

    def clear(self) -> None:
        """Wipe the line, before something else is printed."""
        self._line.clear()


class Bar:
    """A bar for work of a known size, once it has taken half a second; silence where there is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.total = 0
        self.name = ""
        self._done = 0
        self._line = Line(stream, patience=0.5)

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.clear()

    def add(self, size: int) -> None:
        """So much more is done."""
        self._done += size
        if not self._line.due():
            return
        share = min(self._done / self.total, 1.0) if self.total > 0 else 0.0
        filled = round(share * 30)
        self._line.draw(f"[{'#' * filled}{'.' * (30 - filled)}] {share:4.0%} {self.name}")
