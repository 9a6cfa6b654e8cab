"""Settings as the engine needs them, and how a `superbill.yaml` is understood. Reading the file is for others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

from superbill.charges.columns import ROLES, identify
from superbill.rules.own import OwnRule, read_own_rules

_SEVERITIES = ("error", "warning", "information", "hint", "off")
DEFAULT_PAYER = "medicare-b"
FIELDS = ("payer", "payers", "rules", "paths", "exclude", "accept", "baseline", "columns", "own_rules", "catalog")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace or a client may choose.

    `payer` is the id of a payer profile, "" for the default one; `payers` maps path patterns to ids; `rules` maps rule ids or names to a severity or "off"; `exclude` holds path
    patterns that are not checked; `accept` holds accepted findings as "RULE CODE" or "RULE CODE-MODIFIERS", followed
    by " in FILE" when they hold for one file only; `paths` maps path patterns to what `rules` would hold for the files they
    name; `baseline` is the path of a baseline, "" for none; `columns` says, for path patterns, what the headings of columns hold:
    role to headings; `own_rules` are the workspace's own rules; `catalog` names the files of its own
    catalog.
    """

    payer: str = ""
    payers: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    accept: frozenset[str] = frozenset()
    columns: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    paths: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    baseline: str = ""
    own_rules: tuple[OwnRule, ...] = ()
    catalog: tuple[str, ...] = ()

    def rules_in(self, path: str) -> Mapping[str, str]:
        """The severities for a file: those for all, then those of each pattern that names it, the later ones winning."""
        if not self.paths:
            return self.rules
        path = path.replace("\\", "/")
        found = dict(self.rules)
        for pattern, rules in self.paths.items():
            if excludes(path, (pattern,)):
                found.update(rules)
        return found

    def columns_in(self, path: str) -> tuple[tuple[str, str, int], ...]:
        """What is said of the columns of a file, as `Hints.columns` has it. Of several patterns that name the file, the
        last one that speaks of a role counts for it. The path's separator is "/"."""
        roles: dict[str, tuple[str, ...]] = {}
        for pattern, said in self.columns.items():
            if excludes(path, (pattern,)):
                roles.update(said)
        found = []
        for role, headings in roles.items():
            several = len(headings) > 1
            found += [(identify(heading), role, number if several else 0) for number, heading in enumerate(headings, 1)]
        return tuple(found)

    def payer_of(self, path: str) -> str:
        """The id of the profile chosen for a file: by the first pattern that names it, else for all; "" for none."""
        path = path.replace("\\", "/")
        return next((payer for pattern, payer in self.payers.items() if excludes(path, (pattern,))), self.payer)

    def accepted_in(self, name: str) -> frozenset[str]:
        """The accepted findings that hold in a file, as "RULE CODE-MODIFIERS". `name` is its path or address."""
        found = set()
        for entry in self.accept:
            what, _, where = entry.partition(" in ")
            if not where or name.replace("\\", "/").endswith(where):
                found.add(what)
        return frozenset(found)

    def excludes(self, path: str) -> bool:
        """Whether a file is not to be checked."""
        return excludes(path, self.exclude)

    def over(self, below: Settings) -> Settings:
        """These settings laid over others: what is set here wins, lists add up."""
        return Settings(
            payer=self.payer or below.payer,
            payers=self.payers or ({} if self.payer else below.payers),
            rules={**below.rules, **self.rules},
            exclude=below.exclude + self.exclude,
            catalog=below.catalog + self.catalog,
            accept=below.accept | self.accept,
            paths={**{one: said for one, said in below.paths.items() if one not in self.paths}, **self.paths},
            baseline=self.baseline or below.baseline,
            columns={
                **{pattern: said for pattern, said in below.columns.items() if pattern not in self.columns},
                **{pattern: {**below.columns.get(pattern, {}), **said} for pattern, said in self.columns.items()},
            },
            own_rules=tuple({rule.id: rule for rule in below.own_rules + self.own_rules}.values()),
        )


def excludes(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns names a path, in full or from any folder on. Its separator is "/"."""
    return any(fnmatch(path, pattern) or fnmatch(path, "*/" + pattern) for pattern in patterns)


def read_settings(
    data: object,
    known_rules: frozenset[str] = frozenset(),
    *,
    profiles: Iterable[str] = (),
    line_of: Callable[[tuple[str | int, ...]], int] | None = None,
    origin: str = "",
) -> tuple[Settings, list[str]]:
    """Settings from parsed YAML or JSON, and what is wrong with it, in words. What is wrong is left out.

    `profiles` are the payers that own rules may name; without any, names are not looked at. `line_of` tells the line, from 1, on which a value stands: keys and
    indexes from the top; 0 when nobody knows. `origin` is the path of the file that the data was read from, if any.
    """
    problems: list[str] = []
    if data is None:
        return Settings(), problems
    if not isinstance(data, Mapping):
        return Settings(), ["settings must be a mapping such as `payer: medicare-b`"]
    values: dict[str, Any] = {}
    for key in data:
        if key not in FIELDS:
            problems.append(f"unknown setting {key!r}; the settings are {', '.join(FIELDS)}")
    payer = data.get("payer")
    if isinstance(payer, str) and payer:
        values["payer"] = payer
    elif payer not in (None, ""):
        problems.append("payer must be the name of a profile, such as medicare-b")
    payers = data.get("payers")
    if isinstance(payers, Mapping) and all(isinstance(one, str) and one for pair in payers.items() for one in pair):
        values["payers"] = dict(payers)
    elif payers is not None:
        problems.append("payers must map path patterns to profiles, such as medicaid/**: medicaid")
    own, wrong = read_own_rules(
        data.get("own_rules"),
        profiles,
        origin=origin,
        line_of=lambda index: line_of(("own_rules", index)) if line_of else 0,
    )
    if own:
        values["own_rules"] = own
    for problem in wrong:
        line = line_of(("own_rules", *problem.path)) if line_of else 0
        where = f"line {line}: " if line else ""
        problems.append(f"{where}own_rules: {f'{problem.name}: ' if problem.name else ''}{problem.text}")
    if known_rules:
        known_rules |= {rule.id for rule in own}
    if data.get("rules") is not None:
        values["rules"] = _rules(data["rules"], "rules", known_rules, problems)
    if data.get("paths") is not None:
        values["paths"] = _paths(data["paths"], known_rules, problems)
    baseline = data.get("baseline")
    if isinstance(baseline, str):
        values["baseline"] = baseline.strip()
    elif baseline is not None:
        problems.append("baseline must be the path of a file, such as superbill-baseline.jsonl")
    for key in ("exclude", "accept"):
        found = data.get(key)
        if isinstance(found, (list, tuple)) and all(isinstance(item, str) for item in found):
            values[key] = tuple(found) if key == "exclude" else frozenset(" ".join(item.split()) for item in found)
        elif found is not None:
            problems.append(f"{key} must be a list of texts")
    named = data.get("catalog")
    named = [named] if isinstance(named, str) else named
    if isinstance(named, (list, tuple)) and all(isinstance(item, str) and item for item in named):
        values["catalog"] = tuple(named)
    elif named is not None:
        problems.append("catalog must be the name of a file such as codes.yaml, or a list of them")
    if data.get("columns") is not None:
        values["columns"] = _columns(data["columns"], problems)
    return Settings(**values), problems


def _rules(data: object, where: str, known_rules: frozenset[str], problems: list[str]) -> dict[str, str]:
    """A mapping of rules to severities; `where` names it in what is said of it."""
    chosen: dict[str, str] = {}
    if not isinstance(data, Mapping):
        problems.append(f"{where} must map rule ids to a severity or to off")
        return chosen
    for name, severity in data.items():
        text = "off" if severity is False else str(severity)
        if text not in _SEVERITIES:
            problems.append(f"{where}: {name}: {text!r} is none of {', '.join(_SEVERITIES)}")
        elif known_rules and str(name) not in known_rules:
            problems.append(f"{where}: there is no rule {name!r}")
        else:
            chosen[str(name)] = text
    return chosen


def _paths(data: object, known_rules: frozenset[str], problems: list[str]) -> dict[str, dict[str, str]]:
    """The `paths` of settings: file pattern to severities."""
    if not isinstance(data, Mapping):
        problems.append('paths must map file patterns to settings, such as "training/**": {rules: {K520: off}}')
        return {}
    found: dict[str, dict[str, str]] = {}
    for pattern, said in data.items():
        if said is None:
            continue
        if not isinstance(said, Mapping):
            problems.append(f"paths: {pattern}: must hold settings, such as rules: {{K520: off}}")
            continue
        for key in said:
            if key != "rules":
                problems.append(f"paths: {pattern}: there is no setting {key!r} for some files; there is rules")
        if said.get("rules") is not None:
            found[str(pattern)] = _rules(said["rules"], f"paths: {pattern}: rules", known_rules, problems)
    return found


def _columns(data: object, problems: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The `columns` of settings: file pattern to role to headings."""
    if not isinstance(data, Mapping):
        problems.append('columns must map file patterns to roles, such as "exports/*.csv": {code: Leistung}')
        return {}
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for pattern, roles in data.items():
        if not isinstance(roles, Mapping):
            if roles is not None:
                problems.append(f"columns: {pattern}: must map roles to headings, such as code: Leistung")
            continue
        said: dict[str, tuple[str, ...]] = {}
        holder: dict[str, str] = {}
        for role, headings in roles.items():
            names = _headings(headings)
            if role not in ROLES:
                problems.append(f"columns: {pattern}: there is no role {role!r}; the roles are {', '.join(ROLES)}")
            elif names is None:
                problems.append(f"columns: {pattern}: {role} must be a heading or a list of headings")
            else:
                for name in names:
                    if holder.setdefault(identify(name), role) != role:
                        problems.append(f"columns: {pattern}: {name!r} is both {holder[identify(name)]} and {role}")
                said[role] = tuple(name for name in names if holder[identify(name)] == role)
        found[str(pattern)] = said
    return found


def _headings(data: object) -> tuple[str, ...] | None:
    """One heading or several as texts; a number in the place of a text is one. None when it is anything else."""
    several = data if isinstance(data, (list, tuple)) else (data,)
    names = []
    for one in several:
        if isinstance(one, bool) or not isinstance(one, (str, int)) or not str(one).strip():
            return None
        names.append(str(one))
    return tuple(names) or None
