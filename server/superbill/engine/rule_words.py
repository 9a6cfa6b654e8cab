"""Rules by id or name where people write them: in `superbill.yaml`, and in comments that silence one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from superbill.engine.fitting import Offer
from superbill.engine.offers import Offers
from superbill.rules.base import SEVERITIES, Rule, is_own
from superbill.text.document import Position

_COMMENT = "superbill:"
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_KEY = re.compile(r"\s+[\"']?(?P<typed>[\w-]*)$")
_VALUE = re.compile(r"\s+[\"']?(?P<rule>[\w-]+)[\"']?:\s+(?P<typed>\w*)$")
_ITEM = re.compile(r"\s*-\s+[\"']?(?P<typed>[\w-]*)$")
#: The same in one line, with brackets.
_FLOW_KEY = re.compile(r"(?:.*[\s{])?rules:\s*\{(?:[^{}]*,)?\s*[\"']?(?P<typed>[\w-]*)$")
_FLOW_VALUE = re.compile(r"(?:.*[\s{])?rules:\s*\{(?:[^{}]*,)?\s*[\"']?(?P<rule>[\w-]+)[\"']?:\s+(?P<typed>\w*)$")
_FLOW_ITEM = re.compile(r"accept:\s*\[(?:[^\[\]]*,)?\s*[\"']?(?P<typed>[\w-]*)$")
_IGNORED = re.compile(r"superbill:\s*ignore\S*\s+(?:[\w-]+[\s,]+)*(?P<typed>[\w-]*)$")
_HEAD = re.compile(r"(?P<indent>\s*)(?P<key>[^\s#-][^#]*?):\s*(?:#.*)?$")
_MEANT = {
    "error": "a transaction standard is broken, or the publisher rules it out",
    "warning": "will probably be denied or asked about",
    "information": "worth a look",
    "hint": "a matter of taste",
    "off": "says nothing",
}


#: All rules that can be named somewhere, by id; asked for only where one may be.
Rules = Callable[[], Mapping[str, Rule]]


class Named(NamedTuple):
    """A rule that is named in a line, and where: columns, end exclusive."""

    rule: Rule
    start: int
    end: int


def rule_at(lines: Sequence[str], position: Position, settings: bool, rules: Rules) -> Named | None:
    """The rule whose id or name stands at a position; None where a text is not one in which rules are named."""
    line = lines[position.line] if position.line < len(lines) else ""
    first = 0 if settings else line.find(_COMMENT)
    if first < 0 or position.column < first:
        return None
    for match in _WORD.finditer(line, first):
        if match.start() <= position.column <= match.end():
            rule = _rule(match.group(), rules())
            return Named(rule, match.start(), match.end()) if rule is not None else None
    return None


def rules_in(lines: Sequence[str], settings: bool, rules: Rules) -> Iterator[tuple[int, Named]]:
    """Every rule that is named by its id, with the number of its line."""
    known: Mapping[str, Rule] | None = None
    for number, line in enumerate(lines):
        first = 0 if settings else line.find(_COMMENT)
        if first < 0:
            continue
        known = rules() if known is None else known
        for match in _WORD.finditer(line, first):
            rule = known.get(match.group())
            if rule is not None:
                yield number, Named(rule, match.start(), match.end())


def _rule(word: str, rules: Mapping[str, Rule]) -> Rule | None:
    return rules.get(word.upper()) or next((one for one in rules.values() if one.name == word), None)


def rules_offered(lines: Sequence[str], position: Position, settings: bool, rules: Rules) -> Offers | None:
    """Ids of rules, or severities, where settings or a comment take one; None elsewhere."""
    line = lines[position.line] if position.line < len(lines) else ""
    before = line[: position.column]
    if not settings:
        match = _IGNORED.search(before) if _COMMENT in before else None
        return _offers(match, line, position, _ids(rules())) if match else None
    top = _section(lines, position.line)
    within = top == "rules"
    value = (_VALUE.fullmatch(before) if within else None) or _FLOW_VALUE.fullmatch(before)
    if value and _rule(value["rule"], rules()) is not None:
        items = [Offer(one, meant) for one, meant in _MEANT.items() if one in SEVERITIES or one == "off"]
        return _offers(value, line, position, items)
    named = (
        (_KEY.fullmatch(before) if within else None)
        or (_ITEM.fullmatch(before) if top == "accept" else None)
        or _FLOW_KEY.fullmatch(before)
        or _FLOW_ITEM.fullmatch(before)
    )
    return _offers(named, line, position, _ids(rules())) if named else None


def _section(lines: Sequence[str], number: int) -> str:
    """The key of the settings that a line stands under: "rules", also those for some files under `paths`, "accept", or
    any other on the outermost level; "" where there is none."""
    indent = len(lines[number]) - len(lines[number].lstrip()) if number < len(lines) else 0
    deepest = True
    under = ""
    for above in range(number - 1, max(number - 2_000, -1), -1):
        line = lines[above].rstrip("\r\n")
        head = _HEAD.match(line)
        if head is None:
            if line[:1] not in (" ", "\t", "-", "#", ""):
                return ""
            continue
        depth = len(head["indent"])
        if not depth:
            return "rules" if head["key"] == "paths" and under == "rules" else head["key"]
        if depth < indent and deepest:
            deepest, under = False, head["key"]
    return ""


def _ids(rules: Mapping[str, Rule]) -> list[Offer]:
    """All rules, those of the workspace first: whoever has some means them before ours."""
    return [
        Offer(rule.id, rule.title.rstrip("."), _told(rule))
        for rule in sorted(rules.values(), key=lambda one: not is_own(one.id))
    ]


def _told(rule: Rule) -> str:
    severity = "off" if rule.status == "off" else rule.severity
    return f"{severity}, {rule.source}" if is_own(rule.id) else severity


def _offers(match: re.Match[str], line: str, position: Position, items: Sequence[Offer]) -> Offers:
    end = position.column
    while end < len(line) and (line[end].isalnum() or line[end] == "-"):
        end += 1
    start = Position(position.line, match.start("typed"))
    return Offers("rule", (items,), start, Position(position.line, end), match["typed"])
