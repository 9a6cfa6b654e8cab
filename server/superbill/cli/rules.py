"""`superbill rules test`: try the examples of a workspace's own rules."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from superbill.catalog.store import open_catalog
from superbill.cli.exits import CLEAN, FAILED, FOUND, Failure
from superbill.config import FILE_NAME, find_settings
from superbill.engine.own_examples import try_examples


def run_rules_test(options: argparse.Namespace) -> int:
    """Try all examples; print those that go wrong, and a count. 1 when one does, 2 when a rule cannot be read."""
    start = Path(options.path)
    if not start.exists():
        raise Failure(f"{options.path}: no such file or folder")
    settings, problems, where = find_settings(start)
    if where is None:
        raise Failure(f"there is no {FILE_NAME} in {options.path} or above")
    for problem in problems:
        print(f"superbill: {where.name}: {problem}", file=sys.stderr)
    wrong = tried = 0
    for one in try_examples(open_catalog(), settings, date.today()):
        tried += 1
        if not one.right:
            wrong += 1
            print(f"{one.rule.id}  {one.text}: {'says nothing, and should' if one.bad else 'speaks, and should not'}")
    rules = len(settings.own_rules)
    without = [rule.id for rule in settings.own_rules if not rule.bad or not rule.good]
    print(f"{_count(rules, 'rule')}, {_count(tried, 'example')}, {wrong} wrong")
    if without:
        print(f"without a bad or a good example: {', '.join(without)}")
    return FAILED if problems else FOUND if wrong else CLEAN


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
