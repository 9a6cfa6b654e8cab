"""What an outline of an 837 names: interchanges, transactions, claims, service lines."""

from __future__ import annotations

from superbill.charges.dialect import Heading
from superbill.charges.dialects.x12 import claim as reading
from superbill.charges.dialects.x12.segments import Delimiters, split
from superbill.charges.model import Record

_LEVELS = {"ISA": 0, "ST": 1}


def headings(record: Record, delimiters: Delimiters) -> list[Heading]:
    """The headings of one record, in the order of the text."""
    if isinstance(record.signature, tuple) and record.signature[0] == "claim":
        return _claim(record.text, delimiters)
    found = split(record.text, delimiters)
    if not found or found[0].id not in _LEVELS:
        return []
    (segment, *_) = found
    if segment.id == "ISA":
        return [Heading(0, "interchange", f"Interchange {segment.value(13)}", "", segment.start, segment.end)]
    name = f"Transaction {segment.value(2)}"
    return [Heading(1, "message", name, segment.value(3) or segment.value(1), segment.start, segment.end)]


def _claim(text: str, delimiters: Delimiters) -> list[Heading]:
    parsed = reading.parse(text, delimiters)
    delimiters = parsed.delimiters
    size = len(text.rstrip(" \t\r\n"))
    count = len(parsed.loops)
    detail = f"{parsed.clm.value(2)} in {count} line{'' if count == 1 else 's'}"
    found = [Heading(2, "claim", f"Claim {parsed.clm.value(1)}", detail, parsed.clm.start, size)]
    for number, loop in enumerate(parsed.loops):
        start = loop.segments[0].start
        end = parsed.loops[number + 1].segments[0].start - 1 if number + 1 < count else size
        service = loop.service
        if service is None:
            continue
        if reading.code_place(service, delimiters):
            parts = reading.composite(service, delimiters)
            code = parts.code[0].strip() if parts.code else ""
            name = "-".join([code, *(part[0].strip() for part in parts.modifiers if part[0].strip())])
        else:
            name = f"Revenue {service.value(1)}"
        shift = 0 if loop.professional else 1
        day = loop.date.value(3) if loop.date is not None else ""
        what = " · ".join(part for part in (day, service.value(4 + shift), service.value(2 + shift)) if part)
        found.append(Heading(3, "line", name or "no procedure", what, start, end))
    return found
