"""A code that YAML reads as another number.

## What it does
Speaks when a code stands without quotes and begins with a zero, or has an E between digits. It is checked as written.

## Why it matters
YAML makes a number of it: 00142 becomes 142 or 98, 1E5 becomes 100000. Whatever reads the sheet next bills another code.

## Example
```yaml
lines:
  - cpt: 00142
         ^^^^^ E240
    mods: [AA]
    dos: 2025-10-15
    units: 45
    pos: 24
```

## Instead
```yaml
lines:
  - cpt: "00142"
    mods: [AA]
    dos: 2025-10-15
    units: 45
    pos: 24
```

## Source
YAML 1.1 and 1.2, resolution of integers and floats.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E240", name="code-read-as-number", severity="error", scope="problem", kinds=("sheet-number",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A code without quotes that no YAML reader leaves as it is."""
    code = problem.data[0]
    yield say(
        problem.part,
        f"YAML reads {code} as a number and not as it is written, so the next program bills another code. Put it in quotes.",
        fixes=[write(problem.part, f'"{code}"', f'Write "{code}"')],
    )
