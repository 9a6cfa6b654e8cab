"""QS, G8 or G9 on a line that is no anesthesia.

## What it does
Speaks when QS, G8 or G9 stands on a code other than anesthesia without one of AA, AD, QK, QX, QY and QZ. On
an anesthesia code without them the missing one is spoken of instead.

## Why it matters
The three tell more about anesthesia that somebody gave and billed. Alone, on another code, they tell nothing.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,QS,1,22
                 ^^ K623
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,00142,"QX QS",45,22
```

## Source
Medicare contractors' instructions on anesthesia claims.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._anesthesia import INFORMATION, providers
from superbill.rules.fit._claim import by_facility
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K623", name="anesthesia-information-alone", severity="warning", modifiers=INFORMATION)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """QS, G8 or G9 without a provider modifier, on a code that is not anesthesia."""
    if not line.code or know.is_anesthesia(line.code) or providers(line) or by_facility(line):
        return
    for modifier in line.mods:
        if modifier in INFORMATION:
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: {modifier} tells more about anesthesia that is billed on the "
                f"line, and there is none. Remove {modifier}, or put it on the anesthesia code.",
                fixes=[remove(line, modifier, preferred=False)],
            )
