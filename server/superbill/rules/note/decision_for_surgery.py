"""57, and the note does not state that surgery was decided on.

## What it does
Speaks when a note bills a visit with 57 and no sentence tells of the decision: decided, elected, proceed with, surgery
recommended, advised, indicated, planned or scheduled, consent for an operation, candidate for, will undergo, prepared
for the operating room, booked or posted for.

## Why it matters
57 takes the visit out of the package of the operation because the decision was made there. The note must say so.

## Example
```md
# Emergency visit
CPT: 99284-57
           ^^ N1331

## History of present illness
Pain in the right lower abdomen since yesterday, fever.

## Assessment
Acute appendicitis.
```

## Instead
```md
# Emergency visit
CPT: 99284-57

## History of present illness
Pain in the right lower abdomen since yesterday, fever.

## Assessment
Acute appendicitis. We discussed the options and decided on surgery tonight.
```

## Source
Payers' instructions on 57.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, placeholder


@rule(
    id="N1331",
    name="decision-for-surgery-not-stated",
    severity="information",
    scope="note",
    modifiers=("57",),
    codes=("visits",),
)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A visit with 57, the decision not stated."""
    if not is_draft(note) or note.states("surgery-decision"):
        return
    for number, line, modifier in carriers(note, "57"):
        yield say(
            line.slot(modifier),
            f"{line.code}-57: the note does not state that surgery was decided on at this visit. Add the decision, or "
            "take 57 off.",
            line=number,
            fixes=[placeholder("the decision", "Surgeon to state: the decision for surgery and when it was made")],
        )
        return
