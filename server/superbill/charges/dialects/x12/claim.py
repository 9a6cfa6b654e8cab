"""One claim of an 837: the segments from CLM to the next claim, taken apart.

Loops and elements: X12 005010X222A1 (professional) and X223A2 (institutional), and their 4010 forms, which agree in all
that is read here. SV1 is a professional service line, SV2 an institutional one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from superbill.charges import values
from superbill.charges.dialects.x12.context import Context
from superbill.charges.dialects.x12.segments import Delimiters, Segment, components, split
from superbill.charges.model import Content, Part, Problem, ServiceLine, Written

#: Segments that cannot stand inside a claim: what comes next begins here.
BOUNDARY = frozenset({"CLM", "HL", "SE", "ST", "GE", "GS", "IEA", "ISA"})
_FREQUENCIES_OF_CHANGE = ("7", "8")
#: Qualifiers of other code sets: jurisdiction specific, home infusion products, Advanced Billing Concepts.
_OTHER_SETS = ("ER", "IV", "WK")
#: The letters that a paper claim has for its twelve diagnoses, one or several in a row.
_LETTERS = re.compile(r"[A-L]+")
_PRINCIPAL = ("ABK", "BK")
_OTHERS = ("ABF", "BF")
_ICD9 = ("BK", "BF")
_FACILITY = re.compile(r"[0-9]{2}([^0-9A-Za-z ])[A-Z]\1[0-9]?")
_ICD10_SINCE = date(2015, 10, 1)


@dataclass(slots=True)
class Loop:
    """One service line (loop 2400): its segments, and those that are read."""

    segments: list[Segment]
    lx: Segment | None = None
    service: Segment | None = None
    date: Segment | None = None
    noted: bool = False
    provider: str = ""

    @property
    def professional(self) -> bool:
        """Whether it is an SV1 line."""
        return self.service is not None and self.service.id == "SV1"


@dataclass(slots=True)
class Parsed:
    """A claim taken apart. `loops` are all service lines in their order, `billing` those of them that hold a code."""

    delimiters: Delimiters
    clm: Segment
    head: list[Segment]
    loops: list[Loop]

    @property
    def billing(self) -> list[Loop]:
        """The loops that become service lines, by item number."""
        return [loop for loop in self.loops if loop.service is not None and code_place(loop.service, self.delimiters)]

    def diagnoses(self) -> list[tuple[str, int, int, str]]:
        """(code, start, end, qualifier) of the claim's diagnoses, principal first, in the order that pointers count."""
        found = []
        for segment in self.head:
            if segment.id == "HI":
                for number in range(1, len(segment.elements)):
                    parts = components(segment, number, self.delimiters)
                    qualifier = parts[0][0].strip().upper() if parts else ""
                    if qualifier in _PRINCIPAL + _OTHERS and len(parts) > 1 and parts[1][0].strip():
                        found.append((*parts[1], qualifier))
        return found

    def place(self) -> tuple[str, int, int] | None:
        """CLM05-1, the place of service of the whole claim."""
        parts = components(self.clm, 5, self.delimiters)
        return parts[0] if parts else None

    def frequency(self) -> str:
        """CLM05-3: 1 original, 7 replacement, 8 void."""
        parts = components(self.clm, 5, self.delimiters)
        return parts[2][0].strip() if len(parts) > 2 else ""


def parse(text: str, delimiters: Delimiters) -> Parsed:
    """Take a claim apart. `text` begins with CLM; whatever follows is taken as it is."""
    segments = split(text, delimiters)
    delimiters = _as_used(segments[0], delimiters)
    head: list[Segment] = []
    loops: list[Loop] = []
    for segment in segments:
        name = segment.id
        current = loops[-1] if loops else None
        if name == "LX":
            loops.append(Loop([segment], lx=segment))
        elif name in ("SV1", "SV2"):
            if current is None or current.service is not None:
                current = Loop([])
                loops.append(current)
            current.segments.append(segment)
            current.service = segment
        elif current is None:
            head.append(segment)
        else:
            current.segments.append(segment)
            if name == "DTP" and segment.value(1) == "472" and current.date is None:
                current.date = segment
            elif name == "NTE":
                current.noted = True
            elif name == "NM1" and segment.value(1) == "82":
                current.provider = segment.value(9) or segment.value(3)
    return Parsed(delimiters, segments[0], head, loops)


def _as_used(clm: Segment, delimiters: Delimiters) -> Delimiters:
    """The separators as the claim has them: some programs write another component separator than ISA names."""
    match = _FACILITY.fullmatch(clm.value(5))
    if match is None or match.group(1) in delimiters:
        return delimiters
    return delimiters._replace(component=match.group(1))


def code_place(service: Segment, delimiters: Delimiters) -> int:
    """Which component of the composite holds the code: 1 as the standard has it, -1 when there is no procedure.

    0 comes up when the qualifier was left out; the code then stands first.
    """
    number = 1 if service.id == "SV1" else 2
    element = service.value(number)
    if not element.strip():
        return 0
    return -1 if values.has_code_shape(element.partition(delimiters.component)[0].strip()) else 1


@dataclass(frozen=True, slots=True)
class Composite:
    """The procedure of a service line: qualifier, code, modifiers and description, each (value, start, end) or None."""

    qualifier: tuple[str, int, int] | None
    code: tuple[str, int, int] | None
    modifiers: tuple[tuple[str, int, int], ...]
    description: tuple[str, int, int] | None
    start: int
    end: int


def composite(service: Segment, delimiters: Delimiters) -> Composite:
    """SV101, or SV202, by component."""
    number = 1 if service.id == "SV1" else 2
    parts: list[tuple[str, int, int] | None] = list(components(service, number, delimiters))
    if code_place(service, delimiters) < 0:
        parts.insert(0, None)
    parts += [None] * (7 - len(parts))
    mods = [part for part in parts[2:6] if part is not None]
    while mods and not mods[-1][0].strip():
        mods.pop()
    start, end = service.span(number)
    return Composite(parts[0], parts[1], tuple(mods), parts[6], start, end)


def period(text: str) -> tuple[tuple[str, int, int], tuple[str, int, int] | None]:
    """The first and the last day of a DTP03 value: (text, start, end) in it; no last day when there is one day only."""
    first, dash, last = text.partition("-")
    if not dash:
        return (text, 0, len(text)), None
    return (first, 0, len(first)), (last, len(first) + 1, len(text))


def group(parsed: Parsed, context: Context) -> tuple[object, ...]:
    """What claims of one patient have in common: such claims are checked together, day by day."""
    person = context.person or f"claim {parsed.clm.value(1)}"
    change = parsed.frequency() if parsed.frequency() in _FREQUENCIES_OF_CHANGE else ""
    return ("x12", person, context.payer_id or context.payer, context.order, change)


def content(parsed: Parsed, context: Context) -> Content:
    """The service lines of a claim, and what is wrong with it."""
    diagnoses = parsed.diagnoses()
    place = parsed.place()
    provider = next(
        (s.value(9) or s.value(3) for s in parsed.head if s.id == "NM1" and s.value(1) == "82"), context.biller
    )
    lines = [_line(parsed, loop, context, diagnoses, place[0] if place else None, provider) for loop in parsed.billing]
    return Content(lines=tuple(lines), problems=tuple(_problems(parsed, context, diagnoses, lines)))


def _line(
    parsed: Parsed,
    loop: Loop,
    context: Context,
    diagnoses: list[tuple[str, int, int, str]],
    place: str | None,
    provider: str,
) -> ServiceLine:
    service = loop.service
    assert service is not None
    shift = 0 if loop.professional else 1
    parts = composite(service, parsed.delimiters)
    qualifier = parts.qualifier[0].strip().upper() if parts.qualifier else ""
    ours = qualifier not in ("ER", "IV", "WK", "HP")
    mods = tuple(part[0] for part in parts.modifiers) if ours else ()
    code = parts.code[0] if parts.code else ""
    since: str | None = None
    until: str | None = None
    if loop.date is not None:
        first, last = period(loop.date.value(3))
        since, until = first[0], last[0] if last else None
    pointers = [part for part, _, _ in components(service, 7, parsed.delimiters)] if loop.professional else []
    pointed = [diagnoses[int(text) - 1][0] for text in pointers if text.isdecimal() and 0 < int(text) <= len(diagnoses)]
    here = service.value(5) if loop.professional else ""
    where = (here or place or "") if loop.professional else ""
    written = Written(
        code=code if ours else None,
        modifiers=mods,
        units=service.value(4 + shift) or None,
        date=since,
        date_to=until,
        place=where or None,
        charge=service.value(2 + shift) or None,
        diagnoses=tuple(pointed),
        pointer=service.value(7) or None if loop.professional else None,
    )
    unit_text = written.units
    return ServiceLine(
        code=values.code(code) if ours else "",
        modifiers=tuple(values.modifier(text) for text in mods),
        units=values.number(unit_text),
        since=values.day(since),
        until=values.day(until),
        place=values.place(where),
        charge=values.money(written.charge),
        diagnoses=tuple(pointed),
        setting="professional" if loop.professional else "facility",
        payer=context.payer,
        provider=loop.provider or provider,
        basis=service.value(3 + shift).strip().upper(),
        filing=context.filing,
        described=loop.noted or bool(parts.description and parts.description[0].strip()),
        written=written,
    )


# -- what is wrong with a claim ------------------------------------------------------------------------------


def _problems(
    parsed: Parsed, context: Context, diagnoses: list[tuple[str, int, int, str]], lines: list[ServiceLine]
) -> Iterator[Problem]:
    if context.delimiters is not None and parsed.delimiters.component != context.delimiters.component:
        data = (parsed.delimiters.component, context.delimiters.component)
        yield Problem("x12-component", Part("setting"), data)
    yield from _claim_problems(parsed, context, diagnoses, lines)
    place = parsed.place()
    for item, loop in enumerate(parsed.billing):
        service = loop.service
        assert service is not None
        parts = composite(service, parsed.delimiters)
        qualifier = parts.qualifier[0].strip() if parts.qualifier else ""
        known = ("HC", "ER", "IV", "WK") if loop.professional else ("HC", "HP", "ER", "IV", "WK")
        if qualifier not in known:
            yield Problem("x12-qualifier", Part("qualifier", 0, item), (service.id, qualifier))
        elif qualifier in _OTHER_SETS and parts.code and values.has_code_shape(parts.code[0].strip().upper()):
            stray = (parts.code[0].strip().upper(), qualifier, "HC", "HC")
            yield Problem("x12-other-code-set", Part("qualifier", 0, item), stray)
        basis = service.value(3 if loop.professional else 4)
        allowed = ("MJ", "UN") if loop.professional else ("DA", "UN", "F2")
        if basis not in allowed:
            yield Problem("x12-basis", Part("basis", 0, item), (service.id, basis, *allowed))
        if loop.date is None:
            if loop.professional:
                yield Problem("x12-no-date", Part("code", 0, item))
        else:
            yield from _date_problems(loop.date, item)
            yield from _born_later(lines[item], context.birth, item)
        if loop.professional:
            yield from _pointer_problems(service, parsed.delimiters, item, len(diagnoses))
            here = service.value(5)
            if here and place is not None and here == place[0]:
                yield Problem("x12-place-redundant", Part("place", 0, item), (here,))


def _date_problems(segment: Segment, item: int) -> Iterator[Problem]:
    form, value = segment.value(2).upper(), segment.value(3)
    first, last = period(value)
    if form not in ("D8", "RD8"):
        yield Problem("x12-date-form", Part("form", 0, item), ("unknown", form, "RD8" if last else "D8"))
    elif (form == "RD8") != (last is not None):
        yield Problem("x12-date-form", Part("form", 0, item), ("other", form, "RD8" if last else "D8"))
    elif last is not None and first[0] == last[0]:
        yield Problem("x12-date-form", Part("date", 0, item), ("one day", form, first[0]))


def _born_later(line: ServiceLine, birth: str, item: int) -> Iterator[Problem]:
    born = values.day(birth)
    if born is not None and line.since is not None and line.since < born:
        yield Problem("x12-before-birth", Part("date", 0, item), (line.code, line.since.isoformat(), "DMG02"))


def _pointer_problems(service: Segment, delimiters: Delimiters, item: int, count: int) -> Iterator[Problem]:
    part = Part("pointer", 0, item)
    pointers = [text.strip() for text, _, _ in components(service, 7, delimiters)]
    given = [text for text in pointers if text]
    if not given:
        yield Problem("x12-pointer", part, ("missing", "", str(count)))
        return
    if all(_LETTERS.fullmatch(text.upper()) for text in given):
        numbers = [str(ord(letter) - ord("A") + 1) for letter in "".join(given).upper()]
        yield Problem("x12-pointer-letters", part, (service.value(7), delimiters.component.join(numbers)))
        return
    if len(given) > 4:
        yield Problem("x12-pointer", part, ("many", str(len(given)), str(count)))
    for number, text in enumerate(given):
        if not text.isdecimal() or not 1 <= int(text) <= 12:
            yield Problem("x12-pointer", part, ("unreadable", text, str(count)))
        elif int(text) > count:
            yield Problem("x12-pointer", part, ("beyond", text, str(count)))
        elif text in given[:number]:
            yield Problem("x12-pointer", part, ("twice", text, str(count)))


def _claim_problems(
    parsed: Parsed, context: Context, diagnoses: list[tuple[str, int, int, str]], lines: list[ServiceLine]
) -> Iterator[Problem]:
    total = values.money(parsed.clm.value(2))
    charges = [values.money(loop.service.value(2 if loop.professional else 3)) for loop in parsed.loops if loop.service]
    if total is not None and charges and None not in charges:
        summed = sum((charge for charge in charges if charge is not None), Decimal(0))
        if summed != total:
            yield Problem("x12-total", Part("total"), (plain_money(total), plain_money(summed), str(len(charges))))
        elif total == 0 and context.purpose == "CH" and not any(line.code.endswith("F") for line in lines):
            yield Problem("x12-zero-total", Part("total"))
    if len(parsed.loops) > 50 and any(loop.professional for loop in parsed.loops):
        yield Problem("x12-line-count", Part("claim"), (str(len(parsed.loops)),))
    for number, loop in enumerate(parsed.loops, 1):
        if loop.lx is not None and loop.lx.value(1).strip() != str(number):
            data = (loop.lx.value(1), str(number), str(len(parsed.loops)))
            yield Problem("x12-line-number", Part("number", number), data)
            break
    seen: set[str] = set()
    for number, (code, _, _, _) in enumerate(diagnoses):
        if code in seen:
            yield Problem("x12-diagnosis-twice", Part("diagnosis", number), (code,))
        seen.add(code)
    last = max((line.until or line.since for line in lines if line.since), default=None)
    if last is not None and last >= _ICD10_SINCE:
        first = min(line.since for line in lines if line.since)
        old = [number for number, diagnosis in enumerate(diagnoses) if diagnosis[3] in _ICD9]
        if old and first >= _ICD10_SINCE:
            shaped = all(diagnoses[number][0][:1].isalpha() for number in old)
            qualifier = diagnoses[old[0]][3]
            yield Problem(
                "x12-icd9",
                Part("system", old[0]),
                (qualifier, f"A{qualifier}", "shaped" if shaped else "", str(len(old))),
            )


def plain_money(amount: Decimal) -> str:
    """An amount as an 837 writes it: no sign, no trailing zeros behind the point."""
    return format(amount.normalize(), "f")
