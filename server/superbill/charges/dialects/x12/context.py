"""What the segments before a claim say of it: separators, transaction, subscriber, patient, payer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from superbill.charges.dialects.x12.segments import Delimiters, Segment


class Context(NamedTuple):
    """The state between two records. It is small, and says nothing of what has ended, so that it soon repeats."""

    #: None before the first ISA.
    delimiters: Delimiters | None = None
    #: ST01, and whether the implementation guide named by GS08 or ST03 is the institutional one.
    transaction: str = ""
    institutional: bool = False
    purpose: str = ""  # BHT06: CH charged, RP reported
    level: str = ""  # HL03: 20 billing provider, 22 subscriber, 23 patient
    biller: str = ""
    filing: str = ""  # SBR09, claim filing indicator
    order: str = ""  # SBR01: P, S, T
    payer: str = ""  # NM103 of the payer
    payer_id: str = ""
    subscriber: str = ""
    patient: str = ""
    birth: str = ""  # DMG02 of the patient, or of the subscriber who is the patient

    @property
    def claims(self) -> bool:
        """Whether claims may follow here."""
        return self.transaction in ("837", "")

    @property
    def person(self) -> str:
        """Who is treated, for telling patients apart; "" when the file does not say."""
        return self.patient or self.subscriber

    def after(self, segments: Iterable[Segment]) -> Context:
        """The context behind segments that are no part of a claim. Made once for all of them: a file has many."""
        context = self
        told: dict[str, str] = {}
        for segment in segments:
            name = segment.id
            if name in _OF_A_LEVEL:
                _OF_A_LEVEL[name](context, told, segment)
            elif name in _OF_A_TRANSACTION:
                context = context._replace(**told) if told else context  # type: ignore[arg-type]
                told = {}
                context = context._transaction(segment)
        return context._replace(**told) if told else context  # type: ignore[arg-type]

    def _transaction(self, segment: Segment) -> Context:
        name = segment.id
        if name == "GS":
            return self._replace(institutional=_institutional(segment.value(8)))
        if name == "ST":
            guide = segment.value(3)
            return Context(self.delimiters, segment.value(1), _institutional(guide) if guide else self.institutional)
        if name == "BHT":
            return self._replace(purpose=segment.value(6).upper())
        return Context(self.delimiters, "", self.institutional if name == "SE" else False)


_OF_A_TRANSACTION = frozenset({"GS", "ST", "BHT", "SE", "GE", "IEA"})
_CLEARED = ("filing", "order", "payer", "payer_id", "subscriber", "patient", "birth")


def _level(context: Context, told: dict[str, str], segment: Segment) -> None:
    level = segment.value(3)
    told["level"] = level
    for name in ("patient", "birth") if level == "23" else _CLEARED:
        told[name] = ""
    if level == "20":
        told["biller"] = ""


def _coverage(context: Context, told: dict[str, str], segment: Segment) -> None:
    told["order"], told["filing"] = segment.value(1), segment.value(9).upper()


def _named(context: Context, told: dict[str, str], segment: Segment) -> None:
    who = segment.value(1)
    if who == "PR":
        told["payer"], told["payer_id"] = segment.value(3), segment.value(9)
    elif who in ("85", "IL", "QC"):
        name = " ".join([part for part in (segment.value(3), segment.value(4), segment.value(5)) if part])
        if who == "QC":
            told["patient"] = f"{told.get('subscriber', context.subscriber)} {name}"
        else:
            told["biller" if who == "85" else "subscriber"] = segment.value(9) or name


def _birth(context: Context, told: dict[str, str], segment: Segment) -> None:
    day, level = segment.value(2), told.get("level", context.level)
    if day and level in ("22", "23"):
        name = "patient" if level == "23" else "subscriber"
        told[name] = f"{told.get(name, getattr(context, name))} {day}"
        told["birth"] = day


_OF_A_LEVEL: Mapping[str, Callable[[Context, dict[str, str], Segment], None]] = {
    "HL": _level, "SBR": _coverage, "NM1": _named, "DMG": _birth,
}  # fmt: skip


def _institutional(guide: str) -> bool:
    """Whether a guide is the institutional one: X096 in 4010, X223 in 5010."""
    return "X223" in guide or "X096" in guide
