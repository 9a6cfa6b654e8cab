"""The text tells of the reading only, or of the images only, and the charge bills the other part.

## What it does
Speaks when a note bills an imaging study that splits into 26 and TC, and the text says which part was done here.
"Technical component only", "images only", interpreted by an outside physician: then 26, or the code as a whole, does
not fit. "Interpretation only", images obtained at another facility, outside images submitted for interpretation or a
second opinion: then TC, or the code as a whole, does not fit. A sentence in the history, the comparison or the plan may
be about another study and does not count; nor is anything said when the note bills a visit, or says both.

## Why it matters
The part that was done elsewhere is billed elsewhere. Billed here as well, one of the two claims is denied.

## Example
```md
# CT of the head
CPT: 70450
     ^^^^^ N1321

## Indication
Headache for three days.

## Technique
Outside CT images were submitted for interpretation. No contrast was given.

## Findings
No hemorrhage. The ventricles are of usual size.
```

## Instead
```md
# CT of the head
CPT: 70450-26

## Indication
Headache for three days.

## Technique
Outside CT images were submitted for interpretation. No contrast was given.

## Findings
No hemorrhage. The ventricles are of usual size.
```

## Source
What 26 and TC mean, and the split of the codes in the fee schedule of October 2025.

## Payers
A second reading of outside images is not paid by every payer; the modifier is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import add, swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft

_HERE = ("", "technique", "findings", "impression", "exam", "attestation")


@rule(id="N1321", name="component-differs-from-text", severity="information", scope="note", codes=("imaging",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A part of a study billed that the text says was done elsewhere."""
    reading, images = note.states("reading-only", *_HERE), note.states("technical-only", *_HERE)
    if reading == images or not is_draft(note) or any(know.is_visit(line.code) for line in note.lines):
        return
    done, name = ("26", "reading") if reading else ("TC", "images")
    split = []
    for number, line in billed(note, *(line.code for line in note.lines if line.code[:1] == "7")):
        row = know.plain_row(line.code, line.since)
        if row is not None and row.pctc == "1":
            split.append((number, line))
    if len(split) != 1:
        return
    number, line = split[0]
    if line.component == done:
        return
    fix: Fix = swap(line, line.component, done) if line.component else add(done, first=True)
    billed_as = f"{line.code}-{line.component}" if line.component else f"{line.code} without a component"
    yield say(
        line.slot(line.component) if line.component else Part("code"),
        f"{billed_as}: the note states that the {name} alone {'was' if reading else 'were'} done here, which is {done}. "
        "Correct the modifier, or the text.",
        line=number,
        fixes=[fix],
    )
