"""A note that bills and carries no signature.

## What it does
Speaks once, at the first code that a note bills, when nothing in it reads like a signature: electronically signed,
signed by, signature, authenticated or approved by, dictated by, or a name followed by credentials.

## Why it matters
An unsigned note counts for nothing in a review. But a draft is unsigned by nature, which is why this rule is off until
it is switched on.

## Example
```md
# Office visit
CPT: 99213
     ^^^^^ N1353

## History of present illness
Cough for a week.

## Assessment
Acute bronchitis.
```

## Instead
```md
# Office visit
CPT: 99213

## History of present illness
Cough for a week.

## Assessment
Acute bronchitis.

Electronically signed by A. Ray, MD, 2025-10-15
```

## Source
Common practice under Medicare's signature requirements; their text was not at hand.

## Payers
Off by default, because drafts are signed last. Switch it on where finished notes are checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import is_draft, placeholder


@rule(id="N1353", name="signature-not-found", severity="information", scope="note", status="off")
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A note without anything that reads like a signature."""
    if not note.lines or not is_draft(note) or note.states("signed"):
        return
    yield say(
        Part("code"),
        "The note bills, and no signature with name and credentials is found in it. Sign it before the claim goes out.",
        fixes=[placeholder("the signature", "Clinician to sign: name, credentials, date")],
    )
