"""Try the examples of a workspace's own rules: each bad one must make its rule speak, no good one may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from superbill.catalog.store import Catalog
from superbill.charges.model import Claim
from superbill.engine.settings import DEFAULT_PAYER, Settings
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge
from superbill.rules.own import OwnRule, read_example


@dataclass(frozen=True, slots=True)
class Tried:
    """One example of a rule: whether the rule shall speak of it, and whether it does."""

    rule: OwnRule
    text: str
    bad: bool
    spoke: bool

    @property
    def right(self) -> bool:
        """Whether the rule did what its team says it does."""
        return self.bad == self.spoke


def try_examples(catalog: Catalog, settings: Settings, today: date) -> Iterator[Tried]:
    """Every example of every rule, in order. An example is one claim of the first payer that its rule names, else of
    the payer that the settings choose; a line without a date has the first day on which the rule holds, or none."""
    for rule in settings.own_rules:
        if not rule.bad and not rule.good:
            continue
        payer = rule.payers[0] if rule.payers else settings.payer
        profile = catalog.profiles.get(payer) or catalog.profiles[DEFAULT_PAYER]
        named = frozenset(rule.payer_names[:1])
        book = RuleBook(Knowledge(catalog, profile, today), own=(rule,), named=named)
        for bad, examples in ((True, rule.bad), (False, rule.good)):
            for text in examples:
                yield Tried(rule, text, bad, _speaks(book, rule, text))


def _speaks(book: RuleBook, rule: OwnRule, text: str) -> bool:
    lines = read_example(text, rule.since or rule.until)
    found = [finding for line in lines for finding in book.check_line(line)]
    mask = 0
    for line in lines:
        mask |= book.triggers(line)
    found += book.check_claim(Claim(lines), mask)
    return any(finding.rule == rule.id for finding in found)
