"""A workspace's own rules: what one is, how it is read from plain data, and how it is put in words.

A team writes them in `superbill.yaml` under `own_rules`. Reading that file is for others; here is only what it holds.
How such a rule judges a line stands in `superbill.rules.own_checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any, NamedTuple

from superbill.catalog.shapes import in_ranges, is_code, is_modifier, parse_range
from superbill.charges.model import ServiceLine, Written
from superbill.rules.base import OWN_ID, SEVERITIES, Severity

FIELDS = (
    "id", "message", "severity", "why", "link", "codes", "modifiers", "places", "payers", "payer_names", "dates",
    "unless_modifiers", "forbid_modifiers", "require_modifiers", "units", "not_with", "needs_with", "allowed_places",
    "fix", "examples",
)  # fmt: skip
FIX_FIELDS = ("remove_modifiers", "add_modifiers", "replace_modifiers", "code", "units", "remove_line", "preferred")
#: How findings of these rules name their source.
SOURCE = "workspace rule"
#: The longest id: it is read in a narrow column.
_LONGEST = 32
_PREFIX = re.compile(r"[0-9A-Z]{1,4}\*")
_PLACE = re.compile(r"[0-9]{2}")
_LINK = re.compile(r"https?://[^\s<>\"]+")
_UNITS = re.compile(r"[xX]([0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Codes:
    """A set of codes as a team writes it: codes, inclusive ranges of one shape, beginnings (`7638*`)."""

    written: tuple[str, ...] = ()
    singles: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    beginnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.written)

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str) or not code:
            return False
        return code in self.singles or code.startswith(self.beginnings) or in_ranges(code, self.ranges)


@dataclass(frozen=True, slots=True)
class OwnFix:
    """What a team offers as a mend; one of the fields is set. `preferred` lets "fix all" do it."""

    remove_modifiers: tuple[str, ...] = ()
    add_modifiers: tuple[str, ...] = ()
    replace_modifiers: tuple[tuple[str, str], ...] = ()
    code: str = ""
    units: Decimal | None = None
    remove_line: bool = False
    preferred: bool = False

    @property
    def named_modifiers(self) -> frozenset[str]:
        """The modifiers that it takes off or puts on."""
        swapped = (modifier for pair in self.replace_modifiers for modifier in pair)
        return frozenset((*self.remove_modifiers, *self.add_modifiers, *swapped))


@dataclass(frozen=True, slots=True)
class OwnRule:
    """One rule of a workspace.

    Which lines it looks at: `codes`, `modifiers` (carries one of them), `places`, `payers` (ids of profiles),
    `payer_names` (words of the payer's name in the file), `since` and `until` (date of service, both inclusive), and
    not those that carry one of `unless_modifiers`. What is left empty narrows nothing.

    What is wrong with them: they carry one of `forbid_modifiers`; carry none of `require_any`, or not all of
    `require_all`; have more units than `most` (in a day, or with `per_line` on one line) or fewer than `least`; stand on
    a claim with one of `not_with`, or on a claim with none of `needs_with`; have a place other than `allowed_places`.
    A rule that says nothing of this speaks of every line it looks at.

    `origin` is the path of the settings file in which it is written and `line` its line there, from 1; "" and 0 for one
    that a client sent.
    """

    id: str
    message: str
    severity: Severity = "warning"
    why: str = ""
    link: str = ""
    codes: Codes = Codes()
    modifiers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    payer_names: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    unless_modifiers: tuple[str, ...] = ()
    forbid_modifiers: tuple[str, ...] = ()
    require_any: tuple[str, ...] = ()
    require_all: tuple[str, ...] = ()
    most: Decimal | None = None
    least: Decimal | None = None
    per_line: bool = False
    not_with: Codes = Codes()
    needs_with: Codes = Codes()
    allowed_places: tuple[str, ...] = ()
    fix: OwnFix | None = None
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    origin: str = ""
    line: int = 0

    @property
    def address(self) -> str:
        """The place where it is written, as editors open it: the file and behind it the line; "" when it is in no file."""
        return f"{PurePath(self.origin).as_uri()}#{self.line},1" if self.origin else ""

    @property
    def named_modifiers(self) -> frozenset[str]:
        """Every modifier that it names: looked for, forbidden, wanted, put on or taken off by its fix, or an excuse."""
        return frozenset(
            (*self.modifiers, *self.unless_modifiers, *self.forbid_modifiers, *self.require_any, *self.require_all)
        ) | (self.fix.named_modifiers if self.fix else frozenset())

    def names_code(self, code: str) -> bool:
        """Whether it names a code: as one that it looks at, as one beside it, or in its fix."""
        return any(code in codes for codes in (self.codes, self.not_with, self.needs_with)) or (
            self.fix is not None and self.fix.code == code
        )

    @property
    def plain(self) -> bool:
        """Whether it speaks of every line that it looks at."""
        return not (
            self.forbid_modifiers or self.require_any or self.require_all or self.not_with or self.needs_with
            or self.allowed_places or self.most is not None or self.least is not None
        )  # fmt: skip


class OwnProblem(NamedTuple):
    """Something wrong with an entry: which one, where in the list (indexes and keys from its top), and what."""

    name: str
    path: tuple[str | int, ...]
    text: str


class _Bad(Exception):
    """A value that cannot be understood: where in its entry, and why."""

    def __init__(self, path: tuple[str | int, ...], text: str) -> None:
        super().__init__(text)
        self.path = path
        self.text = text


def read_own_rules(
    data: object, payers: Iterable[str] = (), *, origin: str = "", line_of: Callable[[int], int] = lambda index: 0
) -> tuple[tuple[OwnRule, ...], list[OwnProblem]]:
    """The rules of a list of plain mappings, and what is wrong with the others, which are left out whole.

    `payers` are the profiles there are; without any, their names are taken as they come. `origin` is the file that the
    list stands in, and `line_of` tells the line of an entry by its number. Never raises.
    """
    if data is None:
        return (), []
    if not isinstance(data, (list, tuple)):
        return (), [OwnProblem("", (), "must be a list of rules, each beginning with `- id: ...`")]
    found: dict[str, OwnRule] = {}
    problems = []
    known = frozenset(payers)
    for index, entry in enumerate(data):
        name = f"rule {index + 1}"
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
            name = entry["id"].strip() or name
        try:
            rule = _rule(entry, known)
            if rule.id in found:
                raise _Bad(("id",), "there are two rules with this id; the first one holds")
            found[rule.id] = replace(rule, origin=origin, line=line_of(index)) if origin else rule
        except _Bad as bad:
            problems.append(OwnProblem(name, (index, *bad.path), bad.text))
    return tuple(found.values()), problems


def _rule(entry: object, payers: frozenset[str]) -> OwnRule:
    """One entry as a rule. Raises _Bad for the first thing wrong."""
    if not isinstance(entry, Mapping):
        raise _Bad((), "must be a mapping with `id`, `message` and what it looks at")
    _known_keys(entry, FIELDS, ())
    id = _id(entry.get("id"))
    severity = entry.get("severity", "warning")
    if severity not in SEVERITIES:
        raise _Bad(("severity",), f"severity {severity!r} is none of {', '.join(SEVERITIES)}")
    link = _text(entry, "link", 500)
    if link and not _LINK.fullmatch(link):
        raise _Bad(("link",), f"{link!r} is no address that begins with https:// or http://")
    profiles = _several(entry, "payers", _as_text)
    for place, one in enumerate(profiles):
        if payers and one not in payers:
            raise _Bad(
                ("payers", place),
                f"there is no payer profile {one!r}; there are {', '.join(sorted(payers))}. A payer by the name it has "
                "in the file goes under payer_names",
            )
    since, until = _dates(entry.get("dates"))
    require_any, require_all = _required(entry)
    most, least, per_line = _units(entry.get("units"))
    rule = OwnRule(
        id=id,
        message=_text(entry, "message", 500, needed=True),
        severity=severity,
        why=_text(entry, "why", 2000),
        link=link,
        codes=_codes(entry, "codes"),
        modifiers=_several(entry, "modifiers", _as_modifier),
        places=_several(entry, "places", _as_place),
        payers=profiles,
        payer_names=_several(entry, "payer_names", _as_name),
        since=since,
        until=until,
        unless_modifiers=_several(entry, "unless_modifiers", _as_modifier),
        forbid_modifiers=_several(entry, "forbid_modifiers", _as_modifier),
        require_any=require_any,
        require_all=require_all,
        most=most,
        least=least,
        per_line=per_line,
        not_with=_codes(entry, "not_with"),
        needs_with=_codes(entry, "needs_with"),
        allowed_places=_several(entry, "allowed_places", _as_place),
        fix=_fix(entry.get("fix")),
        bad=_examples(entry.get("examples"), "bad"),
        good=_examples(entry.get("examples"), "good"),
    )
    _whole(rule)
    return rule


def _whole(rule: OwnRule) -> None:
    """See that the parts of a rule make sense together. Raises _Bad."""
    if not rule.codes and not rule.modifiers and (rule.plain or rule.not_with or rule.needs_with):
        raise _Bad((), "would speak of every line; say of which with `codes` or `modifiers`")
    both = set(rule.forbid_modifiers) & {*rule.require_any, *rule.require_all}
    if both:
        raise _Bad(("require_modifiers",), f"{sorted(both)[0]} is both forbidden and required")
    if rule.since and rule.until and rule.until < rule.since:
        raise _Bad(("dates",), "`until` lies before `from`")
    if rule.most is not None and rule.least is not None and rule.most < rule.least:
        raise _Bad(("units",), "`most` is less than `least`")
    fix = rule.fix
    if fix is not None and fix.preferred:
        wrong = {*rule.forbid_modifiers, *(rule.modifiers if rule.plain else ())}
        if not fix.remove_modifiers or not set(fix.remove_modifiers) <= wrong:
            raise _Bad(
                ("fix", "preferred"),
                "only the removal of modifiers that the rule forbids can be preferred; all else changes what is claimed",
            )


# -- single values ------------------------------------------------------------------------------------------------


def _known_keys(entry: Mapping[Any, Any], names: Sequence[str], path: tuple[str | int, ...]) -> None:
    for key in entry:
        if key not in names:
            from difflib import get_close_matches  # only mistakes need it

            near = get_close_matches(str(key), names, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(names)}"
            raise _Bad((*path, str(key)), f"there is no {key!r}{hint}")


def _id(value: object) -> str:
    if not isinstance(value, str) or not OWN_ID.fullmatch(value.strip()) or len(value.strip()) > _LONGEST:
        raise _Bad(
            ("id",) if value is not None else (),
            "`id` must be letters of your own, a dash and a number or word, in capitals, such as ACME-1 or OUR-SIDES",
        )
    return value.strip()


def _text(entry: Mapping[Any, Any], key: str, most: int, needed: bool = False) -> str:
    value = entry.get(key)
    if value is None and not needed:
        return ""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        hint = "" if value is None or isinstance(value, str) else f"; put {value!r} in quotes"
        raise _Bad((key,) if value is not None else (), f"`{key}` must be a text{hint}")
    if len(text) > most:
        raise _Bad((key,), f"`{key}` is longer than {most} characters")
    return text


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _several(entry: Mapping[Any, Any], key: str, one: Any, path: tuple[str | int, ...] = ()) -> tuple[str, ...]:
    """A list of values, or a single one; each once."""
    value = entry.get(key)
    if value is None:
        return ()
    if isinstance(value, Mapping):
        raise _Bad((*path, key), f"`{key}` must be a list")
    found: dict[str, None] = {}
    for index, item in enumerate(_items(value)):
        try:
            found[one(item)] = None
        except ValueError as error:
            raise _Bad((*path, key, index) if isinstance(value, (list, tuple)) else (*path, key), str(error)) from None
    if not found:
        raise _Bad((*path, key), f"`{key}` is an empty list")
    return tuple(found)


def _as_text(item: object) -> str:
    if not isinstance(item, str) or not item.strip():
        raise ValueError(f"{item!r} is no text")
    return item.strip()


def _as_name(item: object) -> str:
    text = " ".join(re.findall(r"[a-z0-9]+", _as_text(item).lower()))
    if not text:
        raise ValueError(f"{item!r} has no letters")
    return text


def _as_modifier(item: object) -> str:
    # YAML takes 50 for a number, and 01 for one in base eight.
    text = str(item).strip().upper() if isinstance(item, str) or (type(item) is int and item > 9) else ""
    if not is_modifier(text):
        raise ValueError(f'{item!r} is no modifier; write two letters or digits in quotes, such as "50" or LT')
    return text


def _as_place(item: object) -> str:
    text = f"{item:02}" if type(item) is int else item.strip() if isinstance(item, str) else ""
    if not _PLACE.fullmatch(text):
        raise ValueError(f'{item!r} is no place of service; write two digits in quotes, such as "11"')
    return text


def _as_code(item: object) -> str:
    text = str(item).strip().upper() if isinstance(item, str) or (type(item) is int and item > 9999) else ""
    if not is_code(text):
        raise ValueError(f"{item!r} is no code{'' if isinstance(item, str) else '; write it in quotes'}")
    return text


def _as_codes(item: object) -> str:
    """A code, a range or a beginning, written alike."""
    text = str(item).strip().upper() if isinstance(item, str) or (type(item) is int and item > 9999) else ""
    text = re.sub(r"\s*[-–]\s*", "-", text)
    if _PREFIX.fullmatch(text):
        return text
    try:
        low, high = parse_range(text)
    except ValueError:
        hint = ", in quotes" if type(item) is int else ""
        raise ValueError(
            f"{item!r} is no code, no range and no beginning; write them as 76380, 70010-79999 or 7638*{hint}"
        ) from None
    return low if low == high else f"{low}-{high}"


def _codes(entry: Mapping[Any, Any], key: str) -> Codes:
    written = _several(entry, key, _as_codes)
    spans = [parse_range(text) for text in written if not text.endswith("*")]
    return Codes(
        written=written,
        singles=frozenset(low for low, high in spans if low == high),
        ranges=tuple(span for span in spans if span[0] != span[1]),
        beginnings=tuple(text[:-1] for text in written if text.endswith("*")),
    )


def _dates(value: object) -> tuple[date | None, date | None]:
    if value is None:
        return None, None
    if not isinstance(value, Mapping) or not value:
        raise _Bad(("dates",), "`dates` must hold `from` or `until`, or both, such as {from: 2026-01-01}")
    _known_keys(value, ("from", "until"), ("dates",))
    return _day(value, "from"), _day(value, "until")


def _day(value: Mapping[Any, Any], key: str) -> date | None:
    day = value.get(key)
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    if isinstance(day, str):
        try:
            return date.fromisoformat(day.strip())
        except ValueError:
            day = day.strip()
    elif day is None:
        return None
    raise _Bad(("dates", key), f"{str(day)!r} is no date; write it as 2026-01-31")


def _required(entry: Mapping[Any, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What `require_modifiers` asks for: any of, all of. A list means any of."""
    value = entry.get("require_modifiers")
    if not isinstance(value, Mapping):
        return _several(entry, "require_modifiers", _as_modifier), ()
    _known_keys(value, ("any", "all"), ("require_modifiers",))
    found = (
        _several(value, "any", _as_modifier, ("require_modifiers",)),
        _several(value, "all", _as_modifier, ("require_modifiers",)),
    )
    if not any(found):
        raise _Bad(("require_modifiers",), "`require_modifiers` must hold `any` or `all`")
    return found


def _units(value: object) -> tuple[Decimal | None, Decimal | None, bool]:
    if value is None:
        return None, None, False
    if not isinstance(value, Mapping):
        raise _Bad(("units",), "`units` must hold `most` or `least`, such as {most: 2}")
    _known_keys(value, ("most", "least", "per"), ("units",))
    per = value.get("per", "day")
    if per not in ("day", "line"):
        raise _Bad(("units", "per"), f"`per` is day or line, not {per!r}")
    most, least = (
        _amount(value[key], ("units", key)) if value.get(key) is not None else None for key in ("most", "least")
    )
    if most is None and least is None:
        raise _Bad(("units",), "`units` must hold `most` or `least`, such as {most: 2}")
    return most, least, per == "line"


def _amount(value: object, path: tuple[str | int, ...]) -> Decimal:
    if not isinstance(value, bool) and isinstance(value, (int, float, str)):
        try:
            amount = Decimal(str(value).strip())
        except InvalidOperation:
            amount = Decimal(-1)
        if amount.is_finite() and 0 < amount < 1_000_000:
            return amount
    raise _Bad(path, f"{value!r} is no number of units above 0")


def _fix(value: object) -> OwnFix | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise _Bad(("fix",), f"`fix` must hold one of {', '.join(FIX_FIELDS[:-1])}")
    _known_keys(value, FIX_FIELDS, ("fix",))
    for key in ("remove_line", "preferred"):
        if value.get(key) not in (None, True, False):
            raise _Bad(("fix", key), f"`{key}` is true or false")
    if len([key for key in FIX_FIELDS[:-1] if value.get(key) not in (None, False)]) != 1:
        raise _Bad(("fix",), f"`fix` must hold exactly one of {', '.join(FIX_FIELDS[:-1])}")
    pairs = value.get("replace_modifiers")
    if pairs is not None and not (isinstance(pairs, Mapping) and pairs):
        raise _Bad(("fix", "replace_modifiers"), '`replace_modifiers` must map old to new, such as {"50": LT}')
    try:
        return OwnFix(
            remove_modifiers=_several(value, "remove_modifiers", _as_modifier, ("fix",)),
            add_modifiers=_several(value, "add_modifiers", _as_modifier, ("fix",)),
            replace_modifiers=tuple((_as_modifier(old), _as_modifier(new)) for old, new in (pairs or {}).items()),
            code=_as_code(value["code"]) if value.get("code") is not None else "",
            units=_amount(value["units"], ("fix", "units")) if value.get("units") is not None else None,
            remove_line=value.get("remove_line") is True,
            preferred=value.get("preferred") is True,
        )
    except ValueError as error:
        raise _Bad(("fix",), str(error)) from None


# -- examples -----------------------------------------------------------------------------------------------------


def _examples(value: object, kind: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise _Bad(("examples",), "`examples` must hold `bad` or `good`, each a list such as [76380-50, J1100 x3]")
    _known_keys(value, ("bad", "good"), ("examples",))
    found = []
    for index, item in enumerate(_items(value[kind]) if value.get(kind) is not None else ()):
        text = " ".join(str(item).split())
        try:
            read_example(text)
        except ValueError as error:
            raise _Bad(("examples", kind, index), str(error)) from None
        found.append(text)
    return tuple(found)


def read_example(text: str, day: date | None = None) -> tuple[ServiceLine, ...]:
    """The lines of one claim in short form: `76380-26 @22 + 74177 x1`.

    Lines are joined by `+`. Behind code and modifiers may stand units (`x3`), the place (`@22`) and the date
    (`2026-01-31`; `day` for lines without one). Raises ValueError with the reason.
    """
    lines = []
    for part in text.split("+"):
        head, *rest = part.split() or [""]
        code, *modifiers = head.upper().split("-")
        if not is_code(code) or not all(is_modifier(one) for one in modifiers):
            raise ValueError(f"{part.strip()!r} is no line; write them as 76380-26 x1 @22, joined by +")
        units: Decimal | None = None
        place, since = "", day
        for word in rest:
            amount = _UNITS.fullmatch(word)
            if amount:
                units = Decimal(amount.group(1))
            elif word[0] == "@" and _PLACE.fullmatch(word[1:]):
                place = word[1:]
            else:
                try:
                    since = date.fromisoformat(word)
                except ValueError:
                    raise ValueError(
                        f"{word!r} is neither units (x3), nor a place (@22), nor a date (2026-01-31)"
                    ) from None
        lines.append(
            ServiceLine(
                code=code,
                modifiers=tuple(modifiers),
                units=units,
                since=since,
                until=since,
                place=place,
                written=Written(
                    code=code,
                    modifiers=tuple(modifiers),
                    units=str(units) if units is not None else None,
                    place=place or None,
                ),
            )
        )
    return tuple(lines)


# -- in words -----------------------------------------------------------------------------------------------------


def documentation(rule: OwnRule) -> str:
    """The page of a rule, in the form that the bundled rules have: a first line, then sections."""
    out = [rule.message, f"## What it does\n{_looks(rule)}\n\n{_speaks(rule)}"]
    out.append(f"## Why it matters\n{rule.why or 'The team that wrote the rule gives no reason.'}")
    for title, examples in (("Example", rule.bad), ("Instead", rule.good)):
        if examples:
            shown = "\n".join(f"    {one}" for one in examples)
            out.append(f"## {title}\n{shown}")
    link = f" {rule.link}" if rule.link else ""
    where = f", line {rule.line}" if rule.line else ""
    out.append(f"## Source\nA rule of this workspace, written in `superbill.yaml` under `own_rules`{where}.{link}")
    return "\n\n".join(out)


def _looks(rule: OwnRule) -> str:
    said = [f"with {_or(rule.codes.written)}" if rule.codes else ""]
    said.append(f"that carry {_or(rule.modifiers)}" if rule.modifiers else "")
    said.append(f"in place {_or(rule.places)}" if rule.places else "")
    payers = [*rule.payers, *(f"“{name}”" for name in rule.payer_names)]
    said.append(f"for payer {_or(payers)}" if payers else "")
    said.append(f"from {rule.since}" if rule.since else "")
    said.append(f"until {rule.until}" if rule.until else "")
    said.append(f"unless they carry {_or(rule.unless_modifiers)}" if rule.unless_modifiers else "")
    words = ", ".join(word for word in said if word)
    return f"Looks at lines {words}." if words else "Looks at all lines."


def _speaks(rule: OwnRule) -> str:
    said = []
    if rule.plain:
        return "Speaks of every one of them."
    if rule.forbid_modifiers:
        said.append(f"carries {_or(rule.forbid_modifiers)}")
    if rule.require_any:
        said.append(f"does not carry {_or(rule.require_any)}")
    if rule.require_all:
        said.append(f"does not carry all of {', '.join(rule.require_all)}")
    if rule.most is not None:
        where = "alone" if rule.per_line else "and the others of its code on the claim and day together"
        said.append(f"has more than {amount(rule.most)} units, {where}")
    if rule.least is not None:
        said.append(f"has fewer than {amount(rule.least)} units")
    if rule.not_with:
        said.append(f"stands on a claim, on one day, with {_or(rule.not_with.written)}")
    if rule.needs_with:
        said.append(f"stands on a claim without {_or(rule.needs_with.written)} on that day")
    if rule.allowed_places:
        said.append(f"has a place other than {_or(rule.allowed_places)}")
    return f"Speaks when a line {'; or '.join(said)}."


def _or(words: Sequence[str]) -> str:
    """Words as people list them: "LT, RT or 50"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def amount(value: Decimal) -> str:
    """A number of units as people write it."""
    return format(value.normalize(), "f")
