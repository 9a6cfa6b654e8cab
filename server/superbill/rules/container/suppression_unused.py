"""A comment that ignores a rule which finds nothing there.

## What it does
Speaks when a comment `superbill: ignore` names a rule that has nothing to say of what the comment stands beside or above,
or, with `ignore-file`, of the whole file. Rules that are switched off are passed over.

## Why it matters
What the comment accepted is gone, and the comment stays: it would hide the next such finding, about which nobody has
thought.

## Example
```csv
claim_id,patient,dos,cpt,mod,units,pos
# superbill: ignore K520 -- agreed with the payer in March
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E255
A1,P1,2025-10-15,76380,26,1,22
```

```yaml
- cpt: 76380
  mods: [26]  # superbill: ignore K520
              ^^^^^^^^^^^^^^^^^^^^^^^^ E255
  dos: 2025-10-15
  pos: 22
```

## Instead
```csv
claim_id,patient,dos,cpt,mod,units,pos
# superbill: ignore K520 -- agreed with the payer in March
A1,P1,2025-10-15,76380,50,1,11
```

```yaml
- cpt: 76380
  mods: [50]  # superbill: ignore K520
  dos: 2025-10-15
  pos: 11
```

## Source
Superbill's own comments, see docs/settings.md.

## Payers
No payer has a say in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import EditRemark
from superbill.charges.model import Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E255", name="suppression-unused", severity="information", scope="problem", kinds=("remark-unused",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A comment with nothing to ignore."""
    names = problem.data
    one = len(names) == 1
    yield say(
        problem.part,
        f"{_listed(names)} {'has' if one else 'have'} nothing to say here, so the comment hides nothing now and might hide "
        f"a new finding later. Remove {'it' if one else 'them'}.",
        fixes=[Fix(f"Remove `ignore {', '.join(names)}`", (EditRemark(problem.part.index, names),), preferred=True)],
        unneeded=True,
    )


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
