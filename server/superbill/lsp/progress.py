"""Word of how far a long request has come, to clients that asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


class Progress:
    """Work-done progress of one request; silent when the client gave no token."""

    def __init__(self, server: SuperbillServer, token: types.ProgressToken | None, title: str) -> None:
        self._server = server
        self._token = token
        self._shown = -1
        if token is not None:
            self._send(types.WorkDoneProgressBegin(title=title, percentage=0, cancellable=True))

    def step(self, done: int, of: int) -> None:
        """Say how many of how many files are done; each per cent once."""
        percent = done * 100 // max(of, 1)
        if self._token is not None and percent != self._shown:
            self._shown = percent
            self._send(types.WorkDoneProgressReport(message=f"{done} of {of} files", percentage=percent))

    def end(self) -> None:
        """Say that all is done."""
        if self._token is not None:
            self._send(types.WorkDoneProgressEnd())

    def _send(self, value: object) -> None:
        assert self._token is not None
        self._server.protocol.notify(types.PROGRESS, types.ProgressParams(self._token, value))
