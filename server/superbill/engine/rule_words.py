"""Rules by id or name where people write them: in `superbill.yaml`, and in comments that silence one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from superbill.engine.offers import Offer, Offers
from superbill.rules.base import SEVERITIES, Rule
from superbill.rules.book import all_rules
from superbill.text.document import Position

_COMMENT = "superbill:"
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"\s+(?P<typed>[\w-]*)$")
_VALUE = re.compile(r"\s+(?P<rule>[\w-]+):\s+(?P<typed>\w*)$")
_ITEM = re.compile(r"\s*-\s+[\"']?(?P<typed>[\w-]*)$")
_IGNORED = re.compile(r"superbill:\s*ignore\S*\s+(?:[\w-]+[\s,]+)*(?P<typed>[\w-]*)$")
_TOP = re.compile(r"([a-z_]+):\s*(?:#.*)?$")
_MEANT = {
    "error": "a transaction standard is broken, or the publisher rules it out",
    "warning": "will probably be denied or asked about",
    "information": "worth a look",
    "hint": "a matter of taste",
    "off": "says nothing",
}


class Named(NamedTuple):
    """A rule that is named in a line, and where: columns, end exclusive."""

    rule: Rule
    start: int
    end: int


def rule_at(lines: Sequence[str], position: Position, settings: bool) -> Named | None:
    """The rule whose id or name stands at a position; None where a text is not one in which rules are named."""
    line = lines[position.line] if position.line < len(lines) else ""
    first = 0 if settings else line.find(_COMMENT)
    if first < 0 or position.column < first:
        return None
    for match in _WORD.finditer(line, first):
        if match.start() <= position.column <= match.end():
            rule = _rule(match.group())
            return Named(rule, match.start(), match.end()) if rule is not None else None
    return None


def _rule(word: str) -> Rule | None:
    rules = all_rules()
    return rules.get(word.upper()) or next((one for one in rules.values() if one.name == word), None)


def rules_offered(lines: Sequence[str], position: Position, settings: bool) -> Offers | None:
    """Ids of rules, or severities, where settings or a comment take one; None elsewhere."""
    line = lines[position.line] if position.line < len(lines) else ""
    before = line[: position.column]
    if not settings:
        match = _IGNORED.search(before) if _COMMENT in before else None
        return _offers(match, line, position, _ids()) if match else None
    top = _section(lines, position.line)
    if top == "rules":
        value = _VALUE.fullmatch(before)
        if value and _rule(value["rule"]) is not None:
            items = [Offer(one, meant) for one, meant in _MEANT.items() if one in SEVERITIES or one == "off"]
            return _offers(value, line, position, items)
        key = _KEY.fullmatch(before)
        return _offers(key, line, position, _ids()) if key else None
    item = _ITEM.fullmatch(before) if top == "accept" else None
    return _offers(item, line, position, _ids()) if item else None


def _section(lines: Sequence[str], number: int) -> str:
    """The key on the outermost level under which a line of the settings stands."""
    for above in range(number - 1, max(number - 2_000, -1), -1):
        match = _TOP.match(lines[above].rstrip("\r\n"))
        if match:
            return match.group(1)
        if lines[above][:1] not in (" ", "\t", "-", "#", "\n", "\r", ""):
            return ""
    return ""


def _ids() -> list[Offer]:
    return [
        Offer(rule.id, rule.title.rstrip("."), "off" if rule.status == "off" else rule.severity)
        for rule in all_rules().values()
    ]


def _offers(match: re.Match[str], line: str, position: Position, items: Sequence[Offer]) -> Offers:
    end = position.column
    while end < len(line) and (line[end].isalnum() or line[end] == "-"):
        end += 1
    start = Position(position.line, match.start("typed"))
    return Offers("rule", items, start, Position(position.line, end), match["typed"])
