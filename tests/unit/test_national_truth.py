"""The tables as CMS publishes them, imported whole: rows, sizes, and what the rules make of every code.

The files are not part of the project: without the folder they lie in, these tests are skipped.
"""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from tests.bench import search as bench
from tests.harness import book_of, catalog, catalog_with

from superbill.catalog.national import manifest
from superbill.catalog.national.install import Outcome, install, remove, verify
from superbill.catalog.reasons import NONE_GIVEN, of_limit, of_pair
from superbill.catalog.store import open_catalog
from superbill.charges.model import Claim, ServiceLine, Written
from superbill.rules.base import Finding
from superbill.rules.book import RuleBook

CMS = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "cms"
#: How many pairs are drawn, and how many codes that are none.
PAIRS = 10_000
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


def test_every_reason_of_the_publisher_is_said_in_our_words(imported: tuple[Path, Outcome]) -> None:
    known = catalog_with(imported[0])
    table = known.timeline("ptp-practitioner").tables[-1]
    phrases = {phrase for (phrase,) in table.db.execute("SELECT DISTINCT reason FROM term")}
    assert len(phrases) == 12 and len({of_pair(phrase) for phrase in phrases} - {NONE_GIVEN}) == 12
    table = known.timeline("mue-practitioner").tables[-1]
    phrases = {phrase for (phrase,) in table.db.execute("SELECT DISTINCT reason FROM unit_limit")}
    assert len(phrases) == 14 and len({of_limit(phrase) for phrase in phrases} - {NONE_GIVEN}) == 14


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
    for code in sorted(fee_file()):
        rows = fee_file()[code]
        if modifier in ("26", "TC"):
            wanted: str | None = component(rows, modifier)
        else:
            column, outcomes = _TABLES[modifier]
            wanted = outcomes.get((rows.get("") or next(iter(rows.values())))[column].strip())
        if wanted is None:
            continue
        judged += 1
        written = Written(code=code, modifiers=(modifier,), units="1", date="2025-10-15", place="11")
        line = ServiceLine(
            code=code, modifiers=(modifier,), units=Decimal(1), since=IN_2025, place="11", written=written
        )
        found = [
            one.severity
            for one in book.check_line(line)
            if one.rule[0] == "K" and one.part.name == "modifier" and one.severity in ("error", "warning")
        ]
        if found != ([wanted] if wanted else []):
            wrong.append((code, wanted, found))
    assert judged > 2_000
    assert not wrong, (len(wrong), wrong[:10])


# -- pairs -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def sample() -> tuple[list[tuple[str, str, str]], set[int], list[str]]:
    """Active pairs drawn at random; every pair in force, by its hash; the codes of either column."""
    rng = random.Random(20241122)
    taken: list[tuple[str, str, str]] = []
    count = 0
    everything = set()
    codes = set()
    for part in sorted(CMS.glob("medicare-ncci-2024q3-practitioner-ptp-edits-*.zip")):
        with zipfile.ZipFile(part) as archive, archive.open(archive.namelist()[0]) as stream:
            for line in stream:
                match = _ROW.match(line)
                if match is None:
                    continue
                first, second, until, indicator = (cell.decode() for cell in match.groups())
                codes |= {first, second}
                if until == "*" and indicator != "9":
                    count += 1
                    everything.add(hash((first, second)))
                    if len(taken) < PAIRS:
                        taken.append((first, second, indicator))
                    elif (at := rng.randrange(count)) < PAIRS:
                        taken[at] = (first, second, indicator)
    assert count == 1_669_820
    return taken, everything, sorted(codes)


_ROW = re.compile(rb"(\w{5})\t(\w{5})\t\*?\t\d{8}\t(\d{8}|\*)\t(\d)")
#: The rules that speak of two codes of a day.
SPEAK = {
    "L1002", "L1003", "L1004", "L1005", "L1006", "L1007", "L1008", "L1016", "L1017", "L1020", "L1030", "L1031", "L1034",
    "L1035", "L1041", "L1042",
}  # fmt: skip
#: Of these the table itself speaks.
TABLE = {"L1002", "L1003", "L1004", "L1005", "L1006", "L1007", "L1008"}
#: How codes of visits begin.
VISIT = ("99", "92", "G0")
#: What stays of a pair of indicator 1 when a modifier parts it, and why that is right: by rule, whether it is so for the
#: two codes. None of these rules reads the table.
STAYS: dict[str, Callable[[str, str], bool]] = {
    # NCCI Policy Manual 2026 IX-11: 3-D beside nuclear medicine is paid for a third study, and these claims have none.
    "L1017": lambda first, second: not {"76376", "76377"}.isdisjoint((first, second)),
    # I-13 and I-16: a visit around a procedure with a package wants 25 or 57 itself. A modifier on the procedure, where that
    # is the code of column 2, parts the pair and says nothing of the visit.
    "L1030": lambda first, second: first.startswith(VISIT),
    "L1031": lambda first, second: first.startswith(VISIT),
    # 76380 beside a whole CT needs a separate encounter, and a toe or an artery names none.
    "L1020": lambda first, second: second == "76380",
}
#: What is said of two codes that are no pair, and why that is right: the manual's word on visits (as above; the table does
#: not hold all of what it says), and on anesthesia (II-4: one code for a session, whatever the table holds).
BESIDE = {"L1030", "L1031", "L1042"}
#: The manual's closed list of modifiers that part a pair (I-14): those that count on either line, those of the body, those of
#: packages and repeated tests, those of visits.
EITHER_LINE = ("59", "XE", "XS", "XP", "XU")
BODY = (
    "LT", "RT", *(f"E{n}" for n in range(1, 5)), "FA", *(f"F{n}" for n in range(1, 10)), "TA", *(f"T{n}" for n in range(1, 10)),
    "LC", "LD", "LM", "RC", "RI",
)  # fmt: skip
VISITS = ("24", "25", "57")
PARTING = (*EITHER_LINE, *BODY, "27", "58", "78", "79", "91", *VISITS)


def two_lines(
    first: str, second: str, on_second: Sequence[str] = (), on_first: Sequence[str] = (), *, swapped: bool = False
) -> Claim:
    """A claim of the two codes of a pair, the second before the first if `swapped`."""
    lines = []
    for code, carried in ((first, tuple(on_first)), (second, tuple(on_second))):
        written = Written(code=code, modifiers=carried, units="1", date="2024-08-15")
        lines.append(ServiceLine(code=code, modifiers=carried, units=Decimal(1), since=IN_2024, written=written))
    return Claim(tuple(reversed(lines) if swapped else lines))


def said(book: RuleBook, claim: Claim) -> list[Finding]:
    mask = 0
    for line in claim.lines:
        mask |= book.triggers(line)
    return [finding for finding in book.check_claim(claim, mask) if finding.rule in SPEAK]


def stays(rule: str, first: str, second: str) -> bool:
    """Whether a finding on a pair that a modifier parts is one of those that are right."""
    return rule in STAYS and STAYS[rule](first, second)


LEVELS = {"0": "error", "1": "warning"}


@pytest.mark.parametrize("swapped", [False, True])
def test_active_pairs_are_reported_once_and_at_the_right_level(book: RuleBook, swapped: bool) -> None:
    wrong = []
    for first, second, indicator in sample()[0]:
        found = said(book, two_lines(first, second, swapped=swapped))
        if [one.severity for one in found] != [LEVELS[indicator]]:
            wrong.append((first, second, indicator, [(one.rule, one.severity) for one in found]))
        elif found[0].rule in TABLE and (found[0].line, found[0].code) != (0 if swapped else 1, second):
            wrong.append((first, second, indicator, [(found[0].line, found[0].code)]))  # column 2 is the one denied
    assert not wrong, (len(wrong), wrong[:10])


def test_with_the_modifier_a_pair_of_indicator_1_is_silent(book: RuleBook) -> None:
    wrong, stayed, tried = [], 0, 0
    for number, (first, second, indicator) in enumerate(sample()[0]):
        if indicator != "1":
            continue
        parting = VISITS if book.know.is_visit(second) else PARTING
        for modifier in ("25" if parting is VISITS else "59", parting[number % len(parting)]):
            tried += 1
            found = [one.rule for one in said(book, two_lines(first, second, [modifier]))]
            if len(found) == 1 and stays(found[0], first, second):
                stayed += 1
            elif found:
                wrong.append((first, second, modifier, found))
    assert not wrong, (len(wrong), wrong[:10])
    assert tried > 12_000 and stayed < 20


def test_on_the_line_of_column_1_some_modifiers_part_a_pair_and_others_do_not(book: RuleBook) -> None:
    """59 and X on either line; the others on the line of column 2, and on the other they are said to stand wrongly."""
    wrong: list[object] = []
    for number, (first, second, indicator) in enumerate(sample()[0]):
        modifier = PARTING[number % len(PARTING)]
        if indicator != "1" or book.know.is_visit(first) or book.know.is_visit(second):
            continue
        found = said(book, two_lines(first, second, (), [modifier]))
        rules = [one.rule for one in found if not stays(one.rule, first, second)]
        if modifier in EITHER_LINE:
            if rules:
                wrong.append((first, second, modifier, rules))
        elif modifier in VISITS:  # on what is no visit these say nothing of the pair
            if len(rules) != 1:
                wrong.append((first, second, modifier, rules))
        elif rules != ["L1005"] and not (len(found) == 1 and found[0].rule not in TABLE):
            wrong.append((first, second, modifier, rules))
    assert not wrong, (len(wrong), wrong[:10])


def test_no_modifier_parts_a_pair_of_indicator_0(book: RuleBook) -> None:
    wrong = []
    for number, (first, second, indicator) in enumerate(sample()[0]):
        if indicator == "0":
            modifier = PARTING[number % len(PARTING)]
            found = [(one.rule, one.severity) for one in said(book, two_lines(first, second, [modifier]))]
            if len(found) != 1 or found[0][1] != "error":
                wrong.append((first, second, modifier, found))
    assert not wrong, (len(wrong), wrong[:10])


def test_what_is_no_pair_is_silent(book: RuleBook) -> None:
    rng = random.Random(7)
    _, active, codes = sample()
    wrong, beside, tried = [], 0, 0
    while tried < PAIRS:
        first, second = rng.choice(codes), rng.choice(codes)
        if first == second or hash((first, second)) in active or hash((second, first)) in active:
            continue
        tried += 1
        found = [one.rule for one in said(book, two_lines(first, second))]
        beside += bool(found)
        if not BESIDE.issuperset(found):
            wrong.append((first, second, found))
    assert not wrong, (len(wrong), wrong[:10])
    assert beside < 100


# -- unit limits --------------------------------------------------------------------------------


def limits() -> Iterator[tuple[str, int, str]]:
    text = (CMS / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv").read_text(encoding="cp1252")
    for code, value, indicator in re.findall(r"^([0-9A-Z]{5}),(\d+),(\d) ", text, re.MULTILINE):
        yield code, int(value), indicator


#: Adjudication indicator -> the rule and the level that a claim above the limit gets.
OVER = {"1": ("U901", "warning"), "2": ("U902", "error"), "3": ("U903", "warning")}


def over(book: RuleBook, code: str, *units: int) -> list[tuple[str, str]]:
    """What the rules on limits say of a claim with lines of one code and so many units."""
    lines = []
    for number in units:
        written = Written(code=code, units=str(number), date="2024-08-15")
        lines.append(ServiceLine(code=code, units=Decimal(number), since=IN_2024, written=written))
    claim = Claim(tuple(lines))
    found = [finding for line in lines for finding in book.check_line(line)]
    found += book.check_claim(claim, book.triggers(lines[0]))
    return [(one.rule, str(one.severity)) for one in found if one.rule in ("U901", "U902", "U903")]


def test_unit_limits_at_the_limit_and_one_above(book: RuleBook) -> None:
    wrong = []
    seen: Counter[str] = Counter()
    for code, value, indicator in limits():
        if not value:
            continue
        seen[indicator] += 1
        for units, expected in ((value, []), (value + 1, [OVER[indicator]])):
            if over(book, code, units) != expected:
                wrong.append((code, value, indicator, units, over(book, code, units)))
    assert not wrong, (len(wrong), wrong[:10])
    assert seen == {"1": 41, "2": 5_151, "3": 6_818}


def test_units_over_two_lines_are_added_up_where_the_limit_is_of_the_day(book: RuleBook) -> None:
    """A limit for the line (1) takes each line by itself; the others count the day."""
    wrong = []
    for code, value, indicator in limits():
        if value:
            found = over(book, code, value, 1)
            if found != ([] if indicator == "1" else [OVER[indicator]]):
                wrong.append((code, value, indicator, found))
    assert not wrong, (len(wrong), wrong[:10])


def test_a_limit_of_0_is_told_unless_the_fee_schedule_says_why(book: RuleBook) -> None:
    """With a limit of 0 nothing is counted: either C316 speaks, or the fee schedule's own status does."""
    wrong = []
    told = 0
    for code, value, _ in limits():
        if value:
            continue
        assert not over(book, code, 1)
        line = ServiceLine(code=code, units=Decimal(1), since=IN_2024, place="11")
        rows = fee_file().get(code, {})
        status = (rows.get("") or next(iter(rows.values()), ["", "", "", ""]))[3]
        expected = status in ("A", "R", "C", "T", "")
        found = [one.rule for one in book.check_line(line) if one.rule == "C316"]
        told += bool(found)
        if found != (["C316"] if expected else []):
            wrong.append((code, status, found))
    assert not wrong, (len(wrong), wrong[:10])
    assert told > 200


# -- search -------------------------------------------------------------------------------------


def test_more_codes_do_not_hide_those_that_are_looked_for(imported: tuple[Path, Outcome]) -> None:
    alone, beside = bench.measure(quick=True, catalog=catalog()), bench.measure(True, catalog_with(imported[0]))
    for part in ("known", "unseen"):
        assert bench.recall(beside.of(part), 5) >= bench.recall(alone.of(part), 5) > 0.95


# -- killed in the midst ------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_an_import_killed_at_random_moments_leaves_tables_that_hold(tmp_path: Path) -> None:
    tables, rng = tmp_path / "tables", random.Random(1)
    pairs = sorted(CMS.glob("medicare-ncci-2024q3-practitioner-ptp-edits-*.zip"))[-1]
    limits_file = CMS / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv"
    (kept,) = install([CMS / "AOC_V2024Q3-MCR.xlsx"], tables).landed
    command = [sys.executable, "-m", "superbill", "catalog", "import", str(limits_file), str(pairs)]
    killed = 0
    for _ in range(20):
        environment = {**os.environ, "SUPERBILL_TABLES": str(tables)}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            try:
                running.wait(rng.uniform(0.1, 2.5))
            except subprocess.TimeoutExpired:
                running.kill()
                killed += 1
        now = {one.id: one for one in manifest.read(tables)}
        assert len(now) in (1, 3) and kept.id in now  # nothing of an import, or all of it
        assert not any(verify(tables, one) for one in now.values())
        assert open_catalog(tables).addon("99292") is not None
        if len(now) > 1:
            remove(tables, [id for id in now if id != kept.id])
    assert killed > 3
    assert len(install([limits_file, pairs], tables).landed) == 2
    listed = {one.file for one in manifest.read(tables)}
    assert {path.name for path in tables.iterdir()} == {
        *listed,
        manifest.NAME,
        "lock",
    }  # and nothing is left lying about
