"""A physical status modifier on a code that is no anesthesia code.

## What it does
Speaks when P1-P6 stands on a code outside the anesthesia range (00100-01999). It is silent on the codes for
special anesthesia circumstances (99100, 99116, 99135, 99140) and on lines that are billed as anesthesia by
AA, AD, QK, QX, QY or QZ.

## Why it matters
P1-P6 tell how ill the patient was under anesthesia. On a surgeon's or radiologist's line they mean nothing,
and the payer rejects the combination.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,P3,1,22
                 ^^ M409
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,,1,22
```

## Source
CPT's rules for anesthesia codes; CMS HCPCS file, which lists P1-P6 as anesthesia modifiers.

## Payers
The same for all payers. A few want surgical codes with anesthesia modifiers from the anesthetist; those lines
carry AA or its like and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_STATUS = ("P1", "P2", "P3", "P4", "P5", "P6")
_GIVEN_BY = ("AA", "AD", "QK", "QX", "QY", "QZ")
_CIRCUMSTANCES = frozenset({"99100", "99116", "99135", "99140"})


@rule(id="M409", name="physical-status-elsewhere", severity="error", modifiers=_STATUS)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """P1-P6 on a code that is not anesthesia."""
    code = line.code
    if not code or know.is_anesthesia(code) or code in _CIRCUMSTANCES or line.has(*_GIVEN_BY):
        return
    for modifier in dict.fromkeys(line.mods):
        if modifier in _STATUS:
            yield say(
                line.slot(modifier),
                f"{code}-{modifier}: physical status goes on anesthesia codes only. Remove {modifier}.",
                fixes=[remove(line, modifier)],
            )
