"""A workspace's own catalog: codes, notes, briefs and payers in YAML beside the charges, read and checked line by line.

What is wrong is said with file and line and left out; the rest holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from superbill.catalog import where
from superbill.catalog.model import Procedure, Profile, profile_in
from superbill.catalog.own.model import OwnBrief, Team, TeamCode, TeamNote
from superbill.catalog.shapes import parse_range
from superbill.catalog.yamlsource import Entry, SourceError, check_entry, load_schema, read_sections


def read_team(
    paths: Sequence[Path], known: Mapping[str, Profile], rules: frozenset[str] = frozenset()
) -> tuple[Team, list[str]]:
    """Read the catalog files of a workspace; and what is wrong with them, in words with file and line.

    `known` are the profiles that payers may rest on, `rules` the ids and names of rules that they may speak of.
    """
    reader = _Reader(known, rules)
    for path in paths:
        reader.read(path)
    return reader.team(), reader.problems


class _Reader:
    def __init__(self, known: Mapping[str, Profile], rules: frozenset[str]) -> None:
        self.problems: list[str] = []
        self._known = known
        self._rules = rules
        folder = where.source() / "schema"
        self._schema = load_schema(folder / "workspace-catalog.schema.json")
        self._payer_schema = load_schema(folder / "payers.schema.json")
        self._payer_schema = {**self._payer_schema, "required": ["id", "name"]}
        self._codes: dict[str, TeamCode] = {}
        self._notes: list[TeamNote] = []
        self._profiles: dict[str, Profile] = {}
        self._briefs: dict[str, OwnBrief] = {}
        self._files: list[Path] = []
        self._broken = False

    def team(self) -> Team:
        return Team(
            MappingProxyType(self._codes),
            tuple(self._notes),
            MappingProxyType(self._profiles),
            MappingProxyType(self._briefs),
            tuple(self._files),
            self._broken,
        )

    def read(self, path: Path) -> None:
        self._files.append(path.resolve())
        try:
            sections, errors = read_sections(path, path.name, self._schema)
        except SourceError as error:
            self.problems.append(str(error))
            self._broken = True
            return
        except OSError as error:
            self.problems.append(f"{path.name}: {error.strerror or type(error).__name__}")
            self._broken = True
            return
        for entry in sections.get("codes", []):
            self._each(entry, errors, self._code)
        for entry in sections.get("notes", []):
            self._each(entry, errors, self._note)
        for entry in sections.get("payers", []):
            self._each(entry, errors, lambda one: self._payer(path, one))
        for entry in sections.get("briefs", []):
            self._each(entry, errors, lambda one: self._brief(path, one))
        self.problems += [str(error) for error in sorted(errors, key=lambda error: error.line)]

    def _each(self, entry: Entry, errors: list[SourceError], take: Any) -> None:
        try:
            take(entry)
        except SourceError as error:
            errors.append(error)

    def _code(self, entry: Entry) -> None:
        data = entry.data
        code = data["code"]
        if code in self._codes:
            raise entry.error(f"{code} stands twice; the first is at {self._codes[code].source}")
        since, until = (_day(entry, name) for name in ("since", "until"))
        if since and until and until < since:
            raise entry.error(f"{code}: it ends on {until}, before it begins on {since}")
        if data.get("units", 1) < 1:
            raise entry.error(f"{code}: units must be 1 at least")
        procedure = Procedure(
            code,
            " ".join(data["title"].split()),
            data.get("service", ""),
            tuple(data.get("keywords", ())),
            tuple(data.get("sites", ())),
            " ".join(data.get("about", "").split()),
            " ".join(data.get("apart", "").split()),
        )
        self._codes[code] = TeamCode(
            procedure,
            tuple(data["modifiers"]) if "modifiers" in data else None,
            data.get("sides"),
            data.get("units"),
            since,
            until,
            data.get("instead", ""),
            f"{entry.path}:{entry.line}",
        )

    def _note(self, entry: Entry) -> None:
        data = entry.data
        if not data.get("codes") and not data.get("modifiers"):
            raise entry.error("a note needs `codes`, `modifiers` or both")
        singles, ranges = set(), []
        for text in data.get("codes", ()):
            low, dash, high = text.partition("-")
            if dash and len(low.strip()) == len(high.strip()) == 5:
                try:
                    ranges.append(parse_range(text))
                except ValueError as error:
                    raise entry.error(str(error)) from None
            else:
                singles.add(text.strip())
        self._notes.append(
            TeamNote(
                " ".join(data["note"].split()),
                frozenset(singles),
                tuple(ranges),
                frozenset(data.get("modifiers", ())),
                data.get("source", ""),
                f"{entry.path}:{entry.line}",
            )
        )

    def _payer(self, path: Path, entry: Entry) -> None:
        check_entry(path, entry, self._payer_schema, "payers")
        data = entry.data
        id = data["id"]
        if id in self._known:
            raise entry.error(f"{id}: this is one of Superbill's own profiles; take another id, and `base: {id}`")
        if id in self._profiles:
            raise entry.error(f"{id} stands twice")
        base = self._known.get(data.get("base", "")) or self._profiles.get(data.get("base", ""))
        if "base" in data and base is None:
            raise entry.error(
                f"{id}: there is no profile {data['base']!r} to rest on; there are {', '.join(self._known)}"
            )
        for name in ("medicare", "facility"):
            if base is None and name not in data:
                raise entry.error(f"{id}: {name!r} is missing, and there is no base to take it from")
        for rule in data.get("rules", {}):
            if self._rules and rule not in self._rules:
                raise entry.error(f"{id}: there is no rule {rule!r}")
        self._profiles[id] = _profile(data, base)

    def _brief(self, path: Path, entry: Entry) -> None:
        from superbill.catalog.own.briefs import BriefError, documents, read_document

        named = entry.data.get("")
        if not isinstance(named, str):
            raise entry.error("briefs: must be names of documents or folders")
        place = path.parent / named
        if not place.exists():
            raise entry.error(f"briefs: there is no {named!r} beside this file")
        self._files.append(place.resolve())
        for one in documents(place):
            try:
                document = read_document(one)
            except BriefError as error:
                raise entry.error(str(error).replace(f"{path.parent}/", "")) from None
            if not document.briefs and one == place:
                raise entry.error(f"{named}: no brief of a code is in it")
            for brief in document.briefs:
                other = self._briefs.setdefault(brief.code, brief)
                if other is not brief:
                    raise entry.error(
                        f"{brief.code} has a brief in {other.source} and in {brief.source}; the first one counts"
                    )


def _profile(data: Mapping[str, Any], base: Profile | None) -> Profile:
    """A profile with what it takes from its base. What rests on something that rests on another is said to rest on that."""
    own = frozenset(data)
    if base is None:
        return profile_in(data)
    return Profile(
        id=data["id"],
        name=data["name"],
        medicare=data.get("medicare", base.medicare),
        facility=frozenset(data["facility"]) if "facility" in data else base.facility,
        filing=frozenset(data.get("filing", ())),
        bilateral_units=data.get("bilateral_units", base.bilateral_units),
        strict=data.get("strict", base.strict),
        rules={**base.rules, **data.get("rules", {})},
        names=tuple(data.get("names", ())),
        base=base.base or base.id,
        own=own | base.own,
    )


def _day(entry: Entry, name: str) -> date | None:
    text = entry.data.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise entry.error(f"{name}: there is no day {text}") from None


def rows(team: Team, canonical: Any) -> Iterable[tuple[str, str, str, str]]:
    """What the search shall find of a team's catalog: code, title, keywords, context, in the form of the search."""
    for code in sorted({*team.codes, *team.briefs}):
        one, brief = team.codes.get(code), team.briefs.get(code)
        titles = [one.procedure.title if one else "", brief.title if brief else ""]
        near = [
            *(one.procedure.keywords if one else ()),
            one.procedure.service if one else "",
            brief.service if brief else "",
        ]
        context = [one.procedure.about if one else "", brief.brief.summary if brief else ""]
        yield (
            code,
            canonical(*titles),
            canonical(*near),
            canonical(*context, *(note.text for note in team.notes_on(code))),
        )
