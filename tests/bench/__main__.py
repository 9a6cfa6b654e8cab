"""All measurements: `python -m tests.bench [--quick] [--write] [--only PART ...]`.

`--write` puts them into docs/performance.md. `--quick` takes fewer samples, to see whether something is off.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
from importlib.metadata import version

from tests.bench import bulk, claims, formats, ladder, national, search, startup, text
from tests.bench.client import ROOT
from tests.bench.figures import Goal, Table
from tests.bench.generate import generate, verify

PAGE = ROOT / "docs" / "performance.md"
PARTS = ("keystrokes", "formats", "bulk", "start", "text", "search", "tables")
#: How the tables of the page begin, in their order.
_ORDER = (
    "Keystroke to", "Opening", "Keystroke in an 837P", "Keystroke in a FHIR", "Keystroke in a YAML", "Checking",
    "Starting", "One", "National", "Finding",
)  # fmt: skip

_HEAD = """\
# Performance

What counts is what people feel: the time from a keystroke to fresh diagnostics, the time until a hover or a
completion is there, and the time to start. All figures on this page come from one run of `make bench`, which
also wrote the page. Absolute times differ from machine to machine; the ratios to the other servers of the
same run mean more.

Measured on {machine} The load average was {load} at the start.

## How it is measured

- A client of nothing but reads and writes speaks to each server over stdio. The clock runs from the moment
  before a message is written until the last byte of the answer has come; parsing the answer is not in it.
- A keystroke is one `textDocument/didChange` of one character in a random row: in the modifier, the units,
  the charge or the provider. The next keystroke takes it back, untimed, because Superbill remembers the row;
  then the number of diagnostics is checked.
- *Published* is the time until `publishDiagnostics` for that version. *Asked for* is the time until the
  answer to a `textDocument/diagnostic` that follows the keystroke at once. Superbill does one or the other,
  whichever the client can take.
- The servers of a table run side by side and take turns, keystroke by keystroke.
- In the charge file every row is a claim of its own. The given number of rows has exactly one finding each,
  the others have none. The claims in X12, FHIR and YAML are made in the same way; each is another patient's.
- *naive* is a pygls server as one would write it at first: it keeps the text as pygls does, splits it at
  every change and looks every row up in a set. It does far less: it knows a single fault, Superbill all rules.{ruff}
- Servers and programs of others come from npm and pip in the same run, into a folder of their own
  (`SUPERBILL_BENCH_PEERS`, or a temporary one). Where they cannot be had their rows are missing.
- *While typing* is a completion asked for right behind a keystroke, so that keystroke is taken in first.

"""

_RUFF = """
- *ruff* is `ruff server`, written in Rust, on a Python file with as many lines and findings. It does another
  job for another language; it is here as a measure of what is thought of as fast."""

_WORSE = """\
## Where Superbill is worse than the naive server

Times and memory as multiples of the naive server's. Opening reads and checks every record once, and what was found
is kept, which is what later keystrokes live on.

"""

_TAIL = """\
## Why it comes out so

A document is kept as lines, and an edit replaces those that it touches. Records keep what the rules said of
them, relative to themselves, so only the record that was edited is read and checked again, and where things
stand in the document is worked out when findings are sent. What grows with the length of the file is a slice
assignment in C and a walk over blocks of some hundreds of records. What grows with the number of findings is
the answer: the protocol wants all diagnostics of a document sent again each time.

A record of an 837 is a claim, of FHIR a resource, of a sheet an entry, wherever the line ends of the file stand. So
a keystroke reads one or two of them, in a file of one line too; there the line itself is copied, and findings
behind the keystroke are moved, not found again. A server that is given a schema reads the document from its beginning.
"""


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer samples")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="only these parts")
    chosen = parser.parse_args()
    if chosen.write and set(chosen.only) != set(PARTS):
        parser.error("--write needs all parts")
    verify(generate(1_000, 200))
    if "bulk" in chosen.only:
        claims.verify(claims.x12(claims.SMALL_X12, 0, "\n"), ".837")
    before, load = _fingerprint(), os.getloadavg()[0]
    print(_machine() + "\n", flush=True)
    tables: list[Table] = []
    goals: list[Goal] = []
    worse: list[str] = []

    def add(goal: list[Goal], *found: Table) -> None:
        goals.extend(goal)
        tables.extend(found)
        for table in found:
            print(table.plain(), flush=True)

    if "start" in chosen.only:
        start = startup.measure(chosen.quick)
        add(startup.goals(start), startup.table(start))
    if "text" in chosen.only:
        edits = text.measure(chosen.quick)
        add([], text.table(edits))
    if "tables" in chosen.only and (loaded := national.measure(chosen.quick)) is not None:
        add(national.goals(loaded), national.table(loaded))
    if "search" in chosen.only:
        found = search.measure(chosen.quick)
        add([], *search.tables(found))
        for one in found.misses:
            print(f"  missed: {one.query!r}: {' '.join(one.right)}; found {' '.join(one.answer) or 'nothing'}")
    if "bulk" in chosen.only:
        rates = bulk.measure(chosen.quick)
        add(bulk.goals(rates), bulk.table(rates))
    if "formats" in chosen.only:
        typed = formats.measure(chosen.quick)
        add(formats.goals(typed), *formats.tables(typed))
    if "keystrokes" in chosen.only:
        figures = ladder.measure(chosen.quick)
        add(ladder.goals(figures), *ladder.tables(figures))
        worse = ladder.slower(figures)
        print("Superbill against naive, where it is worse:", *worse, "", sep="\n  ")
    summary = Table("Goals", ["what", "goal", "measured", "met"], [goal.cells() for goal in goals])
    print(summary.plain())
    print(f"load average: {load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end")
    if _fingerprint() != before:
        print("the source changed during the run: these figures belong to no one version; nothing is written")
        return
    if chosen.write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(_page(tables, summary, worse, load), encoding="utf-8")
        print(f"written: {PAGE.relative_to(ROOT)}")


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.system()}, {platform.python_implementation()} "
        f"{platform.python_version()}, pygls {version('pygls')}, Superbill {version('superbill')}."
    )


def _fingerprint() -> str:
    """What the server and the catalog's source look like, to notice when somebody works on them meanwhile."""
    digest = hashlib.sha256()
    for folder in ("server", "data"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".yaml", ".tsv"):
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


def _page(tables: list[Table], summary: Table, worse: list[str], load: float) -> str:
    tables = sorted(
        tables, key=lambda table: next(n for n, start in enumerate(_ORDER) if table.title.startswith(start))
    )
    ruff = _RUFF if any(subject.name == "ruff" for subject in ladder.SUBJECTS) else ""
    head = _HEAD.format(machine=_machine(), ruff=ruff, load=f"{load:.1f}")
    weak = _WORSE + "".join(f"- {line}\n" for line in worse) + "\n" if worse else ""
    return head + "\n".join(table.markdown() for table in [*tables, summary]) + "\n" + weak + _TAIL


if __name__ == "__main__":
    main()
