"""The index of rules: it says what the rules say of themselves, and is not believed when it may be wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bench.claims import x12

from superbill.catalog import where
from superbill.catalog.store import open_catalog
from superbill.cli import rule_index
from superbill.rules.book import all_rules

_COUNT = """
import sys
from superbill.cli.main import main
code = main(sys.argv[1:])
print(code, sum(name.count(".") == 3 for name in sys.modules if name.startswith("superbill.rules.")))
"""


def _check(folder: Path, *arguments: str) -> tuple[str, int]:
    """What a check in a process of its own prints, and how many files of rules it imported."""
    environment = {**os.environ, "SUPERBILL_HOME": str(folder / "home")}
    done = subprocess.run(
        [sys.executable, "-c", _COUNT, "check", *arguments], capture_output=True, text=True, env=environment, check=True
    )
    text, _, last = done.stdout.rstrip().rpartition("\n")
    return text, int(last.split()[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with claims, and a home in which the catalog is compiled already."""
    made = tmp_path_factory.mktemp("index")
    (made / "claims.837").write_text(x12(40, 3, "\n").text, encoding="utf-8")
    cache = made / "home" / "cache"
    cache.mkdir(parents=True)
    open_catalog()
    for file in (where.home() / "cache").glob("*"):
        if file.name != "rules.json" and file.is_file():
            (cache / file.name).symlink_to(file)
    return made


def test_the_second_check_imports_few_rules_and_says_the_same(folder: Path) -> None:
    claims = str(folder / "claims.837")
    first, all_of_them = _check(folder, claims, "--fail-on", "never")
    second, some = _check(folder, claims, "--fail-on", "never")
    assert first == second
    assert first.count("K520") == 3
    assert all_of_them > len(all_rules())
    assert some < len(all_rules()) / 2


@pytest.mark.parametrize("spoilt", ["", "[]", "{", '{"stamp": 1}', "stamp", "entry"])
def test_a_bad_index_is_made_anew(folder: Path, spoilt: str) -> None:
    claims = str(folder / "claims.837")
    good, _ = _check(folder, claims, "--fail-on", "never")
    path = folder / "home" / "cache" / "rules.json"
    kept = path.read_text(encoding="utf-8")
    data = json.loads(kept)
    if spoilt == "stamp":
        spoilt = json.dumps({**data, "stamp": "of other files"})
    elif spoilt == "entry":
        spoilt = json.dumps({**data, "rules": [*data["rules"], ["K999"]]})
    path.write_text(spoilt, encoding="utf-8")
    text, all_of_them = _check(folder, claims, "--fail-on", "never")
    assert text == good
    assert all_of_them > len(all_rules())
    assert path.read_text(encoding="utf-8") == kept


def test_an_entry_is_the_rule_but_for_its_function() -> None:
    for rule in all_rules().values():
        entry = json.loads(json.dumps([getattr(rule, name) for name in rule_index._FIELDS]))
        made = rule_index._rule(entry)
        assert made._replace(check=rule.check) == rule
        assert (made.group, made.title) == (rule.group, rule.title)


def test_a_changed_rule_changes_the_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    group = tmp_path / "fit"
    group.mkdir()
    rule = group / "one.py"
    rule.write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(rule_index.package, "__path__", [str(tmp_path)])
    before = rule_index._stamp()
    assert rule_index._stamp() == before
    rule.write_text("one = 12\n", encoding="utf-8")
    changed = rule_index._stamp()
    (group / "two.py").write_text("", encoding="utf-8")
    assert len({before, changed, rule_index._stamp()}) == 3
