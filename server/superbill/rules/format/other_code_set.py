r"""A code that is not from the code set that stands beside it.

## What it does
Speaks when the file names the code set of a procedure and the code is from another one: a Level II code under
the name of CPT, a CPT code under the name of Level II, or a CPT or HCPCS code in an 837 behind a qualifier of
some other set (ER, IV, WK). Names that people use for CPT and Level II alike, such as HCPCS in an HL7 message,
are left alone, and so are dental codes.

## Why it matters
The receiver looks the code up in the set that is named and does not find it.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^KETOROLAC|||1|||||||||||||||J1885^KETOROLAC^C4
                                                                      ^^ F112
```

In an 837, HC stands for CPT and HCPCS alike:

```x12
ST*837*0001*005010X222A1~
CLM*A1*120***11:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*WK:99213*120*UN*1***1~
    ^^ F112
DTP*472*D8*20251015~
SE*7*0001~
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^KETOROLAC|||1|||||||||||||||J1885^KETOROLAC^HCPCS
```

```x12
ST*837*0001*005010X222A1~
CLM*A1*120***11:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:99213*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

## Source
X12 005010X222A1, SV101-1; HL7 table 0396; HL7 Terminology, which registers one name for CPT and one for HCPCS Level II.

## Payers
Not a matter of payers. Some states have codes of their own for workers' compensation under ER; a code that CPT or
HCPCS has too may be one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._code_text import known_code
from superbill.rules.knowledge import Knowledge


@rule(
    id="F112",
    name="code-of-another-set",
    severity="warning",
    scope="problem",
    kinds=("x12-other-code-set", "hl7-other-code-set", "fhir-other-code-set"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A code under the name of a code set that does not hold it."""
    code, given, name, wanted = problem.data
    if problem.part.name == "qualifier" and not known_code(code, know):
        return
    yield say(
        problem.part,
        f"{code} is not from the code set that {given} names, so it is not found there. Write {name} "
        f"for this code{', which stands for CPT and HCPCS' if name == 'HC' else ''}, or correct the code.",
        fixes=[write(problem.part, wanted, preferred=False)],
    )
