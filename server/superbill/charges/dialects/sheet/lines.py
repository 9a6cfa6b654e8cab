"""The service lines of an entry: which key means what, by the same names as the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from superbill.charges import values
from superbill.charges.columns import column
from superbill.charges.diagnoses import repeated
from superbill.charges.dialect import Placed
from superbill.charges.jsontext.nodes import Node
from superbill.charges.model import Content, Part, PartName, Problem, ServiceLine, Written
from superbill.charges.pointers import wrong_pointers

#: Keys under which a sheet, or a claim in it, holds its lines.
LISTS = ("lines", "charges", "services", "procedures", "items", "service_lines")
#: Keys under which a sheet holds claims.
CLAIMS = ("claims", "encounters", "visits")
_JOINED = re.compile(r"[^\s,;:/|~-]+")
#: Behind a leading dash no dash separates: it is what is wrong with the modifier, and stays for rules to see.
_JOINED_DASH = re.compile(r"[^\s,;:/|~]+")
_OCTAL = re.compile(r"0[0-9]+|0[xo][0-9A-Fa-f]+|[0-9]+[eE][0-9]+")
_NO_MODIFIER = re.compile(r"[0-9]+\.[0-9]+|0[xo][0-9A-Fa-f]+|[0-9]+[eE][0-9]+")
_BOOLEANS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false"})

Defaults = Mapping[str, str]


@dataclass(slots=True)
class Entry:
    """One service line of a sheet: its mapping, its nodes by role, and the modifiers one by one."""

    node: Node
    roles: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    diagnoses: list[Node] = field(default_factory=list)
    modifiers: list[Node] = field(default_factory=list)
    #: Keys that hold one modifier each, in their order; empty when one key holds all of them.
    slots: list[str] = field(default_factory=list)
    holder: str = ""

    def text(self, role: str) -> str | None:
        """The value of a role as written, None when there is no such key."""
        node = self.roles.get(role)
        return node.text if node is not None and node.kind in ("string", "other") else None


def roles_of(node: Node) -> dict[str, tuple[str, int, int]]:
    """(role, number, rank) of each key of a mapping that is known."""
    found = {}
    for key in node.members:
        known = column(key)
        if known is not None:
            found[key] = (str(known.role), known.number, known.rank)
    return found


def entries(node: Node) -> tuple[list[Entry], Node | None]:
    """The service lines of an entry, and the claim that holds them when the entry is one."""
    for key in LISTS:
        inner = node.members.get(key)
        if inner is not None and inner.kind == "array" and any(one.kind == "object" for one in inner.items):
            return [_entry(one) for one in inner.items if one.kind == "object"], node
    return [_entry(node)], None


def _entry(node: Node) -> Entry:
    entry = Entry(node)
    ranks: dict[str, int] = {}
    numbered: list[tuple[int, str]] = []
    for key, (role, number, rank) in roles_of(node).items():
        value = node.members[key]
        if role == "diagnosis":
            entry.diagnoses += value.items if value.kind == "array" else [value]
            continue
        if role == "modifier" and value.kind != "array" and number:
            numbered.append((number, key))
            continue
        if role in ("modifier", "modifiers"):
            if value.kind == "array" or not entry.holder:
                entry.holder = key
            continue
        if role not in entry.roles or rank < ranks[role]:
            entry.roles[role], entry.keys[role], ranks[role] = value, key, rank
    if numbered:
        entry.slots = [key for _, key in sorted(numbered)]
        entry.modifiers = [node.members[key] for key in entry.slots]
    elif entry.holder:
        entry.modifiers = list(_modifiers(node.members[entry.holder]))
    return entry


def _modifiers(value: Node) -> Iterator[Node]:
    if value.kind == "array":
        yield from (one for one in value.items if one.kind in ("string", "other"))
        return
    start, end = value.inner
    if len(value.text) <= 2 or _NO_MODIFIER.fullmatch(value.text) or end - start != len(value.text):
        if value.text:
            yield value
        return
    pattern = _JOINED_DASH if value.text.lstrip().startswith("-") else _JOINED
    for match in pattern.finditer(value.text):
        yield Node("other", start + match.start(), start + match.end(), match.group())


def is_charge(entry: Entry) -> bool:
    """Whether a mapping is a charge: something in the place of a code, and more that belongs to a charge."""
    code = entry.text("code")
    if not code:
        return False
    company = {"units", "date", "place", "claim", "patient", "charge", "pointer"} & entry.roles.keys()
    return bool(values.code(code) and (company or entry.holder or entry.slots)) or (len(company) >= 2)


#: What the keys of a charge name beside its code and modifiers; of a sheet without codes three are there at least.
_COMPANY = frozenset({"units", "date", "place", "claim", "patient"})


def lacks_code(entry: Entry) -> bool:
    """Whether a mapping has the keys of a charge and none that is known to name the code."""
    if entry.roles.get("code") is not None or not (entry.holder or entry.slots):
        return False
    return len(_COMPANY & entry.roles.keys()) + bool(entry.diagnoses) >= 3


def codeless(found: list[Entry], claim: Node | None) -> Problem | None:
    """What is said of the first entry of a sheet whose codes stand under a name that nobody knows: from its first known
    key to the last, and the keys that may hold the code."""
    entry = next((one for one in found if lacks_code(one)), None)
    if entry is None:
        return None
    likely = [
        key
        for key, node in entry.node.members.items()
        if column(key) is None and values.has_code_shape(node.text.strip())
    ]
    return Problem("sheet-no-code", Part("header"), (str(len(headings(found, claim)) - 1), *likely))


def content(found: list[Entry], claim: Node | None, defaults: Defaults, quoted: bool) -> Content:
    """The service lines of an entry, and what is wrong with how they are written. `quoted`: JSON, where quotes are a
    must and no scalar is guessed at."""
    shared = dict(defaults)
    if claim is not None:
        outer = _entry(claim)
        shared.update({role: text for role in outer.roles if (text := outer.text(role)) is not None})
    lines: list[ServiceLine] = []
    problems: list[Problem] = []
    for entry in found:
        if entry.text("code") is None and not entry.modifiers:
            continue
        number = len(lines)
        diagnoses = [one.text for one in _entry(claim).diagnoses] if claim is not None else []
        lines.append(_line(entry, shared, diagnoses, quoted))
        listed = len(diagnoses) if diagnoses and not entry.diagnoses else None
        problems += _wrong(entry, lines[-1], number, listed)
        if not quoted:
            problems += _problems(entry, number)
    return Content(lines=tuple(lines), problems=tuple(problems))


def _line(entry: Entry, shared: Mapping[str, str], diagnoses: list[str], quoted: bool) -> ServiceLine:
    def text(role: str) -> str | None:
        own = entry.text(role)
        return own if own is not None else shared.get(role)

    slots = [node.text if quoted else _as_modifier(node) for node in entry.modifiers]
    while slots and not slots[-1].strip():
        slots.pop()
    mods = tuple(slots)
    pointed = tuple(node.text for node in entry.diagnoses) or tuple(diagnoses)
    written = Written(
        code=entry.text("code"),
        modifiers=mods,
        units=text("units"),
        date=text("date"),
        date_to=text("date_to"),
        place=text("place"),
        charge=text("charge"),
        diagnoses=pointed,
        pointer=text("pointer"),
    )
    notes = [one for role in ("note", "description") if (one := entry.text(role)) is not None]
    return ServiceLine(
        code=values.code(written.code),
        modifiers=tuple(values.modifier(one) for one in mods),
        units=values.number(written.units),
        since=values.day(written.date),
        until=values.day(written.date_to),
        place=values.place(written.place),
        charge=values.money(written.charge),
        diagnoses=pointed,
        setting=values.setting(text("setting") or ""),
        payer=text("payer") or "",
        provider=text("provider") or "",
        described=any(one.strip() for one in notes) if notes else None,
        written=written,
    )


def _as_modifier(node: Node) -> str:
    """The modifier that is meant: what YAML turns into yes or no is none, and 25.0 is 25."""
    if node.kind != "other":
        return node.text
    if node.text.lower() in _BOOLEANS:
        return ""
    return node.text[:-2] if re.fullmatch(r"[0-9]{2}\.0", node.text) else node.text


def _wrong(entry: Entry, line: ServiceLine, item: int, listed: int | None) -> Iterator[Problem]:
    """What is wrong with the values of a line beside their form: no date, two codes, diagnoses and pointers. `listed` is
    the number of diagnoses that the claim lists for all its lines."""
    written = line.written
    if written.date is not None and line.code and not written.date.strip() and "date" in entry.roles:
        yield Problem("sheet-no-date", Part("date", 0, item))
    for key, (role, number, _) in roles_of(entry.node).items():
        other = values.code(entry.node.members[key].text) if role == "code" and not number else ""
        if other and line.code and other != line.code:
            yield Problem("sheet-two-codes", Part("code", 0, item), (line.code, other))
            break
    for index in repeated([node.text if node.text.strip() else None for node in entry.diagnoses]):
        yield Problem("sheet-diagnosis-twice", Part("diagnosis", index, item), (entry.diagnoses[index].text,))
    if written.pointer and written.pointer.strip() and "pointer" in entry.roles:
        for how in wrong_pointers(written.pointer, listed):
            yield Problem("sheet-pointer", Part("pointer", 0, item), how)


def _problems(entry: Entry, item: int) -> Iterator[Problem]:
    code = entry.roles.get("code")
    if code is not None and code.kind == "other" and _OCTAL.fullmatch(code.text):
        yield Problem("sheet-number", Part("code", 0, item), (code.text,))
    for slot, node in enumerate(entry.modifiers):
        if node.kind != "other":
            continue
        if node.text.lower() in _BOOLEANS:
            yield Problem("sheet-modifier", Part("modifier", slot, item), (node.text, "yes or no"))
        elif _NO_MODIFIER.fullmatch(node.text):
            yield Problem("sheet-modifier", Part("modifier", slot, item), (node.text, "a number"))


def parts(found: list[Entry], claim: Node | None) -> list[Placed]:
    """All parts of an entry with their spans. Keys are headings, numbered over the whole entry; what a claim says once
    is a part of each of its lines."""
    placed: list[Placed] = []
    names: list[tuple[PartName, str]] = [
        ("code", "code"), ("units", "units"), ("date", "date"), ("date_to", "date_to"), ("place", "place"),
        ("charge", "charge"), ("pointer", "pointer"), ("provider", "provider"), ("payer", "payer"), ("setting", "setting"),
        ("claim", "claim"), ("patient", "patient"), ("note", "note"),
    ]  # fmt: skip
    outer = _entry(claim) if claim is not None else None
    number = 0
    for entry in found:
        if entry.text("code") is None and not entry.modifiers:
            continue
        for name, role in names:
            node = entry.roles.get(role) or (outer.roles.get(role) if outer is not None else None)
            if node is not None and node.kind in ("string", "other"):
                placed.append(Placed(Part(name, 0, number), *node.inner))
        for index, node in enumerate(entry.diagnoses or (outer.diagnoses if outer is not None else [])):
            placed.append(Placed(Part("diagnosis", index, number), *node.inner))
        for slot, node in enumerate(entry.modifiers):
            placed.append(Placed(Part("modifier", slot, number), *node.inner))
        if entry.holder and not entry.modifiers:
            node = entry.node.members[entry.holder]
            inside = (node.start + 1, node.start + 1) if node.kind == "array" else node.inner
            placed.append(Placed(Part("modifier", 0, number), *inside))
        placed.append(Placed(Part("line", 0, number), entry.node.start, entry.node.end))
        number += 1
    for index, (_, key_start, key_end) in enumerate(headings(found, claim)):
        placed.append(Placed(Part("header", index), key_start, key_end))
    placed.sort(key=lambda one: (one.start, one.end))
    return placed


def headings(found: list[Entry], claim: Node | None) -> list[tuple[str, int, int]]:
    """(key, start, end) of the keys that are known, in one order."""
    nodes = ([claim] if claim is not None else []) + [entry.node for entry in found]
    listed = []
    for node in nodes:
        for key in roles_of(node):
            start = node.keys[key]
            listed.append((key, start, start + len(key)))
    return listed
