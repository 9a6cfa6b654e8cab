"""Critical care without its minutes, with too few, or with procedures not kept apart.

## What it does
Speaks when a note bills 99291 or 99292 and the critical care minutes are not stated, are below 30 for 99291, or do not
reach 99292: 104 minutes with a Medicare profile, 75 with the others, and 30 more for each further unit. It also
speaks when minutes are given and nothing says that they leave out procedures billed beside them (exclusive of, excluding,
not including or counting, apart from procedures; no procedures performed).

## Why it matters
The codes are chosen by minutes alone, and minutes spent on a procedure with a code of its own may not count twice.

## Example
```md
# Intensive care
CPT: 99291, 99292
            ^^^^^ N1352

## Assessment
The patient is in septic shock on two pressors. Critical care time was 80 minutes, exclusive of procedures.
```
```txt
ASSESSMENT: The patient is in septic shock on two pressors. Critical care was provided.
CPT: 99291
     ^^^^^ N1352
```

## Instead
```md
# Intensive care
CPT: 99291, 99292

## Assessment
The patient is in septic shock on two pressors. Critical care time was 106 minutes, exclusive of procedures.
```

## Source
Medicare's threshold of 104 minutes as its contractors state it; NCCI Policy Manual 2026 chapter XI on time for procedures.

## Payers
Outside Medicare the usual reading of CPT gives 99292 from 75 minutes on.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, numbers, placeholder


@rule(id="N1352", name="critical-care-time", severity="information", scope="note", codes=("99291", "99292"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """Critical care whose minutes are not stated, too few, or not kept apart from procedures."""
    if not is_draft(note):
        return
    lines = list(billed(note, "99291", "99292"))
    minutes = max(numbers(note, "critical-minutes"), default=None)
    if minutes is None:
        if not note.values("minutes") and not note.values("clock"):
            number, line = lines[0]
            yield say(
                Part("code"),
                f"{line.code}: the minutes of critical care are not stated. Add them, without the time of procedures "
                "that are billed beside it.",
                line=number,
                fixes=[_ask()],
            )
        return
    for number, line in lines:
        needed = _needed(line, know)
        if minutes < needed:
            payer = f" under {know.profile.name}" if line.code == "99292" else ""
            yield say(
                Part("code"),
                f"{line.code}: {minutes} minutes of critical care stated, {needed} needed{payer}. Correct the charge, or "
                "the time.",
                line=number,
            )
            return
    if not note.states("excludes-procedures"):
        number, line = lines[0]
        yield say(
            Part("code"),
            f"{line.code}: the note does not state that the {minutes} minutes leave out procedures billed beside it. "
            "Add it.",
            line=number,
            fixes=[_ask()],
        )


def _needed(line: ServiceLine, know: Knowledge) -> int:
    """The fewest minutes of critical care for a line."""
    if line.code == "99291":
        return 30
    units = int(line.units) if line.units is not None and line.units >= 1 else 1
    return (104 if know.profile.medicare else 75) + 30 * (units - 1)


def _ask() -> Fix:
    return placeholder("the time", "Physician to state: minutes of critical care, procedures left out")
