"""The shapes of what the catalog knows. Plain frozen data; no behaviour beyond reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from superbill.catalog.shapes import in_ranges

_NO_ENTRIES: Mapping[str, str] = {}


class Edition(NamedTuple):
    """One published edition of one table, and the dates of service that it speaks for (both inclusive).

    `kind` is that of an imported table; `whole` says that what the table does not name is not in it, since all of it is
    loaded.
    """

    id: str
    name: str
    title: str
    since: date | None = None
    until: date | None = None
    kind: str = ""
    whole: bool = False

    def covers(self, on: date | None) -> bool:
        """Whether this edition speaks for a date of service. An unknown date is taken as a current one."""
        if on is None:
            return True
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class FeeRow(NamedTuple):
    """One row of Medicare's physician fee schedule: the indicators of a code *and component*.

    `component` is `""` (the code as it stands), `"26"`, `"TC"` or `"53"`. All values are text as CMS writes them
    (`"010"`, `"09"`); what each means is told by `superbill.catalog.indicators`.
    Source: CMS PFS relative value file, record layout and Attachment A.
    """

    component: str
    status: str
    pctc: str
    global_days: str
    multiple: str
    bilateral: str
    assistant: str
    cosurgeon: str
    team: str
    endoscopic_base: str
    supervision: str
    imaging_family: str
    nonfacility_na: bool
    facility_na: bool


class UnitLimit(NamedTuple):
    """A medically unlikely edit: the most units on nearly all correct claims, and how it is applied.

    `indicator` 1 tests each line, 2 the day (by policy), 3 the day (by clinical benchmark). A value of 0 means that
    the code is not payable in this setting, not that there is no limit. Source: NCCI MUE, practitioner.
    """

    value: int
    indicator: str


class AddOn(NamedTuple):
    """What an add-on code is added to. Source: NCCI add-on code edits.

    Of type 1 the `primaries` are all there are. Of type 3 they are some, and a contractor may take others; of type 2 none
    are listed, and each contractor names its own.
    """

    type: str
    primaries: tuple[str, ...] = ()


class CodePair(NamedTuple):
    """Two codes that are not both paid on one day: of the two, `first` is. Source: NCCI procedure-to-procedure edits.

    With `indicator` 0 no modifier parts them; with 1 an associated modifier may. `since` is None where the first day is
    not known, `until` where the pair is in force.
    """

    first: str
    second: str
    indicator: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The AMA's descriptors of a code, as a licence holder has imported them; "" for a form that was not. `notice` is to
    stand wherever one of them is shown."""

    long: str = ""
    medium: str = ""
    short: str = ""
    consumer: str = ""
    notice: str = ""

    @property
    def brief(self) -> str:
        """The shortest form that can be read."""
        return self.medium or self.consumer or self.long or self.short


@dataclass(frozen=True, slots=True)
class Outpatient:
    """How Medicare pays a code to hospitals for outpatients: status indicator and APC. Source: CMS OPPS Addendum B."""

    status: str
    apc: str = ""


@dataclass(frozen=True, slots=True)
class ModifierUse:
    """One row of a brief's modifier table: a modifier, what it means and when to use it on this code."""

    code: str
    means: str
    when: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Codes that stand near this one, and a sentence on how. `bypass` and `source` serve conflicts."""

    codes: tuple[str, ...]
    text: str
    bypass: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The full write-up of a code, for those who want more than the hover's first lines."""

    summary: str
    context: str = ""
    modifiers: tuple[ModifierUse, ...] = ()
    never: tuple[ModifierUse, ...] = ()
    documentation: tuple[str, ...] = ()
    related: tuple[Relation, ...] = ()
    conflicts: tuple[Relation, ...] = ()
    payers: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One CPT or HCPCS Level II code that the catalog has an entry for. All wording is Superbill's own."""

    code: str
    title: str
    service: str
    keywords: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    about: str = ""
    apart: str = ""
    brief: Brief | None = None


class HcpcsCode(NamedTuple):
    """The dates of one HCPCS Level II code. `until` is its last valid day. Source: CMS HCPCS file."""

    code: str
    since: date | None
    until: date | None
    successors: tuple[str, ...] = ()


class Modifier(NamedTuple):
    """One two-character modifier, in Superbill's own words.

    `order` is its class for ordering: pricing, payment, information, location, status or measure.
    `side` is set where the modifier itself implies a side. `since`/`until` are CMS's dates, both inclusive.
    """

    code: str
    name: str
    meaning: str
    when: str
    who: str
    fits: str
    order: str
    family: str
    not_for: str = ""
    conflicts: tuple[str, ...] = ()
    side: str = ""
    claim: str = "both"
    since: date | None = None
    until: date | None = None
    successor: str = ""
    medicare: str = ""
    sources: tuple[str, ...] = ()


class Place(NamedTuple):
    """One place of service. `facility` says which of the two Medicare amounts applies there."""

    code: str
    name: str
    meaning: str
    facility: bool
    since: date | None = None


class Site(NamedTuple):
    """A typical site of service as entries name it, and the places of service it stands for."""

    id: str
    name: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """One payer, as far as rules care.

    `medicare` says that Medicare's own payment rules speak. `facility` lists the places of service where the facility
    bills the technical part. `bilateral_units` is the number of units that a line with modifier 50 carries. `strict`
    takes what Medicare's payment text implies for a prohibition. `rules` overrules severities by rule id; "off"
    silences one. `filing` are the claim filing indicators (X12 SBR09) of claims that go to such a payer, `names` the
    words by which files name it, in lower case. What the profile does not say is taken from another, called `base`;
    `own` are the fields that it says itself.
    """

    id: str
    name: str
    medicare: bool
    facility: frozenset[str]
    filing: frozenset[str] = frozenset()
    bilateral_units: int = 1
    strict: bool = False
    rules: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    base: str = ""
    own: frozenset[str] = frozenset()

    def speaker(self, field: str) -> str:
        """The payer by name, and whether what a field holds is its own word or that of the profile it rests on."""
        return self.name if not self.base or field in self.own else f"{self.name} (by the generic profile)"


def profile_in(data: Mapping[str, Any]) -> Profile:
    """A profile of which all fields are there, as the compiled catalog holds it and a schema has checked it."""
    return Profile(
        id=data["id"],
        name=data["name"],
        medicare=data["medicare"],
        facility=frozenset(data["facility"]),
        filing=frozenset(data.get("filing", ())),
        bilateral_units=data.get("bilateral_units", 1),
        strict=data.get("strict", False),
        rules=data.get("rules", {}),
        names=tuple(data.get("names", ())),
        base=data.get("base", ""),
        own=frozenset(data.get("own", ())),
    )


class Hit(NamedTuple):
    """One answer to a search: a procedure or a modifier, and how well it fits (higher is better)."""

    kind: str
    code: str
    title: str
    score: float


class CodeSet(NamedTuple):
    """A closed list of codes that rules lean on, by name, with its source.

    Membership is by exact code or by inclusive range of codes of one shape: 0054T is not in 00100-01999.
    """

    id: str
    source: str
    singles: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, str] = _NO_ENTRIES

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str):
            return False
        return code in self.singles or in_ranges(code, self.ranges)
