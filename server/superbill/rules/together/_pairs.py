"""Code pairs (NCCI PTP) on a claim: which line is denied because of which, and what its modifiers say to that.

All rules on pairs share one pass over the claim. Sources: NCCI Policy Manual 2026 chapter I, pages 13 to 20; CMS CR 11168
for modifier 59 and the X modifiers on either line since 2019-07-01; First Coast for the other modifiers on column 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from superbill.catalog.model import CodePair
from superbill.catalog.store import PAIRS, PTP
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Related
from superbill.rules.knowledge import Knowledge, table_for
from superbill.rules.together._lines import DISTINCT, charged, meet

#: Modifiers that name a place on the body, of those that part a pair.
ANATOMIC = frozenset(
    ["E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "TA", "T1", "T2", "T3", "T4",
     "T5", "T6", "T7", "T8", "T9", "LT", "RT", "LC", "LD", "RC", "LM", "RI"]
)  # fmt: skip
_VISIT = frozenset({"24", "25", "57"})
_PERIOD = frozenset({"58", "78", "79", "27", "91"})
#: All modifiers that part a pair of indicator 1 (NCCI Policy Manual 2026, I-14).
ASSOCIATED = ANATOMIC | _VISIT | _PERIOD | frozenset(DISTINCT)
#: Modifiers that people put to part two codes, and that do not.
_IN_VAIN = ("22", "51", "52", "53", "76", "77")
_ASSISTANT = ("80", "81", "82", "AS")
_GIVEN_BY = ("AA", "AD", "QK", "QX", "QY", "QZ")
#: Since this day 59 and the X modifiers count on either line.
EITHER = date(2019, 7, 1)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A pair on a claim, and the rule that speaks of it: `at` is the line of column 2, `first` that of column 1;
    `modifiers` are those that the rule is about."""

    rule: str
    pair: CodePair
    at: int
    first: int
    modifiers: tuple[str, ...] = ()


def conflicts(claim: Claim, know: Knowledge, rule: str) -> list[Conflict]:
    """The conflicts that a rule speaks of, at most one for each line of column 2, and the number of others with it."""
    found: list[Conflict] = know.once(claim, _all).get(rule, [])
    return found


def _all(claim: Claim, know: Knowledge) -> dict[str, list[Conflict]]:
    found: dict[str, list[Conflict]] = {}
    for pair, firsts, seconds in _pairs(claim, know):
        for at in seconds:
            for first in firsts:
                if not _facing(claim, know, at, first):
                    continue
                verdict = _verdict(claim.lines[at], claim.lines[first], pair)
                if verdict is None:
                    continue
                conflict = Conflict(verdict[0], pair, at, first, verdict[1])
                if not _said(claim, know, conflict):
                    found.setdefault(conflict.rule, []).append(conflict)
                break
    for several in found.values():
        several.sort(key=lambda one: (one.at, one.first))
    return found


def never(claim: Claim, know: Knowledge, one: int, other: int) -> bool:
    """Whether the rule on pairs that are never paid together speaks of two lines, so that a weaker one need not."""
    if know.pairs(claim.lines[one]) is None:
        return False
    return frozenset((one, other)) in know.once(claim, _nevers)


def told(claim: Claim, know: Knowledge, one: int, other: int) -> bool:
    """Whether the table of the day, imported, has a pair of indicator 0 which another rule knows from an older edition
    only: then the rule on pairs speaks of it, by the table of the day."""
    return not know.covers(PAIRS, claim.lines[one]) and never(claim, know, one, other)


def _nevers(claim: Claim, know: Knowledge) -> frozenset[frozenset[int]]:
    found = set()
    for pair, firsts, seconds in _pairs(claim, know):
        if pair.indicator == "0":
            found |= {frozenset((first, at)) for first in firsts for at in seconds if _facing(claim, know, at, first)}
    return frozenset(found)


def _facing(claim: Claim, know: Knowledge, at: int, first: int) -> bool:
    """Whether a pair holds between two lines: charged, of one day and perhaps one provider."""
    line, other = claim.lines[at], claim.lines[first]
    return charged(line) and meet(line, other) and not _apart(line, other, know)


def _pairs(claim: Claim, know: Knowledge) -> Iterator[tuple[CodePair, list[int], list[int]]]:
    """Each pair in force between codes of the claim, with the numbers of the lines of either code."""
    by_kind: dict[str, dict[str, list[int]]] = {}
    on: dict[str, ServiceLine] = {}
    for number, line in enumerate(claim.lines):
        if line.code:
            kind = table_for(PTP, line)
            by_kind.setdefault(kind, {}).setdefault(line.code, []).append(number)
            if kind not in on or (on[kind].since is None and line.since is not None):
                on[kind] = line
    for kind, codes in by_kind.items():
        table = know.pairs(on[kind]) if len(codes) > 1 else None
        if table is not None:
            for pair in table.among(codes, on[kind].since):
                yield pair, codes[pair.first], codes[pair.second]


def has_pair(claim: Claim, know: Knowledge, number: int) -> bool:
    """Whether the code of a line is in a pair with another code of the claim."""
    return number in know.once(claim, _paired)


def _paired(claim: Claim, know: Knowledge) -> frozenset[int]:
    return frozenset(number for _, firsts, seconds in _pairs(claim, know) for number in (*firsts, *seconds))


def _apart(line: ServiceLine, other: ServiceLine, know: Knowledge) -> bool:
    """Whether two lines are certainly the work of two people: surgeon and assistant, surgeon and anesthetist."""
    if line.provider and line.provider == other.provider:
        return False
    if line.has(*_ASSISTANT) != other.has(*_ASSISTANT):
        return True
    return any(
        one.has(*_GIVEN_BY) and know.is_anesthesia(one.code) and not know.is_anesthesia(two.code)
        for one, two in ((line, other), (other, line))
    )


def _verdict(line: ServiceLine, other: ServiceLine, pair: CodePair) -> tuple[str, tuple[str, ...]] | None:
    """Which rule speaks of a pair, by the modifiers of the column 2 line and the column 1 line, and of which modifiers.

    None when they part it.
    """
    here = tuple([m for m in line.mods if m in ASSOCIATED])
    there = tuple([m for m in other.mods if m in ASSOCIATED])
    if pair.indicator == "0":
        return "L1002", tuple(dict.fromkeys(here + there))
    if here:
        if ANATOMIC.issuperset(here) and set(here) == set(there):
            return "L1007", here
        return None
    distinct = tuple([m for m in there if m in DISTINCT])
    if distinct:
        return ("L1006", distinct) if line.since is not None and line.since < EITHER else None
    elsewhere = tuple([m for m in there if m not in _VISIT])
    if elsewhere:
        return "L1005", elsewhere
    vain = tuple(dict.fromkeys(m for m in (*line.mods, *other.mods) if m in _IN_VAIN))
    return ("L1004", vain) if vain else ("L1003", ())


def _said(claim: Claim, know: Knowledge, conflict: Conflict) -> bool:
    """Whether a rule that knows these codes better says the same of the two lines, as strongly."""
    places = {(conflict.at, conflict.first), (conflict.first, conflict.at)}
    strong = conflict.pair.indicator == "0"
    if strong and not know.covers(PAIRS, claim.lines[conflict.at]):
        return False
    return not places.isdisjoint(know.once(claim, _said_strongly if strong else _said_at_all))


def _said_strongly(claim: Claim, know: Knowledge) -> frozenset[tuple[int, int]]:
    from superbill.rules.together import render3d_both, render3d_included

    return frozenset(_places(claim, know, (render3d_both.check, render3d_included.check), ("error", None)))


def _said_at_all(claim: Claim, know: Knowledge) -> frozenset[tuple[int, int]]:
    from superbill.rules.together import (
        endoscopy_base,
        limited_ct_with_ct,
        render3d_both,
        render3d_included,
        two_anesthesia,
        two_mammograms,
        two_visits,
        visit_major_procedure,
        visit_minor_procedure,
    )

    rules = (
        render3d_both.check, render3d_included.check, limited_ct_with_ct.check, visit_minor_procedure.check,
        visit_major_procedure.check, two_visits.check, endoscopy_base.check, two_anesthesia.check, two_mammograms.check,
    )  # fmt: skip
    return frozenset(_places(claim, know, rules, ("error", "warning", None)))


def _places(claim: Claim, know: Knowledge, rules: tuple[Any, ...], severities: tuple[str | None, ...]) -> Iterator[Any]:
    for rule in rules:
        for draft in rule.check(claim, know):
            if draft.severity in severities:
                for related in draft.related:
                    yield draft.line, related.line


def first_line(conflict: Conflict, text: str = "") -> Related:
    """The line of column 1, as related information."""
    return Related(
        conflict.first, Part("code"), text or f"{conflict.pair.first}, which takes {conflict.pair.second} in"
    )


def by_line(claim: Claim, know: Knowledge, rule: str) -> Iterator[tuple[Conflict, list[Related], str]]:
    """The conflicts that a rule speaks of, one for each line that is denied: the first of them, all lines of column 1,
    and a clause that names the codes of the others."""
    several: dict[int, list[Conflict]] = {}
    for one in conflicts(claim, know, rule):
        several.setdefault(one.at, []).append(one)
    for found in several.values():
        codes = list(dict.fromkeys(one.pair.first for one in found[1:] if one.pair.first != found[0].pair.first))
        more = f" (the same with {', '.join(codes[:3])}{' and others' if len(codes) > 3 else ''})" if codes else ""
        yield found[0], [first_line(one) for one in found[:8]], more
