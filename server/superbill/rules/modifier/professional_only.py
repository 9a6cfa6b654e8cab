"""A modifier of physicians' claims on a facility line.

## What it does
Notes that a line of a facility claim carries 24, 54, 55, 57, 62, 66, 80, 81, 82 or AS. It speaks only where the
file itself says that the claim is the facility's.

## Why it matters
These modifiers say which part of the care a surgeon or assistant gave, and the hospital's own charge has no such
parts. The outpatient editor does not know them, or the line was meant for the professional claim.

## Example
```csv
dos,cpt,mod,units,claim_type
2025-10-15,44970,80,1,institutional
                 ^^ M407
```

## Instead
```csv
dos,cpt,mod,units,claim_type
2025-10-15,44970,59,1,institutional
2025-10-15,44970,80,1,professional
```

## Source
The modifiers approved for hospital outpatient use, as published for coders: 25, 27, 50, 52, 58, 59, 73, 74, 76 to
79, 91 and Level II. CMS CR 6123 for the exception: a critical access hospital under method II bills its
physicians' services itself (bill type 85X), assistants at surgery among them.

## Payers
The same for most payers. It is information, since the line of a method II hospital looks the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_PROFESSIONAL = ("24", "54", "55", "57", "62", "66", "80", "81", "82", "AS")
#: How files begin what they write for a facility claim; anything else is left alone.
_FACILITY = ("facility", "inst", "ub", "837i", "inpatient", "outpatient", "hospital")


@rule(id="M407", name="professional-only-modifier", severity="information", modifiers=_PROFESSIONAL)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A surgeon's or assistant's modifier where the file says that the claim is a facility's."""
    if not line.setting.startswith(_FACILITY):
        return
    for modifier in dict.fromkeys(line.mods):
        if modifier in _PROFESSIONAL:
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: a modifier for professional claims, and this is a facility line. Remove it, "
                "unless a critical access hospital bills its physicians here (method II).",
                fixes=[remove(line, modifier, preferred=False)],
            )
