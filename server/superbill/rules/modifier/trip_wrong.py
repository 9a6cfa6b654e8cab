"""An ambulance trip that cannot be, or a trip on a line that is no ambulance line.

## What it does
Speaks on an ambulance code when two letters that are no modifier otherwise begin with X (which can only end a
trip), or hold a letter that stands for no place. On other codes it speaks when two letters make an ambulance
trip and nothing else. The 46 pairs that are ordinary modifiers too are never questioned, nor are other
transport codes, nor destinations of the years 2021 to 2023, when a Medicare trial had further letters.

## Why it matters
The contractor returns a line whose trip it cannot read. On any other line the letters mean nothing; often RT
or LT was meant.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,A0427,XH,1,41
                 ^^ M405
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,A0427,SH,1,41
2025-10-15,A0427,HX,1,41
```

## Source
Medicare contractor instructions on ambulance claims; CMS HCPCS file for the pairs that are modifiers as well.

## Payers
An error for Medicare, a warning for other payers; on a code that is no transport a warning for everybody,
because some payers take such letters on other services of an ambulance crew.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.modifier._known import meant_as_trip, wrong_trip
from superbill.rules.modifier._near import near


@rule(id="M405", name="ambulance-trip-wrong", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A pair that cannot be a trip on an ambulance code, or a trip on a code that is no transport."""
    if not line.code:
        return
    for slot, modifier in enumerate(line.modifiers):
        if not modifier or not meant_as_trip(line, modifier, know):
            continue
        part = Part("modifier", slot)
        if know.is_ambulance(line.code):
            why = wrong_trip(line, modifier, know)
            if why:
                yield say(
                    part,
                    f"{line.code}-{modifier}: {why}, so the trip cannot be read. Write where it began, then "
                    "where it ended.",
                    severity=None if know.profile.medicare else "warning",
                    payer=True,
                )
        elif not know.in_set(line.code, "transport"):
            yield say(
                part,
                f"{line.code}-{modifier}: the letters are an ambulance trip, and {line.code} is no "
                "transport. Check what was meant.",
                fixes=[
                    write(part, other, f"Replace {modifier} with {other}", preferred=False)
                    for other in near(modifier, line.since or know.today, know)
                ],
                severity="warning",
            )
