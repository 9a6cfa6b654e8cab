"""76 or 77, and the note says nothing of a repeat.

## What it does
Speaks when a note bills 76 or 77 and neither tells of a repeat (repeat, again, second study, serial, recheck, after
reduction or placement, worsening, change in condition, later that day ...) nor gives two times of day.

## Why it matters
Without time or reason the second service looks like a duplicate, and is denied as one.

## Example
```md
# Chest X-ray
CPT: 71045-26-76
              ^^ N1341

## Indication
Shortness of breath.

## Technique
One view of the chest.

## Findings
There is a small effusion.
```

## Instead
```md
# Chest X-ray
CPT: 71045-26-76

## Indication
Chest tube placed for an effusion at 09:20; repeat film at 11:05.

## Technique
One view of the chest.

## Findings
There is a small effusion.
```

## Source
Payer policies on 76 and 77.

## Payers
Several plans ask for time and reason; Medicare contractors may.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, placeholder


@rule(id="N1341", name="repeat-not-explained", severity="information", scope="note", modifiers=("76", "77"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A repeat billed, neither reason nor time stated."""
    if not is_draft(note) or note.states("repeat-reason") or len(set(note.values("clock"))) > 1:
        return
    for number, line, modifier in carriers(note, "76", "77"):
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: the note does not state why or when the service was repeated. Add reason and time.",
            line=number,
            fixes=[placeholder("the repeat", "Physician to state: time of the repeat and the reason for it")],
        )
        return
