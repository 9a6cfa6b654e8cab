"""A comment to ignore a rule that does not exist.

## What it does
Speaks when a comment `superbill: ignore` names something that is neither the id nor the name of a rule. The other rules
that it names are ignored as it says.

## Why it matters
A slip of the pen: what was to be ignored is still reported, or the comment is older than the rule it names.

## Example
```csv
claim_id,patient,dos,cpt,mod,units,pos
# superbill: ignore K5200
^^^^^^^^^^^^^^^^^^^^^^^^^ E257
A1,P1,2025-10-15,76380,26,1,22
```

```yaml
# superbill: ignore bilateral-not-posible
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E257
- cpt: 76380
  mods: [26]
  dos: 2025-10-15
  pos: 22
```

## Instead
```csv
claim_id,patient,dos,cpt,mod,units,pos
# superbill: ignore bilateral-not-possible
A1,P1,2025-10-15,76380,50,1,11
```

```yaml
# superbill: ignore bilateral-not-possible
- cpt: 76380
  mods: [50]
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
from difflib import get_close_matches

from superbill.charges.dialect import EditRemark
from superbill.charges.model import Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E257", name="suppression-of-unknown-rule", severity="warning", scope="problem", kinds=("remark-unknown-rule",)
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A name that no rule has."""
    from superbill.rules.book import all_rules

    (name,) = problem.data
    known = [one for found in all_rules().values() for one in (found.id, found.name)]
    near = get_close_matches(name, known, 1, 0.75)
    number = problem.part.index
    fixes = [Fix(f"Write {one}", (EditRemark(number, (name,), one),)) for one in near]
    fixes.append(Fix(f"Remove {name[:40]} from the comment", (EditRemark(number, (name,)),)))
    asked = f" Did you mean {near[0]}?" if near else " `superbill explain` lists the rules."
    yield say(problem.part, f"There is no rule {name[:40]}, so nothing is ignored by that name.{asked}", fixes=fixes)
