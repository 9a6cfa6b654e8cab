"""What an editor's user decides is written into `superbill.yaml`, and nothing else in it changes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from superbill.engine.settings import read_settings
from superbill.settings_text import Unwritable, with_column, with_rule_off

PATTERN, ROLE, HEADING = "exports/*.csv", "code", "what_was_done"


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# only a remark\n",
        "---\n",
        "{}\n",
        "payer: generic-commercial\n",
        "payer: generic-commercial",
        "{payer: medicare-b}\n",
        "payer: medicare-b # ours\n# the end\n",
        "columns:\n",
        "columns: # nothing yet\npayer: medicare-b\n",
        "columns: {}\n",
        "columns: {} # none\nrules: {K520: hint}\n",
        'columns: {"*": {units: Anz}}\n',
        'columns: {"*": {units: Anz},}\n',
        'columns: {"exports/*.csv": {units: Anz}}\n',
        'columns: {"exports/*.csv": {}}\n',
        'columns: {"exports/*.csv": {code: Leistung}}\n',
        'columns: {"exports/*.csv": {code: [Leistung, Ziffer]}}\n',
        'columns: {"exports/*.csv": {code: []}}\n',
        'columns:\n  "*":\n    units: Anz # of each\n\n# the rules\nrules:\n  K520: off\n',
        'columns:\n    "exports/*.csv":\n        units: Anz\n        # to be asked\n    "*.tsv":\n        code: A\n',
        "columns:\n  exports/*.csv:\n    modifier: [M-A, M-B] # two\npayer: medicare-b",
        "columns:\n  exports/*.csv:\n    modifier:\n      - M-A # first\n      - M-B\n  '*': {date: Tag}\n",
        "columns:\n  exports/*.csv:\n    code:\n    - A\n    - B # second\n    units: Anz\n",
        "columns:\n  exports/*.csv:\n    code: A # first\n    units: Anz\n",
        "columns:\n  exports/*.csv:\n    code: 'A: b'\n",
        "columns:\n  exports/*.csv:\n    code:\n    units: Anz\n",
        "columns:\n  exports/*.csv:\n",
        "columns:\n  exports/*.csv: {code: A, units: Anz}",
        "rules:\r\n  K520: hint\r\ncolumns:\r\n  '*':\r\n    units: Anz\r\npayer: medicare-b\r\n",
    ],
)
def test_a_column_is_named_and_nothing_else_changes(before: str) -> None:
    after = with_column(before, PATTERN, ROLE, HEADING)
    old, new = yaml.safe_load(before) or {}, yaml.safe_load(after)
    columns = new.pop("columns")
    held = old.pop("columns", None) or {}
    names = columns[PATTERN].pop(ROLE)
    known = (held.get(PATTERN) or {}).pop(ROLE, None) or [] if held.get(PATTERN) else []
    known = known if isinstance(known, list) else [known]
    assert names == ([*known, HEADING] if known else HEADING) or names == [HEADING]
    assert {**held, PATTERN: held.get(PATTERN) or {}} == columns
    assert list(held) == [pattern for pattern in columns if pattern in held]
    assert old == new
    assert read_settings(yaml.safe_load(after))[1] == []
    for line in before.splitlines():  # every remark is where it was: behind the same text
        remark = line.partition("#")[2]
        assert remark in after
    assert ("\r\n" in before) == ("\r\n" in after) and "\r\n" not in after.replace("\r\n", "")
    assert with_column(after, PATTERN, ROLE, HEADING) == after


@pytest.mark.parametrize(
    "before",
    [
        "- a\n- b\n",
        "columns: [\n",
        "columns: some text\n",
        "columns: [a]\n",
        "columns:\n  exports/*.csv: text\n",
        "columns:\n  exports/*.csv:\n    code: {a: b}\n",
        "shared: &one\n  '*': {units: A}\ncolumns: *one\n",
        "columns: {}\ncolumns: {}\n",
        "payer: \x00\n",
    ],
)
def test_what_is_not_understood_is_left_alone(before: str) -> None:
    with pytest.raises(Unwritable):
        with_column(before, PATTERN, ROLE, HEADING)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12), st.text(min_size=1, max_size=12))
def test_any_heading_and_pattern_is_written_so_that_it_is_read_again(pattern: str, heading: str) -> None:
    try:
        text = with_column("payer: medicare-b # ours\n", pattern, "code", heading)
    except Unwritable:
        return
    assert yaml.safe_load(text) == {"payer": "medicare-b", "columns": {pattern: {"code": heading}}}
    assert text.startswith("payer: medicare-b # ours\n")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="columns: {}[]\"'*-#\n a&|>!%,.", max_size=60))
def test_any_text_gives_settings_or_a_refusal(before: str) -> None:
    try:
        after = with_column(before, PATTERN, ROLE, HEADING)
    except Unwritable:
        return
    assert HEADING in str(yaml.safe_load(after)["columns"][PATTERN][ROLE])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "rules:\n  K520: off\n"),
        ("payer: medicare-b # ours\n", "payer: medicare-b # ours\nrules:\n  K520: off\n"),
        ("rules:\n  X701: hint # why\n", "rules:\n  X701: hint # why\n  K520: off\n"),
        ("rules:\n  K520: error # strict\npayer: x\n", "rules:\n  K520: off # strict\npayer: x\n"),
        ("rules: {bilateral-not-possible: hint}\n", "rules: {bilateral-not-possible: off}\n"),
        ("rules: {X701: hint}\n", "rules: {X701: hint, K520: off}\n"),
        ("rules:\n", "rules:\n  K520: off\n"),
        ("rules:\n  K520: off\n", "rules:\n  K520: off\n"),
    ],
)
def test_a_rule_is_turned_off_and_nothing_else_changes(before: str, after: str) -> None:
    assert with_rule_off(before, "K520", "bilateral-not-possible") == after


@pytest.mark.parametrize(
    "before", ["rules: [a]\n", "rules: off\n", "rules:\n  K520:\n", "rules: {K520: [x]}\n", "- a\n"]
)
def test_rules_that_are_not_understood_are_left_alone(before: str) -> None:
    with pytest.raises(Unwritable):
        with_rule_off(before, "K520", "bilateral-not-possible")
