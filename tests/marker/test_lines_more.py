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


# -- L1032, L1033: the days after an operation -----------------------------------------------------------------------

ME, OTHER = "1234567893", "1111111112"


def days(*lines: str) -> str:
    """Lines of one patient: day, code-modifiers, provider."""
    rows = []
    for line in lines:
        day, code, npi = line.split()
        cpt, _, mods = code.partition("-")
        rows.append(f"P1,{npi},{day},{cpt},{mods.replace('-', ' ')},1,11,10.00")
    return sheet(*rows)


def test_a_visit_after_an_operation() -> None:
    check(
        sheet(
            "P1,1234567893,2025-09-08,99213,25,1,11,10.00",
            "                         ^^^^^ L1032 warning",
            "P2,1234567893,2025-09-08,99213,25,1,11,10.00",
            "P1,1234567893,2025-09-01,10060,,1,11,10.00",  # the order in the file does not matter
        ),
        only="L1032",
    )


@pytest.mark.parametrize(
    ("day", "code", "spoken"),
    [
        ("2025-09-01", "10060", False),  # the day itself is L1030's
        ("2025-09-02", "10060", True),
        ("2025-09-11", "10060", True),
        ("2025-09-12", "10060", False),
        ("2025-11-30", "27447-RT", True),
        ("2025-12-01", "27447-RT", False),
        ("2025-08-31", "27447-RT", False),
        ("2025-09-02", "20610-RT", False),  # 0 global days end with the day
        ("2025-09-02", "71046", False),
    ],
)
def test_the_length_of_the_aftercare(day: str, code: str, spoken: bool) -> None:
    assert bool(said(days(f"2025-09-01 {code} {ME}", f"{day} 99213 {ME}"), "L1032")) is spoken


@pytest.mark.parametrize("visit", ["99213-24", "99213-24-25", "99213-57", "99291-FT", "99024", "71046"])
def test_visits_that_are_not_aftercare(visit: str) -> None:
    assert not said(days(f"2025-09-01 27447-RT {ME}", f"2025-09-20 {visit} {ME}"), "L1032")


@pytest.mark.parametrize("modifier", ["54", "55", "80", "AS", "53", "78"])
def test_operations_without_aftercare_of_their_own(modifier: str) -> None:
    assert not said(days(f"2025-09-01 27447-{modifier}-RT {ME}", f"2025-09-20 99213 {ME}"), "L1032")


@pytest.mark.parametrize("who", [OTHER, ""])
def test_visits_to_others(who: str) -> None:
    text = days(f"2025-09-01 27447-RT {ME}", f"2025-09-20 99213 {who or ME}")
    assert not said(text if who else text.replace(ME, ""), "L1032")


def test_the_message_about_aftercare_names_the_days() -> None:
    (message,) = said(days(f"2025-09-01 27447-RT {ME}", f"2025-09-20 99213-25 {ME}"), "L1032")
    assert "27447 of 2025-09-01" in message and "until 2025-11-30" in message and "25 does not say that" in message


def test_a_second_operation() -> None:
    first = f"2025-09-01 66984-RT {ME}"
    assert said(days(first, f"2025-10-01 66984-LT {ME}"), "L1033")
    for modifier in ("58", "78", "79", "76", "55", "AS"):
        assert not said(days(first, f"2025-10-01 66984-{modifier}-LT {ME}"), "L1033")
    assert said(days(first, f"2025-10-01 20610-LT {ME}"), "L1033")
    assert not said(days(first, f"2025-12-01 66984-LT {ME}"), "L1033")
    assert not said(days(first, f"2025-10-01 66984-LT {OTHER}"), "L1033")
    assert not said(days(first, f"2025-09-01 66984-LT {ME}"), "L1033")
    assert not said(days(first, f"2025-10-01 71046 {ME}", f"2025-10-01 11103 {ME}"), "L1033")


def test_an_operation_that_was_charged_back() -> None:
    head = "MSH|^~\\&|A|B|C|D|20251016||DFT^P03|1|T|2.5.1\rPID|1||P-1\r"
    charge = "FT1|1|||%s|20251015|%s|%s^^C4|||1|" + "|" * 9 + "NPI|" + "|" * 4 + "%s^^C4|\r"
    done = charge % ("20250901", "CG", "27447", "27447")
    visit = charge % ("20250920", "CG", "99213", "99213")
    back = charge % ("20250901", "CR", "27447", "27447")
    assert said(head + done + visit, "L1032", "hl7")
    assert not said(head + done + visit + back, "L1032", "hl7")


def test_several_claims_of_one_patient_in_an_837() -> None:
    text = (
        "ISA*00*          *00*          *ZZ*A              *ZZ*B              *251016*1200*^*00501*000000001*0*T*:~"
        "GS*HC*A*B*20251016*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20251016*1200*CH~"
        "HL*1**20*1~NM1*85*2*G*****XX*1234567893~HL*2*1*22*0~SBR*P*18*******MB~NM1*IL*1*D*J****MI*M1~NM1*PR*2*P*****PI*1~"
        "CLM*1*100***11:B:1*Y*A*Y*Y~HI*ABK:L0291~LX*1~SV1*HC:10060*100*UN*1***1~DTP*472*D8*20250901~"
        "CLM*2*100***11:B:1*Y*A*Y*Y~HI*ABK:L0291~LX*1~SV1*HC:99213*100*UN*1***1~DTP*472*D8*20250908~"
        "SE*20*0001~GE*1*1~IEA*1*000000001~"
    )
    assert said(text, "L1032", "x12")
    assert not said(text.replace("20250908", "20250918"), "L1032", "x12")


def test_lines_come_and_go() -> None:
    """What is said over several days follows every edit, on lines that were not touched too."""
    from superbill.charges.dialect import Hints
    from superbill.engine.analysis import Analysis
    from superbill.text.document import Document

    document = Document(days(f"2025-09-01 10060 {ME}", f"2025-09-08 99213 {ME}", f"2025-09-09 99213 {ME}"))
    analysis = Analysis(document, Hints(suffix=".csv"), book()).finish()

    def spoken() -> list[int]:
        return [one.start.line for one in analysis.findings() if one.finding.rule == "L1032"]

    assert spoken() == [2, 3]
    analysis.edit(document.edit(1, 1, 1, 2, "9"))
    assert analysis.finish() and spoken() == []
    analysis.edit(document.edit(1, 1, 1, 2, "1"))
    assert analysis.finish() and spoken() == [2, 3]
    analysis.edit(document.edit(2, 0, 3, 0, ""))
    assert analysis.finish() and spoken() == [2]
    analysis.edit(document.edit(1, 0, 2, 0, ""))
    assert analysis.finish() and spoken() == []


def test_a_column_that_says_the_same_in_every_row_is_no_patient() -> None:
    many = [f"2025-09-{8 + number % 3:02} 99213 {ME}" for number in range(250)]
    assert not said(days(f"2025-09-01 10060 {ME}", *many), "L1032")
    assert len(said(days(f"2025-09-01 10060 {ME}", *many[:20]), "L1032")) == 20


# -- L1035 to L1040: endoscopies, reductions, surgeons, repeats ----------------------------------------------------


def test_the_base_of_an_endoscopy() -> None:
    assert said(lines("45378", "45385"), "L1035") and said(lines("45385", "45380", "45378"), "L1035")
    for pair in (
        ("45385", "45380"),
        ("43235", "45385"),
        ("45378-59", "45385"),
        ("45378", "45385-XE"),
        ("45378", "71046"),
    ):
        assert not said(lines(*pair), "L1035"), pair
    two = sheet(f"P1,{ME},2025-10-15,45378,,1,24,9.00", f"P1,{OTHER},2025-10-15,45385,,1,24,9.00")
    assert not said(two, "L1035")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("71250", "74176"), "at half, the reading 5 percent less"),
        (("97110-GP", "97112-GP"), "practice expense"),
        (("93306", "93880"), "25 percent"),
        (("92133", "92083"), "20 percent"),
    ],
)
def test_reductions(codes: tuple[str, ...], words: str) -> None:
    (message,) = said(lines(*codes, pos="11"), "L1036", on="L1036")
    assert words in message and "Medicare Part B" in message
    assert not said(lines(*codes, pos="11"), "L1036")
    assert not said(lines(*codes, pos="11"), "L1036", payer="aetna", on="L1036")


def test_lines_that_no_reduction_binds() -> None:
    for pair in (("71250", "99213"), ("93306-26", "93880-26"), ("71250", "93306"), ("71250", "71046")):
        assert not said(lines(*pair, pos="11"), "L1036", on="L1036"), pair


def surgeons(*cells: str) -> str:
    """Lines of one day: provider, code-modifiers."""
    rows = []
    for one in cells:
        npi, code = one.split()
        cpt, _, mods = code.partition("-")
        rows.append(f"P1,{npi},2025-10-15,{cpt},{mods.replace('-', ' ')},1,21,9.00")
    return sheet(*rows)


def test_a_second_surgeon() -> None:
    assert said(surgeons(f"{ME} 22558-62", f"{OTHER} 22558"), "L1037")
    for second in ("22558-62", "22558-80", "22558-AS", "22558-55", "22558-59", "22551", "22558-LT"):
        assert not said(surgeons(f"{ME} 22558-62", f"{OTHER} {second}"), "L1037"), second
    assert not said(surgeons(f"{ME} 22558-62", f"{ME} 22558"), "L1037")
    assert not said(surgeons(f"{ME} 22558-62", f"{OTHER} 22558").replace(OTHER, ""), "L1037")


def test_an_assistant_and_the_surgeon() -> None:
    assert said(surgeons(f"{ME} 27447-RT", f"{OTHER} 27446-80-RT"), "L1038")
    assert not said(surgeons(f"{ME} 27447-RT", f"{OTHER} 27447-80-RT"), "L1038")
    assert not said(surgeons(f"{OTHER} 27447-80-RT", f"{OTHER} 27446-80-LT"), "L1038")
    assert not said(surgeons(f"{ME} 99221", f"{OTHER} 27447-80-RT"), "L1038")  # a ward round is nobody's operation


def test_aftercare_that_nobody_claims() -> None:
    alone = surgeons(f"{ME} 66984-54-RT")
    assert said(alone, "L1039", on="L1039") and not said(alone, "L1039")
    assert not said(surgeons(f"{ME} 66984-54-RT", f"{OTHER} 66984-55-RT"), "L1039", on="L1039")


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (("93000", "93000-76"), 0),
        (("93000", "93000-76", "93000-76"), 1),
        (("93000-76", "93000-76"), 0),
        (("93000-76", "93000-76", "93000-76"), 1),
        (("93000", "93000-76", "93000-76", "93000-76"), 2),
        (("93000", "93000-76", "93000-77"), 0),
        (("93000", "93000-76", "93005-76"), 0),
    ],
)
def test_repeats(rows: tuple[str, ...], count: int) -> None:
    assert len(said(lines(*rows), "L1040")) == count


def test_repeats_are_merged_where_no_charge_is_at_stake() -> None:
    rows = ["2025-10-15,93000,,1", "2025-10-15,93000,76,1", "2025-10-15,93000,76,2"]
    bare = sheet(*(f"P1,{row}" for row in rows), head="patient,dos,cpt,mod,units")
    (one,) = [found for found in findings(bare) if found.finding.rule == "L1040"]
    (fix,) = one.finding.fixes
    assert "3 units" in fix.title and not fix.preferred
    (priced,) = [found for found in findings(lines("93000", "93000-76", "93000-76")) if found.finding.rule == "L1040"]
    assert not priced.finding.fixes
