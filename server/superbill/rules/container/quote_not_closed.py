"""A quotation mark that opens a field and is never closed.

## What it does
Speaks when a field of a table begins with a quotation mark and no closing one follows within reach. The row is
then read to the end of its line, as if the mark were an ordinary character. In FHIR and in charge sheets, when a
value in quotes has no end.

## Why it matters
A program that follows the rule to the letter takes the rest of the file for one field, and all charges
below are lost. JSON and YAML are refused as a whole.

## Example
```csv
dos,cpt,mod,units,pos,comment
2025-10-15,76380,26,1,22,"limited study
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E253
```

```yaml
- cpt: 76380
  mods: [26]
  dos: 2025-10-15
  pos: 22
  note: "limited study
        ^^^^^^^^^^^^^^ E253
```

## Instead
```csv
dos,cpt,mod,units,pos,comment
2025-10-15,76380,26,1,22,"limited study"
```

```yaml
- cpt: 76380
  mods: [26]
  dos: 2025-10-15
  pos: 22
  note: "limited study"
```

## Source
RFC 4180: fields that hold separators, line ends or quotes stand between double quotes.
RFC 8259 (JSON): a string begins and ends with a quotation mark. YAML 1.2, flow scalars.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E253",
    name="quote-not-closed",
    severity="warning",
    scope="problem",
    kinds=("unclosed-quote", "fhir-unclosed-quote", "sheet-unclosed-quote"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A quoted field without its end."""
    if problem.kind != "unclosed-quote":
        yield say(
            problem.part,
            "A quotation mark opens a value here and none closes it, so it was read to the end of its line; other programs "
            "refuse the file. Close the quotation, or take the mark out.",
        )
        return
    yield say(
        problem.part,
        "A quotation mark opens a field here and none closes it, so this row was read to the end of its "
        "line; other programs may swallow the rows below. Close the quotation, or take the mark out.",
    )
