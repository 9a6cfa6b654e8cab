"""76380 without a stated question or reason.

## What it does
Speaks when a note bills 76380, has no indication or history section with words in it, and no sentence says why the area
was looked at: follow-up, re-evaluation, recheck, surveillance, recurrence; to evaluate, assess, exclude, confirm,
determine; concern, suspicion, question; a symptom, pain, fever, a known finding. Silent as soon as one of these stands
anywhere in the note.

## Why it matters
A limited scan answers one question. Without the question, neither the need for it nor the choice of a limited scan can
be judged.

## Example
```md
# CT of the chest, limited
CPT: 76380-26
     ^^^^^ N1312

## Technique
Limited CT: six slices through the right upper lobe.

## Findings
There is a 7 mm nodule.
```

## Instead
```md
# CT of the chest, limited
CPT: 76380-26

## Indication
Nodule of the right upper lobe: has it grown?

## Technique
Limited CT: six slices through the right upper lobe.

## Findings
There is a 7 mm nodule.
```

## Source
Common practice: a report names the reason for the study. No CMS text is special to this code.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder, written_sections


@rule(id="N1312", name="limited-ct-reason-not-stated", severity="information", scope="note", codes=("76380",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76380 billed, no reason for the scan stated."""
    if not is_draft(note) or note.states("reimaging-reason") or note.states("follow-up"):
        return
    if written_sections(note) & {"indication", "history"}:
        return
    for number, _ in billed(note, "76380"):
        yield say(
            Part("code"),
            "76380: the note does not state why the area was scanned. Add the question that the limited CT was to "
            "answer.",
            line=number,
            fixes=[placeholder("the reason", "Physician to state: the question that the limited CT was to answer")],
        )
