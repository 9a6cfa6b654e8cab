"""National tables: how long an import takes and what it holds in memory, and what look-ups cost with everything loaded.

Needs CMS's files, which are not part of the project; without them this part is left out.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from superbill.catalog.store import PTP, open_catalog
from superbill.charges.model import Claim, ServiceLine, Written
from superbill.engine.cards import code_card
from superbill.engine.fitting import suggest
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge
from tests.bench.client import ROOT, SUPERBILL, Client
from tests.bench.figures import Goal, Spread, Table, spread, time

CMS = ROOT.parent / "shared" / "cms"
_DAY = date(2024, 8, 15)
#: The peak is read from where a new program begins at nothing: `getrusage` would tell that of the bench it was born of.
_IMPORT = """
import sys
from pathlib import Path
from superbill.catalog.national.install import install
install(sorted(Path(sys.argv[1]).iterdir()), Path(sys.argv[2]))
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A server with all tables, asked by a real client: seconds to start with and without them, times of hovers and
    completions on codes that were not asked about before, of completions asked for again, resident megabytes after
    all that."""

    start: float
    start_without: float
    hover: Spread
    completion: Spread
    again: Spread
    memory: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was measured: seconds and megabytes of the import, megabytes on disk, and times of look-ups."""

    seconds: float
    peak: int
    disk: float
    hover: Spread
    completion: Spread
    claim: Spread
    served: Served


def measure(quick: bool) -> Loaded | None:
    """Import all tables at hand and ask them; None where none is at hand."""
    if not CMS.is_dir():
        return None
    with tempfile.TemporaryDirectory() as folder:
        begun = perf_counter()
        ended = subprocess.run(
            [sys.executable, "-c", _IMPORT, str(CMS), folder],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ,
        )
        seconds = perf_counter() - begun
        disk = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        catalog = open_catalog(Path(folder))
        book = RuleBook(Knowledge(catalog, catalog.profiles["medicare-b"], _DAY))
        pairs = catalog.pairs(_DAY)
        assert pairs is not None
        rng = random.Random(1)
        codes = [code for code in pairs.codes() if code.isdigit() and code > "10000"]
        lines = [_line(code) for code in rng.sample(codes, 200 if quick else 1_000)]
        hover = [_timed(lambda line=line: code_card(book.know, line.code, line, (), book)) for line in lines]  # type: ignore[misc]
        beside = [_line(code) for code in rng.sample(codes, len(lines))]
        completion = [
            _timed(lambda one=one, two=two: suggest(book, one, (two,)))  # type: ignore[misc]
            for one, two in zip(lines, beside, strict=True)
        ]
        claims = [Claim(tuple(_line(code) for code in rng.sample(codes, 50))) for _ in range(20 if quick else 100)]
        rules = [rule for rule in book.rules.values() if rule.needs and PTP.startswith(rule.needs)]
        claim = [_timed(lambda one=one: [list(rule.check(one, book.know)) for rule in rules]) for one in claims]  # type: ignore[misc]
        catalog.close()
        served = _serve(Path(folder), rng.sample(codes, 1_000), 60 if quick else 300)
    return Loaded(seconds, int(ended.stdout), disk, spread(hover), spread(completion), spread(claim), served)


def _serve(home: Path, codes: list[str], asks: int) -> Served:
    """Open a charge file of random codes, all of them named in pairs, and ask about its rows in turn."""
    rows = [f"C{number // 5:05},{_DAY},{code},,1,11,100.00" for number, code in enumerate(codes)]
    text = "\n".join(["claim_id,dos,cpt,mod,units,pos,charge", *rows]) + "\n"
    column = rows[0].index(codes[0])
    with tempfile.TemporaryDirectory() as empty:
        starts: dict[Path, list[float]] = {home: [], Path(empty): []}
        for _ in range(6):  # the first of each compiles the catalog
            for place, seconds in starts.items():
                with Client(SUPERBILL, variables={"SUPERBILL_HOME": str(place)}) as client:
                    seconds.append(client.initialize())
    start, without = (statistics.median(seconds[1:]) for seconds in starts.values())
    with Client(SUPERBILL, pull=True, variables={"SUPERBILL_HOME": str(home)}) as client:
        client.initialize()
        uri = "file:///bench/tables.csv"
        document = {"uri": uri, "languageId": "csv", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": document})
        client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})

        def ask(method: str, at: int) -> tuple[Spread, Spread]:
            first: list[float] = []
            again: list[float] = []
            for line in range(1, asks + 4):
                place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": at}}
                for times in (first, again):
                    answer = client.request(f"textDocument/{method}", place)
                    if not answer.result:
                        raise ValueError(f"nothing came of {method}")
                    times.append(answer.seconds)
            return spread(first[3:]), spread(again[3:])  # the first few are for warming up

        hover, _ = ask("hover", column + 1)
        completion, again = ask("completion", column + len(codes[0]) + 1)
        memory = client.memory()
    return Served(start, without, hover, completion, again, memory[0] if memory else 0.0)


def _line(code: str) -> ServiceLine:
    written = Written(code=code, units="1", date=_DAY.isoformat())
    return ServiceLine(code=code, units=Decimal(1), since=_DAY, written=written)


def _timed(work: object) -> float:
    begun = perf_counter()
    work()  # type: ignore[operator]
    return perf_counter() - begun


def goals(found: Loaded) -> list[Goal]:
    """What is promised of them."""
    return [
        Goal("import of a year's tables", 60, found.seconds),
        Goal("50 lines against all pairs", 0.005, found.claim.p50),
        Goal("hover with all tables, a new code, p50", 0.002, found.served.hover.p50),
        Goal("completion with all tables, a new code, p50", 0.002, found.served.completion.p50),
        Goal("completion with all tables, again, p50", 0.002, found.served.again.p50),
        Goal("start with all tables, against without", 1.05, found.served.start / found.served.start_without, True),
    ]


def table(found: Loaded) -> Table:
    """The figures."""
    rows = [
        ("import of fee schedule, HCPCS, pairs, limits, add-ons", time(found.seconds)),
        ("its peak of memory", f"{found.peak} MB"),
        ("on disk", f"{found.disk:.0f} MB"),
        ("card of a code never asked for, p50", time(found.hover.p50)),
        ("modifiers for a line never asked for, p50", time(found.completion.p50)),
        ("claim of 50 codes against all pairs, p50", time(found.claim.p50)),
        ("server: start, with the tables", time(found.served.start)),
        ("server: start, without them", time(found.served.start_without)),
        ("server: hover on a new code, p50", time(found.served.hover.p50)),
        ("server: completion on a new code, p50", time(found.served.completion.p50)),
        ("server: completion again, p50", time(found.served.again.p50)),
        ("server: resident memory after that", f"{found.served.memory:.0f} MB"),
    ]
    return Table("National tables", ["", ""], rows, "With 2.4 million pairs; each code is asked for the first time.")


if __name__ == "__main__":
    result = measure("--quick" in sys.argv)
    print(table(result).plain() if result else "no tables at hand")
