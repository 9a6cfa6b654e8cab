"""Diagnoses marked as ICD-9 on services after ICD-10 began.

## What it does
Speaks when HI has the qualifiers BK or BF (ICD-9) and all services of the claim are of 2015-10-01 or later.

## Why it matters
The qualifier names the code set. ICD-9 ended with services of 2015-09-30, so the claim is rejected.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*BK:K5720~
   ^^ E213
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
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

## Source
ICD-10 applies to services from 2015-10-01 (CMS). X12 005010X222A1 (professional) and 005010X223A2 (institutional), HI01-1: ABK and ABF for ICD-10, BK and BF for ICD-9.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import SetValue
from superbill.charges.model import Part, Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E213", name="icd9-after-icd10", severity="error", scope="problem", kinds=("x12-icd9",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """An ICD-9 qualifier on a claim of 2015-10-01 or later."""
    value, wanted, shaped, _ = problem.data
    codes = "the codes look like ICD-10, so correct the qualifier" if shaped else "use ICD-10 codes with ABK and ABF"
    fixes = [Fix(f"Write {wanted}", (SetValue(Part("system", problem.part.index), wanted),))] if shaped else []
    yield say(
        problem.part,
        f"{value} marks an ICD-9 diagnosis, and these services are of the time of ICD-10; {codes}.",
        fixes=fixes,
    )
