"""`superbill explain`: a rule's documentation, the list of rules, or the rules that speak of a modifier or a code.

The rules of the workspace are among them.
"""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from pathlib import Path

from superbill.catalog.shapes import is_code
from superbill.catalog.store import open_catalog
from superbill.cli.exits import CLEAN, Failure
from superbill.config import FILE_NAME, find_settings
from superbill.report.own import own_page
from superbill.rules.base import GROUPS, Rule, is_own
from superbill.rules.book import all_rules


def run_explain(options: argparse.Namespace) -> int:
    """Print one rule, all of them a line each, or those of a modifier or a code."""
    if options.modifier is not None:
        return _modifier(options.modifier.strip().upper())
    if options.code is not None:
        return _code(options.code.strip().upper())
    rules = all_rules()
    settings, problems, where = find_settings(Path.cwd())
    own = {rule.id: rule for rule in settings.own_rules}
    if options.rule is None:
        for letter, name in GROUPS.items():
            members = [rule for rule in rules.values() if rule.group == letter]
            if members:
                print(f"\n{letter}  {name}")
                for rule in members:
                    print(_row(rule))
        if own:
            print("\nThis workspace's own")
            for id, mine in own.items():
                print(f"  {id:<6} {mine.severity:<12} {mine.message}")
        return CLEAN
    wanted = options.rule.strip().upper()
    if wanted in own:
        print(own_page(own[wanted]))
        return CLEAN
    found = rules.get(wanted) or next((one for one in rules.values() if one.name == options.rule.lower()), None)
    if found is None:
        if len(wanted) == 2 and open_catalog().modifier(wanted) is not None:
            return _modifier(wanted)
        if is_code(wanted) and (wanted[0].isdigit() or not _like_a_rule(wanted)):
            return _code(wanted)
        ids = [*own, *rules]
        near = [id for id in ids if id.startswith(wanted)][:5] or get_close_matches(wanted, ids, 3, 0.5)
        hint = f"; near it: {', '.join(near)}" if near else ""
        for problem in problems if where and is_own(wanted) else ():  # it may be there, and broken
            print(f"superbill: {FILE_NAME}: {problem}", file=sys.stderr)
        raise Failure(f"there is no rule {options.rule!r}{hint}. `superbill explain` lists all of them")
    from superbill.report.pages import page

    print(page(found))
    return CLEAN


def _like_a_rule(wanted: str) -> bool:
    """Whether something that looks like a HCPCS code and like a rule's id is no code that the catalog knows."""
    catalog = open_catalog()
    return catalog.procedure(wanted) is None and catalog.hcpcs(wanted) is None and not catalog.fees(wanted)


def _row(rule: Rule, extra: str = "") -> str:
    severity = "off" if rule.status == "off" else rule.severity
    return f"  {rule.id:<6} {severity:<12} {extra}{rule.title}"


def _modifier(modifier: str) -> int:
    """The rules that name a modifier."""
    from superbill.report.index import by_modifier

    entry = open_catalog().modifier(modifier)
    if entry is None:
        raise Failure(f"there is no modifier {modifier!r} in the catalog")
    print(f"{modifier}  {entry.name}\n")
    rules = by_modifier().get(modifier, [])
    for rule in rules:
        print(_row(rule))
    if not rules:
        print("  No rule names it.")
    print("\nRules about any modifier (form, dates, order) are not listed: groups F, M and O of `superbill explain`.")
    return CLEAN


def _code(code: str) -> int:
    """The rules that name a code, and those about fit that speak when it carries a certain modifier."""
    from superbill.report.examples import knowledge
    from superbill.report.index import names, with_modifiers
    from superbill.rules.book import RuleBook

    if not is_code(code):
        raise Failure(f"{code!r} is not shaped like a CPT or HCPCS code")
    know = knowledge()
    title = know.catalog.title(code)
    print(f"{code}  {title or 'not in the loaded catalog'}\n")
    fitting = with_modifiers(RuleBook(know), code, know.catalog)
    rules = [rule for rule in all_rules().values() if rule not in fitting and names(rule, code, know)]
    if rules:
        print("Rules that name it")
        for rule in rules:
            print(_row(rule))
        print()
    if fitting:
        print(f"Warnings and errors when it carries a modifier ({know.profile.name})")
        for rule, modifiers in fitting.items():
            print(_row(rule, f"{' '.join(modifiers)}: "))
        print()
    if not rules and not fitting:
        print("No rule names it, and no modifier alone sets one off.\n")
    print("Rules about any code (form, dates, units, places) are not listed: see `superbill explain`.")
    return CLEAN
