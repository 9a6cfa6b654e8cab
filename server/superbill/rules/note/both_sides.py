"""Both sides are billed, and the note speaks of one.

## What it does
Speaks when a note bills 50, or the same code with LT and with RT, and its text names one side only, the left or the
right, outside the history, the physical exam, the comparison and the plan. Any word for the other side or for both
(bilateral, both, each, knees, eyes ...) anywhere in the note keeps it silent, and so does a note without any side.

## Why it matters
The second side is paid for, so the note has to show that it was done.

## Example
```md
# Knee injection
CPT: 20610-50
           ^^ N1325

## Procedure
After informed consent the right knee was prepped and injected with 40 mg triamcinolone. He tolerated it well.
```

## Instead
```md
# Knee injection
CPT: 20610-50

## Procedure
After informed consent both knees were prepped and injected with 40 mg triamcinolone each. He tolerated it well.
```

## Source
Common audit practice: claim and record must tell of the same sides.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import is_draft, placeholder

_BESIDE = ("history", "exam", "comparison", "plan")
_MODIFIERS = {"left": "LT", "right": "RT"}


@rule(id="N1325", name="both-sides-not-stated", severity="warning", scope="note", modifiers=("50", "LT", "RT"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """Two sides billed, one described."""
    if not is_draft(note):
        return
    sides = [s for s in note.statements if s.concept == "side"]
    named = {s.value for s in sides} | set(note.values("side-named"))
    if len(named) != 1 or "both" in named or all(s.section in _BESIDE for s in sides):
        return
    side = named.pop()
    lefts = {line.code for line in note.lines if line.has("LT")}
    for number, line in enumerate(note.lines):
        fixes: list[Fix] = []
        if line.has("50"):
            part = line.slot("50")
            fixes = [swap(line, "50", _MODIFIERS[side])]
        elif line.has("RT") and line.code in lefts:
            part = Part("code")
        else:
            continue
        yield say(
            part,
            f"{line.code} is billed for both sides, and the note names the {side} side only. State what was done on "
            "the other side, or bill one.",
            line=number,
            fixes=[placeholder("the other side", "Physician to state: what was done on the other side"), *fixes],
        )
        return
