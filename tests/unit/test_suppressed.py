"""Findings that are silenced, as `check --show-suppressed` writes them into SARIF."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.harness import SUFFIX, book
from tests.reports import sarif_of
from tests.samples import FHIR, HL7, X12, X12_ONE_LINE, YAML

from superbill.charges.dialect import Hints
from superbill.cli.main import main
from superbill.config import accept_entries
from superbill.engine import baseline, suppression
from superbill.engine.analysis import Analysis, Located, accept_key
from superbill.engine.suppressed import suppressed
from superbill.report.masking import MASK, Masker
from superbill.report.model import silenced
from superbill.report.sarif import Sarif
from superbill.text.document import Document

HEAD = "patient,dos,cpt,mod,units,pos\n"
CHARGES = f"""{HEAD}# superbill: ignore-file K501 -- the clearing house splits it
# superbill: ignore L1020 -- two encounters, see the note
P1,2025-10-15,76380,50,1,11
P1,2025-10-15,74177,,1,11
P2,2025-10-16,76380,50,1,11
P3,2025-10-16,99213,50,1,11
P4,2025-10-16,99213,26,1,11
P5,2025-10-16,71250,50,1,11
P6,2025-10-16,71250,50,1,11
P7,2025-10-16,70450,50,1,11
"""
SETTINGS = """baseline: known.jsonl
accept:
  - "K520 76380-50"   # the payer's letter of March 2025
  - K520 99213-50 in claims/a.csv
"""
KNOWN = """{"superbill_baseline": 1}
{"path": "claims/a.csv", "rule": "K520", "on": "71250-50 modifier", "count": 1}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a.csv").write_text(CHARGES)
    (tmp_path / "superbill.yaml").write_text(SETTINGS)
    (tmp_path / "known.jsonl").write_text(KNOWN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["check", "claims", *options])
    return code, capsys.readouterr().out


def results(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sarif_of(checked(capsys, "--format", "sarif", *options)[1])["runs"][0]["results"]
    return found


def line(result: dict[str, Any]) -> int:
    number: int = result["locations"][0]["physicalLocation"]["region"]["startLine"]
    return number


# -- over the command line ----------------------------------------------------------------------------------------


def test_each_kind_is_written_with_its_place_and_its_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = results(capsys, "--show-suppressed")
    told = {(one["ruleId"], line(one)): one["suppressions"] for one in found}
    assert len(told) == len(found)

    def sheet(start: int, end_column: int) -> dict[str, Any]:
        region = {"startLine": start, "startColumn": 1, "endLine": start, "endColumn": end_column}
        return {
            "physicalLocation": {"artifactLocation": {"uri": "claims/a.csv", "uriBaseId": "SRCROOT"}, "region": region}
        }

    def settings(start: int) -> dict[str, Any]:
        where = {"uri": "superbill.yaml", "uriBaseId": "SRCROOT"}
        return {"physicalLocation": {"artifactLocation": where, "region": {"startLine": start}}}

    rows = CHARGES.splitlines()
    in_source, external = {"kind": "inSource", "status": "accepted"}, {"kind": "external", "status": "accepted"}
    assert told["L1020", 4] == [
        in_source
        | {"justification": "two encounters, see the note", "location": sheet(3, len(rows[2]) + 1)}
        | {"properties": {"by": "comment"}}
    ]
    assert told["K501", 8] == [
        in_source
        | {"justification": f"the {MASK} splits it", "location": sheet(2, len(rows[1]) + 1)}
        | {"properties": {"by": "file comment"}}
    ]
    letter = {"justification": "the payer's letter of March 2025", "location": settings(3)}
    assert told["K520", 4] == told["K520", 6] == [external | letter | {"properties": {"by": "accept"}}]
    assert told["K520", 7] == [external | {"location": settings(4), "properties": {"by": "accept"}}]
    known = {"physicalLocation": {"artifactLocation": {"uri": "known.jsonl", "uriBaseId": "SRCROOT"}}}
    assert told["K520", 9] == [external | {"location": known, "properties": {"by": "baseline"}}]
    # Of two findings the baseline accepts one. What is shown says that nothing silences it.
    assert told["K520", 10] == told["K520", 11] == []
    assert {rule for rule, _ in told} == {"L1020", "K501", "K520"} and len(told) == 8
    assert not [one for one in found if one["suppressions"] and "fixes" in one]
    assert len({one["partialFingerprints"]["superbill/v1"] for one in found}) == len(found)


def test_all_else_is_as_without_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, told = results(capsys), results(capsys, "--show-suppressed")
    assert not any("suppressions" in one for one in plain) and len(told) > len(plain)
    assert [one for one in told if not one.pop("suppressions")] == plain
    more = ("--show-suppressed", "--report", f"sarif={folder / 'out.sarif'}")
    for name, limit in (("text", "warning"), ("json", "error"), ("junit", "warning")):
        said = checked(capsys, "--format", name, "--fail-on", limit)
        assert checked(capsys, "--format", name, "--fail-on", limit, *more) == said
        assert len(sarif_of((folder / "out.sarif").read_text())["runs"][0]["results"]) == len(told)


def test_processes_that_share_the_files_write_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "claims" / "b.csv").write_text(CHARGES)
    assert results(capsys, "--show-suppressed", "--jobs", "2") == results(capsys, "--show-suppressed", "--jobs", "1")


def test_without_sarif_it_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "claims", "--show-suppressed", "--format", "json"]) == 2
    assert "--show-suppressed goes with SARIF" in capsys.readouterr().err


def test_what_lies_above_the_working_folder_is_told_from_there(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "claims")
    main(["check", "a.csv", "--show-suppressed", "--format", "sarif"])
    said = capsys.readouterr().out
    assert str(folder) not in said
    (one,) = next(one["suppressions"] for one in sarif_of(said)["runs"][0]["results"] if line(one) == 6)
    assert "location" not in one and one["properties"] == {"by": "accept", "file": "../superbill.yaml", "line": 3}


def test_no_reason_names_a_patient_unless_that_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where the name stands nowhere else in the file."""
    reason = "as Quillfeather said"
    (folder / "claims" / "a.csv").write_text(
        CHARGES.replace("two encounters, see the note", reason).replace("the clearing house splits it", reason)
    )
    (folder / "superbill.yaml").write_text(SETTINGS.replace("the payer's letter of March 2025", reason))
    for more, wanted in (((), f"as {MASK} said"), (("--show-identifiers",), reason)):
        told = [one["suppressions"] for one in results(capsys, "--show-suppressed", *more)]
        given = [one["justification"] for several in told for one in several if "justification" in one]
        assert given == [wanted] * 4


@pytest.mark.parametrize(
    "secret",
    ["Quillfeather", "Zöbelstein, Ann", "zoltan quagmire", "P-998877", "MRN0048213", "123-45-6789", "123 45 6789",
     "1961-07-04", "07/04/1961", "4-Jul-1961", "1961", "555-010-4477", "O'Quillan", "LEE", "Li", "Ann-Marie", "quill-feather"],
)  # fmt: skip
def test_shapes_that_no_reason_keeps(secret: str) -> None:
    masker = Masker(analysed(CHARGES, "csv"))
    assert masker.reason(secret).replace("45", "").replace(MASK, "").strip(" ,") == ""
    for reason in (f"{secret} agreed", f"as {secret} said", f"see ({secret})"):
        assert masker.reason(reason).replace("45", "").replace(f"{MASK}  {MASK}", MASK) == reason.replace(secret, MASK)


@pytest.mark.parametrize("secret", ["Quillfeather", "MRN0048213", "07/04/1961"])
def test_no_silenced_finding_names_a_patient_whatever_column_slipped(secret: str) -> None:
    row = "P3,2025-10-16,99213,50,1,11"
    for cell in range(6):
        cells = row.split(",")
        cells[cell] = secret
        text = CHARGES.replace(row, ",".join(cells))
        everything = list(analysed(text, "csv").findings())
        accept = frozenset(accept_key(one.finding) for one in everything[::2])
        known = dict(Counter(baseline.key(one.finding) for one in everything[1::2]))
        analysis = analysed(text, "csv", accept, known)
        masker = Masker(analysis)
        told = [masker.masked(one, of.located) for one, of in silenced("a.csv", analysis, {}, Counter())]
        assert len(told) > 5 and {one.silence.by for one in told if one.silence} >= {"accept", "baseline", "comment"}
        said = Sarif(Path("/"), silenced=True).file("a.csv", told)
        assert secret not in said and secret.lower() not in said


@pytest.mark.parametrize(
    "reason",
    [
        "Agreed with the payer in March 2025, see K520 and 76380-50",
        "two separate sessions; modifier 59 is in the note",
        "Medicare follows NCCI here",
        "the payer's letter: one line, 2 units",
    ],
)
def test_ordinary_reasons_stay(reason: str) -> None:
    assert Masker(analysed(CHARGES, "csv")).reason(reason) == reason


# -- what is silenced ---------------------------------------------------------------------------------------------

SAMPLES = {"csv": CHARGES, "x12": X12, "hl7": HL7, "json": FHIR, "yaml": YAML}


def analysed(
    text: str, kind: str, accept: frozenset[str] = frozenset(), known: dict[str, int] | None = None
) -> Analysis:
    return Analysis(Document(text), Hints(suffix=SUFFIX[kind]), book(), accept=accept, baseline=known).finish()


def places(found: list[Located]) -> Counter[tuple[object, ...]]:
    return Counter((one.finding, one.start, one.end) for one in found)


@pytest.mark.parametrize("text", [*SAMPLES.values(), X12_ONE_LINE], ids=[*SAMPLES, "x12 in one line"])
def test_what_is_shown_and_what_is_silenced_is_all_there_is(text: str) -> None:
    kind = next((name for name, sample in SAMPLES.items() if sample == text), "x12")
    everything = list(analysed(text, kind).findings())
    assert everything
    accept = frozenset(accept_key(one.finding) for one in everything[::2])
    silent = analysed(text, kind, accept=accept)
    told = list(suppressed(silent))
    hidden = [one.located for one in told if one.by == "accept"]
    shown = list(silent.findings())
    if kind != "csv":  # there a comment may have nothing to hide any more, and that is said
        assert places(hidden) + places(shown) == places(everything)
    assert hidden and all(accept_key(one.finding) in accept for one in hidden)
    known = Counter(baseline.key(one.finding) for one in everything[1::2])
    silent = analysed(text, kind, known=dict(known))
    hidden = [one.located for one in suppressed(silent) if one.by == "baseline"]
    assert places(hidden) + places(list(silent.findings())) == places(everything)
    assert Counter(baseline.key(one.finding) for one in hidden) == known


def test_comments_hide_what_the_same_text_without_them_shows() -> None:
    text = f"{HEAD}# superbill: ignore-file E254, E255\n# superbill: ignore K520, K504\nP1,2025-10-15,76380,50,1,11\n"
    told = [
        (one.by, one.located.finding.rule, one.start and one.start.line) for one in suppressed(analysed(text, "csv"))
    ]
    # K504 is not there to be hidden; that the comment says so in vain is hidden by the comment on the file.
    assert told == [("file comment", "E255", 1), ("comment", "K520", 2)]
    sheet = "claims:\n- patient: P1\n  date: 2025-10-15\n  lines:\n  - {code: 76380, mods: [50], units: 1}  # superbill: ignore K520 -- why not\n"
    (one,) = [one for one in suppressed(analysed(sheet, "yaml")) if one.located.finding.rule == "K520"]
    assert (one.by, one.reason, one.start and one.start.line) == ("comment", "why not", 4)
    note = "# CT\n\nCPT: 76380-50 <!-- superbill: ignore K520 -- why not -->\n"
    (one,) = [one for one in suppressed(analysed(note, "md")) if one.located.finding.rule == "K520"]
    assert (one.by, one.start and one.start.column, one.reason) == ("comment", 14, "why not")


def test_nothing_is_silenced_where_nothing_silences() -> None:
    for kind, text in SAMPLES.items():
        bare = text.replace("superbill: ", "")
        analysis = analysed(bare, kind)
        assert list(suppressed(analysis)) == []


# -- reasons ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [("ignore K520 -- a -- b", "a -- b"), ("ignore K520", ""), ("ignore K520 --", ""), ("ignore K520--x", "")],
)
def test_the_reason_in_a_comment(words: str, why: str) -> None:
    assert suppression.reason(words) == why


def test_the_reason_beside_an_accepted_finding(tmp_path: Path) -> None:
    path = tmp_path / "superbill.yaml"
    path.write_text(
        'payer: medicare-b # not this\naccept:\n  # nor this\n  - K520 76380-50\n  - "K520  71250-50"  ## why\n'
        "  - L1020 76380 in a.csv # because # of it \n  - 'X#1' \n  - [a]\n"
    )
    assert accept_entries(path) == {
        "K520 76380-50": (4, ""),
        "K520 71250-50": (5, "why"),
        "L1020 76380 in a.csv": (6, "because # of it"),
        "X#1": (7, ""),
    }
    path.write_text("accept: [a b, c d] # of the list")
    assert accept_entries(path) == {"a b": (1, ""), "c d": (1, "")}
    for broken in ("accept: [", "accept: x", "- a", "", "accept: {a: b}"):
        path.write_text(broken)
        assert accept_entries(path) == {}
    assert accept_entries(tmp_path / "none.yaml") == {}


def test_a_report_of_everything_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The help names the option, and a report without silenced findings is still one that was asked about them."""
    (folder / "superbill.yaml").write_text("")
    (folder / "claims" / "a.csv").write_text(f"{HEAD}P1,2025-10-15,76380,50,1,11\n")
    found = results(capsys, "--show-suppressed")
    assert [one["suppressions"] for one in found] == [[]]
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    assert "--show-suppressed" in capsys.readouterr().out
