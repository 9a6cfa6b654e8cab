"""`superbill explain`: a rule's documentation, the list of rules, or the rules that speak of a modifier or a code.

The rules of the workspace are among them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from superbill.catalog.shapes import is_code
from superbill.catalog.store import open_catalog
from superbill.cli.exits import CLEAN, Failure
from superbill.config import FILE_NAME, find_settings
from superbill.engine.settings import Settings
from superbill.report.form import seen_from
from superbill.report.own import own_page
from superbill.rules.base import GROUPS, Rule
from superbill.rules.book import all_rules
from superbill.rules.own import OwnRule


def run_explain(options: argparse.Namespace) -> int:
    """Print one rule, all of them a line each, or those of a modifier or a code."""
    settings, problems, where = find_settings(Path.cwd())
    own = {rule.id: rule for rule in settings.own_rules}
    bundled = options.rule is not None and options.rule.strip().upper() in all_rules()
    for problem in problems if where and not bundled else ():  # rules of the workspace may be missing for it
        if "own_rules: " in problem or "not YAML" in problem:
            print(f"superbill: {FILE_NAME}: {problem}", file=sys.stderr)
    if options.modifier is not None:
        return _modifier(options.modifier.strip().upper(), settings)
    if options.code is not None:
        return _code(options.code.strip().upper(), settings)
    rules = all_rules()
    if options.rule is None:
        for letter, name in GROUPS.items():
            members = [rule for rule in rules.values() if rule.group == letter]
            if members:
                print(f"\n{letter}  {name}")
                for rule in members:
                    print(_row(rule))
        _list_own(settings.own_rules, settings, "\nThis workspace's own")
        return CLEAN
    wanted = options.rule.strip().upper()
    if wanted in own:
        print(own_page(own[wanted], settings.rules.get(wanted, "")))
        return CLEAN
    found = rules.get(wanted) or next((one for one in rules.values() if one.name == options.rule.lower()), None)
    if found is None:
        named = any(wanted in mine.named_modifiers for mine in own.values())
        if len(wanted) == 2 and (named or open_catalog().modifier(wanted) is not None):
            return _modifier(wanted, settings)
        if is_code(wanted) and (wanted[0].isdigit() or not _like_a_rule(wanted)):
            return _code(wanted, settings)
        ids = [*own, *rules]
        near = [id for id in ids if id.startswith(wanted)][:5] or get_close_matches(wanted, ids, 3, 0.5)
        hint = f"; near it: {', '.join(near)}" if near else ""
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


def _list_own(rules: Sequence[OwnRule], settings: Settings, heading: str) -> None:
    """Rules of the workspace with the severity that its settings give them, each with the place where it is written;
    nothing when there are none."""
    if not rules:
        return
    print(heading)
    width = max(6, *(len(rule.id) for rule in rules))
    for rule in rules:
        place = f"  ({seen_from(rule.origin, Path.cwd())}:{rule.line})" if rule.origin else ""
        print(f"  {rule.id:<{width}} {settings.rules.get(rule.id, rule.severity):<12} {rule.message}{place}")


def _modifier(modifier: str, settings: Settings) -> int:
    """The rules that name a modifier, those of the workspace last."""
    from superbill.report.index import by_modifier

    entry = open_catalog().modifier(modifier)
    mine = [rule for rule in settings.own_rules if modifier in rule.named_modifiers]
    if entry is None and not mine:
        raise Failure(f"there is no modifier {modifier!r} in the catalog")
    print(f"{modifier}  {entry.name if entry else 'not in the catalog'}\n")
    rules = by_modifier().get(modifier, [])
    for rule in rules:
        print(_row(rule))
    if not rules:
        print("  No bundled rule names it." if mine else "  No rule names it.")
    _list_own(mine, settings, "\nThis workspace's own rules that name it")
    print("\nRules about any modifier (form, dates, order) are not listed: groups F, M and O of `superbill explain`.")
    return CLEAN


def _code(code: str, settings: Settings) -> int:
    """The rules that name a code, those about fit that speak when it carries a certain modifier, and those of the
    workspace that name it."""
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
    mine = [rule for rule in settings.own_rules if rule.names_code(code)]
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
        print(f"No {'bundled ' if mine else ''}rule names it, and no modifier alone sets one off.\n")
    if mine:
        _list_own(mine, settings, "This workspace's own rules that name it")
        print()
    print("Rules about any code (form, dates, units, places) are not listed: see `superbill explain`.")
    return CLEAN
