"""The reader of briefs: documents in many forms, all invented, none with a publisher's wording."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superbill.catalog.own.gaps import is_empty, take_out
from superbill.catalog.own.headings import kind_of
from superbill.catalog.own.model import OwnBrief, Reading
from superbill.catalog.own.reader import read_briefs

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

#: As a page is pasted: no marks at headings, lone dashes for bullets, rows without the outer pipes, cut off in a row.
PASTED = """\
Summary & Overview
CPT 76380: Small look with the scanner
CPT code 76380 represents a small look. It matters to those who pay.
Readers will find words here. Data not available in the input for payer-specific rates, associated taxonomies, and related codes.
Billing Code Overview
CPT code 76380 describes one small look at one spot.
-
Service type: Quick scan
-
Typical site of service: Scan shop, big house
Data not available in the input for payers.
Clinical & Coding Specifications
Clinical Context
Somebody came back and was looked at again. Earlier pictures were not available to the reader.
Coding Specifications
| Modifier | Description | When to Use |
|---|---|---|
26 | reading | Use when you only read
TC | machine |"""


def read(text: str, name: str = "x.md") -> Reading:
    return read_briefs(text, name)


def one(text: str, name: str = "x.md") -> OwnBrief:
    briefs = read(text, name).briefs
    assert len(briefs) == 1, read(text, name).remarks
    return briefs[0]


def left_out(text: str) -> list[tuple[int, str]]:
    return [(remark.line, remark.text) for remark in read(text).remarks if not remark.understood]


def uses(brief: OwnBrief) -> list[tuple[str, str, str]]:
    return [(use.code, use.means, use.when) for use in brief.brief.modifiers]


def test_a_pasted_page() -> None:
    found = one(PASTED)
    assert (found.code, found.title, found.line) == ("76380", "Small look with the scanner", 1)
    assert found.service == "Quick scan"
    assert found.sites == "Scan shop, big house"
    assert found.overview == "CPT code 76380 describes one small look at one spot."
    assert found.brief.summary.endswith("Readers will find words here.")
    assert found.brief.context.endswith("Earlier pictures were not available to the reader.")
    assert uses(found) == [("26", "reading", "Use when you only read")]
    assert set(found.brief.unknown) == {
        "payer-specific rates", "taxonomies", "related codes", "payers",
        "further modifiers: the document breaks off at line 19",
    }  # fmt: skip


def test_what_was_cut_off_is_said_by_line() -> None:
    assert left_out(PASTED) == [(19, "76380: the text breaks off in this row; the row is left out")]
    whole = PASTED + " Use when you own the machine\n"
    assert left_out(whole) == []
    assert [use[0] for use in uses(one(whole))] == ["26", "TC"]
    headless = PASTED[: PASTED.index("26 | reading")]
    assert [line for line, _ in left_out(headless)] == [16]
    assert one(headless).brief.modifiers == ()


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("| 26 | reading | a. |\n| TC | machine | b. |\n| 59 | apart | c", ["26", "TC"]),
        ("| 26 | reading | a. |\n| TC | machine | b. |\n| 59 | apart", ["26", "TC"]),
        ("| 26 | reading | a. |\n| TC | machine | b. |\n| 59 | apart | c. |", ["26", "TC", "59"]),
        ("26 | reading | It is read.\nTC | machine | Nobody rea", ["26"]),
        ("26 | reading | only read\nTC | machine | only made", ["26", "TC"]),
        ("| 26 | reading |\n| TC | machine | b. |\n", ["26", "TC"]),
    ],
)
def test_only_the_last_row_can_be_cut_off(rows: str, kept: list[str]) -> None:
    text = f"# CPT 12345: Thing\n\n## Modifiers\n\n| Modifier | Description | When to use |\n|---|---|---|\n{rows}"
    assert [use[0] for use in uses(one(text))] == kept


HEAD = "# CPT® code: 12345 - Thing\n\nWords about it.\n\n## Modifiers\n\n"


@pytest.mark.parametrize(
    "table",
    [
        "| Mod | Meaning | Usage |\n|:--|:-:|--:|\n| `26` | reading | Use a\\|b. |\n| **TC** | machine | Own it. |\n",
        "Modifier\tDescription\tWhen to Use\n26\treading\tUse a|b.\nTC\tmachine\tOwn it.\n",
        "Modifier  Description  When to Use\n--------  -----------  -----------\n26        reading      Use a|b.\nTC        machine      Own\n"
        "                       it.\n",
        "- 26: reading. Use a|b.\n- TC (machine) - Own it.\n",
        "* **26** – reading – Use a|b.\n* **TC** – machine – Own it.\n",
        "26 | reading | Use a\\|b.\nTC | machine | Own\nit.\n",
    ],
)
def test_tables_and_lists_of_modifiers(table: str) -> None:
    expected = [("26", "reading", "Use a|b."), ("TC", "machine", "Own it.")]
    assert uses(one(HEAD + table)) == expected
    assert uses(one(HEAD + table + "\n## Documentation\n\n- State it.\n")) == expected
    assert uses(one((HEAD + table).replace("\n", "\r\n"))) == expected


def test_several_modifiers_in_a_cell() -> None:
    table = "| Modifier | When to use |\n|---|---|\n| LT/RT | One side. |\n| X{EPSU} | Apart. |\n| -50 | Both. |\n| see note | ? |\n"
    assert [use[0] for use in uses(one(HEAD + table))] == ["LT", "RT", "XE", "XP", "XS", "XU", "50"]
    assert left_out(HEAD + table) == [(12, "12345: no modifier in the first cell of this row; left out")]


def test_an_empty_cell_is_unknown() -> None:
    table = "| Modifier | Description | When to use |\n|---|---|---|\n| 26 | reading | Data not available in the input |\n| TC | N/A | Own it. |\n"
    found = one(HEAD + table)
    assert uses(found) == [("26", "reading", ""), ("TC", "", "Own it.")]
    assert found.brief.unknown == ("when to use modifier 26",)


def test_headings_in_any_order_level_and_wording() -> None:
    text = """\
**Documentation requirements:**
1. Say why.
2. Say what was seen.

#### Related CPT codes
| CPT code | How it differs |
|---|---|
| 12346 | The larger one. |
- 12347, 12348: the other side

NCCI EDITS
12349: taken in, unless apart

Payer considerations
------------------
- Blue Plan: wants a letter
- Medicare: not available

### 3. Where performed
- a shed
- a barn

## ICD-10 codes
Not provided

## Fun facts
It was once free.

## CPT Code Overview
CPT code 12345 describes a thing. It is done twice.
Provider taxonomies are not available.
"""
    found = one(text)
    brief = found.brief
    assert brief.summary == "CPT code 12345 describes a thing. It is done twice."
    assert brief.documentation == ("Say why.", "Say what was seen.")
    assert [(one.codes, one.text) for one in brief.related] == [
        (("12346",), "The larger one."),
        (("12347", "12348"), "the other side"),
    ]
    assert [(one.codes, one.text) for one in brief.conflicts] == [(("12349",), "taken in, unless apart")]
    assert brief.payers == (("Blue Plan", "wants a letter"),)
    assert found.sites == "a shed, a barn"
    assert found.extra == (("Fun facts", "It was once free."),)
    assert set(brief.unknown) == {"what Medicare wants", "diagnoses", "Provider taxonomies"}
    assert left_out(text) == [(26, "12345: the heading 'Fun facts' is not known; kept as text")]


def test_several_codes_in_one_document() -> None:
    second = PASTED.replace("76380", "G0297").replace("Small look", "Another look")
    reading = read(f"{PASTED}\n\n---\n{second}\n")
    assert [(found.code, found.title[:7]) for found in reading.briefs] == [("76380", "Small l"), ("G0297", "Another")]
    assert [found.line for found in reading.briefs] == [1, 22]
    assert all(len(found.brief.modifiers) == 1 for found in reading.briefs)
    assert all(found.service == "Quick scan" for found in reading.briefs)
    bare = "## 12345\nOne thing.\n## 0075T: Two\nTwo things.\n## HCPCS A4206 – Three\nThree things.\n## 12345\nAgain.\n"
    reading = read(bare)
    assert [(found.code, found.title, found.brief.summary) for found in reading.briefs] == [
        ("12345", "", "One thing."),
        ("0075T", "Two", "Two things."),
        ("A4206", "Three", "Three things."),
    ]
    assert left_out(bare) == [(7, "12345 once more, first at line 1; left out")]


def test_where_the_code_may_stand() -> None:
    body = "## Overview\nA thing that is done.\n"
    assert one(f"---\ncode: '12345'\ntitle: Named above\n---\n{body}").title == "Named above"
    assert one(body, "cpt-12345-brief.txt").code == "12345"
    assert one("## Billing Code Overview: 12345\nA thing.\n").brief.summary == "A thing."
    assert one("Thing (CPT 12345)\n=====\n\nA thing.\n").title == "Thing"
    assert one("Billing Code Overview\n\nHCPCS code G0297 represents a thing.\n").code == "G0297"


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "A letter.\n\nDear all, 76380 was billed in March.\n", "# Notes\n\nCT of the belly, 99213-25 billed.\n",
        "# CPT 12345: Thing\n", "12345,26,1\n12346,,2\n",
    ],
)  # fmt: skip
def test_what_is_no_brief_is_left_out(text: str) -> None:
    reading = read(text)
    assert reading.briefs == []
    assert reading.remarks and not any(remark.understood for remark in reading.remarks)


def test_remarks_quote_no_text() -> None:
    text = (
        PASTED
        + "\n\n## Odd heading\nSECRET WORDS\n\n## Modifiers\nSECRET WORDS too\n| Modifier | Use |\n|---|---|\n| SECRET | a |\n"
    )
    assert not any("SECRET" in remark.text for remark in read(text).remarks)


@pytest.mark.parametrize(
    ("text", "kept", "named"),
    [
        ("A. Data not available in the input for payers, taxonomies, and diagnoses.", "A.", ["payers", "taxonomies", "diagnoses"]),
        ("Payer rates are not available in the input.", "", ["Payer rates"]),
        ("No information was provided regarding supplies.", "", ["supplies"]),
        ("If the data are there, use them. The service is provided at home.", "If the data are there, use them. The service is provided at home.", []),
        ("Data not available in the input are noted in other sections.", "", []),
    ],
)  # fmt: skip
def test_what_is_called_unavailable(text: str, kept: str, named: list[str]) -> None:
    assert take_out(text)[:2] == (kept, named)


def test_empty_values() -> None:
    assert all(
        map(is_empty, ["", "N/A", "n/a.", "Not available", "Data not available in the input", "-", "None", "TBD"])
    )
    assert not any(map(is_empty, ["None of these codes", "26", "Not for a visit", "no"]))


def test_headings() -> None:
    assert kind_of("3. Documentation Requirements:") == "documentation"
    assert kind_of("**CPT® Code 12345 Overview**") == "overview"
    assert kind_of("Modifiers for 12345") == "modifiers"
    assert kind_of("Fun facts") == ""


@given(st.text(alphabet="#*|-:\t \n.CPT12345 26TCModifierWhen toUse_`[](){}", max_size=300))
def test_reading_never_fails(text: str) -> None:
    reading = read(text)
    assert reading.remarks
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= remark.line <= lines for remark in reading.remarks)


@given(st.integers(0, len(PASTED)), st.integers(0, 40))
def test_a_damaged_page_never_fails(place: int, size: int) -> None:
    reading = read(PASTED[:place] + PASTED[place + size :])
    assert all(found.code for found in reading.briefs)


@pytest.mark.parametrize("name", ["cpt-76380-brief.txt", "cpt-76376-brief.txt"])
def test_real_documents(name: str) -> None:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the real documents are not part of the project")
    found = one(path.read_text(encoding="utf-8"), name)
    assert found.code == name[4:9]
    assert found.title and found.overview and found.service and found.sites and found.brief.context
    assert [use.code for use in found.brief.modifiers] == (["26"] if found.code == "76376" else [])
    assert any("breaks off" in text for text in found.brief.unknown)
    assert "not available" not in found.brief.summary + found.overview


def test_fields_on_one_line() -> None:
    text = """\
**CPT Code:** 00099
**Description:** Counting of stripes.
**Modifiers:** 26 (reading only), TC (machine), 59
Related Codes: 00100, 00101

| Modifier | Description | When to use |
|---|---|---|
| 26 | reading | Only read. |
| 59 | apart | Apart. |

Sites of service
- zoo
- savanna, in the
  open

Limitations: data not available for fees, specialties
"""
    found = one(text)
    assert uses(found) == [("26", "reading only", "Only read."), ("TC", "machine", ""), ("59", "apart", "Apart.")]
    assert [one.codes for one in found.brief.related] == [("00100", "00101")]
    assert found.sites == "zoo, savanna, in the open"
    assert set(found.brief.unknown) == {"when to use modifier TC", "fees", "specialties"}
    assert left_out(text) == []
    assert left_out(text.replace("Sites of", "## Modifiers\n- 26: Something else.\n\nSites of")) == [
        (12, "00099: modifier 26 stands twice; the first one counts")
    ]
