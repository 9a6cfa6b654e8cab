"""Settings files: found, understood, and added to without harm."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from superbill.config import Unwritable, accept, find_settings, load_settings, name_column
from superbill.engine.settings import Settings, read_settings


@pytest.mark.parametrize(
    "before",
    [
        None,
        "",
        "payer: generic-commercial\n",
        "payer: generic-commercial",
        'accept:\n  - "K501 99213-26"\npayer: medicare-b\n',
        'accept:\n    - "K501 99213-26" # because\n    - X701 71046\n',
        "accept:\n- K501 99213-26\n",
        'accept: ["K501 99213-26", X701]\nrules:\n  K520: off\n',
        "accept: []\n",
        "accept: # nothing yet\nrules: {}\n",
        "accept:\n",
        "accept:",
        "rules:\r\n  K520: hint\r\naccept:\r\n  - X701 71046\r\n",
    ],
)
def test_accept_adds_one_entry_and_changes_nothing_else(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "superbill.yaml"
    old = {}
    if before is not None:
        path.write_bytes(before.encode())
        path.chmod(0o640)
        old = yaml.safe_load(before) or {}
    accept(tmp_path, "K520 76380-50")
    new = yaml.safe_load(path.read_text())
    assert set(new.pop("accept")) == {"K520 76380-50", *(old.pop("accept", None) or [])}
    assert new == old
    if before is not None:
        assert path.stat().st_mode & 0o777 == 0o640
        kept = [line for line in before.splitlines() if line.strip() and not line.startswith("accept")]
        assert [line for line in kept if line not in path.read_text().splitlines()] == []


@pytest.mark.parametrize("before", ["accept: some text\n", "- a\n- b\n", "accept: [\n", "accept:\n  one: two\n"])
def test_accept_leaves_alone_what_it_does_not_understand(tmp_path: Path, before: str) -> None:
    (tmp_path / "superbill.yaml").write_text(before)
    with pytest.raises(Unwritable):
        accept(tmp_path, "K520 76380-50")
    assert (tmp_path / "superbill.yaml").read_text() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_the_nearest_file_holds(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "superbill.yaml").write_text("payer: generic-commercial\n")
    assert find_settings(deep / "x.csv")[0].payer == "generic-commercial"
    (tmp_path / "a" / "superbill.yaml").write_text("exclude: ['*.md']\n")
    assert find_settings(deep / "x.csv")[0] == Settings(exclude=("*.md",))


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "superbill.yaml").write_text("rules:\n  K999: off\n  K520: loud\ncolour: red\n")
    settings, problems = load_settings(tmp_path)
    assert settings.rules == {}
    assert len(problems) == 3
    assert any("K999" in text for text in problems) and any("loud" in text for text in problems)


def test_client_over_file() -> None:
    file = Settings(payer="generic-commercial", rules={"K520": "off", "X701": "hint"}, exclude=("a",))
    client = Settings(payer="medicare-b", rules={"K520": "error"}, exclude=("b",))
    both = client.over(file)
    assert both.payer == "medicare-b"
    assert both.rules == {"K520": "error", "X701": "hint"}
    assert both.exclude == ("a", "b")


def test_accepted_in_one_file_only() -> None:
    settings = Settings(accept=frozenset({"K520 76380-50 in charges/a.csv", "X701 71046"}))
    assert settings.accepted_in("/data/charges/a.csv") == {"K520 76380-50", "X701 71046"}
    assert settings.accepted_in("/data/charges/b.csv") == {"X701 71046"}


def test_what_columns_hold_is_said_by_pattern_the_last_one_winning_role_by_role() -> None:
    settings, problems = read_settings(
        {
            "columns": {
                "*": {"code": "Ziffer", "units": "Anz"},
                "exports/*.csv": {"code": "Leistung", "modifier": ["M-A", "M-B"], "place": 24},
            }
        }
    )
    assert problems == []
    assert settings.columns_in("/work/exports/march.csv") == (
        ("leistung", "code", 0),
        ("anz", "units", 0),
        ("m_a", "modifier", 1),
        ("m_b", "modifier", 2),
        ("24", "place", 0),
    )
    assert settings.columns_in("/work/march.csv") == (("ziffer", "code", 0), ("anz", "units", 0))
    client = Settings(columns={"*": {"units": ("Menge (Stück)",)}})
    assert client.over(settings).columns_in("x.csv") == (("ziffer", "code", 0), ("menge_stück", "units", 0))
    assert list(client.over(settings).columns) == ["exports/*.csv", "*"]  # what is said on top counts last


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ([], "must map file patterns"),
        ({"*": ["a"]}, "*: must map roles"),
        ({"*": {"cpt": "a"}}, "no role 'cpt'; the roles are code, modifier"),
        ({"*": {"code": {}}}, "code must be a heading"),
        ({"*": {"code": []}}, "code must be a heading"),
        ({"*": {"code": [" "]}}, "code must be a heading"),
        ({"*": {"code": True}}, "code must be a heading"),
        ({"*": {"code": "A b", "units": "a_B"}}, "'a_B' is both code and units"),
    ],
)
def test_what_is_wrong_with_columns_is_said_and_left_out(columns: object, words: str) -> None:
    settings, problems = read_settings({"payer": "medicare-b", "columns": columns})
    assert len(problems) == 1 and words in problems[0]
    assert settings.payer == "medicare-b"
    assert all(role in ("code",) for _, role, _ in settings.columns_in("x.csv"))


def test_a_column_named_in_a_file_that_has_its_own_mode(tmp_path: Path) -> None:
    path = tmp_path / "superbill.yaml"
    path.write_text("payer: medicare-b # ours\n")
    path.chmod(0o600)
    name_column(tmp_path, "*.csv", "code", "Leistung")
    assert path.read_text() == 'payer: medicare-b # ours\ncolumns:\n  "*.csv":\n    code: "Leistung"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"payer: \xff\n")
    with pytest.raises(Unwritable):
        name_column(tmp_path, "*.csv", "code", "Leistung")


def test_severities_by_path_the_later_pattern_winning() -> None:
    data = {
        "rules": {"K520": "error", "X701": "hint"},
        "paths": {"training/**": {"rules": {"K520": False}}, "*.md": {"rules": {"K520": "hint"}}, "empty/*": None},
    }
    settings, problems = read_settings(data)
    assert not problems
    assert settings.rules_in("/home/x/claims/a.csv") == {"K520": "error", "X701": "hint"}
    assert settings.rules_in("/home/x/training/a.csv") == {"K520": "off", "X701": "hint"}
    assert settings.rules_in("C:\\x\\training\\a.md") == {"K520": "hint", "X701": "hint"}
    over = Settings(paths={"training/**": {"X701": "off"}}).over(settings)
    assert over.rules_in("/training/a.csv") == {"K520": "error", "X701": "off"}


def test_the_baseline_counts_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "superbill.yaml").write_text("baseline: known.jsonl\n")
    settings, problems = load_settings(tmp_path)
    assert not problems and settings.baseline == str(tmp_path / "known.jsonl")


def test_a_look_up_knows_the_files_that_name_a_catalog() -> None:
    from superbill.cli.lookup import _WORKSPACE
    from superbill.config import FILE_NAME, TEAM_FILE

    assert set(_WORKSPACE) == {FILE_NAME, TEAM_FILE}
