"""The number of views in the text is another than that of the code.

## What it does
Speaks when a note bills one X-ray code whose neighbors differ by the number of views only, and the text gives a number
that this code does not hold: "three views", "2-view", "views: 4", or the projections by name ("AP and lateral views"
are two; with "oblique views" in the row they are as many or more). A number that is said of another part of the body, of an earlier study or of each side is not counted, nor
"at least three", "additional views" or a range. Silent when the text gives no number or several, with two X-ray codes
of the same part, and with 50, 52, 59, 76, 77 or more than one unit.

## Why it matters
The views are what these codes are chosen by. The report decides: fewer views than the code asks for are overpaid,
more are left unpaid.

## Example
```md
# Right knee
CPT: 73560-26-RT
     ^^^^^ N1326

## Indication
Pain after a fall.

## Technique
Three views of the right knee were obtained.

## Findings
There is no fracture.
```
```txt
EXAM: Chest
CPT: 71045-26
     ^^^^^ N1326
INDICATION: Cough.
TECHNIQUE: PA and lateral views were obtained.
FINDINGS: The lungs are clear.
```

## Instead
```md
# Right knee
CPT: 73562-26-RT

## Indication
Pain after a fall. Two views of the ankle were made elsewhere.

## Technique
Three views of the right knee were obtained.

## Findings
There is no fracture.
```
```txt
EXAM: Chest
CPT: 71046-26
INDICATION: Cough.
TECHNIQUE: PA and lateral views were obtained.
FINDINGS: The lungs are clear.
```

## Source
The numbers of views of the codes, in the fee schedule of October 2025 and in coding practice.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft

_APART = ("50", "52", "53", "59", "76", "77", "XE", "XS", "XP", "XU")
_ELSEWHERE = ("comparison", "history", "indication", "plan")
#: What a report calls the part that a code is for.
_WORDS = {
    "jaw": {"mandible", "jaw"},
    "sacroiliac": {"sacroiliac", "pelvis"},
    "cervical": {"cervical", "neck", "spine", "c-spine", "cspine"},
    "thoracic": {"thoracic", "spine", "t-spine", "tspine"},
    "lumbar": {"lumbar", "lumbosacral", "spine", "l-spine", "lspine", "ls"},
    "scoliosis": {"scoliosis", "spine", "thoracic", "lumbar", "cervical"},
    "hip": {"hip", "pelvis"},
    "abdomen": {"abdomen", "kub"},
    "knee": {"knee", "patella"},
    "foot": {"foot", "feet"},
}


@rule(id="N1326", name="views-differ-from-code", severity="information", scope="note", codes=("xray-views",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A number of views that the billed code does not hold."""
    codes = {line.code for line in note.lines if line.code in know.views}
    if not is_draft(note):
        return
    alone = len({line.code for line in note.lines if know.in_set(line.code, "imaging")}) == 1
    for number, line in billed(note, *codes):
        part, low, high = know.views[line.code]
        same = {code for code in codes if know.views[code][0] == part}
        if len(same) > 1 or any(_apart(other) for other in note.lines if other.code == line.code):
            continue
        if {m for other in note.lines if other.code == line.code for m in other.mods} >= {"LT", "RT"}:
            continue
        counts = set(_counts(note, part, alone))
        if len(counts) != 1:
            continue
        count, open_ended = counts.pop()
        if (low <= count or open_ended) and (high is None or count <= high):
            continue
        right = next((code for code, held in know.views.items() if _holds(held, part, count)), "")
        if count > low and not right:
            continue
        stated = f"{count} view{'s' if count > 1 else ''}{' or more' if open_ended else ''}"
        advice = (
            f"{right} is the code for that number." if right else "No code of this part is for fewer; ask about 52."
        )
        yield say(
            Part("code"),
            f"{line.code} is for {_range(low, high)}, and the note states {stated}. {advice} Correct the code, or the "
            "text.",
            line=number,
            fixes=[write(Part("code"), right, f"Change {line.code} to {right}", preferred=False)] if right else [],
        )


def _counts(note: Note, part: str, alone: bool) -> Iterator[tuple[int, bool]]:
    """The numbers of views that the note gives for a part of the body, and whether there may be more."""
    words = _WORDS.get(part, {part})
    for statement in note.statements:
        if statement.concept == "views" and statement.section not in _ELSEWHERE:
            count, _, named = statement.value.partition(":")
            parts = named.replace("si joint", "sacroiliac").split()
            if all(word in words for word in parts) and (parts or alone):
                yield int(count.rstrip("+")), count.endswith("+")


def _apart(line: ServiceLine) -> bool:
    return line.has(*_APART) or (line.units is not None and line.units > 1)


def _holds(held: tuple[str, int, int | None], part: str, count: int) -> bool:
    return held[0] == part and held[1] <= count and (held[2] is None or count <= held[2])


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} or more views"
    if low == high:
        return f"{low} view{'s' if low > 1 else ''}"
    return f"{low} {'or' if high == low + 1 else 'to'} {high} views"
