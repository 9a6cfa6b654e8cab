"""Where reports go: the screen, and files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from superbill.cli.exits import Failure
from superbill.report.form import FORMS, Ending, Form


class Sink:
    """One report being written to a stream."""

    def __init__(self, form: Form, stream: TextIO) -> None:
        self._form = form
        self._stream = stream
        self._begun = self._some = False

    def add(self, text: str) -> None:
        """What the form says of the next file."""
        self._begin()
        if text:
            if self._some:
                self._stream.write(self._form.between)
            self._stream.write(text)
            self._some = True

    def end(self, ending: Ending) -> None:
        """The tail."""
        self._begin()
        self._stream.write(self._form.tail(ending))
        self._stream.flush()

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._stream.write(self._form.head())


class Files:
    """Report files. They come into being when the check is done, and not at all when it breaks off."""

    def __init__(self, targets: Sequence[tuple[str, Path]]) -> None:
        self.targets = targets
        self._open: list[tuple[TextIO, Path, Path]] = []

    def __enter__(self) -> list[TextIO]:
        streams: list[TextIO] = []
        if not self.targets:
            return streams
        import tempfile

        for _, target in self.targets:
            try:
                handle, name = tempfile.mkstemp(dir=target.resolve().parent, prefix=f".{target.name}.")
            except OSError as error:
                self._drop()
                raise Failure(f"{target}: {error.strerror or type(error).__name__}") from None
            stream = os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="")
            self._open.append((stream, Path(name), target.resolve()))
            streams.append(stream)
        return streams

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._drop()
            return
        if not self._open:
            return
        from superbill.replacing import settle

        for stream, fresh, target in self._open:
            stream.close()
            settle(fresh, target)

    def _drop(self) -> None:
        for stream, fresh, _ in self._open:
            stream.close()
            fresh.unlink(missing_ok=True)


def targets_of(said: Sequence[str]) -> list[tuple[str, Path]]:
    """What `--report FORMAT=FILE` asks for. Raises Failure."""
    found: list[tuple[str, Path]] = []
    for one in said:
        name, equals, path = one.partition("=")
        if name not in FORMS or not equals or not path:
            raise Failure(f"--report wants FORMAT=FILE, the format one of {', '.join(FORMS)}; not {one!r}")
        if Path(path).resolve() in [other.resolve() for _, other in found]:
            raise Failure(f"two reports would be written to {path}")
        if not Path(path).resolve().parent.is_dir():
            raise Failure(f"{Path(path).parent}: no such folder")
        found.append((name, Path(path)))
    return found
