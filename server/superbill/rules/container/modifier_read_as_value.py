"""A modifier that YAML reads as true, false or another number.

## What it does
Speaks when a modifier stands without quotes and is one of YAML's words for true and false, or a number that is written in
another form.

## Why it matters
Whatever reads the sheet next gets false for NO, or 25.0 for a 25, and the line loses its modifier.

## Example
```yaml
lines:
  - cpt: 76380
    mods: [26, NO]
               ^^ E241
    dos: 2025-10-15
    units: 1
    pos: 22
```

## Instead
```yaml
lines:
  - cpt: 76380
    mods: [26]
    dos: 2025-10-15
    units: 1
    pos: 22
```

## Source
YAML 1.1, resolution of booleans; the words are y, n, yes, no, on, off, true and false.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E241", name="modifier-read-as-value", severity="warning", scope="problem", kinds=("sheet-modifier",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A modifier without quotes that YAML makes something else of."""
    text, kind = problem.data
    whole = text.partition(".")[0] if text.endswith(".0") else text
    yield say(
        problem.part,
        f"YAML reads {text} as {kind}, and not as a modifier. Put it in quotes, if it is what was meant.",
        fixes=[write(problem.part, f'"{whole.upper()}"', f'Write "{whole.upper()}"', preferred=False)],
    )
