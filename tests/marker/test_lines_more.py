"""Rules that set line against line, continued: add-on codes, endoscopies, surgeons, packages of several days."""

from __future__ import annotations

import pytest
from tests.harness import book, catalog, check, findings

from superbill.engine.cards import code_card

HEAD = "patient,npi,dos,cpt,mod,units,pos,charge"


def sheet(*rows: str, head: str = HEAD) -> str:
    """A charge file with these rows; a row of marks stays as it is."""
    return "\n".join([head, *rows]) + "\n"


def said(text: str, rule: str, kind: str = "csv", payer: str = "medicare-b", on: str = "") -> list[str]:
    """What one rule says of a text."""
    return [one.finding.message for one in findings(text, kind, payer, on) if one.finding.rule == rule]


def lines(*codes: str, day: str = "2025-10-15", pos: str = "22") -> str:
    """One patient's day: code, or code-modifiers."""
    rows = []
    for code in codes:
        cpt, _, mods = code.partition("-")
        rows.append(f"P1,,{day},{cpt},{mods},1,{pos},10.00")
    return sheet(*rows)


# -- L1010 to L1012: add-on codes ----------------------------------------------------------------------------------


def test_the_codes_that_a_coder_knows() -> None:
    screening, critical, guidance = (catalog().addon(code) for code in ("77063", "99292", "76937"))
    assert screening and (screening.type, screening.primaries) == ("1", ("77067",))
    assert critical and (critical.type, critical.primaries) == ("1", ("99291",))
    assert guidance and (guidance.type, guidance.primaries) == ("2", ())
    assert catalog().addon("76376") is None and catalog().addon("76377") is None


def test_an_add_on_without_its_primary() -> None:
    check(
        sheet(
            "P1,,2025-10-15,77066,,1,11,10.00",
            "P1,,2025-10-15,77063,,1,11,10.00",
            "               ^^^^^ L1010 warning",
        ),
        only="L101",
    )


@pytest.mark.parametrize(
    "codes",
    [
        ("77067", "77063"),
        ("77067-26", "77063-26"),
        ("22612", "22614"),
        ("22612", "22614", "22614-59"),
        ("99215", "99417"),
        ("96365", "96366"),
    ],
)
def test_an_add_on_with_its_primary(codes: tuple[str, ...]) -> None:
    assert not said(lines(*codes), "L1010")


def test_an_add_on_of_an_add_on() -> None:
    # 96361 is added to 96365 among others, and 96366 to 96365: the chain must begin with a primary service.
    assert said(lines("96361", "96366"), "L1010") and not said(lines("96361", "96366", "96365"), "L1010")


def test_a_partner_may_bill_more_critical_care_alone() -> None:
    assert not said(lines("99292"), "L1010") and not said(lines("99292"), "L1012")


def test_the_primary_of_another_provider_will_do() -> None:
    text = sheet("P1,1234567893,2025-10-15,77067,,1,11,10.00", "P1,1111111112,2025-10-15,77063,,1,11,10.00")
    assert not said(text, "L1010")


def test_the_primary_of_another_day_or_patient_will_not() -> None:
    text = sheet("P1,,2025-10-14,77067,,1,11,10.00", "P1,,2025-10-15,77063,,1,11,10.00")
    assert said(text, "L1010")
    text = sheet("P2,,2025-10-15,77067,,1,11,10.00", "P1,,2025-10-15,77063,,1,11,10.00")
    assert said(text, "L1010")


def test_lines_that_belong_to_nobody_make_no_claim() -> None:
    text = sheet("2025-10-15,77063,,1,11", head="dos,cpt,mod,units,pos")
    assert not [one for one in findings(text) if one.finding.rule.startswith("L101")]


def test_a_note_that_cites_an_add_on() -> None:
    assert not said("# Codes\n\n- 77063\n", "L1010", "md") and not said("# Codes\n\n- 76937\n", "L1012", "md")


def test_a_list_that_has_grown_since_the_table() -> None:
    # In 2024 99417 went with 99205 and 99215 only; later tables name eleven codes, not known here.
    assert not said(lines("99245", "99417"), "L1010")
    assert said(lines("99245", "99417", day="2024-08-15"), "L1010")


def test_a_code_that_may_be_younger_than_the_table() -> None:
    # 15011 came in 2025 and brought add-ons of its own; what may be added to it no table of 2024 says.
    assert not said(lines("15011", "15003"), "L1010")
    assert said(lines("71046-26", "15003"), "L1010")


def test_the_message_names_few_codes_and_counts_many() -> None:
    (message,) = said(lines("71046-26", "77063-26"), "L1010")
    assert "paid only beside 77067, and" in message and "does not cover 2025-10-15" in message
    (message,) = said(lines("71046-26", "22840"), "L1010")
    assert "one of 112 primary codes (" in message and message.count("22") < 12


def test_listed_and_other_primaries() -> None:
    assert said(lines("71046-26", "88311-26"), "L1011") and not said(lines("71046-26", "88311-26"), "L1012")
    assert not said(lines("88305-26", "88311-26"), "L1011")
    assert said(lines("88311-26"), "L1012") and not said(lines("88311-26"), "L1011")


@pytest.mark.parametrize("beside", ["36556", "99213", "71046-26", "A9279", "12345"])
def test_any_service_will_do_for_an_add_on_without_a_list(beside: str) -> None:
    assert not said(lines(beside, "76937-26"), "L1012")


@pytest.mark.parametrize("beside", ["77001-26", "99070", "3074F"])
def test_nothing_that_an_add_on_could_be_added_to(beside: str) -> None:
    assert said(lines(beside, "76937-26"), "L1012")


def test_the_visit_complexity_code_beside_a_visit() -> None:
    assert not said(lines("99214", "G2211", pos="11"), "L1012")
    assert said(lines("G2211", pos="11"), "L1012")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("77063", "add-on code (type 1): only with 77067"),
        ("76937", "add-on code (type 2): the payer says to which primary codes"),
        ("88311", "add-on code (type 3): with one of 7 primary codes (17311, 17313, 88302 ...), or another"),
        ("G2211", "add-on code  \n"),  # younger than the table
    ],
)
def test_the_card_says_what_an_add_on_is_added_to(code: str, words: str) -> None:
    assert words in code_card(book().know, code)
