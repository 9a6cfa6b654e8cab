"""GC without a statement of the teaching physician; GE on a visit that the exception does not name.

## What it does
Speaks when a note bills GC and no sentence says what the teaching physician did: present during the service or its key
or critical portion, saw or examined the patient with the resident, reviewed the images or the note with the resident,
agrees with the resident's findings, scrubbed for the operation, teaching physician or attending attests. With GE, asks
for a sentence that the case was discussed, reviewed or precepted; and says so when the visit is a higher one than the
primary care exception is known to name (99202, 99203, 99211-99213).

## Why it matters
GC and GE say that a resident did part or all of the work. What is paid is the teaching physician's share, and only
their own statement shows it.

## Example
```md
# Office visit
CPT: 99213-GC
           ^^ N1347

## History of present illness
Cough for a week, seen by the resident.

## Assessment
Acute bronchitis.
```

## Instead
```md
# Office visit
CPT: 99213-GC

## History of present illness
Cough for a week, seen by the resident.

## Assessment
Acute bronchitis. I saw and examined the patient with the resident and agree with the plan.
```

## Source
Medicare's rules for teaching physicians, as contractors and the coding press restate them.

## Payers
A Medicare rule. Many other payers take it over; some do not know GC at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, placeholder

_HIGHER = ("99204", "99205", "99214", "99215")


@rule(id="N1347", name="teaching-physician-not-stated", severity="warning", scope="note", modifiers=("GC", "GE"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """GC or GE billed, the teaching physician's part not stated."""
    if not is_draft(note):
        return
    for number, line, modifier in carriers(note, "GE"):
        if line.code in _HIGHER:
            yield say(
                Part("code"),
                f"{line.code}-{modifier}: the primary care exception is known to name 99202, 99203 and 99211 to 99213 "
                "only. If the teaching physician took part in person, state it and bill GC.",
                line=number,
                severity="information",
            )
    if note.states("teaching-presence"):
        return
    for number, line, modifier in carriers(note, "GC", "GE"):
        what = (
            "presence at the key portion of the service, or the teaching physician's own part, is"
            if modifier == "GC"
            else "the teaching physician's review of the case is"
        )
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: {what} not stated. Add the teaching physician's statement before the claim goes "
            "out.",
            line=number,
            fixes=[
                placeholder(
                    "the attestation", "Teaching physician to state: presence, own part in the care, and agreement"
                )
            ],
        )
        return
