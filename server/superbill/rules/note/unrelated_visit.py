"""24, and the note tells of the aftercare only.

## What it does
Speaks when a note bills a visit with 24, speaks of the operation (post-op, postoperative, days or weeks after surgery,
global period), and names nothing else: not unrelated, no new, other or different problem, no complaint, injury or other
side, no second part of the body, no disease under care, medication, results or referral.

## Why it matters
24 says that the visit had nothing to do with the operation. Aftercare is inside the package, and is not paid again.

## Example
```md
# Office visit
CPT: 99213-24
           ^^ N1332

## History of present illness
Two weeks after gallbladder surgery. Postoperative soreness.

## Assessment
The incisions are clean and dry.
```

## Instead
```md
# Office visit
CPT: 99213-24

## History of present illness
Two weeks after gallbladder surgery. She comes with a new rash of the left forearm, unrelated to the operation.

## Assessment
Contact dermatitis.
```

## Source
What the modifier means, as payers explain it.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, placeholder, states_any


@rule(
    id="N1332",
    name="unrelated-visit-not-evident",
    severity="information",
    scope="note",
    modifiers=("24",),
    codes=("visits",),
)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A visit with 24, the text about the operation only."""
    if not is_draft(note) or not note.states("postop-visit"):
        return
    if states_any(note, "unrelated-problem", "separate-visit") or len(set(note.values("body"))) > 1:
        return
    for number, line, modifier in carriers(note, "24"):
        yield say(
            line.slot(modifier),
            f"{line.code}-24: the note tells of the operation only, and a problem unrelated to it is not stated. Add it, "
            "or leave the visit inside the package.",
            line=number,
            fixes=[
                placeholder("the problem", "Physician to state: the problem that is unrelated to the operation"),
                remove(line, "24", preferred=False),
            ],
        )
        return
