"""Modifier against code: the traps. Every bundled code with every modifier of an indicator is in test_grid.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.harness import analyse, book, catalog, check, findings
from tests.marker.test_grid import MODIFIERS

from superbill.charges.model import ServiceLine

HEAD = "dos,cpt,mod,units,pos"
CLAIM = "patient,dos,cpt,mod,units,pos"


def rows() -> Iterator[str]:
    """Every code with fee schedule rows."""
    yield from sorted({code for (code,) in catalog().query("SELECT DISTINCT code FROM fee")})


def outcome(code: str, modifier: str, payer: str = "medicare-b") -> list[tuple[str, str]]:
    """Errors and warnings of this group on a bare line: (rule, severity)."""
    line = ServiceLine(code=code, modifiers=(modifier,), purpose="cited")
    found = book(payer).check_line(line)
    return [(f.rule, f.severity) for f in found if f.rule[0] == "K" and f.severity in ("error", "warning")]


@pytest.mark.parametrize(
    ("code", "modifier", "rule"),
    [
        ("99213", "26", "K501"), ("99213", "TC", "K501"), ("99213", "50", "K520"),
        ("99213", "62", "K540"), ("93010", "26", "K502"), ("93010", "TC", "K502"),
        ("93005", "26", "K503"), ("93005", "TC", "K503"), ("93000", "26", "K504"),
        ("93000", "TC", "K504"), ("96372", "26", "K505"), ("86334", "TC", "K506"),
        ("97110", "26", "K507"), ("36415", "62", "K542"), ("36415", "66", "K552"),
        ("36415", "50", "K522"), ("36415", "80", "K531"), ("77067", "50", "K521"),
        ("92133", "50", "K521"), ("20610", "80", "K530"), ("76380", "50", "K520"),
        ("76380", "CT", "K610"), ("76376", "CT", "K610"), ("75635", "CT", "K610"),
        ("27447", "66", "K550"), ("20610", "54", "K580"), ("99213", "80", "K591"),
        ("99213", "51", "K591"), ("99213", "53", "K570"), ("20610", "25", "K590"),
        ("00142", "25", "K590"), ("77427", "59", "K596"),
    ],
)  # fmt: skip
def test_one_rule_speaks(code: str, modifier: str, rule: str) -> None:
    """For one mistake, one rule of the group."""
    assert [found for found, _ in outcome(code, modifier)] == [rule]


@pytest.mark.parametrize(
    ("code", "modifiers"),
    [
        ("86334", "26"), ("76380", "26"), ("76380", "TC"), ("76376", "26"), ("76377", "TC"),
        ("73030", "50"), ("73030", "LT"), ("20610", "50"), ("27447", "50 51"), ("27447", "50 80"),
        ("27447", "50 62"), ("27447", "54 RT"), ("27447", "55 RT"), ("27447", "62 54"), ("27447", "80"),
        ("27447", "AS"), ("45378", "53"), ("74177", "CT"), ("71271", "CT"), ("93000", "59"),
        ("85025", "91"), ("85025", "59"), ("99213", "25"), ("99213", "24"), ("99213", "57"),
        ("99213", "95"), ("99213", "24 25"), ("A0427", "RH"), ("G0467", "59"), ("73140", "F5"),
        ("73660", "TA"), ("66984", "LT"), ("97530", "CO GO"), ("72148", "26"),
    ],
)  # fmt: skip
def test_silent(code: str, modifiers: str) -> None:
    """What real claims carry, and nothing of this group says a word above a note."""
    line = ServiceLine(code=code, modifiers=tuple(modifiers.split()), purpose="cited")
    found = [f for f in book().check_line(line) if f.rule[0] == "K" and f.severity in ("error", "warning")]
    assert not found


def test_visits_ask_for_no_records() -> None:
    """Visits have assistant, co-surgeon and team indicator 0, and that is no reason to ask for records."""
    for code in ("99213", "99214", "99223", "99284"):
        for modifier in ("25", "80", "AS"):
            line = ServiceLine(code=code, modifiers=(modifier,), purpose="cited")
            assert not [f for f in book().check_line(line) if f.rule in ("K530", "K531", "K532", "K541")]


# -- components ---------------------------------------------------------------------------------------------


def test_rows_are_read_by_component() -> None:
    check(
        f"""{HEAD}
2025-10-15,86334,26,1,22
2025-10-15,86334,TC,1,81
                 ^^ K506 error
2025-10-15,86334,,1,11
           ^^^^^ K508 information
2025-10-15,76519,50,1,11
                 ^^ K521 warning
2025-10-15,76519,"26 50",1,22
2025-10-15,92136,"26 RT",1,22
2025-10-15,92136,"50",1,11
                  ^^ K521 warning
""",
        only="K",
    )


def test_lab_reading_is_left_to_the_laboratory() -> None:
    check(
        f"""{HEAD}
2025-10-15,86334,,1,81
2025-10-15,86334,90,1,11
2025-10-15,86334,91,1,11
""",
        only="K",
    )
    check("dos,cpt,mod,units,pos,setting\n2025-10-15,86334,,1,22,facility\n", only="K")


def test_contractor_priced_reading() -> None:
    check(f"{HEAD}\n2025-10-15,76932,26,1,22\n2025-10-15,76932,TC,1,11\n", only="K")


def test_both_components_are_one_mistake() -> None:
    check(
        f"""{HEAD}
2025-10-15,99213,"26 TC",1,11
                     ^^ X701
2025-10-15,86334,"26 TC",1,11
                     ^^ X701
"""
    )


def test_split_by_code_offers_the_codes() -> None:
    def titles(code: str, modifier: str) -> list[str]:
        line = ServiceLine(code=code, modifiers=(modifier,), purpose="cited")
        return [fix.title for f in book().check_line(line) if f.rule[0] == "K" for fix in f.fixes]

    assert titles("93000", "26") == ["Change 93000-26 to 93010"]
    assert titles("93000", "TC") == ["Change 93000-TC to 93005"]
    assert titles("93010", "TC") == ["Change 93010-TC to 93005", "Remove modifier TC"]
    assert titles("93005", "26") == ["Change 93005-26 to 93010", "Remove modifier 26"]


def test_only_mechanical_fixes_are_preferred() -> None:
    """Nothing that changes what is paid is done without asking."""

    def preferred(code: str, *modifiers: str) -> list[str]:
        line = ServiceLine(code=code, modifiers=modifiers, place="22")
        return [fix.title for f in book().check_line(line) if f.rule[0] == "K" for fix in f.fixes if fix.preferred]

    assert preferred("99213", "26") == ["Remove modifier 26"]
    assert preferred("76380", "26", "50") == ["Remove modifier 50"]
    assert preferred("76380") == []
    assert preferred("93000", "26") == []
    assert preferred("93010", "TC") == []
    assert preferred("99213", "62") == []
    assert preferred("99213", "59") == []
    assert preferred("20610", "25", "RT") == []
    assert preferred("97110") == []


def test_facility_places_are_the_payers() -> None:
    check(
        f"""{HEAD}
2025-10-15,74177,,1,22
           ^^^^^ K509
2025-10-15,74177,,1,24
           ^^^^^ K509
2025-10-15,74177,,1,11
2025-10-15,74177,,1,
2025-10-15,74177,26,1,22
2025-10-15,74177,TC,1,22
                 ^^ K510
2025-10-15,74177,TC,1,24
2025-10-15,74177,"TC SG",1,22
2025-10-15,93005,,1,21
           ^^^^^ K510
2025-10-15,93000,,1,21
           ^^^^^ K509
2025-10-15,93010,,1,21
2025-10-15,99213,,1,22
2025-10-15,96372,,1,22
           ^^^^^ K511
2025-10-15,96372,,1,11
""",
        only="K5",
    )
    check(
        f"""{HEAD}
2025-10-15,74177,,1,24
2025-10-15,74177,,1,55
           ^^^^^ K509
""",
        payer="generic-commercial",
        only="K",
    )


def test_facility_claims_are_not_the_physicians() -> None:
    check(
        """dos,cpt,mod,units,pos,setting
2025-10-15,74177,,1,22,facility
2025-10-15,74177,TC,1,22,institutional
2025-10-15,93005,,1,22,facility
2025-10-15,96372,,1,22,facility
2025-10-15,74177,,1,22,professional
           ^^^^^ K509
""",
        only="K",
    )


def test_facility_message_names_the_payer() -> None:
    for payer, name in (("medicare-b", "Medicare Part B"), ("generic-commercial", "Commercial (generic)")):
        found = findings(f"{HEAD}\n2025-10-15,74177,,1,22\n", payer=payer)
        assert [name in f.finding.message for f in found] == [True]


# -- sides --------------------------------------------------------------------------------------------------


def test_both_sides() -> None:
    check(
        f"""{HEAD}
2025-10-15,77067,"RT LT",1,11
                     ^^ K521
2025-10-15,77067,LT,1,11
2025-10-15,76519,,2,11
                  ^ K521
2025-10-15,76519,26,2,11
2025-10-15,73565,,2,11
2025-10-15,73030,,2,11
2025-10-15,99213,,2,11
""",
        only="K",
    )


def test_units_beside_50() -> None:
    check(
        f"""{HEAD}
2025-10-15,20610,50,2,11
                    ^ K523 information
2025-10-15,20610,50,3,11
                    ^ K523 warning
2025-10-15,20610,50,1,11
2025-10-15,20610,50,,11
2025-10-15,76380,50,2,11
                 ^^ K520 warning
""",
        only="K",
    )


def test_side_of_a_code_without_sides() -> None:
    check(
        f"""{HEAD}
2025-10-15,76380,LT,1,11
                 ^^ K526 information
2025-10-15,76380,"LT RT",1,11
                     ^^ K526 information
2025-10-15,36415,RT,1,11
                 ^^ K526 information
2025-10-15,J3301,RT,1,11
2025-10-15,99213,RT,1,11
                 ^^ K591 warning
2025-10-15,76380,"50 LT",1,11
                  ^^ K520 warning
""",
        only="K",
    )


def test_side_not_stated() -> None:
    check(
        f"""{HEAD}
2025-10-15,73562,,1,11
           ^^^^^ K527 information
2025-10-15,73140,F5,1,11
2025-10-15,73660,TA,1,11
2025-10-15,73562,50,1,11
2025-10-15,73562,,2,11
2025-10-15,70554,,1,11
2025-10-15,76513,,1,11
2025-10-15,74177,,1,11
2025-10-15,92136,,1,11
2025-10-15,92136,26,1,11
           ^^^^^ K527 information
""",
        only="K",
    )
    check("We usually report 73562 for three views of the knee.\n", kind="md")


def test_two_lines_or_one() -> None:
    two = f"""{CLAIM}
P1,2025-10-15,20610,LT,1,11
P1,2025-10-15,20610,RT,1,11
{{}}"""
    check(two.format("                    ^^ K524\n"))
    check(two.format(""), payer="generic-commercial")
    check(two.format("").replace(",11\n", ",24\n"), only="K")
    check(two.format("").replace(",11\n", ",\n"), only="K")
    check(two.format("").replace("20610", "73562"))
    check(two.format("").replace("RT,1", "RT 59,1"), only="K")
    check(two.format("").replace("P1,2025-10-15,20610,RT", "P2,2025-10-15,20610,RT"))


def test_two_lines_by_two_providers_stay() -> None:
    check(
        """patient,dos,cpt,mod,units,pos,npi
P1,2025-10-15,20610,LT,1,11,1234567893
P1,2025-10-15,20610,RT,1,11,1245319599
""",
        only="K",
    )


def test_two_lines_are_merged_only_without_charges() -> None:
    rows = "P1,2025-10-15,20610,LT,1,11,{0}\nP1,2025-10-15,20610,RT,1,11,{0}\n"
    text = "patient,dos,cpt,mod,units,pos,charge\n" + rows
    for charge, fixes in (("", 1), ("90.00", 0)):
        found = [f.finding for f in findings(text.format(charge)) if f.finding.rule == "K524"]
        assert [len(f.fixes) for f in found] == [fixes]


def test_side_against_side() -> None:
    check(
        f"""{HEAD}
2025-10-15,73140,"LT F5",1,11
                     ^^ K603
2025-10-15,73140,"F5 LT",1,11
                     ^^ K603
2025-10-15,73140,"LT F1",1,11
2025-10-15,73660,"RT TA",1,11
                     ^^ K603
2025-10-15,73660,"RT T5",1,11
2025-10-15,73140,"RT FA",1,11
                     ^^ K603
""",
        only="K",
    )


# -- surgeons -----------------------------------------------------------------------------------------------


def test_surgeons() -> None:
    check(
        f"""{HEAD}
2025-10-15,22840,62,1,21
                 ^^ K541 information
2025-10-15,99213,62,1,11
                 ^^ K540 error
2025-10-15,36415,62,1,11
                 ^^ K542 warning
2025-10-15,22840,66,1,21
                 ^^ K550 error
2025-10-15,76380,80,1,22
           ^^^^^ K509 warning
                 ^^ K532 warning
2025-10-15,29881,"80 RT",1,22
                  ^^ K532 information
2025-10-15,66984,"80 RT",1,22
                  ^^ K530 warning
""",
        only="K",
    )


def test_surgeons_under_another_payer() -> None:
    """The indicators are Medicare's: what it forbids is a warning elsewhere, what it does not pay a note."""
    check(
        f"""{HEAD}
2025-10-15,99213,62,1,11
                 ^^ K540 warning
2025-10-15,22840,66,1,21
                 ^^ K550 warning
2025-10-15,20610,"80 RT",1,22
                  ^^ K530 information
2025-10-15,99213,26,1,11
                 ^^ K501 error
""",
        payer="generic-commercial",
        only="K",
    )


def test_error_only_where_the_table_covers_the_day() -> None:
    check(
        f"""{HEAD}
2025-10-15,99213,26,1,11
                 ^^ K501 error
2019-10-15,99213,26,1,11
                 ^^ K501 warning
2019-10-15,99213,62,1,11
                 ^^ K540 warning
""",
        only="K",
    )


# -- 51 to 56, 58, 78, 79 -----------------------------------------------------------------------------------


def test_multiple() -> None:
    check(
        f"""{HEAD}
2025-10-15,76380,51,1,11
                 ^^ K560 hint
2025-10-15,97110,"GP 51",1,11
                     ^^ K560 hint
2025-10-15,45385,51,1,22
2025-10-15,22840,51,1,21
                 ^^ K561 warning
2025-10-15,99213,51,1,11
                 ^^ K591 warning
2025-10-15,77063,51,1,11
                 ^^ K561 warning
""",
        only="K",
    )


def test_reduced_and_stopped() -> None:
    check(
        f"""{HEAD}
2025-10-15,99213,52,1,11
                 ^^ K570 warning
2025-10-15,99396,52,1,11
2025-10-15,45378,53,1,22
2025-10-15,G0121,53,1,22
2025-10-15,45385,53,1,22
                 ^^ K571 information
2025-10-15,76380,52,1,11
2025-10-15,99999,53,1,22
""",
        only="K",
    )
    check(f"{HEAD}\n2025-10-15,45385,53,1,22\n", payer="generic-commercial", only="K")


def test_split_care() -> None:
    check(
        f"""{HEAD}
2025-10-15,27447,"54 RT",1,21
2025-10-15,10060,54,1,11
2025-10-15,20610,"54 RT",1,11
                  ^^ K580 warning
2025-10-15,76380,55,1,11
                 ^^ K580 warning
2025-10-15,76932,"54 26",1,22
                  ^^ K580 warning
2025-10-15,76932,54,1,11
2025-10-15,27447,"56 RT",1,21
                  ^^ K581 information
2025-10-15,76380,56,1,11
                 ^^ K580 warning
""",
        only="K",
    )


def test_split_care_on_two_lines() -> None:
    both = f"""{CLAIM}
P1,2025-10-15,27447,"54 RT",1,21
P1,2025-10-15,27447,"55 RT",1,21
{{}}"""
    check(both.format("                     ^^ K582\n"), only="K")
    check(both.format("").replace("55 RT", "55 LT"), only="K")
    check(both.format("").replace("55 RT", "RT"), only="K")


def test_period_modifiers() -> None:
    check(
        f"""{HEAD}
2025-10-15,73562,"79 RT",1,11
                  ^^ K595 information
2025-10-15,20610,"79 RT",1,11
2025-10-15,22840,78,1,21
2025-10-15,99213,79,1,11
                 ^^ K591 warning
""",
        only="K",
    )


# -- visits -------------------------------------------------------------------------------------------------


def test_visit_modifiers_on_other_codes() -> None:
    check(
        f"""{HEAD}
2025-10-15,20610,"25 RT",1,11
                  ^^ K590 error
2025-10-15,73562,"25 RT",1,11
                  ^^ K590 error
2025-10-15,00142,"AA 25",30,22
                     ^^ K590 error
2025-10-15,36415,25,1,11
                 ^^ K590 warning
2025-10-15,J3301,25,1,11
                 ^^ K590 warning
2025-10-15,84443,25,1,11
                 ^^ K590 warning
2025-10-15,27447,"57 RT",1,21
                  ^^ K590 error
2025-10-15,90792,25,1,11
2025-10-15,99457,25,1,11
2025-10-15,T1015,25,1,11
2025-10-15,G0463,25,1,22
2025-10-15,92012,25,1,11
2025-10-15,64999,25,1,11
                 ^^ K590 warning
2025-10-15,68999,25,1,11
""",
        only="K",
    )


def test_procedure_modifiers_on_visits() -> None:
    check(
        f"""{HEAD}
2025-10-15,99213,59,1,11
                 ^^ K591 warning
2025-10-15,99213,"25 XE",1,11
                     ^^ K591 warning
2025-10-15,99213,76,1,11
                 ^^ K591 warning
2025-10-15,98003,62,1,12
                 ^^ K540 error
2025-10-15,98003,50,1,12
                 ^^ K520 warning
2025-10-15,G0467,59,1,50
2025-10-15,99213,50,1,11
                 ^^ K520 warning
2025-10-15,99213,66,1,11
                 ^^ K550 error
""",
        only="K",
    )


def test_57_beside_minor_procedures() -> None:
    claim = f"""{CLAIM}
P1,2025-10-15,99213,57,1,11
{{}}"""
    mark = "                    ^^ K592\n"
    check(claim.format(mark + "P1,2025-10-15,20610,RT,1,11\n"), only="K59")
    check(claim.format(mark + "P1,2025-10-15,10060,,1,11\nP1,2025-10-15,85025,,1,11\n"), only="K59")
    check(claim.format("P1,2025-10-15,20610,RT,1,11\nP1,2025-10-15,27447,RT,1,11\n"), only="K59")
    check(claim.format("P1,2025-10-15,20610,RT,1,11\nP1,2025-10-15,24999,RT,1,11\n"), only="K59")
    check(claim.format("P1,2025-10-15,73562,RT,1,11\n"), only="K59")
    check(claim.format("P2,2025-10-15,20610,RT,1,11\n"), only="K59")


def test_25_beside_major_procedures() -> None:
    claim = f"""{CLAIM}
P1,2025-10-15,99284,25,1,23
{{}}"""
    mark = "                    ^^ K593\n"
    major = "P1,2025-10-15,27447,RT,1,21\n"
    check(claim.format(mark + major), only="K59")
    check(claim.format(mark + major + "P1,2025-10-15,73562,26 RT,1,23\n"), only="K59")
    check(claim.format(major + "P1,2025-10-15,20610,LT,1,23\n"), only="K59")
    check(claim.format(major + "P1,2025-10-15,96372,,1,11\n"), only="K59")
    check(claim.format(major + "P1,2025-10-15,24999,RT,1,11\n"), only="K59")
    check(claim.format(major).replace(",25,", ",25 57,"), only="K59")
    check(claim.format(major).replace("27447,RT", "27447,80 RT"), only="K59")
    check(claim.format(major).replace("27447,RT", "27447,55 RT"), only="K59")


def test_visits_of_two_providers() -> None:
    check(
        """patient,dos,cpt,mod,units,pos,npi
P1,2025-10-15,99284,25,1,23,1234567893
P1,2025-10-15,27447,RT,1,21,1245319599
""",
        only="K59",
    )


# -- laboratory, imaging equipment, infants -----------------------------------------------------------------


def test_laboratory_modifiers() -> None:
    check(
        f"""{HEAD}
2025-10-15,85025,76,1,81
                 ^^ K600 warning
2025-10-15,85025,91,1,81
2025-10-15,85025,"91 76",1,81
2025-10-15,86334,"26 76",1,22
2025-10-15,88305,76,1,81
2025-10-15,93000,91,1,11
                 ^^ K601 error
2025-10-15,99213,QW,1,11
                 ^^ K601 error
2025-10-15,81002,QW,1,11
                 ^^ K601 information
2025-10-15,87804,QW,1,11
2025-10-15,78267,90,1,11
2025-10-15,G0659,90,1,81
2025-10-15,0240U,QW,1,11
""",
        only="K",
    )


def test_imaging_equipment() -> None:
    check(
        f"""{HEAD}
2025-10-15,76380,CT,1,11
                 ^^ K610
2025-10-15,77078,CT,1,11
                 ^^ K610
2025-10-15,77012,"CT 26",1,22
                  ^^ K610
2025-10-15,74177,CT,1,11
2025-10-15,70471,CT,1,11
2020-10-15,G0297,CT,1,11
2025-10-15,74176,FX,1,11
                 ^^ K611
2025-10-15,76705,FY,1,11
                 ^^ K611
2025-10-15,73562,"FX RT",1,11
""",
        only="K",
    )


def test_infants() -> None:
    check(
        f"""{HEAD}
2025-10-15,43239,63,1,22
2025-10-15,99223,63,1,21
                 ^^ K612
2025-10-15,93580,63,1,21
2025-10-15,76705,63,1,11
                 ^^ K612
""",
        only="K",
    )


# -- anesthesia and therapy ---------------------------------------------------------------------------------


def test_anesthesia() -> None:
    check(
        f"""{HEAD}
2025-10-15,00142,,30,22
           ^^^^^ K620 error
2025-10-15,00142,QS,30,22
           ^^^^^ K620 error
2025-10-15,00142,"QZ QS",30,22
2025-10-15,00142,"QS QZ",30,22
                     ^^ K622 warning
2025-10-15,45378,QS,1,22
                 ^^ K623 warning
2025-10-15,00142,"QZ 47",30,22
                     ^^ K613 error
2025-10-15,00142,"QZ 23",30,22
2025-10-15,45378,23,1,22
                 ^^ K613 error
2025-10-15,45378,47,1,22
2025-10-15,99100,,1,22
2025-10-15,00142,"QZ 76",30,22
""",
        only="K",
    )
    check(
        f"{HEAD}\n2025-10-15,00142,,30,22\n           ^^^^^ K620 warning\n",
        payer="generic-commercial",
        only="K",
    )
    check("dos,cpt,mod,units,pos,setting\n2025-10-15,00142,,30,22,facility\n", only="K")


def test_therapy() -> None:
    check(
        f"""{HEAD}
2025-10-15,97110,,2,11
           ^^^^^ K630 error
2025-10-15,97110,GP,2,11
2025-10-15,97110,CQ,2,11
           ^^^^^ K630 error
2025-10-15,97110,"GO CQ",2,11
                     ^^ K631 warning
2025-10-15,97161,GO,1,11
                 ^^ K630 error
2025-10-15,97161,GP,1,11
2025-10-15,97110,"GP CQ",2,11
2025-10-15,92550,,1,11
2025-10-15,92557,,1,11
2025-10-15,97161,,1,11
           ^^^^^ K630 error
""",
        only="K",
    )
    check(
        f"{HEAD}\n2025-10-15,97110,,2,11\n           ^^^^^ K630 warning\n",
        payer="generic-commercial",
        only="K",
    )
    check("A plan with 97110 asks for the minutes of each service.\n", kind="md", only="K")


def test_therapy_fix_follows_the_assistant() -> None:
    found = [f.finding for f in findings(f"{HEAD}\n2025-10-15,97110,CO,2,11\n") if f.finding.rule == "K630"]
    assert [fix.title for fix in found[0].fixes] == ["Add modifier GO (occupational therapy plan)"]


# -- where nothing is known ---------------------------------------------------------------------------------


def test_unknown_codes_are_not_judged() -> None:
    modifiers = [*MODIFIERS, "24", "25", "51", "53", "57", "58", "59", "76", "78", "79", "LT", "RT", "FX"]
    for modifier in modifiers:
        line = ServiceLine(code="61575", modifiers=(modifier,), place="22")
        assert not [f for f in book().check_line(line) if f.rule[0] == "K" and f.rule not in ("K581",)], modifier


def test_price_files_are_not_judged() -> None:
    assert not findings("cpt,modifier,description,gross_charge\n99213,26,visit,100.00\n93000,TC,ecg,80.00\n")


def test_analysis_reads_a_file_of_one_of_each() -> None:
    """Every bundled code plain, in an office: of this group only notes on sides and readings, and therapy."""
    text = HEAD + "\n" + "".join(f"2025-10-15,{code},,1,11\n" for code in rows())
    spoken = {f.finding.rule for f in analyse(text).findings() if f.finding.rule[0] == "K"}
    assert spoken == {"K508", "K527", "K620", "K630"}
