"""A therapy service that does not say under which plan of care it was given.

## What it does
Speaks when a code that is always therapy carries none of GN, GO and GP, or when an evaluation that belongs to
one discipline carries another discipline's modifier.

## Why it matters
Medicare counts therapy by discipline. Without the modifier the line is returned, whoever gave the service.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,97110,,2,11
           ^^^^^ K630
2025-10-15,97161,GO,1,11
                 ^^ K630
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,97110,GP,2,11
2025-10-15,97161,GP,1,11
```

## Source
CMS PFS relative value file, multiple-procedure indicator 5, for the codes; CMS change request 10176 for the
disciplines.

## Payers
An error under Medicare, a warning elsewhere: other payers may not ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Severity, rule, say
from superbill.rules.fit._therapy import ASSISTANT_OF, DISCIPLINES, only_discipline
from superbill.rules.fixes import add, swap
from superbill.rules.knowledge import Knowledge


@rule(
    id="K630",
    absence=True,
    name="therapy-without-discipline",
    severity="error",
    codes=("always-therapy",),
    editions=(FEES,),
    cited=False,
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """None of GN, GO and GP on a therapy code, or the wrong one on a code of one discipline."""
    code = line.code
    only = only_discipline(code, know)
    found = [modifier for modifier in line.mods if modifier in DISCIPLINES]
    severity: Severity | None = None if know.profile.medicare else "warning"
    if not found:
        helper = next((plan for assistant, plan in ASSISTANT_OF.items() if line.has(assistant)), "")
        wanted = [only or helper] if only or helper else ["GP", "GO", "GN"]
        yield say(
            Part("code"),
            f"{code}: the line does not say under which therapy plan of care it was given. Add {' or '.join(wanted)}.",
            fixes=[add(modifier, because=f"{DISCIPLINES[modifier]} therapy plan") for modifier in wanted],
            severity=severity,
        )
    elif only and only not in found:
        wrong = found[-1]
        yield say(
            line.slot(wrong),
            f"{code}-{wrong}: the code is given under a plan of {DISCIPLINES[only]} therapy only. Use {only}.",
            fixes=[swap(line, wrong, only)],
            severity=severity,
        )
