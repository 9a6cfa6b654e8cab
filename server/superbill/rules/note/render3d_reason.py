"""3-D rendering without a stated reason or request.

## What it does
Speaks when a note bills 76376 or 76377 and says nowhere who asked for the 3-D images or what they are to answer. What
satisfies it: 3-D (or volume rendering, MIP) requested, ordered, needed, indicated, or made for or to something; a
request or order for 3-D; surgical, operative, treatment or other planning; to define, evaluate or show anatomy, extent,
fragments, vessels, margins; complex anatomy or fracture. Not asked of a line with TC.

## Why it matters
A Medicare contractor used to want the request for the 3-D work in writing and a report that answers it, and payers with
criteria of their own go by the reason.

## Example
```md
# CT ankle with 3-D
CPT: 73700-26-LT, 76376-26
                  ^^^^^ N1305

## Technique
CT of the left ankle. 3D surface rendered images were made under concurrent supervision of the radiologist, who
archived six views.

## Findings
Three fragments of the calcaneus. The 3D images show a step of 4 mm.
```

## Instead
```md
# CT ankle with 3-D
CPT: 73700-26-LT, 76376-26

## Indication
Heel fracture; the foot surgeon requested 3D views for operative planning.

## Technique
CT of the left ankle. 3D surface rendered images were made under concurrent supervision of the radiologist, who
archived six views.

## Findings
Three fragments of the calcaneus. The 3D images show a step of 4 mm.
```

## Source
Coding press; a contractor coverage policy of 2011, since retired.

## Payers
Anthem plans and some regional plans hold criteria lists of their own for 3-D rendering.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, reads_rendering


@rule(id="N1305", name="render3d-reason-not-stated", severity="information", scope="note", codes=("76376", "76377"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """3-D rendering billed, no reason for it stated."""
    if not reads_rendering(note, know) or note.states("render-reason"):
        return
    for number, line in billed(note, "76376", "76377"):
        if line.component != "TC":
            yield say(
                Part("code"),
                f"{line.code}: the note does not state why 3-D was wanted or who asked for it. Add the request and the "
                "question it was to answer.",
                line=number,
                fixes=[
                    placeholder(
                        "the reason", "Physician to state: who requested the 3-D images, and what they were to answer"
                    )
                ],
            )
