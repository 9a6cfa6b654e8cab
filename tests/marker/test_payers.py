"""Payer profiles: which one a file chooses, what it changes, and that findings say so."""

from __future__ import annotations

import pytest
from tests.harness import book, catalog, findings

from superbill.charges.model import ServiceLine
from superbill.engine.settings import Settings, read_settings
from superbill.rules.book import profile_of


def chosen(filing: str = "", payer: str = "") -> str:
    """The profile of a line that names its payer so."""
    return book().of(ServiceLine("99213", filing=filing, payer=payer)).know.profile.id


@pytest.mark.parametrize(
    ("filing", "payer", "profile"),
    [
        ("", "", "medicare-b"),
        ("MB", "", "medicare-b"),
        ("BL", "", "bcbs"),
        ("MC", "", "medicaid"),
        ("CI", "", "generic-commercial"),
        ("CI", "AETNA LIFE INSURANCE CO", "aetna"),
        ("CI", "Cigna Healthcare", "cigna"),
        ("HM", "UNITEDHEALTHCARE OF TEXAS", "unitedhealthcare"),
        ("CI", "United Healthcare", "unitedhealthcare"),
        ("CI", "KEY INSURANCE COMPANY", "generic-commercial"),
        ("", "Aetna", "aetna"),
        ("", "Organization/aetna", "aetna"),
        ("", "Anthem Blue-Cross", "bcbs"),
        ("", "BCBS", "bcbs"),
        ("", "Texas Medicaid", "medicaid"),
    ],
)
def test_a_file_that_names_its_payer(filing: str, payer: str, profile: str) -> None:
    assert chosen(filing, payer) == profile


@pytest.mark.parametrize(
    ("filing", "payer", "profile"),
    [
        ("MC", "Aetna Better Health", "medicaid"),  # the kind of payer speaks before its name
        ("MB", "UNITEDHEALTHCARE", "medicare-b"),
        ("BL", "AETNA", "bcbs"),
        ("", "Aetna Medicaid", "medicare-b"),  # two names: nothing is said, the default stays
        ("CI", "Aetna or Cigna", "generic-commercial"),
        ("", "Aetnaville Clinic Plan", "medicare-b"),  # whole words only
        ("", "United Concordia", "medicare-b"),
        ("", "Cross Blue Trading", "medicare-b"),
        ("ZY", "Aetna", "aetna"),  # an indicator that nobody knows
    ],
)
def test_names_that_do_not_choose(filing: str, payer: str, profile: str) -> None:
    assert chosen(filing, payer) == profile


def test_a_profile_that_was_chosen_holds() -> None:
    from superbill.rules.book import RuleBook

    fixed = RuleBook(book("cigna").know)
    assert fixed.of(ServiceLine("99213", filing="MB", payer="Aetna")) is fixed


def test_one_book_for_each_profile() -> None:
    one = book().of(ServiceLine("99213", payer="Aetna"))
    assert one is book().of(ServiceLine("76380", filing="CI", payer="AETNA LIFE"))


def test_every_indicator_belongs_to_one_profile_and_no_name_to_two() -> None:
    profiles = catalog().profiles.values()
    filings = [one for profile in profiles for one in profile.filing]
    names = [one for profile in profiles for one in profile.names]
    assert len(filings) == len(set(filings)) == 23 and len(names) == len(set(names))
    for profile in profiles:
        for name in profile.names:
            assert profile_of("", f"The {name.upper()}, Inc.", catalog().profiles) == profile


def test_what_a_thin_profile_does_not_say_it_takes_from_its_base() -> None:
    profiles = catalog().profiles
    generic = profiles["generic-commercial"]
    assert profiles["aetna"].facility == generic.facility and not profiles["aetna"].medicare
    assert profiles["bcbs"].rules == {**generic.rules, "K523": "off"}
    assert "24" in profiles["unitedhealthcare"].facility and "24" not in generic.facility
    assert profiles["medicaid"].filing == {"MC"} and not profiles["aetna"].filing
    assert profiles["aetna"].speaker("facility") == "Aetna (by the generic profile)"
    assert profiles["unitedhealthcare"].speaker("facility") == "UnitedHealthcare"
    assert generic.speaker("facility") == "Commercial (generic)"


def said(text: str, rule: str, kind: str = "csv", payer: str = "medicare-b") -> list[str]:
    return [one.finding.message for one in findings(text, kind, payer) if one.finding.rule == rule]


def row(payer: str, cells: str) -> str:
    return f"patient,payer,dos,cpt,mod,units,pos\nP1,{payer},2025-10-15,{cells}\n"


def test_the_surgery_center_of_one_payer() -> None:
    (message,) = said(row("UnitedHealthcare", "70450,,1,24"), "K509")
    assert "under UnitedHealthcare," in message
    assert not said(row("Aetna", "70450,,1,24"), "K509")
    (message,) = said(row("Aetna", "70450,,1,22"), "K509")
    assert "under Aetna (by the generic profile)," in message


def test_units_beside_50_where_plans_differ() -> None:
    assert said(row("Cigna", "20610,50,2,11"), "K523") and not said(row("Anthem", "20610,50,2,11"), "K523")


def test_day_limits_are_not_medicaids() -> None:
    assert said(row("", "76380,26,3,22"), "U903") and not said(row("Medicaid", "76380,26,3,22"), "U903")


def test_a_finding_that_a_profile_weakens_names_it() -> None:
    both = "76377,26,1,22\nP1,{0},2025-10-15,76376,26,1,22\nP1,{0},2025-10-15,74177,26,1,22"
    (message,) = said(row("Aetna", both.format("Aetna")), "L1016")
    assert message.endswith("(by PTP 2024 Q3, which does not cover 2025-10-15; payer profile Aetna)")
    (message,) = said(row("", both.format("")), "L1016")
    assert message.endswith("; payer profile Medicare Part B)"), "the same under Medicare, where it may be an error"
    (message,) = said(row("Cigna", "97110,,1,11"), "K630")
    assert message.endswith("(PFS Oct 2025; payer profile Cigna)")


def test_lines_of_one_day_with_different_payers_are_checked_apart() -> None:
    text = row("Aetna", "76377,26,1,22\nP1,Cigna,2025-10-15,76376,26,1,22")
    assert not said(text, "L1016")
    same = row("Humana", "76377,26,1,22\nP1,Medicare,2025-10-15,76376,26,1,22")  # neither name is known
    assert said(same, "L1016")


def test_a_rule_that_one_payer_lacks_does_not_shift_the_others() -> None:
    """What a line can set off is told by bits; books of different payers have different rules, and one group both."""
    text = (
        "patient,payer,dos,cpt,mod,units,pos\n"
        "P1,Aetna,2025-10-15,99213,,1,11\nP1,,2025-10-15,77067,,1,11\nP1,,2025-10-15,77066,,1,11\n"
        "P1,Cigna,2025-10-15,76376,26,1,22\n"
    )
    assert len(said(text, "L1041")) == 2 and said(text, "L1015")


FHIR = """{"resourceType": "Claim", "patient": {"reference": "Patient/1"}, %s
 "item": [{"sequence": 1, "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "20610"}]},
  "modifier": [{"coding": [{"code": "50"}]}], "servicedDate": "2025-10-15", "quantity": {"value": 2}}]}
"""


@pytest.mark.parametrize(
    "payer",
    [
        '"insurer": {"display": "Blue Cross of Somewhere"},',
        '"insurance": [{"sequence": 1, "coverage": {"display": "Anthem"}}],',
    ],
)
def test_the_insurer_of_a_fhir_claim(payer: str) -> None:
    assert not said(FHIR % payer, "K523", "json") and said(FHIR % "", "K523", "json")


def test_the_insurance_of_an_hl7_message() -> None:
    head = "MSH|^~\\&|A|B|C|D|20251016||DFT^P03|%d|T|2.5.1\rPID|1||P-%d\r"
    charge = "FT1|1|||20251015|20251015|CG|20610^^C4|||2" + "|" * 15 + "20610^^C4|50\r"
    insured = "IN1|1|X|Y|%s\r"
    for message in (insured + charge, charge + insured, charge + "DG1|1||M17.0\r" + insured + "IN1|2|X|Y|Cigna\r"):
        text = head % (1, 1) + message
        assert said(text % "Cigna", "K523", "hl7") and not said(text % "Anthem", "K523", "hl7")
    # The insurance of the next message is another patient's.
    assert said(head % (1, 1) + charge + head % (2, 2) + charge + insured % "Anthem", "K523", "hl7")


# -- settings --------------------------------------------------------------------------------------------------------


def test_profiles_by_path() -> None:
    settings, problems = read_settings({"payer": "aetna", "payers": {"medicaid/**": "medicaid", "*.837": "bcbs"}})
    assert not problems
    assert settings.payer_of("/home/files/medicaid/march/a.csv") == "medicaid"
    assert settings.payer_of("medicaid\\a.837") == "medicaid" and settings.payer_of("b.837") == "bcbs"
    assert settings.payer_of("other/a.csv") == "aetna" and Settings().payer_of("a.csv") == ""


def test_the_clients_payer_goes_before_the_files_patterns() -> None:
    below = Settings(payers={"a/*": "medicaid"})
    assert Settings().over(below).payer_of("a/x.csv") == "medicaid"
    assert Settings(payer="cigna").over(below).payer_of("a/x.csv") == "cigna"
    assert Settings(payers={"*": "bcbs"}).over(below).payer_of("a/x.csv") == "bcbs"


@pytest.mark.parametrize("wrong", [["medicaid"], {"a/*": 3}, {"a/*": ""}, "medicaid"])
def test_patterns_that_cannot_be_read(wrong: object) -> None:
    settings, problems = read_settings({"payers": wrong})
    assert not settings.payers and len(problems) == 1
