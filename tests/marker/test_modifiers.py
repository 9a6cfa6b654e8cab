"""Which modifiers exist, and when; ambulance trips; modifiers of other settings and code kinds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.harness import catalog, check, findings
from tests.marker.test_codes import fixes, knowing, said

from superbill.charges.model import ServiceLine, Written
from superbill.rules.modifier import out_of_date, trip_missing, trip_wrong, unknown

HEAD = "dos,cpt,mod1,mod2,units,pos\n"


def line(code: str, *modifiers: str, on: str = "2025-10-15", **more: str) -> ServiceLine:
    written = Written(code=code, modifiers=modifiers, date=on, units="1")
    return ServiceLine(code, modifiers, since=date.fromisoformat(on), written=written, **more)  # type: ignore[arg-type]


def rules(code: str, *modifiers: str, on: str = "2025-10-15", payer: str = "medicare-b") -> list[str]:
    """The ids of the rules on modifiers that speak of a line, with their severities."""
    found = knowing(payer=payer).check_line(line(code, *modifiers, on=on))
    return [f"{one.rule} {one.severity}" for one in found if one.rule[0] == "M"]


# -- existence --


def test_every_modifier_of_the_catalog_is_known() -> None:
    know = knowing().know
    for code in catalog().modifiers:
        assert not list(unknown.check.check(line("99213", code), know)), code
        assert not list(trip_wrong.check.check(line("99213", code), know)), code


@pytest.mark.parametrize(
    "modifier",
    [
        "U1",
        "U2",
        "U3",
        "U4",
        "U5",
        "U6",
        "U7",
        "U8",
        "U9",
        "UA",
        "UB",
        "UC",
        "UD",
        "H9",
        "HA",
        "HZ",
        "TD",
        "TW",
        "SL",
        "UF",
        "UK",
    ],
)
def test_state_and_programme_modifiers_are_never_unknown(modifier: str) -> None:
    assert rules("99213", modifier) == []
    assert rules("99213", modifier, payer="generic-commercial") == []


def test_unknown_modifier() -> None:
    check(
        HEAD + "2025-10-15,99213,Z5,,1,11\n"
        "                 ^^ M401 error\n"
        "2025-10-15,76380,26,2Q,1,22\n"
        "                    ^^ M401 error\n",
        only="M",
    )


def test_unknown_modifier_outside_the_edition_is_a_warning() -> None:
    assert rules("99213", "Z5", on="2025-12-31") == ["M401 error"]
    assert rules("99213", "Z5", on="2026-01-01") == ["M401 warning"]
    assert rules("99213", "Z5", on="2014-06-29") == ["M401 warning"]


def test_unknown_modifier_without_a_date_is_judged_by_today() -> None:
    text = "cpt,mod,units,pos\n99213,Z5,1,11\n"
    assert [one.severity for one in said(knowing(), text, "M401")] == ["error"]
    assert [one.severity for one in said(knowing(date(2026, 5, 1)), text, "M401")] == ["warning"]


def test_malformed_modifiers_and_codes_are_not_judged_here() -> None:
    check(HEAD + "2025-10-15,99213,2,,1,11\n2025-10-15,9921,Z5,,1,11\n2025-10-15,99213,,,1,11\n", only="M")


@pytest.mark.parametrize(
    ("written", "likeliest"),
    [("Z5", "25"), ("2S", "25"), ("Z6", "26"), ("5O", "50"), ("9S", "95"), ("R7", "RT")],
)
def test_near_modifiers_are_offered_but_never_preferred(written: str, likeliest: str) -> None:
    found = fixes(HEAD + f"2025-10-15,99213,{written},,1,11\n", "M401")
    assert 1 <= len(found) <= 3 and not any(title.endswith("*") for title in found)
    assert found[0] == f"Replace {written} with {likeliest}"


def test_near_modifiers_of_a_misplaced_trip_are_common_ones() -> None:
    assert fixes(HEAD + "2025-10-15,73562,RH,,1,11\n", "M405") == ["Replace RH with RT"]


def test_ended_modifiers_are_not_offered() -> None:
    offered = {
        fix.operations[0].text  # type: ignore[union-attr]
        for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        for draft in unknown.check.check(line("99213", first + second), knowing().know)
        for fix in draft.fixes
    }
    assert offered and all(catalog().modifiers[code].until is None for code in offered)


# -- dates --


def test_340b_modifier_on_its_last_day_and_after() -> None:
    check(
        HEAD + "2024-12-31,J1100,JG,,4,22\n2025-01-01,J1100,JG,,4,22\n                 ^^ M402 error\n",
        only="M",
    )
    assert fixes(HEAD + "2025-01-01,J1100,JG,,4,22\n", "M402") == ["Replace JG with TB", "Remove modifier JG"]


@pytest.mark.parametrize("modifier", ["MA", "MB", "MC", "MD", "ME", "MF", "MG", "MH", "QQ"])
def test_decision_support_ended_with_2024(modifier: str) -> None:
    assert rules("70450", modifier, on="2024-12-31") == []
    assert rules("70450", modifier, on="2025-01-01") == ["M402 error"]


def test_wastage_modifier_starts_with_2023() -> None:
    assert rules("J1100", "JZ", on="2022-12-31") == ["M402 error"]
    assert rules("J1100", "JZ", on="2023-01-01") == []


def test_every_dated_modifier_by_its_dates() -> None:
    know = knowing().know
    dated = 0
    for code, entry in catalog().modifiers.items():
        if entry.since is None or entry.order == "status":
            continue
        dated += 1
        before = (entry.since - timedelta(days=1)).isoformat()
        assert list(out_of_date.check.check(line("99213", code, on=before), know)), code
        assert not list(out_of_date.check.check(line("99213", code, on=entry.since.isoformat()), know)), code
        if entry.until:
            after = (entry.until + timedelta(days=1)).isoformat()
            assert not list(out_of_date.check.check(line("99213", code, on=entry.until.isoformat()), know)), code
            assert list(out_of_date.check.check(line("99213", code, on=after), know)), code
    assert dated == 383 - 6


def test_cpt_modifiers_and_physical_status_have_no_dates() -> None:
    for modifier in ("P1", "P6", "25", "93"):
        code = "00790" if modifier[0] == "P" else "99213"
        assert rules(code, modifier, on="1999-01-01") == [], modifier


def test_dates_need_a_date() -> None:
    check("cpt,mod,units,pos\n70450,MA,1,11\n", only="M")


def test_removing_an_ended_modifier_without_successor_is_mechanical() -> None:
    assert fixes(HEAD + "2025-10-15,70450,MA,,1,11\n", "M402") == ["Remove modifier MA*"]
    assert fixes(HEAD + "2022-10-15,J1100,JZ,,4,11\n", "M402") == ["Remove modifier JZ"]


def test_withdrawn_cpt_modifier() -> None:
    assert rules("99215", "21") == ["M403 error"]
    assert rules("99215", "21", on="2009-01-01") == ["M403 error"]
    assert rules("99215", "21", on="2008-12-31") == []


# -- ambulance --

LETTERS = "DEGHIJNPRS"
PAIRS = [first + second for first in LETTERS for second in LETTERS + "X"]


def test_all_pairs_are_trips_on_ambulance_lines() -> None:
    know = knowing().know
    assert len(PAIRS) == 110
    assert sum(pair in catalog().modifiers for pair in PAIRS) == 46
    for pair in PAIRS:
        for code in ("A0425", "A0427", "A0436"):
            assert rules(code, pair) == [], (code, pair)
        assert know.ambulance_pair(pair)


def test_pairs_that_are_modifiers_too_are_never_questioned() -> None:
    for pair in PAIRS:
        if pair in catalog().modifiers and catalog().modifiers[pair].until is None:
            assert "M401 error" not in rules("99213", pair) and "M405 error" not in rules("99213", pair), pair


def test_pair_wins_over_an_ended_modifier() -> None:
    # GD ended with 2019; on an ambulance line it is a trip from a dialysis unit to a place of treatment.
    assert rules("A0428", "GD") == []
    assert rules("99213", "GD") == ["M402 error"]


def test_missing_trip() -> None:
    check(
        HEAD + "2025-10-15,A0425,,,12,41\n"
        "           ^^^^^ M404 error\n"
        "2025-10-15,A0427,GY,,1,41\n"
        "           ^^^^^ M404 error\n"
        "2025-10-15,A0427,GY,RH,1,41\n"
        "2025-10-15,A0888,,,1,41\n"
        "2025-10-15,A0999,,,1,41\n",
        only="M",
    )
    assert rules("A0427", payer="generic-commercial") == ["M404 warning"]


def test_missing_trip_is_not_asked_for_where_nothing_could_hold_it() -> None:
    check("dos,cpt,units,pos\n2025-10-15,A0427,1,41\n", only="M")
    assert not [
        one for one in findings("Transported by ambulance.\n\nCPT: A0427\n", "md") if one.finding.rule == "M404"
    ]
    assert not list(trip_missing.check.check(ServiceLine("A0427"), knowing().know))


def test_impossible_trip_is_said_once() -> None:
    check(
        HEAD + "2025-10-15,A0427,XH,,1,41\n"
        "                 ^^ M405 error\n"
        "2025-10-15,A0427,RZ,,1,41\n"
        "                 ^^ M405 error\n"
        "2025-10-15,A0427,RH,ZQ,1,41\n"
        "                    ^^ M401 error\n"
        "2025-10-15,A0427,HX,,1,41\n",
        only="M",
    )
    assert rules("A0427", "XH", payer="generic-commercial") == ["M405 warning"]


def test_further_destinations_of_the_trial_years() -> None:
    assert rules("A0427", "RW", on="2022-05-01") == []
    assert rules("A0427", "RW", on="2020-12-31") == ["M405 error"]
    assert rules("A0427", "RW", on="2024-01-01") == ["M405 error"]
    assert rules("A0427", "XW", on="2022-05-01") == ["M405 error"]


def test_trip_on_another_code() -> None:
    assert rules("76380", "RH") == ["M405 warning"]
    assert rules("76380", "XH") == ["M401 error"]
    for code in ("A0100", "A0888", "S9960", "T2003", "T2005"):
        assert rules(code, "RH") == [], code
        assert rules(code, "QV") == [], code


def test_facility_letters_on_ambulance_lines() -> None:
    assert rules("A0428", "PN") == [] and rules("A0428", "ER") == []


# -- settings and kinds of codes --


def test_facility_modifiers_on_professional_lines() -> None:
    check(
        "dos,cpt,mod1,units,pos\n"
        "2025-10-15,45378,74,1,19\n"
        "                 ^^ M406 warning\n"
        "2025-10-15,45378,74,1,24\n"
        "2025-10-15,76380,PO,1,22\n"
        "                 ^^ M406 warning\n"
        "2025-10-15,76380,PO,1,\n",
        only="M",
    )
    assert fixes("dos,cpt,mod,units,pos\n2025-10-15,45378,74,1,19\n", "M406") == [
        "Replace 74 with 53",
        "Remove modifier 74",
    ]


def test_facility_modifiers_of_a_surgery_center_or_facility_line() -> None:
    check(HEAD + "2025-10-15,45378,73,SG,1,22\n", only="M")
    head = "dos,cpt,mod,units,pos,claim_type\n"
    check(head + "2025-10-15,45378,73,1,22,institutional\n2025-10-15,45378,73,1,22,131\n", only="M")
    check(head + "2025-10-15,45378,73,1,22,Professional\n                 ^^ M406\n", only="M")


def test_quality_and_status_modifiers_elsewhere() -> None:
    check(
        HEAD + "2025-10-15,99213,1P,,1,11\n"
        "                 ^^ M408 error\n"
        "2025-10-15,3044F,1P,,1,11\n"
        "2025-10-15,27447,P3,,1,21\n"
        "                 ^^ M409 error\n"
        "2025-10-15,00790,AA,P3,60,22\n"
        "2025-10-15,99140,P3,,1,22\n"
        "2025-10-15,62322,AA,P3,1,22\n",
        only="M",
    )


def test_state_series_is_off_by_default() -> None:
    text = "dos,cpt,mod,units,pos\n2025-10-15,99213,U1,1,11\n"
    assert not said(knowing(), text, "M410")
    assert [one.severity for one in said(knowing(M410="information"), text, "M410")] == ["information"]


def test_overflow_alone() -> None:
    check(
        HEAD + "2025-10-15,99213,99,,1,11\n"
        "                 ^^ M411 warning\n"
        "2025-10-15,99213,99,25,1,11\n"
        "2025-10-15,99213,99,2,1,11\n",
        only="M",
    )
