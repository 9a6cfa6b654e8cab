"""What the tests share: analyse a text as a user's file would be, and draw findings under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from superbill.catalog.store import Catalog, open_catalog
from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis, Located
from superbill.report.example_tables import tables as examples
from superbill.report.examples import TEAM
from superbill.rules.book import RuleBook, all_rules
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document

TODAY = date(2025, 12, 15)
SUFFIX = {
    "csv": ".csv", "md": ".md", "txt": ".txt", "psv": ".psv", "tsv": ".tsv", "x12": ".837", "hl7": ".hl7", "json": ".json",
    "ndjson": ".ndjson", "yaml": ".yaml",
}  # fmt: skip
_MARK = re.compile(r"^ *\^+ [A-Z][A-Z0-9-]*[0-9](?: [a-z]+)?\s*$")


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The bundled catalog, opened once."""
    return open_catalog()


@lru_cache(maxsize=4)
def catalog_with(tables: Path) -> Catalog:
    """The bundled catalog with the national tables of a folder."""
    return open_catalog(tables)


@lru_cache(maxsize=32)
def book(payer: str = "medicare-b", on: str = "") -> RuleBook:
    """The rule book of one payer profile, on a fixed day. `on` names a rule that is off by default and shall speak, or
    one that needs a national table: then it stands on the small tables of the examples."""
    severities = {on: all_rules()[on].severity} if on else {}
    needs = all_rules()[on].needs if on else ""
    known = catalog().beside(TEAM) if needs == "workspace" else catalog_with(examples()) if needs else catalog()
    return book_of(known, payer, severities)


def book_of(known: Catalog, payer: str = "medicare-b", severities: Mapping[str, str] | None = None) -> RuleBook:
    """The rule book of one payer profile on some catalog, on a fixed day."""
    return RuleBook(Knowledge(known, known.profiles[payer], TODAY), severities or {}, strict=True, follow=True)


def analyse(text: str, kind: str = "csv", payer: str = "medicare-b", on: str = "") -> Analysis:
    """The finished analysis of `text` in a format."""
    return Analysis(Document(text), Hints(suffix=SUFFIX[kind]), book(payer, on)).finish()


def findings(text: str, kind: str = "csv", payer: str = "medicare-b", on: str = "") -> list[Located]:
    """All findings in a text."""
    return list(analyse(text, kind, payer, on).findings())


def unmark(marked: str) -> tuple[str, list[tuple[int, int, int, str]]]:
    """The text without the drawn expectations, and those: (line, start column, end column, rule [severity])."""
    lines: list[str] = []
    expected = []
    for line in marked.split("\n"):
        if _MARK.match(line):
            start = line.index("^")
            end = line.rindex("^") + 1
            expected.append((len(lines) - 1, start, end, line[end:].strip()))
        else:
            lines.append(line)
    return "\n".join(lines), sorted(expected)


def draw(text: str, found: list[Located], severity: bool = False) -> str:
    """The text with findings drawn under it."""
    under: dict[int, list[str]] = {}
    for one in found:
        end = one.end.column if one.end.line == one.start.line else one.start.column + 1
        label = one.finding.rule + (f" {one.finding.severity}" if severity else "")
        mark = " " * one.start.column + "^" * max(end - one.start.column, 1) + " " + label
        under.setdefault(one.start.line, []).append(mark)
    drawn = []
    for number, line in enumerate(text.split("\n")):
        drawn.append(line)
        drawn += under.get(number, [])
    return "\n".join(drawn)


def check(marked: str, kind: str = "csv", payer: str = "medicare-b", only: str = "", on: str = "") -> None:
    """Assert that a text gives exactly the findings drawn under it.

    `only` narrows to rules whose id begins so. A mark may end with the severity it must have.
    """
    text, expected = unmark(marked)
    found = [one for one in findings(text, kind, payer, on) if one.finding.rule.startswith(only)]
    severity = any(" " in mark[3] for mark in expected)
    wanted = "\n".join(_redraw(text, expected))
    assert draw(text, found, severity) == wanted, "\n" + "\n".join(
        f"{f.finding.rule}: {f.finding.message}" for f in found
    )


def _redraw(text: str, expected: list[tuple[int, int, int, str]]) -> list[str]:
    drawn = []
    for number, line in enumerate(text.split("\n")):
        drawn.append(line)
        for at, start, end, label in expected:
            if at == number:
                drawn.append(" " * start + "^" * (end - start) + " " + label)
    return drawn
