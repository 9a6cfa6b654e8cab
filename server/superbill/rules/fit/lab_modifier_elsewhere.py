"""A laboratory modifier on something that is no laboratory test, or QW where it is not needed.

## What it does
Speaks when 90, 91, 92 or QW stands on a CPT code outside the laboratory section. Notes QW on the few waived
tests that never need it. Level II codes are left alone; some of them are laboratory tests.

## Why it matters
The modifiers speak of laboratory tests only. On another line the payer rejects them, and the test that they
were meant for goes without.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,93000,91,1,11
                 ^^ K601
2025-10-15,81002,QW,1,11
                 ^^ K601
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,85025,91,1,11
2025-10-15,81002,,1,11
```

## Source
The CPT number of the modifiers; CMS change requests 8805 and 11747 on the tests that need no QW.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_MODIFIERS = ("90", "91", "92", "QW")
#: Breath tests for H. pylori, numbered under radiology and paid as laboratory tests.
_BREATH = ("78267", "78268")


@rule(id="K601", name="lab-modifier-elsewhere", severity="error", modifiers=_MODIFIERS)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """90, 91, 92 or QW on a CPT code that is no laboratory test; QW on an always waived test."""
    code = line.code
    if line.has("QW") and know.in_set(code, "always-waived"):
        yield say(
            line.slot("QW"),
            f"{code}-QW: this test is waived as such and needs no QW. Remove QW.",
            fixes=[remove(line, "QW")],
            severity="information",
        )
    if not code.isdigit() or know.is_lab(code) or code in _BREATH:
        return
    for modifier in line.mods:
        if modifier in _MODIFIERS:
            yield say(
                line.slot(modifier),
                f"{code}-{modifier}: {modifier} belongs on a laboratory test, and this code is none. Remove "
                f"{modifier}.",
                fixes=[remove(line, modifier)],
            )
