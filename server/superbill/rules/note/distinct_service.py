"""59 or an X modifier, and nothing in the note says why the service is distinct.

## What it does
Speaks when a note bills several codes, one of them with 59, XE, XP, XS or XU, and no sentence shows what set it apart. What
satisfies 59, XS and XU: separate, different, second, other or several sites, lesions, levels, joints, structures, studies
...; contralateral, non-contiguous, elsewhere; two parts of the body, both sides, two spinal levels, two stretches of
minutes; or a separate encounter. XE, and 59 on 76380 beside another CT, ask for a separate encounter: session, visit,
returned, later that day, morning or afternoon, or two clock times. XP asks for another practitioner: any clinician or
profession named, or a separate encounter. That code or diagnosis differ is not enough.

## Why it matters
These modifiers open an edit that would otherwise deny the line. The note must carry the reason, because the claim
cannot.

## Example
```md
# CT abdomen and pelvis, and limited CT
CPT: 74177-26, 76380-26-59
                        ^^ N1340

## Indication
Abdominal pain; recheck of a known liver cyst.

## Technique
CT of the abdomen and pelvis with contrast, and a limited CT through the liver.

## Findings
The appendix is normal. The cyst measures 3 cm.
```

## Instead
```md
# CT abdomen and pelvis, and limited CT
CPT: 74177-26, 76380-26-XE

## Indication
Abdominal pain; recheck of a known liver cyst.

## Technique
CT of the abdomen and pelvis with contrast at 08:10. The patient returned at 16:40 for a limited CT through the liver.

## Findings
The appendix is normal. The cyst measures 3 cm.
```

## Source
NCCI Policy Manual 2026 chapter I, pages 17 to 19.

## Payers
Anthem plans take 59 only when no X modifier fits. Several plans ask for the note.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import is_draft, placeholder, states_any
from superbill.rules.together._lines import is_other_ct

_ASKED = ("59", "XS", "XU", "XE", "XP")


@rule(id="N1340", name="distinct-service-not-explained", severity="warning", scope="note", modifiers=_ASKED)
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A distinct service billed, its reason not stated."""
    if not is_draft(note) or len({line.code for line in note.lines}) < 2:
        return
    apart_in_time = note.states("distinct-encounter") or len(set(note.values("clock"))) > 1
    if apart_in_time:
        return
    apart = (
        states_any(note, "distinct-service")
        or len(set(note.values("body"))) > 1
        or {"left", "right"} <= set(note.values("side"))
        or _counted(note, "minutes") > 1
    )
    for number, line in enumerate(note.lines):
        modifier = next((m for m in line.mods if m in _ASKED), "")
        if not modifier:
            continue
        asks_time = modifier == "XE" or (line.code == "76380" and _beside_ct(note, line, know))
        if modifier == "XP":
            if states_any(note, "physician-named", "practitioner-named", "another-clinician"):
                continue
            what = "another practitioner"
        elif asks_time:
            what = "a separate encounter"
        elif apart:
            continue
        else:
            what = "a separate site, structure, session or study"
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: {what} is not stated in the note. Say what set this service apart, or take "
            f"{modifier} off.",
            line=number,
            fixes=[
                placeholder("the reason", f"Physician to state: what made {line.code} a service of its own that day")
            ],
        )


def _beside_ct(note: Note, line: ServiceLine, know: Knowledge) -> bool:
    return any(is_other_ct(other, know) for other in note.lines if other is not line)


def _counted(note: Note, concept: str) -> int:
    """How often a concept stands in the note, over all its records."""
    return sum(count for statement, count in note.statements.items() if statement.concept == concept)
