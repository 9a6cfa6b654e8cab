"""A follow-up CT that is compared with nothing.

## What it does
Speaks when a note bills 76380, calls the study a follow-up (follow-up of, follow-up CT, interval follow-up,
surveillance CT, subsequent scan), and names no earlier study: no comparison section with words in it, not even "none
available", and no sentence with compared to, prior or previous study, since, unchanged, previously seen. A follow-up
visit or a recommended follow-up does not count. A 76380 that is not called a follow-up is never asked for a comparison.

## Why it matters
A follow-up answers "what has changed?". If the earlier study was not at hand, the report should say so.

## Example
```md
# CT of the kidney, limited
CPT: 76380-26
     ^^^^^ N1313

## Indication
Follow-up of a perirenal collection.

## Technique
Limited CT: eight slices through the left kidney.

## Findings
There is a collection of 2 cm.
```

## Instead
```md
# CT of the kidney, limited
CPT: 76380-26

## Indication
Follow-up of a perirenal collection.

## Technique
Limited CT: eight slices through the left kidney.

## Comparison
None available.

## Findings
There is a collection of 2 cm.
```

## Source
Internal consistency of the report; no publisher asks for it in terms.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder, written_sections

_WHERE = ("indication", "history", "technique", "exam", "")


@rule(id="N1313", name="follow-up-without-comparison", severity="information", scope="note", codes=("76380",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76380 called a follow-up, no earlier study named."""
    if not is_draft(note) or not note.states("follow-up", *_WHERE):
        return
    if "comparison" in written_sections(note) or any(s.concept == "comparison" for s in note.statements):
        return
    for number, _ in billed(note, "76380"):
        yield say(
            Part("code"),
            "76380: the note calls this a follow-up and does not state what it was compared with. Name the earlier "
            "study and its date, or say that none was available.",
            line=number,
            fixes=[placeholder("the comparison", "Physician to state: earlier study and date, or none available")],
        )
