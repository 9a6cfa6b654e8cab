"""The shapes of what users bring: briefs out of their documents, and a workspace's own codes, notes and payers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from superbill.catalog.model import Brief, Procedure, Profile
from superbill.catalog.shapes import in_ranges

#: The name under which a workspace's catalog is found without being named in the settings.
TEAM_FILE = "superbill-catalog.yaml"


@dataclass(frozen=True, slots=True)
class OwnBrief:
    """One code's brief out of a user's own document. All wording is the document's.

    `title` is "" where the document gives none. `service` and `sites` are text as written. `extra` holds sections that
    have no place elsewhere, by their heading. `brief.unknown` names what the document itself calls unavailable, and what
    was cut off. `source` is the document's name without its folder, `line` (from 1) where the brief begins in it.
    """

    code: str
    brief: Brief
    title: str = ""
    overview: str = ""
    service: str = ""
    sites: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    source: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Remark:
    """What was made of one place of a document. `line` counts from 1; `understood` is False where something was left
    out or kept only as text. The words quote headings at most, never the text below them."""

    line: int
    text: str
    understood: bool = True


@dataclass(slots=True)
class Reading:
    """The briefs of one document, and what was made of it line by line."""

    briefs: list[OwnBrief] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TeamCode:
    """A code of the team's own, or what the team calls one that others know too.

    `modifiers` is None where the team does not say which it takes, `sides` and `units` likewise; `units` is the most on one
    line. `since` and `until` are days of service, both inclusive. `source` names file and line.
    """

    procedure: Procedure
    modifiers: tuple[str, ...] | None = None
    sides: bool | None = None
    units: int | None = None
    since: date | None = None
    until: date | None = None
    instead: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TeamNote:
    """What the team notes of codes, of modifiers, or of modifiers on codes. Empty `codes` or `modifiers` mean any."""

    text: str
    singles: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    modifiers: frozenset[str] = frozenset()
    origin: str = ""
    source: str = ""

    def speaks_of(self, code: str) -> bool:
        """Whether it is about a code."""
        return code in self.singles or in_ranges(code, self.ranges)


@dataclass(frozen=True)
class Team:
    """All that a workspace's catalog says. `files` are what it was read from, for those who watch them; `broken` says that
    one of them could not be read at all."""

    codes: Mapping[str, TeamCode] = field(default_factory=dict)
    notes: tuple[TeamNote, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    briefs: Mapping[str, OwnBrief] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    broken: bool = False

    def notes_on(self, code: str) -> list[TeamNote]:
        """The notes on a code, whatever its modifiers."""
        return [note for note in self.notes if note.speaks_of(code)]

    def notes_on_modifier(self, modifier: str, code: str = "") -> list[TeamNote]:
        """The notes on a modifier; with a code, those that are on other codes left out."""
        return [
            note
            for note in self.notes
            if modifier in note.modifiers and (not (note.singles or note.ranges) or not code or note.speaks_of(code))
        ]


#: What a workspace without a catalog of its own says.
NOBODY = Team()
