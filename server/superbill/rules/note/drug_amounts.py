"""A drug or its waste is billed, and the note does not say how much; or it contradicts JW or JZ.

## What it does
With JW: speaks when no sentence gives an amount that was discarded ("15 mg discarded", "waste: 0.5 mL"), or when the
note says that nothing was ("nothing discarded", "waste: 0 mg"). With JZ: speaks when the note gives a discarded amount.
With a drug charged by amount (J0110-J3489, J9000-J9999): information when the note holds no dose at all, no figure with
mg, mcg, mL, units, g and no whole vial, or no way in which it was given (IM, IV, SC, injected, infused, into the ..., by
mouth, port, arm ...). The lot number is left to the record of the drug.

## Why it matters
JW is paid by the amount thrown away, JZ says there was none, and units of a drug are counted from the dose. All three
are checked against the note.

## Example
```md
# Infusion
HCPCS: J0897-JW
             ^^ N1350

## Procedure
60 mg denosumab was given under the skin of the right arm. The patient tolerated it well.
```
```txt
PROCEDURE: 60 mg denosumab was given under the skin of the right arm. 15 mg was discarded.
HCPCS: J0897-JZ
             ^^ N1350
```

## Instead
```md
# Infusion
HCPCS: J0897-JW

## Procedure
45 mg denosumab was given under the skin of the right arm from a vial of 60 mg; 15 mg was discarded. The patient
tolerated it well.
```

## Source
Contractors' instructions on discarded drugs.

## Payers
JW and JZ are Medicare's; several other payers ask for them too.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, carriers, is_draft, placeholder, states_any

#: Charged as a whole, whatever the dose.
_UNCLASSIFIED = ("J3490", "J3590", "J9999")


@rule(id="N1350", name="drug-amount-not-stated", severity="warning", scope="note", codes=("drugs-by-amount",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A drug whose dose, or whose waste, the text does not bear out."""
    if not is_draft(note):
        return
    amount = note.states("discard-amount")
    drugs = {line.code for line in note.lines if line.code[:1].isalpha()}
    for number, line, modifier in carriers(note, "JW", "JZ"):
        if modifier == "JZ":
            if amount and len(drugs) == 1:
                yield say(
                    line.slot("JZ"),
                    f"{line.code}-JZ says that nothing was discarded, and the note gives a discarded amount. Bill it on "
                    "a line of its own with JW, or correct the text.",
                    line=number,
                )
            continue
        if amount:
            continue
        none = note.states("nothing-discarded") or note.denies("drug-discarded")
        yield say(
            line.slot("JW"),
            f"{line.code}-JW bills discarded drug, and the note "
            + (
                "states that none was discarded. Correct the modifier, or the text."
                if none
                else "does not state the amount. Add it."
            ),
            line=number,
            fixes=[swap(line, "JW", "JZ")]
            if none
            else [
                placeholder("the discarded amount", "Nurse or physician to state: amount given and amount discarded")
            ],
        )
        return
    dose, route = states_any(note, "dose", "discard-amount"), note.states("drug-route")
    if dose and route:
        return
    if dose:
        what = "does not state how the drug was given. Add the route."
    elif route:
        what = "does not state the dose that was given. Add it; the units are counted from it."
    else:
        what = "states neither the dose nor how it was given. Add both; the units are counted from the dose."
    for number, line in billed(note, *(line.code for line in note.lines if know.in_set(line.code, "injected-drugs"))):
        if line.code not in _UNCLASSIFIED:
            yield say(
                Part("code"),
                f"{line.code}: the note {what}",
                line=number,
                severity="information",
                fixes=[placeholder("the dose", "Nurse or physician to state: drug, dose and route")],
            )
            return
