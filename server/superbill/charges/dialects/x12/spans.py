"""Where the values of an 837 stand in the text of their record."""

from __future__ import annotations

from superbill.charges.dialect import Placed
from superbill.charges.dialects.x12 import claim as reading
from superbill.charges.dialects.x12.segments import Delimiters, Segment, components, read_header, split, unwrapped
from superbill.charges.model import Part, PartName


def body(text: str) -> tuple[int, int]:
    """A record without the blanks and line ends around it."""
    stripped = text.strip(" \t\r\n")
    start = text.find(stripped) if stripped else 0
    return start, start + len(stripped)


def header_parts(text: str) -> list[Placed]:
    """The elements of an ISA segment."""
    start, end = body(text)
    header = read_header(unwrapped(text.lstrip(" \t\r\n")))
    placed = []
    if header is not None and header.size:
        (segment, *_) = split(text, header.delimiters)
        placed = [Placed(Part("form", number), *segment.span(number)) for number in range(1, len(segment.elements))]
    return [*placed, Placed(Part("line"), start, end)]


def claim_parts(text: str, delimiters: Delimiters) -> list[Placed]:
    """All parts of a claim: those of the claim as a whole, then those of each service line."""
    parsed = reading.parse(text, delimiters)
    delimiters = parsed.delimiters
    placed: list[Placed] = []
    clm = parsed.clm
    _element(placed, clm, 1, Part("claim"))
    _element(placed, clm, 2, Part("total"))
    _element(placed, clm, 5, Part("setting"))
    for number, (_, start, end, _) in enumerate(parsed.diagnoses()):
        placed.append(Placed(Part("diagnosis", number), start, end))
    number = 0
    for segment in parsed.head:
        if segment.id != "HI":
            continue
        for element in range(1, len(segment.elements)):
            parts = components(segment, element, delimiters)
            if parts and parts[0][0].strip().upper() in ("ABK", "BK", "ABF", "BF") and len(parts) > 1:
                placed.append(Placed(Part("system", number), *parts[0][1:]))
                number += 1
    place = parsed.place()
    items = {id(loop): item for item, loop in enumerate(parsed.billing)}
    for number, loop in enumerate(parsed.loops, 1):
        item = items.get(id(loop))
        if loop.lx is not None and len(loop.lx.elements) > 1:
            placed.append(Placed(Part("number", number), *loop.lx.span(1)))
        if item is None or loop.service is None:
            continue
        _service(placed, loop, item, delimiters)
        if loop.professional and not loop.service.value(5) and place is not None:
            placed.append(Placed(Part("place", 0, item), *place[1:]))
    placed.sort(key=lambda part: (part.start, part.end))
    if not any(part.part.name == "line" for part in placed):
        placed.append(Placed(Part("line"), clm.start, clm.end))
    return placed


def _element(placed: list[Placed], segment: Segment, number: int, part: Part) -> None:
    if number < len(segment.elements):
        placed.append(Placed(part, *segment.span(number)))


def _service(placed: list[Placed], loop: reading.Loop, item: int, delimiters: Delimiters) -> None:
    service = loop.service
    assert service is not None
    parts = reading.composite(service, delimiters)
    shift = 0 if loop.professional else 1
    if parts.qualifier is not None:
        placed.append(Placed(Part("qualifier", 0, item), *parts.qualifier[1:]))
    else:
        placed.append(Placed(Part("qualifier", 0, item), parts.start, parts.start))
    if parts.code is not None:
        placed.append(Placed(Part("code", 0, item), *_trimmed(parts.code)))
    slots = components(service, 1 + shift, delimiters)
    first = 2 if parts.qualifier is not None else 1
    for slot, found in enumerate(slots[first : first + 4]):
        # Empty slots that were begun count too: a modifier is about to be typed there.
        placed.append(Placed(Part("modifier", slot, item), *_trimmed(found)))
    if parts.description is not None:
        placed.append(Placed(Part("note", 0, item), *parts.description[1:]))
    names: list[tuple[PartName, int]] = [("charge", 2 + shift), ("basis", 3 + shift), ("units", 4 + shift)]
    if loop.professional:
        names.append(("pointer", 7))
        if service.value(5):
            names.append(("place", 5))
    for name, number in names:
        _element(placed, service, number, Part(name, 0, item))
    if len(service.elements) <= 4 + shift:
        placed.append(Placed(Part("units", 0, item), service.end, service.end))
    if loop.date is not None:
        _element(placed, loop.date, 2, Part("form", 0, item))
        if len(loop.date.elements) > 3:
            start, _ = loop.date.span(3)
            value = loop.date.elements[3]
            first_day, last_day = reading.period(value)
            placed.append(Placed(Part("date", 0, item), start + first_day[1], start + first_day[2]))
            if last_day is not None:
                placed.append(Placed(Part("date_to", 0, item), start + last_day[1], start + last_day[2]))
    placed.append(Placed(Part("line", 0, item), service.start, service.end))


def _trimmed(found: tuple[str, int, int]) -> tuple[int, int]:
    """A component without the blanks around it, unless it is wrapped."""
    value, start, end = found
    if len(value) != end - start or not value.strip(" "):
        return start, end
    return start + len(value) - len(value.lstrip(" ")), end - (len(value) - len(value.rstrip(" ")))
