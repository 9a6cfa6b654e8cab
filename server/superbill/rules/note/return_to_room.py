"""78, and the note tells of no operating room, or of nothing that led back to it.

## What it does
Speaks when a note bills 78 and does not state where the procedure took place (operating room, theater, cath lab,
endoscopy or laser suite; general anesthesia, prepped and draped) or does not state what made it necessary (complication,
hematoma, bleeding, infection, leak, dehiscence, thrombosis, re-exploration, taken or brought back ...).

## Why it matters
78 is for a return to the operating room for a complication. Care of a complication at the bedside is part of Medicare's
surgical package.

## Example
```md
# Wound
CPT: 35840-78
           ^^ N1346

## Procedure
At the bedside the wound was opened for a hematoma, which was evacuated. He tolerated it well.
```

## Instead
```md
# Wound
CPT: 35840-78

## Procedure
He was taken back to the operating room for a hematoma, which was evacuated. He tolerated it well.
```

## Source
What the modifier means; Medicare pays for complications within the package only when they need the operating room.

## Payers
Some commercial payers pay for complications that were treated elsewhere, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, listed, placeholder, unstated

_WANTED = {
    "a return to the operating room": ("return-to-or",),
    "the complication that led to it": ("complication-named",),
}


@rule(id="N1346", name="return-to-room-not-stated", severity="information", scope="note", modifiers=("78",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """78 billed, operating room or complication not stated."""
    missing = unstated(note, _WANTED)
    if not missing or not is_draft(note):
        return
    for number, line, modifier in carriers(note, "78"):
        yield say(
            line.slot(modifier),
            f"{line.code}-78: not stated in the note: {listed(missing)}. Add it, or see whether 78 fits.",
            line=number,
            fixes=[placeholder("the return", f"Surgeon to state: {listed(missing)}")],
        )
        return
