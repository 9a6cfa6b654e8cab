"""A visit leveled by time whose minutes hold the staff's time, or are not said to be of that day.

## What it does
Speaks when a note bills an office visit (99202-99205, 99212-99215), states that the level rests on time, and either
counts the time of nurses, staff, residents or students in it, or gives a total without saying that it was spent on the
day of the encounter (today, same day, date of service ...).

## Why it matters
Only the billing clinician's own minutes on the day of the visit count toward the level.

## Example
```md
# Office visit
CPT: 99214
     ^^^^^ N1334

## Assessment
The patient reports less cough. Level of service is based on total time. Total time: 34 minutes.
```
```txt
ASSESSMENT: The patient reports less cough. Billing is based on time: 34 minutes today, including nursing time.
CPT: 99214
     ^^^^^ N1334
```

## Instead
```md
# Office visit
CPT: 99214

## Assessment
The patient reports less cough. Level of service is based on total time. I spent a total of 34 minutes on the date of the encounter.
```

## Source
The time rules of the office visit codes since 2021, as the coding press gives them.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder

_VISITS = ("99202", "99203", "99204", "99205", "99212", "99213", "99214", "99215")


@rule(id="N1334", name="visit-time-of-others", severity="information", scope="note", codes=_VISITS)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A visit by time whose minutes are not all the clinician's own of that day."""
    if not is_draft(note) or not note.states("time-basis") or not note.values("minutes"):
        return
    staff = note.states("staff-time")
    if not staff and (note.states("time-of-today") or note.states("time-of-day-stated")):
        return
    for number, line in billed(note, *_VISITS):
        what = (
            "the time in the note includes that of others, and only the billing clinician's own minutes count. Give those."
            if staff
            else "the level rests on time, and the note does not state that it was spent on the day of the encounter. Add it."
        )
        yield say(
            Part("code"),
            f"{line.code}: {what}",
            line=number,
            fixes=[placeholder("the time", "Clinician to state: own minutes on the day of the encounter")],
        )
        return
