"""Every rule's documentation is complete, and its examples do what they say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.harness import TODAY, book, catalog, check, draw, findings, unmark

from superbill.charges import values
from superbill.charges.model import ServiceLine
from superbill.engine.analysis import Located
from superbill.report import examples as carry
from superbill.report.index import by_family, by_modifier, names, with_modifiers
from superbill.report.pages import index as page_of_all
from superbill.report.pages import page
from superbill.report.renditions import FORMATS
from superbill.rules.base import GROUPS, Rule
from superbill.rules.book import RuleBook, all_rules
from superbill.rules.knowledge import Knowledge

HEADINGS = ["What it does", "Why it matters", "Example", "Instead", "Source", "Payers"]
RULES = list(all_rules().values())
BILATERAL = ("K520", "K521", "K522")


def on(rule: Rule) -> str:
    """What the shared rule book must be told to run a rule's examples."""
    return rule.id if rule.status == "off" or rule.needs else ""


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_documentation(rule: Rule) -> None:
    assert list(rule.sections()) == HEADINGS
    assert rule.group in GROUPS
    assert rule.title.endswith(".") and len(rule.title) <= 100
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert carry.examples(rule, "Example") and carry.examples(rule, "Instead")
    for heading in ("What it does", "Why it matters", "Source", "Payers"):
        assert len(rule.sections()[heading]) > 15, heading


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_bad_example_gives_exactly_this_finding(rule: Rule) -> None:
    for one in carry.examples(rule, "Example"):
        text, expected = unmark(one.marked)
        assert {mark[3].split()[0] for mark in expected} == {rule.id}
        check(one.marked, one.kind, one.payer, on=on(rule))
        assert text == one.text != one.marked


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_good_example_gives_nothing(rule: Rule) -> None:
    for one in carry.examples(rule, "Instead"):
        found = findings(one.text, one.kind, one.payer, on(rule))
        assert not found, draw(one.text, found)


# -- the same in other formats --------------------------------------------------------------------------------

_VALUES = frozenset({"code", "modifier", "units", "date", "date_to", "place", "charge", "diagnosis", "provider"})
_PLACE = "HL7 charges have no place of service"
_SETTING = "HL7 charges do not say whose claim it is, the practitioner's or the facility's"
_TABLE = "about tables only"
_ALONE = "a claim of one add-on is itself reported (L1010), a table without patients has no claims"
#: Formats in which a rule with CSV examples does not do what it does there, and why that is right.
ELSEWHERE = {
    **{(rule, "hl7"): _PLACE for rule in (
        "F144", "K506", "K508", "K509", "K510", "K511", "K524", "K650", "K660", "L1014", "L1018", "C316", "P1201", "P1202",
        "P1203", "P1205", "P1208",
    )},
    **{(rule, "hl7"): _SETTING for rule in ("C313", "M406", "M407")},
    **{(rule, kind): _TABLE for rule, kinds in (("E250", FORMATS), ("E251", ("x12", "hl7", "json"))) for kind in kinds},
    **{("E253", kind): "no quotes there" for kind in ("x12", "hl7")},
    ("E253", "json"): "written anew it is whole; tests/marker/test_across_formats.py breaks it",
    **{(rule, kind): _ALONE for rule in ("K541", "K561") for kind in ("x12", "hl7", "json")},
    **{(rule, kind): "no comments there" for rule in ("E255", "E256", "E257") for kind in ("x12", "hl7", "json")},
    ("E206", "hl7"): "said by E221, with the other required fields",
    ("E206", "json"): "said by E234, which looks at the claim, too",
    ("E208", "hl7"): "HL7 charges have their diagnoses beside them and no pointers",
    ("E208", "json"): "said by E235, which knows every number that points",
    **{("E233", kind): "one place for the code" for kind in ("x12", "hl7")},
    ("E252", "hl7"): "a segment is read, however long it is",
    ("E252", "x12"): "a claim is read, and cut where it is longer than any claim",
    ("E254", "x12"): "a claim of more than fifty lines is an error there (E210)",
    ("E254", "json"): "a resource is one claim, however many items it has",
    ("C314", "x12"): "an unlisted code without a text is an error there (E211)",
    ("C315", "x12"): "an unlisted code without a text is an error there (E211)",
    ("F105", "json"): "said by E232, which knows the element",
    ("F106", "yaml"): "a modifier read as a number is said by E241",
    ("F124", "x12"): "a fifth modifier has no place in the segment",
    ("F127", "hl7"): "a charge without a procedure may have a local code and is none of ours",
    ("F127", "yaml"): "an entry without any code does not make a file a charge sheet",
    ("F128", "json"): "two characters are no procedure code of any item",
    ("F143", "x12"): "a date that is none is said with its form (E207)",
    ("F144", "json"): "a location that is no place of service code may be of another code system",
}  # fmt: skip


def _under(found: list[Located], text: str) -> list[tuple[str, str]]:
    """What is underlined, value by value: the part of the line and its text, which is the same in every format but for
    the way a date or an amount is written. Lines, headings and comments look different everywhere."""
    lines = text.split("\n")
    return sorted(
        (part, _as_meant(part, shown))
        for one in found
        if (part := one.finding.part.name) in _VALUES
        for shown in (lines[one.start.line][one.start.column : one.end.column],)
    )


def _as_meant(part: str, text: str) -> str:
    meant = values.day(text) if part.startswith("date") else values.money(text) if part == "charge" else None
    return text if meant is None else str(meant.normalize() if isinstance(meant, Decimal) else meant)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_examples_hold_in_other_formats(rule: Rule) -> None:
    """The rows of a table example, as an 837, HL7, FHIR and a YAML sheet, give what the table gives; or it is said why
    not."""
    tables = [one for one in carry.examples(rule, "Example") if one.kind == "csv"]
    if not tables:
        return
    missing = {(rule.id, kind) for kind in FORMATS} - {(rule.id, kind) for kind in carry.formats(rule)}
    assert missing == {key for key in ELSEWHERE if key[0] == rule.id}
    for kind in {*FORMATS, "md"} & set(carry.formats(rule)):
        for one in tables:
            if any(other.kind == kind for other in carry.examples(rule, "Example")):
                continue  # written anew for this format, and run as such
            text = carry.carried(one, kind)
            assert text is not None, kind
            found = findings(text, kind, one.payer, on(rule))
            assert _under(found, text) == _under(findings(one.text, "csv", one.payer, on(rule)), one.text)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.group == "N"], ids=lambda rule: rule.id)
def test_notes_are_read_alike_in_markdown_and_plain_text(rule: Rule) -> None:
    assert "txt" in carry.formats(rule)


def test_two_hundred_rules_have_examples_in_two_dialects() -> None:
    """Bad and good ones, run there. Markdown and plain text are one dialect, and so are tables by their separators."""
    assert set(carry.DIALECTS) == set(carry.NAMES) and len(set(carry.DIALECTS.values())) == 6
    several = [rule for rule in RULES if len(carry.dialects(rule)) >= 2 and rule.status in ("stable", "off")]
    assert len(several) >= 200
    assert sum({"md", "csv"} <= set(carry.formats(rule)) for rule in RULES) >= 100, "tables, listed in a note"
    alone = Counter(rule.group for rule in RULES if rule not in several)
    assert set(alone) <= {"E", "F", "N"} and alone["F"] == 1
    assert [rule.id for rule in RULES if not carry.dialects(rule)] == []
    assert f"Of the {len(RULES)} rules {len(several)} have examples in two" in page_of_all(RULES)


def test_the_second_format_stands_on_the_page() -> None:
    shown = page(all_rules()["K520"])
    assert "```x12\n" in shown and "SV1*HC:76380:50*" in shown and "             ^^ K520" in shown


# -- which rules speak of what --------------------------------------------------------------------------------


def test_index_by_modifier() -> None:
    found = {modifier: {rule.id for rule in rules} for modifier, rules in by_modifier().items()}
    assert {"K520", "K522", "X702", "N1325"} <= found["50"]
    assert "L1030" in found["25"], "a rule that misses 25 and offers it"
    assert "K620" in found["QZ"] and "K620" not in found["50"]
    assert "ZZ" not in found


def test_index_by_code() -> None:
    know = book().know
    named = {rule.id for rule in RULES if names(rule, "76380", know)}
    assert {"L1020", "L1021", "N1310", "K611"} <= named and not named & {"L1016", "K591", "K520"}
    families = by_family(know, ["76380", "99213", "27447"])
    assert [family[0] for family in families] == ["Surgery", "Radiology", "Visits (evaluation and management)"]
    assert "L1033" in {rule.id for rule in families[know.family("27447")[:2]]}, "by its global days"


def test_what_a_modifier_sets_off_on_a_code() -> None:
    found = {rule.id: modifiers for rule, modifiers in with_modifiers(book(), "76380", book().know.catalog).items()}
    assert found["K520"] == ["50"] and found["K532"] == ["80", "81", "82", "AS"]
    assert "K501" not in found, "26 and TC fit"


# -- whose word it is -----------------------------------------------------------------------------------------


def _spoken(rule: Rule, one: carry.Example) -> dict[tuple[object, ...], dict[str, list[tuple[str, str]]]]:
    """What is said of an example under each payer profile: by rule and place, then by profile."""
    said: dict[tuple[object, ...], dict[str, list[tuple[str, str]]]] = {}
    for payer in catalog().profiles:
        for located in findings(one.text, one.kind, payer, on(rule)):
            found = located.finding
            place = (found.rule, located.start, found.part)
            said.setdefault(place, {}).setdefault(payer, []).append((found.severity, found.message))
    return said


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_what_hangs_on_the_payer_names_it(rule: Rule) -> None:
    """Where a finding is there under some profiles only, or has another severity or wording, it names its profile."""
    profiles = catalog().profiles
    for one in carry.examples(rule, "Example") + carry.examples(rule, "Instead"):
        for place, said in _spoken(rule, one).items():
            alike = {tuple(found) for found in said.values()}
            if len(said) == len(profiles) and len(alike) == 1:
                continue
            for payer, found in said.items():
                name = "Medicare" if profiles[payer].medicare else profiles[payer].name
                assert all(name in message for _, message in found), (place, payer, found)


def test_what_does_not_hang_on_the_payer_names_none() -> None:
    for text in ("2025-10-15,96372,25,1,11", "2025-10-15,81002,QW,1,11", "2025-10-15,77427,XE,1,11"):
        found = findings(f"dos,cpt,mod,units,pos\n{text}\n", payer="aetna")
        assert found and not any("Aetna" in one.finding.message for one in found), text


def test_a_strict_profile_is_named() -> None:
    strict = replace(catalog().profiles["generic-commercial"], name="Our strict plan", strict=True)
    rules = RuleBook(Knowledge(catalog(), strict, TODAY), strict=True)
    for code in ("76380", "77067", "36415"):
        (found,) = [f for f in rules.check_line(ServiceLine(code=code, modifiers=("50",))) if f.rule in BILATERAL]
        assert found.severity == "error" and "Our strict plan" in found.message
