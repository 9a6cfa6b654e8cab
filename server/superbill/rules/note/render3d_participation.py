"""Supervision of 3-D rendering is claimed, but no part that the physician took is described.

## What it does
Speaks when a note bills 76376 or 76377, states concurrent supervision, and describes none of the things that a
supervising physician does: defining or choosing the region; choosing, removing or segmenting tissues; choosing, saving
or archiving images or views; adjusting, monitoring or refining the rendering. Silent where no supervision is stated at
all (that is N1301). Not asked of a line with TC.

## Why it matters
"Under concurrent supervision" is easily pasted. One thing that the physician really did makes it credible.

## Example
```md
# CT face with 3-D
CPT: 70486-26, 76376-26
               ^^^^^ N1309

## Technique
CT of the face. 3D volume rendered images were made under concurrent supervision of the radiologist. Requested for
reconstruction planning.

## Findings
The 3D views show a depressed zygomatic arch.
```

## Instead
```md
# CT face with 3-D
CPT: 70486-26, 76376-26

## Technique
CT of the face. 3D volume rendered images were made under concurrent supervision of the radiologist, who defined the
region of interest and chose the views. Requested for reconstruction planning.

## Findings
The 3D views show a depressed zygomatic arch.
```

## Source
Vendors' coding pages on what concurrent supervision of 3-D work consists of; no CMS text was found.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, reads_rendering


@rule(
    id="N1309",
    name="render3d-participation-not-described",
    severity="information",
    scope="note",
    codes=("76376", "76377"),
)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """Concurrent supervision stated, none of its elements described."""
    if (
        not reads_rendering(note, know)
        or not note.states("concurrent-supervision")
        or note.states("render-participation")
    ):
        return
    for number, line in billed(note, "76376", "76377"):
        if line.component != "TC":
            yield say(
                Part("code"),
                f"{line.code}: supervision is stated, but not what it consisted of. Name what the physician did: the "
                "region, the tissues, the views kept, or the adjustments.",
                line=number,
                fixes=[
                    placeholder(
                        "the physician's part",
                        "Physician to state what applies: region defined; tissues chosen; views selected and "
                        "archived; rendering adjusted",
                    )
                ],
            )
