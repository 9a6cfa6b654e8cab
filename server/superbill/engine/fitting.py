"""Which modifiers fit a line: asked of the rules themselves, so that what is offered is never underlined afterwards.

A modifier does not fit when the line with it would get a finding of a modifier rule that it does not have without it.
What fits is ranked by what the code is: the facts of the fee schedule, the entry's brief, the rest of the claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from superbill.catalog.store import FEES, Catalog
from superbill.charges.model import ServiceLine, Written
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import PACKAGED, Knowledge

#: Rules that speak of a setting or a habit, not of the modifier: they do not make it unfit.
_NOT_UNFIT = frozenset(
    {"K509", "K510", "K511", "K523", "K526", "K527", "K541", "K551", "K560", "K571", "K581", "K595", "M410"}
)


class Offer(NamedTuple):
    """One thing to offer: what is inserted, a gloss, why it is offered here or does not fit, and its rank where the
    order in which things are offered is not their order (lower is better; modifiers only)."""

    text: str
    gloss: str
    why: str = ""
    fits: bool = True
    rank: int = 0


class Suggestions(NamedTuple):
    """The modifiers in force for a line, each shelf by rank, then by code: those with a reason to be there (below 60),
    those that nothing speaks for or against (from 60 on; one object for all lines with the same), and those that do
    not fit (from 90 on)."""

    usual: tuple[Offer, ...]
    plain: tuple[Offer, ...]
    unfit: tuple[Offer, ...]


def fit(book: RuleBook, line: ServiceLine, modifier: str) -> tuple[bool, str]:
    """Whether a modifier may stand on a line, and the reason when it may not."""
    kept = tuple(value for value in line.modifiers if value and value != modifier)
    bare = replace(line.carrying(kept), purpose="claim")
    problem = book.objections(bare, _NOT_UNFIT, modifier).get(modifier, "")
    return (not problem, problem)


def suggest(book: RuleBook, line: ServiceLine, others: Sequence[ServiceLine] = ()) -> Suggestions:
    """All modifiers in force, best first, those already on the line left out."""
    since = line.since
    if since is not None:
        # A month is fine enough, and within the year of the only fee schedule the day does not matter.
        only = len(book.know.editions_of(FEES)) == 1
        since = None if only and book.know.covers(FEES, line) else since.replace(day=1)
    key = replace(
        line,
        since=since,
        units=None,
        charge=None,
        diagnoses=(),
        until=None,
        written=Written(),
        provider="",
        modifiers=line.mods,
    )
    codes = frozenset(other.code for other in others if other.code)
    return _suggest(book, key, codes)


@lru_cache(maxsize=512)
def _suggest(book: RuleBook, line: ServiceLine, others: frozenset[str]) -> Suggestions:
    know = book.know
    wanted = _usual(know, line, others)
    base = replace(line, purpose="claim")
    # The workspace's own rules know best what is usual there.
    wanted |= {code: (4, why) for code, why in book.asked_for(base).items()}
    against = _against(book, base) if line.code else {}
    on = line.since or know.today
    plain, ending = _plain(know.catalog)
    out = {code for code, until in ending if on > until}.union(line.modifiers)
    unfit = []
    for code, why in against.items():
        if code in plain and code not in out:
            one = plain[code]
            unfit.append(Offer(code, one.gloss, _short(why, line.code, code), False, one.rank + 30))
    out.update(against)
    usual = []
    for code, (rank, why) in wanted.items():
        if code in plain and code not in out:
            usual.append(Offer(code, plain[code].gloss, why, True, rank))
    out.update(wanted)
    return Suggestions(
        tuple(sorted(usual, key=_place)),
        _rest(know.catalog, frozenset(out.intersection(plain))),
        tuple(sorted(unfit, key=_place)),
    )


def _place(offer: Offer) -> tuple[int, str]:
    return offer.rank, offer.text


@lru_cache(maxsize=512)
def _against(book: RuleBook, line: ServiceLine) -> dict[str, str]:
    """What speaks against each modifier; the same whatever else is on the claim."""
    return book.objections(line, _NOT_UNFIT)


@lru_cache(maxsize=8)
def _plain(catalog: Catalog) -> tuple[dict[str, Offer], list[tuple[str, date]]]:
    """All modifiers as they are offered where nothing speaks for or against them, in order. And those of them that have
    ended or will, with the last day."""
    modifiers = catalog.modifiers.values()
    offers = [Offer(one.code, one.name, rank=60 + _CLASSES.get(one.order, 6)) for one in modifiers]
    ending = [(one.code, one.until) for one in modifiers if one.until]
    return {one.text: one for one in sorted(offers, key=_place)}, ending


@lru_cache(maxsize=64)
def _rest(catalog: Catalog, out: frozenset[str]) -> tuple[Offer, ...]:
    """The plain ones without some; most codes leave out the same."""
    return tuple([one for code, one in _plain(catalog)[0].items() if code not in out])


def forget_suggestions() -> None:
    """Let go of what was suggested by a catalog that is no longer the one in use."""
    _suggest.cache_clear()
    _against.cache_clear()
    _plain.cache_clear()
    _rest.cache_clear()


_CLASSES = {"pricing": 0, "payment": 1, "location": 2, "information": 3, "status": 4, "measure": 5}


def _short(message: str, code: str, modifier: str) -> str:
    """The first clause of a message, without the code it begins with."""
    text = message.removeprefix(f"{code}-{modifier}: ").removeprefix(f"{code}: ")
    for stop in (". ", "; ", ", so "):
        text = text.split(stop)[0]
    return text.rstrip(".")


def _pairs(know: Knowledge, line: ServiceLine, others: frozenset[str], ranks: dict[str, tuple[int, str]]) -> None:
    """What the table of code pairs, when it is imported, says to the modifiers that call a service distinct."""
    table = know.pairs(line)
    if table is None:
        return
    found = [pair for pair in table.among({line.code, *others}, line.since) if line.code in (pair.first, pair.second)]
    for pair in found:
        if pair.indicator == "1" and pair.second == line.code:
            why = f"else it bundles into {pair.first} ({table.edition.name})"
            wanted = ("25",) if know.is_visit(line.code) else _DISTINCT
            ranks.update((code, (4 + place, why)) for place, code in enumerate(wanted))
            return
    parting = any(pair.indicator == "1" for pair in found)
    for code in _DISTINCT:
        if code in ranks:
            ranks[code] = (ranks[code][0] if parting else max(ranks[code][0], 55), ranks[code][1])


_DISTINCT = ("XS", "XE", "59", "XU", "XP")


def _usual(know: Knowledge, line: ServiceLine, others: frozenset[str]) -> dict[str, tuple[int, str]]:
    """Modifiers that people put on such a line, with rank and reason."""
    ranks: dict[str, tuple[int, str]] = {}

    def put(rank: int, why: str, *codes: str) -> None:
        for place, code in enumerate(codes):
            if code not in ranks or ranks[code][0] > rank:
                ranks[code] = (rank + (1 if place else 0), why)

    code = line.code
    if not code:
        return ranks
    row = know.plain_row(code, line.since) or know.row(line)
    facility = know.facility(line.place)
    procedure = know.procedure(code)
    entry_words = {use.code: use.when for use in procedure.brief.modifiers} if procedure and procedure.brief else {}
    if row is not None:
        if row.pctc in ("1", "6"):
            put(10, f"usual in POS {line.place}: reading only" if facility else "if you read it only", "26")
            if row.pctc == "1":
                put(
                    12,
                    f"the facility bills it in POS {line.place}"
                    if facility
                    else "if you bill equipment and staff only",
                    "TC",
                )
        if row.bilateral in ("1", "3"):
            put(14, "say which side", "LT", "RT")
            put(16, "if both sides were done", "50")
        if row.global_days in PACKAGED:
            put(20, "if separate that day", "XS", "XE", "59", "XP", "XU")
            put(24, "same procedure again", "76", "77")
            put(26, "reduced, or stopped", "52", "53")
            put(28, "far more work than usual", "22")
            if row.global_days != "000":
                put(30, "within an earlier package", "58", "78", "79")
                put(34, "care split between physicians", "54", "55")
            if row.multiple in ("2", "3"):
                put(30, "further procedure of the session", "51")
            if row.assistant == "2":
                put(36, "assistant at surgery", "80", "AS", "82", "81")
            if row.cosurgeon in ("1", "2"):
                put(38, "two surgeons", "62")
        elif row.pctc == "1":
            same_kind = any(other[:2] == code[:2] for other in others)
            put(20 if same_kind else 30, "if a separate study that day", "XE", "XS", "59", "XU", "XP")
            put(24, "same study again that day", "76", "77")
            put(32, "less than planned", "52", "53")
        if row.multiple == "5":
            put(10, "plan of care", "GP", "GO", "GN")
            put(20, "over the therapy threshold", "KX")
            put(22, "assistant gave it", "CQ", "CO")
    if know.is_visit(code):
        with_procedure = any(know.is_procedure(other, line.since) for other in others)
        put(10 if with_procedure else 20, "separate from the procedure that day", "25")
        put(22, "unrelated to the surgery", "24")
        put(24, "decision for major surgery", "57")
        put(26, "live by video", "95")
        put(28, "live by telephone", "93")
    if know.is_anesthesia(code):
        put(8, "who gave the anesthesia", "AA", "QZ", "QX", "QK", "QY", "AD")
        put(14, "monitored care", "QS")
        put(16, "physical status", "P1", "P2", "P3", "P4", "P5", "P6")
    if know.is_lab(code):
        put(12, "repeated on purpose that day", "91")
        put(14, "waived test kit", "QW")
        put(16, "outside laboratory did it", "90")
    if code[0] == "J":
        put(10, "nothing was discarded", "JZ")
        put(12, "the discarded part", "JW")
    if know.in_set(code, "ct-equipment"):
        put(44, "scanner below the equipment standard", "CT")
    _pairs(know, line, others, ranks)
    for number, modifier in enumerate(entry_words):
        if modifier not in ranks:
            put(40 + number, "", modifier)
    put(50, "waiver signed", "GA")
    put(51, "not covered, no claim for payment", "GY", "GZ", "GX")
    return ranks
