"""62, and the note does not say which part was whose.

## What it does
Speaks when a note bills 62 and no sentence divides the operation: my portion, own or separate operative note, dictated
separately, approach or closure by another surgeon, Dr. ... performed, two surgeons, co-surgeon for ....

## Why it matters
With 62 each surgeon is paid for a part. Each one's note has to show which.

## Example
```md
# Spine fusion
CPT: 22558-62
           ^^ N1344

## Procedure
After informed consent the abdomen was prepped. The disc was removed and a cage was placed. She tolerated it well.
```

## Instead
```md
# Spine fusion
CPT: 22558-62

## Procedure
After informed consent the abdomen was prepped. The approach was performed by Dr. Lee, whose note is separate. My
portion: the disc was removed and a cage was placed. She tolerated it well.
```

## Source
Medicare's rules for co-surgeons: each reports a distinct part.

## Payers
The same for most payers; many ask for both notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, placeholder


@rule(id="N1344", name="cosurgeon-part-not-stated", severity="information", scope="note", modifiers=("62",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """62 billed, the part of each surgeon not stated."""
    if not is_draft(note) or note.states("cosurgeon-part"):
        return
    for number, line, modifier in carriers(note, "62"):
        yield say(
            line.slot(modifier),
            f"{line.code}-62: the note does not state which part each surgeon did. Add it; each surgeon's note must show "
            "their own.",
            line=number,
            fixes=[placeholder("the parts", "Surgeon to state: own part of the operation and the co-surgeon's")],
        )
        return
