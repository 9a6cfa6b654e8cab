"""52 or 53, and the note does not say what was left out, or why.

## What it does
Speaks when a note bills 52 or 53 and tells neither the reason (due to, because, unable, not tolerated, stricture, poor
preparation, bleeding, blood pressure, declined, equipment ...) nor how far it went (stopped, aborted, terminated,
incomplete, only, advanced to, one side, limited ...): a warning. When one of the two is there, the other is asked for as
information. 76380-52 has a rule of its own.

## Why it matters
A payer prices 52 and 53 by what was done and what was not. Without that the line is pended or paid at a guess.

## Example
```md
# Colonoscopy
CPT: 45378-53
           ^^ N1343

## Procedure
After informed consent the scope was inserted and the mucosa was inspected. She tolerated it well.
```

## Instead
```md
# Colonoscopy
CPT: 45378-53

## Procedure
After informed consent the scope was advanced to the splenic flexure. The procedure was stopped there because of a drop
in blood pressure. She recovered at once.
```

## Source
Payer policies on 52 and 53.

## Payers
The same for most payers; many ask for the note.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, listed, placeholder, unstated

_WANTED = {
    "why the service was cut short": ("stop-reason",),
    "how far it went, or what was left out": ("stop-extent",),
}


@rule(id="N1343", name="reduced-work-not-explained", severity="warning", scope="note", modifiers=("52", "53"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """52 or 53 billed, reason or extent not stated."""
    missing = unstated(note, _WANTED)
    if not missing or not is_draft(note):
        return
    for number, line, modifier in carriers(note, "52", "53"):
        if line.code == "76380":
            continue
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: not stated in the note: {listed(missing)}. Add it before the claim goes out.",
            line=number,
            severity=None if len(missing) == len(_WANTED) else "information",
            fixes=[placeholder("what was left out", f"Physician to state: {listed(missing)}")],
        )
        return
