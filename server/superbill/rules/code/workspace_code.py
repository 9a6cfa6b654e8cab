"""A code of the workspace's own catalog outside its days, or with more units than it allows.

## What it does
Speaks when a line has a code that the workspace's catalog (`superbill-catalog.yaml`) describes, and the entry
says when the code begins or ends or how many units a line may have, and the line is outside of that. Without such
a catalog it says nothing.

## Why it matters
A team's own code is an agreement with somebody, and agreements end. A line with it after that day is paid by
nobody.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,LAB01,,2,11
                  ^ C330
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,LAB01,,1,11
```

## Source
The workspace's own catalog; the finding names file and line.

## Payers
As the team has written it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="C330", name="workspace-code", severity="warning", needs="workspace")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Outside the days of the entry, or above its units."""
    entry = know.own_code(line)
    if entry is None:
        return
    code, where = entry.procedure.code, f"({entry.source})"
    if line.since is not None and entry.until is not None and line.since > entry.until:
        instead = f"Bill {entry.instead} instead" if entry.instead else "Look for what took its place"
        yield say(Part("code"), f"{code}: by your workspace's catalog it ended on {entry.until} {where}. {instead}.")
    elif line.since is not None and entry.since is not None and line.since < entry.since:
        yield say(
            Part("code"),
            f"{code}: by your workspace's catalog it begins on {entry.since} {where}. Check the date and the code.",
        )
    if entry.units is not None and line.units is not None and line.units > entry.units:
        yield say(
            Part("units"),
            f"{code}: {line.units.normalize():f} units, and your workspace's catalog allows {entry.units} on a line "
            f"{where}. Check the units, or mend the entry.",
        )
