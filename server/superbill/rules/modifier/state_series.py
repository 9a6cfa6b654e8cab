"""A state-defined modifier on a claim to a payer that is not Medicaid.

## What it does
Speaks when a line carries one of U1-U9 or UA-UD and the payer profile is not a Medicaid one.

## Why it matters
Each Medicaid agency says for itself what these modifiers mean. Another payer has nothing to go by and ignores
or rejects them. They are real modifiers and never called unknown.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,U1,1,11
                 ^^ M410
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,11
```

## Source
CMS HCPCS Level II file, October 2025, which leaves the meaning to the states.

## Payers
Off unless switched on, because many files mix payers. Medicaid profiles are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_STATE = ("U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9", "UA", "UB", "UC", "UD")


@rule(id="M410", name="state-defined-modifier", severity="information", modifiers=_STATE, status="off")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """The U series under a profile that is not Medicaid."""
    if "medicaid" in know.profile.id:
        return
    for modifier in dict.fromkeys(line.mods):
        if modifier in _STATE:
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: each state's Medicaid gives it a meaning of its own, and "
                f"{know.profile.name} has none for it. Keep it only if this payer asked for it.",
                fixes=[remove(line, modifier, preferred=False)],
            )
