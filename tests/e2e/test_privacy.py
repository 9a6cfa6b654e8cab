"""No text of a document reaches a log, an error or a message, whatever happens; and nothing ends the server."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SECRETS = ["Quillfeather", "P-998877", "MRN-4711", "Zöbelstein", "1961-07-04"]
CHARGES = (
    "claim_id,patient,mrn,name,birth,dos,cpt,mod1,units,pos\n"
    "A1,P-998877,MRN-4711,Quillfeather,1961-07-04,2025-10-15,76380,50,1,11\n"
    "A1,P-998877,MRN-4711,Zöbelstein,1961-07-04,2025-10-15,76376,26,1,22\n"
)


class Server:
    """A server process, spoken to with raw messages; keeps all that it says."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "superbill", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.number = 0
        self.said: list[dict[str, Any]] = []

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def request(self, method: str, params: Any) -> dict[str, Any]:
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.number and "method" not in message:
                return message
            self.said.append(message)

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while (header := self.process.stdout.readline()) not in (b"\r\n", b""):
            if header.lower().startswith(b"content-length"):
                length = int(header.split(b":")[1])
        assert length, "the server has ended"
        answer: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return answer

    def end(self) -> str:
        self.request("shutdown", None)
        self.send({"method": "exit"})
        _, errors = self.process.communicate(timeout=20)
        assert self.process.returncode == 0
        return errors.decode()


def test_nothing_of_a_document_is_logged() -> None:
    server = Server()
    server.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    server.send({"method": "initialized", "params": {}})
    uri = "file:///records/charges.csv"
    where = {"uri": uri}
    place = {"line": 1, "character": 50}
    opened = {"textDocument": {**where, "languageId": "csv", "version": 1, "text": CHARGES}}
    server.send({"method": "textDocument/didOpen", "params": opened})
    area = {"start": place, "end": place}
    for number, change in enumerate(
        [
            {"range": area, "text": "Quillfeather,"},
            {
                "range": {"start": {"line": 99, "character": 99}, "end": {"line": 7, "character": -3}},
                "text": "MRN-4711",
            },
            {"text": CHARGES},
            {"range": "nonsense of Quillfeather", "text": 7},
            {"text": {"Zöbelstein": 1}},
        ],
        2,
    ):
        server.send(
            {
                "method": "textDocument/didChange",
                "params": {"textDocument": {**where, "version": number}, "contentChanges": [change]},
            }
        )
    for method, params in [
        ("textDocument/hover", {"textDocument": where, "position": place}),
        ("textDocument/hover", {"textDocument": where, "position": {"line": 10**9, "character": 10**9}}),
        ("textDocument/hover", {"textDocument": {"uri": "not a uri Quillfeather"}, "position": place}),
        ("textDocument/hover", {"textDocument": "Quillfeather"}),
        ("textDocument/completion", {"textDocument": where, "position": {"line": 1, "character": 66}}),
        ("textDocument/codeAction", {"textDocument": where, "range": area, "context": {"diagnostics": []}}),
        ("workspace/executeCommand", {"command": "superbill.accept", "arguments": ["Quillfeather"]}),
        ("workspace/executeCommand", {"command": "superbill.nothing", "arguments": ["P-998877"]}),
        ("workspace/executeCommand", {"command": "superbill.explain", "arguments": ["K520"]}),
        ("unknown/Quillfeather", {"text": "MRN-4711"}),
    ]:
        server.request(method, params)  # any answer will do, as long as there is one
    server.send({"method": "textDocument/didClose", "params": {"textDocument": where}})
    logged = server.end()
    told = [m for m in server.said if m.get("method") in ("window/logMessage", "window/showMessage")]
    for secret in SECRETS:
        assert secret not in logged, logged
        assert secret not in json.dumps(told, ensure_ascii=False)


def test_a_report_names_no_patient() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "superbill", "check", "-", "--as", "csv", "--format", "json"],
        input=CHARGES.encode(),
        capture_output=True,
        check=False,
    )
    for secret in SECRETS:
        assert secret not in done.stdout.decode() + done.stderr.decode()
