"""A visit with 25 in a note that tells of a procedure only.

## What it does
Speaks when a note bills a visit with 25 beside a procedure, describes the procedure (consent, prepped, sterile,
injected, excised, sutured, tolerated ...), and shows no work on the visit: no history, exam or assessment section with
words in it, and no sentence on a further problem, a disease under care, medication, results, referral, options, counsel
or the decision to proceed. It keeps silent as soon as one of these is there, whether or not it will be enough.

## Why it matters
25 says that the visit stood on its own beside the procedure. A note that holds the procedure alone does not show one,
even for a new patient. A different diagnosis is not needed; separate work is.

## Example
```md
# Knee injection
CPT: 99213-25, 20610-RT
           ^^ N1330

## Procedure
After informed consent the right knee was prepped and injected with 40 mg triamcinolone under sterile technique. She
tolerated it well.
```

## Instead
```md
# Knee injection
CPT: 99213-25, 20610-RT

## History of present illness
Right knee pain, worse on stairs. Her blood pressure has been high at home.

## Procedure
After informed consent the right knee was prepped and injected with 40 mg triamcinolone under sterile technique. She
tolerated it well.

## Assessment
Osteoarthritis of the right knee. Hypertension: lisinopril raised to 20 mg.
```

## Source
NCCI Policy Manual 2026 chapter I, pages 13, 15 and 16; a contractor's fact sheet on 25.

## Payers
Several commercial plans ask for the note, or cut the fee, whenever they see 25.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import is_draft, placeholder, written_sections


@rule(
    id="N1330",
    name="separate-visit-not-evident",
    severity="warning",
    scope="note",
    modifiers=("25",),
    codes=("visits",),
)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A visit with 25, and a text that supports the procedure only."""
    if not is_draft(note) or not note.states("procedure-done") or note.states("separate-visit"):
        return
    if written_sections(note) & {"history", "exam", "assessment"}:
        return
    if all(know.is_visit(line.code) for line in note.lines):
        return
    for number, line in enumerate(note.lines):
        if line.has("25") and know.is_visit(line.code):
            yield say(
                line.slot("25"),
                f"{line.code}-25: the note tells of the procedure only, and work on a visit of its own is not evident. "
                "Document the problem that was evaluated, or leave the visit off.",
                line=number,
                fixes=[
                    placeholder("the visit", "Physician to state: the problem evaluated apart from the procedure"),
                    remove(line, "25", preferred=False),
                ],
            )
            return
