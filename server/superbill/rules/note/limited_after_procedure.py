"""76380 for a check right after a procedure.

## What it does
Speaks when a note bills 76380 with 26 or as a whole, and calls the scan a check of that same session: immediately after
the biopsy (ablation, drainage, placement ...), post-procedure images, completeness of an ablation or drainage; or, where
the note bills CT guidance or a procedure too, images to confirm the position of a needle, catheter, drain or probe.
Silent on a TC line, and where the note puts the procedure days, weeks or months back.

## Why it matters
Medicare pays the technical part of a comparison study that only checks a procedure just done, and not the professional
part. And CT guidance contains its own check scans.

## Example
```md
# Lung biopsy, check scan
CPT: 76380-26
     ^^^^^ N1315

## Indication
Rule out pneumothorax.

## Technique
Limited CT: six slices immediately after the biopsy.

## Findings
There is no pneumothorax.
```

## Instead
```md
# Limited CT of the chest
CPT: 76380-26

## Indication
Chest pain since this afternoon, status post lung biopsy 2 days ago. Rule out pneumothorax.

## Technique
Limited CT: six slices through the right lung.

## Findings
There is no pneumothorax.
```

## Source
NCCI Policy Manual 2026 chapter IX, page 5.

## Payers
Medicare's rule; other payers often follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import MANUAL
from superbill.charges.model import Note, Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import PACKAGED, Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder

_WHERE = ("indication", "technique", "exam", "attestation", "")


@rule(
    id="N1315",
    name="limited-ct-after-procedure",
    severity="information",
    scope="note",
    codes=("76380",),
    editions=(MANUAL,),
)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76380 with a professional part, described as a check right after a procedure."""
    if not is_draft(note) or note.states("earlier-procedure"):
        return
    checks = note.states("position-check", *_WHERE) and any(_procedure(line, know) for line in note.lines)
    if not checks and not note.states("post-procedure", *_WHERE):
        return
    for number, line in billed(note, "76380"):
        if line.component != "TC":
            fixes: list[Fix] = [
                placeholder(
                    "the question", "Physician to state: the question of the scan beyond the check, if there was one"
                )
            ]
            if not line.component:
                fixes.append(add("TC", first=True, because="if the scan was a check only"))
            yield say(
                Part("code"),
                "76380: the note describes a check right after a procedure. Medicare does not pay the professional part "
                "of such a scan; bill it only if it answered a question of its own, and say which.",
                line=number,
                fixes=fixes,
            )


def _procedure(line: ServiceLine, know: Knowledge) -> bool:
    row = know.plain_row(line.code, line.since)
    return know.in_set(line.code, "image-guidance") or (row is not None and row.global_days in PACKAGED)
