"""The stated visit time reaches a higher code than the one billed.

## What it does
Speaks when a note bills an office visit (99202-99205, 99212-99215), says that the level rests on time, and gives a total
that reaches a higher code of the same kind: 15, 30, 45 and 60 minutes for new patients, 10, 20, 30 and 40 for established
ones. Silent where the note speaks of medical decision making, where staff time is counted in, and about any time that is
not given as the visit's total.

## Why it matters
A level chosen by time is the one that the time reaches. Billed lower, the difference is never paid; or the figure came
out of a template, and then it should not stand in the note.

## Example
```md
# Office visit
CPT: 99213
     ^^^^^ N1337

## Assessment
Cough, improving. I spent a total of 34 minutes on the date of the encounter. Level of service is based on total time.
```

## Instead
```md
# Office visit
CPT: 99214

## Assessment
Cough, improving. I spent a total of 34 minutes on the date of the encounter. Level of service is based on total time.
```

## Source
Minimum times of the office visit codes as the coding press gives them, from 2024 on.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import VISIT_MINUTES, billed, is_draft, numbers, reached_by


@rule(
    id="N1337",
    name="visit-time-reaches-higher-code",
    severity="information",
    scope="note",
    codes=tuple(VISIT_MINUTES),
)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """An office visit by time whose total reaches a higher code."""
    totals = set(numbers(note, "total-time"))
    if len(totals) != 1 or not is_draft(note) or not note.states("time-basis"):
        return
    if note.states("mdm") or note.states("staff-time") or not note.states("time-of-day-stated"):
        return
    minutes = totals.pop()
    for number, line in billed(note, *VISIT_MINUTES):
        right = reached_by(line.code, minutes)
        if right > line.code:
            yield say(
                Part("code"),
                f"{line.code}: the note rests the level on time, and {minutes} minutes reach {right}. Find out "
                "which is right and correct the other.",
                line=number,
                fixes=[write(Part("code"), right, f"Change {line.code} to {right}", preferred=False)],
            )
