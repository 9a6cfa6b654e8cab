"""Codes by date of service, and by what the fee schedule says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.harness import TODAY, book_of, catalog, catalog_with, check, findings
from tests.national import examples

from superbill.catalog.model import FeeRow
from superbill.catalog.store import HCPCS
from superbill.charges.dialect import Hints, SetValue
from superbill.charges.model import Claim, ServiceLine
from superbill.engine.analysis import Analysis
from superbill.rules.base import Finding
from superbill.rules.book import RuleBook
from superbill.rules.code import bundled, not_covered, quality_charge
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document


def knowing(today: date = TODAY, payer: str = "medicare-b", **severities: str) -> RuleBook:
    """A rule book on another day, or with rules switched on."""
    return RuleBook(Knowledge(catalog(), catalog().profiles[payer], today), severities, strict=True)


def said(book: RuleBook, text: str, only: str) -> list[Finding]:
    found = Analysis(Document(text), Hints(suffix=".csv"), book).finish().findings()
    return [one.finding for one in found if one.finding.rule.startswith(only)]


def fixes(text: str, only: str, payer: str = "medicare-b") -> list[str]:
    """The titles of all mends in a text; preferred ones with a star."""
    return [
        fix.title + ("*" if fix.preferred else "")
        for one in findings(text, "csv", payer)
        if one.finding.rule.startswith(only)
        for fix in one.finding.fixes
    ]


# -- Level II: there or not, and when --


def test_unknown_level_two() -> None:
    check(
        "dos,cpt,units,pos\n"
        "2025-10-15,J9998,1,11\n"
        "           ^^^^^ C301 error\n"
        "2025-10-15,J9999,1,11\n"
        "2025-10-15,0001U,1,11\n"
        "2025-10-15,99999,1,11\n",
        only="C30",
    )


def test_dental_codes_are_not_in_the_file() -> None:
    assert catalog().hcpcs("D0120") is None
    check("dos,cpt,units,pos\n2025-10-15,D0120,1,11\n2025-10-15,D9999,1,11\n", only="C30")


@pytest.mark.parametrize("day", ["2014-06-29", "2026-01-01"])
def test_unknown_level_two_outside_the_edition_is_not_checked(day: str) -> None:
    text = "dos,cpt,units,pos\n{},J9998,1,11\n"
    assert said(knowing(), text.format("2025-12-31"), "C301")
    assert not said(knowing(), text.format(day), "C301")


def test_line_without_a_date_is_judged_by_today() -> None:
    text = "cpt,mod,units,pos\nJ9998,,1,11\n"
    assert said(knowing(), text, "C301")
    assert not said(knowing(date(2026, 3, 1)), text, "C301")


def test_ended_and_not_yet_need_a_date() -> None:
    check("cpt,units,pos\nC9300,1,11\nA2036,1,11\n", only="C30")


def test_near_code_is_offered_only_when_there_is_one() -> None:
    text = "dos,cpt,units,pos\n2025-10-15,{},1,11\n"
    assert fixes(text.format("A0742"), "C301") == ["Change A0742 to J0742"]
    assert fixes(text.format("J9998"), "C301") == []  # eight codes are as near


def test_near_code_was_in_force_that_day() -> None:
    from superbill.rules.code._level2 import in_force, near

    know = knowing().know
    on = date(2025, 10, 15)
    for code in ("J9998", "J3302", "A2040", "G9999", "E0602"):
        for other in near(code, on, know):
            assert in_force(know.hcpcs(other), on), (code, other)
            assert other[0] != "D"
            assert sum(a != b for a, b in zip(code, other, strict=True)) in (1, 2)
    assert "A2036" in near("A2063", on, know)  # two digits that changed places
    assert "A2036" not in near("A2063", date(2025, 9, 30), know)  # not before its first day


def test_last_valid_day_is_valid_and_the_next_is_not() -> None:
    check(
        "dos,cpt,units,pos\n2025-06-30,C9300,1,22\n2025-07-01,C9300,1,22\n           ^^^^^ C302 error\n",
        only="C30",
    )


def test_window_does_not_start_after_its_end() -> None:
    # On an ended row CMS's effective date is the day after the end; the window is from the day added.
    record = catalog().hcpcs("C9300")
    assert record is not None and record.since is not None and record.until is not None
    assert record.since < record.until
    check("dos,cpt,units,pos\n2025-04-01,C9300,1,22\n", only="C30")


def test_first_day_is_valid_and_the_day_before_is_not() -> None:
    check(
        "dos,cpt,units,pos\n2025-10-01,A2036,1,11\n2025-09-30,A2036,1,11\n           ^^^^^ C303 error\n",
        only="C30",
    )


def test_successor_is_offered_not_preferred() -> None:
    assert fixes("dos,cpt,units,pos\n2025-10-15,C9300,1,22\n", "C302") == ["Change C9300 to J9220"]


def test_successor_that_could_not_be_billed_that_day_is_not_offered() -> None:
    found = said(knowing(), "dos,cpt,units,pos\n2019-01-15,C9022,1,22\n", "C302")
    assert [fix.title for fix in found[0].fixes] == ["Change C9022 to J1322"]
    know = knowing().know
    for code in [row[0] for row in catalog().query("SELECT code FROM hcpcs WHERE until IS NOT NULL")]:
        record = know.hcpcs(code)
        assert record is not None and record.until is not None
        for fix in said_fixes(know, code, date(2025, 10, 15)):
            operation = fix.operations[0]
            assert isinstance(operation, SetValue) and not fix.preferred
            successor = know.hcpcs(operation.text)
            assert operation.text[0].isdigit() or (successor is not None and successor.until is None)


def said_fixes(know: Knowledge, code: str, on: date):  # type: ignore[no-untyped-def]
    from superbill.rules.code.hcpcs_ended import check as ended

    return [fix for draft in ended.check(ServiceLine(code, since=on), know) for fix in draft.fixes]


def test_every_listed_code_is_silent_within_its_window() -> None:
    from superbill.rules.code import hcpcs_ended, hcpcs_not_yet, hcpcs_unknown

    know = knowing().know
    edition = know.edition(HCPCS)
    assert edition.since is not None and edition.until is not None
    for code, since, until in catalog().query("SELECT code, since, until FROM hcpcs"):
        first = max(date.fromisoformat(since), edition.since)
        last = min(date.fromisoformat(until), edition.until) if until else edition.until
        for on in (first, last):
            line = ServiceLine(code, since=on)
            for one in (hcpcs_unknown, hcpcs_ended, hcpcs_not_yet):
                assert not list(one.check.check(line, know)), (code, on)


def test_after_the_edition_an_ended_code_is_a_warning() -> None:
    found = said(knowing(), "dos,cpt,units,pos\n2026-02-01,C9300,1,22\n", "C302")
    assert [one.severity for one in found] == ["warning"]
    assert "does not cover" in found[0].message


# -- what the fee schedule says --


def test_consultations_are_medicares_affair() -> None:
    text = "dos,cpt,units,pos\n2025-10-15,99243,1,11\n2025-10-15,99253,1,21\n2025-10-15,99203,1,11\n"
    assert [one.code for one in said(knowing(), text, "C307")] == ["99243", "99253"]
    assert not said(knowing(payer="generic-commercial"), text, "C307")


def test_not_in_the_fee_schedule_needs_a_whole_one_and_never_speaks_of_level_two() -> None:
    text = "dos,cpt,units,pos\n2021-10-15,00101,1,22\n2021-10-15,E0601,1,12\n2021-10-15,45380,1,11\n"
    assert not said(knowing(C305="information"), text, "C305")  # only the bundled one, which is not whole
    imported = book_of(catalog_with(examples()))
    assert [one.code for one in said(imported, text, "C305")] == ["00101"]
    for outside in ("2023-10-15", "2025-10-15"):  # no table, and the bundled one
        assert not said(imported, f"dos,cpt,units,pos\n{outside},00101,1,22\n", "C305")


def test_a_code_of_an_earlier_fee_schedule_has_ended() -> None:
    imported = book_of(catalog_with(examples()))
    text = "dos,cpt,units,pos\n{},99201,1,11\n"
    assert said(imported, text.format("2021-01-01"), "C306") and not said(imported, text.format("2020-12-31"), "C306")
    assert not said(imported, text.format("2021-01-01"), "C305")


def test_paid_elsewhere_reads_the_row_of_the_component() -> None:
    # The plain row of 86334 is a laboratory test (status X); its 26 row is a physician's service.
    text = "dos,cpt,mod,units,pos\n2025-10-15,86334,,1,81\n2025-10-15,86334,26,1,11\n2025-10-15,J1100,,4,11\n"
    found = said(knowing(C310="information"), text, "C310")
    assert [(one.code, one.modifiers) for one in found] == [("86334", ()), ("J1100", ())]
    assert "laboratory" in found[0].message and "drug" in found[1].message
    assert not said(knowing(), text, "C310")
    assert not said(knowing(payer="generic-commercial", C310="information"), text, "C310")


class Status(Knowledge):
    """The catalog, with one fee schedule status for every code."""

    status = "A"

    def row(self, line: ServiceLine) -> FeeRow | None:
        row = super().row(replace(line, code="36415"))
        assert row is not None
        return row._replace(status=self.status)


def of_status(status: str, payer: str = "medicare-b") -> Status:
    know = Status(catalog(), catalog().profiles[payer], TODAY)
    know.status = status
    return know


def test_not_covered_unless_a_notice_says_so() -> None:
    line = ServiceLine("96110")
    (draft,) = not_covered.check.check(line, of_status("N"))
    assert [(fix.title, fix.preferred) for fix in draft.fixes] == [
        ("Add modifier GY (when a Medicare denial is wanted)", False)
    ]
    for modifier in ("GA", "GX", "GY", "GZ"):
        assert not list(not_covered.check.check(replace(line, modifiers=(modifier,)), of_status("N")))
    assert list(not_covered.check.check(replace(line, modifiers=("25",)), of_status("N")))
    assert not list(not_covered.check.check(line, of_status("A")))
    assert not list(not_covered.check.check(line, of_status("N", "generic-commercial")))


def test_bundled_with_a_charge() -> None:
    line = ServiceLine("36000")
    for status in ("B", "P"):
        for charge in (None, Decimal("15.00")):
            (draft,) = bundled.check.check(replace(line, charge=charge), of_status(status))
            assert "Medicare Part B" in draft.message and not any(fix.preferred for fix in draft.fixes)
        assert not list(bundled.check.check(replace(line, charge=Decimal("0.00")), of_status(status)))
        assert not list(bundled.check.check(ServiceLine("99024"), of_status(status)))
    assert not list(bundled.check.check(line, of_status("A")))
    (draft,) = bundled.check.check(line, of_status("B", "generic-commercial"))
    assert "this payer may follow" in draft.message
    assert catalog().profiles["generic-commercial"].rules["C309"] == "information"


@pytest.mark.parametrize(("charge", "spoken"), [(None, 0), ("0", 0), ("0.01", 0), ("0.02", 1), ("25.00", 1)])
def test_quality_code_with_a_charge(charge: str | None, spoken: int) -> None:
    line = ServiceLine("1036F", charge=Decimal(charge) if charge else None)
    found = list(quality_charge.check.check(line, of_status("M")))
    assert len(found) == spoken
    assert not any(fix.preferred for draft in found for fix in draft.fixes)
    assert not list(quality_charge.check.check(line, of_status("A")))
    assert not list(quality_charge.check.check(line, of_status("M", "generic-commercial")))


def test_status_t_beside_a_paid_service() -> None:
    check(
        "patient,dos,cpt,mod,units,pos,npi\n"
        "P1,2025-10-15,36591,,1,11,1\n"
        "              ^^^^^ C312 warning\n"
        "P1,2025-10-15,99213,,1,11,1\n"
        "P2,2025-10-15,36591,,1,11,1\n"
        "P2,2025-10-15,36592,,1,11,1\n"
        "P3,2025-10-15,36591,,1,11,1\n"
        "P3,2025-10-15,85025,,1,11,1\n"
        "P4,2025-10-15,36591,,1,11,1\n"
        "P4,2025-10-15,99213,,1,11,2\n"
        "P5,2025-10-15,36591,,1,11,1\n"
        "P5,2025-10-16,99213,,1,11,1\n"
        "P6,2025-10-15,36591,,1,11,1\n"
        "P6,2025-10-15,99213,GY,1,11,1\n",
        only="C312",
    )


def test_status_t_speaks_once_for_each_line() -> None:
    from superbill.rules.code.paid_only_alone import check as rule

    lines = tuple(ServiceLine(code) for code in ("36591", "99213", "76380", "36592"))
    drafts = list(rule.check(Claim(lines), knowing().know))
    assert [draft.line for draft in drafts] == [0, 3]
    assert not list(rule.check(Claim(lines), knowing(payer="generic-commercial").know))


def test_unlisted_with_and_without_modifier_is_said_once() -> None:
    check(
        "dos,cpt,mod,units,pos\n"
        "2025-10-15,22899,,1,21\n"
        "           ^^^^^ C314 information\n"
        "2025-10-15,22899,22,1,21\n"
        "                 ^^ C315 warning\n"
        "2025-10-15,22899,62,1,21\n"
        "                 ^^ C315 information\n"
        "2025-10-15,22899,59,1,21\n"
        "           ^^^^^ C314 information\n",
        only="C31",
    )


def test_unlisted_code_whose_row_judges_the_modifier() -> None:
    # With a fee schedule row, 50, 51 and 62 are for the rules that read it.
    check(
        "dos,cpt,mod,units,pos\n"
        "2025-10-15,76497,50,1,11\n"
        "           ^^^^^ C314\n"
        "2025-10-15,76497,52,1,11\n"
        "                 ^^ C315\n",
        only="C31",
    )


def test_lines_of_a_price_file_are_left_alone() -> None:
    check("cpt,description,price\nJ9998,x,1.00\n76497,x,2.00\n99243,x,3.00\n", only="C3")
