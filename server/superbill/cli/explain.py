"""`superbill explain`: a rule's documentation, or the list of rules."""

from __future__ import annotations

import argparse
from difflib import get_close_matches

from superbill.cli.exits import CLEAN, Failure
from superbill.rules.base import GROUPS
from superbill.rules.book import all_rules


def run_explain(options: argparse.Namespace) -> int:
    """Print one rule, or all of them a line each."""
    rules = all_rules()
    if options.rule is None:
        for letter, name in GROUPS.items():
            members = [rule for rule in rules.values() if rule.group == letter]
            if members:
                print(f"\n{letter}  {name}")
                for rule in members:
                    severity = "off" if rule.status == "off" else rule.severity
                    print(f"  {rule.id:<6} {severity:<12} {rule.title}")
        return CLEAN
    wanted = options.rule.upper()
    found = rules.get(wanted) or next((one for one in rules.values() if one.name == options.rule.lower()), None)
    if found is None:
        near = [id for id in rules if id.startswith(wanted)][:5] or get_close_matches(wanted, list(rules), 3, 0.5)
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise Failure(f"there is no rule {options.rule!r}{hint}. `superbill explain` lists all of them")
    from superbill.report.pages import page

    print(page(found))
    return CLEAN
