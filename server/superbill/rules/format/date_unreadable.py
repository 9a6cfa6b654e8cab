"""A date of service that is no date, or that can be read in more than one way.

## What it does
Speaks when a date field holds no real day, a year of two digits, day and month exchanged or in doubt, a
spreadsheet's day number, or a date written in a way that few systems read. A date with the year last is
read month first, as in the United States; that alone is not spoken of.

## Why it matters
The date decides which codes, modifiers and edits apply. A line without one that can be read is not checked
against them, and a claim with one is rejected.

## Example
```csv
dos,cpt,mod,units,pos
2025-02-30,76380,26,1,22
^^^^^^^^^^ F143
10/15/25,76380,26,1,22
^^^^^^^^ F143
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
ASC X12 837P: DTP with qualifier D8 is year, month and day in eight digits.

## Payers
The same for all payers. A full date in an unusual form is a warning, everything else an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._dates import BadDate, judge_date
from superbill.rules.format._text import bills, shown
from superbill.rules.knowledge import Knowledge

_WHY = {
    "century": "has no full year. Write all four digits of the year, as in {first}.",
    "order": "has day and month exchanged, or in doubt. Write {first} if that is meant, and look at the whole column.",
    "serial": "is a spreadsheet's number for a day, probably {first}. Export the column as dates.",
    "form": "is a date in a form that few systems read. Write {first}.",
    "two": "holds two dates, and the field takes one. Put the last day into its own column.",
    "impossible": "is not a day of the calendar. Write the date of service.",
    "none": "is not a date. Write the date of service as year, month and day.",
}


@rule(id="F143", name="unreadable-date", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """The first or the last date of service."""
    written = line.written
    if not (written.date or written.date_to) or not bills(line):
        return
    if written.date:
        flaw = judge_date(written.date)
        if flaw is not None:
            yield _say(Part("date"), written.date, flaw)
    if written.date_to:
        flaw = judge_date(written.date_to)
        if flaw is not None:
            yield _say(Part("date_to"), written.date_to, flaw)


def _say(part: Part, text: str, flaw: BadDate) -> Draft:
    first = flaw.choices[0] if flaw.choices else ""
    sure = len(flaw.choices) == 1 and flaw.kind in ("century", "form")
    return say(
        part,
        f"{shown(text)} {_WHY[flaw.kind].format(first=first)}",
        fixes=[write(part, choice, preferred=sure) for choice in flaw.choices],
        severity="warning" if flaw.kind == "form" else None,
    )
