"""A baseline: what it accepts, what survives it, how it is written and what is wrong with one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.harness import book

from superbill.charges.dialect import Hints
from superbill.cli.main import main
from superbill.engine import baseline
from superbill.engine.analysis import Analysis
from superbill.lsp.render import DiagnosticWriter
from superbill.text.document import Document

HEAD = "patient,dos,cpt,mod,units,pos\n"
BAD = "P1,2025-10-15,76380,50,1,11\n"
OTHER = "P1,2025-10-16,93000,26,1,11\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.csv").write_text(HEAD + BAD + BAD.replace("15", "17"))
    (tmp_path / "b.csv").write_text(HEAD + OTHER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, int]]:
    capsys.readouterr()
    main(["check", *arguments, "--format", "json"])
    return [(one["rule"], one["line"]) for one in json.loads(capsys.readouterr().out)["findings"]]


def test_what_is_written_is_accepted_and_says_nothing_of_a_patient(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", ".", "--write-baseline", "known.jsonl"]) == 0
    assert "3 findings in 2 files accepted in known.jsonl" in capsys.readouterr().out
    assert (folder / "known.jsonl").read_text() == (
        '{"superbill_baseline": 1}\n'
        '{"path": "a.csv", "rule": "K520", "on": "76380-50 modifier", "count": 2}\n'
        '{"path": "b.csv", "rule": "K504", "on": "93000-26 modifier", "count": 1}\n'
    )
    assert main(["check", ".", "--baseline", "known.jsonl"]) == 0  # an error is in it
    assert "nothing found in 3 service lines of 2 files" in (out := capsys.readouterr().out)
    assert "3 more in the baseline" in out
    assert main(["check", "."]) == 1


def test_it_survives_moved_lines_and_edits_elsewhere_and_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", ".", "--write-baseline", "known.jsonl"])
    moved = HEAD + "P7,2025-10-15,99213,,1,11\n" + BAD.replace("P1", "P9") + BAD.replace("15", "17")
    (folder / "a.csv").write_text(moved)
    assert found(capsys, "a.csv", "--baseline", "known.jsonl") == []
    (folder / "a.csv").write_text(moved + BAD.replace("P1", "P8"))
    assert found(capsys, "a.csv", "--baseline", "known.jsonl") == [("K520", 5)]
    (folder / "a.csv").write_text(moved + BAD.replace("76380", "70450"))
    assert [rule for rule, _ in found(capsys, "a.csv", "--baseline", "known.jsonl")] == ["K520"]


def test_stale_entries_are_counted_and_pruned(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", ".", "--write-baseline", "known.jsonl"])
    (folder / "a.csv").write_text(HEAD + BAD)
    capsys.readouterr()
    main(["check", "a.csv", "--baseline", "known.jsonl"])
    assert "known.jsonl: 1 accepted finding is there no more" in capsys.readouterr().err
    (folder / "b.csv").unlink()
    main(["check", "a.csv", "--baseline", "known.jsonl"])
    assert "known.jsonl: 2 accepted findings are there no more" in capsys.readouterr().err
    main(["check", "a.csv", "--write-baseline", "known.jsonl"])
    assert baseline.parse((folder / "known.jsonl").read_text()) == {"a.csv": {"K520 76380-50 modifier": 1}}
    capsys.readouterr()
    main(["check", ".", "--baseline", "known.jsonl"])
    assert capsys.readouterr().err == ""


def test_files_that_were_not_checked_keep_theirs(folder: Path) -> None:
    main(["check", ".", "--write-baseline", "known.jsonl"])
    before = (folder / "known.jsonl").read_text()
    main(["check", "b.csv", "--write-baseline", "known.jsonl"])
    assert (folder / "known.jsonl").read_text() == before


def test_settings_name_it_for_editor_and_check_alike(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", ".", "--write-baseline", "known.jsonl"])
    (folder / "superbill.yaml").write_text("baseline: known.jsonl\n")
    assert found(capsys, ".") == []
    (folder / "deep").mkdir()
    (folder / "deep" / "c.csv").write_text(HEAD + BAD)
    assert [rule for rule, _ in found(capsys, ".")] == ["K520"]
    main(["check", ".", "--write-baseline", "known.jsonl"])
    assert '"path": "deep/c.csv"' in (folder / "known.jsonl").read_text()
    assert found(capsys, "deep") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a baseline"),
        (HEAD + BAD, "line 1: not JSON"),
        ('{"path": "a"}\n', "not a baseline"),
        ('{"superbill_baseline": 7}\n', "version 7"),
        ('{"superbill_baseline": 1}\n{"path": "a"\n', "line 2: not JSON"),
        ('{"superbill_baseline": 1}\n\n[1]\n', "line 3: not a JSON object"),
        ('{"superbill_baseline": 1}\n{"path": "a", "rule": "K520", "count": 1}\n', "line 2: path, rule and on"),
        ('{"superbill_baseline": 1}\n{"path": "a", "rule": "K520", "on": "x", "count": 0}\n', "line 2: count"),
        ('{"superbill_baseline": 1}\n<<<<<<< ours\n', "line 2: a merge is not finished"),
    ],
)
def test_a_broken_one_is_told_and_never_overwritten(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, why: str
) -> None:
    (folder / "known.jsonl").write_text(text)
    assert main(["check", "a.csv", "--baseline", "known.jsonl"]) == 2
    assert f"superbill: known.jsonl: {why}" in capsys.readouterr().err
    assert main(["check", "a.csv", "--write-baseline", "known.jsonl"]) == 2
    assert (folder / "known.jsonl").read_text() == text


def test_an_absent_one_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "a.csv", "--baseline", "absent.jsonl"]) == 2
    assert "absent.jsonl: cannot be read (No such file" in capsys.readouterr().err


def test_lines_of_both_sides_of_a_merge_hold() -> None:
    rows = '{"superbill_baseline": 1}\n' + "".join(
        f'{{"path": "a", "rule": "K520", "on": "x", "count": {count}}}\n' for count in (2, 5, 3)
    )
    assert baseline.parse(rows) == {"a": {"K520 x": 5}}
    assert baseline.write(baseline.parse(rows)).count("\n") == 2


def test_diagnostics_hide_as_many_as_are_accepted() -> None:
    text = HEAD + BAD * 3 + OTHER
    known = {"K520 76380-50 modifier": 2}
    analysis = Analysis(Document(text), Hints(suffix=".csv"), book(), baseline=known).finish()
    writer = DiagnosticWriter(related=False, descriptions=False)

    def lines() -> list[tuple[str, int]]:
        found = json.loads(f"[{writer.write(analysis.finish(), 'file:///a.csv')}]")
        return [(one["code"], one["range"]["start"]["line"]) for one in found if one["code"][0] == "K"]

    expected = [(one.finding.rule, one.start.line) for one in analysis.findings() if one.finding.rule[0] == "K"]
    assert lines() == expected == [("K520", 3), ("K504", 4)]
    analysis.edit(analysis.document.edit(1, 0, 2, 0, ""))
    assert lines() == lines() == [("K504", 3)]
    analysis.edit(analysis.document.edit(1, 0, 1, 0, BAD * 2))
    assert lines() == [("K520", 3), ("K520", 4), ("K504", 5)]
    spot = analysis.records.at((4, 0))
    assert spot is not None and analysis.budget_before(spot.start)["K520 76380-50 modifier"] == 0
    assert analysis.budget_before((2, 0))["K520 76380-50 modifier"] == 1
