"""One FT1 segment with the NTE and PR1 segments that belong to it: a charge, taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from superbill.charges import values
from superbill.charges.diagnoses import of_ended_set, repeated
from superbill.charges.dialect import Placed
from superbill.charges.dialects.hl7.segments import Segment, Separators, Value, cut, segment
from superbill.charges.model import Content, Part, PartName, Problem, ServiceLine, Written
from superbill.text.lines import split_lines

#: Names of CPT and HCPCS in FT1-7.3 and FT1-25.3 (HL7 table 0396 and common practice).
SYSTEMS = frozenset({"C4", "C5", "CPT", "CPT4", "CPT-4", "HCPCS", "HPC", "HCPC", "CPTM", "CD2"})
#: Of these, the names that stand for CPT alone.
_CPT_ONLY = frozenset({"C4", "C5", "CPT", "CPT4", "CPT-4"})
#: Segments that belong to the FT1 above them.
BELOW = frozenset({"NTE", "PR1", "PRT"})
_CREDITS = frozenset({"CR", "CD"})


class Message(NamedTuple):
    """What the segments before a charge say of it."""

    separators: Separators | None = None
    version: str = ""
    control: str = ""
    patient: str = ""
    visit: str = ""
    payer: str = ""
    birth: str = ""
    #: FT1-1 of the charge before: "" where there is none, "?" where it cannot be told what comes next.
    number: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge taken apart: its segments, and the values that are read."""

    ft1: Segment
    below: tuple[Segment, ...]
    code: Value | None
    code_field: str  # where the code was found: "FT1-25", "FT1-7", "PR1-3" or ""
    modifiers: tuple[Value, ...]
    modifier_segment: Segment
    modifier_field: int

    @property
    def kind(self) -> str:
        """FT1-6, the type of the transaction."""
        return self.ft1.text(6).upper()


def parse(text: str, separators: Separators) -> Charge:
    """Take a charge apart. `text` begins with FT1."""
    segments: list[Segment] = []
    start = 0
    for line in split_lines(text):
        if line.strip():
            segments.append(segment(line, start, separators))
        start += len(line)
    ft1, below = segments[0], tuple(segments[1:])
    code, where = _code(ft1, below)
    holder, number = ft1, 26
    if where == "PR1-3":
        holder, number = next(one for one in below if one.id == "PR1"), 16
    return Charge(ft1, below, code, where, tuple(_modifiers(holder, number)), holder, number)


def _code(ft1: Segment, below: tuple[Segment, ...]) -> tuple[Value | None, str]:
    """The procedure code: FT1-25 if it is there, else FT1-7 when that is one, else PR1-3.

    FT1-7 may hold the number of an item of the hospital's own list, which is nobody's procedure code.
    """
    for number in (25, 7):
        value = ft1.component(number)
        if value is None or not value.text.strip():
            continue
        ours = ft1.text(number, 3).upper() in SYSTEMS or values.has_code_shape(value.text.strip().upper())
        if ours or (number == 25 and not ft1.text(number, 3)):
            return value, f"FT1-{number}"
    for one in below:
        if one.id == "PR1":
            value = one.component(3)
            if value is not None and values.has_code_shape(value.text.strip().upper()):
                return value, "PR1-3"
    return None, ""


def _modifiers(holder: Segment, number: int) -> Iterator[Value]:
    """The modifiers, one for each repetition; what was put into one repetition wrongly is told apart too."""
    for repetition in holder.repetitions(number):
        (first, *rest) = cut(repetition, holder.separators.component)
        if rest and len(first.text.strip()) == 2 and len(rest[0].text.strip()) == 2 and len(rest) < 4:
            yield from (part for part in (first, *rest) if part.text.strip())
            continue
        for mark in (",", holder.separators.subcomponent, " ", ";"):
            pieces = [piece for piece in cut(first, mark) if piece.text.strip()] if mark else []
            if len(pieces) > 1 and all(len(piece.text.strip()) == 2 for piece in pieces):
                yield from pieces
                break
        else:
            yield first


def amount(ft1: Segment) -> Value | None:
    """The charge: FT1-11, the extended amount, else FT1-12, the amount of a unit; without its currency."""
    for number in (11, 12):
        value = ft1.component(number)
        if value is not None and value.text.strip():
            return cut(value, ft1.separators.subcomponent)[0]
    return None


def content(charge: Charge, message: Message) -> Content:
    """The service line of a charge, and what is wrong with its segment. A payment or adjustment is no charge."""
    ft1 = charge.ft1
    kind = charge.kind
    problems = tuple(_problems(charge, message))
    if kind not in ("", "CG") and kind not in _CREDITS:
        return Content()
    if charge.code is None:
        return Content(problems=problems)

    def text(value: Value | None) -> str | None:
        return value.text.strip() if value is not None and value.text.strip() else None

    since, until = ft1.component(4), ft1.component(4, 2)
    extended = ft1.component(11)
    written = Written(
        code=charge.code.text,
        modifiers=tuple(value.text for value in charge.modifiers),
        units=text(ft1.component(10)),
        date=_day(text(since)),
        date_to=_day(text(until)),
        charge=text(amount(ft1)) if extended is not None and extended.text.strip() else None,
        diagnoses=tuple(
            code for one in ft1.repetitions(19) if (code := cut(one, ft1.separators.component)[0].text.strip())
        ),
    )
    line = ServiceLine(
        code=values.code(written.code),
        modifiers=tuple(values.modifier(value.text) for value in charge.modifiers),
        units=values.number(written.units),
        since=values.day(written.date),
        until=values.day(written.date_to),
        charge=values.money(written.charge),
        diagnoses=written.diagnoses,
        payer=message.payer,
        provider=ft1.text(20),
        purpose="credit" if kind in _CREDITS else "claim",
        written=written,
    )
    return Content(lines=(line,), problems=problems)


def _day(text: str | None) -> str | None:
    """A time stamp cut down to its day: `202110201200+0215` is 20211020."""
    return text[:8] if text and len(text) > 8 and text[:8].isdecimal() else text


def _day_of(value: Value) -> Value:
    """The day in a time stamp, and where it stands; what is no time stamp as a whole."""
    text = _day(value.text) or value.text
    return Value(text, value.start, value.start + len(text)) if len(text) < len(value.text) else value


def _problems(charge: Charge, message: Message) -> Iterator[Problem]:
    ft1 = charge.ft1
    for number, name in ((4, "date"), (6, "form"), (7, "code")):
        if not ft1.text(number) and not (number == 7 and charge.code_field):
            part: PartName = name  # type: ignore[assignment]
            yield Problem("hl7-required", Part(part), (str(number),))
    seven, code = ft1.text(7), ft1.text(25)
    if not code and charge.code_field == "FT1-7" and _is_at_least(message.version, 2, 3, 0):
        yield Problem("hl7-code-field", Part("code"), ("only", seven))
    elif code and seven and seven != code and values.code(seven) and values.code(code):
        yield Problem("hl7-code-field", Part("code"), ("differ", seven, code))
    if charge.modifier_field == 26:
        for number, repetition in enumerate(ft1.repetitions(26)):
            inside = [v for v in charge.modifiers if repetition.start <= v.start and v.end <= repetition.end]
            if len(inside) > 1:
                first = next(place for place, value in enumerate(charge.modifiers) if value is inside[0])
                wanted = ft1.separators.repetition.join(value.text.strip() for value in inside)
                yield Problem("hl7-modifiers-joined", Part("modifier", first), (repetition.text, wanted, str(number)))
        if ft1.text(26) and message.version and not _is_at_least(message.version, 2, 3, 1):
            yield Problem("hl7-modifiers-early", Part("modifier"), (message.version,))
    if charge.code_field in ("FT1-7", "FT1-25"):
        system = ft1.text(int(charge.code_field[4:]), 3)
        if system.upper() not in SYSTEMS and (system or charge.code_field == "FT1-25"):
            yield Problem("hl7-coding-system", Part("system"), (charge.code_field, system))
        if (
            system.upper() in _CPT_ONLY
            and charge.code is not None
            and values.is_level_two(charge.code.text.strip().upper())
        ):
            data = (charge.code.text.strip().upper(), system, "HCPCS", "HCPCS")
            yield Problem("hl7-other-code-set", Part("system"), data)
    yield from _wrong_number(ft1.text(1), message.number)
    yield from _wrong_diagnoses(ft1)
    since, born = values.day(_day(ft1.text(4)[:8])), values.day(_day(message.birth))
    if since is not None and born is not None and since < born:
        yield Problem(
            "hl7-before-birth",
            Part("date"),
            (values.code(charge.code.text) if charge.code else "", since.isoformat(), "PID-7"),
        )
    if not ft1.text(10):
        yield Problem("hl7-no-quantity", Part("units"))


def _wrong_number(number: str, before: str) -> Iterator[Problem]:
    """A set id (FT1-1) that does not count on from the charge before, or from 0 at the head of a message."""
    if number and before != "?":
        wanted = str(int(before or "0") + 1)
        if number.lstrip("0") != wanted:
            yield Problem("hl7-set-id", Part("number"), (number, wanted, before))


#: Names of ICD-9-CM and of ICD-10-CM in FT1-19.3 (HL7 table 0396 and common practice).
_ICD9 = frozenset({"I9", "I9C", "I9CDX", "ICD9", "ICD-9", "ICD9CM", "ICD-9-CM"})
_ICD10 = "I10C"


def _wrong_diagnoses(ft1: Segment) -> Iterator[Problem]:
    """Diagnoses that are there twice, or of a code set that had ended on the day of the charge."""
    field = ft1.field(19)
    if field is None or not {ft1.separators.repetition, ft1.separators.component} & set(field.text):
        return
    listed = [[part.text.strip() for part in cut(one, ft1.separators.component)] for one in ft1.repetitions(19)]
    for index in repeated([one[0] or None for one in listed]):
        yield Problem("hl7-diagnosis-twice", Part("diagnosis", index), (listed[index][0],))
    old = [index for index, one in enumerate(listed) if len(one) > 2 and one[2].upper() in _ICD9]
    since = values.day(_day(ft1.text(4)))
    if old and since is not None and since >= values.ICD10_SINCE:
        data = of_ended_set(listed[old[0]][2], _ICD10, [listed[index][0] for index in old])
        yield Problem("hl7-icd9", Part("qualifier", old[0]), data)


def _is_at_least(version: str, *wanted: int) -> bool:
    """Whether a version, such as "2.3.1", is so high or unknown."""
    numbers = [int(part) for part in version.split(".") if part.isdecimal()]
    return not numbers or tuple([*numbers, 0, 0][:3]) >= wanted


def parts(charge: Charge) -> list[Placed]:
    """All parts of a charge with their spans; fields that the segment ends before stand at its end."""
    ft1 = charge.ft1
    placed: list[Placed] = []

    def put(part: Part, value: Value | None) -> None:
        if value is None:
            placed.append(Placed(part, ft1.end, ft1.end))
            return
        lead = len(value.text) - len(value.text.lstrip())
        end = value.end - (len(value.text) - len(value.text.rstrip())) if value.text.strip() else value.end
        placed.append(Placed(part, value.start + (lead if value.text.strip() else 0), end))

    put(Part("number"), ft1.field(1))
    since = ft1.component(4) or ft1.field(4)
    if since is not None:
        since = _day_of(since)
    put(Part("date"), since)
    until = ft1.component(4, 2)
    if until is not None and until.text:
        put(Part("date_to"), _day_of(until))
    put(Part("form"), ft1.field(6))
    put(Part("code"), charge.code or ft1.component(25) or ft1.component(7) or ft1.field(7))
    put(Part("units"), ft1.component(10) or ft1.field(10))
    charged = amount(ft1)
    if charged is not None:
        put(Part("charge"), charged)
    for number, one in enumerate(ft1.repetitions(19)):
        components = cut(one, ft1.separators.component)
        put(Part("diagnosis", number), components[0])
        if len(components) > 2:
            put(Part("qualifier", number), components[2])
    if ft1.field(20) is not None:
        put(Part("provider"), ft1.component(20) or ft1.field(20))
    if charge.code_field in ("FT1-7", "FT1-25"):
        number = int(charge.code_field[4:])
        put(Part("system"), ft1.component(number, 3) or charge.code)
    for slot, value in enumerate(charge.modifiers):
        put(Part("modifier", slot), value)
    empty = charge.modifier_segment.field(charge.modifier_field)
    if not charge.modifiers and empty is not None:
        put(Part("modifier"), empty)
    elif empty is not None and empty.text.endswith(ft1.separators.repetition):
        placed.append(Placed(Part("modifier", len(charge.modifiers)), empty.end, empty.end))
    placed.sort(key=lambda one: (one.start, one.end))
    placed.append(Placed(Part("line"), ft1.start, ft1.end))
    return placed
