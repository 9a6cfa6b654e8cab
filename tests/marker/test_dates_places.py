"""Dates of service and places of service: what cannot be, and what only looks odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.harness import TODAY, analyse, book, catalog, check, findings

from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis, Located
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document, Position


def said(text: str, groups: str, payer: str = "medicare-b") -> list[Located]:
    return [one for one in findings(text, payer=payer) if one.finding.rule[0] in groups]


def place(dos: str, pos: str, mod: str = "", payer: str = "medicare-b") -> list[str]:
    text = f"dos,cpt,mod,units,pos\n{dos},99213,{mod},1,{pos}\n"
    return [one.finding.rule for one in said(text, "P", payer) if one.finding.rule in ("P1201", "P1202", "P1208")]


def dates(first: str, last: str = "", code: str = "99232", units: str = "1") -> list[str]:
    text = f"from_date,to_date,cpt,units,pos\n{first},{last},{code},{units},21\n"
    return [one.finding.rule for one in said(text, "D") if one.finding.rule in ("D1101", "D1102", "D1104")]


# -- dates ----------------------------------------------------------------------------------------------


def test_today_is_not_the_future_and_tomorrow_is() -> None:
    assert date(2025, 12, 15) == TODAY
    assert dates("2025-12-15") == []
    assert dates("2025-12-16") == ["D1101"]
    check("dos,cpt,units,pos\n12/16/2025,99213,1,11\n^^^^^^^^^^ D1101 error\n", only="D")


def test_a_range_into_the_future_is_said_once_and_on_the_day_that_is_wrong() -> None:
    check(
        "from_date,to_date,cpt,units,pos\n2025-12-14,2025-12-20,99213,1,11\n           ^^^^^^^^^^ D1101\n",
        only="D1101",
    )
    check("from_date,to_date,cpt,units,pos\n2026-01-14,2026-01-14,99213,1,11\n^^^^^^^^^^ D1101\n", only="D1101")


def test_the_same_file_is_judged_by_the_day_on_which_it_is_read() -> None:
    later = RuleBook(Knowledge(catalog(), catalog().profiles["medicare-b"], date(2026, 2, 1)))
    text = "dos,cpt,units,pos\n2026-01-14,99213,1,11\n"
    found = Analysis(Document(text), Hints(suffix=".csv"), later).finish().findings()
    assert not [one for one in found if one.finding.rule == "D1101"]
    assert [one.finding.rule for one in said(text, "D")] == ["D1101"]


@pytest.mark.parametrize("last", ["", "2025-10-15", "2025-10-16", "NULL"])
def test_lines_that_do_not_end_before_they_begin(last: str) -> None:
    assert "D1102" not in dates("2025-10-15", last, code="71046")


def test_a_line_that_ends_before_it_begins() -> None:
    assert dates("2025-10-15", "2025-10-14") == ["D1102"]
    text = "from_date,to_date,cpt,units,pos\n2025-10-15,20251014,71046,1,11\n"
    analysis = analyse(text)
    found = next(one for one in analysis.findings() if one.finding.rule == "D1102")
    (fix,) = found.finding.fixes
    assert not fix.preferred
    assert analysis.dialect is not None
    edits = [edit for operation in fix.operations for edit in analysis.dialect.edits(found.record, operation) or ()]
    row = found.record.text
    for edit in sorted(edits, key=lambda edit: -edit.start):
        row = row[: edit.start] + edit.text + row[edit.end :]
    assert row == "20251014,2025-10-15,71046,1,11\n"


@pytest.mark.parametrize(
    ("last", "code", "units", "expected"),
    [
        ("2025-10-15", "99232", "1", ["D1104"]),
        ("2025-10-15", "99232", "2", ["D1104"]),
        ("2025-10-15", "99232", "4", ["D1104"]),
        ("2025-10-15", "99232", "3", []),
        ("2025-10-13", "99232", "1", []),
        ("", "99232", "1", []),
        ("2025-10-15", "99309", "1", ["D1104"]),
        ("2025-10-15", "99213", "1", []),
        ("2025-10-15", "71046", "1", []),
        ("2025-11-12", "E0601", "1", []),
        ("2025-10-15", "99232", "", []),
    ],
)
def test_units_of_a_range_of_days(last: str, code: str, units: str, expected: list[str]) -> None:
    """Only codes that are counted by the day; supplies and rentals run over a range with one unit."""
    assert dates("2025-10-13", last, code, units) == expected


def test_lines_without_dates_are_left_alone() -> None:
    assert said("cpt,mod,units,pos\n76380,26,1,22\n", "D") == []
    assert [one for one in findings("# CT\nCPT: 76380-26\n", "md") if one.finding.rule[0] in "DP"] == []


# -- dates outside the tables ---------------------------------------------------------------------------


def test_dates_outside_the_tables_are_counted_and_said_once() -> None:
    rows = "2023-10-16,71046,1,11\n" * 3 + "2025-10-16,71046,1,11\n" + "2026-10-16,71046,1,11\n"
    text = "dos,cpt,units,pos\n" + rows
    found = [one for one in findings(text) if one.finding.rule == "C317"]
    assert len(found) == 1
    (only,) = found
    assert only.finding.message.startswith("4 service lines have dates outside")
    assert only.finding.severity == "information"
    assert (only.start, only.end) == (Position(0, 0), Position(0, len("dos,cpt,units,pos")))


def test_dates_inside_the_tables_are_not_spoken_of() -> None:
    """A Level II code is judged by the HCPCS file, which keeps ended codes and so reaches further back."""
    assert not [one for one in findings("dos,cpt,units,pos\n2023-10-16,J1100,1,11\n") if one.finding.rule == "C317"]
    assert [one for one in findings("dos,cpt,units,pos\n2023-10-16,71046,1,11\n") if one.finding.rule == "C317"]
    assert not [one for one in findings("dos,cpt,units,pos\n,71046,1,11\n") if one.finding.rule == "C317"]
    assert not [one for one in findings("cpt,price\n71046,12.00\n") if one.finding.rule == "C317"]


def test_one_line_is_one_line() -> None:
    found = [one for one in findings("dos,cpt,units,pos\n2023-10-16,71046,1,11\n") if one.finding.rule == "C317"]
    assert found[0].finding.message.startswith("1 service line has a date")


# -- places ---------------------------------------------------------------------------------------------

LISTED = [*range(1, 28), 31, 32, 33, 34, 41, 42, *range(49, 59), 60, 61, 62, 65, 66, 71, 72, 81, 99]


def test_exactly_the_52_places_of_the_set_are_known() -> None:
    assert len(LISTED) == 52
    known = [number for number in range(100) if "P1201" not in place("2025-10-15", f"{number:02}")]
    assert known == LISTED


def test_an_unlisted_place_is_an_error_until_the_list_is_old() -> None:
    check("dos,cpt,units,pos\n2025-10-15,99213,1,28\n                   ^^ P1201 error\n", only="P1201")
    text = "dos,cpt,units,pos\n2026-01-05,99213,1,28\n"
    late = RuleBook(Knowledge(catalog(), catalog().profiles["medicare-b"], date(2026, 2, 1)))
    found = Analysis(Document(text), Hints(suffix=".csv"), late).finish().findings()
    assert [one.finding.severity for one in found if one.finding.rule == "P1201"] == ["warning"]


@pytest.mark.parametrize("pos", ["", "1", "office", "NULL", "111"])
def test_a_place_that_is_malformed_is_not_also_unknown(pos: str) -> None:
    assert place("2025-10-15", pos) == []


@pytest.mark.parametrize(
    ("pos", "before", "on", "medicare"),
    [
        ("02", "2016-12-31", "2017-01-01", "2017-01-01"),
        ("58", "2019-12-31", "2020-01-01", "2020-01-01"),
        ("10", "2021-12-31", "2022-01-01", "2022-04-01"),
        ("27", "2023-09-30", "2023-10-01", "2024-01-02"),
        ("66", "2024-07-31", "2024-08-01", "2025-01-06"),
    ],
)
def test_places_begin_on_a_day(pos: str, before: str, on: str, medicare: str) -> None:
    assert place(before, pos, payer="generic-commercial") == ["P1202"]
    assert place(on, pos, payer="generic-commercial") == []
    assert place(before, pos) == ["P1202"]
    assert place(on, pos) == ([] if on == medicare else ["P1202"])
    assert place(medicare, pos) == []
    day = date.fromisoformat(medicare)
    assert place(replace_day(day), pos) == ["P1202"]


def replace_day(day: date) -> str:
    return date.fromordinal(day.toordinal() - 1).isoformat()


def test_telehealth_at_home_before_2022_was_02() -> None:
    found = [one for one in findings("dos,cpt,units,pos\n2021-05-03,99213,1,10\n") if one.finding.rule == "P1202"]
    assert [fix.title for fix in found[0].finding.fixes] == ["Write 02, the telehealth place before 2022"]
    assert not found[0].finding.fixes[0].preferred


def test_places_that_never_had_a_start_are_taken_as_always_there() -> None:
    assert place("1999-05-03", "11") == []


def test_custody_and_other_places_are_spoken_of_under_medicare_only() -> None:
    assert place("2025-10-15", "09") == ["P1208"]
    assert place("2025-10-15", "09", mod="QJ") == []
    assert place("2025-10-15", "99") == ["P1208"]
    assert place("2025-10-15", "09", payer="generic-commercial") == []
    assert place("2025-10-15", "99", payer="generic-commercial") == []


def test_a_line_by_itself() -> None:
    """Rules read the line, not the row: nothing is said when a field is missing."""
    from superbill.charges.model import ServiceLine

    line = ServiceLine(code="99213", since=date(2025, 10, 15))
    quiet = {"D1101", "D1102", "D1104", "P1201", "P1202", "P1208"}
    assert not quiet & {one.rule for one in book().check_line(line)}
    assert "P1201" in {one.rule for one in book().check_line(replace(line, place="28"))}
