"""One keystroke, one hover, one completion, in documents of 1,000 to 100,000 rows.

All servers of a rung run at once and take turns keystroke by keystroke; the machine's moods hit all alike.
Every keystroke is undone by the next one, and after each undoing the number of diagnostics is checked. The undoing
is not timed: it brings back a row that was there before, which a server that remembers rows has done already.

For the same reason hover, completion and completion while typing ask about rows of different days: what one of
them made the server work out must not help the next. Each row is asked about twice, and the first time counts.
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from tests.bench.client import NAIVE, SUPERBILL, Client, Timed
from tests.bench.figures import Goal, Spread, Table, ratio, spread, three, time
from tests.bench.generate import Sample, generate, generate_python

RUNGS = [(1_000, 200), (10_000, 200), (100_000, 200), (100_000, 5_000)]
_PAUSE = 0.004  # between two keystrokes: a server may tidy up in it, as it may between two real ones
RUFF = (str(Path(sys.executable).with_name("ruff")), "server")


@dataclass(frozen=True, slots=True)
class Subject:
    """A server and the kind of document that it is given."""

    name: str
    command: Sequence[str]
    language: str
    make: Callable[[int, int], Sample]
    completes: bool = False
    hovers: bool = True


SUBJECTS = [
    Subject("superbill", SUPERBILL, "csv", generate, completes=True),
    Subject("naive", NAIVE, "csv", generate),
]
if Path(RUFF[0]).exists():
    SUBJECTS.append(Subject("ruff", RUFF, "python", generate_python, hovers=False))


@dataclass(slots=True)
class Figures:
    """What was measured of one server on one rung."""

    subject: str
    rows: int
    findings: int
    size: int
    opened: float = 0.0
    push: Spread | None = None
    push_parsed: Spread | None = None
    pull: Spread | None = None
    answer: int = 0
    hover: Spread | None = None
    hover_again: Spread | None = None
    completion: Spread | None = None
    completion_again: Spread | None = None
    typing: Spread | None = None
    peak: float | None = None


@dataclass(slots=True)
class _Seat:
    """One server with its document open, and what it is to type."""

    subject: Subject
    client: Client
    sample: Sample
    uri: str
    findings: int
    dice: random.Random
    version: int = 1
    times: list[float] = field(default_factory=list)
    parsed: list[float] = field(default_factory=list)
    size: int = 0

    def stroke(self) -> None:
        """Type one character somewhere, and take it back."""
        line = self.dice.randrange(1, len(self.sample.lines))
        column, text = spot(self.sample.lines[line], self.dice)
        typed = self._type(line, column, column, text)
        self.times.append(typed.seconds)
        self.parsed.append(typed.parsed)
        sleep(_PAUSE)
        back = self._type(line, column, column + len(text), "")
        self.size = back.size
        if len(back.result) != self.findings:
            raise ValueError(f"{self.subject.name}: {len(back.result)} diagnostics, not {self.findings}")

    def _type(self, line: int, start: int, end: int, text: str) -> Timed:
        self.version += 1
        return self.client.stroke(self.uri, self.version, line, start, end, text)

    def fresh_rows(self, share: int, most: int) -> list[int]:
        """Rows that differ in code or day, from one third of the days; no two of them alike."""
        kinds: dict[tuple[str, str], int] = {}
        for number in self.dice.sample(range(1, len(self.sample.lines)), len(self.sample.lines) - 1):
            cells = self.sample.lines[number].split(",")
            if int(cells[4][-2:]) % 3 == share:
                kinds.setdefault((cells[0], cells[4]), number)
        return list(kinds.values())[:most]

    def ask(self, method: str, rows: list[int], column: int) -> tuple[list[float], list[float]]:
        """Ask for something at a column of some rows: the times of the first asking, and of the second."""
        first: list[float] = []
        again: list[float] = []
        for line in rows:
            for seconds in (first, again):
                answer = self.client.request(method, self._at(line, column))
                if not answer.result:
                    raise ValueError(f"{self.subject.name}: nothing came of {method}")
                seconds.append(answer.seconds)
                sleep(_PAUSE / 4)
        return first, again

    def complete_while_typing(self, rows: list[int]) -> list[float]:
        """Type the first character of a modifier and ask for completions at once, as an editor does."""
        seconds = []
        for line in rows:
            if line in self.sample.faulty:
                continue  # it has a modifier already
            self.version += 1
            sent = self.client.change(self.uri, self.version, line, 6, 6, "2")
            _, id = self.client.ask("textDocument/completion", self._at(line, 7))
            seconds.append(self.client.answer(sent, id).seconds)
            self._type(line, 6, 7, "")
            sleep(_PAUSE)
        return seconds

    def _at(self, line: int, column: int) -> dict[str, object]:
        return {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": column}}


def spot(line: str, dice: random.Random) -> tuple[int, str]:
    """Where in a row a character is typed, and which: in the modifier, the units, the charge or the provider.

    A row without commas is a Python statement; there a digit is added to its last number.
    """
    if line.count(",") < 4:
        return len(line.rstrip(")")), dice.choice("123456789")
    cells = line.split(",")
    cell, text = dice.choice([(1, "25LRT7"), (2, "123456789"), (5, "123456789"), (8, "123456789")])
    return len(",".join(cells[: cell + 1])), dice.choice(text)


def climb(rows: int, findings: int, strokes: int, asks: int) -> list[Figures]:
    """One rung: all servers, first those that publish, then those that are asked."""
    measured: dict[str, Figures] = {}
    for pull in (False, True):
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            seats = []
            for subject in SUBJECTS:
                sample = subject.make(rows, findings)
                client = stack.enter_context(Client(subject.command, pull=pull, root=folder))
                client.initialize()
                suffix = {"csv": "csv", "python": "py"}[subject.language]
                uri = (folder / f"charges.{suffix}").as_uri()
                seat = _Seat(subject, client, sample, uri, findings, random.Random(rows + findings))
                opened = client.open(uri, subject.language, sample.text, findings).seconds
                seats.append(seat)
                figures = measured.setdefault(
                    subject.name, Figures(subject.name, rows, findings, len(sample.text.encode()))
                )
                if not pull:
                    figures.opened = opened
            for turn in range(strokes + 3):
                if turn == 3:  # the first three are for warming up
                    for seat in seats:
                        seat.times.clear()
                        seat.parsed.clear()
                for seat in seats if turn % 2 else reversed(seats):
                    seat.stroke()
                    sleep(_PAUSE)
            for seat in seats:
                figures = measured[seat.subject.name]
                if pull:
                    figures.pull = spread(seat.times)
                    continue
                figures.push, figures.push_parsed = spread(seat.times), spread(seat.parsed)
                figures.answer = seat.size
                if seat.subject.hovers:
                    first, again = seat.ask("textDocument/hover", seat.fresh_rows(0, asks), 2)
                    figures.hover, figures.hover_again = spread(first), spread(again)
                if seat.subject.completes:
                    first, again = seat.ask("textDocument/completion", seat.fresh_rows(1, asks), 6)
                    figures.completion, figures.completion_again = spread(first), spread(again)
                    figures.typing = spread(seat.complete_while_typing(seat.fresh_rows(2, asks)))
                memory = seat.client.memory()
                figures.peak = memory[1] if memory else None
    return list(measured.values())


def measure(quick: bool = False) -> list[Figures]:
    """All rungs."""
    found = []
    for rows, findings in RUNGS:
        found += climb(rows, findings, 25 if quick else 100, 20 if quick else 60)
    return found


def tables(found: list[Figures]) -> list[Table]:
    """The figures, readable."""
    keys = Table(
        "Keystroke to fresh diagnostics (p50 / p95 / p99)",
        ["server", "rows", "findings", "published", "parsed too", "asked for", "answer", "times superbill"],
        note="Parsed too: p50, published, and read by a JSON parser. Times superbill: p50, published.",
    )
    asks = Table(
        "Opening, hover, completion, memory",
        ["server", "rows", "findings", "open", "hover", "again", "completion", "again", "while typing", "memory"],
        note="Open: to all diagnostics. Hover, completion: p50, on a row not asked about before, and again.",
    )
    own = {(one.rows, one.findings): one for one in found if one.subject == "superbill"}
    for one in found:
        rows, findings = f"{one.rows:,}", f"{one.findings:,}"
        base = own.get((one.rows, one.findings))
        against = ratio(one.push.p50 / base.push.p50) if base and base.push and one.push else "-"
        size = f"{one.answer / 1000:,.0f} kB"
        parsed = time(one.push_parsed.p50) if one.push_parsed else "-"
        keys.rows.append([one.subject, rows, findings, three(one.push), parsed, three(one.pull), size, against])
        asked = (one.hover, one.hover_again, one.completion, one.completion_again, one.typing)
        asks.rows.append(
            [
                one.subject,
                rows,
                findings,
                time(one.opened),
                *(time(times.p50) if times else "-" for times in asked),
                f"{one.peak:.0f} MB" if one.peak else "-",
            ]
        )
    return [keys, asks]


def slower(found: list[Figures]) -> list[str]:
    """Where superbill is slower than the naive server, or takes more memory, in words."""
    naive = {(one.rows, one.findings): one for one in found if one.subject == "naive"}
    said = []
    for one in found:
        other = naive.get((one.rows, one.findings))
        if one.subject != "superbill" or other is None:
            continue
        pairs = [
            ("opening", one.opened, other.opened),
            ("a keystroke, published", _p50(one.push), _p50(other.push)),
            ("a keystroke, asked for", _p50(one.pull), _p50(other.pull)),
            ("hover on a new row", _p50(one.hover), _p50(other.hover)),
            ("memory", one.peak or 0.0, other.peak or 0.0),
        ]
        worse = [f"{what} {ratio(mine / theirs)}" for what, mine, theirs in pairs if theirs and mine > theirs]
        if worse:
            said.append(f"{one.rows:,} rows, {one.findings:,} findings: {', '.join(worse)}")
    return said


def _p50(times: Spread | None) -> float:
    return times.p50 if times else 0.0


def goals(found: list[Figures]) -> list[Goal]:
    """What is promised of these figures."""
    own = {(one.rows, one.findings): one for one in found if one.subject == "superbill"}
    small, large, full = own[1_000, 200], own[100_000, 200], own[100_000, 5_000]
    assert small.push and large.push and full.push and large.hover and large.completion
    assert small.pull and large.pull and full.pull and full.hover and full.completion
    return [
        Goal("keystroke, 100,000 rows, 200 findings, published, p50", 0.003, large.push.p50),
        Goal("keystroke, 100,000 rows, 200 findings, asked for, p50", 0.003, large.pull.p50),
        Goal("the same against 1,000 rows, published", 1.5, large.push.p50 / small.push.p50, True),
        Goal("the same against 1,000 rows, asked for", 1.5, large.pull.p50 / small.pull.p50, True),
        Goal("keystroke, 100,000 rows, 5,000 findings, published, p50", 0.020, full.push.p50),
        Goal("keystroke, 100,000 rows, 5,000 findings, asked for, p50", 0.020, full.pull.p50),
        Goal("hover on a new row, 100,000 rows, p50", 0.002, max(large.hover.p50, full.hover.p50)),
        Goal("completion on a new row, 100,000 rows, p50", 0.002, max(large.completion.p50, full.completion.p50)),
    ]


if __name__ == "__main__":
    for table in tables(measure("--quick" in sys.argv)):
        print(table.plain())
