"""A file with a line for every bundled code and each modifier that an indicator of the fee schedule governs.

What is expected is read here, from CMS's file where it is at hand and else from `data/facts`, by the meaning that CMS's
record layout gives the indicators, and not by the program's own reading of either.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from tests.harness import TODAY, catalog

from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis
from superbill.rules.book import RuleBook, all_rules
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document

ROOT = Path(__file__).resolve().parent.parent.parent
CMS = ROOT.parent / "shared" / "cms" / "PPRRVU2025_Oct.csv"
FACTS = ROOT / "data" / "facts" / "pfs-2025d.tsv"

MODIFIERS = ("26", "TC", "50", "62", "66", "80", "81", "82", "AS", "54", "55")
#: Code and component ("" for the code as a whole) -> PC/TC, global days, bilateral, assistant, co-surgeon, team.
Rows = dict[tuple[str, str], tuple[str, str, str, str, str, str]]


def from_facts() -> Rows:
    with FACTS.open(encoding="utf-8") as file:
        table = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        names = ("pctc", "global_days", "bilateral", "assistant", "cosurgeon", "team")
        return {(row["code"], row["component"]): tuple(row[name] for name in names) for row in table}  # type: ignore[misc]


def from_cms() -> Rows:
    """CMS's own file: by position, as its record layout numbers the columns."""
    with CMS.open(encoding="latin-1", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 25 and len(row[0]) == 5 and row[0][:4].isalnum()]
    return {
        (row[0], row[1].strip()): (row[13], row[14], row[19], row[20], row[21], row[22])
        for row in rows
        if row[1].strip() in ("", "26", "TC", "53")
    }


@lru_cache(maxsize=1)
def published() -> Rows:
    return from_cms() if CMS.exists() else from_facts()


#: Indicator -> what a modifier gets: E error, W warning, "" neither. "-": left out, nobody can tell from the table alone.
PARTS = {"0": "E", "1": "", "2": "E", "3": "E", "4": "E", "5": "E", "6": "", "7": "W", "8": "W", "9": "W"}
SIDES = {"0": "W", "1": "", "2": "W", "3": "", "9": "W"}
ASSISTANTS = {"0": "-", "1": "W", "2": "", "9": "W"}
SURGEONS = {"0": "E", "1": "", "2": "", "9": "W"}
PERIODS = {"000": "W", "010": "", "090": "", "MMM": "-", "XXX": "W", "YYY": "-", "ZZZ": "W"}


def wanted(code: str, modifier: str) -> str:
    """What the publisher says of a code with a modifier. A code that is not in the table is not judged."""
    whole, part = published().get((code, "")), published().get((code, modifier))
    if whole is None and part is None:
        return ""
    row = whole or part
    assert row is not None
    if modifier in ("26", "TC"):
        reading = published().get((code, "26"))
        if reading is not None and reading[0] == "6":  # a laboratory test with a reading: 26 only
            return "" if modifier == "26" else "E"
        return "" if part is not None else PARTS[row[0]]
    if modifier == "50":
        return SIDES[row[2]]
    if modifier in ("54", "55"):
        return PERIODS[row[1]]
    if modifier in ("62", "66"):
        return SURGEONS[row[4] if modifier == "62" else row[5]]
    return ASSISTANTS[row[3]]


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Every bundled code, whether it is in the fee schedule or not."""
    return tuple(sorted(code for (code,) in catalog().query("SELECT code FROM procedure")))


@lru_cache(maxsize=1)
def fit_rules() -> RuleBook:
    """The rules on fit alone: the others have nothing to say here, and a line for every code is long to read."""
    others = {rule.id: "off" for rule in all_rules().values() if rule.group != "K"}
    return RuleBook(Knowledge(catalog(), catalog().profiles["medicare-b"], TODAY), others, strict=True)


@pytest.mark.parametrize("modifier", MODIFIERS)
def test_every_code_with_the_modifier(modifier: str) -> None:
    """A warning or an error exactly where the indicator forbids the modifier, and nothing so loud where it allows it."""
    text = "dos,cpt,mod,units,pos\n" + "".join(f"2025-10-15,{code},{modifier},,11\n" for code in codes())
    found: dict[int, list[str]] = {}
    for one in Analysis(Document(text), Hints(suffix=".csv"), fit_rules()).finish().findings():
        if one.finding.part.name == "modifier" and one.finding.severity in ("error", "warning"):
            found.setdefault(one.start.line, []).append(one.finding.severity[0].upper())
    wrong = []
    judged: Counter[str] = Counter()
    for number, code in enumerate(codes(), 1):
        expected = wanted(code, modifier)
        judged[expected] += 1
        if expected != "-" and found.get(number, []) != ([expected] if expected else []):
            wrong.append((code, expected, found.get(number, [])))
    assert not wrong, (len(wrong), wrong[:20])
    assert len(codes()) > 8_000 and judged[""] > 500 and judged["W"] > 80, "something of each kind, or it shows nothing"


@pytest.mark.shared
@pytest.mark.skipif(not CMS.exists(), reason="CMS's file is not at hand")
def test_the_two_sources_of_the_grid_agree() -> None:
    cms = from_cms()
    assert {key: cms.get(key) for key in from_facts()} == from_facts()
