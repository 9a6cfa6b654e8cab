"""A service line that points to no diagnosis, or to one that the claim does not have.

## What it does
Speaks when SV107 is empty, holds more than four pointers, the same twice, something else than 1 to 12, or a number
beyond the diagnoses of the claim. In tables and charge sheets the letters A to L are pointers too; a pointer beyond the
diagnoses is only spoken of where all of them are there: in a list that the claim has for its lines, or in columns of which
the last are empty.

## Why it matters
The pointer says why the service was done. Without it the claim is rejected; pointing past the end it is rejected too.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***3~
                           ^ E208
DTP*472*D8*20251015~
SE*7*0001~
```

```csv
dos,cpt,mod,units,pos,dx1,dx2,dx3,dx_pointer
2025-10-15,76380,26,1,22,K57.20,R10.9,,AC
                                       ^^ E208
```

```yaml
claims:
  - patient: P1
    dos: 2025-10-15
    pos: 22
    dx: [K57.20, R10.9]
    lines:
      - {cpt: 76380, mods: [26], units: 1, pointer: C}
                                                    ^ E208
```

## Instead
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

```csv
dos,cpt,mod,units,pos,dx1,dx2,dx3,dx_pointer
2025-10-15,76380,26,1,22,K57.20,R10.9,,AB
```

```yaml
claims:
  - patient: P1
    dos: 2025-10-15
    pos: 22
    dx: [K57.20, R10.9]
    lines:
      - {cpt: 76380, mods: [26], units: 1, pointer: A}
```

## Source
X12 005010X222A1 (professional) and 005010X223A2 (institutional), SV107: one to four pointers, each 1 to 12, counted in the order of the HI segment.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(
    id="E208",
    name="diagnosis-pointer",
    severity="error",
    scope="problem",
    kinds=("x12-pointer", "row-pointer", "sheet-pointer"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A pointer that points nowhere."""
    kind, value, count = problem.data
    claim = problem.kind == "x12-pointer"
    has = (
        f"the claim has {count} diagnos{'is' if count == '1' else 'es'}"
        if count != "0"
        else "the claim has no diagnosis"
    )
    if kind == "missing":
        text = f"This line points to no diagnosis; {has}. Write the number of at least one in SV107."
    elif kind == "many":
        text = f"This line has {value} diagnosis pointers and a line may have four. Keep the four that matter most."
    elif kind == "unreadable":
        text = (
            f"{shown(value)} is no diagnosis pointer: pointers are {'' if claim else 'the letters A to L or '}the numbers 1 to 12. Write "
            "that of the diagnosis."
        )
    elif kind == "twice":
        text = f"This line points to diagnosis {value} twice. Take one of them out."
    else:
        text = f"Pointer {value} points nowhere: {has}. Correct the pointer, or add the diagnosis{' to the HI segment' if claim else ''}."
    yield say(problem.part, text)
