"""A code and its modifiers in one field.

## What it does
Speaks when the code field holds a code with modifiers behind it: `76380-26`, `76380 26 59`, `76380:26`,
`7638026`. Glued to the code without a mark, only modifiers that exist are taken for modifiers.

## Why it matters
On a claim the code and each modifier have fields of their own. Left together they are an unknown code of
eight characters, and nothing about the modifier can be checked.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380-26,,1,22
           ^^^^^^^^ F105
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
ASC X12 837P: SV101-2 holds the code, SV101-3 to SV101-6 the modifiers; CMS-1500 item 24D.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import AddModifiers, Operation, SetValue
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.format._code_text import code_flaw
from superbill.rules.format._text import is_nothing, shown
from superbill.rules.knowledge import Knowledge


@rule(id="F105", name="modifier-in-code-field", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A code, then modifiers."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "modifiers":
        return
    names = " and ".join(flaw.modifiers)
    fresh = tuple(modifier for modifier in flaw.modifiers if modifier not in line.modifiers)
    taken = sum(not is_nothing(text) for text in line.written.modifiers)
    fixes = []
    if taken + len(fresh) <= line.room:
        operations: tuple[Operation, ...] = (SetValue(Part("code"), flaw.code),)
        title = f"Write {flaw.code} here and {names} as modifier{'s' * (len(flaw.modifiers) > 1)}"
        if fresh:
            operations += (AddModifiers(fresh),)
        sure = flaw.what != "glued" and all(modifier in know.modifier_codes for modifier in flaw.modifiers)
        fixes.append(Fix(title, operations, preferred=sure))
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')} is {flaw.code} with {names} in the code field: read as one, it "
        f"is no code. Write {flaw.code} here and {names} in the modifier field.",
        fixes=fixes,
    )
