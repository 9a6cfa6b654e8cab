"""X12 837: separators, claims, container rules, fixes, fields, outline."""

from __future__ import annotations

import pytest
from tests.harness import analyse, catalog, check, findings
from tests.samples import X12, X12_ONE_LINE, X12_WRAPPED

from superbill.charges.dialect import Hints, RemoveLine
from superbill.charges.registry import recognise
from superbill.engine.cards import field_card, spot_card
from superbill.engine.mending import offered
from superbill.engine.offers import offers_at
from superbill.engine.outline import outline
from superbill.engine.query import field_at, spot_at
from superbill.text.document import Document, Position
from superbill.text.lines import split_lines

CLAIM = """\
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720*ABF:R109~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
"""


def place(text: str, needle: str, within: int = 0) -> Position:
    """The position of a needle in a text, `within` characters further on."""
    at = text.index(needle) + within
    before = text[:at].split("\n")
    return Position(len(before) - 1, len(before[-1]))


def mended(text: str, rule: str, title: str, kind: str = "x12") -> str:
    """The text after a fix."""
    analysis = analyse(text, kind)
    for one in analysis.findings():
        if one.finding.rule == rule:
            for fix, edits in offered(analysis, one):
                if fix.title.startswith(title):
                    document = Document(text)
                    for edit in reversed(edits):
                        document.splice(edit.start, edit.end, edit.text)
                    return document.text
    raise AssertionError(f"no fix {title!r} of {rule}")


def rules(text: str, kind: str = "x12") -> list[str]:
    return [one.finding.rule for one in findings(text, kind)]


# -- reading ----------------------------------------------------------------------------------------------------


def test_findings_stand_on_the_character() -> None:
    check(
        CLAIM.replace("76380:26", "76380:50")
        .replace("***22:B", "***11:B")
        .replace("*UN*1***1~\n", "*UN*1***1~\n             ^^ K520\n"),
        "x12",
    )


@pytest.mark.parametrize("text", [X12, X12_ONE_LINE, X12_WRAPPED], ids=["lines", "one line", "wrapped"])
def test_the_same_whatever_the_separators_and_line_ends(text: str) -> None:
    analysis = analyse(text, "x12")
    assert analysis.totals["lines"] == 5
    found = sorted(one.finding.rule for one in analysis.findings())
    assert found == sorted(one.finding.rule for one in findings(X12, "x12"))
    assert {"K520", "X701"} & set(found)
    for one in analysis.findings():
        under = "".join(analysis.document.lines[one.start.line : one.end.line + 1])[one.start.column :]
        assert under.strip()


def test_what_a_line_says_comes_from_all_over_the_claim() -> None:
    analysis = analyse(X12, "x12")
    lines = [line for record in analysis.records for line in record.content.lines]
    one = lines[0]
    assert (one.code, one.mods, one.place, one.basis, one.setting) == ("76380", ("26",), "22", "UN", "professional")
    assert (str(one.since), one.diagnoses, one.provider, one.filing) == ("2025-10-15", ("K5720",), "1987654321", "MB")
    assert lines[2].place == "11" and lines[2].diagnoses == ("R109",)
    span = lines[3]
    assert (str(span.since), str(span.until), span.described, span.provider) == (
        "2025-10-20", "2025-10-21", True, "1234567893",
    )  # fmt: skip
    assert lines[4].filing == "CI" and lines[4].payer == "PLAN"


def test_the_file_says_which_payer_speaks() -> None:
    claim = CLAIM.replace("CLM*", "SBR*P*18*******{}~\nCLM*", 1).replace("76380:26", "99242:25")
    assert "C307" in rules(claim.format("MB"))
    assert "C307" not in rules(claim.format("CI"))


def test_institutional_lines() -> None:
    text = CLAIM.replace("X222A1", "X223A2").replace("SV1*HC:76380:26*120*UN*1***1", "SV2*0350*HC:76380:TC*120*UN*1")
    analysis = analyse(text, "x12")
    (line,) = [line for record in analysis.records for line in record.content.lines]
    assert (line.code, line.mods, line.setting, line.place) == ("76380", ("TC",), "facility", "")
    room = text.replace("SV2*0350*HC:76380:TC*120*UN*1", "SV2*0120**120*DA*1")
    assert analyse(room, "x12").totals["lines"] == 0 and rules(room) == []


def test_other_transactions_hold_no_claims() -> None:
    text = (
        X12.split("ST*")[0].replace("GS*HC", "GS*FA")
        + "ST*999*0001~\nAK1*HC*1~\nCLM*1*2~\nSE*3*0001~\nGE*1*1~\nIEA*1*1~\n"
    )
    assert rules(text) == [] and analyse(text, "x12").totals["lines"] == 0


def test_several_interchanges_with_other_separators() -> None:
    assert analyse(X12_ONE_LINE + X12, "x12").totals["lines"] == 10
    assert analyse(X12 + X12_ONE_LINE, "x12").totals["lines"] == 10


def test_a_terminator_that_is_missing_harms_its_own_segment_only() -> None:
    broken = X12.replace("LX*2~", "LX*2")
    assert analyse(broken, "x12").totals["lines"] == 5
    assert "E215" in rules(broken)


def test_a_file_that_breaks_off() -> None:
    for end in range(150, len(X12), 37):
        analyse(X12[:end], "x12")


def test_recognised_by_content() -> None:
    for name in ("x.txt", "x.837", "x"):
        found = recognise(split_lines(X12_ONE_LINE), Hints(suffix="." + name.partition(".")[2]))
        assert found is not None and found.name == "x12"
    for text in ("ISABELLA*came*late~\n", "ISA is a scheme for savings.\n"):
        other = recognise([text], Hints(suffix=".txt"))
        assert other is None or other.name != "x12"


# -- container rules --------------------------------------------------------------------------------------------


def test_one_component_of_isa_too_short_and_the_rest_is_still_read() -> None:
    text = X12.replace("*SENDER         *", "*SENDER*", 1)
    assert analyse(text, "x12").totals["lines"] == 5
    assert "E201" in rules(text)
    assert mended(text, "E201", "Fill up") == X12


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("HC:", "", "E203"), ("*UN*", "**", "E204"), ("D8*2025", "XX*2025", "E207"), ("***1~", "***~", "E208"),
        ("***1~", "***1:1~", "E208"), ("***1~", "***1:2:3~", "E208"), ("***1~", "***M~", "E208"), ("***1~", "***A~", "F145"), ("A1*120", "A1*121", "E209"),
        ("LX*1", "LX*7", "E210"), ("UN*1***1", "UN*1*22**1", "E212"), ("ABF:R109", "ABF:K5720", "E214"),
    ],
)  # fmt: skip
def test_each_container_rule(old: str, new: str, rule: str) -> None:
    assert CLAIM.count(old) == 1 and rules(CLAIM) == []
    assert rules(CLAIM.replace(old, new)) == [rule]


def test_a_total_of_no_plain_amount_is_not_judged() -> None:
    assert rules(CLAIM.replace("A1*120", "A1*")) == []


def test_minutes_and_units_of_anesthesia() -> None:
    anesthesia = CLAIM.replace("HC:76380:26*120*UN*1", "HC:00790:AA*120*MJ*95")
    assert rules(anesthesia) == []
    assert rules(anesthesia.replace("MJ", "UN")) == ["E205"]
    assert rules(CLAIM.replace("UN", "MJ")) == ["E205"]
    assert rules(anesthesia.replace("00790", "01996").replace("MJ*95", "UN*1").replace(":AA", ":AA")) == []


# -- fixes ------------------------------------------------------------------------------------------------------


def test_removing_and_adding_modifiers_keeps_the_composite_whole() -> None:
    text = CLAIM.replace("76380:26*", "76380:26:50:GA::a text*")
    fixed = mended(text, "K520", "Remove")
    assert "SV1*HC:76380:26:GA:::a text*120" in fixed
    assert "K520" not in rules(fixed)
    assert "SV1*HC:76380:26*120" in mended(CLAIM.replace(":26", ":26:50"), "K520", "Remove")


def test_splitting_a_line_keeps_the_claim_adding_up() -> None:
    text = CLAIM.replace("HC:76380:26*120*UN*1", "HC:73030:LT:RT*121.01*UN*2").replace("A1*120", "A1*121.01")
    text = text.replace("SE*7", "LX*2~\nSV1*HC:99213:25*0*UN*1***1~\nDTP*472*D8*20251015~\nSE*10")
    text = text.replace("DTP*472*D8*20251015~\nLX*2", "DTP*472*D8*20251015~\nREF*6R*77~\nLX*2").replace(
        "SE*10", "SE*11"
    )
    fixed = mended(text, "X703", "Make two lines")
    assert "LX*1~\nSV1*HC:73030:LT*60.51*UN*1***1~\nDTP*472*D8*20251015~\nREF*6R*77~\n" in fixed
    assert "LX*2~\nSV1*HC:73030:RT*60.50*UN*1***1~\nDTP*472*D8*20251015~\nLX*3~\nSV1*HC:99213" in fixed
    assert "SE*14*0001" in fixed
    assert not {"E209", "E210"} & set(rules(fixed))


def test_removing_a_line_keeps_the_claim_adding_up() -> None:
    double = "LX*2~\nSV1*HC:76380:26*120*UN*1***1~\nDTP*472*D8*20251015~\nLX*3~\nSV1*HC:99213:25*80*UN*1***1~\nDTP*472*D8*20251015~\n"
    text = CLAIM.replace("SE*7", double + "SE*13").replace("A1*120", "A1*320")
    duplicate = next(rule for rule in rules(text) if rule in ("L1001", "L1021"))
    fixed = mended(text, duplicate, "Remove this line")
    assert "CLM*A1*200***" in fixed and "LX*2~\nSV1*HC:99213" in fixed and "SE*10*" in fixed
    assert not {"E209", "E210"} & set(rules(fixed))


def test_a_claim_keeps_its_last_line() -> None:
    analysis = analyse(X12, "x12")
    record = next(record for record in analysis.records if record.text.startswith("CLM*A2"))
    assert analysis.dialect is not None and analysis.dialect.edits(record, RemoveLine()) is None


def test_numbering_lines_anew() -> None:
    text = CLAIM.replace("LX*1", "LX*4")
    assert mended(text, "E210", "Number") == CLAIM


# -- hover, completion, outline ---------------------------------------------------------------------------------


def test_hover_names_the_element() -> None:
    analysis = analyse(X12, "x12")
    for needle, within, start in [
        ("*UN*1", 1, "**SV103**"), ("HC:76380", 0, "**SV101-1**"), ("D8*2025", 0, "**DTP02**"), ("SBR*P", 4, "**SBR01**"),
        ("*MB~", 1, "**SBR09**"), ("ABF:R109", 0, "**HI02-1**"), ("HL*1", 0, "**HL**"), ("NM1*IL", 4, "**NM101**"),
        ("22:B:1", 3, "**CLM05-2**"),
    ]:  # fmt: skip
        spot = field_at(analysis, place(X12, needle, within))
        assert spot is not None and field_card(spot).startswith(start), needle


def test_hover_on_code_modifier_and_place_is_their_card() -> None:
    analysis = analyse(X12, "x12")
    for needle, within, start in [
        ("HC:76380", 4, "**76380**"),
        ("76380:26", 7, "**26**"),
        ("***22:B", 3, "**POS 22**"),
    ]:
        spot = spot_at(analysis, place(X12, needle, within))
        assert spot is not None and spot_card(analysis, spot).startswith(start)


def test_completion() -> None:
    def offered_at(text: str, needle: str, within: int) -> tuple[str, list[str]]:
        found = offers_at(analyse(text, "x12"), place(text, needle, within))
        return (found.kind, [one.text for one in found.items]) if found else ("", [])

    kind, items = offered_at(CLAIM, "*UN*", 1)
    assert kind == "value" and {"UN", "MJ"} <= set(items)
    assert offered_at(CLAIM, "HC:", 0)[0] == "value"
    assert offered_at(CLAIM.replace("UN*1***1", "UN*1*2**1"), "*2**1", 1)[0] == "place"
    typed = CLAIM.replace(":26*", ":26:*")
    kind, items = offered_at(typed, ":26:", 4)
    assert kind == "modifier" and items
    assert offered_at(CLAIM, "76380", 3)[0] == "code"


def test_outline() -> None:
    (interchange,) = outline(analyse(X12, "x12"))
    (transaction,) = interchange.below
    assert [claim.heading.name for claim in transaction.below] == ["Claim A1", "Claim A2", "Claim A3"]
    assert [line.heading.name for line in transaction.below[0].below] == ["76380-26", "76380-50", "99213-25"]
    assert catalog() and interchange.end >= transaction.below[-1].end
