"""Reports against their schemas, what they say, and that they name no patient."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import xmlschema
import yaml
from tests.harness import analyse
from tests.reports import SCHEMAS, sarif_of
from tests.samples import FHIR, HL7, JSON_SHEET, X12, X12_ONE_LINE, YAML, YAML_LINES

from superbill.cli.main import main
from superbill.report import csv_report, form, sarif
from superbill.report.masking import MASK, Masker, harmless
from superbill.report.model import Summary, report

ROOT = SCHEMAS.parent.parent
LEAVING = ("json", "sarif", "junit", "github", "csv")

CHARGES = """claim_id,patient,dos,cpt,mod1,mod2,units,pos,charge
A1,P1,2025-10-15,76380,50,,1,11,10
A1,P1,2025-10-15,76376,26,,1,22,10
A1,P1,2025-10-15,76377,26,,1,22,10
A2,P2,2025-10-15,99213,26,,1,11,10
A3,P3,2025-10-15,g0008,,,1,11,10
A4,P4,2025-10-15,"=1+1","a""b",,1,11,10
"""
NOTE = "# CT, 3-D\n\nCPT: 74176-26, 76377-26\n\n## Technique\nVolume rendered images were made.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "day 1,ü.csv").write_text(CHARGES, encoding="utf-8")
    (tmp_path / "in" / "clean.csv").write_text("patient,dos,cpt,mod,units,pos\nP1,2025-10-15,76380,26,1,22\n")
    (tmp_path / "in" / "note.md").write_text(NOTE)
    for name, text in (("a.837", X12), ("one.837", X12_ONE_LINE), ("b.hl7", HL7), ("c.json", FHIR), ("d.yaml", YAML)):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    main(["check", *arguments])
    return capsys.readouterr().out


def junit_of(text: str) -> Any:
    """A JUnit report, held against the schema."""
    schema = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
    schema.validate(io.StringIO(text))
    return __import__("xml.etree.ElementTree", fromlist=["x"]).fromstring(text)


def rows_of(text: str) -> list[dict[str, str]]:
    """A CSV report by its headings."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def commands_of(text: str) -> list[dict[str, str]]:
    """Workflow commands read back as GitHub's runner reads them."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if match is None:
            continue
        one = {"command": match[1], "message": _unescaped(match[3])}
        for pair in match[2].split(","):
            name, _, value = pair.partition("=")
            one[name] = _unescaped(value.replace("%2C", ",").replace("%3A", ":"))
        found.append(one)
    return found


def _unescaped(text: str) -> str:
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


# -- forms --------------------------------------------------------------------------------------------------------


def test_every_form_holds_every_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [
        (one["path"], one["line"], one["column"], one["rule"], one["message"])
        for one in json.loads(run(capsys, "in", "--format", "json"))["findings"]
    ]
    assert len(wanted) > 20 and len({path for path, *_ in wanted}) == 7

    (made,) = sarif_of(run(capsys, "in", "--format", "sarif"))["runs"]
    rules = made["tool"]["driver"]["rules"]
    found = []
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        where, region = place["physicalLocation"]["artifactLocation"], place["physicalLocation"]["region"]
        assert where["uriBaseId"] == "SRCROOT" and region["endColumn"] >= region["startColumn"] - 0
        path = __import__("urllib.parse", fromlist=["x"]).unquote(where["uri"])
        found.append((path, region["startLine"], region["startColumn"], result["ruleId"], result["message"]["text"]))
    assert found == wanted

    rows = rows_of(run(capsys, "in", "--format", "csv"))
    assert list(rows[0]) == list(csv_report.HEADER)
    assert [(r["path"], int(r["line"]), int(r["column"]), r["rule"], r["message"].lstrip("'")) for r in rows] == wanted

    commands = commands_of(run(capsys, "in", "--format", "github"))
    assert [(c["file"], int(c["line"]), c["title"].split()[0], c["message"]) for c in commands] == [
        (path, line, rule, message) for path, line, _, rule, message in wanted
    ]
    assert all(("endLine" in one) != ("col" in one) for one in commands)

    suites = junit_of(run(capsys, "in", "--format", "junit"))
    assert [suite.get("name") for suite in suites][:3] == ["in/a.837", "in/b.hl7", "in/c.json"]
    cases = [case for suite in suites for case in suite]
    assert len(cases) == len(wanted) + 1 and [case.get("name") for case in cases].count("clean") == 1


def test_sarif_says_what_a_viewer_needs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made,) = sarif_of(run(capsys, "in/day 1,ü.csv", "--format", "sarif"))["runs"]
    assert made["columnKind"] == "unicodeCodePoints" and made["redactionTokens"] == [MASK]
    assert made["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    by_rule = {result["ruleId"]: result for result in made["results"]}
    bilateral = by_rule["K520"]
    assert re.fullmatch("[0-9a-f]{20}", bilateral["partialFingerprints"][sarif.FINGERPRINT])
    assert bilateral["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "in/day%201,%C3%BC.csv", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 2, "startColumn": 24, "endLine": 2, "endColumn": 26},
    }
    (fix,) = bilateral["fixes"]
    assert fix["properties"]["preferred"] is True
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 24, "endLine": 2, "endColumn": 26},
            "insertedContent": {"text": ""},
        }
    ]
    (other,) = by_rule["L1016"]["relatedLocations"]
    assert other["physicalLocation"]["region"]["startLine"] == 4
    rule = next(one for one in made["tool"]["driver"]["rules"] if one["id"] == "K520")
    assert rule["name"] == "bilateral-not-possible" and "## Why it matters" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"enabled": True, "level": "warning"} and "helpUri" not in rule
    assert str(folder) not in json.dumps(made)


def test_what_cannot_be_read_is_in_the_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.csv").write_bytes(b"\0\1")
    (made,) = sarif_of(run(capsys, "b.csv", "--format", "sarif"))["runs"]
    assert made["invocations"][0]["executionSuccessful"] is False
    assert "binary" in made["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    (suite,) = junit_of(run(capsys, "b.csv", "--format", "junit"))
    assert suite.get("errors") == "1" and "binary" in suite[0][0].get("message")


def test_reports_of_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "none").mkdir()
    assert json.loads(run(capsys, "none", "--format", "json"))["findings"] == []
    assert sarif_of(run(capsys, "none", "--format", "sarif"))["runs"][0]["results"] == []
    assert len(junit_of(run(capsys, "none", "--format", "junit"))) == 0
    assert rows_of(run(capsys, "in/clean.csv", "--format", "csv")) == []


def test_a_path_outside_and_standard_input(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import types

    monkeypatch.chdir(folder / "in")
    (folder / "out.csv").write_text(CHARGES)
    (made,) = json.loads(run(capsys, "../out.csv", "--format", "sarif"))["runs"]
    where = made["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": (folder / "out.csv").resolve().as_uri()}
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(CHARGES.encode())))
    (made,) = sarif_of(run(capsys, "-", "--as", "csv", "--format", "sarif"))["runs"]
    assert made["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "stdin"


def test_junit_is_red_where_the_exit_code_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for limit in ("error", "warning", "never"):
        capsys.readouterr()
        code = main(["check", "in", "--format", "junit", "--fail-on", limit])
        suites = junit_of(capsys.readouterr().out)
        failed = [case for suite in suites for case in suite if case.find("failure") is not None]
        assert bool(failed) == (code == 1)
        assert sum(int(suite.get("failures")) for suite in suites) == len(failed)
        assert all(int(suite.get("tests")) == len(suite) for suite in suites)


def test_no_cell_is_a_formula(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "in", "--format", "csv", "--show-identifiers")
    assert "\r\n" in text
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    assert csv_report._safe("=A1") == "'=A1" and csv_report._safe("-GC: it") == "'-GC: it" and csv_report._safe(3) == 3


def test_reports_beside_the_screen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(
        capsys, "in", "--report", "sarif=in/found.json", "--report", "junit=found.xml", "--report", "csv=in/f.csv"
    )
    assert "K520" in out and "│" in out
    first = json.loads((folder / "in" / "found.json").read_text(encoding="utf-8"))
    assert first["version"] == "2.1.0"
    junit_of((folder / "found.xml").read_text(encoding="utf-8"))
    assert rows_of((folder / "in" / "f.csv").read_text(encoding="utf-8"))
    # What lies there from the last run is no charge file.
    run(capsys, "in", "--report", "sarif=in/found.json", "--report", "junit=found.xml", "--report", "csv=in/f.csv")
    assert json.loads((folder / "in" / "found.json").read_text(encoding="utf-8")) == first
    assert "│" in run(capsys, "in", "--format", "csv", "--output", "one.csv")
    assert rows_of((folder / "one.csv").read_text(encoding="utf-8"))
    assert not [path for path in folder.rglob(".*") if path.is_file()]


@pytest.mark.parametrize("said", ["sarif", "pdf=x", "csv=", "csv=none/x.csv"])
def test_a_report_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str], said: str) -> None:
    assert main(["check", "in/clean.csv", "--report", said]) == 2
    assert "superbill: " in capsys.readouterr().err
    assert main(["check", "in/clean.csv", "--report", "csv=in/x.csv", "--report", "json=in/x.csv"]) == 2


def test_a_check_that_breaks_off_leaves_the_old_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "old.csv").write_text("kept")
    assert main(["check", "in", "--report", "csv=old.csv", "--payer", "nobody"]) == 2
    assert (folder / "old.csv").read_text() == "kept"


def test_fingerprints_stay_when_lines_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows = CHARGES.splitlines(keepends=True)

    def prints(text: str) -> list[str]:
        (tmp_path / "a.csv").write_text(text)
        return sorted(
            one["fingerprint"]
            for one in json.loads(run(capsys, str(tmp_path / "a.csv"), "--format", "json"))["findings"]
        )

    first = prints(CHARGES)
    assert len(set(first)) == len(first)
    clean = "".join(f"A{n},P{n},2025-10-15,76380,26,,1,22,10\n" for n in (7, 8, 9))
    assert prints(head + clean + "".join(rows)) == first
    assert prints(CHARGES.replace("P1", "Q7").replace("A1", "B7")) == first
    assert len(prints(CHARGES + "A9,P9,2025-10-15,76380,50,,1,11,10\n")) == len(first) + 1


def test_memory_does_not_hold_what_was_written(folder: Path) -> None:
    """A form says what it has to say of a file at once and keeps nothing of it."""
    for name in form.FORMS:
        one = form.make(name, root=folder)
        before = repr(vars(one))
        one.head()
        found = [first for first, _ in report("a.csv", analyse(CHARGES), Summary())]
        assert found and one.file("a.csv", found)
        assert repr(vars(one)) == before


# -- masking ------------------------------------------------------------------------------------------------------

SECRETS = (
    "Quillfeather", "Zöbelstein, Ann", "zoltan quagmire", "P-998877", "MRN0048213", "123-45-6789", "1961-07-04",
    "07/04/1961", "19610704", "4-Jul-1961", "555-010-4477", "998877665544",
)  # fmt: skip
SAMPLES = {"csv": CHARGES, "x12": X12, "hl7": HL7, "json": FHIR, "yaml": YAML, "md": NOTE}


def leaks(text: str, kind: str, secret: str) -> list[str]:
    """Every report of a text in which a secret stands, by form, with what stands there."""
    analysis = analyse(text, kind)
    masker = Masker(analysis)
    masked = [masker.masked(one, located) for one, located in report("f", analysis, Summary())]
    wanted = {secret.casefold(), *(part.casefold() for part in re.findall(r"\w{5,}", secret))}
    found = []
    for name in LEAVING:
        said = form.make(name, root=Path("/")).file("f", masked)
        plain = json.dumps(json.loads(f"[{said}]"), ensure_ascii=False) if name in ("json", "sarif") else said
        found += [
            f"{name}: {secret}: {line}" for line in plain.splitlines() for one in wanted if one in line.casefold()
        ]
    return found


@pytest.mark.parametrize("secret", SECRETS)
def test_no_report_names_a_patient_whatever_column_slipped(secret: str) -> None:
    """The secret in every cell of every row, heading included."""
    rows = list(csv.reader(io.StringIO(CHARGES)))
    for row in (0, 1, 4, 5):
        for cell in range(len(rows[0])):
            fresh = [list(one) for one in rows]
            fresh[row][cell] = secret
            out = io.StringIO()
            csv.writer(out).writerows(fresh)
            assert not leaks(out.getvalue(), "csv", secret)


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind != "csv"])
def test_no_report_names_a_patient_in_any_format(kind: str) -> None:
    """A secret in the place of every word of a sample, one after another; the secrets take turns."""
    text = SAMPLES[kind]
    for number, word in enumerate(re.finditer(r"(?<![\w.])[\w.]+", text)):
        secret = SECRETS[number % len(SECRETS)]
        assert not leaks(text[: word.start()] + secret + text[word.end() :], kind, secret)


def test_masking_can_be_turned_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text(CHARGES.replace("99213", "Quillfeather"))
    for name in LEAVING:
        assert "Quillfeather" not in run(capsys, str(tmp_path / "a.csv"), "--format", name)
        assert "Quillfeather" in run(capsys, str(tmp_path / "a.csv"), "--format", name, "--show-identifiers")
    assert "Quillfeather" in run(capsys, str(tmp_path / "a.csv"), "--report", f"csv={tmp_path / 'r.txt'}")
    assert "Quillfeather" not in (tmp_path / "r.txt").read_text()


def test_what_is_no_identifier_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Masked reports are still of use: nothing is taken out of the messages of ordinary mistakes."""
    (tmp_path / "a.csv").write_text(CHARGES.replace('"=1+1"', "99213").replace('"a""b"', "gc"))
    (tmp_path / "b.json").write_text(JSON_SHEET)
    (tmp_path / "c.yaml").write_text(YAML_LINES)
    plain = json.loads(run(capsys, str(tmp_path), "--format", "json", "--show-identifiers"))
    masked = json.loads(run(capsys, str(tmp_path), "--format", "json"))
    for one, two in zip(plain["findings"], masked["findings"], strict=True):
        assert one["message"].replace("2025-10-15", MASK) == two["message"]
        splits = [fix["title"].startswith("Make two lines") for fix in one["fixes"]]
        assert [fix.get("masked", False) for fix in two["fixes"]] == splits
        assert all(split or fix in one["fixes"] for fix, split in zip(two["fixes"], splits, strict=True))


def test_the_catalogs_own_dates_stay_and_those_of_the_file_go() -> None:
    text = "patient,dos,cpt,mod,units,pos\nP1,2012-03-04,G0008,GC,1,11\nP1,1990-01-01,99213,GC,1,11\n"
    analysis = analyse(text)
    masker = Masker(analysis)
    found = [masker.masked(one, located) for one, located in report("f", analysis, Summary())]
    said = " ".join(one.message for one in found)
    assert "1997-01-01" in said and "1990" not in said and "2012-03" not in said


def test_a_split_line_is_left_out_of_reports() -> None:
    """The edit that makes two lines of one copies the row."""
    text = "patient,dos,cpt,mod1,mod2,units,pos\nQuillfeather,2025-10-15,73030,LT,RT,2,11\n"
    analysis = analyse(text)
    pairs = list(report("f", analysis, Summary()))
    splits = [fix for one, _ in pairs for fix in one.fixes if "two lines" in fix.title]
    assert splits and any("Quillfeather" in edit.text for fix in splits for edit in fix.edits)
    masker = Masker(analysis)
    masked = [masker.masked(one, located) for one, located in pairs]
    assert all(not fix.edits for one in masked for fix in one.fixes if fix.masked)
    assert any(fix.masked for one in masked for fix in one.fixes)
    assert "Quillfeather" not in str([(one.message, one.fixes, one.related) for one in masked])


@pytest.mark.parametrize(
    "value", ["99213", "G0008", "99213-25", "26", "gc", "11", "1", "120.50", "$10", "K57.20", "99213.0"]
)
def test_shapes_that_name_nobody(value: str) -> None:
    assert harmless(value)


@pytest.mark.parametrize("value", [*SECRETS, "Li", "Ann", "LEE", "123456", "12-34-56", "99213 Quill", "P998877"])
def test_shapes_that_may_name_somebody(value: str) -> None:
    assert not harmless(value)


# -- hooks --------------------------------------------------------------------------------------------------------


def test_the_pre_commit_hooks_are_what_pre_commit_takes() -> None:
    from pre_commit.clientlib import load_manifest

    hooks = {hook["id"]: hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}
    assert set(hooks) == {"superbill-check", "superbill-fix"}
    for hook in hooks.values():
        assert hook["language"] == "python"
        for name in ("a/b.csv", "day.837", "X.HL7", "notes/a.md", "c.yml"):
            assert re.search(hook["files"], name) and not re.search(hook["exclude"], name)
        for name in ("a.py", "superbill.yaml", ".pre-commit-config.yaml", "web/package.json"):
            assert not re.search(hook["files"], name) or re.search(hook["exclude"], name)
        # The options exist, and a file without charges passes.
        command, verb = hook["entry"].split()
        assert command == "superbill" and main([verb, *hook["args"], str(ROOT / "README.md"), "--quiet"]) == 0
    assert yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
