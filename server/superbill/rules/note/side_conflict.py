"""The note speaks of one side, the billed modifier of the other.

## What it does
Speaks when a note bills a code with LT and its text names the right side only, or with RT and the text names the left
side only. Silent when both sides are named anywhere, when the other side is billed too, or when no side is named.
A side that stands in the history, the physical exam or the comparison alone may be another part's and is not enough.
Right-handed, right now, left the clinic, left upper quadrant, right atrium and their like are not sides here.

## Why it matters
A wrong side is denied when it meets the other claim of the same day, and looks like a wrong-site event in a review.

## Example
```md
# Knee MRI
CPT: 73721-26-LT
              ^^ N1323

## Indication
Right knee pain after a fall.

## Technique
MRI of the right knee without contrast.

## Findings
There is a tear of the medial meniscus.
```

## Instead
```md
# Knee MRI
CPT: 73721-26-RT

## Indication
Right knee pain after a fall. Right-handed.

## Technique
MRI of the right knee without contrast.

## Findings
There is a tear of the medial meniscus.
```

## Source
Common audit practice: claim and record must name the same side.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import is_draft

_SIDES = {"LT": "left", "RT": "right"}
_BESIDE = ("history", "exam", "comparison", "plan")


@rule(id="N1323", name="side-conflict", severity="warning", scope="note", modifiers=("LT", "RT"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """LT billed and only the right side named, or the other way round."""
    sides = [s for s in note.statements if s.concept == "side"]
    if all(s.section in _BESIDE for s in sides):
        return
    named = {s.value for s in sides}
    billed = {modifier for line in note.lines for modifier in line.mods if modifier in (*_SIDES, "50")}
    if len(named) != 1 or len(billed) != 1 or "50" in billed or not is_draft(note):
        return
    modifier = billed.pop()
    side = named.pop()
    if side == "both" or side == _SIDES[modifier]:
        return
    other = "RT" if modifier == "LT" else "LT"
    for number, line in enumerate(note.lines):
        if line.has(modifier):
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: the note names the {side} side only, the charge says {_SIDES[modifier]}. "
                "Find out which is right and correct the other.",
                line=number,
                fixes=[swap(line, modifier, other)],
            )
