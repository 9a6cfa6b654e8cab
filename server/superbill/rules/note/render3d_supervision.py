"""3-D rendering without a stated concurrent supervision.

## What it does
Speaks when a note bills 76376 or 76377 and does not state that a physician supervised the making of the 3-D images
while it went on. What satisfies it: concurrent supervision, participation or oversight; under the supervision of,
supervised by; physician-supervised, physician-directed; under the physician's direction or guidance; the radiologist (or
Dr. X, or I) supervised, directed, monitored, took part in, was involved in, or made the rendering personally. Not asked of a line with TC. Text in square brackets, boxes left unticked,
template sentences and the line that lists the charge do not count.

## Why it matters
Both codes expect a physician at work on the 3-D images as they are made. One sentence settles it; a report without
it leaves the line open at a review.

## Example
```md
# CT pelvis with 3-D
CPT: 72192-26, 76376-26
               ^^^^^ N1301

## Technique
3D surface rendered images were made by the technologist at the scanner console, ordered for operative planning.

## Findings
The 3D images show the column fracture in two fragments.
```

## Instead
```md
# CT pelvis with 3-D
CPT: 72192-26, 76376-26

## Technique
3D surface rendered images were made by the technologist at the scanner console under concurrent supervision of the
radiologist, who chose the views. Ordered for operative planning.

## Findings
The 3D images show the column fracture in two fragments.
```

## Source
Coding press and vendors' coding pages on 76376 and 76377; no CMS text was found that says so.

## Payers
The same for all payers, as far as known. The supervision level of the fee schedule (76376 general, 76377 personal, on
the TC row) is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, reads_rendering


@rule(id="N1301", name="render3d-supervision-not-stated", severity="warning", scope="note", codes=("76376", "76377"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """3-D rendering billed, no concurrent supervision stated."""
    if not reads_rendering(note, know) or note.states("concurrent-supervision"):
        return
    for number, line in billed(note, "76376", "76377"):
        if line.component != "TC":
            yield say(
                Part("code"),
                f"{line.code} expects concurrent physician supervision of the 3-D work, and the note does not state it. "
                "Have the physician add one sentence on it, if it was so.",
                line=number,
                fixes=[
                    placeholder(
                        "the supervision",
                        "Physician to state: who supervised the 3-D rendering while it was done, and how",
                    )
                ],
            )
