"""76380 although the note describes a complete CT.

## What it does
Speaks when a note bills 76380 and its title or technique calls the scan complete or full, speaks of the whole or entire
chest, abdomen, pelvis, head, neck, brain or spine, gives the bounds of a whole region (from the diaphragm to the
symphysis), or, where nothing is called limited, names two regions (abdomen and pelvis). Earlier, planned or
recommended studies do not count, nor does "rather than a complete scan".

## Why it matters
If the whole region was scanned, the code of that region is the right one, and 76380 pays less. If it was not, the
sentence about the whole region will not survive a review.

## Example
```md
# CT, limited
CPT: 76380-26
     ^^^^^ N1311

## Indication
Recheck of a drained abscess.

## Technique
Limited CT. The entire abdomen was scanned from the diaphragm to the symphysis.

## Comparison
CT of 2 October.

## Findings
The collection is no longer seen.
```

## Instead
```md
# CT, limited
CPT: 76380-26

## Indication
Recheck of a drained abscess.

## Technique
Limited CT: ten slices through the left flank, rather than the entire abdomen.

## Comparison
CT of 2 October.

## Findings
The collection is no longer seen.
```

## Source
NCCI Policy Manual 2026 chapter IX, page 6, and what sets the codes apart.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder

_WHERE = ("technique", "exam", "")


@rule(id="N1311", name="limited-ct-described-as-complete", severity="information", scope="note", codes=("76380",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76380 billed, the text describes a complete scan of a region."""
    if not is_draft(note):
        return
    whole = note.states("complete-scope", *_WHERE)
    if not whole and (note.states("limited-scope") or not note.states("two-regions", *_WHERE)):
        return
    for number, _ in billed(note, "76380"):
        yield say(
            Part("code"),
            "76380 is for part of a region, and the note describes a whole one. Check the CT code of that region, or "
            "state what the scan was limited to.",
            line=number,
            fixes=[placeholder("the scope", "Physician to state: what was scanned, by area or levels")],
        )
