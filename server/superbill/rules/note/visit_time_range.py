"""The note quotes a range of minutes that the office visit codes had until 2023.

## What it does
Speaks when a note bills an office visit (99202-99205, 99212-99215) and quotes the range that this code had before 2024,
such as "30-39 minutes" beside 99214. Any other range is left alone.

## Why it matters
Since 2024 these codes have a time that must be met or exceeded, and no range. A range in the text comes from an old
template, and does not state how long this visit took.

## Example
```md
# Office visit
CPT: 99214
     ^^^^^ N1335

## Assessment
The patient reports less cough. Total time on the date of the encounter: 30-39 minutes.
```

## Instead
```md
# Office visit
CPT: 99214

## Assessment
The patient reports less cough. Total time on the date of the encounter: 34 minutes.
```

## Source
The change of the office visit codes in 2024, as the coding press gives it.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder

_OLD = {
    "99202": "15-29", "99203": "30-44", "99204": "45-59", "99205": "60-74",
    "99212": "10-19", "99213": "20-29", "99214": "30-39", "99215": "40-54",
}  # fmt: skip


@rule(id="N1335", name="visit-time-as-old-range", severity="hint", scope="note", codes=tuple(_OLD))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """An office visit beside the range of minutes it had until 2023."""
    if not is_draft(note):
        return
    ranges = note.values("minutes-range")
    for number, line in billed(note, *_OLD):
        old = _OLD[line.code]
        if old in ranges:
            yield say(
                Part("code"),
                f"{line.code}: {old} minutes is the range of before 2024. Now {old.partition('-')[0]} minutes must be "
                "met or exceeded; state the minutes of this visit.",
                line=number,
                fixes=[placeholder("the time", "Physician to state: total minutes on the day of the encounter")],
            )
