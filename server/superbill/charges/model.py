"""Service lines, mentions, claims and notes: the neutral shapes that rules see, whatever file they stand in.

A value is kept twice: as written (what format rules judge) and as understood (what everything else reads). Where a
value stands is not kept with it, so that two equal lines are equal objects and what was found for one holds for the
other; the dialect that read a record tells the span of each `Part`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from superbill.charges.remarks import Remark

PartName = Literal[
    "line", "code", "modifier", "units", "date", "date_to", "place", "charge", "diagnosis", "pointer", "claim",
    "patient", "provider", "payer", "setting", "note", "header", "text", "section", "basis", "qualifier", "number",
    "total", "form", "system", "procedure", "remark",
]  # fmt: skip

_NO_ENTRIES: Mapping[str, str] = {}


class Part(NamedTuple):
    """Names one value of a record: which field, which repetition (modifier slot), which item of the record."""

    name: PartName
    index: int = 0  # type: ignore[assignment]  # a part's number matters more than tuple.index
    item: int = 0


#: The whole of a record.
WHOLE = Part("line")


class Written(NamedTuple):
    """The fields of a service line as they stand in the file, quotes taken off, blanks left on.

    None says that the file has no such field, "" that the field is empty.
    """

    code: str | None = None
    modifiers: tuple[str, ...] = ()
    units: str | None = None
    date: str | None = None
    date_to: str | None = None
    place: str | None = None
    charge: str | None = None
    diagnoses: tuple[str, ...] = ()
    pointer: str | None = None


_NOTHING_WRITTEN = Written()
_PLAIN_MONEY = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
_PLAIN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}")

#: What a line is there for. `claim` is billed; `price` stands in a price file, charge master or other table that bills
#: nothing; `cited` is a code that a text speaks of; `credit` takes a charge back.
Purpose = Literal["claim", "price", "cited", "credit"]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One charged service as understood.

    `code` is "" when what is written has no code's shape. `modifiers` has one entry per slot, "" for a slot that is
    empty or malformed. `units`, `since`, `until` and `charge` are None when absent or unreadable. `setting` is
    "professional", "facility" or "" when the file does not say. `room` is the number of modifier slots the file has.
    `basis` says what the units count where a file says so: "MJ" minutes, "UN" units, "DA" days. `filing` is the kind of
    payer as an 837 codes it (claim filing indicator: "MB" for Medicare Part B, ...). `described` says whether the line
    carries a description or note of its own, None where the file has no place for one.
    """

    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None
    since: date | None = None
    until: date | None = None
    place: str = ""
    charge: Decimal | None = None
    diagnoses: tuple[str, ...] = ()
    setting: str = ""
    payer: str = ""
    provider: str = ""
    purpose: Purpose = "claim"
    room: int = 4
    basis: str = ""
    filing: str = ""
    described: bool | None = None
    written: Written = _NOTHING_WRITTEN
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        # Worked out once, and of few fields: equal lines agree in these.
        known = self._hash
        if not known:
            written = self.written
            known = hash((written.code, written.modifiers, written.date, written.charge, self.code))
            object.__setattr__(self, "_hash", known)
        return known

    @property
    def mods(self) -> tuple[str, ...]:
        """The modifiers that are there and well-shaped, in order."""
        return tuple([modifier for modifier in self.modifiers if modifier]) if self.modifiers else ()

    def has(self, *modifiers: str) -> bool:
        """Whether any of `modifiers` is on the line."""
        return bool(self.modifiers) and not frozenset(modifiers).isdisjoint(self.modifiers)

    def carrying(self, modifiers: tuple[str, ...]) -> ServiceLine:
        """This line with other modifiers; of what is written only they and the code are kept. Field by field, which
        takes a third of the time of `dataclasses.replace`: a completion tries every modifier there is."""
        return ServiceLine(
            self.code, modifiers, self.units, self.since, self.until, self.place, self.charge, self.diagnoses,
            self.setting, self.payer, self.provider, self.purpose, self.room, self.basis, self.filing, self.described,
            Written(self.code, modifiers),
        )  # fmt: skip

    def slot(self, modifier: str) -> Part:
        """The part where a modifier stands; its code when it is not on the line."""
        try:
            return Part("modifier", self.modifiers.index(modifier))
        except ValueError:
            return Part("code")

    @property
    def tidy(self) -> bool:
        """Whether every field is written as it is understood, so that no rule of form has anything to say."""
        written = self.written
        if self.code != written.code or not self.code or self.modifiers != written.modifiers:
            return False
        mods = self.modifiers
        if mods:
            there = self.mods
            # No gap before a later modifier, none twice, no more than a claim line has room for.
            if mods[: len(there)] != there or len(set(there)) != len(there) or len(there) > 4:
                return False
        return (
            (written.units is None or (written.units.isdecimal() and written.units != "0"))
            and (written.place is None or written.place == self.place)
            and (not written.charge or _PLAIN_MONEY.fullmatch(written.charge) is not None)
            and (not written.date or (self.since is not None and _PLAIN_DATE.fullmatch(written.date) is not None))
            and (not written.date_to or (self.until is not None and _PLAIN_DATE.fullmatch(written.date_to) is not None))
        )

    @property
    def component(self) -> str:
        """The component billed: "26", "TC", or "" for the code as a whole."""
        return "26" if "26" in self.modifiers else "TC" if "TC" in self.modifiers else ""


class Mention(NamedTuple):
    """A code cited in prose: the line it amounts to, and how it was cited.

    `place` is "sentence", "list", "table", "front matter" or "charges" (a fenced block). `billed` says that the text
    presents it as a charge of this note, not as something spoken about.
    """

    line: ServiceLine
    place: str
    billed: bool


class Problem(NamedTuple):
    """Something a dialect could not read as it should be. `kind` is a stable word; a rule turns it into a finding."""

    kind: str
    part: Part = WHOLE
    data: tuple[str, ...] = ()


class Statement(NamedTuple):
    """Something a note states, found in one record: a concept by name (see `superbill.charges.statements`).

    `section` is the kind of section it stands in ("" outside any), `negated` whether the sentence denies it, `value`
    what it amounts to where the concept has one (minutes, a side, a number of views).
    """

    concept: str
    section: str = ""
    negated: bool = False
    value: str = ""


class Claim(NamedTuple):
    """Service lines that belong together: one claim or one patient, one date of service, in document order.

    `credits` take charges back. A rule that speaks of one counts its `line` behind the lines of the claim.
    """

    lines: tuple[ServiceLine, ...]
    credits: tuple[ServiceLine, ...] = ()


class Patient(NamedTuple):
    """Service lines of one patient over all days, in document order: those that some rule over several days can mean."""

    lines: tuple[ServiceLine, ...]


class Note(NamedTuple):
    """One clinical note: the codes it bills, and what it states, counted over all its records."""

    lines: tuple[ServiceLine, ...]
    statements: Mapping[Statement, int]

    def states(self, concept: str, *sections: str) -> bool:
        """Whether the note states a concept, not negated; within the given sections when any are named."""
        return any(
            s.concept == concept and not s.negated and (not sections or s.section in sections) for s in self.statements
        )

    def denies(self, concept: str) -> bool:
        """Whether the note speaks of a concept only to deny it."""
        found = [s.negated for s in self.statements if s.concept == concept]
        return bool(found) and all(found)

    def values(self, concept: str) -> list[str]:
        """What a concept amounts to, wherever the note states it and does not deny it."""
        return [s.value for s in self.statements if s.concept == concept and not s.negated]

    def sections(self) -> frozenset[str]:
        """The kinds of section that the note has."""
        return frozenset(s.section for s in self.statements if s.concept == "section")


class Record:
    """One unit of reading: a row, a segment, a paragraph. What an edit re-reads.

    `text` is the exact source. `height` and `width` say how far it reaches: `height` line ends, then `width` columns
    (counted from the record's start when `height` is 0). `reach` is the number of lines that were looked at to read
    it, `state` what the dialect knew before it, `after` what it knows after it. `signature` holds all that rules may
    read of it, so that equal signatures mean equal findings. `group` names the claim or note it belongs to, `person` the
    patient where a group is but one of the patient's days. `remarks` are the comments for Superbill that speak of it.

    `block`, `content`, `extra`, `wider` and `shown` belong to the engine and to what writes its findings.
    """

    __slots__ = (
        "after", "block", "content", "extra", "group", "height", "person", "reach", "remarks", "shown", "signature", "state", "text",
        "wider", "width",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        height: int,
        width: int,
        state: object,
        after: object,
        signature: Hashable = None,
        group: Hashable = None,
        reach: int = 1,
    ) -> None:
        self.text = text
        self.height = height
        self.width = width
        self.state = state
        self.after = after
        self.signature = signature
        self.group = group
        self.person: Hashable = None
        self.reach = reach
        self.remarks: tuple[Remark, ...] = ()
        self.block: Any = None
        self.content: Any = None
        self.extra: tuple[Any, ...] = ()
        self.wider: tuple[Any, ...] = ()
        self.shown: Any = None


class Content(NamedTuple):
    """What a record holds, positions left out: what a dialect answers for a signature."""

    lines: tuple[ServiceLine, ...] = ()
    mentions: tuple[Mention, ...] = ()
    problems: tuple[Problem, ...] = ()
    fields: Mapping[str, str] = _NO_ENTRIES
