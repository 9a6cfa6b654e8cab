r"""A procedure code without the name of its code set.

## What it does
Speaks when the third component of FT1-25 (of FT1-7 when the code stands there) is empty or not a usual name of CPT or HCPCS.

## Why it matters
Receivers that look up codes by code set do not find it. C4 is the standard's name of CPT, HCPCS that of Level II.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^XYZ|26
                                                        ^^^ E225
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 table 0396, coding systems; which names a system takes is a matter of agreement.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E225", name="coding-system", severity="information", scope="problem", kinds=("hl7-coding-system",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """The third component of the field of the code."""
    where, value = problem.data
    what = f"{value} is no usual name of a code set" if value else "nothing names the code set"
    yield say(
        problem.part,
        f"In the third component of {where} {what}. Write C4 for CPT or HCPCS for Level II, as the receiver knows it.",
        fixes=[write(problem.part, name, preferred=False) for name in ("C4", "HCPCS")],
    )
