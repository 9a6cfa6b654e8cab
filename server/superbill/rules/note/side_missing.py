"""The charge names a side, a lid, a finger or a toe, and the note no side at all.

## What it does
Speaks when a note bills LT, RT or a modifier of an eyelid (E1-E4), a finger (FA, F1-F9) or a toe (TA, T1-T9), and no
word for a side stands anywhere in it: left, right, both, bilateral, each, LT, RT, OD, OS, OU, an L or R before a word.
A side in brackets still to be filled in is none. What the line of the charge says does not count. A code with a left and
a right that is billed without a side is K527's.

## Why it matters
Where the note is asked for, the side of the charge has nothing to rest on.

## Example
```md
# Knee injection
CPT: 20610-RT
           ^^ N1324

## Procedure
After informed consent the knee was prepped and injected with 40 mg triamcinolone. He tolerated it well.
```

## Instead
```md
# Knee injection
CPT: 20610-RT

## Procedure
After informed consent the right knee was prepped and injected with 40 mg triamcinolone. He tolerated it well.
```

## Source
Common practice of reports: the side is part of what was examined or treated.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, placeholder

_SIDED = (
    "LT", "RT", "E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9",
    "TA", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9",
)  # fmt: skip


@rule(id="N1324", name="side-not-stated", severity="information", scope="note", modifiers=_SIDED)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A side billed, none named in the text."""
    if not is_draft(note) or note.values("side-named") or note.values("side"):
        return
    for number, line, modifier in carriers(note, *_SIDED):
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: the note does not state a side. Add it where the part of the body is named.",
            line=number,
            fixes=[placeholder("the side", "Physician to state: left or right")],
        )
        return
