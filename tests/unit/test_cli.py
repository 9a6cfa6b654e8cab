"""The command line as people and programs use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from superbill.cli.main import main

BAD = "patient,dos,cpt,mod,units,pos\nP1,2025-10-15,76380,50,1,11\n"
GOOD = "patient,dos,cpt,mod,units,pos\nP1,2025-10-15,76380,26,1,22\n"
WORSE = "patient,dos,cpt,mod,units,pos\nP1,2025-10-15,99213,26,1,11\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.csv").write_text(BAD)
    (tmp_path / "good.csv").write_text(GOOD)
    return tmp_path


def test_exit_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder / "good.csv")]) == 0
    assert main(["check", str(folder / "bad.csv")]) == 0  # a warning is below the default
    assert main(["check", str(folder / "bad.csv"), "--fail-on", "warning"]) == 1
    (folder / "worse.csv").write_text(WORSE)
    assert main(["check", str(folder / "worse.csv")]) == 1
    assert main(["check", str(folder / "worse.csv"), "--fail-on", "never"]) == 0
    assert main(["check", str(folder / "absent.csv")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_text_report_draws_the_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(folder)])
    out = capsys.readouterr().out
    assert f"{folder / 'bad.csv'}:2:21  warning  K520  76380-50" in out
    assert "     2 │ P1,2025-10-15,76380,50,1,11\n       │                     ^^" in out
    assert "1 warning in 2 service lines of 2 files" in out


def test_json_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(folder / "bad.csv"), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == 1
    (finding,) = report["findings"]
    assert {key: finding[key] for key in ("line", "column", "end_line", "end_column", "rule", "severity", "code", "modifiers")} == {
        "line": 2, "column": 21, "end_line": 2, "end_column": 23, "rule": "K520", "severity": "warning", "code": "76380",
        "modifiers": ["50"],
    }  # fmt: skip
    assert finding["path"].endswith("bad.csv") and finding["name"] and finding["source"] == "PFS Oct 2025"
    (fix,) = finding["fixes"]
    assert fix["preferred"] is True
    assert fix["edits"] == [{"line": 2, "column": 21, "end_line": 2, "end_column": 23, "text": ""}]
    assert report["summary"] == {
        "files": 1, "service_lines": 1, "mentions": 0, "errors": 0, "warnings": 1, "information": 0, "hints": 0,
        "not_checked": 0,
    }  # fmt: skip


def test_columns_count_code_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("patient,dos,cpt,mod,units,pos\n😀é,2025-10-15,76380,50,1,11\n", encoding="utf-8")
    main(["check", str(path), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["findings"][0]["column"] == 21


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io
    import types

    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(BAD.encode())))
    assert main(["check", "-", "--as", "csv", "--fail-on", "warning"]) == 1
    assert "<stdin>:2:21" in capsys.readouterr().out
    assert main(["check", "-"]) == 2
    assert "--as" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\0\1\2binary" * 100, "b.csv"),
        ("dos,cpt,mod\n2025-10-15,76380,50\n".encode("utf-16"), "u.csv"),
        ("dos,cpt,mod,note,pos,units\n2025-10-15,76380,26,caf\xe9,22,1\n".encode("cp1252"), "c.csv"),
        (b'dos,cpt,mod,pos,units\n"2025-10-15,76380,50,11,1\nx,y', "q.csv"),
        (b"dos,cpt,mod\n" + b"x" * 1_200_000 + b",76380,50\n", "l.csv"),
        (b"", "e.csv"),
        (b"\n\n\n", "n.csv"),
        (b"\xff\xfe", "m.csv"),
        (b"cpt,mod\n\0\0,\0\n", "z.md"),
        (b"cpt" + b"," * 60_000, "w.csv"),
    ],
)
def test_bad_input_is_no_crash(tmp_path: Path, data: bytes, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["check", str(path)]) in (0, 1, 2)
    assert "Traceback" not in capsys.readouterr().err


def test_a_binary_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.csv").write_bytes(b"\0\1\2")
    assert main(["check", str(tmp_path / "b.csv")]) == 2
    assert "b.csv: binary, not text" in capsys.readouterr().err


def test_settings_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "superbill.yaml").write_text("rules:\n  K520: error\n")
    assert main(["check", str(folder / "bad.csv")]) == 1
    (folder / "superbill.yaml").write_text("rules:\n  K520: off\n")
    assert main(["check", str(folder / "bad.csv"), "--fail-on", "hint"]) == 0
    (folder / "superbill.yaml").write_text('accept:\n  - "K520 76380-50"\n')
    assert main(["check", str(folder / "bad.csv"), "--fail-on", "hint"]) == 0
    (folder / "superbill.yaml").write_text('accept:\n  - "K520 76380-50 in other.csv"\n')
    assert main(["check", str(folder / "bad.csv"), "--fail-on", "warning"]) == 1
    (folder / "superbill.yaml").write_text("rules: [\n")
    assert main(["check", str(folder / "bad.csv"), "--fail-on", "warning"]) == 1
    assert "superbill.yaml: line 2: not YAML" in capsys.readouterr().err


def test_columns_that_the_settings_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "exports").mkdir()
    path = folder / "exports" / "march.csv"
    path.write_text("Fall;Tag;Leistung;M-A;M-B;Anz;Ort\nP1;2025-10-15;76380;50;;1;11\n")
    assert main(["check", str(path), "--fail-on", "hint"]) == 0
    assert "no charges" in capsys.readouterr().out
    (folder / "superbill.yaml").write_text(
        'columns:\n  "exports/*.csv": {code: Leistung, modifier: [M-A, M-B], units: Anz, date: Tag, place: Ort, patient: Fall}\n'
    )
    assert main(["check", str(path), "--fail-on", "warning"]) == 1
    assert "march.csv:2:21  warning  K520" in capsys.readouterr().out
    assert main(["catalog", "coverage", str(path)]) == 0
    assert "1 of 1" in capsys.readouterr().out


def test_lookup(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "76380", "26"]) == 0
    out = capsys.readouterr().out
    assert "PC/TC 1" in out and "PFS Oct 2025" in out and "professional" in out
    assert main(["lookup", "74177-50"]) == 0
    assert "✗" in capsys.readouterr().out
    assert main(["lookup", "xyzzyqqq"]) == 2


def test_lookup_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "76380", "26", "ct abdomen", "--limit", "3", "--format", "json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert [answer["kind"] for answer in answers] == ["code", "modifier", "code", "code", "code"]
    for answer in answers:
        assert {"kind", "code", "title", "family", "score", "facts"} <= set(answer)
    assert answers[0]["facts"]["fee_schedule"]["rows"]["global"]["pctc"] == "1"


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "k520"]) == 0
    assert "## Why it matters" in capsys.readouterr().out
    assert main(["explain", "bilateral-not-possible"]) == 0
    assert main(["explain"]) == 0
    capsys.readouterr()
    assert main(["explain", "K52"]) == 2
    assert "K520" in capsys.readouterr().err


def test_settings_are_not_checked_as_a_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = "lines:\n- {dos: 2025-10-15, cpt: 76380, mod: 50, units: 1, pos: 11}\n"
    for name in ("superbill.yaml", "sheet.yaml"):
        (tmp_path / name).write_text(sheet)
    main(["check", str(tmp_path)])
    shown = capsys.readouterr().out
    assert "sheet.yaml:2:" in shown and "superbill.yaml:2:" not in shown


def test_explain_of_a_modifier_and_of_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["50"], ["--modifier", "50"]):
        assert main(["explain", *arguments]) == 0
        shown = capsys.readouterr().out
        assert "K520 " in shown and "X702 " in shown and "K501 " not in shown
    for arguments in (["76380"], ["--code", "76380"]):
        assert main(["explain", *arguments]) == 0
        shown = capsys.readouterr().out
        assert "L1020 " in shown and "50: " in shown and "L1016 " not in shown
    assert main(["explain", "L1020"]) == 0
    assert "## Why it matters" in capsys.readouterr().out, "a rule's id is not taken for a code"
    assert main(["explain", "--code", "L1020"]) == 0
    assert "not in the loaded catalog" in capsys.readouterr().out
    for arguments in (["--modifier", "QQ1"], ["--code", "7638"]):
        assert main(["explain", *arguments]) == 2
    capsys.readouterr()


def test_catalog_info(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "info"]) == 0
    assert "PFS Oct 2025" in capsys.readouterr().out
    assert main(["catalog", "info", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["modifiers"] > 400


def test_catalog_coverage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "charges.csv"
    path.write_text("dos,cpt,units\n2025-01-02,76380,1\n2025-01-02,99213,1\n2025-01-02,99213,1\n2025-01-02,0001F,1\n")
    (tmp_path / "notes.txt").write_text("Nothing was billed.\n")
    assert main(["catalog", "coverage", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert f"{path}: 3 of 4 (75.0%) of lines with a code have a title" in out
    assert "Visits (evaluation and management)  2 of 2 (100.0%)" in out
    assert "without a title, most often: 0001F (1)" in out
    assert f"{tmp_path / 'notes.txt'}: no charges found" in out
    assert main(["catalog", "coverage", str(tmp_path / "absent.csv")]) == 2


def test_processes_say_what_one_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text((BAD, GOOD, WORSE)[number % 3])
    (tmp_path / "3.csv").write_bytes(b"\0\0\0")
    (tmp_path / "superbill.yaml").write_text("rules:\n  K501: hint\n")
    said = []
    for jobs in ("1", "2"):
        for form in ("text", "json"):
            code = main(["check", str(tmp_path), "--jobs", jobs, "--format", form, "--fail-on", "warning"])
            captured = capsys.readouterr()
            said.append((code, captured.out, captured.err))
    assert said[:2] == said[2:]
    assert said[0][0] == 1 and "3.csv: binary" in said[0][2]
    assert main(["check", str(tmp_path), "--jobs", "2", "--payer", "nobody"]) == 2
    assert "there is no payer profile 'nobody'" in capsys.readouterr().err


def test_a_payer_by_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "superbill.yaml").write_text('payers:\n  "blue/**": bcbs\n  "odd/**": nobody\n')
    for name in ("blue", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").write_text("patient,dos,cpt,mod,units,pos\nP1,2025-10-15,20610,50,2,11\n")
    main(["check", str(tmp_path)])
    out = capsys.readouterr().out
    assert "K523" in out and str(tmp_path / "other") in out and str(tmp_path / "blue") not in out
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "a.csv").write_text(GOOD)
    assert main(["check", str(tmp_path / "odd")]) == 2
    assert "no payer profile 'nobody'" in capsys.readouterr().err


def test_severities_by_path(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "training").mkdir()
    (folder / "training" / "c.csv").write_text(BAD)
    (folder / "superbill.yaml").write_text('paths:\n  "training/**":\n    rules: {K520: off}\n')
    main(["check", str(folder)])
    out = capsys.readouterr().out
    assert "bad.csv:2:21" in out and "c.csv" not in out


def test_accepted_findings_that_are_gone_are_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "superbill.yaml").write_text(
        "accept: [K520 76380-50, K504 93000-26, K504 93000-26 in good.csv, K504 93000-26 in other.csv]\n"
    )
    main(["check", str(folder)])
    err = capsys.readouterr().err
    assert "superbill.yaml: 2 entries of `accept` met no finding: K504 93000-26, K504 93000-26 in good.csv" in err
    main(["check", str(folder / "bad.csv")])
    assert capsys.readouterr().err == ""  # one file says nothing of entries that hold everywhere
