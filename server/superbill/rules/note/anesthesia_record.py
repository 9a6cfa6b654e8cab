"""An anesthesia charge whose note lacks the time, or states another physical status.

## What it does
Speaks when a note bills anesthesia (00100-01999 without 01996, the daily care) and gives no start and stop: no
anesthesia time, not two times of day, no minutes. When only the physical status (ASA 1 to 6) is missing it says so as
information. It also speaks when the line carries P1-P6 and the text names one other status only; and, as information, when
it carries QK or QY and no sentence tells of the direction: medically directed, supervised, concurrent, present at
induction, emergence or the key parts, immediately available.

## Why it matters
Anesthesia is paid by minutes, from start to stop. Payers that pay for the physical status hold the modifier against the
record. A directing anesthesiologist has to write down in person what they did.

## Example
```md
# Anesthesia
CPT: 00840-AA-P2
     ^^^^^ N1349

## Procedure
General anesthesia for bowel surgery, ASA 2. The patient tolerated it well.
```
```txt
PROCEDURE: General anesthesia for bowel surgery from 08:10 to 10:05, ASA III. The patient tolerated it well.
CPT: 00840-AA-P2
              ^^ N1349
```

## Instead
```md
# Anesthesia
CPT: 00840-AA-P2

## Procedure
General anesthesia for bowel surgery from 08:10 to 10:05, ASA 2. The patient tolerated it well.
```

## Source
Medicare's anesthesia payment by time; 42 CFR 415.110(b) on the record of medical direction. That the status belongs to the
record is common practice.

## Payers
Medicare pays nothing for P1-P6; many commercial payers pay for P3 and above.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder

_DIRECTED = ("QK", "QY")
_STATUS = ("P1", "P2", "P3", "P4", "P5", "P6")


@rule(id="N1349", name="anesthesia-record-incomplete", severity="warning", scope="note", codes=("anesthesia",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """Anesthesia billed, time or physical status not stated, or another status."""
    if not is_draft(note):
        return
    codes = [line.code for line in note.lines if know.is_anesthesia(line.code) and line.code != "01996"]
    status = set(note.values("asa"))
    timed = len(set(note.values("clock"))) > 1 or note.values("minutes") or note.states("anesthesia-time")
    for number, line in billed(note, *codes):
        carried = next((m for m in line.mods if m in _STATUS), "")
        if carried and len(status) == 1 and carried[1] not in status:
            other = f"P{next(iter(status))}"
            yield say(
                line.slot(carried),
                f"{line.code}-{carried}: the note states physical status {other[1]}. Find out which is right and correct "
                "the other.",
                line=number,
                fixes=[swap(line, carried, other)],
            )
            return
        if not timed:
            yield say(
                Part("code"),
                f"{line.code}: start and stop of the anesthesia are not stated. Add both; the charge is counted from them.",
                line=number,
                fixes=[placeholder("the times", "Anesthesia to state: start, stop and physical status (ASA)")],
            )
            return
        if not status:
            yield say(
                Part("code"),
                f"{line.code}: the physical status (ASA) is not stated. Add it to the record.",
                line=number,
                severity="information",
                fixes=[placeholder("the physical status", "Anesthesia to state: physical status (ASA)")],
            )
            return
        direction = next((m for m in line.mods if m in _DIRECTED), "")
        if direction and not note.states("direction-stated"):
            yield say(
                line.slot(direction),
                f"{line.code}-{direction} bills medical direction, and the note does not state what the directing "
                "anesthesiologist did. Add their own entry.",
                line=number,
                severity="information",
                fixes=[
                    placeholder(
                        "the direction",
                        "Anesthesiologist to state: evaluation before, presence at induction, emergence and the key "
                        "parts, care after",
                    )
                ],
            )
            return
