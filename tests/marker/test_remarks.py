"""Comments in a document that say which finding to ignore: in each format that has comments, and in none that has not."""

from __future__ import annotations

import pytest
import yaml
from tests.harness import analyse, book, check, findings
from tests.samples import FHIR, HL7, X12

from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis
from superbill.engine.mending import accept_here, edits_for, mechanical
from superbill.engine.settings import read_settings
from superbill.lsp.render import DiagnosticWriter
from superbill.rules.book import RuleBook
from superbill.text.document import Document

CSV = "claim_id,patient,dos,cpt,mod1,mod2,units,pos\n"
ROW = "A1,P1,2025-10-15,76380,50,,1,11\n"


def rules(text: str, kind: str = "csv") -> list[str]:
    return [one.finding.rule for one in findings(text, kind)]


def mended(analysis: Analysis, edits: list[object]) -> str:
    for edit in reversed(edits):
        start, end = edit.start, edit.end  # type: ignore[attr-defined]
        analysis.document.edit(start.line, start.column, end.line, end.column, edit.text)  # type: ignore[attr-defined]
    return analysis.document.text


# -- separated files --------------------------------------------------------------------------------------------------


def test_a_row_above_speaks_of_the_next_row_only() -> None:
    check(f"""{CSV}# superbill: ignore K520
{ROW}A2,P2,2025-10-15,76380,50,,1,11
                       ^^ K520
""")


@pytest.mark.parametrize(
    "comment",
    [
        "# superbill: ignore K520",
        "#superbill: ignore k520",
        "# Superbill: ignore bilateral-not-possible",
        "# superbill: ignore K520 -- L1016 is why, see the contract",
        "# superbill: ignore K520\n# another comment\n",
        "# superbill: ignore-file K520",
    ],
)
def test_ways_to_write_it(comment: str) -> None:
    assert rules(f"{CSV}{comment}\n{ROW}") == []


def test_several_rules_in_one_comment_or_in_several() -> None:
    row = "A1,P1,2025-10-15,93000,26,50,1,22\n"
    found = rules(CSV + row)
    assert len(found) > 1
    assert rules(f"{CSV}# superbill: ignore {' '.join(found)}\n{row}") == []
    assert rules(f"{CSV}# superbill: ignore {', '.join(found)}\n{row}") == []
    assert rules(CSV + "".join(f"# superbill: ignore {name}\n" for name in found) + row) == []
    assert rules(f"{CSV}# superbill: ignore {found[0]}\n{row}") == found[1:]


def test_another_rule_hides_nothing_and_is_reported() -> None:
    check(f"""{CSV}# superbill: ignore K504
^^^^^^^^^^^^^^^^^^^^^^^^ E255 information
A1,P1,2025-10-15,76380,50,,1,11
                       ^^ K520 warning
""")


def test_a_comment_without_a_rule_is_not_followed() -> None:
    check(f"""{CSV}# superbill: ignore -- all of it
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E256
A1,P1,2025-10-15,76380,50,,1,11
                       ^^ K520
""")


def test_an_unknown_rule_is_reported_and_the_others_hold() -> None:
    check(f"""{CSV}# superbill: ignore K520, K5200
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E257
{ROW}""")


def test_a_comment_with_no_row_below_is_reported() -> None:
    check(f"""{CSV}A1,P1,2025-10-15,76380,26,,1,22
# superbill: ignore K520
^^^^^^^^^^^^^^^^^^^^^^^^ E255
""")


def test_a_comment_row_is_no_charge_whatever_it_holds() -> None:
    text = f'{CSV}#{ROW}# 76380 "50\nA1,P1,2025-10-15,76380,26,,1,22\n'
    assert analyse(text).totals["lines"] == 1
    assert rules(text) == []


def test_rows_that_all_begin_with_a_hash_sign_are_rows() -> None:
    text = CSV + "".join(f"#{n},P{n},2025-10-15,76380,50,,1,11\n" for n in range(4))
    assert analyse(text).totals["lines"] == 4
    assert rules(text) == ["K520"] * 4
    analysis = analyse(text)
    assert accept_here(analysis, next(iter(analysis.findings()))) is None


def test_a_heading_that_begins_with_a_hash_sign() -> None:
    assert rules("#" + CSV + "# superbill: ignore K520\n" + ROW) == []


def test_a_finding_between_lines_is_ignored_where_it_stands() -> None:
    text = f"{CSV}A1,P1,2025-10-15,76377,26,,1,22\n{{}}A1,P1,2025-10-15,76376,26,,1,22\n"
    assert "L1016" in rules(text.format(""))
    assert "L1016" not in rules(text.format("# superbill: ignore L1016\n"))


def test_a_finding_over_several_days_is_ignored_where_it_stands() -> None:
    head = "claim_id,patient,npi,dos,cpt,mod,units,pos\nA1,P1,1,2025-09-01,10060,,1,11\n"
    row = "A2,P1,1,2025-09-08,99213,,1,11\n"
    (rule,) = rules(head + row)
    assert rules(f"{head}# superbill: ignore {rule}\n{row}") == []


def test_a_rule_of_the_workspace_is_ignored_like_any_other() -> None:
    settings, problems = read_settings(
        yaml.safe_load("own_rules: [{id: ACME-1, message: Not 99213, codes: ['99213']}]"), frozenset()
    )
    assert not problems
    own = RuleBook(book().know, {}, own=settings.own_rules, strict=True)
    row = "A1,P1,2025-10-15,99213,,,1,11\n"

    def said(comment: str) -> list[str]:
        analysis = Analysis(Document(CSV + comment + row), Hints(suffix=".csv"), own).finish()
        return [one.finding.rule for one in analysis.findings()]

    assert said("") == ["ACME-1"]
    assert said("# superbill: ignore ACME-1\n") == []
    assert said("# superbill: ignore-file ACME-1\n") == []
    assert said("# superbill: ignore ACME-2\n") == ["E257", "ACME-1"]


# -- the whole file ---------------------------------------------------------------------------------------------------


def test_the_whole_file() -> None:
    text = f"# superbill: ignore-file K520\n{CSV}{ROW}{ROW.replace('P1', 'P2')}"
    assert rules(text) == []


def test_the_whole_file_unused() -> None:
    check(f"""# superbill: ignore-file K504, K520
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E255
{CSV}{ROW}""")


def test_a_finding_about_the_whole_file_is_ignored() -> None:
    text = "dos,cpt,mod,units,pos\n2023-10-16,76380,26,1,22\n"
    assert rules(text) == ["C317"]
    assert rules("# superbill: ignore-file C317\n" + text) == []


def test_what_is_said_of_comments_can_be_ignored_for_the_file() -> None:
    assert rules(f"# superbill: ignore-file E255 -- a template\n{CSV}# superbill: ignore K504\n{ROW}") == ["K520"]


# -- YAML -------------------------------------------------------------------------------------------------------------


def test_yaml_behind_a_line() -> None:
    check(
        """\
- cpt: 76380
  mods: [50]  # superbill: ignore K520
  dos: 2025-10-15
- cpt: 76380
  mods: [50]
         ^^ K520
  dos: 2025-10-16
""",
        "yaml",
    )


def test_yaml_on_a_line_of_its_own_above() -> None:
    check(
        """\
# superbill: ignore K520
- cpt: 76380
  mods: [50]
  dos: 2025-10-15
# superbill: ignore K504
^^^^^^^^^^^^^^^^^^^^^^^^ E255
- cpt: 76380
  mods: [50]
         ^^ K520
  dos: 2025-10-16
""",
        "yaml",
    )


def test_yaml_lines_of_a_claim_are_told_apart() -> None:
    check(
        """\
claims:
  - claim_id: A1
    dos: 2025-10-15
    pos: 11
    lines:
      # superbill: ignore K520
      - {cpt: 76380, mods: "50"}
      - cpt: 76380
        mods: "50"
               ^^ K520
  # superbill: ignore K520
  - claim_id: A2
    dos: 2025-10-15
    pos: 11
    lines:
      - {cpt: 76380, mods: "50"}
      - {cpt: 70450, mods: "50"}
""",
        "yaml",
        only="K",
    )


def test_yaml_in_quotes_it_is_no_comment() -> None:
    text = '- cpt: 76380\n  mods: [50]\n  dos: 2025-10-15\n  note: "x # superbill: ignore K520"\n'
    assert rules(text, "yaml") == ["K520"]


# -- notes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# CT\n\nCPT: 76380-50 <!-- superbill: ignore K520 -->\n", "md"),
        ("# CT\n\n<!-- superbill: ignore K520 -->\nCPT: 76380-50\n", "md"),
        ("# CT\n\n<!-- superbill: ignore K520 -- as agreed -->\n\nCPT: 76380-50\n", "md"),
        ("CT\n\n# superbill: ignore K520\nCPT: 76380-50\n", "txt"),
        ("CT\nof the head\n# superbill: ignore-file K520\nCPT: 76380-50\n", "txt"),
        ("# CT\n\n```charges\n# superbill: ignore K520\n76380-50\n```\n", "md"),
        (
            "# CT\n\n| Code | Modifier | Units |\n|---|---|---|\n| 76380 | 50 | 1 | <!-- superbill: ignore K520 -->\n",
            "md",
        ),
    ],
)
def test_notes(text: str, kind: str) -> None:
    bare = "\n".join(
        line for line in text.replace(" -- as agreed", "").split("\n") if not line.startswith(("# sup", "<!"))
    )
    assert rules(bare.replace(" <!-- superbill: ignore K520 -->", ""), kind) == ["K520"]
    assert rules(text, kind) == []


def test_a_text_that_shows_such_a_comment_does_not_make_one() -> None:
    assert rules("# How to\n\nWrite `<!-- superbill: ignore K520 -->` here: billed 76380-50\n", "md") == ["K520"]
    text = "# How to\n\n```md\n# superbill: ignore-file K520\n```\n\nCPT: 76380-50\n"
    assert rules(text, "md") == ["K520"]


def test_the_number_of_a_rule_is_no_code() -> None:
    text = "# CT\n\nCPT: 76380-26 <!-- superbill: ignore L1016 -->\n"
    assert analyse(text, "md").totals["mentions"] == 1


def test_a_comment_line_is_no_heading_of_a_new_note() -> None:
    base = "NOTE\n\nCPT: 76377-26\n{}\nFINDINGS: Images were made on an independent workstation under supervision.\n"
    assert rules(base.format("# superbill: ignore K520"), "txt").count("E255") == 1
    assert [rule for rule in rules(base.format("# superbill: ignore K520"), "txt") if rule != "E255"] == rules(
        base.format(""), "txt"
    )


# -- formats without comments -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "kind"), [(X12, "x12"), (HL7, "hl7"), (FHIR, "json")])
def test_nothing_is_written_into_what_goes_to_a_payer(text: str, kind: str) -> None:
    analysis = analyse(text, kind)
    found = list(analysis.findings())
    assert found
    assert all(accept_here(analysis, one) is None for one in found)


def test_json_has_no_comments() -> None:
    text = '[{"cpt": "76380", "mods": ["50"], "dos": "2025-10-15"}]\n'
    analysis = analyse(text, "json")
    (found,) = analysis.findings()
    assert accept_here(analysis, found) is None


# -- written by an action ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        (CSV + ROW, "csv", f"{CSV}# superbill: ignore K520\n{ROW}"),
        ((CSV + ROW).replace("\n", "\r\n"), "csv", f"{CSV}# superbill: ignore K520\n{ROW}".replace("\n", "\r\n")),
        (
            "- cpt: 76380\n  mods: [50]\n  dos: 2025-10-15\n",
            "yaml",
            "- cpt: 76380\n  mods: [50]  # superbill: ignore K520\n  dos: 2025-10-15\n",
        ),
        (
            "lines:\n  - cpt: 76380\n    mods: [50] # why\n    dos: 2025-10-15\n",
            "yaml",
            "lines:\n  # superbill: ignore K520\n  - cpt: 76380\n    mods: [50] # why\n    dos: 2025-10-15\n",
        ),
        (
            "# CT\n\nCPT: 76380-50\nand more\n",
            "md",
            "# CT\n\nCPT: 76380-50 <!-- superbill: ignore K520 -->\nand more\n",
        ),
        ("CT\n\nCPT: 76380-50\n", "txt", "CT\n\n# superbill: ignore K520\nCPT: 76380-50\n"),
        ("# CT\n\n```charges\n76380-50\n```\n", "md", "# CT\n\n```charges\n# superbill: ignore K520\n76380-50\n```\n"),
        (
            f"{CSV}# superbill: ignore X701 -- why\n{ROW}",
            "csv",
            f"{CSV}# superbill: ignore X701, K520 -- why\n{ROW}",
        ),
    ],
)
def test_accept_here_is_read_back(text: str, kind: str, wanted: str) -> None:
    analysis = analyse(text, kind)
    (found,) = [one for one in analysis.findings() if one.finding.rule == "K520"]
    edits = accept_here(analysis, found)
    assert edits is not None
    assert mended(analysis, edits) == wanted  # type: ignore[arg-type]
    assert "K520" not in rules(wanted, kind)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        (
            f"{CSV}# superbill: ignore K504\nA1,P1,2025-10-15,76380,26,,1,22\n",
            "csv",
            f"{CSV}A1,P1,2025-10-15,76380,26,,1,22\n",
        ),
        (f"{CSV}# superbill: ignore K504, K520 -- why\n{ROW}", "csv", f"{CSV}# superbill: ignore K520 -- why\n{ROW}"),
        ("# superbill: ignore-file K504\n" + CSV + ROW.replace("50", "26"), "csv", CSV + ROW.replace("50", "26")),
        (
            "- cpt: 76380\n  mods: [26]  # superbill: ignore K520\n  dos: 2025-10-15\n",
            "yaml",
            "- cpt: 76380\n  mods: [26]\n  dos: 2025-10-15\n",
        ),
        ("# CT\n\nCPT: 76380-26 <!-- superbill: ignore K520 -->\n", "md", "# CT\n\nCPT: 76380-26\n"),
    ],
)
def test_what_has_nothing_to_ignore_is_taken_out(text: str, kind: str, wanted: str) -> None:
    analysis = analyse(text, kind)
    assert [one.finding.rule for one in analysis.findings()] == ["E255"] * rules(text, kind).count("E255")
    assert mended(analysis, mechanical(analysis)) == wanted  # type: ignore[arg-type]


def test_a_slip_of_the_pen_is_mended() -> None:
    text = f"{CSV}# superbill: ignore K5200 -- why\n{ROW}"
    analysis = analyse(text)
    found = next(one for one in analysis.findings() if one.finding.rule == "E257")
    edits = edits_for(analysis, found, found.finding.fixes[0])
    assert edits is not None
    assert mended(analysis, edits) == f"{CSV}# superbill: ignore K520 -- why\n{ROW}"  # type: ignore[arg-type]


# -- edits ------------------------------------------------------------------------------------------------------------


def test_diagnostics_follow_comments_that_come_and_go() -> None:
    analysis = analyse(CSV + ROW * 3)
    writer = DiagnosticWriter(related=False, descriptions=False)

    def shown() -> list[str]:
        return [part.split('"')[0] for part in writer.write(analysis.finish(), "file:///a.csv").split('"code":"')[1::2]]

    before = shown()
    assert len(before) == writer.write(analysis, "file:///a.csv").count("K520 ") or before
    analysis.edit(analysis.document.edit(1, 0, 1, 0, "# superbill: ignore-file K520\n"))
    assert "K520" not in writer.write(analysis.finish(), "file:///a.csv")
    analysis.edit(analysis.document.edit(1, 0, 2, 0, "# superbill: ignore K520\n"))
    assert writer.write(analysis.finish(), "file:///a.csv").count('"code":"K520"') == 2
    for row in (2, 3, 4):
        analysis.edit(analysis.document.edit(row, 23, row, 25, "26"))
    out = writer.write(analysis.finish(), "file:///a.csv")
    assert '"code":"K520"' not in out and '"code":"E255"' in out


def test_a_keystroke_among_comments_reads_a_record_or_two() -> None:
    text = "# superbill: ignore-file K504\n" + CSV
    text += "".join(f"# superbill: ignore K520\nC{n},P{n},2025-10-15,76380,50,,1,11\n" for n in range(3000))
    analysis = analyse(text)
    before = analysis.work.records_read, analysis.work.contents_checked
    for line in (5001, 5000, 301, 302):
        analysis.edit(analysis.document.edit(line, 3, line, 3, "7"))
        analysis.finish()
    assert analysis.work.records_read - before[0] <= 16
    assert analysis.work.contents_checked - before[1] <= 4


def test_hints_say_how_it_is_written() -> None:
    analysis = analyse("# CT\n\nCPT: 76380-50\n", "txt")
    analysis.hints = Hints(language="markdown")
    (found,) = analysis.findings()
    edits = accept_here(analysis, found)
    assert edits is not None and "<!--" in edits[0].text
