"""The note speaks of one side, the billed modifier of the other.

## What it does
Speaks when a note bills a code with LT and its text names the right side only, or with RT and the text names the left
side only. The modifiers of lids, fingers and toes (E1-E4, FA, F1-F9, TA, T1-T9) count by the side they are on, and "L
knee" or "RT shoulder" names a side too. Silent when both sides are named anywhere, when the other side is billed too, or when no side is named.
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

_LEFT = ("LT", "E1", "E2", "FA", "F1", "F2", "F3", "F4", "TA", "T1", "T2", "T3", "T4")
_RIGHT = ("RT", "E3", "E4", "F5", "F6", "F7", "F8", "F9", "T5", "T6", "T7", "T8", "T9")
_SIDES = {**dict.fromkeys(_LEFT, "left"), **dict.fromkeys(_RIGHT, "right")}
#: The same place on the other side.
_OTHER = {**dict(zip(_LEFT, _RIGHT, strict=True)), **dict(zip(_RIGHT, _LEFT, strict=True))}
_BESIDE = ("history", "exam", "comparison", "plan")


@rule(id="N1323", name="side-conflict", severity="warning", scope="note", modifiers=(*_LEFT, *_RIGHT))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A modifier of one side billed, and only the other side named."""
    sides = [s for s in note.statements if s.concept == "side"]
    if all(s.section in _BESIDE for s in sides):
        return
    named = {s.value for s in sides}
    billed = {
        _SIDES.get(modifier, "both") for line in note.lines for modifier in line.mods if modifier in (*_SIDES, "50")
    }
    if len(named) != 1 or len(billed) != 1 or not is_draft(note):
        return
    charged, side = billed.pop(), named.pop()
    if "both" in (charged, side) or charged == side or charged in note.values("side-named"):
        return
    for number, line in enumerate(note.lines):
        for modifier in line.mods:
            if modifier in _SIDES:
                yield say(
                    line.slot(modifier),
                    f"{line.code}-{modifier}: the note names the {side} side only, the charge says {charged}. Find out "
                    "which is right and correct the other.",
                    line=number,
                    fixes=[swap(line, modifier, _OTHER[modifier])],
                )
