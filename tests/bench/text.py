"""One-character edits of the text alone: in one very long line, and in a document of very many lines.

A claim file of the X12 kind is often one line of megabytes. The document of pygls walks such a line character
by character, and rewrites every line of a document at every edit.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from lsprotocol import types
from pygls.workspace import TextDocument

from superbill.text.document import Document
from tests.bench.figures import Table, ratio, time
from tests.bench.generate import generate

_SEGMENT = "SV1*HC:76380:26*310*UN*1***1~"


@dataclass(frozen=True, slots=True)
class Edits:
    """The median time of an edit with both documents; None where it was not tried."""

    what: str
    ours: float
    naive: float | None


def _long_line(megabytes: float, extra: str) -> str:
    size = int(megabytes * 1_000_000)
    return (_SEGMENT * (size // len(_SEGMENT) + 1))[: size - len(extra)] + extra


def _measure(edit: Callable[[int, int], None], spots: list[tuple[int, int]]) -> float:
    seconds = []
    for line, column in spots:
        begun = perf_counter()
        edit(line, column)
        seconds.append(perf_counter() - begun)
    return statistics.median(seconds)


def _ours(text: str, spots: list[tuple[int, int]]) -> float:
    document = Document(text)

    def edit(line: int, column: int) -> None:
        document.edit(line, column, line, column, "5")

    return _measure(edit, spots)


def _naive(text: str, spots: list[tuple[int, int]]) -> float:
    document = TextDocument("file:///bench", text)

    def edit(line: int, column: int) -> None:
        start = types.Position(line, column)
        at = types.Range(start, types.Position(line, column))
        document.apply_change(types.TextDocumentContentChangePartial(text="5", range=at))

    return _measure(edit, spots)


def measure(quick: bool = False) -> list[Edits]:
    """Lines of 0.1, 1 and 10 MB, in ASCII and not; then 100,000 lines."""
    dice = random.Random(10)
    found = []
    for name, extra in (("ASCII", ""), ("with an accent", "é"), ("with an emoji", "\N{PILL}")):
        for megabytes in (0.1, 1.0, 10.0):
            text = _long_line(megabytes, extra)
            spots = [(0, dice.randrange(len(text) - 10)) for _ in range(9 if quick else 41)]
            tries = 0 if megabytes > 1 else 3 if megabytes == 1 else 7
            naive = _naive(text, spots[:tries]) if tries else None
            found.append(Edits(f"a line of {megabytes:g} MB, {name}", _ours(text, spots), naive))
    sample = generate(100_000, 200)
    spots = [(dice.randrange(1, sample.rows), 20) for _ in range(9 if quick else 41)]
    found.append(Edits("100,000 lines", _ours(sample.text, spots), _naive(sample.text, spots)))
    return found


def table(found: list[Edits]) -> Table:
    """The figures, readable."""
    rows: list[Sequence[str]] = [
        [one.what, time(one.ours), time(one.naive), ratio(one.naive / one.ours) if one.naive else "-"] for one in found
    ]
    return Table(
        "One character typed, text only",
        ["document", "superbill", "pygls", "pygls, times superbill"],
        rows,
        "Medians. Lines of 10 MB were not tried with pygls, whose time grows with the line.",
    )


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)).plain())
