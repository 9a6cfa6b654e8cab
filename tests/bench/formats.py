"""One keystroke in claims of other formats: an 837 of one line, a FHIR Bundle, a YAML charge sheet.

Beside each runs what one would have without Superbill: for the 837 a pygls server that splits the text anew, for JSON
and YAML the language server of that format with a schema, if npm can get it. All take turns, as in `ladder`; a slow
one is let off after some turns.
"""

from __future__ import annotations

import contextlib
import json
import random
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Any

from tests.bench import claims, peers
from tests.bench.claims import Sample
from tests.bench.client import NAIVE, SUPERBILL, Client
from tests.bench.figures import Goal, Spread, Table, ratio, spread, three, time

_PAUSE = 0.004
JSON_SERVER, YAML_SERVER = "vscode-json-languageserver", "yaml-language-server"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document, who reads it beside Superbill, and what is promised of a keystroke in it."""

    title: str
    documents: Sequence[tuple[str, Callable[[int], Sample]]]
    suffix: str
    language: str
    peer: str
    goal: float
    note: str
    schema: Callable[[list[str]], dict[str, Any]] | None = None


KINDS = [
    Kind(
        "Keystroke in an 837P of one line",
        [("837P, 10,000 service lines, one line", lambda findings: claims.x12(claims.LARGE_X12, findings))],
        ".837",
        "x12",
        "naive",
        0.005,
        "*naive* is the pygls server of above: the text is kept as pygls does, and split at every terminator.",
    ),
    Kind(
        "Keystroke in a FHIR Bundle",
        [
            ("Bundle, 2,000 Claims of 5 items", lambda findings: claims.fhir(10_000, findings, True)),
            ("the same Bundle in one line", lambda findings: claims.fhir(10_000, findings, False)),
        ],
        ".json",
        "json",
        JSON_SERVER,
        0.020,
        f"*{JSON_SERVER}* {peers.version(JSON_SERVER)} checks the document against a JSON schema that lists some 7,500 "
        "codes and forbids modifier 50. It waits 0.3 seconds after a keystroke before it begins, and that is in its "
        "times.",
        claims.fhir_schema,
    ),
    Kind(
        "Keystroke in a YAML charge sheet",
        [("charge sheet, 10,000 lines", lambda findings: claims.sheet(10_000, findings))],
        ".yaml",
        "yaml",
        YAML_SERVER,
        0.020,
        f"*{YAML_SERVER}* {peers.version(YAML_SERVER)} checks the document against a JSON schema as above. It waits 0.2 "
        "seconds after a keystroke before it begins, and that is in its times.",
        claims.sheet_schema,
    ),
]


@dataclass(slots=True)
class Figures:
    """What was measured of one server with one document."""

    kind: Kind
    subject: str
    document: str
    size: int
    findings: int
    opened: float
    push: Spread
    peak: float | None


@dataclass(slots=True)
class _Seat:
    """One server with its document open."""

    name: str
    client: Client
    sample: Sample
    uri: str
    turns: int
    dice: random.Random
    opened: float = 0.0
    version: int = 1
    times: list[float] = field(default_factory=list)

    def stroke(self) -> None:
        """Type one character somewhere, and take it back; then all findings must be as they were."""
        line, column, typed = self.dice.choice(self.sample.spots)
        self.times.append(self._type(line, column, column, self.dice.choice(typed))[0])
        sleep(_PAUSE)
        _, found = self._type(line, column, column + 1, "")
        if found != self.sample.findings:
            raise ValueError(f"{self.name}: {found} diagnostics, not {self.sample.findings}: {self.uri}")

    def _type(self, line: int, start: int, end: int, text: str) -> tuple[float, int]:
        self.version += 1
        typed = self.client.stroke(self.uri, self.version, line, start, end, text)
        return typed.seconds, len(typed.result)


def _command(peer: str) -> Sequence[str] | None:
    return NAIVE if peer == "naive" else peers.node_server(peer)


def _settings(kind: Kind, folder: Path) -> Mapping[str, Any]:
    """The settings that tell the servers of JSON and YAML where the schema is."""
    if kind.schema is None:
        return {}
    schema = kind.schema(claims.codes())
    path = folder / "charges.schema"
    path.write_text(json.dumps(schema), encoding="utf-8")
    return {
        "json": {"schemas": [{"fileMatch": ["*.json"], "url": path.as_uri(), "schema": schema}]},
        "yaml": {"schemas": {path.as_uri(): "*.yaml"}, "schemaStore": {"enable": False}, "validate": True},
    }


def _sit(
    stack: contextlib.ExitStack, kind: Kind, name: str, command: Sequence[str], sample: Sample, folder: Path, turns: int
) -> _Seat:
    """Start a server and open the document."""
    settings = _settings(kind, folder) if name not in ("superbill", "naive") else {}
    client = stack.enter_context(Client(command, root=folder, settings=settings, timeout=180.0))
    client.initialize()
    if settings:
        client.notify("workspace/didChangeConfiguration", {"settings": settings})
    uri = (folder / f"charges{kind.suffix}").as_uri()
    seat = _Seat(name, client, sample, uri, turns, random.Random(sample.findings))
    seat.opened = client.open(uri, kind.language, sample.text, sample.findings).seconds
    return seat


def compare(kind: Kind, document: str, sample: Sample, turns: int, peer_turns: int) -> list[Figures]:
    """One document in all servers."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        seats = [_sit(stack, kind, "superbill", SUPERBILL, sample, folder, turns)]
        command = _command(kind.peer)
        if command is not None:
            seats.append(_sit(stack, kind, kind.peer, command, sample, folder, peer_turns))
        for turn in range(turns + 1):
            if turn == 1:  # the first one is for warming up
                for seat in seats:
                    seat.times.clear()
            for seat in seats if turn % 2 else reversed(seats):
                if turn <= seat.turns:
                    seat.stroke()
                    sleep(_PAUSE)
        found = []
        for seat in seats:
            memory = seat.client.memory()
            size = len(sample.text.encode())
            found.append(
                Figures(
                    kind, seat.name, document, size, sample.findings, seat.opened, spread(seat.times),
                    memory[1] if memory else None,
                )
            )  # fmt: skip
    return found


def measure(quick: bool = False) -> list[Figures]:
    """All kinds of document, with no findings and with 200."""
    found = []
    for kind in KINDS:
        for document, make in kind.documents:
            for findings in (0, 200):
                sample = make(findings)
                claims.verify(sample, kind.suffix)
                found += compare(kind, document, sample, 30 if quick else 100, 3 if quick else 7)
    return found


def tables(found: list[Figures]) -> list[Table]:
    """The figures, readable."""
    made = []
    for kind in KINDS:
        heading = ["server", "document", "size", "findings", "published", "times superbill", "open", "memory"]
        table = Table(f"{kind.title} (p50 / p95 / p99)", heading, note=kind.note)
        own: dict[tuple[str, int], float] = {}
        for one in found:
            if one.kind is not kind:
                continue
            if one.subject == "superbill":
                own[one.document, one.findings] = one.push.p50
            table.rows.append(
                [
                    one.subject,
                    one.document,
                    f"{one.size / 1e6:.1f} MB",
                    str(one.findings),
                    three(one.push),
                    ratio(one.push.p50 / own[one.document, one.findings]),
                    time(one.opened),
                    f"{one.peak:.0f} MB" if one.peak else "-",
                ]
            )
        made.append(table)
    return made


def goals(found: list[Figures]) -> list[Goal]:
    """What is promised of these figures."""
    return [
        Goal(f"keystroke, {one.document}, {one.findings} findings, p50", one.kind.goal, one.push.p50)
        for one in found
        if one.subject == "superbill"
    ]


if __name__ == "__main__":
    for table in tables(measure("--quick" in sys.argv)):
        print(table.plain())
