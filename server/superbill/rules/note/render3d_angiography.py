"""3-D rendering of an angiogram or a nuclear study, by the words of the note.

## What it does
Speaks when a note bills 76376 or 76377, its title or technique calls the study a CT angiogram, CTA, MR angiogram, MRA,
and no angiogram is billed in the note (a billed one is L1017's). Also when it calls it PET, SPECT, scintigraphy or
nuclear medicine and bills no CT, MR or ultrasound that could carry the 3-D. Studies that are only compared with, planned
or recommended do not count.

## Why it matters
Angiograms by CT or MR contain their 3-D images, and no modifier opens the pair (except MR angiography of the head). For
nuclear studies the 3-D counts only where it was made from another study of that day.

## Example
```md
# 3-D of the aorta
CPT: 76377-26
     ^^^^^ N1308

## Technique
CT angiography of the chest. Volume rendered 3D images were made on an independent workstation under concurrent
supervision of the radiologist, who selected the views. Requested for surgical planning.

## Findings
The 3D images show a 48 mm ascending aneurysm.
```

## Instead
```md
# 3-D of the chest wall
CPT: 76377-26

## Technique
CT of the chest. Volume rendered 3D images were made on an independent workstation under concurrent supervision of the
radiologist, who selected the views. Requested for surgical planning.

## Comparison
CT angiography of the chest, last year.

## Findings
The 3D images show three displaced ribs.
```

## Source
NCCI PTP practitioner 2024 Q3; NCCI Policy Manual 2026 chapter IX, page 11.

## Payers
A warning for all, since only the words of the note show it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder

_WHERE = ("technique", "exam", "")
_ANGIOGRAMS = ("cta", "mra", "mra-head")


@rule(id="N1308", name="render3d-of-angiogram", severity="warning", scope="note", codes=("76376", "76377"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """3-D rendering billed, the text describes an angiogram or a nuclear study."""
    if not is_draft(note):
        return
    codes = [line.code for line in note.lines]
    if note.states("angiography", *_WHERE) and not any(know.in_any(code, *_ANGIOGRAMS) for code in codes):
        why = "the note describes a CT or MR angiogram, which contains its 3-D images. Bill the angiogram alone"
    elif note.states("nuclear", *_WHERE) and not any(know.in_any(code, "render3d-base", "nuclear") for code in codes):
        why = (
            "the note describes a nuclear study, which takes its 3-D in. Keep the code only if the 3-D belongs to "
            "another study of the day, and name that study"
        )
    else:
        return
    for number, line in billed(note, "76376", "76377"):
        yield say(
            Part("code"),
            f"{line.code}: {why}.",
            line=number,
            fixes=[
                placeholder(
                    "the study", "Physician to state: the study that was rendered, if it was another one, and its date"
                )
            ],
        )
