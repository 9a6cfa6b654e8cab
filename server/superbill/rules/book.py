"""The rule book: all rules, found by walking the group folders, and how they are run over lines, claims and notes."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache

import superbill.rules as package
from superbill.catalog.model import Profile
from superbill.charges.model import Claim, Note, Patient, Problem, ServiceLine
from superbill.rules.base import SEVERITIES, Draft, Finding, Rule, Severity
from superbill.rules.knowledge import Knowledge

#: Any amount worth the name: line rules are told no more of a charge than whether it reaches this.
_SOME = Decimal(2)
_KEPT = 100_000
_SEVERAL = ("claim", "patient", "note")
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1)
def all_rules() -> Mapping[str, Rule]:
    """Every rule by id, sorted. Importing them costs some tens of milliseconds, so it is done when first asked for."""
    found: dict[str, Rule] = {}
    for group in pkgutil.iter_modules(package.__path__):
        if not group.ispkg:
            continue
        folder = importlib.import_module(f"{package.__name__}.{group.name}")
        for info in pkgutil.iter_modules(folder.__path__):
            if info.name.startswith("_"):
                continue
            module = importlib.import_module(f"{folder.__name__}.{info.name}")
            for value in vars(module).values():
                if isinstance(value, Rule) and value.module == module.__name__:
                    if value.id in found:
                        raise ValueError(f"two rules are called {value.id}: {found[value.id].module}, {value.module}")
                    found[value.id] = value
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def _bits() -> Mapping[str, int]:
    """A bit for each rule that sees several lines, the same in every book: the lines of a claim may ask several."""
    ids = [rule.id for scope in _SEVERAL for rule in all_rules().values() if rule.scope == scope]
    return {id: 1 << number for number, id in enumerate(ids)}


@lru_cache(maxsize=8)
def _all_bits(scope: str) -> int:
    """The bits of all rules of a scope."""
    return sum(bit for id, bit in _bits().items() if all_rules()[id].scope == scope)


@dataclass(slots=True)
class _Sorted:
    """The rules that are on, by when they are called, and the severity of each.

    `any_modifier` are the line rules of the modifier groups that name no modifiers of their own.
    """

    severities: dict[str, Severity] = field(default_factory=dict)
    line: list[Rule] = field(default_factory=list)
    by_modifier: dict[str, list[Rule]] = field(default_factory=dict)
    any_modifier: list[Rule] = field(default_factory=list)
    claim: list[Rule] = field(default_factory=list)
    patient: list[Rule] = field(default_factory=list)
    note: list[Rule] = field(default_factory=list)
    problem: dict[str, list[Rule]] = field(default_factory=dict)
    document: list[Rule] = field(default_factory=list)


def _sort(chosen: list[dict[str, str]], tables: Collection[str]) -> _Sorted:
    """Sort the rules, those left out that need a kind of table which is not there. What is chosen, by id or by name, in a
    layer that stands first overrules those behind it."""
    on = _Sorted()
    for rule in all_rules().values():
        severity: str = "off" if rule.status == "off" else rule.severity
        for layer in reversed(chosen):
            severity = layer.get(rule.id, layer.get(rule.name, severity))
        if severity not in SEVERITIES:
            continue
        if rule.needs and not any(kind.startswith(rule.needs) for kind in tables):
            continue
        on.severities[rule.id] = severity
        if rule.scope == "line":
            for modifier in rule.modifiers:
                on.by_modifier.setdefault(modifier, []).append(rule)
            if not rule.modifiers:
                on.line.append(rule)
                if rule.group in "KX":
                    on.any_modifier.append(rule)
        elif rule.scope == "problem":
            for kind in rule.kinds:
                on.problem.setdefault(kind, []).append(rule)
        else:
            {"claim": on.claim, "patient": on.patient, "note": on.note, "document": on.document}[rule.scope].append(
                rule
            )
    return on


def profile_of(filing: str, payer: str, profiles: Mapping[str, Profile]) -> Profile | None:
    """The profile of the payer that a file names, by claim filing indicator and name; None when it is none of them.

    The kind of payer speaks first: a name chooses among payers of one kind. A text with the names of two payers says
    nothing; one name inside another is not a second one.
    """
    kind = next((one for one in profiles.values() if filing in one.filing), None) if filing else None
    words = f" {' '.join(_WORD.findall(payer.lower()))} "
    spoken = [(name, one) for one in profiles.values() for name in one.names if f" {name} " in words]
    longest = [
        one for name, one in spoken if not any(name != other and f" {name} " in f" {other} " for other, _ in spoken)
    ]
    named = list({one.id: one for one in longest}.values())
    if len(named) == 1 and (kind is None or kind.id == named[0].base):
        return named[0]
    return kind


class RuleBook:
    """The rules that are on, with the severities that settings and payer profile give them, ready to be run."""

    def __init__(
        self,
        know: Knowledge,
        severities: Mapping[str, str] | None = None,
        *,
        strict: bool = False,
        follow: bool = False,
    ) -> None:
        self.know = know
        self._severities = severities
        #: Books for other payers, by how a file names them; None when the payer was chosen and files have no say.
        self._others: dict[tuple[str, str], RuleBook] | None = {} if follow else None
        self._by_profile: dict[str, RuleBook] = {know.profile.id: self}
        self._chosen = [dict(severities or {}), dict(know.profile.rules)]
        self._strict = strict
        #: Rules that failed, and how. A rule that fails says nothing; the others go on. Tests are strict instead.
        self.failures: dict[str, str] = {}
        self._by_code: dict[str, tuple[list[Rule], list[Rule]]] = {}
        self._said: dict[tuple[object, ...], list[Finding]] = {}
        self._bits: dict[str, tuple[int, list[tuple[int, frozenset[str]]]]] = {}

    def of(self, line: ServiceLine) -> RuleBook:
        """The book for the payer of a line: this one, unless the file names another payer and may do so."""
        if self._others is None or not (line.filing or line.payer):
            return self
        named = (line.filing, line.payer)
        known = self._others.get(named)
        if known is None:
            if len(self._others) > _KEPT:
                self._others.clear()
            profile = profile_of(line.filing, line.payer, self.know.catalog.profiles) or self.know.profile
            known = self._by_profile.get(profile.id)
            if known is None:
                know = Knowledge(self.know.catalog, profile, self.know.today)
                known = self._by_profile[profile.id] = RuleBook(know, self._severities, strict=self._strict)
            self._others[named] = known
        return known

    @cached_property
    def _sorted(self) -> _Sorted:
        """The rules that are on, sorted by when they are called. Worked out when first needed."""
        return _sort(self._chosen, self.know.catalog.kinds)

    # -- running ------------------------------------------------------------------------------------------------

    def _run(self, rule: Rule, subject: object) -> list[Draft]:
        try:
            return list(rule.check(subject, self.know))
        except Exception as error:
            if self._strict:
                raise
            self.failures[rule.id] = type(error).__name__
            return []

    def check_line(self, line: ServiceLine, item: int = 0) -> list[Finding]:
        """What the line rules say of one service line (or cited code), in the order of rule ids."""
        if line.purpose in ("price", "credit"):
            return []
        code = line.code
        chosen = self._by_code.get(code)
        if chosen is None:
            chosen = self._by_code[code] = self._choose(code)
        form, sense = chosen
        if not line.tidy:
            return self._all(form + sense, line, item)
        # Rules of sense are told of an amount only whether there is one, and nothing of who did it or why. So what was
        # said of one such line holds for all of them, and a long file has few.
        charge = line.charge if line.charge is None or line.charge < _SOME else _SOME
        written = line.written
        key = (
            code, line.modifiers, line.units, line.since, line.until, line.place, charge, line.setting, line.purpose,
            line.room, line.basis, line.filing, line.described, written.code, written.modifiers, written.units,
            written.date, written.date_to, written.place,
        )  # fmt: skip
        known = self._said.get(key)
        if known is None:
            if len(self._said) > _KEPT:
                self._said.clear()
            plain = replace(
                line,
                charge=charge,
                diagnoses=(),
                provider="",
                payer="",
                written=replace(written, charge=None, diagnoses=(), pointer=None),
            )
            known = self._said[key] = self._all(sense, plain, 0)
        if item and known:
            return [replace(finding, part=finding.part._replace(item=item)) for finding in known]
        return known

    def _all(self, rules: list[Rule], line: ServiceLine, item: int) -> list[Finding]:
        """What some rules, and those for the modifiers it carries, say of a line."""
        if any(line.modifiers):
            extra = {rule.id: rule for one in line.modifiers for rule in self._sorted.by_modifier.get(one, ())}
            rules = rules + [rule for rule in extra.values() if not rule.codes or self._touches(rule, line.code)]
        cited, room = line.purpose == "cited", line.room
        found: list[Finding] = []
        for rule in rules:
            if (cited and not rule.cited) or (rule.absence and not room):
                continue
            drafts = self._run(rule, line)
            if drafts:
                found += [self._finding(rule, draft, line, item) for draft in drafts]
        if len(found) > 1:
            found.sort(key=lambda finding: finding.rule)
        return found

    def _choose(self, code: str) -> tuple[list[Rule], list[Rule]]:
        """The line rules that can speak of a code whatever its modifiers: those of form, and the others."""
        rules = [rule for rule in self._sorted.line if not rule.codes or self._touches(rule, code)]
        return [rule for rule in rules if rule.group == "F"], [rule for rule in rules if rule.group != "F"]

    def check_modifier(self, line: ServiceLine, modifier: str) -> list[Finding]:
        """What the line rules say that are called for one modifier, about a line that carries it. Ask `speaks_of`
        first: a modifier that no rule names is not judged by the rules for all of them."""
        found = []
        for rule in (*self._sorted.by_modifier[modifier], *self._sorted.any_modifier):
            if rule.codes and not self._touches(rule, line.code):
                continue
            for draft in self._run(rule, line):
                found.append(self._finding(rule, draft, line, 0))
        return found

    def speaks_of(self, modifier: str) -> bool:
        """Whether some line rule names a modifier."""
        return modifier in self._sorted.by_modifier

    def check_problem(self, problem: Problem) -> list[Finding]:
        """What the rules say of something that a dialect could not read as it should be."""
        found = []
        for rule in self._sorted.problem.get(problem.kind, ()):
            for draft in self._run(rule, problem):
                found.append(self._finding(rule, draft, None, problem.part.item))
        return found

    def triggers(self, line: ServiceLine) -> int:
        """Which rules of claims, patients and notes a line can set off, as bits: by its code and modifiers."""
        code = line.code
        known = self._bits.get(code)
        if known is None:
            always, when = 0, []
            for rule in (*self._sorted.claim, *self._sorted.patient, *self._sorted.note):
                if (rule.codes or rule.packages) and not self._touches(rule, code):
                    continue
                if rule.modifiers:
                    when.append((_bits()[rule.id], frozenset(rule.modifiers)))
                else:
                    always |= _bits()[rule.id]
            known = self._bits[code] = (always, when)
        mask, when = known
        if any(line.modifiers):
            for bits, modifiers in when:
                if not modifiers.isdisjoint(line.modifiers):
                    mask |= bits
        return mask

    def speaks_of_notes(self, mask: int) -> bool:
        """Whether a mask holds the bit of some documentation rule."""
        return mask & _all_bits("note") > 0

    @cached_property
    def over_days(self) -> int:
        """The bits of the rules over several days, for `mask & book.over_days`."""
        return _all_bits("patient")

    def check_claim(self, claim: Claim, mask: int) -> list[Finding]:
        """What the claim rules say, those that some line sets off by `mask`. A finding's `line` counts in the claim."""
        return self._group(self._sorted.claim, claim, claim.lines, mask, claim.credits)

    def check_note(self, note: Note, mask: int) -> list[Finding]:
        """What the documentation rules say of a note. A finding's `line` counts the note's billed codes."""
        return self._group(self._sorted.note, note, note.lines, mask)

    def check_patient(self, patient: Patient, mask: int) -> list[Finding]:
        """What the rules over several days say, those that some line sets off. A finding's `line` counts the lines."""
        return self._group(self._sorted.patient, patient, patient.lines, mask)

    def _group(
        self,
        rules: list[Rule],
        subject: Claim | Patient | Note,
        lines: tuple[ServiceLine, ...],
        mask: int,
        credits: tuple[ServiceLine, ...] = (),
    ) -> list[Finding]:
        found = []
        roomless = any(not line.room for line in lines)
        bits = _bits()
        for rule in rules:
            if mask & bits[rule.id] and len(lines) >= rule.lines and not (roomless and rule.absence):
                for draft in self._run(rule, subject):
                    line = (lines + credits)[draft.line] if draft.line < len(lines) + len(credits) else None
                    found.append(self._finding(rule, draft, line, draft.part.item))
        return found

    def check_document(self, facts: Mapping[str, int]) -> Iterator[Finding]:
        """What is to be said once of a whole document, from counts kept over it."""
        for rule in self._sorted.document:
            for draft in self._run(rule, facts):
                yield self._finding(rule, draft, None, 0)

    # -- from draft to finding ------------------------------------------------------------------------------------

    def _finding(self, rule: Rule, draft: Draft, line: ServiceLine | None, item: int) -> Finding:
        severity = self._sorted.severities[rule.id]
        if draft.severity is not None and severity == rule.severity:
            severity = draft.severity
        editions = [self.know.edition_for(id, line) for id in rule.editions]
        names = [edition.name for edition in editions]
        source = ", ".join(names)
        message = draft.message
        if names and line is not None:
            if not all(edition.covers(line.since) for edition in editions):
                if severity == "error":
                    severity = "warning"
                source = f"by {source}, which does not cover {line.since}"
            elif line.since is None and any(len(self.know.editions_of(id)) > 1 for id in rule.editions):
                source = f"by {source}, the latest that is loaded: the line has no date"
        profile = self.know.profile
        if not profile.medicare and profile.name not in message and (rule.id in profile.rules or draft.severity):
            source = f"{source}; payer profile {profile.name}" if source else f"payer profile {profile.name}"
        if source:
            message = f"{message} ({source})"
        part = draft.part if draft.part.item == item else draft.part._replace(item=item)
        return Finding(
            rule=rule.id,
            name=rule.name,
            severity=severity,
            message=message,
            part=part,
            code=line.code if line else "",
            modifiers=line.mods if line else (),
            source=", ".join(names),
            fixes=draft.fixes,
            line=draft.line,
            related=draft.related,
            end=draft.end,
            unneeded=draft.unneeded,
        )

    def _touches(self, rule: Rule, code: str) -> bool:
        if any(name == code or (len(name) != 5 and self.know.in_set(code, name)) for name in rule.codes):
            return True
        row = self.know.plain_row(code) if rule.packages else None
        return row is not None and row.global_days in rule.packages
