"""How a workspace's own rules judge lines and claims: each becomes one or several ordinary rules of the rule book.

One entry may say several things: what it says of a line and what it says of a claim are two rules with one id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules import fixes
from superbill.rules.base import Draft, Fix, Related, Rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.own import SOURCE, Codes, OwnRule, amount, documentation
from superbill.rules.units._count import per_day

#: Of several modifiers that would do, as many are offered; more make a list to scroll.
_OFFERED = 6
_CODE, _UNITS, _PLACE = Part("code"), Part("units"), Part("place")

_Check = Callable[[OwnRule, ServiceLine], Iterator[Draft]]


@lru_cache(maxsize=4096)
def rules_of(own: OwnRule) -> tuple[Rule, ...]:
    """The rules that an entry amounts to: at most one for each thing that it says is wrong."""
    made: list[Rule] = []

    def line(check: _Check, modifiers: tuple[str, ...] = own.modifiers, absence: bool = False) -> None:
        def run(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
            if meets(own, line, know):
                yield from check(own, line)

        # A code that a text merely cites is judged for what is written on it, not for being there.
        made.append(_rule(own, "line", run, modifiers, absence=absence, cited=bool(own.forbid_modifiers)))

    def claim(check: Callable[[OwnRule, Claim, Knowledge], Iterator[Draft]], lines: int) -> None:
        def run(claim: Claim, know: Knowledge) -> Iterator[Draft]:
            return check(own, claim, know)

        made.append(_rule(own, "claim", run, own.modifiers, lines=lines))

    if own.plain:
        line(_there)
    if own.forbid_modifiers:
        line(_forbidden, own.forbid_modifiers)
    if own.require_any or own.require_all:
        line(_required, absence=True)
    if own.allowed_places:
        line(_misplaced)
    if own.most is not None or own.least is not None:
        line(_counted)
    if own.most is not None and not own.per_line:
        claim(_counted_together, 2)
    if own.not_with:
        claim(_not_together, 2)
    if own.needs_with:
        claim(_alone, 1)
    return tuple(made)


def _rule(
    own: OwnRule,
    scope: str,
    run: Callable[..., Iterator[Draft]],
    modifiers: tuple[str, ...],
    *,
    absence: bool = False,
    cited: bool = False,
    lines: int = 1,
) -> Rule:
    return Rule(
        id=own.id,
        name=own.id,
        severity=own.severity,
        scope="claim" if scope == "claim" else "line",
        check=run,
        module=__name__,
        modifiers=modifiers,
        cited=cited,
        absence=absence,
        lines=lines,
        text=documentation(own),
        within=own.codes or None,
        source=SOURCE,
        link=own.link or own.address,
        of_payers=bool(own.payers),
    )


def meets(own: OwnRule, line: ServiceLine, know: Knowledge) -> bool:
    """Whether a rule looks at a line, what is wrong with it aside. A line without a date is taken as of today; one
    without a place is looked at only by rules that do not ask for one."""
    if not line.code or (own.codes and line.code not in own.codes):
        return False
    if own.modifiers and not line.has(*own.modifiers):
        return False
    if own.unless_modifiers and line.has(*own.unless_modifiers):
        return False
    if own.places and line.place not in own.places:
        return False
    if own.since or own.until:
        day = line.since or know.today
        return (own.since is None or day >= own.since) and (own.until is None or day <= own.until)
    return True


# -- what is said of a line ---------------------------------------------------------------------------------------


def _there(own: OwnRule, line: ServiceLine) -> Iterator[Draft]:
    part = next((line.slot(one) for one in own.modifiers if line.has(one)), _CODE)
    yield say(part, _message(own, line), fixes=_mends(own, line))


def _forbidden(own: OwnRule, line: ServiceLine) -> Iterator[Draft]:
    for modifier in own.forbid_modifiers:
        if line.has(modifier):
            usual = [fixes.remove(line, modifier, preferred=False)]
            yield say(line.slot(modifier), _message(own, line, modifier), fixes=_mends(own, line, usual))


def _required(own: OwnRule, line: ServiceLine) -> Iterator[Draft]:
    missing = [one for one in own.require_all if not line.has(one)]
    none = bool(own.require_any) and not line.has(*own.require_any)
    if missing or none:
        usual = [fixes.add(*missing)] if missing else [fixes.add(one) for one in own.require_any[:_OFFERED]]
        yield say(_CODE, _message(own, line), fixes=_mends(own, line, usual))


def _misplaced(own: OwnRule, line: ServiceLine) -> Iterator[Draft]:
    if line.place and line.place not in own.allowed_places:
        yield say(_PLACE, _message(own, line), fixes=_mends(own, line))


def _counted(own: OwnRule, line: ServiceLine) -> Iterator[Draft]:
    count = line.units if own.per_line else per_day(line)
    if count is None or count <= 0:
        return
    if own.most is not None and count > own.most:
        usual = [fixes.units(amount(own.most))] if line.units == count else []
    elif own.least is not None and count < own.least:
        usual = []
    else:
        return
    yield say(_UNITS, _message(own, line, detail=f"Here: {amount(count)}."), fixes=_mends(own, line, usual))


# -- what is said of a claim --------------------------------------------------------------------------------------


def _standing(claim: Claim) -> list[tuple[int, ServiceLine]]:
    """The lines of a claim by number, those that a credit takes back left out."""
    lines = list(enumerate(claim.lines))
    for credit in claim.credits:
        taken = next((entry for entry in lines if _same(entry[1], credit)), None)
        if taken is not None:
            lines.remove(taken)
    return lines


def _same(line: ServiceLine, credit: ServiceLine) -> bool:
    return (line.code, line.mods) == (credit.code, credit.mods) and (
        line.units is None or credit.units is None or abs(line.units) == abs(credit.units)
    )


def _counted_together(own: OwnRule, claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Several lines of one code that together have too many units; one line that has them alone is spoken of as such."""
    days: dict[str, list[tuple[int, ServiceLine, Decimal]]] = {}
    for number, line in _standing(claim):
        units = per_day(line)
        if units is not None and meets(own, line, know):
            days.setdefault(line.code, []).append((number, line, units))
    for counted in days.values():
        total = sum((units for _, _, units in counted), Decimal(0))
        if own.most is None or total <= own.most or any(units > own.most for _, _, units in counted):
            continue
        running = Decimal(0)
        for number, line, units in counted:
            running += units
            if running > own.most:
                others = [Related(other, _UNITS, "counted with it") for other, _, _ in counted if other != number]
                detail = f"Here: {amount(total)} on {len(counted)} lines."
                yield say(
                    _UNITS, _message(own, line, detail=detail), line=number, related=others, fixes=_mends(own, line)
                )
                break


def _not_together(own: OwnRule, claim: Claim, know: Knowledge) -> Iterator[Draft]:
    lines = _standing(claim)
    subjects = {number for number, line in lines if meets(own, line, know)}
    for number, line in lines:
        if number not in subjects:
            continue
        for other, beside in lines:
            if other == number or beside.code not in own.not_with or beside.has(*own.unless_modifiers):
                continue
            # Of two lines that each may not stand with the other the later one is spoken of.
            if other > number and other in subjects and line.code in own.not_with:
                continue
            yield say(
                _CODE,
                _message(own, line, detail=_beside(own, line, beside)),
                line=number,
                related=[Related(other, _CODE, f"{beside.code} of the same day")],
                fixes=_mends(own, line),
            )
            break


def _beside(own: OwnRule, line: ServiceLine, beside: ServiceLine) -> str:
    """Names the other code, where the rule could mean several or its message does not."""
    return "" if beside.code in own.message and beside.code != line.code else f"Beside it: {beside.code}."


def _alone(own: OwnRule, claim: Claim, know: Knowledge) -> Iterator[Draft]:
    lines = _standing(claim)
    for number, line in lines:
        if meets(own, line, know) and not _has_other(own.needs_with, lines, number):
            yield say(_CODE, _message(own, line), line=number, fixes=_mends(own, line))


def _has_other(codes: Codes, lines: Iterable[tuple[int, ServiceLine]], number: int) -> bool:
    return any(other != number and line.code in codes for other, line in lines)


# -- message and mends --------------------------------------------------------------------------------------------


def _message(own: OwnRule, line: ServiceLine, modifier: str = "", detail: str = "") -> str:
    """The team's words, with the code in front unless they name it, and a full stop behind."""
    text = own.message if own.message.endswith((".", "!", "?")) else f"{own.message}."
    if line.code not in text:
        text = f"{line.code}{f'-{modifier}' if modifier else ''}: {text}"
    return f"{text} {detail}" if detail else text


def _mends(own: OwnRule, line: ServiceLine, usual: Iterable[Fix] = ()) -> list[Fix]:
    """What the team offers, if it can be done on this line; without a word from it what follows from the rule itself."""
    fix = own.fix
    if fix is None:
        return list(usual)
    if fix.remove_modifiers:
        there = [one for one in fix.remove_modifiers if line.has(one)]
        return [fixes.remove(line, *there, preferred=fix.preferred)] if there else []
    if fix.add_modifiers:
        missing = [one for one in fix.add_modifiers if not line.has(one)]
        return [fixes.add(*missing)] if missing else []
    if fix.replace_modifiers:
        return [fixes.swap(line, old, new) for old, new in fix.replace_modifiers if line.has(old) and not line.has(new)]
    if fix.code:
        return (
            [fixes.write(_CODE, fix.code, f"Replace {line.code} with {fix.code}", False)]
            if fix.code != line.code
            else []
        )
    if fix.units is not None:
        return [fixes.units(amount(fix.units))] if line.units != fix.units else []
    return [fixes.remove_line()]


def asked_for(own: OwnRule, line: ServiceLine, know: Knowledge) -> tuple[str, ...]:
    """The modifiers that a rule wants on a line which lacks them."""
    if not (own.require_any or own.require_all) or not meets(own, line, know):
        return ()
    missing = [one for one in own.require_all if not line.has(one)]
    return (*missing, *(() if line.has(*own.require_any) else own.require_any))
