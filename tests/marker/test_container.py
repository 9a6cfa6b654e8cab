"""The file around the charges: ragged rows, open quotes, rows without end, and other things that files do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness import analyse, check, findings

from superbill.charges.dialect import MAX_RECORD
from superbill.text.document import Document

HEAD = "dos,cpt,mod,units,pos,note\n"
GOOD = "2025-10-15,76380,26,1,22,ok\n"
BAD = "2025-10-15,76380,50,1,22,ok\n"


def said(text: str, kind: str = "csv") -> list[tuple[int, str]]:
    """(line, rule) of everything that is said about form and container."""
    return [(one.start.line, one.finding.rule) for one in findings(text, kind) if one.finding.rule[0] in "EF"]


def charges(text: str, kind: str = "csv") -> int:
    return analyse(text, kind).totals["lines"]


# -- ragged rows ----------------------------------------------------------------------------------------


def test_rows_with_more_or_fewer_fields_than_the_heading() -> None:
    check(
        "dos,cpt,mod,units,pos,note\n"
        "2025-10-15,76380,26,1,22\n"
        "^^^^^^^^^^^^^^^^^^^^^^^^ E250 warning\n"
        "2025-10-15,76380,26,1,22,limited, follow-up\n"
        "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E250 warning\n"
        "2025-10-15,76380,26,1,22,ok\n",
        only="E",
    )


def test_what_is_said_of_a_ragged_row_names_both_counts() -> None:
    (one,) = [one for one in findings(HEAD + "2025-10-15,76380,26,1\n") if one.finding.rule == "E250"]
    assert "4 fields and the heading has 6" in one.finding.message


def test_a_short_row_is_not_scolded_for_the_fields_it_lost() -> None:
    assert said(HEAD + "2025-10-15,76380,26\n") == [(1, "E250")]


def test_blank_rows_and_empty_fields_at_the_end_are_nothing() -> None:
    assert said(HEAD + "\n   \n,,,,,\n,,\n \t \n" + GOOD + GOOD.rstrip() + ",,,\n\n\n") == []
    assert charges(HEAD + "\n,,,,,\n" + GOOD + "\n\n") == 1


def test_no_row_is_ragged_where_there_is_no_heading() -> None:
    rows = "A1,2025-10-15,76380,26,1\nA2,2025-10-15,76377,26,1\nA3,2025-10-15,70450,26,1\n"
    assert charges(rows) == 3
    assert said(rows + "A4,2025-10-15,70486,26,1,more\n") == []


# -- quotes ---------------------------------------------------------------------------------------------


def test_a_quote_that_never_closes_ends_with_its_line() -> None:
    text = HEAD + '2025-10-15,76380,26,1,22,"see rep\n' + GOOD * 100
    assert said(text) == [(1, "E253")]
    assert charges(text) == 101


def test_a_quote_that_closes_lines_below_is_one_row() -> None:
    text = HEAD + '2025-10-15,76380,26,1,22,"see\nreport, page 2\nof 3"\n' + GOOD
    assert said(text) == []
    assert charges(text) == 2


def test_a_file_cut_off_inside_a_quoted_code() -> None:
    found = findings(HEAD + GOOD + '2025-10-15,"7638')
    assert [(one.start.line, one.finding.rule) for one in found if one.finding.rule[0] == "E"] == [
        (2, "E250"),
        (2, "E253"),
    ]
    assert [one.finding.rule for one in found if one.finding.rule[0] == "F"] == ["F101"]


def test_quotes_inside_a_field_are_ordinary() -> None:
    assert said(HEAD + '2025-10-15,76380,26,1,22,2" lesion\n2025-10-15,76380,26,1,22,"a ""big"" one"\n') == []


# -- length ---------------------------------------------------------------------------------------------


def test_a_record_of_a_million_characters_is_left_unread_and_the_rest_is_not() -> None:
    long = "2025-10-15,76380,50,1,22," + "x" * MAX_RECORD + "\n"
    text = HEAD + GOOD + long + BAD.replace("50", "2 ")
    found = [one for one in findings(text) if one.finding.rule[0] in "EF"]
    assert [(one.start.line, one.finding.rule) for one in found] == [(2, "E252"), (3, "F120")]
    assert found[0].finding.severity == "information"
    assert charges(text) == 2


def test_a_cell_of_just_under_a_million_characters_is_read() -> None:
    text = HEAD + "2025-10-15,76380,26,1,22," + "x" * (MAX_RECORD - 100) + "\n" + GOOD
    assert said(text) == []
    assert charges(text) == 2


def test_a_long_text_in_a_field_is_quoted_short() -> None:
    long = "x" * 500_000
    for text, rule in (
        (HEAD + f"2025-10-15,{long},26,1,22,ok\n", "F101"),
        (HEAD + f"2025-10-15,76380,{long},1,22,ok\n", "F120"),
        (HEAD + f"2025-10-15,76380,26,{long},22,ok\n", "F140"),
        (HEAD + f"{long},76380,26,1,22,ok\n", "F143"),
    ):
        (one,) = [one for one in findings(text) if one.finding.rule[0] == "F"]
        assert one.finding.rule == rule
        assert len(one.finding.message) < 300
    assert said(HEAD + f"2025-10-15,76380,26,1,{long},ok\n") == []


def test_a_paragraph_of_a_million_characters_in_a_note() -> None:
    text = "# CT\nCPT: 70450-26-26\n\n" + "The CPT code 70450-26-26 was billed. " * 30_000 + "\n\nCPT: 70486-26-26\n"
    assert said(text, "md") == [(1, "F126"), (3, "E252"), (5, "F126")]


# -- odd characters -------------------------------------------------------------------------------------


def test_nul_bytes_are_shown_as_question_marks() -> None:
    (one,) = [one for one in findings(HEAD + "2025-10-15,76\x00380,26,1,22,ok\n") if one.finding.rule[0] == "F"]
    assert one.finding.rule == "F104"
    assert '"76?380"' in one.finding.message
    assert "\x00" not in one.finding.message
    assert said(HEAD + "2025-10-15,76380,26,1,22,\x00\x00\n" + "\x00\x00\x00\n" + GOOD) == [(2, "E250")]


def test_characters_of_windows_1252() -> None:
    """As decoded: dashes, curly quotes and non-breaking blanks; and as left by a wrong decoding."""
    assert said(HEAD + "2025-10-15,76380\u201326,,1,22,ok\n") == [(1, "F105")]
    assert said(HEAD + "2025-10-15,\u201c76380\u201d,26,1,22,ok\n") == [(1, "F101")]
    assert said(HEAD + "2025-10-15,76380\xa0,26,1,22,ok\n") == [(1, "F104")]
    assert said(HEAD + "2025-10-15,76380,26,1,22,na\xefve \x93quoted\x94 \ufffd\n") == []
    assert said(HEAD + "2025-10-15,76380,\ufffd26,1,22,ok\n") == [(1, "F120")]


def test_a_byte_order_mark_in_front_of_the_heading() -> None:
    assert said("\ufeff" + HEAD + GOOD) == []
    assert charges("\ufeff" + HEAD + GOOD) == 1


def test_line_ends_of_all_three_kinds() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = (HEAD + GOOD + "2025-10-15,76380,2,1,22,ok\n2025-10-15,76380\n").replace("\n", end)
        assert said(text) == [(2, "F120"), (3, "E250")], repr(end)


def test_columns_are_right_behind_characters_outside_the_basic_plane() -> None:
    text = "note,dos,cpt,mod,units,pos\n\U0001f600 caf\u00e9,2025-10-15,76380,tc,1,11\n"
    (one,) = [one for one in findings(text) if one.finding.rule == "F122"]
    assert text.split("\n")[1][one.start.column : one.end.column] == "tc"
    assert Document(text).encode(one.start) == (1, one.start.column + 1)


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators(separator: str) -> None:
    text = (HEAD + GOOD + "2025-10-15,76380,2,1,22,ok\n2025-10-15,76380,26,1\n").replace(",", separator)
    assert said(text) == [(2, "F120"), (3, "E250")]


def test_a_wide_file_of_claims_leaves_its_empty_groups_alone() -> None:
    text = "claim_id,dos,hcpcs_cd_1,hcpcs_cd_2,hcpcs_cd_3\nA1,2025-10-15,71046,,\nA2,2025-10-15,71046,9921,\n"
    assert said(text) == [(2, "F101")]


# -- anything at all ------------------------------------------------------------------------------------

CELL = st.one_of(
    st.sampled_from(
        [
            "76380",
            "26",
            "2025-10-15",
            "1",
            "22",
            "",
            '"',
            '""',
            '"a',
            'b"',
            "76380-26",
            "\x00",
            "é",
            "\r",
            "\n",
        ]
    ),
    st.text(max_size=6),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, max_size=8), max_size=6), st.sampled_from([",", ";", "\t", "|"]))
def test_any_rows_below_a_heading_are_read_to_the_end(rows: list[list[str]], separator: str) -> None:
    head = (HEAD + GOOD * 20).replace(",", separator)
    text = head + "\n".join(separator.join(row) for row in rows) + "\n" + GOOD.replace(",", separator)
    analysis = analyse(text)
    assert analysis.done
    assert "".join(record.text for record in analysis.records) == text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in analysis.findings():
        assert one.start <= one.end
        assert one.end.line < len(lines)
        assert one.finding.message.endswith((".", "?", ")"))


def test_a_claim_with_more_lines_than_any_claim_has() -> None:
    heading = "patient,dos,cpt,mod,units,pos\n"
    row = "P1,2025-10-15,7{}0,26,1,22\n"
    found = findings(heading + "".join(row.format(638) for _ in range(201)))
    assert [one.finding.rule for one in found] == ["E254"]
    assert "1 patient and day has more than 200 lines" in found[0].finding.message
