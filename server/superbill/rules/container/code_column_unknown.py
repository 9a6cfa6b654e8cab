"""A charge file in which no column is known to hold the procedure code.

## What it does
Speaks once, on the heading of a table or the first entry of a YAML charge sheet, when the headings or keys are those
of a charge file (a modifier and at least three of units, date, place, claim, patient, diagnosis) and none of them is a
known name for the procedure code, or the column of that name holds nothing like a code. An editor offers, for each
column of a table that looks as if it held codes, to name it in `superbill.yaml`, for the files of this ending in the
folder.

## Why it matters
Without the code nothing of the file can be checked, and silence would look like a clean file.

## Example
```csv
patient,dos,what_was_done,mod,units,pos
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E251
P1,2025-10-15,76380,26,1,22
```

```yaml
- {patient: P1, dos: 2025-10-15, what_was_done: 76380, mod: 26, units: 1, pos: 22}
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E251
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76380,26,1,22
```

```yaml
- {patient: P1, dos: 2025-10-15, cpt: 76380, mod: 26, units: 1, pos: 22}
```

## Source
Common heading names of charge files.

## Payers
No payer has a say in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import NameColumn
from superbill.charges.model import Part, Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E251",
    name="code-column-unknown",
    severity="information",
    scope="problem",
    kinds=("no-code-column", "sheet-no-code"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """The headings, or keys, of a charge file without one for the code."""
    if problem.kind == "sheet-no-code":
        last, *names = problem.data
        likely = f"It may be {' or '.join(names)}. " if names else ""
        yield say(
            problem.part,
            f"No key here is known to name the procedure code, so no line without one was checked. {likely}Call it cpt, hcpcs "
            "or procedure_code.",
            end=Part("header", int(last)),
        )
        return
    likely = f"It may be {' or '.join(problem.data)}. " if problem.data else ""
    yield say(
        problem.part,
        f"No heading here is known to name the procedure code, so nothing in this file was checked. {likely}Call that "
        "column cpt, hcpcs or procedure_code, or name it under `columns` in superbill.yaml.",
        fixes=[Fix(f"Column '{name}' holds the procedure code", (NameColumn(name, "code"),)) for name in problem.data],
    )
