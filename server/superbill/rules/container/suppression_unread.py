"""A comment to ignore something that does not say which rule.

## What it does
Speaks when a comment `superbill: ignore` names no rule, or when its first word is neither `ignore` nor `ignore-file`. Such
a comment is not followed.

## Why it matters
Without a rule it would hide whatever is found there, also next year and about something else.

## Example
```csv
claim_id,patient,dos,cpt,mod,units,pos
# superbill: ignore
^^^^^^^^^^^^^^^^^^^ E256
A1,P1,2025-10-15,76380,26,1,22
```

```yaml
- cpt: 76380
  mods: [26]  # superbill: ignore-line K520
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E256
  dos: 2025-10-15
  pos: 22
```

## Instead
```csv
claim_id,patient,dos,cpt,mod,units,pos
# superbill: ignore K520
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

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E256", name="suppression-without-rule", severity="warning", scope="problem", kinds=("remark-unread",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A comment that is not followed."""
    words, verb = problem.data
    if verb:
        what = f"`{verb}` without a rule would hide everything found here, so it is not followed. Name the rule: {verb} K520."
    else:
        what = (
            f"`{words.split()[0][:40]}` is not known, so the comment is not followed. Write `ignore K520` for what stands "
            "beside or below it, or `ignore-file K520` for the whole file."
        )
    yield say(problem.part, what)
