"""What is offered for a line holds what the rules say once it is written, and asks no more of them than it must."""

from __future__ import annotations

from datetime import date
from itertools import chain

import pytest
from tests.harness import book

from superbill.charges.model import ServiceLine
from superbill.engine.fitting import _NOT_UNFIT, fit, suggest
from superbill.rules.base import Rule
from superbill.rules.book import RuleBook

CODES = (
    "76380", "77067", "92133", "70450", "71046", "93000", "93005", "99213", "99291", "20610", "27447", "11042", "73562",
    "80053", "88305", "00142", "97110", "J1885", "A0429", "E0601", "36415", "0001F", "59400", "45378", "Q4101",
)  # fmt: skip


@pytest.mark.parametrize("beside", [(), ("26",), ("59",), ("LT", "80")])
def test_a_modifier_fits_where_no_rule_would_object_to_it(beside: tuple[str, ...]) -> None:
    rules = book()
    seen = 0
    for code in CODES:
        line = ServiceLine(code=code, since=date(2025, 10, 15)).carrying(beside)
        for one in chain(*suggest(rules, line)):
            modifier = one.text
            written = line.carrying((*beside, modifier))
            objections = [
                finding
                for finding in rules.check_line(written)
                if finding.part[:2] == ("modifier", len(beside))
                and finding.severity in ("error", "warning")
                and finding.rule[0] in "KXMN"
                and finding.rule not in _NOT_UNFIT
            ]
            # A modifier of which no rule speaks by name is offered, whatever the rules for all modifiers say of it.
            if one.fits and objections:
                assert not rules.rules[objections[0].rule].modifiers, (code, modifier, objections[0])
            elif not one.fits:
                assert objections, (code, modifier, one.why)
                assert fit(rules, line, modifier)[0] is False
                seen += 1
    assert seen > 300


def test_a_line_without_modifiers_is_not_asked_what_goes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = book()
    called: list[str] = []
    plain = RuleBook._run

    def counted(self: RuleBook, rule: Rule, subject: object) -> object:
        called.append(rule.id)
        return plain(self, rule, subject)

    monkeypatch.setattr(RuleBook, "_run", counted)
    suggest(rules, ServiceLine(code="76375"))
    assert called and not any(id.startswith("X") for id in called)
    assert len(called) < 130, "a completion tries every modifier: each rule that is asked in vain is felt"
    called.clear()
    suggest(rules, ServiceLine(code="76375"), [ServiceLine(code="99213")])
    assert not called, "what speaks against a modifier does not change with the rest of the claim"
    suggest(rules, ServiceLine(code="76375", modifiers=("26",)))
    assert any(id.startswith("X") for id in called)
