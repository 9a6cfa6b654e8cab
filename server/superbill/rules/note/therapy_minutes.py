"""Therapy charged by the quarter hour, and no minutes in the note, or fewer than the units need.

## What it does
Speaks when a note bills therapy services that are counted by 15 minutes (97110, 97112, 97116, 97140, 97530, 97535 and
their like) and no duration stands anywhere in it. With a Medicare profile it also adds up the timed units: when the note
states its timed minutes ("timed minutes: 38") and they hold fewer units than are billed, it says how many. The first
unit begins at 8 minutes, each further one at 15 more (23, 38, 53 ...). The plan of care is not asked for: it is a document
of its own, and K630 sees whether the line names one.

## Why it matters
The units of these codes are minutes. Without them, or with too few, the units cannot be paid.

## Example
```md
# Physical therapy
CPT: 97110-GP x2, 97140-GP
     ^^^^^ N1351

## Assessment
The patient tolerated therapeutic exercise and manual therapy well. Timed minutes: 36.
```
```txt
ASSESSMENT: The patient tolerated therapeutic exercise well.
CPT: 97110-GP
     ^^^^^ N1351
```

## Instead
```md
# Physical therapy
CPT: 97110-GP x2, 97140-GP

## Assessment
The patient tolerated therapeutic exercise and manual therapy well. Timed minutes: 40.
```

## Source
Medicare's instructions on counting minutes for timed codes, as published for Part B therapy.

## Payers
Many commercial payers count each code by itself; the sum is therefore checked with Medicare profiles only.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, numbers, placeholder


@rule(id="N1351", name="therapy-minutes", severity="information", scope="note", codes=("timed-therapy",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """Timed therapy without minutes, or with fewer than its units need."""
    if not is_draft(note):
        return
    lines = list(billed(note, *(line.code for line in note.lines if know.in_set(line.code, "timed-therapy"))))
    number, first = lines[0]
    timed = numbers(note, "timed-minutes")
    if not timed and not note.values("minutes") and len(set(note.values("clock"))) < 2:
        yield say(
            Part("code"),
            f"{first.code} is counted by 15 minutes, and the note does not state any minutes. Add the timed minutes.",
            line=number,
            fixes=[placeholder("the minutes", "Therapist to state: timed minutes and total treatment minutes")],
        )
        return
    if not know.profile.medicare or not timed:
        return
    units = sum(int(line.units) if line.units is not None and line.units >= 1 else 1 for _, line in lines)
    minutes = sum(set(timed))
    held = (minutes + 7) // 15
    if held < units:
        yield say(
            Part("code"),
            f"{first.code}: {minutes} timed minutes hold {held} unit{'' if held == 1 else 's'} under "
            f"{know.profile.name}, and {units} are billed. Correct the units, or the minutes.",
            line=number,
        )
