"""FS, and the note does not name both clinicians or say who did the substantive part.

## What it does
Speaks when a note bills FS and lacks one of these: a physician (MD, DO, Dr., attending ...), a non-physician
practitioner (NP, PA, APRN, nurse practitioner ...), or the substantive part (substantive portion, more than half or most
of the time, made or approved the plan, performed the medical decision making).

## Why it matters
A shared visit is billed by the one who did the substantive part. Both must be known from the note, and which of the two
did it.

## Example
```md
# Hospital visit
CPT: 99232-FS
           ^^ N1336

## History of present illness
Seen by A. Lee, NP. Fever has gone, less cough.

## Assessment
Pneumonia, improving.
```

## Instead
```md
# Hospital visit
CPT: 99232-FS

## History of present illness
Seen by A. Lee, NP. Fever has gone, less cough.

## Assessment
Pneumonia, improving. I, B. Ray, MD, performed the substantive portion of the visit.
```

## Source
A payer's policy on split or shared visits, which restates Medicare's rule.

## Payers
A Medicare rule; several commercial payers follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, listed, placeholder, unstated

_WANTED = {
    "the physician": ("physician-named",),
    "the non-physician practitioner": ("practitioner-named",),
    "who did the substantive part": ("substantive-part",),
}


@rule(id="N1336", name="shared-visit-not-described", severity="warning", scope="note", modifiers=("FS",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A shared visit billed, the two clinicians or the substantive part not stated."""
    missing = unstated(note, _WANTED)
    if not missing or not is_draft(note):
        return
    for number, line, modifier in carriers(note, "FS"):
        yield say(
            line.slot(modifier),
            f"{line.code}-FS: not stated in the note: {listed(missing)}. Add it before the claim goes out.",
            line=number,
            fixes=[placeholder("the shared visit", f"Clinician to state: {listed(missing)}")],
        )
        return
