"""A note holds something that looks like an identifier of the patient.

## What it does
Speaks once, at the first code that a note bills, when the note holds a string shaped like a social security number, a
Medicare beneficiary identifier, or a medical record number with its label. It names the kind, and never repeats the
string. The mend writes [removed] in its place, wherever it stands in the note; names, dates and addresses are not found
by this rule.

## Why it matters
Drafts are pasted into tickets, mails and examples. An identifier that is not needed should go first.

## Example
```md
# Office visit, MRN: 00000001
CPT: 99213
     ^^^^^ N1355

## History of present illness
Cough for a week.

## Assessment
Acute bronchitis.
```

## Instead
```md
# Office visit, MRN: [removed]
CPT: 99213

## History of present illness
Cough for a week.

## Assessment
Acute bronchitis.
```

## Source
The published shapes of these numbers; privacy practice.

## Payers
Off by default: a note in a record is meant to carry them. Switch it on where notes are shared.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import MaskIdentifiers
from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import listed


@rule(id="N1355", name="identifier-in-note", severity="information", scope="note", status="off")
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """An identifier of the patient in the text, by its shape."""
    kinds = sorted(set(note.values("identifier")))
    if note.lines and kinds:
        yield say(
            Part("code"),
            f"The note holds what looks like a {listed(kinds)} number. Mask it before the note is shared.",
            fixes=[Fix("Write [removed] in its place", (MaskIdentifiers("[removed]"),))],
        )
