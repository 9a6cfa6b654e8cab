"""76380 without a stated limited or localized scope.

## What it does
Speaks when a note bills 76380 and no sentence says that only part of a region was scanned. What satisfies it: limited,
localized, targeted, focused, abbreviated, selective, coned-down, partial; restricted, confined or limited to a place; a number of slices,
sections or levels; a single area, region, lesion or collection; area of concern; "only" with what was scanned; rather
than a complete study. "Limited by motion", "evaluation is limited" and the like do not count, nor does the line that
lists the charge. An earlier scan is not asked for: 76380 does not need one.

## Why it matters
Limited is all that sets 76380 apart from the code of the region. A report that does not say what was left out reads
like a complete scan billed with the wrong code.

## Example
```md
# CT of the sinuses
CPT: 76380-26
     ^^^^^ N1310

## Indication
Blocked nose, are the drainage channels open?

## Technique
Coronal CT images were obtained without contrast.

## Findings
The maxillary ostia are open. No fluid level.
```

## Instead
```md
# CT of the sinuses
CPT: 76380-26

## Indication
Blocked nose, are the drainage channels open?

## Technique
Limited CT: five coronal slices through the maxillary ostia were obtained without contrast.

## Findings
The maxillary ostia are open. No fluid level.
```

## Source
An answer of the CPT information service as reported in the coding press, 2002.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder


@rule(id="N1310", name="limited-scope-not-stated", severity="warning", scope="note", codes=("76380",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76380 billed, no limited or localized scope stated."""
    if not is_draft(note) or note.states("limited-scope"):
        return
    for number, _ in billed(note, "76380"):
        yield say(
            Part("code"),
            "76380 is for a limited or localized CT, and the note does not state what the scan was limited to. "
            "Name the area or the levels; a scan of the whole region has its own code.",
            line=number,
            fixes=[placeholder("the scope", "Physician to state: what the scan was limited to, by area or levels")],
        )
