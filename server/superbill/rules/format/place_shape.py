"""A place of service that is not two digits.

## What it does
Speaks when the place of service is written as one digit, as a number with decimals, with its label beside
it, or as a word such as `office`. Long identifiers, as some systems keep for a site, are passed over.

## Why it matters
The claim takes one of the two-digit codes, and the place decides which of the two Medicare amounts is paid.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,office
                    ^^^^^^ F144
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
```

## Source
CMS place of service code set; ASC X12 837P CLM05-1 and SV105.

## Payers
The same for all payers. A word that is no known label is a warning, since the column may hold something
else.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._place_labels import places
from superbill.rules.format._text import bills, is_nothing, shown
from superbill.rules.knowledge import Knowledge

_IDENTIFIER = 5  # digits from which a text names a site in somebody's own list


@rule(id="F144", name="place-not-two-digits", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Neither empty nor two digits."""
    text = line.written.place
    if not text or line.place or is_nothing(text) or not bills(line):
        return
    found, holds = places(text, know)
    if not found and (len(text) > 60 or sum(char.isdigit() for char in text) >= _IDENTIFIER):
        return
    if found:
        message = f"{shown(text)}: a place of service is two digits. Write {' or '.join(found)}."
    else:
        message = f"{shown(text)} is no place of service: that is two digits, such as 11 for an office. Write the code."
    known = bool(found) or text.strip().isdigit()
    yield say(
        Part("place"),
        message,
        fixes=[_fix(code, know, preferred=holds) for code in found],
        severity=None if known else "warning",
    )


def _fix(code: str, know: Knowledge, preferred: bool) -> Fix:
    place = know.place(code)
    return write(Part("place"), code, f"Write {code}" + (f" ({place.name})" if place else ""), preferred)
