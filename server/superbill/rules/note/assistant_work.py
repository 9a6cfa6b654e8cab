"""An assistant is billed, and the note does not say what the assistant did.

## What it does
Speaks when a note bills 80, 81, 82 or AS and no sentence tells of the assistant's work: assisted with ..., retraction,
exposure, suction, closure or camera by the assistant, assistant needed or necessary for .... A name after "Assistant:"
alone is not enough. That is information. With 82 it also asks for a sentence that no qualified resident was available, or
that the surgeon never works with residents, and that is a warning.

## Why it matters
An assistant is paid for a need that the operative note shows. With 82, in a teaching hospital, the reason is that no
resident could do it.

## Example
```md
# Bowel resection
CPT: 44140-80
           ^^ N1345

## Procedure
After informed consent the abdomen was prepped and opened. The sigmoid was resected and joined end to end.
```

## Instead
```md
# Bowel resection
CPT: 44140-80

## Procedure
After informed consent the abdomen was prepped and opened. The sigmoid was resected and joined end to end. Dr. Lee
assisted with retraction and with the anastomosis.
```

## Source
For 82, contractors' pages on assistants in teaching hospitals, which ask for that statement in the record. For 80, 81 and
AS, common practice; the text of the manual was not at hand, so nothing more than information is made of it.

## Payers
Medicare pays 80 and AS for some operations only; commercial plans often ask for the note.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, listed, placeholder, unstated

_WORK = {"what the assistant did": ("assistant-work",)}
_RESIDENT = {"that no qualified resident was available": ("no-resident",)}


@rule(
    id="N1345",
    name="assistant-work-not-stated",
    severity="information",
    scope="note",
    modifiers=("80", "81", "82", "AS"),
)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """An assistant billed, their work not stated."""
    if not is_draft(note):
        return
    for number, line, modifier in carriers(note, "80", "81", "82", "AS"):
        missing = unstated(note, {**_WORK, **_RESIDENT} if modifier == "82" else _WORK)
        if missing:
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: not stated in the note: {listed(missing)}. Add it before the claim goes out.",
                line=number,
                severity="warning" if len(missing) > len(unstated(note, _WORK)) else None,
                fixes=[placeholder("the assistant", f"Surgeon to state: {listed(missing)}")],
            )
            return
