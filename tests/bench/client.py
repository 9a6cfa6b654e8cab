"""A raw client of language servers over stdio, made for measuring: no framework, no threads, no event loop.

Every message is stamped when the `read` that brought its last byte returns, before anything is parsed, and
again when it has been parsed. One thread writes and reads, so nothing of the client stands between the server
and the stamp. POSIX only (it waits with `select` on pipes).
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SUPERBILL = (sys.executable, "-m", "superbill", "serve")
NAIVE = (sys.executable, "-m", "tests.bench.naive_server")
BARE = (sys.executable, "-m", "tests.bench.bare_server")

#: Where Python keeps compiled modules during a run. What is installed is compiled, and a checkout may not be.
_COMPILED = tempfile.TemporaryDirectory(prefix="bench")
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPYCACHEPREFIX"] = _COMPILED.name

#: Errors after which a client should ask again: the server gave up because the text changed meanwhile.
_ASK_AGAIN = (-32801, -32802)


class ServerError(Exception):
    """The server answered with an error, ended, or did not answer in time."""


@dataclass(slots=True)
class Message:
    """One message of the server: parsed, its size, when its last byte came and when it had been parsed."""

    body: dict[str, Any]
    size: int
    received: float
    parsed: float


@dataclass(slots=True)
class Timed:
    """An answer and how long it took: in seconds, to its last byte, and until it was parsed too."""

    result: Any
    size: int
    seconds: float
    parsed: float


class Client:
    """One server process and a conversation with it.

    `pull` tells the server that this client asks for diagnostics; else it waits for them to be published.
    `settings` is the answer to `workspace/configuration`, by section; `variables` are added to the environment.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        pull: bool = False,
        settings: Mapping[str, Any] | None = None,
        root: Path | None = None,
        timeout: float = 60.0,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.pull = pull
        self.settings = dict(settings or {})
        self.root = root
        self.timeout = timeout
        self.capabilities: dict[str, Any] = {}
        self.refreshes = 0
        self.answered = 0.0
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        self.begun = perf_counter()
        self.process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=ROOT,
            env={**ENVIRONMENT, **(variables or {})},
            bufsize=0,
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self._in = self.process.stdin.fileno()
        self._out = self.process.stdout.fileno()
        os.set_blocking(self._in, False)
        self._buffer = bytearray()
        self._frames: deque[tuple[bytes, float]] = deque()
        self._seen: deque[Message] = deque()
        self._id = 0
        self._result_ids: dict[str, str] = {}
        self._last: list[Any] = []

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- the conversation ------------------------------------------------------------------------------------

    def initialize(self) -> float:
        """Shake hands; the seconds from spawning the process to having the whole answer to `initialize`."""
        uri = self.root.as_uri() if self.root else None
        answer = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "clientInfo": {"name": "bench"},
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "bench"}] if uri else None,
                "capabilities": _capabilities(self.pull),
                "initializationOptions": {},
            },
        )
        self.capabilities = answer.result["capabilities"]
        seconds = self.answered - self.begun
        self.notify("initialized", {})
        return seconds

    def request(self, method: str, params: Any) -> Timed:
        """Ask, and wait for the answer."""
        sent, id = self.ask(method, params)
        return self.answer(sent, id)

    def ask(self, method: str, params: Any) -> tuple[float, int]:
        """Ask, and do not wait: the time of writing, and the id to wait for with `answer`."""
        self._id += 1
        return self._send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params}), self._id

    def answer(self, sent: float, id: int) -> Timed:
        """Wait for the answer to a question that was written at `sent`."""
        message = self._wait(lambda body: body.get("id") == id and "method" not in body)
        self.answered = message.received
        if "error" in message.body:
            error = message.body["error"]
            raise ServerError(error.get("code"), error.get("message"))
        return Timed(message.body["result"], message.size, message.received - sent, message.parsed - sent)

    def notify(self, method: str, params: Any) -> float:
        """Tell; the time of writing."""
        return self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def wait(self, method: str, wanted: Callable[[Any], bool], sent: float = 0.0) -> Timed:
        """Wait for a notification whose params are wanted. Times count from `sent`."""
        message = self._wait(lambda body: body.get("method") == method and wanted(body["params"]))
        return Timed(message.body["params"], message.size, message.received - sent, message.parsed - sent)

    # -- documents -------------------------------------------------------------------------------------------

    def open(self, uri: str, language: str, text: str, expected: int) -> Timed:
        """Open a document and wait for the diagnostics of all of it: `expected` of them."""
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        sent = self.notify("textDocument/didOpen", {"textDocument": document})
        while True:
            found = self._fresh(uri, 1, sent)
            if len(found.result) == expected:
                return found
            if found.seconds > self.timeout:
                raise ServerError(f"{len(found.result)} diagnostics after opening, not {expected}")
            if self.pull:
                sleep(0.02)  # the server answers with what it has; let it work before it is asked again

    def change(self, uri: str, version: int, line: int, start: int, end: int, text: str) -> float:
        """Put `text` in place of columns `start` .. `end` of a line; the time of writing."""
        at = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
        return self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": at, "text": text}],
            },
        )

    def stroke(self, uri: str, version: int, line: int, start: int, end: int, text: str) -> Timed:
        """Make a change and wait for the diagnostics of that version; they are the result."""
        return self._fresh(uri, version, self.change(uri, version, line, start, end, text))

    def _fresh(self, uri: str, version: int, sent: float) -> Timed:
        if not self.pull:
            return _items(
                self.wait(
                    "textDocument/publishDiagnostics",
                    lambda params: params["uri"] == uri and params.get("version") in (version, None),
                    sent,
                )
            )
        while True:
            params: dict[str, Any] = {"textDocument": {"uri": uri}}
            if uri in self._result_ids:
                params["previousResultId"] = self._result_ids[uri]
            _, id = self.ask("textDocument/diagnostic", params)
            try:
                found = self.answer(sent, id)
            except ServerError as error:
                if error.args[0] in _ASK_AGAIN:
                    continue
                raise
            if not found.result:
                raise ServerError(f"no report of diagnostics: {self.complaints()}")
            if found.result["kind"] == "unchanged":
                found.result = self._last
                return found
            if found.result.get("resultId"):
                self._result_ids[uri] = found.result["resultId"]
            self._last = found.result["items"]
            return _items(found)

    # -- bytes -----------------------------------------------------------------------------------------------

    def _send(self, body: Any) -> float:
        data = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
        data = b"Content-Length: %d\r\n\r\n%b" % (len(data), data)
        sent = perf_counter()
        rest = memoryview(data)
        while rest:
            rest = rest[self._write(rest) :]
        return sent

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._in, data)
        except BlockingIOError:
            readable, _, _ = select.select([self._out], [self._in], [], self.timeout)
            if readable:  # both sides writing with full pipes would wait for each other for ever
                self._read()
            return 0
        except BrokenPipeError:
            raise ServerError(self._ended()) from None

    def _read(self) -> None:
        data = os.read(self._out, 1 << 20)
        now = perf_counter()
        if not data:
            raise ServerError(self._ended())
        buffer = self._buffer
        buffer += data
        while True:
            end = buffer.find(b"\r\n\r\n", 0, 200)
            if end < 0:
                return
            size = _content_length(bytes(buffer[:end]))
            if len(buffer) < end + 4 + size:
                return
            self._frames.append((bytes(buffer[end + 4 : end + 4 + size]), now))
            del buffer[: end + 4 + size]

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> Message:
        for message in self._seen:
            if wanted(message.body):
                self._seen.remove(message)
                return message
        deadline = perf_counter() + self.timeout
        while True:
            while self._frames:
                raw, received = self._frames.popleft()
                body = json.loads(raw)
                message = Message(body, len(raw), received, perf_counter())
                if "method" in body and "id" in body:
                    self._reply(body)
                elif wanted(body):
                    return message
                elif body.get("method") != "textDocument/publishDiagnostics":
                    self._seen.append(message)
            readable, _, _ = select.select([self._out], [], [], max(deadline - perf_counter(), 0.0))
            if not readable:
                raise ServerError(f"no answer within {self.timeout:g} seconds")
            self._read()

    def _reply(self, body: dict[str, Any]) -> None:
        """Answer what the server asks: registrations are granted, settings are given, the rest is null."""
        result: Any = None
        if body["method"] == "workspace/configuration":
            result = [self.settings.get(item.get("section", "")) for item in body["params"]["items"]]
        elif body["method"] == "workspace/diagnostic/refresh":
            self.refreshes += 1
        elif body["method"] == "workspace/workspaceFolders" and self.root:
            result = [{"uri": self.root.as_uri(), "name": "bench"}]
        elif body["method"] == "workspace/applyEdit":
            result = {"applied": False}
        self._send({"jsonrpc": "2.0", "id": body["id"], "result": result})

    # -- the process -----------------------------------------------------------------------------------------

    def memory(self) -> tuple[float, float] | None:
        """Resident memory of the server now and at its highest, in MB; None where nobody tells."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        return _megabytes(fields["VmRSS"]), _megabytes(fields["VmHWM"])

    def _ended(self) -> str:
        name = " ".join(self.process.args[1:]) if isinstance(self.process.args, list) else "the server"
        return f"{name} has ended with code {self.process.wait(5)}: {self.complaints()}"

    def complaints(self) -> str:
        """The end of what the server wrote to its standard error."""
        self._complaints.seek(0)
        return self._complaints.read().decode(errors="replace")[-2000:]

    def close(self) -> None:
        """Shut the server down, by force when it does not go."""
        if self.process.poll() is None:
            with contextlib.suppress(ServerError, OSError):
                self.timeout = 10.0
                self.request("shutdown", None)
                self.notify("exit", None)
            with contextlib.suppress(OSError):
                assert self.process.stdin is not None
                self.process.stdin.close()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._complaints.close()


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.startswith(b"Content-Length:"):
            return int(line[15:])
    raise ServerError("a message without a Content-Length")


def _items(found: Timed) -> Timed:
    found.result = found.result.get("diagnostics", found.result.get("items"))
    return found


def _megabytes(field: str) -> float:
    return int(field.split()[0]) / 1024


def _capabilities(pull: bool) -> dict[str, Any]:
    """What a full editor says that it can do, with or without asking for diagnostics."""
    text: dict[str, Any] = {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {
            "relatedInformation": True,
            "versionSupport": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {
            "contextSupport": True,
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
                "labelDetailsSupport": True,
                "insertReplaceSupport": True,
                "deprecatedSupport": True,
                "preselectSupport": True,
            },
            "completionList": {"itemDefaults": ["commitCharacters", "editRange", "insertTextFormat", "data"]},
        },
    }
    if pull:
        text["diagnostic"] = {"dynamicRegistration": False, "relatedDocumentSupport": False}
    return {
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": text,
        "workspace": {
            "configuration": True,
            "workspaceFolders": True,
            "didChangeConfiguration": {"dynamicRegistration": True},
            "didChangeWatchedFiles": {"dynamicRegistration": True},
            "diagnostics": {"refreshSupport": pull},
        },
        "window": {"workDoneProgress": True},
    }
