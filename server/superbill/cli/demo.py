"""`superbill demo`: starts the real server as an editor does, opens the example files, and prints what it answers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

from superbill.catalog import where
from superbill.cli.exits import CLEAN, Failure

_SEVERITY = {1: "error", 2: "warning", 3: "information", 4: "hint"}


class _Client:
    """The least of an editor: sends, waits for answers, keeps notifications."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "superbill", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # A demonstration that hangs shows nothing: after a minute the server is ended, and that is said.
        self._patience = threading.Timer(60, self._process.kill)
        self._patience.daemon = True
        self._patience.start()
        self._number = 0
        self._kept: list[dict[str, Any]] = []

    def notify(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message.get("result")
            if "id" in message:
                self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})
            self._kept.append(message)

    def findings(self, uri: str) -> list[dict[str, Any]]:
        """The next findings that are published for a document."""

        def wanted(message: dict[str, Any]) -> bool:
            return message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri

        for number, message in enumerate(self._kept):
            if wanted(message):
                found: list[dict[str, Any]] = self._kept.pop(number)["params"]["diagnostics"]
                return found
        while True:
            message = self._receive()
            if wanted(message):
                return list(message["params"]["diagnostics"])
            if message.get("method") == "window/showMessage":
                raise Failure(message["params"]["message"])
            if "id" in message:
                self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})

    def close(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(10)
        self._patience.cancel()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while True:
            header = self._process.stdout.readline()
            if not header:
                raise Failure("the server stopped; run `superbill serve` to see what it says")
            if header == b"\r\n":
                break
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        answer: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return answer


def run_demo() -> int:
    """Show hover, completion, findings and their fixes on the example files, with the time each took."""
    folder = where.source() / "examples"
    client = _Client()
    try:
        _show(client, folder)
        client.close()
    except BaseException:
        client.kill()
        raise
    print("Connect your editor to `superbill serve`; see docs/editors.md.")
    return CLEAN


def _show(client: _Client, folder: Path) -> None:
    begin = time.perf_counter()
    encodings = {"general": {"positionEncodings": ["utf-32", "utf-16"]}}
    answer = client.request(
        "initialize", {"processId": None, "rootUri": None, "capabilities": {**encodings, "textDocument": {}}}
    )
    version = answer["serverInfo"]["version"]
    print(f"superbill {version} answers over stdio {_took(begin)}\n")
    client.notify("initialized", {})

    path = folder / "charges.csv"
    text, uri = path.read_text(encoding="utf-8"), path.as_uri()
    begin = time.perf_counter()
    client.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": uri, "languageId": "csv", "version": 1, "text": text}},
    )
    found = client.findings(uri)
    first = _took(begin)
    lines = text.split("\n")

    row = next(number for number, line in enumerate(lines) if ",76380,26," in line)
    _title(f"Hover over 76380 in  {lines[row]}")
    begin = time.perf_counter()
    hover = client.request("textDocument/hover", _at(uri, row, lines[row].index("76380") + 2))
    took = _took(begin)
    print(_card(hover["contents"]["value"]), f"\n{took}\n")

    _title(f"Completion in its modifier field, POS 22 ({lines[row]})")
    client.notify(
        "textDocument/didChange",
        {
            "textDocument": {"uri": uri, "version": 2},
            "contentChanges": [_change(row, lines[row].index(",26,") + 1, 2, "")],
        },
    )
    begin = time.perf_counter()
    offers = client.request("textDocument/completion", _at(uri, row, lines[row].index(",26,") + 1))["items"]
    took = _took(begin)
    fits = [one for one in offers if "does not fit" not in one.get("labelDetails", {}).get("description", "")]
    not_fit = [one for one in offers if one not in fits]
    for one in fits[:9]:
        print(_offer(one))
    print(f"…    and {len(fits) - 9} more that may stand here\n──   does not fit")
    for one in sorted(not_fit, key=lambda one: one["label"] not in ("50", "CT", "80", "62"))[:4]:
        print(_offer(one))
    print(f"{took}\n")

    _title(f"Findings in {path.name} ({first} after opening)")
    _findings(client, uri, found, lines, fixes=True)

    path = folder / "ct-draft.md"
    text, uri = path.read_text(encoding="utf-8"), path.as_uri()
    begin = time.perf_counter()
    client.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}},
    )
    found = client.findings(uri)
    _title(f"Findings in {path.name} ({_took(begin)} after opening)")
    _findings(client, uri, found, text.split("\n"), fixes=True)


def _findings(client: _Client, uri: str, found: list[dict[str, Any]], lines: list[str], fixes: bool) -> None:
    for one in found:
        start, end = one["range"]["start"], one["range"]["end"]
        line = lines[start["line"]]
        print(
            f"{start['line'] + 1}:{start['character'] + 1}  {_SEVERITY[one['severity']]}  {one['code']}  {one['message']}"
        )
        print(f"{start['line'] + 1:>6} │ {line}")
        mark = "^" * max(1, (end["character"] if end["line"] == start["line"] else len(line)) - start["character"])
        print(" " * 7 + "│ " + " " * start["character"] + mark)
        if fixes:
            actions = client.request(
                "textDocument/codeAction",
                {"textDocument": {"uri": uri}, "range": one["range"], "context": {"diagnostics": [one]}},
            )
            for action in actions or []:
                same = any(d["code"] == one["code"] for d in action.get("diagnostics") or [])
                if same and action.get("edit"):
                    print(f"         fix: {action['title']}{'  (preferred)' if action.get('isPreferred') else ''}")
        print()


def _took(begin: float) -> str:
    return f"{(time.perf_counter() - begin) * 1000:.1f} ms"


def _title(text: str) -> None:
    print(text)
    print("─" * min(len(text), shutil.get_terminal_size((110, 40)).columns))


def _at(uri: str, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def _change(line: int, start: int, length: int, text: str) -> dict[str, Any]:
    area = {"start": {"line": line, "character": start}, "end": {"line": line, "character": start + length}}
    return {"range": area, "text": text}


def _offer(one: dict[str, Any]) -> str:
    why = one.get("labelDetails", {}).get("description", "")
    return f"{one['label']:<4} {one['detail']:<44} {why}"


def _card(markdown: str) -> str:
    from superbill.engine.cards import plain

    width = min(shutil.get_terminal_size((110, 40)).columns, 120)
    rows: list[str] = []
    for row in plain(markdown).split("\n"):
        rows += textwrap.wrap(row, width, subsequent_indent="    ") or [""]
    return "\n".join(rows)
