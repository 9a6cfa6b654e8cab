"""Two codes that are never paid together on one day.

## What it does
Speaks when a claim has both codes of a pair whose modifier indicator is 0: the code in column 1 is paid, the one in column
2 is not, whatever modifiers the lines carry. Both lines must be of one day and may be of one provider. Surgeon and
assistant, and surgeon and the person who gave the anesthesia, are taken for two.

## Why it matters
The column 2 code is denied, no modifier lifts that, and the patient may not be billed for it. If the work on the column 1
code was truly beyond the usual, 22 on that code is the way the manual names.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,29881,RT,1,24
P1,2025-10-15,29877,59 RT,1,24
              ^^^^^ L1002
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,29881,RT,1,24
```

## Source
NCCI procedure-to-procedure edits, as imported; NCCI Policy Manual 2026 chapter I, pages 14 and 15. A pair holds for the
days that the table gives it. That a pair is not in the table does not mean that both are paid.

## Payers
An error for Medicare where the table covers the day. A warning for other payers, which borrow the edits or keep their
own. Needs the table: `superbill catalog import` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PTP
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._pairs import by_line


@rule(
    id="L1002",
    lines=2,
    name="pair-never-together",
    severity="error",
    scope="claim",
    needs="ptp-",
    editions=(PTP,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Both codes of a pair of indicator 0."""
    for one, related, more in by_line(claim, know, "L1002"):
        pair = one.pair
        vain = f", {' and '.join(one.modifiers)} included" if one.modifiers else ""
        yield say(
            Part("code"),
            f"{pair.second} with {pair.first} on one day: for Medicare {pair.first} takes it in{more}, and no modifier parts "
            f"them{vain} (indicator 0). Remove {pair.second}.",
            line=one.at,
            related=related,
            fixes=[remove_line(f"Remove the {pair.second} line")],
            severity=None if know.profile.medicare else "warning",
            payer=True,
        )
