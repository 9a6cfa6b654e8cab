"""What users bring themselves, from the command to the hover: briefs of their own and a workspace's catalog."""

from __future__ import annotations

import json
import sqlite3
from itertools import chain
from pathlib import Path

import pytest
from tests import harness

from superbill.catalog import where
from superbill.catalog.own.briefs import BriefError, documents, put, read_document, remove
from superbill.catalog.own.shelf import Briefs
from superbill.catalog.own.team import read_team
from superbill.catalog.search import search
from superbill.catalog.store import Catalog, open_catalog
from superbill.cli.main import main
from superbill.config import catalog_files, find_settings, with_workspace
from superbill.rules.book import RuleBook, profile_of
from superbill.rules.knowledge import Knowledge

ZEBRA = """\
# CPT 76380: Zebra look

A zebrawise look at one stripe. Data not available in the input for payer rates.

- Service type: Zebra imaging

## Modifiers
| Modifier | Description | When to use |
|---|---|---|
| 26 | reading | Only the zebra was read. |
| TC | mach"""
UNHEARD = "# HCPCS Z-look\n\n## Billing Code Overview\nCPT code 00001 describes an unheard thing called flurb.\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUPERBILL_TABLES", str(tmp_path / "tables"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def say(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main([*arguments]) == code
    said = capsys.readouterr()
    return said.out + said.err


# -- briefs ----------------------------------------------------------------------------------------------------------


def test_from_document_to_hover(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "zebra.md").write_text(ZEBRA)
    said = say(capsys, "catalog", "import", "zebra.md")
    assert "zebra.md: 76380 (new)" in said
    assert "read: title (line 1), summary (line 3), kind of service (line 5), modifiers (line 7)" in said
    assert "line 11: the text breaks off in this row; the row is left out" in said
    card = say(capsys, "lookup", "76380")
    assert "Your brief Zebra look" in card and "Only the zebra was read" in card
    assert "not known there: further modifiers: the document breaks off at line 11, payer rates" in card
    assert "zebra.md, line 1" in card and "PFS Oct 2025" in card
    page = say(capsys, "lookup", "76380", "--full")
    assert page.index("Not known here") < page.index("Zebra look") < page.index("Zebra imaging")
    assert "zebra.md, imported" in say(capsys, "catalog", "info")
    data = json.loads(say(capsys, "lookup", "76380", "--format", "json"))
    assert data[0]["your_brief"]["title"] == "Zebra look"


def test_a_code_that_only_the_brief_describes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "b").mkdir()
    (home / "b" / "unheard.txt").write_text(UNHEARD.replace("00001", "00099"))
    say(capsys, "catalog", "import", "b")
    card = say(capsys, "lookup", "00099")
    assert "your brief" in card and "flurb" in card
    assert "00099" in say(capsys, "lookup", "flurb")
    catalog = open_catalog()
    assert [hit.code for hit in search(catalog, "flur", typing=True)][:1] == ["00099"]
    assert catalog.codes_from("00099", 5) == [("00099", "")]


def test_a_second_import_replaces_and_a_removal_leaves_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "zebra.md").write_text(ZEBRA)
    say(capsys, "catalog", "import", "zebra.md")
    assert "(unchanged)" in say(capsys, "catalog", "import", "zebra.md")
    (home / "zebra.md").write_text(ZEBRA.replace("zebra", "okapi").replace("Zebra", "Okapi"))
    assert "(replaced)" in say(capsys, "catalog", "import", "zebra.md")
    catalog = open_catalog()
    assert "76380" in [hit.code for hit in search(catalog, "okapi")]
    assert not catalog.briefs.match('"zebra"', 5)
    assert "removed   your briefs of 76380" in say(capsys, "catalog", "remove", "76380")
    path = where.own() / "briefs.sqlite"
    assert Briefs(path).brief("76380") is None
    assert b"okapi" not in path.read_bytes().lower() and b"zebra" not in path.read_bytes().lower()
    assert "no brief of this code" in say(capsys, "catalog", "remove", "76380", code=2)


def test_a_stale_catalog_knows_it(home: Path) -> None:
    (home / "zebra.md").write_text(ZEBRA)
    before = open_catalog()
    assert not before.briefs.stale()
    put(where.own() / "briefs.sqlite", [read_document(home / "zebra.md")], lambda *texts: " ".join(texts))
    assert before.briefs.stale() and before.own_brief("76380") is None
    assert open_catalog().own_brief("76380") is not None


def test_two_briefs_for_one_code_change_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "a.md").write_text(ZEBRA)
    (home / "b.md").write_text(ZEBRA)
    (home / "c.md").write_text(UNHEARD)
    said = say(capsys, "catalog", "import", "c.md", "a.md", "b.md", code=2)
    assert "76380 has a brief in a.md and in b.md; keep one of them" in said
    assert Briefs(where.own() / "briefs.sqlite").listed() == []


def test_an_import_that_fails_half_way_changes_nothing(home: Path) -> None:
    (home / "a.md").write_text(ZEBRA)
    (home / "c.md").write_text(UNHEARD)
    path = where.own() / "briefs.sqlite"
    put(path, [read_document(home / "a.md")], lambda *texts: "old")

    def fail(*texts: str) -> str:
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(BriefError, match="disk is full; nothing was changed"):
        put(path, [read_document(home / "c.md")], fail)
    assert [code for code, _, _ in Briefs(path).listed()] == ["76380"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04...", "Word document"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x00\x01\x02", "no text"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"x" * 4_000_001, "are no brief"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "x.md").write_bytes(content)
    with pytest.raises(BriefError, match=why):
        read_document(tmp_path / "x.md")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "x.md").write_bytes("# CPT® 12345 – Thing\n\nÉtude.\n".encode(encoding))
    brief = read_document(tmp_path / "x.md").briefs[0]
    assert (brief.code, brief.title, brief.brief.summary) == ("12345", "Thing", "Étude.")


def test_documents_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.md", "a.TXT", "c.pdf", ".hidden.md", "sub/d.markdown", ".git/e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert [path.relative_to(tmp_path).as_posix() for path in documents(tmp_path)] == [
        "a.TXT",
        "b.md",
        "sub/d.markdown",
    ]


def test_removing_from_nothing(tmp_path: Path) -> None:
    assert remove(tmp_path / "none.sqlite") == []
    assert not (tmp_path / "none.sqlite").exists()


def test_damaged_databases_are_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "briefs.sqlite").write_bytes(b"no database at all, but long enough to be looked at" * 50)
    briefs = Briefs(tmp_path / "briefs.sqlite")
    assert briefs.brief("76380") is None and briefs.match("x", 5) == [] and briefs.listed() == []


# -- a workspace's own catalog ---------------------------------------------------------------------------------------

TEAM = """\
codes:
  - code: LAB01
    title: Courier draw fee
    keywords: [courier, outreach]
    modifiers: ["59"]
    sides: false
    units: 1
    until: 2025-12-31
    instead: LAB02
  - code: Q9111
    title: Our trial of flurbing
  - code: "76380"
    title: Quick look
notes:
  - codes: ["76380", 70010-70559]
    note: Call the desk first.
    source: memo of May
  - modifiers: ["26"]
    codes: ["76380"]
    note: The night team reads these.
payers:
  - id: better-health
    name: Better Health
    base: aetna
    names: [aetna better health]
    rules: {K520: "off"}
    bilateral_units: 2
"""


def team(folder: Path, text: str = TEAM) -> tuple[Catalog, list[str]]:
    (folder / "superbill-catalog.yaml").write_text(text)
    return with_workspace(harness.catalog(), [folder / "superbill-catalog.yaml"])


def findings(catalog: Catalog, rows: str, payer: str = "medicare-b") -> list[str]:
    from superbill.charges.dialect import Hints
    from superbill.engine.analysis import Analysis
    from superbill.text.document import Document

    book = RuleBook(Knowledge(catalog, catalog.profiles[payer], harness.TODAY), {}, strict=True, follow=True)
    text = f"patient,dos,cpt,mod,units,pos,payer\n{rows}\n"
    return [one.finding.rule for one in Analysis(Document(text), Hints(suffix=".csv"), book).finish().findings()]


def test_own_codes_are_known(tmp_path: Path) -> None:
    catalog, problems = team(tmp_path)
    assert problems == []
    assert findings(harness.catalog(), "A,2025-10-15,LAB01,,1,11,") != []
    assert findings(catalog, "A,2025-10-15,LAB01,,1,11,") == []
    assert "C301" in findings(harness.catalog(), "A,2025-10-15,Q9111,,1,11,")
    assert findings(catalog, "A,2025-10-15,Q9111,,1,11,") == []
    assert [hit.code for hit in search(catalog, "courier")][:1] == ["LAB01"] or "LAB01" in [
        hit.code for hit in search(catalog, "courier")
    ]
    assert "Q9111" in [hit.code for hit in search(catalog, "flurbing")]
    assert catalog.codes_from("LAB", 5) == [("LAB01", "Courier draw fee")]
    assert harness.catalog().title("Q9111") == "" and harness.catalog().codes_from("LAB", 5) == []


def test_hover_and_look_up(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "superbill-catalog.yaml").write_text(TEAM)
    card = say(capsys, "lookup", "LAB01")
    assert "LAB01 · Courier draw fee" in card and "your workspace" in card
    assert "takes 59 · has no sides · 1 unit a line at most · ends 2025-12-31, then LAB02" in card
    assert "superbill-catalog.yaml:2" in card
    card = say(capsys, "lookup", "76380-26")
    assert "Your workspace Quick look" in card and "Call the desk first." in card
    assert "memo of May · superbill-catalog.yaml:15" in card and "own words, not the AMA descriptor" in card
    assert "night team" in say(capsys, "lookup", "26")
    assert "night team" not in say(capsys, "lookup", "TC")
    data = json.loads(say(capsys, "lookup", "LAB01", "--format", "json"))[0]
    assert data["workspace"]["units"] == 1 and data["workspace"]["until"] == "2025-12-31"


def test_own_payers(tmp_path: Path) -> None:
    catalog, _ = team(tmp_path)
    profiles = catalog.profiles
    own = profiles["better-health"]
    assert (own.rules["K520"], own.bilateral_units, own.base) == ("off", 2, "generic-commercial")
    assert own.rules["C307"] == "off" and own.facility == profiles["aetna"].facility
    assert own.speaker("bilateral_units") == "Better Health"
    assert own.speaker("facility").endswith("(by the generic profile)")
    found = profile_of("CI", "AETNA BETTER HEALTH OF OHIO", profiles)
    assert found is not None and found.id == "better-health"
    plain = profile_of("", "Aetna", profiles)
    assert plain is not None and plain.id == "aetna"
    assert profile_of("", "Aetna and Cigna", profiles) is None
    assert "K520" in findings(catalog, "A,2025-10-15,76380,50,1,11,Medicare")
    assert "K520" not in findings(catalog, "A,2025-10-15,76380,50,1,11,Aetna Better Health")
    assert "K520" not in findings(catalog, "A,2025-10-15,76380,50,1,11,", payer="better-health")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("codes:\n  - code: 12345\n    title: x\n", ":2: codes.code: must be text, not a whole number; put it in quotes"),
        ("codes:\n  - title: Something\n", ":2: codes: 'code' is missing"),
        ("codes:\n  - code: lab01\n    title: xx\n", ":2: codes.code: 'lab01' does not look as it should"),
        ("codes:\n  - code: A1\n    title: xx\n    titel: y\n", ":4: codes: 'titel' is not a field here; the fields are about"),
        ("codes:\n  - {code: A1, title: xx}\n  - {code: A1, title: xx}\n", ":3: A1 stands twice; the first is at superbill-catalog.yaml:2"),
        ("codes:\n  - {code: A1, title: xx, since: 2026-02-30}\n", ":2: since: there is no day 2026-02-30"),
        ("codes:\n  - {code: A1, title: xx, since: 2026-02-03, until: 2026-02-02}\n", ":2: A1: it ends on 2026-02-02, before"),
        ("codes:\n  - {code: A1, title: xx, units: 0}\n", ":2: A1: units must be 1 at least"),
        ("notes:\n  - note: Nothing to hang on\n", ":2: a note needs `codes`, `modifiers` or both"),
        ("notes:\n  - {codes: [70559-70010], note: xx}\n", ":2: '70559-70010' is not a code or a range"),
        ("payers:\n  - {id: aetna, name: A, base: bcbs}\n", ":2: aetna: this is one of Superbill's own profiles"),
        ("payers:\n  - {id: a, name: A, base: bbcs}\n", ":2: a: there is no profile 'bbcs' to rest on"),
        ("payers:\n  - {id: a, name: A}\n", ":2: a: 'medicare' is missing, and there is no base"),
        ("payers:\n  - {id: a, name: A, base: bcbs, rules: {K9999: off}}\n", ":2: payers.rules.K9999: must be text"),
        ('payers:\n  - {id: a, name: A, base: bcbs, rules: {K9999: "off"}}\n', ":2: a: there is no rule 'K9999'"),
        ("payers:\n  - id: a\n    name: A\n    base: bcbs\n    colour: red\n", ":5: payers: 'colour' is not a field here"),
        ("briefs: [nowhere.md]\n", ":1: briefs: there is no 'nowhere.md' beside this file"),
        ("briefs: nowhere.md\n", ":1: briefs: must be a list"),
        ("colour: red\n", ":1: 'colour' is not a field here; the fields are briefs, codes, notes, payers"),
        ("- a\n", ":1: must be a mapping, not a list"),
        ("codes: [\n", ": not YAML"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_file_and_line_and_the_rest_holds(tmp_path: Path, text: str, problem: str) -> None:
    _, problems = team(tmp_path, text)
    assert len(problems) == 1
    assert problems[0].startswith("superbill-catalog.yaml:") and problem in problems[0]
    if text.startswith(("codes:\n", "notes", "payers")):
        catalog, problems = team(
            tmp_path, text + ("" if text.startswith("codes") else "codes:\n") + "  - {code: ZZ9, title: Whole}\n"
        )
        assert len(problems) == 1 and "ZZ9" in catalog.team.codes


def test_briefs_of_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "zebra.md").write_text(ZEBRA)
    (tmp_path / "briefs" / "readme.md").write_text("About this folder.\n")
    catalog, problems = team(tmp_path, "briefs: [briefs]\n")
    assert problems == []
    brief = catalog.own_brief("76380")
    assert brief is not None and brief.source == "zebra.md"
    assert "76380" in [hit.code for hit in search(catalog, "zebrawise")]
    assert {path.name for path in catalog.team.files} == {"superbill-catalog.yaml", "briefs"}


def test_the_schema_is_what_is_checked() -> None:
    import jsonschema
    import yaml

    schema = json.loads((where.source() / "schema" / "workspace-catalog.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    data = yaml.load(TEAM, Loader=yaml.BaseLoader)
    for code in data["codes"]:
        code.update({key: json.loads(code[key]) for key in ("units", "sides") if key in code})
    jsonschema.validate(data, schema)


def test_where_the_files_are_looked_for(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "superbill-catalog.yaml").write_text(TEAM)
    settings = find_settings(deep / "x.csv")[0]
    assert catalog_files(deep / "x.csv", settings) == ((tmp_path / "superbill-catalog.yaml").resolve(),)
    (tmp_path / "a" / "superbill.yaml").write_text("catalog: [ours.yaml]\n")
    (tmp_path / "a" / "ours.yaml").write_text("codes:\n  - {code: ZZ9, title: Nearer}\n")
    settings = find_settings(deep / "x.csv")[0]
    files = catalog_files(deep / "x.csv", settings)
    assert [path.name for path in files] == ["ours.yaml", "superbill-catalog.yaml"]
    found, problems = read_team(files, harness.catalog().profiles)
    assert problems == [] and {"ZZ9", "LAB01"} <= set(found.codes)
    (tmp_path / "a" / "superbill.yaml").write_text("catalog: 7\n")
    assert "catalog must be" in find_settings(deep / "x.csv")[1][0]


def test_check_uses_it_and_tells_its_mistakes_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "superbill-catalog.yaml").write_text(TEAM + "colour: red\n")
    for name in ("a.csv", "b.csv"):
        (home / name).write_text("patient,dos,cpt,mod,units,pos,payer\nA,2025-10-15,LAB01,,1,11,\n")
    said = say(capsys, "check", ".", "--payer", "better-health")
    assert said.count("'colour' is not a field here") == 1
    assert "nothing found in 2 service lines" in said


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("A,2025-10-15,LAB01,59,1,11,", []),
        ("A,2025-10-15,LAB01,26,1,11,", ["K690"]),
        ("A,2025-10-15,LAB01,,2,11,", ["C330"]),
        ("A,2026-01-01,LAB01,,1,11,", ["C330"]),
        ("A,2025-12-31,LAB01,,1,11,", []),
        ("A,2025-10-15,Q9111,,9,11,", []),
        ("A,2025-10-15,Q9112,RT,1,11,", ["K690"]),
        ("A,2025-06-30,Q9112,,1,11,", ["C330"]),
    ],
)
def test_own_codes_are_held_to_their_entries(tmp_path: Path, row: str, rules: list[str]) -> None:
    more = "  - {code: Q9112, title: Sideless trial, sides: false, since: 2025-07-01}\nnotes:"
    catalog, problems = team(tmp_path, TEAM.replace("notes:", more, 1))
    assert problems == []
    assert [one for one in findings(catalog, row) if one in ("K690", "C330", "C301")] == rules
    assert not {"K690", "C330"} & set(findings(harness.catalog(), row))


def test_completion_puts_what_the_entry_rules_out_last(tmp_path: Path) -> None:
    from superbill.charges.model import ServiceLine
    from superbill.engine.fitting import suggest

    catalog, _ = team(tmp_path, 'codes:\n  - {code: Q9111, title: Trial, modifiers: ["59"]}\n')
    book = RuleBook(Knowledge(catalog, catalog.profiles["medicare-b"], harness.TODAY))
    fits = {one.text: one for one in chain(*suggest(book, ServiceLine(code="Q9111")))}
    assert fits["59"].fits and not fits["GA"].fits
    assert "workspace's catalog it takes 59" in fits["GA"].why
