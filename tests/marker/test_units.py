"""Unit rules: what is counted together, what is not, and how certain the finding is."""

from __future__ import annotations

import pytest
from tests.harness import check, findings

HEAD = "patient,npi,dos,dos_to,cpt,mod,units,pos"


def found(*rows: str, payer: str = "medicare-b", head: str = HEAD) -> list[tuple[str, str, str]]:
    """(rule, severity, code) of what the unit rules say of a charge file with these rows."""
    text = "\n".join([head, *rows]) + "\n"
    return [
        (one.finding.rule, one.finding.severity, one.finding.code)
        for one in findings(text, payer=payer)
        if one.finding.rule[0] == "U" or one.finding.rule == "C316"
    ]


# -- limits by the day ------------------------------------------------------------------------------------------------


def test_limit_by_policy_is_an_error_where_the_table_covers_the_day() -> None:
    row = "P1,,{},,27447,RT,2,22"
    assert found(row.format("2024-08-15")) == [("U902", "error", "27447")]
    assert found(row.format("2024-06-30")) == [("U902", "warning", "27447")]
    assert found(row.format("2024-10-01")) == [("U902", "warning", "27447")]
    assert found(row.format("2024-08-15"), payer="generic-commercial") == [("U902", "warning", "27447")]


def test_message_tells_that_the_table_does_not_cover_the_day() -> None:
    text = "patient,dos,cpt,mod,units,pos\nP1,2025-10-15,27447,RT,2,22\n"
    (one,) = [one.finding for one in findings(text) if one.finding.rule == "U902"]
    assert one.message.endswith("(by MUE 2024 Q3, which does not cover 2025-10-15)")


def test_benchmark_is_a_warning() -> None:
    assert found("P1,,2024-08-15,,74177,26,3,22") == [("U903", "warning", "74177")]
    assert found("P1,,2024-08-15,,74177,26,2,22") == []


def test_units_of_several_lines_are_added_up() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2024-08-15,74177,26,1,22\n"
        "P1,2024-08-15,74177,26 76,1,22\n"
        "P1,2024-08-15,74177,26 77,1,22\n"
        "                          ^ U903 warning\n",
        only="U",
    )


def test_the_line_that_goes_over_is_marked_and_the_others_are_named() -> None:
    text = "patient,dos,cpt,mod,units,pos\nP1,2024-08-15,74177,26,1,22\nP1,2024-08-15,74177,26 76,2,22\n"
    (one,) = [one for one in findings(text) if one.finding.rule == "U903"]
    assert one.start.line == 2
    assert [(other.part.name, other.message) for other in one.related] == [("units", "counted too")]


@pytest.mark.parametrize(
    "rows",
    [
        ("P1,,2024-08-15,,77067,26,1,22", "P1,,2024-08-15,,77067,TC,1,22"),  # two halves of one study
        ("P1,,2024-08-15,,27447,RT,1,22", "P1,,2024-08-15,,27447,RT AS,1,22"),  # surgeon and assistant
        ("P1,,2024-08-15,,27447,RT 62,1,22", "P1,,2024-08-15,,27447,RT 80,1,22"),
        ("P1,1111111112,2024-08-15,,77067,26,1,22", "P1,2222222228,2024-08-15,,77067,26,1,22"),
        ("P1,,2024-08-15,,77067,26,1,22", "P2,,2024-08-15,,77067,26,1,22"),
        ("P1,,2024-08-15,,77067,26,1,22", "P1,,2024-08-16,,77067,26,1,22"),
        ("P1,,2024-08-15,,27447,50,1,22",),
        ("P1,,2024-08-15,,27447,RT,,22",),
        ("P1,,2024-08-15,,27447,RT,0,22",),
        ("P1,,2024-08-15,,27447,RT,two,22",),
        ("P1,,2024-08-15,,99999,,50,22",),  # no limit known is not a limit
    ],
)
def test_not_counted_together_or_not_known(rows: tuple[str, ...]) -> None:
    assert found(*rows) == []


def test_a_whole_and_a_half_are_counted_together() -> None:
    assert found("P1,,2024-08-15,,77067,,1,11", "P1,,2024-08-15,,77067,26 59,1,11") == [("U902", "error", "77067")]


def test_units_over_several_days_are_divided() -> None:
    assert found("P1,,2024-08-12,2024-08-15,27447,RT,4,22") == []
    assert found("P1,,2024-08-12,2024-08-13,27447,RT,4,22") == [("U902", "error", "27447")]


def test_facility_claims_have_another_table() -> None:
    head = HEAD + ",claim_type"
    assert found("P1,,2024-08-15,,27447,RT,2,22,facility", head=head) == []
    assert found("P1,,2024-08-15,,27447,RT,2,22,professional", head=head) == [("U902", "error", "27447")]


def test_no_claim_no_sum() -> None:
    text = "dos,cpt,mod,units,pos\n2024-08-15,77067,26,1,22\n2024-08-15,77067,26,1,22\n"
    assert [one.finding.rule for one in findings(text) if one.finding.rule[0] == "U"] == []


# -- limits by the line --------------------------------------------------------------------------------------------------


def test_limit_by_the_line_is_not_added_up() -> None:
    assert found("P1,,2024-08-15,,A0425,RH,200,41", "P1,,2024-08-15,,A0425,HR,200,41") == []
    assert found("P1,,2024-08-15,,A0425,RH,251,41") == [("U901", "warning", "A0425")]
    assert found("P1,,2024-08-15,,A0425,RH,250.0,41") == []


# -- limit 0 --------------------------------------------------------------------------------------------------------------


def test_limit_zero_is_said_before_the_way_of_counting() -> None:
    assert found("P1,,2024-08-15,,E0114,,1,11") == [("C316", "warning", "E0114")]
    assert found("P1,,2024-08-15,,E0114,,4,11") == [("C316", "warning", "E0114")]
    assert found("P1,,2024-08-15,,E0114,,1,11", payer="generic-commercial") == []


def test_limit_zero_does_not_repeat_the_fee_schedule() -> None:
    assert found("P1,,2024-08-15,,99243,,1,11") == []


def test_limit_zero_promises_nothing() -> None:
    (one,) = [
        one.finding for one in findings("dos,cpt,units,pos\n2024-08-15,E0114,1,11\n") if one.finding.rule == "C316"
    ]
    assert "records" not in one.message and "not payable" in one.message


# -- visits, rendering, anesthesia ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("99213,,2,11", ["U907"]),
        ("99213,,1,11", []),
        ("99213,,3,11", ["U903"]),  # over the limit: one finding, not two
        ("99203,,2,11", ["U902"]),
        ("99292,,3,21", []),  # counted by time
        ("99417,,2,11", []),
        ("G2212,,2,11", []),
        ("97110,GP,3,11", []),
        ("76376,26,1,22", []),
        ("76376,26,2,22", ["U908"]),
        ("76377,26,3,22", ["U903"]),
        ("00790,AA,95,22", []),
        ("00790,AA,2,22", []),
        ("00790,AA,1440,22", []),
        ("00790,AA,1441,22", ["U911"]),
    ],
)
def test_units_of_one_line(row: str, rules: list[str]) -> None:
    assert [rule for rule, _, _ in found(f"P1,,2025-10-15,,{row}")] == rules


def test_daily_visit_over_several_days() -> None:
    assert found("P1,,2025-10-13,2025-10-15,99232,,3,21") == []


def test_units_are_never_mended_unasked() -> None:
    text = "\n".join(
        [
            HEAD,
            "P1,,2025-10-15,,27447,RT,2,22",
            "P2,,2025-10-15,,99213,,2,11",
            "P3,,2025-10-15,,76376,26,2,22",
            "P4,,2025-10-15,,74177,26,9,22",
        ]
    )
    fixes = {one.finding.rule: one.finding.fixes for one in findings(text) if one.finding.rule[0] == "U"}
    assert set(fixes) == {"U902", "U903", "U907", "U908"}
    assert not any(fix.preferred for several in fixes.values() for fix in several)
    assert fixes["U903"] == ()  # what was really done is not known


def test_units_written_in_a_note() -> None:
    check("# Visit\nCPT: 99213 x2\n            ^ U907\n", "md", only="U")
