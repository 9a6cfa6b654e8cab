"""Own rules in `superbill.yaml`: how they are read, what is said of mistakes, and the commands that know them."""

from __future__ import annotations

import csv
import io
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.harness import TODAY, catalog
from tests.own import PlainLoader, own_rules, schema
from tests.reports import sarif_of

from superbill.catalog.shapes import is_code
from superbill.charges.model import ServiceLine
from superbill.cli.main import main
from superbill.config import find_settings, load_settings
from superbill.engine.settings import Settings, read_settings
from superbill.rules.base import OWN_ID, Rule
from superbill.rules.book import RuleBook, all_rules
from superbill.rules.knowledge import Knowledge
from superbill.rules.own import read_own_rules

GOOD = "{id: OUR-1, message: gone, codes: ['76380']}"


# -- reading ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{message: a, codes: ['76380']}", "`id` must be letters of your own, a dash"),
        ("{id: K520, message: a, codes: ['76380']}", "such as ACME-1"),
        ("{id: our-1, message: a, codes: ['76380']}", "in capitals"),
        ("{id: OUR-1, codes: ['76380']}", "OUR-1: `message` must be a text"),
        ("{id: OUR-1, message: no, codes: ['76380']}", "`message` must be a text; put False in quotes"),
        ("{id: OUR-1, message: a}", "would speak of every line"),
        ("{id: OUR-1, message: a, not_with: ['76380']}", "would speak of every line"),
        ("{id: OUR-1, message: a, severity: fatal, codes: ['76380']}", "severity 'fatal' is none of error, warning"),
        ("{id: OUR-1, message: a, link: intranet, codes: ['76380']}", "'intranet' is no address"),
        ("{id: OUR-1, message: a, codes: [00142]}", "98 is no code, no range and no beginning"),
        ("{id: OUR-1, message: a, codes: [76380-70010]}", "'76380-70010' is no code"),
        ("{id: OUR-1, message: a, codes: [70010-J9999]}", "is no code"),
        ("{id: OUR-1, message: a, codes: []}", "`codes` is an empty list"),
        ("{id: OUR-1, message: a, codes: {a: b}}", "`codes` must be a list"),
        ("{id: OUR-1, message: a, forbid_modifiers: [01]}", "1 is no modifier"),
        ("{id: OUR-1, message: a, forbid_modifiers: [NO]}", "False is no modifier"),
        ("{id: OUR-1, message: a, forbid_modifiers: [5O0]}", "'5O0' is no modifier"),
        ("{id: OUR-1, message: a, allowed_places: [office]}", "'office' is no place of service"),
        ("{id: OUR-1, message: a, forbid_modifer: ['50']}", "no 'forbid_modifer'; did you mean forbid_modifiers?"),
        ("{id: OUR-1, message: a, codes: ['76380'], dates: 2026}", "`dates` must hold"),
        ("{id: OUR-1, message: a, codes: ['76380'], dates: {from: May}}", "'May' is no date"),
        ("{id: OUR-1, message: a, codes: ['76380'], dates: {from: 2026-02-01, until: 2026-01-01}}", "lies before"),
        ("{id: OUR-1, message: a, units: 2}", "`units` must hold"),
        ("{id: OUR-1, message: a, units: {per: line}}", "`units` must hold"),
        ("{id: OUR-1, message: a, units: {most: 0}}", "0 is no number of units"),
        ("{id: OUR-1, message: a, units: {most: 2, per: week}}", "`per` is day or line"),
        ("{id: OUR-1, message: a, units: {most: 2, least: 3}}", "less than `least`"),
        ("{id: OUR-1, message: a, require_modifiers: {}}", "must hold `any` or `all`"),
        ("{id: OUR-1, message: a, require_modifiers: [LT], forbid_modifiers: [LT]}", "both forbidden and required"),
        ("{id: OUR-1, message: a, codes: ['76380'], fix: remove}", "`fix` must hold one of"),
        ("{id: OUR-1, message: a, codes: ['76380'], fix: {}}", "exactly one of"),
        ("{id: OUR-1, message: a, codes: ['76380'], fix: {code: '76377', remove_line: true}}", "exactly one of"),
        ("{id: OUR-1, message: a, codes: ['76380'], fix: {code: x}}", "'x' is no code"),
        ("{id: OUR-1, message: a, codes: ['76380'], fix: {code: '76377', preferred: true}}", "can be preferred"),
        ("{id: OUR-1, message: a, forbid_modifiers: ['50'], fix: {remove_modifiers: ['51'], preferred: true}}",
         "can be preferred"),
        ("{id: OUR-1, message: a, codes: ['76380'], examples: [76380]}", "`examples` must hold"),
        ("{id: OUR-1, message: a, codes: ['76380'], examples: {bad: [763]}}", "'763' is no line"),
        ("{id: OUR-1, message: a, codes: ['76380'], examples: {bad: [76380 two]}}", "'two' is neither units"),
        ("just text", "rule 1: must be a mapping"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_only_that_rule_left_out(entry: str, words: str) -> None:
    text = f"payer: medicare-b\nown_rules:\n- {entry}\n- {GOOD.replace('OUR-1', 'OUR-2')}\n"
    settings, problems = read_settings(yaml.safe_load(text))
    assert len(problems) == 1 and words in problems[0], problems
    assert problems[0].startswith("own_rules: ")
    assert settings.payer == "medicare-b" and [rule.id for rule in settings.own_rules] == ["OUR-2"]


def test_nothing_that_yaml_can_hold_makes_reading_fail() -> None:
    odd: list[Any] = [
        None,
        True,
        3,
        -1,
        2.5,
        float("nan"),
        "",
        "x",
        "76380",
        [],
        [[]],
        [{}],
        {},
        {"a": 1},
        {1: 2},
        TODAY,
    ]
    for value in odd:
        read_own_rules(value)
        for key in (*read_fields(), "nothing"):
            rules, problems = read_own_rules([{"id": "OUR-1", "message": "m", "codes": ["76380"], key: value}])
            assert len(rules) + len(problems) == 1
        for key, inner in (("units", "most"), ("dates", "from"), ("fix", "code"), ("fix", "replace_modifiers"),
                           ("fix", "preferred"), ("examples", "bad"), ("require_modifiers", "all")):  # fmt: skip
            rules, problems = read_own_rules([{"id": "OUR-1", "message": "m", "codes": ["76380"], key: {inner: value}}])
            assert len(rules) + len(problems) == 1


def read_fields() -> tuple[str, ...]:
    from superbill.rules.own import FIELDS

    return FIELDS


def test_two_rules_of_one_id() -> None:
    rules, problems = read_own_rules(yaml.safe_load(f"[{GOOD}, {GOOD.replace('gone', 'other')}]"))
    assert [rule.message for rule in rules] == ["gone"]
    assert problems[0].text == "there are two rules with this id; the first one holds"


def test_no_id_of_ours_can_be_a_teams() -> None:
    assert not [id for id in all_rules() if OWN_ID.fullmatch(id)]


def test_numbers_that_yaml_did_not_spoil_are_understood() -> None:
    (rule,) = own_rules(
        "[{id: OUR-1, message: m, codes: [76380, 74177-74178], forbid_modifiers: [50, lt], places: [2, 11]}]"
    )
    assert rule.codes.written == ("76380", "74177-74178")
    assert (rule.forbid_modifiers, rule.places) == (("50", "LT"), ("02", "11"))


def test_a_rule_travels_to_another_process() -> None:
    rules = own_rules(f"[{GOOD}]")
    assert pickle.loads(pickle.dumps(rules)) == rules and hash(rules) == hash(own_rules(f"[{GOOD}]"))


def test_the_clients_rules_lie_over_those_of_the_file() -> None:
    file = Settings(own_rules=own_rules(f"[{GOOD}, {GOOD.replace('OUR-1', 'OUR-2')}]"))
    client = Settings(own_rules=own_rules(f"[{GOOD.replace('gone', 'other')}]"))
    assert [(rule.id, rule.message) for rule in client.over(file).own_rules] == [("OUR-1", "other"), ("OUR-2", "gone")]


# -- the schema for editors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        GOOD,
        "{id: OUR-1, message: m, codes: 76380, forbid_modifiers: 50}",
        "{id: OUR-1, message: m, codes: [763*, 0042T], severity: hint, why: w, link: 'https://x.example/a'}",
        "{id: OUR-1, message: m, require_modifiers: {any: [LT, RT], all: ['26']}, unless_modifiers: TC}",
        "{id: OUR-1, message: m, units: {most: 2.5, least: 1, per: line}, payers: [aetna], payer_names: [Harbor]}",
        "{id: OUR-1, message: m, codes: ['76380'], dates: {from: 2026-01-01, until: 2026-12-31}}",
        "{id: OUR-1, message: m, modifiers: ['22'], fix: {remove_modifiers: ['22'], preferred: true}}",
        "{id: OUR-1, message: m, codes: ['76380'], fix: {replace_modifiers: {50: LT}}}",
        "{id: OUR-1, message: m, codes: ['76380'], fix: {remove_line: true}, examples: {bad: [76380], good: ['74177 x1']}}",
    ],
)
def test_what_is_read_the_schema_takes(entry: str) -> None:
    assert not read_own_rules(yaml.safe_load(f"[{entry}]"))[1]
    # Editors take the keys of a mapping for texts.
    assert not [
        error.message for error in schema().iter_errors(json.loads(json.dumps(yaml.load(f"[{entry}]", PlainLoader))))
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "{message: a, codes: ['76380']}",
        "{id: K520, message: a, codes: ['76380']}",
        "{id: OUR-1, codes: ['76380']}",
        "{id: OUR-1, message: a, severity: fatal, codes: ['76380']}",
        "{id: OUR-1, message: a, codes: []}",
        "{id: OUR-1, message: a, codes: [00142]}",
        "{id: OUR-1, message: a, forbid_modifer: ['50']}",
        "{id: OUR-1, message: a, forbid_modifiers: [01]}",
        "{id: OUR-1, message: a, units: {most: 0}}",
        "{id: OUR-1, message: a, units: {per: line}}",
        "{id: OUR-1, message: a, codes: ['76380'], fix: {}}",
        "{id: OUR-1, message: a, codes: ['76380'], fix: {code: '76377', remove_line: true}}",
        "{id: OUR-1, message: a, codes: ['76380'], dates: {from: May}}",
        "just text",
    ],
)
def test_what_is_refused_the_schema_refuses(entry: str) -> None:
    assert read_own_rules(yaml.safe_load(f"[{entry}]"))[1]
    assert list(schema().iter_errors(json.loads(json.dumps(yaml.load(f"[{entry}]", PlainLoader)))))


# -- the file -----------------------------------------------------------------------------------------------

FILE = """payer: medicare-b
own_rules:
  - id: OUR-1
    message: gone
    codes:
      - "76380"
      - 00142
  - id: OUR-2
    message: gone
    codes: ["76380"]
    units:
      mst: 2
  - id: OUR-3
    codes: ["76380"]
  - id: OUR-4
    message: gone
    codes: ["76380"]
    payers: [medicare-b, medicare]
  - id: OUR-5
    message: gone
    codes: ["76380"]
rules:
  OUR-5: hint
  OUR-6: hint
"""


def test_mistakes_name_their_line(tmp_path: Path) -> None:
    (tmp_path / "superbill.yaml").write_text(FILE)
    settings, problems = load_settings(tmp_path)
    assert [problem.partition(";")[0] for problem in problems] == [
        "line 7: own_rules: OUR-1: 98 is no code, no range and no beginning",
        "line 12: own_rules: OUR-2: there is no 'mst'",
        "line 13: own_rules: OUR-3: `message` must be a text",
        "line 18: own_rules: OUR-4: there is no payer profile 'medicare'",
        "rules: there is no rule 'OUR-6'",
    ]
    assert [rule.id for rule in settings.own_rules] == ["OUR-5"] and settings.rules == {"OUR-5": "hint"}
    assert settings.payer == "medicare-b"


def test_where_a_rule_is_written(tmp_path: Path) -> None:
    path = tmp_path / "superbill.yaml"
    path.write_text(FILE)
    (rule,) = load_settings(tmp_path)[0].own_rules
    assert (rule.id, rule.origin, rule.line) == ("OUR-5", str(path), FILE[: FILE.index("- id: OUR-5")].count("\n") + 1)
    assert rule.address == f"{path.as_uri()}#{rule.line},1"
    path.write_text(f"own_rules: [{GOOD}, {GOOD.replace('OUR-1', 'OUR-2')}]\n")
    assert [one.line for one in load_settings(tmp_path)[0].own_rules] == [1, 1]
    # What a client sends stands in no file.
    (sent,) = read_settings({"own_rules": [yaml.safe_load(GOOD)]})[0].own_rules
    assert (sent.origin, sent.line, sent.address) == ("", 0, "")


def test_a_file_that_is_broken_now_says_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "superbill.yaml"
    known: dict[Path, Settings] = {}
    path.write_text(f"own_rules: [{GOOD}]\n")
    first = find_settings(tmp_path, known)[0]
    assert len(first.own_rules) == 1
    path.write_text("own_rules: [\n")
    settings, problems, _ = find_settings(tmp_path, known)
    assert settings == first and problems[0].endswith("; what it said before still holds")
    path.write_text("own_rules: []\n")
    assert find_settings(tmp_path, known)[0].own_rules == ()
    path.write_text("own_rules: [\n")
    assert find_settings(tmp_path)[0] == Settings()
    path.write_text("own_rules: [{id: A-1, dates: {from: 2026-02-30}}]\n")
    assert "not YAML" in load_settings(tmp_path)[1][0]


# -- commands -----------------------------------------------------------------------------------------------

RULES = """own_rules:
  - id: ACME-1
    message: No 50 on this code
    codes: ["76380"]
    forbid_modifiers: ["50"]
    severity: error
    why: Agreed in March.
    link: https://intranet.example/50
    examples: {bad: [76380-50], good: ["76380"]}
  - id: ACME-2
    message: Never with 74177
    codes: ["76380"]
    not_with: ["74177"]
"""
CHARGES = "patient,dos,cpt,mod,units,pos\nP1,2025-10-15,76380,50,1,11\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "superbill.yaml").write_text(RULES)
    (tmp_path / "a.csv").write_text(CHARGES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    main(["check", ".", "--format", "json", *options])
    findings: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return [one for one in findings if "-" in one["rule"]]


def test_check_says_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "a.csv"]) == 1  # the team made it an error
    assert "error  ACME-1  76380-50: No 50 on this code. (workspace rule)" in capsys.readouterr().out
    (one,) = found(capsys)
    assert (one["rule"], one["name"], one["source"], one["code"]) == ("ACME-1", "ACME-1", "workspace rule", "76380")
    (folder / "b.csv").write_text(CHARGES)
    assert [one["path"] for one in found(capsys, "--jobs", "2")] == ["a.csv", "b.csv"]


def test_settings_silence_and_accept_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ("rules: {ACME-1: off}\n", 'accept: ["ACME-1 76380-50"]\n'):
        (folder / "superbill.yaml").write_text(RULES + more)
        assert found(capsys) == []


def test_reports_for_programs_say_them_as_they_say_ours(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.csv").write_text(CHARGES)
    (folder / "other").mkdir()
    elsewhere = RULES.replace("No 50 on this code", "Elsewhere no 50. Ask first").replace(
        "severity: error", "severity: hint"
    )
    (folder / "other" / "superbill.yaml").write_text(elsewhere)
    (folder / "other" / "c.csv").write_text(CHARGES)
    for jobs in ("1", "2"):
        capsys.readouterr()
        main(["check", ".", "--format", "sarif", "--jobs", jobs])
        (run,) = sarif_of(capsys.readouterr().out)["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules[-4:]] == ["ACME-1", "ACME-2", "ACME-1", "ACME-2"]
        assert len({rule["id"] for rule in rules}) == len(all_rules()) + 2
        results = [one for one in run["results"] if one["ruleId"] == "ACME-1"]
        assert [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results] == [
            "a.csv", "b.csv", "other/c.csv",
        ]  # fmt: skip
        mine, _, theirs = (rules[one["ruleIndex"]] for one in results)
        assert mine is not theirs and mine["id"] == theirs["id"] == "ACME-1"
    assert mine["shortDescription"] == {"text": "No 50 on this code."}
    assert mine["fullDescription"] == {"text": "No 50 on this code. Agreed in March."}
    assert mine["helpUri"] == "https://intranet.example/50" and "name" not in mine
    assert "Looks at lines with 76380." in mine["help"]["markdown"]
    assert mine["defaultConfiguration"] == {"enabled": True, "level": "error"}
    assert theirs["defaultConfiguration"] == {"enabled": True, "level": "note"}
    assert theirs["shortDescription"] == {"text": "Elsewhere no 50."}
    assert (mine["properties"]["file"], mine["properties"]["line"]) == ("superbill.yaml", 2)
    assert theirs["properties"]["file"] == "other/superbill.yaml"
    assert mine["properties"]["group"] == "workspace rule" and mine["properties"]["problem.severity"] == "error"
    assert str(folder) not in json.dumps(run)

    main(["check", "a.csv", "--format", "junit"])
    junit = capsys.readouterr().out
    assert (
        'name="ACME-1 workspace rule, line 2 column 21"' in junit
        and '<failure type="error" message="76380-50: No' in junit
    )
    main(["check", "a.csv", "--format", "github"])
    assert (
        "::error file=a.csv,line=2,col=21,endColumn=22,title=ACME-1 workspace rule::76380-50: No 50"
        in capsys.readouterr().out
    )
    main(["check", "a.csv", "--format", "csv"])
    (row,) = [one for one in csv.DictReader(io.StringIO(capsys.readouterr().out)) if one["rule"] == "ACME-1"]
    assert (row["severity"], row["source"], row["code"], row["modifiers"]) == ("error", "workspace rule", "76380", "50")


def test_settings_above_the_working_folder_do_not_say_where_it_lies(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "march").mkdir()
    (folder / "march" / "a.csv").write_text(CHARGES)
    monkeypatch.chdir(folder / "march")
    main(["check", "a.csv", "--format", "sarif"])
    said = capsys.readouterr().out
    rule = sarif_of(said)["runs"][0]["tool"]["driver"]["rules"][-1]
    assert rule["properties"]["file"] == "../superbill.yaml" and str(folder) not in said


def test_two_folders_have_their_own_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "superbill.yaml").write_text(RULES.replace("No 50", "Elsewhere no 50"))
    (folder / "other" / "b.csv").write_text(CHARGES)
    assert ["Elsewhere" in one["message"] for one in found(capsys)] == [False, True]


def test_explain(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "acme-1"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# ACME-1\n\nNo 50 on this code\n")
    for words in ("| error |", "Looks at lines with 76380.", "Speaks when a line carries 50.", "Agreed in March.",
                  "https://intranet.example/50", "    76380-50"):  # fmt: skip
        assert words in page
    assert "written in `superbill.yaml` under `own_rules`, line 2." in page
    assert main(["explain"]) == 0
    assert "  ACME-2 warning      Never with 74177  (superbill.yaml:10)\n" in capsys.readouterr().out
    (folder / "superbill.yaml").write_text(RULES + "rules: {ACME-1: hint}\n")
    assert main(["explain", "ACME-1"]) == 0
    assert "| error, by the settings here hint |" in capsys.readouterr().out
    (folder / "superbill.yaml").write_text(RULES)
    assert main(["explain", "ACME-3"]) == 2
    assert "near it: ACME-1, ACME-2" in capsys.readouterr().err.replace("ACME-2, ACME-1", "ACME-1, ACME-2")
    (folder / "superbill.yaml").write_text(RULES.replace("message: Never", "mesage: Never"))
    assert main(["explain", "ACME-2"]) == 2
    broken = "superbill: superbill.yaml: line 11: own_rules: ACME-2: there is no 'mesage'"
    assert capsys.readouterr().err.count(broken) == 1
    for asked, told in (((), 1), (("74177",), 1), (("K520",), 0)):  # what is listed may lack it
        assert main(["explain", *asked]) == 0
        assert capsys.readouterr().err.count(broken) == told


NAMING = """own_rules:
  - {id: ACME-1, message: no 50, codes: ["76380"], forbid_modifiers: ["50"], fix: {replace_modifiers: {"50": RT}}}
  - {id: ACME-2, message: never with it, codes: ["74177"], not_with: [76370-76389]}
  - {id: ACME-3, message: our own, modifiers: [QQ], codes: ["99213"], fix: {code: "76380"}}
  - {id: ACME-4, message: gone, codes: ["71250"], unless_modifiers: [RT], severity: error}
rules: {ACME-2: off}
"""


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (("50",), "ACME-1"),
        (("--modifier", "rt"), "ACME-1 ACME-4"),
        (("QQ",), "ACME-3"),
        (("76380",), "ACME-1 ACME-2 ACME-3"),
        (("--code", "71250"), "ACME-4"),
        (("99215",), ""),
    ],
)
def test_explain_lists_own_rules_by_modifier_and_code(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, asked: tuple[str], named: str
) -> None:
    (folder / "superbill.yaml").write_text(NAMING)
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    assert main(["explain", *asked]) == 0
    said = capsys.readouterr().out
    _, heading, rest = said.partition("This workspace's own rules that name it\n")
    assert bool(heading) == bool(named)
    rows = [row for row in rest.splitlines() if row.startswith("  ACME")]
    assert [row.split()[0] for row in rows] == named.split()
    for row in rows:
        number = int(row.split()[0][-1])
        assert row.endswith(f"  (../superbill.yaml:{number + 1})")
    assert [row.split()[1] for row in rows if "ACME-2" in row] == ["off"] * ("ACME-2" in named)
    assert "No rule names it" not in said or not named


def test_the_examples_are_tried(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test"]) == 0
    assert capsys.readouterr().out == "2 rules, 2 examples, 0 wrong\nwithout a bad or a good example: ACME-2\n"
    wrong = RULES.replace("bad: [76380-50]", "bad: [76380-51]").replace('good: ["76380"]', "good: [76380-50]")
    (folder / "superbill.yaml").write_text(wrong)
    assert main(["rules", "test", str(folder / "a.csv")]) == 1
    said = capsys.readouterr().out
    assert "ACME-1  76380-51: says nothing, and should\nACME-1  76380-50: speaks, and should not\n" in said
    (folder / "superbill.yaml").write_text(RULES.replace("codes", "code"))
    assert main(["rules", "test"]) == 2
    assert "did you mean codes?" in capsys.readouterr().err
    (folder / "superbill.yaml").unlink()
    assert main(["rules", "test"]) == 2
    assert main(["rules", "test", "nowhere"]) == 2


# -- code sets ------------------------------------------------------------------------------------------------


def test_a_code_set_of_five_letters_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    know = Knowledge(catalog(), catalog().profiles["medicare-b"], TODAY)
    asked = []
    monkeypatch.setattr(Knowledge, "in_set", lambda self, code, name: asked.append(name) or code == "A0428")
    rule = Rule("K999", "x", "warning", "line", lambda line, know: (), __name__, codes=("trips", "99213"))
    book = RuleBook(know)
    assert [book._touches(rule, code) for code in ("A0428", "99213", "99214")] == [True, True, False]
    assert set(asked) == {"trips"}


def test_no_code_set_is_called_like_a_code() -> None:
    names = [name for (name,) in catalog().query("SELECT id FROM codeset")]
    assert len(names) > 20 and not [name for name in names if is_code(name)]


def test_a_line_without_a_code_is_nobodys() -> None:
    know = Knowledge(catalog(), catalog().profiles["medicare-b"], TODAY)
    book = RuleBook(know, own=own_rules("[{id: OUR-1, message: m, units: {most: 1}}]"), strict=True)
    assert not [one for one in book.check_line(ServiceLine(code="")) if one.rule == "OUR-1"]
