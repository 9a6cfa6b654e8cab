"""95 or 93, and the note does not say how and where the remote visit took place.

## What it does
Speaks when a note bills 95 or 93 and leaves out how the two spoke (video, audio only, telephone, a platform), where the
patient was, or that the patient agreed. It then names all that is missing, the clinician's place among it; that place
alone is not asked for, since the head of a note mostly shows it. With 93 it
also asks why there was no video: unable, declined, no camera, no connection, prefers the telephone. Separately, it
speaks when the line says 95 and the text tells of audio or telephone only.

## Why it matters
93 and 95 rest on the way of talking, and payers pay by place and consent. The note is the only witness.

## Example
```md
# Visit from home
CPT: 99213-95
           ^^ N1348

## History of present illness
Cough for a week, no fever. The visit took place by video.

## Assessment
Acute bronchitis.
```

## Instead
```md
# Visit from home
CPT: 99213-95

## History of present illness
Cough for a week, no fever. The visit took place by live video; the patient was at home, the physician in the office.
The patient consented to the remote visit.

## Assessment
Acute bronchitis.
```

## Source
Telehealth policies of payers; no single text asks for all of it.

## Payers
Payers differ: some want the places and the consent each time, some want the consent once a year.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, listed, placeholder, unstated

_WANTED = {
    "how the two spoke": ("tele-mode",),
    "where the patient was": ("tele-patient-place",),
    "the patient's consent": ("tele-consent",),
}
_ALSO = {"where the clinician was": ("tele-clinician-place",)}
_WHY = {"why there was no video": ("no-video-reason",)}


@rule(id="N1348", name="telehealth-not-described", severity="information", scope="note", modifiers=("93", "95"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A remote visit billed, mode, place or consent not stated."""
    if not is_draft(note):
        return
    for number, line, modifier in carriers(note, "93", "95"):
        if modifier == "95" and note.states("audio-only") and not note.states("with-video"):
            yield say(
                line.slot(modifier),
                f"{line.code}-95 says sound and picture, and the note states that there was sound only: that is 93 "
                "where the payer takes it. Correct the modifier, or the text.",
                line=number,
                fixes=[swap(line, "95", "93")],
            )
            return
        missing = unstated(note, _WANTED)
        why = unstated(note, _WHY) if modifier == "93" else []
        if not missing and not why:
            continue
        if missing:
            missing += unstated(note, _ALSO)
        missing += why
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: not stated in the note: {listed(missing)}. Add it before the claim goes out.",
            line=number,
            fixes=[placeholder("the remote visit", f"Clinician to state: {listed(missing)}")],
        )
        return
