"""The stated visit time does not reach the code.

## What it does
Speaks when a note bills an office visit (99202-99205, 99212-99215) and its total time is below what that code asks for:
99202 15, 99203 30, 99204 45, 99205 60, 99212 10, 99213 20, 99214 30, 99215 40 minutes at least. It is a warning
where the note says that the level rests on time, also when no figure is given; information where the note gives a total
for the day of the encounter and says nothing of medical decision making. Any other figure (procedure, fluoroscopy,
staff, counselling on smoking, a range) is left alone.

## Why it matters
A level chosen by time stands or falls with the figure: 28 minutes do not make 99214. A level chosen by decision making
does not need a time at all; then say so, or leave the minutes out.

## Example
```md
# Office visit
CPT: 99214
     ^^^^^ N1333

## Assessment
Cough, improving. I spent a total of 28 minutes on the date of the encounter. Level of service is based on total time.
```

## Instead
```md
# Office visit
CPT: 99213

## Assessment
Cough, improving. I spent a total of 28 minutes on the date of the encounter. Level of service is based on total time.
```

## Source
Minimum times of the office visit codes as the coding press gives them, from 2024 on.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import (
    VISIT_MINUTES,
    billed,
    is_draft,
    numbers,
    placeholder,
    reached_by,
    written_sections,
)

_VISIT = frozenset({"history", "exam", "assessment"})


@rule(id="N1333", name="visit-time-below-threshold", severity="warning", scope="note", codes=tuple(VISIT_MINUTES))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """An office visit whose stated total time is below the code's minimum."""
    timed = note.states("time-basis")
    minutes = max(numbers(note, "total-time"), default=None)
    if not is_draft(note) and not (timed and minutes) and not written_sections(note) & _VISIT:
        return
    if minutes is None:
        if timed and not note.values("minutes"):
            for number, line in billed(note, *VISIT_MINUTES):
                yield say(
                    Part("code"),
                    f"{line.code}: the note rests the level on time and states no total. Add the minutes spent on the "
                    "day of the encounter.",
                    line=number,
                    fixes=[placeholder("the time", "Clinician to state: total minutes on the day of the encounter")],
                )
        return
    if not timed and (note.states("mdm") or not note.states("time-of-day-stated")):
        return
    for number, line in billed(note, *VISIT_MINUTES):
        needed = VISIT_MINUTES[line.code]
        if minutes < needed:
            yield say(
                Part("code"),
                f"{line.code}: {minutes} minutes stated, {needed} needed when the level rests on time. Choose the code "
                "that the time reaches, or state that the level rests on decision making.",
                line=number,
                severity=None if timed else "information",
                fixes=_lower(line.code, minutes),
            )


def _lower(code: str, minutes: int) -> list[Fix]:
    """The highest code of the same kind that the time reaches."""
    right = reached_by(code, minutes)
    return [write(Part("code"), right, f"Change {code} to {right}", preferred=False)] if right else []
