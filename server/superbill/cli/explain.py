"""`superbill explain`: a rule's documentation, or the list of rules. The rules of the workspace are among them."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from pathlib import Path

from superbill.cli.exits import CLEAN, Failure
from superbill.config import FILE_NAME, find_settings
from superbill.report.own import own_page
from superbill.rules.base import GROUPS, is_own
from superbill.rules.book import all_rules


def run_explain(options: argparse.Namespace) -> int:
    """Print one rule, or all of them a line each."""
    rules = all_rules()
    settings, problems, where = find_settings(Path.cwd())
    own = {rule.id: rule for rule in settings.own_rules}
    if options.rule is None:
        for letter, name in GROUPS.items():
            members = [rule for rule in rules.values() if rule.group == letter]
            if members:
                print(f"\n{letter}  {name}")
                for rule in members:
                    severity = "off" if rule.status == "off" else rule.severity
                    print(f"  {rule.id:<6} {severity:<12} {rule.title}")
        if own:
            print("\nThis workspace's own")
            for id, mine in own.items():
                print(f"  {id:<6} {mine.severity:<12} {mine.message}")
        return CLEAN
    wanted = options.rule.upper()
    if wanted in own:
        print(own_page(own[wanted]))
        return CLEAN
    found = rules.get(wanted) or next((one for one in rules.values() if one.name == options.rule.lower()), None)
    if found is None:
        ids = [*own, *rules]
        near = [id for id in ids if id.startswith(wanted)][:5] or get_close_matches(wanted, ids, 3, 0.5)
        hint = f"; near it: {', '.join(near)}" if near else ""
        for problem in problems if where and is_own(wanted) else ():  # it may be there, and broken
            print(f"superbill: {FILE_NAME}: {problem}", file=sys.stderr)
        raise Failure(f"there is no rule {options.rule!r}{hint}. `superbill explain` lists all of them")
    from superbill.report.pages import page

    print(page(found))
    return CLEAN
