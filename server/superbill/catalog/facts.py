"""The facts that travel with the bundled entries: one text file per table, one line per code and component.

They are carried over from CMS's files by `python -m superbill.catalog.carry` for the codes that have an entry, and for
no others; a test compares every one of them with the CMS file when it is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from superbill.catalog.model import AddOn, FeeRow, HcpcsCode, UnitLimit

FEES = "pfs-2025d.tsv"
UNITS = "ncci-mue-2024q3.tsv"
HCPCS = "hcpcs-2025-10.tsv"
ADDONS = "ncci-aoc-2024q3.tsv"

_FEE_FIELDS = list(FeeRow._fields)


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of a facts file, its comment and heading left out."""
    heading = True
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        if heading:
            heading = False
            continue
        yield number, line.split("\t")


def read_fees(path: Path) -> Iterator[tuple[str, FeeRow]]:
    """Yield (code, row) of a fee schedule facts file."""
    for _, cells in rows(path):
        values: list[str | bool] = list(cells[1:])
        values[-2:] = [cells[-2] == "NA", cells[-1] == "NA"]
        yield cells[0], FeeRow(**dict(zip(_FEE_FIELDS, values, strict=True)))  # type: ignore[arg-type]


def read_units(path: Path) -> Iterator[tuple[str, UnitLimit]]:
    """Yield (code, limit) of a unit limits facts file."""
    for _, cells in rows(path):
        yield cells[0], UnitLimit(int(cells[1]), cells[2])


def read_addons(path: Path) -> Iterator[tuple[str, AddOn]]:
    """Yield (code, relation) of an add-on codes facts file."""
    for _, cells in rows(path):
        yield cells[0], AddOn(cells[1], tuple(cells[2].split()))


def read_hcpcs(path: Path) -> Iterator[HcpcsCode]:
    """Yield every code of a HCPCS Level II facts file: code, first day, last valid day, successors."""
    for _, cells in rows(path):
        code, since, until, successors = (*cells, "", "", "")[:4]
        yield HcpcsCode(code, _day(since), _day(until), tuple(successors.split()))


def _day(text: str) -> date | None:
    text = text.replace("-", "")
    return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text else None


def write_fees(path: Path, note: str, facts: Iterable[tuple[str, FeeRow]]) -> int:
    """Write a fee schedule facts file, sorted; return the number of rows."""
    lines = []
    for code, row in sorted(facts, key=lambda pair: (pair[0], pair[1].component)):
        cells = [getattr(row, name) for name in _FEE_FIELDS]
        cells[-2:] = ["NA" if flag else "" for flag in cells[-2:]]
        lines.append("\t".join([code, *cells]))
    _write(path, note, ["code", *_FEE_FIELDS], lines)
    return len(lines)


def write_units(path: Path, note: str, facts: Iterable[tuple[str, UnitLimit]]) -> int:
    """Write a unit limits facts file, sorted; return the number of rows."""
    lines = [f"{code}\t{limit.value}\t{limit.indicator}" for code, limit in sorted(facts, key=lambda pair: pair[0])]
    _write(path, note, ["code", "value", "indicator"], lines)
    return len(lines)


def write_addons(path: Path, note: str, facts: Iterable[tuple[str, AddOn]]) -> int:
    """Write an add-on codes facts file, sorted; return the number of rows."""
    lines = [f"{code}\t{one.type}\t{' '.join(one.primaries)}" for code, one in sorted(facts, key=lambda pair: pair[0])]
    _write(path, note, ["code", "type", "primaries"], lines)
    return len(lines)


def _write(path: Path, note: str, heading: list[str], lines: list[str]) -> None:
    path.write_text("\n".join([f"# {note}", "\t".join(heading), *lines, ""]), encoding="utf-8")
