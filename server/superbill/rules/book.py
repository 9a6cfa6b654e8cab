"""The rule book: all rules, found by walking the group folders, and how they are run over lines, claims and notes."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain

import superbill.rules as package
from superbill.catalog.model import Profile
from superbill.catalog.shapes import is_code
from superbill.charges.model import Claim, Note, Patient, Problem, ServiceLine
from superbill.rules.base import OWN_GROUP, SEVERITIES, Draft, Finding, Rule, Severity
from superbill.rules.knowledge import Knowledge
from superbill.rules.own import OwnRule
from superbill.rules.own_checks import asked_for, rules_of

#: Any amount worth the name: line rules are told no more of a charge than whether it reaches this.
_SOME = Decimal(2)
_KEPT = 100_000
#: How many codes are remembered with the rules of all their modifiers, and how many such sets of rules, some 20 kB each.
_TRIED = 64
#: The groups whose line rules judge whether a modifier may stand where it stands.
_ON_MODIFIERS = frozenset({"K", "X", "M", "N", OWN_GROUP})
_SEVERAL = ("claim", "patient", "note")
_WORD = re.compile(r"[a-z0-9]+")


_known: dict[str, Rule] = {}


def all_rules() -> Mapping[str, Rule]:
    """Every rule by id, sorted. Importing them costs some tens of milliseconds, so it is done when first asked for."""
    if not _known:
        adopt(_import_all())
    return _known


def imported() -> bool:
    """Whether the rules are known already."""
    return bool(_known)


def adopt(rules: Iterable[Rule]) -> None:
    """Take rules for all that there are. Raises ValueError when two have one id."""
    found: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in found:
            raise ValueError(f"two rules are called {rule.id}: {found[rule.id].module}, {rule.module}")
        found[rule.id] = rule
    _known.update(sorted(found.items()))


def _import_all() -> Iterator[Rule]:
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
                    yield value


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


def _sort(chosen: list[dict[str, str]], tables: Collection[str], own: Iterable[Rule] = ()) -> _Sorted:
    """Sort the bundled rules and a workspace's own, those left out that need a kind of table which is not there. What is
    chosen, by id or by name, in a layer that stands first overrules those behind it."""
    on = _Sorted()
    for rule in chain(all_rules().values(), own):
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


@lru_cache(maxsize=1024)
def _names(codes: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a rule narrows itself to, sorted: codes, and names of code sets, which never have the shape of a code."""
    singles = frozenset(name for name in codes if is_code(name))
    return singles, tuple(name for name in codes if name not in singles)


def _words(text: str) -> str:
    """The words of a text in lower case, with a blank before and behind each."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def profile_of(filing: str, payer: str, profiles: Mapping[str, Profile]) -> Profile | None:
    """The profile of the payer that a file names, by claim filing indicator and name; None when it is none of them.

    The kind of payer speaks first: a name chooses among payers of one kind. A text with the names of two payers says
    nothing; one name inside another is not a second one.
    """
    kind = next((one for one in profiles.values() if filing in one.filing), None) if filing else None
    words = _words(payer)
    spoken = [(name, one) for one in profiles.values() for name in one.names if f" {name} " in words]
    longest = [
        one for name, one in spoken if not any(name != other and f" {name} " in f" {other} " for other, _ in spoken)
    ]
    named = list({one.id: one for one in longest}.values())
    if len(named) == 1 and (kind is None or kind.id == named[0].base):
        return named[0]
    return kind


class RuleBook:
    """The rules that are on, with the severities that settings and payer profile give them, ready to be run.

    `own` are the workspace's own rules, and `named` those of their payer names that hold here. `follow` lets files say
    which profile they are judged by.
    """

    def __init__(
        self,
        know: Knowledge,
        severities: Mapping[str, str] | None = None,
        *,
        own: tuple[OwnRule, ...] = (),
        named: frozenset[str] = frozenset(),
        strict: bool = False,
        follow: bool = False,
    ) -> None:
        self.know = know
        self._severities = severities
        self.own = own
        self._named = named
        self._follow = follow
        self._payer_names = frozenset(name for one in own for name in one.payer_names)
        #: Books for other payers, by how a file names them; None when the payer was chosen and files have no say.
        self._others: dict[tuple[str, str], RuleBook] | None = {} if follow or self._payer_names else None
        self._by_profile: dict[tuple[str, frozenset[str]], RuleBook] = {(know.profile.id, named): self}
        self._chosen = [dict(severities or {}), dict(know.profile.rules)]
        self._strict = strict
        #: Rules that failed, and how. A rule that fails says nothing; the others go on. Tests are strict instead.
        self.failures: dict[str, str] = {}
        self._by_code: dict[str, tuple[list[Rule], list[Rule]]] = {}
        #: The rules that can speak against modifiers on a code, by the code, the modifiers there, and exceptions.
        self._judges: dict[tuple[str, tuple[str, ...], frozenset[str]], dict[str, list[Rule]]] = {}
        #: The same by the rules themselves and the modifiers there, and the rules that come into question at all.
        self._panels: dict[tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]], dict[str, list[Rule]]] = {}
        self._against: dict[tuple[bool, frozenset[str]], tuple[list[Rule], list[Rule]]] = {}
        self._said: dict[tuple[object, ...], list[Finding]] = {}
        #: The rules of claims, patients or notes that are called, by the number of lines and a mask.
        self._called: dict[tuple[str, int, int], list[Rule]] = {}
        self._bits: dict[str, tuple[int, list[tuple[int, frozenset[str]]]]] = {}

    def of(self, line: ServiceLine) -> RuleBook:
        """The book for the payer of a line: this one, unless the file names another payer and may do so, or one that
        the workspace's own rules name."""
        if self._others is None or not (line.filing or line.payer):
            return self
        said = (line.filing, line.payer)
        known = self._others.get(said)
        if known is None:
            if len(self._others) > _KEPT:
                self._others.clear()
            profile = profile_of(*said, self.know.catalog.profiles) if self._follow else None
            profile = profile or self.know.profile
            words = _words(line.payer)
            named = frozenset(name for name in self._payer_names if f" {name} " in words)
            known = self._by_profile.get((profile.id, named))
            if known is None:
                know = Knowledge(self.know.catalog, profile, self.know.today)
                known = RuleBook(know, self._severities, own=self.own, named=named, strict=self._strict)
                self._by_profile[profile.id, named] = known
            self._others[said] = known
        return known

    def _holds(self, own: OwnRule) -> bool:
        """Whether a rule of the workspace holds for the payer of this book."""
        if not own.payers and not own.payer_names:
            return True
        profile = self.know.profile
        return profile.id in own.payers or profile.base in own.payers or not self._named.isdisjoint(own.payer_names)

    @cached_property
    def _sorted(self) -> _Sorted:
        """The rules that are on, sorted by when they are called. Worked out when first needed."""
        return _sort(
            self._chosen,
            self.know.catalog.kinds,
            [rule for own in self.own if self._holds(own) for rule in rules_of(own)],
        )

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule by id, on or off: the bundled ones, then the workspace's own, whatever payers they are for."""
        return {**all_rules(), **{rule.id: rule for own in self.own for rule in rules_of(own)[:1]}}

    @cached_property
    def _rule_bits(self) -> Mapping[str, int]:
        """The bits of the rules that see several lines. A workspace's own rules, all of them whether they hold for this
        payer or not, have theirs behind the bundled ones, so that they are the same in the books of all payers."""
        first = len(_bits())
        return {**_bits(), **{own.id: 1 << (first + number) for number, own in enumerate(self.own)}}

    @cached_property
    def names(self) -> dict[str, str]:
        """The ids of all rules, on or off, by id and by name in small letters."""
        return {name.lower(): rule.id for rule in self.rules.values() for name in (rule.id, rule.name)}

    def is_on(self, id: str) -> bool:
        """Whether a rule speaks."""
        return id in self._sorted.severities

    def stands_on_records(self, id: str) -> bool:
        """Whether a rule speaks of records, and not of the whole document or of comments for Superbill."""
        rule = self.rules[id]
        return rule.scope != "document" and not any(kind.startswith("remark-") for kind in rule.kinds)

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
                written=written._replace(charge=None, diagnoses=(), pointer=None),
            )
            known = self._said[key] = self._all(sense, plain, 0)
        if item and known:
            return [replace(finding, part=finding.part._replace(item=item)) for finding in known]
        return known

    def _all(self, rules: list[Rule], line: ServiceLine, item: int) -> list[Finding]:
        """What some rules, and those for the modifiers it carries, say of a line."""
        if any(line.modifiers):
            by_modifier = self._sorted.by_modifier
            extra = {id(rule): rule for one in line.modifiers for rule in by_modifier.get(one, ())}.values()
            rules = rules + [rule for rule in extra if self._touches(rule, line.code)]
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
        rules = [rule for rule in self._sorted.line if self._touches(rule, code)]
        return [rule for rule in rules if rule.group == "F"], [rule for rule in rules if rule.group != "F"]

    def objections(self, line: ServiceLine, unless: frozenset[str], only: str = "") -> dict[str, str]:
        """By modifier, what speaks against adding it to a line: the first error or warning, without its source, of the
        rules on modifiers, those in `unless` left out. `only` asks about one. A modifier that no rule names is not
        judged by the rules for all of them."""
        key = (line.code, line.mods, unless)
        judges = self._judges.get(key)
        if judges is None:
            if len(self._judges) > _TRIED:
                self._judges.clear()
            judges = self._judges[key] = self._choose_judges(*key)
        slot = len(line.modifiers)
        found: dict[str, str] = {}
        for modifier in (only,) if only else judges:
            if modifier in line.modifiers or modifier not in judges:
                continue
            trial = line.carrying((*line.modifiers, modifier))
            for rule in judges[modifier]:
                for draft in self._run(rule, trial):
                    if (
                        draft.part.name == "modifier"
                        and draft.part.index == slot
                        and self._severity(rule, draft) in ("error", "warning")
                    ):
                        found.setdefault(modifier, draft.message)
                if modifier in found:
                    break
        return found

    def _choose_judges(self, code: str, beside: tuple[str, ...], unless: frozenset[str]) -> dict[str, list[Rule]]:
        """By modifier, the rules on modifiers that can speak against it on a code `beside` others, where there are any.
        Codes to which the same rules apply share the answer."""
        named, general = self._on_modifiers(bool(beside), unless)
        named = [rule for rule in named if self._touches(rule, code)]
        general = [rule for rule in general if self._touches(rule, code)]
        key = (tuple(map(id, named)), tuple(map(id, general)), beside)
        known = self._panels.get(key)
        if known is None:
            if len(self._panels) > _TRIED:
                self._panels.clear()
            known = self._panels[key] = self._panel(named, general, beside)
        return known

    def _on_modifiers(self, beside: bool, unless: frozenset[str]) -> tuple[list[Rule], list[Rule]]:
        """The rules, those in `unless` left out, that can speak against a modifier: those that name modifiers, and those
        that look at all. One that misses a modifier cannot, and one on modifiers that do not go together only where some
        stand there already."""
        known = self._against.get((beside, unless))
        if known is None:

            def speaks(rule: Rule) -> bool:
                left_out = rule.group not in _ON_MODIFIERS or rule.absence or rule.id in unless
                return not left_out and (beside or rule.group != "X")

            on = self._sorted
            every = {id(rule): rule for rule in chain(*on.by_modifier.values())}.values()
            known = ([rule for rule in every if speaks(rule)], [rule for rule in on.any_modifier if speaks(rule)])
            self._against[beside, unless] = known
        return known

    def _panel(self, named: list[Rule], general: list[Rule], beside: tuple[str, ...]) -> dict[str, list[Rule]]:
        """By modifier, which of some rules are to be asked about it. One that is called for a modifier which stands
        there already may speak against the new one."""
        on = self._sorted
        chosen = set(map(id, named))
        there = [rule for one in beside for rule in on.by_modifier.get(one, ()) if id(rule) in chosen]
        found = {}
        for modifier, rules in on.by_modifier.items():
            called = [rule for rule in rules if id(rule) in chosen]
            called += [rule for rule in general if not rule.objects or modifier in rule.objects]
            if there:
                called = list({id(rule): rule for rule in (*called, *there)}.values())
            if called:
                found[modifier] = called
        return found

    def asked_for(self, line: ServiceLine) -> dict[str, str]:
        """The modifiers that the workspace's own rules want on a line which lacks them, each with their words."""
        found: dict[str, str] = {}
        for own in self.own:
            if self._holds(own) and own.id in self._sorted.severities:
                for modifier in asked_for(own, line, self.know):
                    found.setdefault(modifier, own.message)
        return found

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
            bits = self._rule_bits
            for rule in (*self._sorted.claim, *self._sorted.patient, *self._sorted.note):
                if rule.credits or not self._touches(rule, code):
                    continue
                if rule.modifiers:
                    when.append((bits[rule.id], frozenset(rule.modifiers)))
                else:
                    always |= bits[rule.id]
            known = self._bits[code] = (always, when)
        mask, when = known
        if any(line.modifiers):
            for bit, modifiers in when:
                if not modifiers.isdisjoint(line.modifiers):
                    mask |= bit
        return mask if line.purpose != "credit" else mask | self._of_credits

    @cached_property
    def _of_credits(self) -> int:
        return sum(self._rule_bits[rule.id] for rule in self._sorted.claim if rule.credits)

    @cached_property
    def of_several(self) -> int:
        """The bits of the rules of claims and notes, a workspace's own among them."""
        return sum(self._rule_bits.values()) & ~self.over_days

    @cached_property
    def of_one(self) -> int:
        """The bits of those that have something to say of a claim or note of one line."""
        return self.of_several & ~sum(bit for id, bit in _bits().items() if all_rules()[id].lines > 1)

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
        found: list[Finding] = []
        count = len(lines)
        key = (type(subject).__name__, count, mask)
        called = self._called.get(key)
        if called is None:
            if len(self._called) > _KEPT:
                self._called.clear()
            called = self._called[key] = [
                rule for rule in rules if mask & self._rule_bits[rule.id] and count >= rule.lines
            ]
        for rule in called:
            if rule.twice and len({line.code for line in lines}) == count:
                continue
            if rule.absence and 0 in [line.room for line in lines]:
                continue
            for draft in self._run(rule, subject):
                line = (lines + credits)[draft.line] if draft.line < count + len(credits) else None
                found.append(self._finding(rule, draft, line, draft.part.item))
        return found

    def check_document(self, facts: Mapping[str, int]) -> Iterator[Finding]:
        """What is to be said once of a whole document, from counts kept over it."""
        for rule in self._sorted.document:
            for draft in self._run(rule, facts):
                yield self._finding(rule, draft, None, 0)

    # -- from draft to finding ------------------------------------------------------------------------------------

    def _finding(self, rule: Rule, draft: Draft, line: ServiceLine | None, item: int) -> Finding:
        severity = self._severity(rule, draft)
        editions = [self.know.edition_for(id, line) for id in rule.editions]
        names = [edition.name for edition in editions]
        source = ", ".join(names) or rule.source
        message = draft.message
        if names and line is not None:
            if not all(edition.covers(line.since) for edition in editions):
                if severity == "error":
                    severity = "warning"
                source = f"by {source}, which does not cover {line.since}"
            elif line.since is None and any(len(self.know.editions_of(id)) > 1 for id in rule.editions):
                source = f"by {source}, the latest that is loaded: the line has no date"
        profile = self.know.profile
        named = profile.name in message or (profile.medicare and "Medicare" in message)
        if (draft.payer or rule.of_payers or rule.id in self._payers_differ) and not named:
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
            source=", ".join(names) or rule.source,
            fixes=draft.fixes,
            line=draft.line,
            related=draft.related,
            end=draft.end,
            unneeded=draft.unneeded,
            link=rule.link,
        )

    def _severity(self, rule: Rule, draft: Draft) -> Severity:
        """What was chosen for the rule, else what the draft says."""
        chosen = self._sorted.severities[rule.id]
        return draft.severity if draft.severity is not None and chosen == rule.severity else chosen

    @cached_property
    def _payers_differ(self) -> frozenset[str]:
        """The rules of which some payer profile says something of its own: what they say names the profile."""
        return frozenset(id for profile in self.know.catalog.profiles.values() for id in profile.rules)

    def _touches(self, rule: Rule, code: str) -> bool:
        """Whether a rule can speak of a code: it narrows itself to none, or to this one."""
        if rule.within is not None:
            return code in rule.within
        know = self.know
        if not rule.codes:
            if not (rule.packages or rule.multiple or rule.limits):
                return True
        else:
            singles, sets = _names(rule.codes)
            if code in singles or any(know.in_set(code, name) for name in sets):
                return True
        if rule.packages and any(row.global_days in rule.packages for row in know.rows_ever(code)):
            return True
        if rule.multiple and any(row.multiple in rule.multiple for row in know.rows_ever(code)):
            return True
        return bool(rule.limits) and any(limit.indicator in rule.limits for limit in know.limits_ever(code))
