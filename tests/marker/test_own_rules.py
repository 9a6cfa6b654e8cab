"""A workspace's own rules, in every format, and how they stand beside the bundled ones."""

from __future__ import annotations

from typing import Any

import pytest
from tests.harness import SUFFIX, TODAY, catalog
from tests.own import check_own, own_book, own_findings, own_rules

from superbill.charges.dialect import Hints
from superbill.charges.model import ServiceLine
from superbill.engine.analysis import Analysis
from superbill.engine.fitting import fit, suggest
from superbill.engine.mending import mechanical, offered
from superbill.rules.book import RuleBook, _bits
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document

HEAD = "patient,dos,cpt,mod,units,pos"

FORBID = "[{id: OUR-50, message: No 50 here, codes: ['76380', '7356*'], forbid_modifiers: ['50']}]"
PAIR = "[{id: OUR-2, message: never together, codes: ['76380'], not_with: ['74177']}]"


# -- formats ------------------------------------------------------------------------------------------------


def test_csv() -> None:
    check_own(
        FORBID,
        f"""{HEAD}
P1,2025-10-15,76380,50,1,11
                    ^^ OUR-50
P1,2025-10-15,73562,26 50,1,11
                       ^^ OUR-50
P1,2025-10-15,20610,50,1,11
P1,2025-10-15,7638O,50,1,11
""",
    )


def test_x12_across_the_lines_of_a_claim() -> None:
    found = check_own(
        PAIR,
        """ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *251015*1200*^*00501*000000001*0*T*:~
GS*HC*S*R*20251015*1200*1*X*005010X222A1~
ST*837*0001*005010X222A1~
HL*1**20*1~
HL*2*1*22*0~
SBR*P*18*******MB~
CLM*A1*600***11:B:1*Y*A*Y*Y~
HI*ABK:R91.1~
LX*1~
SV1*HC:74177*300*UN*1***1~
DTP*472*D8*20251015~
LX*2~
SV1*HC:76380*300*UN*1***1~
       ^^^^^ OUR-2
DTP*472*D8*20251015~
SE*13*0001~
GE*1*1~
IEA*1*000000001~
""",
        "x12",
    )
    assert found[0].finding.message == "76380: never together. Beside it: 74177. (workspace rule)"
    assert [other.message for other in found[0].related] == ["74177 of the same day"]


def test_hl7_fhir_sheet_and_note() -> None:
    check_own(
        FORBID,
        """MSH|^~\\&|RIS|IMG|BILL|IMG|20251015||DFT^P03|1|P|2.5
PID|1||P1
FT1|1|||20251015||CG|76380|||1|||||||||||||||76380|50
                                                   ^^ OUR-50
""",
        "hl7",
    )
    check_own(
        PAIR,
        """claims:
  - patient: P1
    date: 2025-10-15
    lines:
      - {code: 76380, units: 1}
               ^^^^^ OUR-2
      - {code: 74177, units: 1}
""",
        "yaml",
    )
    check_own(
        PAIR,
        """{"resourceType": "Claim", "patient": {"reference": "Patient/1"}, "item": [
{"sequence": 1, "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]}, "servicedDate": "2025-10-15"},
                                                                                                      ^^^^^ OUR-2
{"sequence": 2, "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "74177"}]}, "servicedDate": "2025-10-15"}]}
""",
        "json",
    )
    # What a note merely cites is judged for the modifiers on it, not for being there.
    gone = "[{id: OUR-9, message: gone, codes: ['76380']}]"
    text = "# Visit\n\nPerhaps 76380-50 would have been right.\n\n## Charges\n\n- 76380 x1\n"
    assert [one.start.line for one in own_findings(gone, text, "md")] == [6]
    assert [one.start.line for one in own_findings(FORBID, text, "md")] == [2]


def test_files_without_a_place_for_modifiers_are_not_asked_for_them() -> None:
    rule = "[{id: OUR-1, message: sides, codes: ['73030'], require_modifiers: [LT, RT]}]"
    assert len(own_findings(rule, f"{HEAD}\nP1,2025-10-15,73030,,1,11\n")) == 1
    assert not own_findings(rule, "patient,dos,cpt,units,pos\nP1,2025-10-15,73030,1,11\n")


# -- conditions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "bad", "good"),
    [
        ("codes: [70010-79999]", ["70010", "79999", "76380"], ["0042T", "80047", "G0463"]),
        ("codes: ['J1*', 76380]", ["J1100", "76380"], ["J2000", "76381"]),
        ("codes: [0042T-0050T]", ["0042T", "0045T"], ["00450", "0051T"]),
        ("modifiers: [26], codes: ['76380']", ["76380-26", "76380-59-26"], ["76380", "76380-59", "74177-26"]),
        ("codes: ['76380'], unless_modifiers: ['59']", ["76380"], ["76380-59"]),
        ("codes: ['76380'], places: [11, '22']", ["76380 @11", "76380 @22"], ["76380", "76380 @23"]),
        ("codes: ['76380'], dates: {from: 2025-10-01, until: 2025-10-31}",
         ["76380 2025-10-01", "76380 2025-10-31"], ["76380 2025-09-30", "76380 2025-11-01"]),
        ("codes: ['76380'], dates: {until: 2025-12-14}", ["76380 2025-12-14", "76380"], ["76380 2025-12-15"]),
        ("require_modifiers: {all: [26, RT]}, codes: ['73030']", ["73030-26", "73030-RT", "73030"], ["73030-RT-26"]),
        ("require_modifiers: {any: [LT, RT], all: ['26']}, codes: ['73030']", ["73030-26", "73030-LT"], ["73030-26-LT"]),
        ("units: {most: 2}, codes: [J1100]", ["J1100 x2.5", "J1100 x1 + J1100 x2"], ["J1100 x2", "J1100", "J1200 x9"]),
        ("units: {most: 2, per: line}, codes: [J1100]", ["J1100 x3"], ["J1100 x2 + J1100 x2"]),
        ("units: {least: 10}, codes: [Q9967]", ["Q9967 x9"], ["Q9967 x10", "Q9967"]),
        ("units: {most: 1}, unless_modifiers: ['76']", ["71046 x1 + 71046 x1"], ["71046 x1 + 71046-76 x1"]),
        ("codes: ['76380'], not_with: [74150-74178]", ["76380 + 74177", "74160 + 76380"], ["76380 + 71250", "76380"]),
        ("codes: ['76380'], not_with: ['76380']", ["76380 + 76380"], ["76380"]),
        ("codes: ['76380'], not_with: ['74177'], unless_modifiers: [XE]",
         ["76380 + 74177"], ["76380-XE + 74177", "76380 + 74177-XE"]),
        ("codes: ['74177'], needs_with: ['Q996*']", ["74177", "74177 + 76380"], ["74177 + Q9967"]),
        ("codes: ['74177'], needs_with: ['74177']", ["74177"], ["74177 + 74177"]),
        ("allowed_places: ['11']", ["76380 @22"], ["76380 @11", "76380"]),
    ],
)  # fmt: skip
def test_conditions(entry: str, bad: list[str], good: list[str]) -> None:
    from superbill.engine.own_examples import try_examples
    from superbill.engine.settings import Settings

    rules = own_rules(f"[{{id: OUR-1, message: not so, {entry}, examples: {{bad: {bad}, good: {good}}}}}]")
    tried = list(try_examples(catalog(), Settings(own_rules=rules), TODAY))
    assert len(tried) == len(bad) + len(good)
    assert [one.text for one in tried if not one.right] == []


def test_the_units_of_a_day_are_said_once_where_they_go_over() -> None:
    rule = "[{id: OUR-1, message: at most 2, codes: [J1100], units: {most: 2}}]"
    found = check_own(
        rule,
        f"""{HEAD}
P1,2025-10-15,J1100,,2,11
P1,2025-10-15,J1100,JZ,1,11
                       ^ OUR-1
P1,2025-10-15,J1100,,1,11
P2,2025-10-15,J1100,,5,11
                     ^ OUR-1
P2,2025-10-15,J1100,,1,11
""",
    )
    assert "Here: 4 on 3 lines." in found[0].finding.message
    assert [len(one.related) for one in found] == [2, 0]


def test_units_over_several_days_are_those_of_one() -> None:
    rule = "[{id: OUR-1, message: at most 2, codes: [J1100], units: {most: 2}}]"
    head = "patient,dos,end_date,cpt,mod,units,pos"
    assert not own_findings(rule, f"{head}\nP1,2025-10-01,2025-10-03,J1100,,6,11\n")
    assert own_findings(rule, f"{head}\nP1,2025-10-01,2025-10-03,J1100,,9,11\n")


def test_each_pair_is_said_once_and_no_other_day_or_patient_counts() -> None:
    rule = "[{id: OUR-1, message: not both, codes: ['76376', '76377'], not_with: ['76376', '76377']}]"
    check_own(
        rule,
        f"""{HEAD}
P1,2025-10-15,76376,,1,11
P1,2025-10-15,76377,,1,11
              ^^^^^ OUR-1
P2,2025-10-15,76376,,1,11
P2,2025-10-16,76377,,1,11
P3,2025-10-15,76376,,1,11
""",
    )


def test_what_a_credit_takes_back_is_not_there() -> None:
    def charge(kind: str, code: str, units: int) -> str:
        return f"FT1|1|||20251015||{kind}|{code}|||{units}|||||||||||||||{code}\n"

    begin = "MSH|^~\\&|RIS|IMG|BILL|IMG|20251015||DFT^P03|1|P|2.5\nPID|1||P1\n"
    both = begin + charge("CG", "76380", 1) + charge("CG", "74177", 1)
    assert len(own_findings(PAIR, both, "hl7")) == 1
    assert not own_findings(PAIR, both + charge("CD", "74177", 1), "hl7")
    assert not own_findings(PAIR, both + charge("CD", "76380", -1), "hl7")
    assert len(own_findings(PAIR, both + charge("CD", "71046", 1), "hl7")) == 1
    units = "[{id: OUR-1, message: at most 2, codes: [J1100], units: {most: 2}}]"
    three = begin + charge("CG", "J1100", 2) + charge("CG", "J1100", 1)
    assert len(own_findings(units, three, "hl7")) == 1
    assert not own_findings(units, three + charge("CD", "J1100", 1), "hl7")


def test_several_things_wrong_are_several_findings() -> None:
    rule = "[{id: OUR-1, message: x, codes: ['73030'], forbid_modifiers: ['50'], allowed_places: ['11']}]"
    check_own(
        rule, f"{HEAD}\nP1,2025-10-15,73030,50,1,22\n                    ^^ OUR-1\n                         ^^ OUR-1\n"
    )


# -- payers -------------------------------------------------------------------------------------------------

PAYERS = """
- {id: OUR-1, message: Medicare only, codes: ['71046'], payers: [medicare-b]}
- {id: OUR-2, message: commercial, codes: ['71046'], payers: [generic-commercial]}
- {id: OUR-3, message: by name, codes: ['71046'], payer_names: [Harbor  Health]}
- {id: OUR-4, message: pair by name, codes: ['71046'], not_with: ['76380'], payer_names: [harbor health]}
"""
BY_PAYER = """patient,payer,dos,cpt,mod,units,pos
P1,HARBOR HEALTH inc.,2025-10-15,71046,,1,11
P1,HARBOR HEALTH inc.,2025-10-15,76380,,1,11
P2,Aetna,2025-10-15,71046,,1,11
P2,Aetna,2025-10-15,76380,,1,11
"""


def test_a_rule_holds_for_its_payers() -> None:
    def said(**chosen: Any) -> list[tuple[int, str]]:
        return [(one.start.line, one.finding.rule) for one in own_findings(PAYERS, BY_PAYER, **chosen)]

    assert said() == [(1, "OUR-1"), (1, "OUR-3"), (1, "OUR-4"), (3, "OUR-2")]
    messages = [one.finding.message for one in own_findings(PAYERS, BY_PAYER)]
    assert [text for text in messages if "profile" in text] == [
        "71046: commercial. (workspace rule; payer profile Aetna)"
    ]
    # A payer that was chosen stands whatever the file says; its name in the file is still its name.
    assert said(follow=False) == [(1, "OUR-1"), (1, "OUR-3"), (1, "OUR-4"), (3, "OUR-1")]
    assert said(payer="aetna", follow=False) == [(1, "OUR-2"), (1, "OUR-3"), (1, "OUR-4"), (3, "OUR-2")]


# -- severity, acceptance, cost -------------------------------------------------------------------------------


def test_settings_rule_over_own_rules() -> None:
    know = Knowledge(catalog(), catalog().profiles["medicare-b"], TODAY)
    line = ServiceLine(code="76380", modifiers=("50",), purpose="claim")
    for chosen, wanted in (("off", []), ("hint", ["hint"]), ("error", ["error"])):
        book = RuleBook(know, {"OUR-50": chosen}, own=own_rules(FORBID))
        assert [one.severity for one in book.check_line(line) if one.rule == "OUR-50"] == wanted
        assert fit(book, ServiceLine(code="73562"), "50")[0] == (chosen != "error")


def test_unrelated_lines_ask_nothing() -> None:
    """Rules that name codes or modifiers are called for lines with them only."""
    know = Knowledge(catalog(), catalog().profiles["medicare-b"], TODAY)
    plain, book = RuleBook(know), RuleBook(know, own=own_rules(FORBID) + own_rules(PAIR))
    for code, modifiers in (("99213", ()), ("20610", ("50",)), ("74177", ("26",))):
        line = ServiceLine(code=code, modifiers=modifiers)
        assert book.triggers(line) == plain.triggers(line)
        assert [rule.id for rules in book._choose(code) for rule in rules if "-" in rule.id] == []
    assert book.triggers(ServiceLine(code="76380")) >> len(_bits()) == 0b10


def test_an_edit_asks_again_only_where_it_was_made() -> None:
    """After edits in a file of many claims all is as it would be read anew, and two claims were looked at."""
    rows = [f"P{n},2025-10-15,{code},,1,11" for n in range(300) for code in ("76380", "74178")]
    document = Document("\n".join([HEAD, *rows, ""]))
    analysis = Analysis(document, Hints(suffix=".csv"), own_book(PAIR)).finish()
    assert not [one for one in analysis.findings() if one.finding.rule == "OUR-2"]
    before = analysis.work.groups_checked
    for row, character in ((202, "7"), (401, "9")):
        column = document.lines[row].index("7417") + 4 if "7417" in document.lines[row] else 0
        analysis.edit(document.edit(row, column, row, column + 1, character))
        analysis.finish()
    assert analysis.work.groups_checked - before <= 4
    fresh = Analysis(Document(document.text), Hints(suffix=".csv"), own_book(PAIR)).finish()
    said = [(one.start, one.finding.message) for one in analysis.findings()]
    assert said == [(one.start, one.finding.message) for one in fresh.findings()]
    assert [start.line for start, message in said if "never together" in message] == [201]


def test_what_was_said_without_a_rule_is_not_said_with_it() -> None:
    line = ServiceLine(code="73562", modifiers=("50",))
    assert not [one for one in own_book("[]").check_line(line) if one.rule == "OUR-50"]
    assert [one for one in own_book(FORBID).check_line(line) if one.rule == "OUR-50"]


# -- what an editor offers --------------------------------------------------------------------------------------


def mends(rule: str, text: str) -> list[tuple[str, bool, str]]:
    """What is offered for the own findings of a text: title, whether preferred, and the text that would be written."""
    analysis = Analysis(Document(text), Hints(suffix=SUFFIX["csv"]), own_book(rule)).finish()
    found = [one for one in analysis.findings() if "-" in one.finding.rule]
    return [(fix.title, fix.preferred, edits[0].text) for one in found for fix, edits in offered(analysis, one)]


@pytest.mark.parametrize(
    ("entry", "line", "wanted"),
    [
        ("forbid_modifiers: ['22']", "74177,22,1", [("Remove modifier 22", False, "")]),
        ("forbid_modifiers: ['22'], fix: {remove_modifiers: ['22'], preferred: true}", "74177,22,1",
         [("Remove modifier 22", True, "")]),
        ("require_modifiers: [LT, RT]", "74177,,1", [("Add modifier LT", False, "LT"), ("Add modifier RT", False, "RT")]),
        ("require_modifiers: {all: [LT, '26']}", "74177,LT,1", [("Add modifier 26", False, "LT 26")]),
        ("forbid_modifiers: ['50'], fix: {replace_modifiers: {50: RT}}", "74177,50,1",
         [("Replace 50 with RT", False, "RT")]),
        ("fix: {code: '74160'}", "74177,,1", [("Replace 74177 with 74160", False, "74160")]),
        ("units: {most: 2}", "74177,,3", [("Set units to 2", False, "2")]),
        ("units: {most: 2}, fix: {units: 1}", "74177,,3", [("Set units to 1", False, "1")]),
        ("fix: {remove_line: true}", "74177,,1", [("Remove this line", False, "")]),
        ("fix: {remove_modifiers: ['59']}", "74177,,1", []),
    ],
)  # fmt: skip
def test_mends(entry: str, line: str, wanted: list[tuple[str, bool, str]]) -> None:
    rule = f"[{{id: OUR-1, message: not so, codes: ['74177'], {entry}}}]"
    assert mends(rule, f"{HEAD}\nP1,2025-10-15,{line},11\n") == wanted


def test_fix_all_does_only_what_the_team_prefers() -> None:
    for preferred, wanted in (("", 0), (", fix: {remove_modifiers: ['24'], preferred: true}", 1)):
        rule = f"[{{id: OUR-1, message: not so, codes: ['99213'], forbid_modifiers: ['24']{preferred}}}]"
        text = f"{HEAD}\nP1,2025-10-15,99213,24,1,11\n"
        analysis = Analysis(Document(text), Hints(suffix=".csv"), own_book(rule)).finish()
        assert len(mechanical(analysis)) == wanted


def test_completion_and_hover_know_them() -> None:
    line = ServiceLine(code="73562")
    assert fit(own_book("[]"), line, "50")[0]
    ok, why = fit(own_book(FORBID), line, "50")
    assert not ok and why.startswith("73562-50: No 50 here.")
    assert "50" in [one.text for one in suggest(own_book(FORBID), line).unfit]
    wanted = "[{id: OUR-1, message: Say which ward, codes: ['73562'], require_modifiers: [GC]}]"
    first = suggest(own_book(wanted), line).usual[0]
    assert (first.text, first.why) == ("GC", "Say which ward")
    assert suggest(own_book("[]"), line).usual[0].text != "GC"
