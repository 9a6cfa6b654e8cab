"""Which rules can speak of a modifier or of a code: for the tables of `docs/rules/README.md` and for `superbill explain`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from superbill.catalog.store import Catalog
from superbill.charges.dialect import AddModifiers
from superbill.charges.model import ServiceLine
from superbill.report.examples import examples, run
from superbill.rules.base import Finding, Rule
from superbill.rules.book import RuleBook, all_rules
from superbill.rules.knowledge import Knowledge

#: Groups in which a modifier that an example underlines is one that the rule is about.
_ABOUT = "CKLNX"
#: Groups about the form of what is written, whatever code or modifier it is.
_FORM = "FEO"


@lru_cache(maxsize=512)
def modifiers_of(rule: Rule) -> frozenset[str]:
    """The modifiers that a rule names: those it is called for, those that its fixes add and, in the examples of rules
    about fit, those that it underlines. Empty for rules about the form of what is written."""
    named = set(rule.modifiers)
    if rule.group in _FORM or rule.needs == "workspace":  # which modifiers those are, the workspace says
        return frozenset(named)
    for example in examples(rule, "Example"):
        lines = example.text.split("\n")
        for one in run(example.text, example.kind, example.payer, rule):
            if rule.group in _ABOUT and one.finding.part.name == "modifier" and one.start.line == one.end.line:
                text = lines[one.start.line][one.start.column : one.end.column]
                named |= {text} if len(text) == 2 else set()
            named |= _added(one.finding)
    return frozenset(named)


def _added(finding: Finding) -> set[str]:
    """The modifiers that the fixes of a finding put on a line."""
    every = [one for fix in finding.fixes for one in (*fix.operations, *(also for _, also in fix.also))]
    return {modifier for one in every if isinstance(one, AddModifiers) for modifier in one.modifiers}


def by_modifier() -> dict[str, list[Rule]]:
    """The rules by the modifiers that they name, sorted."""
    found: dict[str, list[Rule]] = {}
    for rule in all_rules().values():
        for modifier in modifiers_of(rule):
            found.setdefault(modifier, []).append(rule)
    return dict(sorted(found.items()))


def names(rule: Rule, code: str, know: Knowledge) -> bool:
    """Whether a rule names a code: itself, by a list that holds it, or by its global days."""
    if any(one == code or (len(one) != 5 and know.in_set(code, one)) for one in rule.codes):
        return True
    row = know.plain_row(code) if rule.packages else None
    return row is not None and row.global_days in rule.packages


def by_family(know: Knowledge, codes: Iterable[str]) -> dict[tuple[str, ...], list[Rule]]:
    """The rules that name codes, by the families of those codes (two levels), in the order of the codes."""
    choosing = [rule for rule in all_rules().values() if rule.codes or rule.packages]
    found: dict[tuple[str, ...], dict[str, Rule]] = {}
    for code in sorted(codes):
        family = know.family(code)[:2]
        if family:
            mine = found.setdefault(family, {})
            mine |= {rule.id: rule for rule in choosing if rule.id not in mine and names(rule, code, know)}
    return {family: sorted(mine.values(), key=lambda rule: rule.id) for family, mine in found.items() if mine}


def with_modifiers(book: RuleBook, code: str, catalog: Catalog) -> Mapping[Rule, list[str]]:
    """What the rules about fit say above a note when a code carries one modifier alone: the rules, each with the
    modifiers that set it off. The line has no date and no place, so that only code and modifier count."""
    rules = all_rules()
    found: dict[Rule, list[str]] = {}
    plain = {one.rule for one in book.check_line(ServiceLine(code=code, purpose="cited"))}
    for modifier in catalog.modifiers:
        for one in book.check_line(ServiceLine(code=code, modifiers=(modifier,), purpose="cited")):
            if one.rule[0] == "K" and one.severity in ("error", "warning") and one.rule not in plain:
                found.setdefault(rules[one.rule], []).append(modifier)
    return dict(sorted(found.items(), key=lambda item: item[0].id))
