"""How long until the server answers, and until the command line does.

Each is measured in turns with something that does nothing: a pygls server without features, an interpreter
that imports one module of the standard library.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from tests.bench.client import BARE, ENVIRONMENT, ROOT, SUPERBILL, Client
from tests.bench.figures import Goal, Table, ratio, time

_LOOKUP = (sys.executable, "-m", "superbill", "lookup", "76380")
_IMPORT = (sys.executable, "-c", "import json")


@dataclass(frozen=True, slots=True)
class Start:
    """Medians of some starts, and of the ratios of neighbours."""

    server: float
    bare: float
    server_ratio: float
    lookup: float
    plain: float
    lookup_ratio: float
    runs: int


def _spawn(command: tuple[str, ...]) -> float:
    with Client(command) as client:
        return client.initialize()


def _run(command: tuple[str, ...]) -> float:
    begun = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=ROOT, env=ENVIRONMENT)
    return perf_counter() - begun


def _turns(
    measure: Callable[[tuple[str, ...]], float], ours: tuple[str, ...], other: tuple[str, ...], runs: int
) -> tuple[float, float, float]:
    """The median of both, and the median of the ratios of runs that followed each other."""
    measure(ours), measure(other)  # fills the disk cache, and the catalog's
    pairs = []
    for turn in range(runs):
        if turn % 2:
            mine, theirs = measure(ours), measure(other)
        else:
            theirs, mine = measure(other), measure(ours)
        pairs.append((mine, theirs))
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )


def measure(quick: bool = False) -> Start:
    """Servers and commands, in turns."""
    runs = 7 if quick else 15
    server, bare, server_ratio = _turns(_spawn, SUPERBILL, BARE, runs)
    lookup, plain, lookup_ratio = _turns(_run, _LOOKUP, _IMPORT, runs)
    return Start(server, bare, server_ratio, lookup, plain, lookup_ratio, runs)


def table(start: Start) -> Table:
    """The figures, readable."""
    return Table(
        "Starting",
        ["what", "superbill", "compared with", "it took", "ratio"],
        [
            [
                "spawn to the answer to `initialize`",
                time(start.server),
                "a pygls server without features",
                time(start.bare),
                ratio(start.server_ratio),
            ],
            [
                "`superbill lookup 76380`",
                time(start.lookup),
                '`python -c "import json"`',
                time(start.plain),
                ratio(start.lookup_ratio),
            ],
        ],
        f"Medians of {start.runs} runs each, in turns; the ratio is the median of the ratios of neighbours. "
        "Modules are compiled beforehand, as they are in an installed package.",
    )


def goals(start: Start) -> list[Goal]:
    """What is promised of these figures."""
    return [
        Goal("spawn to `initialize` against bare pygls", 1.25, start.server_ratio, True),
        Goal("`superbill lookup` against `import json`", 6, start.lookup_ratio, True),
    ]


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)).plain())
