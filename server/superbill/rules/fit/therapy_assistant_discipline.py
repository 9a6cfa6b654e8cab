"""A therapy assistant's modifier without the plan of care it belongs to.

## What it does
Speaks when CQ stands without GP, or CO without GO. Where a therapy code has no plan of care at all, that is
spoken of instead.

## Why it matters
CQ says that a physical therapist assistant helped, CO an occupational therapy assistant. Beside another plan
of care the line contradicts itself.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,97110,"GO CQ",2,11
                     ^^ K631
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,97110,"GP CQ",2,11
2025-10-15,97530,"GO CO",2,11
```

## Source
CMS HCPCS Level II file, October 2025: what CQ and CO stand for. No CMS text was at hand that says what
happens to the line.

## Payers
Medicare's modifiers; other payers may not ask for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fit._therapy import ASSISTANT_OF, DISCIPLINES
from superbill.rules.fixes import add, swap
from superbill.rules.knowledge import Knowledge


@rule(id="K631", name="therapy-assistant-discipline", severity="warning", modifiers=("CQ", "CO"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """CQ without GP, CO without GO."""
    if line.has("CQ") and line.has("CO"):
        return
    found = [modifier for modifier in line.mods if modifier in DISCIPLINES]
    if not found and know.in_set(line.code, "always-therapy"):
        return
    assistant = "CQ" if line.has("CQ") else "CO"
    plan = ASSISTANT_OF[assistant]
    if plan in found:
        return
    yield say(
        line.slot(assistant),
        f"{line.code}-{assistant}: {assistant} is for {DISCIPLINES[plan]} therapy, and the line does not "
        f"carry {plan}. Add {plan}, or use the assistant's modifier of the plan that applies.",
        fixes=[add(plan)] if not found else [swap(line, found[0], plan), *_other(line, assistant, found)],
    )


def _other(line: ServiceLine, assistant: str, found: list[str]) -> list[Fix]:
    """The other assistant's modifier, when the plan on the line is the one it belongs to."""
    return [
        swap(line, assistant, other) for other, plan in ASSISTANT_OF.items() if plan in found and other != assistant
    ]
