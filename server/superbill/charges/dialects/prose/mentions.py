"""Find the codes and modifiers that a text cites, and tell them from ZIP codes, phone numbers and room numbers.

A number of five digits is a code only in company: a word such as "CPT" or "billed" before it in the same sentence,
another code beside it, a modifier behind it, or a list or table that says what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from superbill.charges import values

_CODE = values.CODE.pattern
_MOD = r"(?:[0-9]{2}|[A-Z][A-Z0-9]|[0-9][P])"
_CANDIDATE = re.compile(
    rf"(?<![\w$#/.+-])(?P<code>{_CODE})(?:-(?P<mods>{_MOD}(?:(?:,[ ]?|-|/){_MOD})*)(?![\w]))?(?![\w]|-\d|[.,]\d|/\d|°|%)"
)
_LIST_AFTER = re.compile(
    rf"\s*\((?P<mods>{_MOD}(?:\s*,\s*{_MOD})*)\)|,?\s+(?:(?:with|and|plus|append(?:ed|ing)?|w/|\+)\s+)?(?:the\s+)?(?:modifiers?|mods?):?\s+(?P<more>{_MOD}(?:\s*(?:,|and|&)\s*{_MOD})*)(?![\w])"
)
#: On a line of charges modifiers may stand apart from their code: `76377 26`, `99213 -25`. Only a side may have words behind
#: it, since other modifiers are words too, and "25" may count something.
_APART = re.compile(
    rf"(?:[ ]-?|[ ]?-[ ])(?P<mods>{_MOD}(?:[ /-]{_MOD})*)(?=[ ]*(?:[,;)(\n]|\.(?!\d)|$|[x×][ ]?\d|-[ ]|and\b))"
    r"|[ ](?P<side>LT|RT)(?=[ ])"
)
_UNITS = re.compile(r"\s*(?:[x×]\s*(\d{1,3})\b|,?\s*\(?(\d{1,3})\s+units?\b)", re.IGNORECASE)
_MODIFIERS = re.compile(
    rf"\bmodifiers?:?\s+(?P<mods>[`\"'*]*{_MOD}[`\"'*]*(?![\w])(?:\s*(?:,\s*(?:and|or)|,|/|and|or|&)\s*[`\"'*]*{_MOD}[`\"'*]*(?![\w]))*)"
    rf"|(?<![\w-])-(?P<dash>{_MOD})\s+modifier|(?<![\w-])(?P<before>{_MOD})\s+modifiers?\b"
)
_ONE = re.compile(_MOD)
_CUE = re.compile(
    r"\b(?:cpts?|hcpcs|procedure codes?|billing codes?|charge codes?|service codes?|codes?|coded|coding|bill(?:ed|ing|s)?|"
    r"charges?|charged|modifiers?|report(?:ed|ing)?|superbill|level ii|add-?on)\b|cpt®",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:zip|postal|area|phone|tel|fax|mrn|medical record(?: number)?|accession|acct|account|chart|record|room|bed|"
    r"p\.?o\.? box|box|ext|case|order|claim|policy|member|patient|visit|invoice|serial|lot|model|part|ndc|npi|tin|"
    r"icd(?:-?10)?(?:-cm)?|dx|diagnosis|diagnoses|drg|revenue|rev|loinc|snomed|taxonomy|suite|ste|apt|unit|building|"
    r"population|approximately|about|over|version|year|since|in|\$|no\.?|number|id)"
    r"(?:\s+(?:code|codes|number|no\.?|id|#|of))*\s*[:#=]?\s*$",
    re.IGNORECASE,
)
_STATE_BEFORE = re.compile(r"\b[A-Z]{2}\.?\s+$")
_DENIAL = re.compile(
    r"\b(?:not|never|no|don'?t|do not|cannot|can'?t|instead of|rather than|incorrect(?:ly)?|wrong(?:ly)?|invalid|avoid|"
    r"denied|deny|without|versus|vs|unlike)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:[\s,;/&+()\u2013-]|and|or|with|to|plus|through|vs\.?|versus)*")
_BREAK = re.compile(r"(?<=[.!?;])\s+(?=[A-Z*\"'(])|\n\s*\n|\n(?=\s*[-*+•]\s|\s*\d{1,2}[.)]\s)")
_WIDELY_KNOWN = frozenset(
    [
        "22",
        "24",
        "25",
        "26",
        "50",
        "51",
        "52",
        "53",
        "54",
        "55",
        "57",
        "58",
        "59",
        "62",
        "66",
        "76",
        "77",
        "78",
        "79",
        "80",
        "81",
        "82",
        "91",
        "95",
        "TC",
        "LT",
        "RT",
        "XE",
        "XS",
        "XP",
        "XU",
        "KX",
        "GP",
        "GO",
        "GN",
        "GA",
        "GY",
        "GZ",
        "AS",
        "QW",
    ]
)


#: Those that are read apart from their code. GA is also general anesthesia, and AS a word.
_ALONE = _WIDELY_KNOWN - {"AS", "GA"}


@dataclass(frozen=True, slots=True)
class Bit:
    """A value with its span in the block."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """One code as cited: its modifiers and units behind it, and whether the sentence denies or warns."""

    code: Bit
    modifiers: tuple[Bit, ...] = ()
    units: Bit | None = None
    denied: bool = False
    verb: bool = False


_BILLS = re.compile(
    r"\b(?:bill(?:ed|ing)?(?: as| with| for)?|charged?(?: as)?|report(?:ed)? (?:as|with)|coded? as|submit(?:ted)?(?: as)?)\b",
    re.IGNORECASE,
)


def find_codes(text: str, trusted: int = 0, lists: Sequence[tuple[int, int]] = ()) -> list[Found]:
    """The codes that a block cites. Up to `trusted`, and within the stretches of `lists`, the place itself (a list of
    codes, a cell) is cue enough."""
    found: list[Found] = []
    if not any(char.isdigit() for char in text):
        return found
    start = 0
    for piece in [*_BREAK.finditer(text), None]:
        end = piece.start() if piece else len(text)
        if end > start:
            found += _in_sentence(text, start, end, [(0, trusted), *lists])
        start = piece.end() if piece else end
    return found


def _in_sentence(text: str, start: int, end: int, lists: Sequence[tuple[int, int]]) -> list[Found]:
    sentence = text[start:end]
    found: list[Found] = []
    last_code = -1
    for match in _CANDIDATE.finditer(sentence):
        before = sentence[: match.start()]
        trusted = any(first <= start + match.start() < last for first, last in lists)
        if not trusted or _AGAINST.search(before[-40:]):
            against = _AGAINST.search(before[-40:])
            cue = _last(_CUE, before)
            if against and not (
                cue is not None
                and cue >= len(before) - 14
                and "zip" not in before[-14:].lower()
                and "icd" not in before[-20:].lower()
            ):
                continue
        if not trusted:
            near_code = last_code >= 0 and _LISTED.fullmatch(sentence, last_code, match.start()) is not None
            has_mods = match.group("mods") is not None and all(
                modifier in _WIDELY_KNOWN for modifier in _ONE.findall(match.group("mods"))
            )
            if not (_CUE.search(before[-80:].rpartition("\n\n")[2]) or near_code or has_mods):
                continue
            if _STATE_BEFORE.search(before[-6:]) and not has_mods:
                continue
        bits = _modifiers(match, start)
        stop = match.end()
        after = _LIST_AFTER.match(sentence, stop)
        if after and not bits:
            name = "mods" if after.group("mods") else "more"
            bits = [
                Bit(one.group(), start + one.start(), start + one.end())
                for one in _ONE.finditer(sentence, after.start(name), after.end(name))
            ]
            stop = after.end()
        apart = _APART.match(sentence, stop) if trusted and not bits and not after else None
        name = "side" if apart and apart.group("side") else "mods"
        if apart and all(modifier in _ALONE for modifier in _ONE.findall(apart.group(name))):
            bits = [
                Bit(one.group(), start + one.start(), start + one.end())
                for one in _ONE.finditer(sentence, apart.start(name), apart.end(name))
            ]
            stop = apart.end(name)
        units = _UNITS.match(sentence, stop)
        bit = None
        if units:
            group = 1 if units.group(1) else 2
            bit = Bit(units.group(group), start + units.start(group), start + units.end(group))
        code = Bit(match.group("code"), start + match.start("code"), start + match.end("code"))
        found.append(
            Found(code, tuple(bits), bit, not trusted and bool(_DENIAL.search(sentence)), bool(_BILLS.search(before)))
        )
        last_code = bit.end - start if bit else stop
    return found


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    place = None
    for match in pattern.finditer(text):
        place = match.end()
    return place


def _modifiers(match: re.Match[str], offset: int) -> list[Bit]:
    if match.group("mods") is None:
        return []
    begin = match.start("mods")
    return [
        Bit(one.group(), offset + begin + one.start(), offset + begin + one.end())
        for one in _ONE.finditer(match.group("mods"))
    ]


def find_modifiers(text: str) -> list[Bit]:
    """Modifiers that a text names as such: "modifier 26", "modifiers 59 and XS", "the 25 modifier"."""
    found: list[Bit] = []
    if "odifier" not in text and "ODIFIER" not in text:
        return found
    for match in _MODIFIERS.finditer(text):
        for name in ("mods", "dash", "before"):
            if match.group(name):
                for one in _ONE.finditer(match.group(name)):
                    begin = match.start(name)
                    if name != "mods" or _whole(match.group(name), one):
                        found.append(Bit(one.group(), begin + one.start(), begin + one.end()))
    return found


def _whole(text: str, one: re.Match[str]) -> bool:
    """Whether a match is a word of its own."""
    before = text[one.start() - 1 : one.start()]
    behind = text[one.end() : one.end() + 1]
    return not before.isalnum() and not behind.isalnum()
