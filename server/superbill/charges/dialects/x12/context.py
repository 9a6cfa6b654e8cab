"""What the segments before a claim say of it: separators, transaction, subscriber, patient, payer."""

from __future__ import annotations

from typing import NamedTuple

from superbill.charges.dialects.x12.segments import Delimiters, Segment

_TELLING = frozenset({"GS", "ST", "SE", "GE", "IEA", "BHT", "HL", "SBR", "NM1", "DMG"})


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

    def after(self, segment: Segment) -> Context:
        """The context behind a segment that is no part of a claim."""
        name = segment.id
        if name not in _TELLING:
            return self
        if name == "GS":
            return self._replace(institutional=_institutional(segment.value(8)))
        if name == "ST":
            guide = segment.value(3)
            return Context(self.delimiters, segment.value(1), _institutional(guide) if guide else self.institutional)
        if name in ("SE", "GE", "IEA"):
            return Context(self.delimiters, "", self.institutional if name == "SE" else False)
        if name == "BHT":
            return self._replace(purpose=segment.value(6).upper())
        if name == "HL":
            return self._level(segment.value(3))
        if name == "SBR":
            return self._replace(order=segment.value(1), filing=segment.value(9).upper())
        if name == "NM1":
            return self._named(segment)
        if name == "DMG" and self.level in ("22", "23") and segment.value(2):
            day = segment.value(2)
            if self.level == "23":
                return self._replace(patient=f"{self.patient} {day}", birth=day)
            return self._replace(subscriber=f"{self.subscriber} {day}", birth=day)
        return self

    def _level(self, level: str) -> Context:
        if level == "23":
            return self._replace(level=level, patient="", birth="")
        cleared = self._replace(
            level=level, filing="", order="", payer="", payer_id="", subscriber="", patient="", birth=""
        )
        return cleared._replace(biller="") if level == "20" else cleared

    def _named(self, segment: Segment) -> Context:
        who = segment.value(1)
        name = " ".join(part for part in (segment.value(3), segment.value(4), segment.value(5)) if part)
        number = segment.value(9)
        if who == "85":
            return self._replace(biller=number or name)
        if who == "IL":
            return self._replace(subscriber=number or name)
        if who == "QC":
            return self._replace(patient=f"{self.subscriber} {name}")
        if who == "PR":
            return self._replace(payer=segment.value(3), payer_id=number)
        return self


def _institutional(guide: str) -> bool:
    """Whether a guide is the institutional one: X096 in 4010, X223 in 5010."""
    return "X223" in guide or "X096" in guide
