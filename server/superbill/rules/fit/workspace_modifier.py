"""A modifier that the workspace's own catalog does not give to a code.

## What it does
Speaks when a line has a code that the workspace's catalog (`superbill-catalog.yaml`) describes, the entry lists
the modifiers that the code takes, and the line has another one; or the entry says that the code has no sides,
and the line has one. Without such a catalog it says nothing.

## Why it matters
Nobody else can know what a team's own code takes. Whoever wrote the entry did, and a line that goes against it
will not be paid as agreed.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,LAB01,26,1,11
                 ^^ K690
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,LAB01,59,1,11
```

## Source
The workspace's own catalog; the finding names file and line.

## Payers
As the team has written it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_SIDES = frozenset({"LT", "RT", "50"})


@rule(id="K690", name="workspace-modifier", severity="warning", needs="workspace")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A modifier beside those of the entry, or a side where it has none."""
    entry = know.own_code(line)
    if entry is None:
        return
    code = entry.procedure.code
    for modifier in dict.fromkeys(line.mods):
        if entry.modifiers is not None and modifier not in entry.modifiers:
            takes = f"it takes {', '.join(entry.modifiers)}" if entry.modifiers else "it takes none"
        elif entry.sides is False and modifier in _SIDES:
            takes = "it has no sides"
        else:
            continue
        yield say(
            line.slot(modifier),
            f"{code}-{modifier}: by your workspace's catalog {takes}. Remove {modifier}, or mend the entry "
            f"({entry.source}).",
            fixes=[remove(line, modifier, preferred=False)],
        )
