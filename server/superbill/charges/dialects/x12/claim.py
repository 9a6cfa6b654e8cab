"""One claim of an 837: the segments from CLM to the next claim, taken apart.

Loops and elements: X12 005010X222A1 (professional) and X223A2 (institutional), and their 4010 forms, which agree in all
that is read here. SV1 is a professional service line, SV2 an institutional one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from superbill.charges import values
from superbill.charges.diagnoses import of_ended_set, repeated
from superbill.charges.dialects.x12.context import Context
from superbill.charges.dialects.x12.segments import Delimiters, Segment, components, split, unwrapped
from superbill.charges.model import Content, Part, PartName, Problem, ServiceLine, Written

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
_QUALIFIERS = ("HC", "ER", "IV", "WK")
_QUALIFIERS_OF_FACILITIES = ("HC", "HP", "ER", "IV", "WK")
_FACILITY = re.compile(r"[0-9]{2}([^0-9A-Za-z ])[A-Z]\1[0-9]?")
_ZERO = Decimal(0)


class Procedure(NamedTuple):
    """What a composite says, without places. `code_at` is the component that holds the code: 1 as the standard has it, -1
    when the qualifier was left out and the code stands first, 0 when there is no procedure."""

    code_at: int
    qualifier: str
    code: str
    modifiers: tuple[str, ...]
    described: bool


@dataclass(slots=True)
class Loop:
    """One service line (loop 2400): its segments, and those that are read."""

    segments: list[Segment]
    lx: Segment | None = None
    service: Segment | None = None
    date: Segment | None = None
    noted: bool = False
    provider: str = ""
    professional: bool = False  #: whether it is an SV1 line
    procedure: Procedure | None = None


@dataclass(slots=True)
class Parsed:
    """A claim taken apart. `loops` are all service lines in their order, `billing` those of them that hold a code and
    become service lines, by item number."""

    delimiters: Delimiters
    clm: Segment
    head: list[Segment]
    loops: list[Loop]
    billing: list[Loop]
    #: The components of CLM05: place of service (facility type), its qualifier, frequency.
    facility: list[tuple[str, int, int]]

    def diagnoses(self) -> list[tuple[str, int, int, str]]:
        """(code, start, end, qualifier) of the claim's diagnoses, principal first, in the order that pointers count."""
        found = []
        for segment in self.head:
            if segment.id == "HI":
                start = segment.start
                for code, first, last, qualifier in _diagnoses(segment.text, segment.wrapped, self.delimiters):
                    found.append((code, start + first, start + last, qualifier))
        return found

    def place(self) -> tuple[str, int, int] | None:
        """CLM05-1, the place of service of the whole claim."""
        return self.facility[0] if self.facility else None

    def frequency(self) -> str:
        """CLM05-3: 1 original, 7 replacement, 8 void."""
        return self.facility[2][0].strip() if len(self.facility) > 2 else ""


@lru_cache(maxsize=4096)
def _diagnoses(text: str, wrapped: bool, delimiters: Delimiters) -> tuple[tuple[str, int, int, str], ...]:
    """(code, start, end, qualifier) of the diagnoses in an HI segment."""
    segment = Segment(0, text.split(delimiters.element), "HI", wrapped, text)
    found = []
    for number in range(1, len(segment.elements)):
        parts = components(segment, number, delimiters)
        qualifier = parts[0][0].strip().upper()
        if qualifier in _PRINCIPAL + _OTHERS and len(parts) > 1 and parts[1][0].strip():
            found.append((*parts[1], qualifier))
    return tuple(found)


@lru_cache(maxsize=4)
def parse(text: str, delimiters: Delimiters) -> Parsed:
    """Take a claim apart. `text` begins with CLM; whatever follows is taken as it is.

    The last ones are kept: a claim is asked for its patient, its lines and its places in turn. Nobody may alter them.
    """
    segments = split(text, delimiters)
    delimiters = _as_used(segments[0], delimiters)
    head: list[Segment] = []
    loops: list[Loop] = []
    current: Loop | None = None
    for segment in segments:
        name = segment.id
        if name == "LX":
            current = Loop([segment], lx=segment)
            loops.append(current)
        elif name == "SV1" or name == "SV2":
            if current is None or current.service is not None:
                current = Loop([])
                loops.append(current)
            current.segments.append(segment)
            current.service = segment
            current.professional = name == "SV1"
        elif current is None:
            head.append(segment)
        else:
            current.segments.append(segment)
            if name == "DTP":
                if current.date is None and segment.value(1) == "472":
                    current.date = segment
            elif name == "NTE":
                current.noted = True
            elif name == "NM1" and segment.value(1) == "82":
                current.provider = segment.value(9) or segment.value(3)
    billing = []
    for loop in loops:
        if loop.service is not None:
            loop.procedure = procedure(loop.service, delimiters)
            if loop.procedure.code_at:
                billing.append(loop)
    return Parsed(delimiters, segments[0], head, loops, billing, components(segments[0], 5, delimiters))


def _as_used(clm: Segment, delimiters: Delimiters) -> Delimiters:
    """The separators as the claim has them: some programs write another component separator than ISA names."""
    match = _FACILITY.fullmatch(clm.value(5))
    if match is None or match.group(1) in delimiters:
        return delimiters
    return delimiters._replace(component=match.group(1))


@lru_cache(maxsize=8192)
def _procedure(element: str, component: str) -> Procedure:
    """SV101, or SV202, line ends taken out. A long file has few different ones."""
    parts = element.split(component)
    if not element.strip():
        code_at = 0
    elif values.has_code_shape(parts[0].strip()):
        code_at = -1
        parts.insert(0, "")
    else:
        code_at = 1
    mods = parts[2:6]
    while mods and not mods[-1].strip():
        mods.pop()
    parts += [""] * (7 - len(parts))
    return Procedure(code_at, parts[0].strip(), parts[1], tuple(mods), bool(parts[6].strip()))


def procedure(service: Segment, delimiters: Delimiters) -> Procedure:
    """What the composite of an SV1 or SV2 segment says."""
    return _procedure(service.value(1 if service.id == "SV1" else 2), delimiters.component)


def code_place(service: Segment, delimiters: Delimiters) -> int:
    """Which component of the composite holds the code: 1, -1 or 0, see `Procedure`."""
    return procedure(service, delimiters).code_at


class Composite(NamedTuple):
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
    frequency = parsed.frequency()
    change = frequency if frequency in _FREQUENCIES_OF_CHANGE else ""
    return ("x12", person, context.payer_id or context.payer, context.order, change)


class About(NamedTuple):
    """What a claim says of all its lines: diagnoses, place and payer; and the separators that it is written with."""

    diagnoses: tuple[str, ...]
    place: str | None
    payer: str
    filing: str
    element: str
    component: str


def content(parsed: Parsed, context: Context) -> Content:
    """The service lines of a claim, and what is wrong with it."""
    diagnoses = parsed.diagnoses()
    place = parsed.place()
    provider = next(
        (s.value(9) or s.value(3) for s in parsed.head if s.id == "NM1" and s.value(1) == "82"), context.biller
    )
    about = About(
        tuple([diagnosis[0] for diagnosis in diagnoses]),
        place[0] if place else None,
        context.payer,
        context.filing,
        parsed.delimiters.element,
        parsed.delimiters.component,
    )
    lines: list[ServiceLine] = []
    wrong: list[Problem] = []
    born = values.day(context.birth)
    for item, loop in enumerate(parsed.billing):
        service, day = loop.service, loop.date
        assert service is not None
        line, problems = _line(
            unwrapped(service.text) if service.wrapped else service.text,
            None if day is None else unwrapped(day.text) if day.wrapped else day.text,
            loop.provider or provider,
            loop.noted,
            loop.professional,
            about,
        )
        lines.append(line)
        if problems:
            wrong += [Problem(one.kind, one.part._replace(item=item), one.data) for one in problems]
        if born is not None and line.since is not None and line.since < born:
            wrong.append(
                Problem("x12-before-birth", Part("date", 0, item), (line.code, line.since.isoformat(), "DMG02"))
            )
    return Content(tuple(lines), problems=(*_problems(parsed, context, diagnoses, lines), *wrong))


@lru_cache(maxsize=8192)
def _line(
    service: str, day: str | None, provider: str, noted: bool, professional: bool, about: About
) -> tuple[ServiceLine, tuple[Problem, ...]]:
    """A service line, and what is wrong with it, as of the first line of a claim. `service` is its SV1 or SV2 segment and
    `day` the DTP segment with its date, line ends taken out. A long file says the same again and again."""
    said = _service(service, professional, about.element, about.component)
    first, last, since, until, problems = _dates(day, about.element, professional)
    here, pointer = said.place, said.pointer
    place = here or (about.place or "" if professional else "")
    pointed: tuple[str, ...] = ()
    if said.problems:
        problems = said.problems + problems
    if professional:
        pointed, wrong = _pointed(pointer, about.component, about.diagnoses)
        if wrong:
            problems += wrong
        if here and here == about.place:
            problems += (Problem("x12-place-redundant", Part("place"), (here,)),)
    written = Written(
        said.written_code, said.written_modifiers, said.written_units, first, last, place or None, said.written_charge, pointed,
        pointer or None,
    )  # fmt: skip
    line = ServiceLine(
        said.code, said.modifiers, said.units, since, until, values.place(place), said.charge, pointed,
        "professional" if professional else "facility", about.payer, provider, "claim", 4, said.basis, about.filing,
        noted or said.described, written,
    )  # fmt: skip
    return line, problems


class _Service(NamedTuple):
    """What an SV1 or SV2 segment says by itself, as understood and as written, and what is wrong with it."""

    code: str
    modifiers: tuple[str, ...]
    units: Decimal | None
    charge: Decimal | None
    basis: str
    place: str
    pointer: str
    described: bool
    written_code: str | None
    written_modifiers: tuple[str, ...]
    written_units: str | None
    written_charge: str | None
    problems: tuple[Problem, ...]


@lru_cache(maxsize=8192)
def _service(text: str, professional: bool, element: str, component: str) -> _Service:
    elements = text.split(element)
    elements += [""] * (8 - len(elements))
    found = _procedure(elements[1 if professional else 2], component)
    here = pointer = ""
    if professional:
        _, _, charge, basis, units, here, _, pointer = elements[:8]
    else:
        _, _, _, charge, basis, units = elements[:6]
    ours = found.qualifier.upper() not in ("ER", "IV", "WK", "HP")
    mods = found.modifiers if ours else ()
    return _Service(
        code=values.code(found.code) if ours else "",
        modifiers=tuple([values.modifier(one) for one in mods]) if mods else (),
        units=values.number(units or None),
        charge=values.money(charge or None),
        basis=basis.strip().upper(),
        place=here,
        pointer=pointer,
        described=found.described,
        written_code=found.code if ours else None,
        written_modifiers=mods,
        written_units=units or None,
        written_charge=charge or None,
        problems=tuple(_wrong_service(found, basis, units, professional)),
    )


def _wrong_service(found: Procedure, basis: str, units: str, professional: bool) -> Iterator[Problem]:
    """What is wrong with a qualifier, with what the units are said to count, and whether there are any."""
    segment = "SV1" if professional else "SV2"
    if found.qualifier not in (_QUALIFIERS if professional else _QUALIFIERS_OF_FACILITIES):
        yield Problem("x12-qualifier", Part("qualifier"), (segment, found.qualifier))
    elif found.qualifier in _OTHER_SETS and values.has_code_shape(found.code.strip().upper()):
        stray = (found.code.strip().upper(), found.qualifier, "HC", "HC")
        yield Problem("x12-other-code-set", Part("qualifier"), stray)
    allowed = ("MJ", "UN") if professional else ("DA", "UN", "F2")
    if basis not in allowed:
        yield Problem("x12-basis", Part("basis"), (segment, basis, *allowed))
    elif not units.strip():
        yield Problem("x12-no-quantity", Part("units"), ("SV104" if professional else "SV205",))


@lru_cache(maxsize=4096)
def _dates(
    text: str | None, element: str, professional: bool
) -> tuple[str | None, str | None, date | None, date | None, tuple[Problem, ...]]:
    """The first and the last day in a DTP segment, as written and as understood, and what is wrong with them. None for a
    service line without one."""
    if text is None:
        return None, None, None, None, (Problem("x12-no-date", Part("code")),) if professional else ()
    elements = text.split(element)
    elements += [""] * (4 - len(elements))
    (first, _, _), last = period(elements[3])
    until = last[0] if last else None
    problems = [
        Problem("x12-date-form", Part(name), how) for name, how in _wrong_dates(elements[2].upper(), elements[3])
    ]
    return first, until, values.day(first), values.day(until), tuple(problems)


@lru_cache(maxsize=4096)
def _pointed(pointer: str, component: str, codes: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The diagnoses that the pointers of SV107 count to, those that count to none left out; and what is wrong with them."""
    found = tuple(
        [codes[int(text) - 1] for text in pointer.split(component) if text.isdecimal() and 0 < int(text) <= len(codes)]
    )
    letters = _letters(pointer, component)
    if letters:
        return found, (Problem("x12-pointer-letters", Part("pointer"), (pointer, letters)),)
    wrong = _wrong_pointers(pointer, component, len(codes))
    return found, tuple([Problem("x12-pointer", Part("pointer"), how) for how in wrong])


# -- what is wrong with a claim ------------------------------------------------------------------------------


def _problems(
    parsed: Parsed, context: Context, diagnoses: Sequence[tuple[str, int, int, str]], lines: list[ServiceLine]
) -> Iterator[Problem]:
    """What is wrong with a claim as a whole."""
    if context.delimiters is not None and parsed.delimiters.component != context.delimiters.component:
        used = (parsed.delimiters.component, context.delimiters.component)
        yield Problem("x12-component", Part("setting"), used)
    total = values.money(parsed.clm.value(2))
    charges = [values.money(loop.service.value(2 if loop.professional else 3)) for loop in parsed.loops if loop.service]
    if total is not None and charges and None not in charges:
        summed = sum([charge for charge in charges if charge is not None], _ZERO)
        if summed != total:
            yield Problem(
                "x12-total", Part("total"), (values.plain_money(total), values.plain_money(summed), str(len(charges)))
            )
        elif not total and context.purpose == "CH" and not any(line.code.endswith("F") for line in lines):
            yield Problem("x12-zero-total", Part("total"))
    if len(parsed.loops) > 50 and any(loop.professional for loop in parsed.loops):
        yield Problem("x12-line-count", Part("claim"), (str(len(parsed.loops)),))
    for number, loop in enumerate(parsed.loops, 1):
        if loop.lx is not None and loop.lx.value(1) != str(number) and loop.lx.value(1).strip() != str(number):
            data = (loop.lx.value(1), str(number), str(len(parsed.loops)))
            yield Problem("x12-line-number", Part("number", number), data)
            break
    for number in repeated([diagnosis[0] for diagnosis in diagnoses]):
        yield Problem("x12-diagnosis-twice", Part("diagnosis", number), (diagnoses[number][0],))
    old = [number for number, diagnosis in enumerate(diagnoses) if diagnosis[3] in _ICD9]
    if old:
        first = min((line.since for line in lines if line.since), default=None)
        if first is not None and first >= values.ICD10_SINCE:
            qualifier = diagnoses[old[0]][3]
            ended = of_ended_set(qualifier, f"A{qualifier}", [diagnoses[number][0] for number in old])
            yield Problem("x12-icd9", Part("system", old[0]), ended)


def _wrong_dates(form: str, value: str) -> tuple[tuple[PartName, tuple[str, ...]], ...]:
    """What is wrong with DTP02 and DTP03: the part, and in which way."""
    first, last = period(value)
    if form not in ("D8", "RD8"):
        return (("form", ("unknown", form, "RD8" if last else "D8")),)
    if (form == "RD8") != (last is not None):
        return (("form", ("other", form, "RD8" if last else "D8")),)
    if last is not None and first[0] == last[0]:
        return (("date", ("one day", form, first[0])),)
    return ()


def _letters(element: str, component: str) -> str:
    """The numbers that letters in the place of pointers stand for, as SV107 writes them; "" when they are no letters."""
    given = [text.strip() for text in element.split(component) if text.strip()]
    if not given or not all(_LETTERS.fullmatch(text.upper()) for text in given):
        return ""
    return component.join(str(ord(letter) - ord("A") + 1) for letter in "".join(given).upper())


def _wrong_pointers(element: str, component: str, count: int) -> tuple[tuple[str, ...], ...]:
    """What is wrong with SV107 in a claim of so many diagnoses."""
    given = [text.strip() for text in element.split(component) if text.strip()]
    if not given:
        return (("missing", "", str(count)),)
    found: list[tuple[str, ...]] = []
    if len(given) > 4:
        found.append(("many", str(len(given)), str(count)))
    for number, text in enumerate(given):
        if not text.isdecimal() or not 1 <= int(text) <= 12:
            found.append(("unreadable", text, str(count)))
        elif int(text) > count:
            found.append(("beyond", text, str(count)))
        elif text in given[:number]:
            found.append(("twice", text, str(count)))
    return tuple(found)
