"""The tables as CMS publishes them, imported whole: rows, sizes, and what the rules make of every code.

The files are not part of the project: without the folder they lie in, these tests are skipped. By default samples are
tried; SUPERBILL_ACCEPTANCE=whole tries every code and 10,000 pairs.
"""

from __future__ import annotations

import csv
import os
import random
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from tests.harness import book_of, catalog_with

from superbill.catalog.national.install import Outcome, install
from superbill.charges.model import Claim, ServiceLine, Written
from superbill.rules.base import Finding
from superbill.rules.book import RuleBook

CMS = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "cms"
WHOLE = os.environ.get("SUPERBILL_ACCEPTANCE") == "whole"
PAIRS = 10_000 if WHOLE else 1_500
#: One of so many codes is tried.
EVERY = 1 if WHOLE else 12
IN_2024, IN_2025 = date(2024, 8, 15), date(2025, 10, 15)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CMS.is_dir(), reason="the CMS files are not at hand (no folder ../shared/cms)"),
]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    tables = tmp_path_factory.mktemp("national")
    return tables, install(sorted(CMS.iterdir()), tables)


@pytest.fixture(scope="module")
def book(imported: tuple[Path, Outcome]) -> RuleBook:
    return book_of(catalog_with(imported[0]))


def test_what_lands(imported: tuple[Path, Outcome]) -> None:
    tables, outcome = imported
    rows = {one.id: one.rows for one in outcome.landed}
    expected = {
        "pfs-2025d": {"fee schedule rows": 19_090},
        "hcpcs-2025-10": {"codes": 8_463, "modifiers": 383},
        "ncci-mue-2024q3": {"unit limits": 14_677},
        "ncci-aoc-2024q3": {"add-on edits": 7_465, "add-on codes": 668},
        "ncci-ptp-2024q3": {"code pairs": 2_546_017 - 98_853},
    }
    assert {id: rows.get(id) for id in expected} == expected
    (pairs,) = [one for one in outcome.landed if one.id == "ncci-ptp-2024q3"]
    assert (pairs.since, pairs.until) == (date(2024, 7, 1), date(2024, 9, 30))  # its first days are lost
    assert "98,853 rows left out: indicator 9, never in force" in pairs.notes
    assert [one.name for one in outcome.refused] == ["ccipra-v322r0-f1.native_layout_head.txt"]
    assert sum(path.stat().st_size for path in tables.iterdir()) < 250_000_000


def test_both_forms_of_the_fee_schedule_say_the_same(imported: tuple[Path, Outcome], tmp_path: Path) -> None:
    (landed,) = install([CMS / "PPRRVU2025_Oct.txt"], tmp_path / "n").landed
    assert landed.rows == {"fee schedule rows": 19_090}
    text, table = catalog_with(tmp_path / "n"), catalog_with(imported[0])
    codes = [row[0] for row in table.timeline("pfs").tables[-1].db.execute("SELECT DISTINCT code FROM fee")]
    assert len(codes) == 16_852
    assert not [code for code in codes if text.fees(code) != table.fees(code)]


# -- the fee schedule, read here in another way ------------------------------------------------


@lru_cache(maxsize=1)
def fee_file() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    with (CMS / "PPRRVU2025_Oct.csv").open(encoding="latin-1", newline="") as stream:
        rows = csv.reader(stream)
        for cells in rows:
            if cells[0] == "HCPCS":
                break
        for cells in rows:
            found.setdefault(cells[0], {})[cells[1].strip()] = [*cells[:2], "", *cells[3:]]
    return found


def component(rows: dict[str, list[str]], modifier: str) -> str:
    if modifier == "TC" and "26" in rows and rows["26"][13] == "6":
        return "error"
    if modifier in rows or "" not in rows:
        return ""
    return {**dict.fromkeys("02345", "error"), "1": ""}.get(rows[""][13], "warning")


_TABLES: dict[str, tuple[int, dict[str, str]]] = {
    "50": (19, {"0": "warning", "1": "", "2": "warning", "3": "", "9": "warning"}),
    "62": (21, {"0": "error", "1": "", "2": "", "9": "warning"}),
    "66": (22, {"0": "error", "1": "", "2": "", "9": "warning"}),
    **dict.fromkeys(("80", "81", "82", "AS"), (20, {"1": "warning", "2": "", "9": "warning"})),
    **dict.fromkeys(("54", "55"), (14, {"000": "warning", "010": "", "090": "", "XXX": "warning", "ZZZ": "warning"})),
}


@pytest.mark.parametrize("modifier", ["26", "TC", *_TABLES])
def test_every_code_with_every_governed_modifier(book: RuleBook, modifier: str) -> None:
    wrong = []
    judged = 0
    for code in sorted(fee_file())[:: EVERY if modifier not in ("26", "TC") else max(EVERY // 3, 1)]:
        rows = fee_file()[code]
        if modifier in ("26", "TC"):
            wanted: str | None = component(rows, modifier)
        else:
            column, outcomes = _TABLES[modifier]
            wanted = outcomes.get((rows.get("") or next(iter(rows.values())))[column].strip())
        if wanted is None:
            continue
        judged += 1
        line = ServiceLine(code=code, modifiers=(modifier,), purpose="cited")
        found = [f.severity for f in book.check_line(line) if f.rule[0] == "K" and f.severity in ("error", "warning")]
        if found != ([wanted] if wanted else []):
            wrong.append((code, wanted, found))
    assert judged > 300
    assert not wrong, (len(wrong), wrong[:10])


# -- pairs -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def sample() -> tuple[list[tuple[str, str, str]], set[tuple[str, str]], list[str]]:
    """Active pairs drawn at random; every pair in force or not of the codes drawn; the codes."""
    rng = random.Random(20241122)
    taken: list[tuple[str, str, str]] = []
    count = 0
    everything = set()
    codes = set()
    parts = sorted(CMS.glob("medicare-ncci-2024q3-practitioner-ptp-edits-*.zip"))
    for part in parts if WHOLE else parts[-1:]:  # sorted by the first code, so the last part has all pairs of its codes
        with zipfile.ZipFile(part) as archive, archive.open(archive.namelist()[0]) as stream:
            for line in stream:
                match = _ROW.match(line)
                if match is None:
                    continue
                first, second, until, indicator = (cell.decode() for cell in match.groups())
                codes.add(first)
                if until == "*" and indicator != "9":
                    count += 1
                    everything.add(hash((first, second)))
                    if len(taken) < PAIRS:
                        taken.append((first, second, indicator))
                    elif (at := rng.randrange(count)) < PAIRS:
                        taken[at] = (first, second, indicator)
    assert count == 1_669_820 if WHOLE else count > 500_000
    return taken, everything, sorted(codes)  # type: ignore[return-value]


_ROW = re.compile(rb"(\w{5})\t(\w{5})\t\*?\t\d{8}\t(\d{8}|\*)\t(\d)")
#: The rules that speak of two codes of a day.
SPEAK = {
    "L1002", "L1003", "L1004", "L1005", "L1006", "L1007", "L1008", "L1016", "L1017", "L1020", "L1030", "L1031", "L1034",
    "L1035", "L1041", "L1042",
}  # fmt: skip
#: Of these the table itself speaks.
TABLE = {"L1002", "L1003", "L1004", "L1005", "L1006", "L1007", "L1008"}


def two_lines(first: str, second: str, *modifiers: str) -> Claim:
    lines = []
    for code, carried in ((first, ()), (second, modifiers)):
        written = Written(code=code, modifiers=carried, units="1", date="2024-08-15")
        lines.append(ServiceLine(code=code, modifiers=carried, units=Decimal(1), since=IN_2024, written=written))
    return Claim(tuple(lines))


def said(book: RuleBook, claim: Claim) -> list[Finding]:
    mask = 0
    for line in claim.lines:
        mask |= book.triggers(line)
    return [finding for finding in book.check_claim(claim, mask) if finding.rule in SPEAK]


def test_active_pairs_are_reported_once_and_at_the_right_level(book: RuleBook) -> None:
    wrong = []
    for first, second, indicator in sample()[0]:
        found = [finding.severity for finding in said(book, two_lines(first, second))]
        if found != [{"0": "error", "1": "warning"}[indicator]]:
            wrong.append((first, second, indicator, found))
    assert not wrong, (len(wrong), wrong[:10])


def test_with_the_modifier_a_pair_of_indicator_1_is_silent(book: RuleBook) -> None:
    wrong = []
    for first, second, indicator in sample()[0]:
        if indicator == "1":
            modifier = "25" if book.know.is_visit(second) else "59"
            found = [one.rule for one in said(book, two_lines(first, second, modifier)) if one.rule in TABLE]
            if found:
                wrong.append((first, second, found))
    assert not wrong, (len(wrong), wrong[:10])


def test_what_is_no_pair_is_silent(book: RuleBook) -> None:
    rng = random.Random(7)
    _, active, codes = sample()
    wrong, tried = [], 0
    while tried < PAIRS:
        first, second = rng.choice(codes), rng.choice(codes)
        if first == second or hash((first, second)) in active or hash((second, first)) in active:
            continue
        tried += 1
        found = [one.rule for one in said(book, two_lines(first, second)) if one.rule in TABLE]
        if found:
            wrong.append((first, second, found))
    assert not wrong, (len(wrong), wrong[:10])


# -- unit limits --------------------------------------------------------------------------------


def limits() -> Iterator[tuple[str, int, str]]:
    text = (CMS / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv").read_text(encoding="cp1252")
    for code, value, indicator in re.findall(r"^([0-9A-Z]{5}),(\d+),(\d) ", text, re.MULTILINE):
        yield code, int(value), indicator


def test_unit_limits_at_the_limit_and_one_above(book: RuleBook) -> None:
    wrong = []
    wanted = {"1": ["U901", "warning"], "2": ["U902", "error"], "3": ["U903", "warning"]}
    for code, value, indicator in list(limits())[:: max(EVERY // 4, 1)]:
        if not value:
            continue
        for units, expected in ((value, []), (value + 1, wanted[indicator])):
            written = Written(code=code, units=str(units), date="2024-08-15")
            line = ServiceLine(code=code, units=Decimal(units), since=IN_2024, written=written)
            mask = book.triggers(line)
            found = [*book.check_line(line), *book.check_claim(Claim((line,)), mask)]
            over = [[one.rule, one.severity] for one in found if one.rule in ("U901", "U902", "U903")]
            if over != ([expected] if expected else []):
                wrong.append((code, value, indicator, units, over))
    assert not wrong, (len(wrong), wrong[:10])
