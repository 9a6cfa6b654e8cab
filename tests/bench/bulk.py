"""Whole files: `superbill check` on an 837, beside `x12valid` of pyx12 if pip can get it.

The two do different jobs. pyx12 holds every segment and element against the implementation guide; Superbill reads the
claims, and holds codes, modifiers, units and dates against the tables and each other. What they have in common is
that all of the file must be taken apart.

A command is measured whole, starting included, and then its work alone, inside a process that has loaded everything.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench import claims, peers
from tests.bench.client import ENVIRONMENT, ROOT
from tests.bench.figures import Goal, Table, ratio, time

#: The size that clearinghouses send: 10 MB.
LARGE = 100_000
#: pyx12's service lines per second that Superbill must at least do.
TIMES = 20

#: The work alone, with a small file before it so that all is loaded: prints seconds.
_OURS = """
import gc, sys
from time import perf_counter
from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis
from superbill.report.model import Summary, report
from superbill.text.document import Document
from tests.bench.claims import x12
from tests.bench.generate import rule_book

gc.disable()  # as the command does
book = rule_book()

def check(text):
    list(report("", Analysis(Document(text), Hints(suffix=".837"), book).finish(), Summary()))

check(x12(8, 0).text)
text = open(sys.argv[1], encoding="utf-8").read()
begun = perf_counter()
check(text)
print(perf_counter() - begun)
"""
_THEIRS = """
import sys
from time import perf_counter
import pyx12.params, pyx12.x12n_document

def check(path):
    param = pyx12.params.params()
    return pyx12.x12n_document.x12n_document(
        param=param, src_file=path, fd_997=None, fd_html=None
    )

assert check(sys.argv[2])
begun = perf_counter()
assert check(sys.argv[1])
print(perf_counter() - begun)
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """How long a program took for a file: the whole command, and its work alone."""

    program: str
    lines: int
    size: int
    command: float
    work: float


def _command(*command: str) -> float:
    begun = perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT)
    seconds = perf_counter() - begun
    # x12valid ends with code 1 when all is well; what it says counts.
    if "nothing found in" not in done.stdout and not done.stderr.rstrip().endswith(": OK"):
        raise ValueError(f"{command}: {done.stdout[-200:]} {done.stderr[-200:]}")
    return seconds


def _work(*command: str) -> float:
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=ENVIRONMENT)
    return float(done.stdout.split()[-1])


def measure(quick: bool = False) -> list[Rate]:
    """Superbill with a small and a large file, pyx12 with the small one."""
    theirs = peers.pyx12()
    times: dict[tuple[str, int], tuple[list[float], list[float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        tiny = Path(name) / "tiny.837"
        tiny.write_text(claims.x12(8, 0, "\n").text, encoding="utf-8")
        paths = {}
        for lines in (claims.SMALL_X12, LARGE):
            paths[lines] = Path(name) / f"{lines}.837"
            paths[lines].write_text(claims.x12(lines, 0, "\n").text, encoding="utf-8")
        for _ in range(3 if quick else 7):
            for lines, path in paths.items():
                whole, work = times.setdefault(("superbill", lines), ([], []))
                whole.append(_command(sys.executable, "-m", "superbill", "check", str(path)))
                work.append(_work(sys.executable, "-c", _OURS, str(path)))
                if theirs is not None and lines == claims.SMALL_X12:
                    whole, work = times.setdefault(("x12valid", lines), ([], []))
                    whole.append(_command(str(theirs), str(theirs.with_name("x12valid")), str(path)))
                    work.append(_work(str(theirs), "-c", _THEIRS, str(path), str(tiny)))
        return [
            Rate(program, lines, paths[lines].stat().st_size, statistics.median(whole), statistics.median(work))
            for (program, lines), (whole, work) in sorted(times.items(), key=lambda item: item[0][1])
        ]


def table(found: Sequence[Rate]) -> Table:
    """The figures, readable."""
    base = next((one for one in found if one.program == "x12valid"), None)
    rows = []
    for one in found:
        rates = (one.lines / one.command, one.lines / one.work)
        against = (
            [ratio(mine * theirs / base.lines) for mine, theirs in zip(rates, (base.command, base.work), strict=True)]
            if base
            else ["-", "-"]
        )
        rows.append(
            [
                one.program, f"{one.lines:,}", f"{one.size / 1e6:.2f} MB", time(one.command), f"{rates[0]:,.0f}",
                against[0], time(one.work), f"{rates[1]:,.0f}", against[1],
            ]
        )  # fmt: skip
    return Table(
        "Checking an 837P",
        ["program", "lines", "size", "command", "lines/s", "times x12valid", "work alone", "lines/s", "times x12valid"],
        rows,
        "Lines: service lines. Command: `superbill check` and pyx12's `x12valid`, starting included; what a file of "
        "4,000 lines takes Superbill is mostly starting. Work alone: in a process that has loaded everything and has "
        "checked a small file. Medians. The programs do different jobs: pyx12 holds every element against the "
        "implementation guide, Superbill what is billed against tables and rules.",
    )


def goals(found: Sequence[Rate]) -> list[Goal]:
    """What is promised of these figures; nothing without pyx12."""
    base = next((one for one in found if one.program == "x12valid"), None)
    if base is None:
        return []
    mine = next(one for one in found if one.program == "superbill" and one.lines == base.lines)
    large = next(one for one in found if one.program == "superbill" and one.lines == LARGE)
    rate = base.lines / base.command
    return [
        Goal(
            "837P of 100,000 lines, whole command, against `x12valid`'s lines per second",
            TIMES,
            large.lines / large.command / rate,
            True,
            True,
        ),
        Goal("837P of 4,000 lines against pyx12, work alone", TIMES, base.work / mine.work, True, True),
    ]


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)).plain())
