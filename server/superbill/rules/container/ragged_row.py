"""A row with more or fewer fields than the heading.

## What it does
Speaks when a row of a file with a heading has another number of fields than the heading. Blank rows are
passed over, and so are empty fields past the last column. The same of a row in a Markdown table that lists
charges (codes with modifiers or units).

## Why it matters
From the point where a separator is missing or one too many, every value stands in the wrong column: units
become places, places become charges.

## Example
```csv
dos,cpt,mod,units,pos,comment
2025-10-15,76380,26,1,22,limited study, follow-up
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E250
```

```md
# Charges

| CPT | Mod | Units |
|---|---|---|
| 76380 | 26 | | 1 |
^^^^^^^^^^^^^^^^^^^^ E250
```

## Instead
```csv
dos,cpt,mod,units,pos,comment
2025-10-15,76380,26,1,22,"limited study, follow-up"
```

```md
# Charges

| CPT | Mod | Units |
|---|---|---|
| 76380 | 26 | 1 |
```

## Source
RFC 4180: each line should contain the same number of fields throughout the file.
GitHub Flavored Markdown, tables: cells beyond those of the heading are left out.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E250", name="ragged-row", severity="warning", scope="problem", kinds=("ragged-row", "note-ragged-row"))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """More or fewer fields than the heading."""
    found, expected = (int(number) for number in problem.data)
    if problem.kind == "note-ragged-row":
        many = "What is too much is not shown: write \\\\| for a bar that belongs to a value."
        why = (
            many
            if found > expected
            else "A bar is missing, or the row was cut off: values may stand in the wrong column."
        )
    elif found > expected:
        why = "A separator too many moves the values behind it: put quotes around a value that holds one."
    else:
        why = "A separator is missing, or the row was cut off: values may stand in the wrong column."
    yield say(problem.part, f"This row has {found} field{'s' * (found != 1)} and the heading has {expected}. {why}")
