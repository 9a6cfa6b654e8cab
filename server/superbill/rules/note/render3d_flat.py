"""3-D rendering billed where only flat reformats are described.

## What it does
Speaks when a note bills 76376 or 76377, describes reformats in other planes (coronal, sagittal, oblique, multiplanar,
MPR, curved planar, 2-D), and has no word of 3-D work: 3-D or three-dimensional, volume rendering, maximum intensity
projection or MIP, surface rendering, shaded surface or SSD, VRT, segmentation. The line that lists the charge does not
count.

## Why it matters
Reformatting slices into another plane is part of the scan. It is not 3-D rendering, whatever the order said, and a
review takes the code back.

## Example
```md
# CT pelvis
CPT: 72192-26, 76376-26
               ^^^^^ N1304

## Technique
Multiplanar coronal and sagittal reformats were made under concurrent supervision of the radiologist, who selected the
views. Requested for surgical planning because of complex anatomy.

## Findings
Findings on the rendered images: comminuted fracture of the left acetabulum.
```

## Instead
```md
# CT pelvis
CPT: 72192-26, 76376-26

## Technique
Coronal and sagittal reformats, then volume rendered 3D images, were made under concurrent supervision of the
radiologist, who selected the views. Requested for surgical planning.

## Findings
On the 3D images: comminuted fracture of the left acetabulum.
```

## Source
Coding press on 3-D rendering; no CMS text was found that says so.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, reads_rendering


@rule(id="N1304", name="render3d-flat-reformats-only", severity="warning", scope="note", codes=("76376", "76377"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """3-D rendering billed, only 2-D reformats described."""
    if not reads_rendering(note, know) or note.states("render-3d") or not note.states("reformat-2d"):
        return
    for number, line in billed(note, "76376", "76377"):
        yield say(
            Part("code"),
            f"{line.code}: only reformats in other planes are described, and they are part of the scan. Name the 3-D "
            "technique (volume rendering, MIP, surface shading, segmentation) if one was used, else leave the code off.",
            line=number,
            fixes=[placeholder("the 3-D technique", "Physician to state: the 3-D technique, if one was used")],
        )
