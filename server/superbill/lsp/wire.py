"""The protocol on the wire: our own text model behind pygls, answers that are JSON already, and logs without text."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import traceback
from collections.abc import Generator
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.workspace import Workspace

from superbill.lsp.documents import OpenDocument, log
from superbill.text.encoding import PositionEncoding


class Raw(str):
    """JSON text, ASCII only, that is sent as it is."""

    __slots__ = ()


class CleanLogs(logging.Filter):
    """Keeps documents out of logs: pygls logs whole messages, with what the files hold.

    Of a record of pygls, only its level, where it comes from and the kind of the exception are kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; keep it."""
        kind = ""
        if record.exc_info and record.exc_info[0]:
            kind = f": {record.exc_info[0].__name__} at {places(record.exc_info[2])}"
        record.msg = f"{record.funcName}{kind}"
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        return True


def places(trace: Any) -> str:
    """Where an exception came from, innermost last: file names and lines, no values."""
    frames = traceback.extract_tb(trace)[-4:]
    return " > ".join(f"{frame.filename.replace(chr(92), '/').rpartition('/')[2]}:{frame.lineno}" for frame in frames)


class Documents(Workspace):
    """pygls's workspace, holding our documents."""

    def _create_text_document(  # type: ignore[override]
        self, doc_uri: str, source: str | None = None, version: int | None = None, language_id: str | None = None
    ) -> OpenDocument:
        return OpenDocument(doc_uri, source or "", version, language_id or "", encoding_of(self.position_encoding))


def encoding_of(kind: Any) -> PositionEncoding:
    """How positions are counted, as agreed on with the client; UTF-16 when nothing was."""
    value = getattr(kind, "value", kind)
    return value if value in ("utf-8", "utf-16", "utf-32") else "utf-16"


class SuperbillProtocol(LanguageServerProtocol):
    """The protocol with our workspace, our routes per client, and raw answers."""

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """Let the server choose its routes by what the client can do, then answer as pygls does."""
        self._server.prepare(params)  # type: ignore[attr-defined]
        result: types.InitializeResult = yield from super().lsp_initialize(params)
        self._workspace = Documents(
            params.root_uri,
            self._server._text_document_sync_kind,
            params.workspace_folders or [],
            result.capabilities.position_encoding,
        )
        return result

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Read a message. A request that cannot be read is answered with an error, so that no client waits for ever."""
        try:
            return super().structure_message(data)
        except Exception:
            if "method" in data and "id" in data:
                error = types.ResponseError(types.ErrorCodes.InvalidParams.value, "the request could not be read")
                self._send_response(data["id"], None, error)
            raise

    def notify_raw(self, method: str, params: str) -> None:
        """Send a notification whose parameters are JSON already."""
        self._write(f'{{"jsonrpc":"2.0","method":"{method}","params":{params}}}')

    def progress_raw(self, token: object, value: str) -> None:
        """Send a piece of an answer, JSON already, to a client that gave a token for such pieces."""
        self.notify_raw(types.PROGRESS, f'{{"token":{json.dumps(token)},"value":{value}}}')

    def _send_response(self, msg_id: Any, result: Any = None, error: Any = None) -> None:
        if error is None and isinstance(result, Raw):
            self._write(f'{{"jsonrpc":"2.0","id":{json.dumps(msg_id)},"result":{result}}}')
        else:
            super()._send_response(msg_id, result, error)

    def _send_data(self, data: Any) -> None:
        if data:
            try:
                self._write(json.dumps(data, default=self._serialize_message, separators=(",", ":")))
            except (TypeError, ValueError) as error:
                log.error("an answer could not be written: %s", type(error).__name__)

    def _write(self, body: str) -> None:
        if self.writer is None:
            return
        payload = body.encode("ascii", "backslashreplace")
        header = f"Content-Length: {len(payload)}\r\n\r\n".encode("ascii") if self._include_headers else b""
        try:
            done = self.writer.write(header + payload)
            if inspect.isawaitable(done):
                task = asyncio.ensure_future(done)
                self._writes.add(task)
                task.add_done_callback(self._writes.discard)
        except (BrokenPipeError, ConnectionError):
            log.warning("the client has gone")

    _writes: set[Any] = set()  # noqa: RUF012 - one protocol per process
