"""What a rule may ask: the catalog, the payer profile and today's date, through questions in the field's own words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from superbill.catalog.store import HOSPITAL, PTP, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from superbill.catalog.model import (
        AddOn,
        CodeSet,
        Edition,
        FeeRow,
        HcpcsCode,
        Modifier,
        Place,
        Procedure,
        Profile,
        UnitLimit,
    )
    from superbill.catalog.own.model import TeamCode
    from superbill.catalog.pairs import PairTable
    from superbill.catalog.store import Catalog
    from superbill.charges.model import ServiceLine

_S = TypeVar("_S")
_T = TypeVar("_T")

#: Global days that mark a code as a procedure with a package around it.
PACKAGED = frozenset({"000", "010", "090"})

#: How many answers about code sets are kept, some 10 MB at most.
_KEPT = 50_000


def table_for(kind: str, line: ServiceLine) -> str:
    """The kind of table that holds for a line: the hospital's, on a facility claim, where there are two."""
    return HOSPITAL.get(kind, kind) if line.setting == "facility" else kind


class Knowledge:
    """The catalog and one payer profile, on one day."""

    def __init__(self, catalog: Catalog, profile: Profile, today: date) -> None:
        self.catalog = catalog
        self.profile = profile
        self.today = today
        self._in_any: dict[tuple[str, tuple[str, ...]], bool] = {}
        self._subject: object = None
        self._done: dict[object, object] = {}

    def once(self, subject: _S, work: Callable[[_S, Knowledge], _T]) -> _T:
        """What `work` makes of a claim, worked out once while one rule after the other asks about the same claim."""
        if self._subject is not subject:
            self._subject = subject
            self._done = {}
        if work not in self._done:
            self._done[work] = work(subject, self)
        return self._done[work]  # type: ignore[return-value]

    # -- codes --------------------------------------------------------------------------------------------------

    def procedure(self, code: str) -> Procedure | None:
        """The catalog's entry of a code."""
        return self.catalog.procedure(code)

    def row(self, line: ServiceLine) -> FeeRow | None:
        """The fee schedule row of what a line bills: the row of its component when there is one, else the plain row.

        None when no row is loaded: then nothing is known, and a rule stays silent.
        """
        rows = self.catalog.fees(line.code, line.since)
        return rows.get(line.component) or rows.get("") or next(iter(rows.values()), None)

    # What follows is asked for a day of service, which picks the edition of the table; without one it is the latest.

    def plain_row(self, code: str, on: date | None = None) -> FeeRow | None:
        """The fee schedule row of a code as a whole."""
        return self.catalog.fees(code, on).get("")

    def rows_ever(self, code: str) -> list[FeeRow]:
        """The fee schedule rows of a code, all components, by whatever edition."""
        return self.catalog.rows_ever(code)

    def limits_ever(self, code: str) -> list[UnitLimit]:
        """The unit limits of a code, by whatever edition, for practitioners and hospitals."""
        return self.catalog.limits_ever(code)

    def last_fee_edition(self, code: str, before: Edition) -> Edition | None:
        """The last whole fee schedule older than `before` that has a row of a code; None when there is none."""
        return self.catalog.last_fee_edition(code, before)

    def component_row(self, code: str, component: str, on: date | None = None) -> FeeRow | None:
        """The fee schedule row of one component ("26", "TC"), if the file has one."""
        return self.catalog.fees(code, on).get(component)

    def unit_limit(self, code: str, on: date | None = None) -> UnitLimit | None:
        """The unit limit (MUE, practitioner) of a code."""
        return self.catalog.unit_limit(code, on)

    def limit(self, line: ServiceLine) -> UnitLimit | None:
        """The unit limit that holds for a line: on a facility claim the hospital's, None when that is not imported."""
        return self.catalog.unit_limit(line.code, line.since, table_for(UNITS, line))

    def addon(self, code: str, on: date | None = None) -> AddOn | None:
        """What a code is an add-on to, by the add-on table; None when it is not there."""
        return self.catalog.addon(code, on)

    def pairs(self, line: ServiceLine) -> PairTable | None:
        """The code pairs (PTP) that hold for a line, by its day and kind of claim; None when no table is imported."""
        return self.catalog.pairs(line.since, table_for(PTP, line))

    def is_addon(self, code: str, on: date | None = None) -> bool:
        """Whether a code is an add-on: in the add-on table, in the list `addons`, or with global days ZZZ."""
        row = self.plain_row(code, on)
        return (row is not None and row.global_days == "ZZZ") or self.in_any(code, "addons", "addons-ended")

    def hcpcs(self, code: str, on: date | None = None) -> HcpcsCode | None:
        """The dates of a HCPCS Level II code."""
        return self.catalog.hcpcs(code, on)

    def own_code(self, line: ServiceLine) -> TeamCode | None:
        """What the workspace's own catalog says of a line's code, whose shape may be any."""
        codes = self.catalog.team.codes
        return codes.get(line.code or (line.written.code or "").strip().upper()) if codes else None

    def family(self, code: str) -> tuple[str, ...]:
        """The names of a code's families, widest first."""
        return self.catalog.family(code)

    # -- modifiers and places -------------------------------------------------------------------------------------

    def modifier(self, code: str) -> Modifier | None:
        """The catalog's entry of a modifier."""
        return self.catalog.modifier(code)

    def place(self, code: str) -> Place | None:
        """The catalog's entry of a place of service."""
        return self.catalog.places.get(code)

    def facility(self, place: str) -> bool:
        """Whether the profile takes a place of service for one where the facility bills the technical part."""
        return place in self.profile.facility

    # -- kinds of codes -------------------------------------------------------------------------------------------

    def in_set(self, code: str, name: str) -> bool:
        """Whether a code is in one of the closed lists of `data/codesets.yaml`."""
        return self.in_any(code, name)

    def in_any(self, code: str, *names: str) -> bool:
        """Whether a code is in one of several closed lists. The answers are kept: rules and claims ask again and again."""
        known = self._in_any.get((code, names))
        if known is None:
            if len(self._in_any) > _KEPT:
                self._in_any.clear()
            known = self._in_any[code, names] = any(code in self._sets(name) for name in names)
        return known

    def is_visit(self, code: str) -> bool:
        """Whether a code is a visit (evaluation and management), by the list `visits`."""
        return self.in_set(code, "visits")

    def is_anesthesia(self, code: str) -> bool:
        """Whether a code is an anesthesia service: 00100-01999, exactly the codes of fee schedule status J."""
        return self.in_set(code, "anesthesia")

    def is_ambulance(self, code: str) -> bool:
        """Whether a code takes an ambulance origin and destination pair: A0425-A0436."""
        return self.in_set(code, "ambulance")

    def is_lab(self, code: str) -> bool:
        """Whether a code is a laboratory or pathology service, by its range."""
        return self.in_set(code, "laboratory")

    def is_procedure(self, code: str, on: date | None = None) -> bool:
        """Whether a code is certainly a procedure or test and no visit, by the fee schedule."""
        row = self.plain_row(code, on)
        return self.is_anesthesia(code) or (
            row is not None and (row.global_days in PACKAGED or row.pctc in ("1", "2", "3", "4", "6"))
        )

    def ambulance_pair(self, modifier: str) -> bool:
        """Whether two letters are an origin and a destination that ambulance lines may carry."""
        letters = self.ambulance_letters
        return (
            len(modifier) == 2
            and modifier[0] in letters
            and modifier[1] in letters
            and not letters[modifier[0]].startswith("to: ")
        )

    def is_trip(self, line: ServiceLine, modifier: str) -> bool:
        """Whether a modifier says where a trip began and ended. Some pairs are ordinary modifiers on other codes."""
        return self.ambulance_pair(modifier) and self.in_set(line.code, "transport")

    @cached_property
    def modifier_codes(self) -> frozenset[str]:
        """All that may be a modifier: those of the catalog, and the ambulance pairs."""
        letters = self.ambulance_letters
        pairs = {first + last for first in letters for last in letters}
        return frozenset(self.catalog.modifiers) | {pair for pair in pairs if self.ambulance_pair(pair)}

    @cached_property
    def ambulance_letters(self) -> dict[str, str]:
        """The origin and destination letters and what each stands for; "to: " before those that only end a trip."""
        return dict(self._sets("ambulance-letters").values)

    @cached_property
    def views(self) -> dict[str, tuple[str, int, int | None]]:
        """X-ray codes that differ by the number of views: the part of the body, the fewest and the most views."""
        found: dict[str, tuple[str, int, int | None]] = {}
        for code, value in self._sets("xray-views").values.items():
            part, _, counts = value.rpartition(" ")
            low, _, high = counts.partition("-")
            found[code] = (part, int(low), int(high) if high else None)
        return found

    @cached_property
    def contrast(self) -> dict[str, tuple[str, str, str]]:
        """CT and MR codes that come in three: each with the code for no contrast, for contrast, for both."""
        found: dict[str, tuple[str, str, str]] = {}
        for value in self._sets("contrast-studies").values.values():
            none, given, both = value.split()
            found.update(dict.fromkeys((none, given, both), (none, given, both)))
        return found

    def _sets(self, name: str) -> CodeSet:
        return self.catalog.codeset(name)

    # -- dates ------------------------------------------------------------------------------------------------

    def edition(self, id: str, on: date | None = None) -> Edition:
        """One edition by id, or the edition of a kind of table that speaks for a day; without a day the latest."""
        return self.catalog.edition(id, on)

    def edition_for(self, id: str, line: ServiceLine | None) -> Edition:
        """The edition that speaks for a line: of its day, and on a facility claim the hospital's table."""
        if line is None:
            return self.catalog.edition(id)
        return self.catalog.edition(table_for(id, line), line.since)

    def editions_of(self, kind: str) -> tuple[Edition, ...]:
        """All editions of a kind of table; none for what is no kind."""
        return self.catalog.editions_of(kind)

    def covers(self, id: str, line: ServiceLine) -> bool:
        """Whether a table speaks for a line's date of service; a line without one is taken as current."""
        return self.catalog.edition(id, line.since).covers(line.since)
