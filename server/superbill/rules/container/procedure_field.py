r"""A procedure code that stands where an item number belongs, or two that differ.

## What it does
Speaks when FT1-25 is empty and FT1-7 looks like a CPT or HCPCS code, and as a warning when both hold codes and they differ. The
code of FT1-25 is then the one that is checked.

## Why it matters
FT1-7 is the number of the hospital's own list. Many systems bill FT1-25 only, and charge nothing when it is empty.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|76376^3D|||1|||||||||||||||76380^CT^C4|26
                                                ^^^^^ E222
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 v2, chapter 6 (financial management), segment FT1: FT1-7 and FT1-25. Which of the two is billed is a matter of the receiving system.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import SetValue
from superbill.charges.model import Part, Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E222", name="procedure-field", severity="information", scope="problem", kinds=("hl7-code-field",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """FT1-7 against FT1-25."""
    kind, seven, *other = problem.data
    if kind == "differ":
        yield say(
            problem.part,
            f"FT1-7 says {seven} and FT1-25 says {other[0]}. Systems that know both bill FT1-25; make the two agree.",
            severity="warning",
        )
        return
    yield say(
        problem.part,
        f"{seven} stands in FT1-7, the field of the hospital's own item numbers, and FT1-25 is empty. Systems that bill FT1-25 "
        "see no procedure here; write it there too.",
        fixes=[Fix("Copy the code to FT1-25", (SetValue(Part("procedure"), seven),))],
    )
