"""A baseline: findings that were there when somebody began to check, accepted in one go so that only new ones are shown.

A finding is known again by its rule, the code and modifiers of its line and the field it stands on, in one file; equal
ones are counted. Line numbers are no part of that, so that it survives lines that move. Nothing of a patient is, either,
and no date of service: there are so few dates that whoever has a hash of one has the date.

The file is one JSON object to a line, sorted: it reads well in a diff, and two branches merge line by line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from superbill.rules.base import Finding

#: The version that is written and read.
VERSION = 1
_HEAD = "superbill_baseline"

#: How many findings are accepted, by what they are known by, for each file. Paths are those from the baseline's folder.
Baseline = dict[str, dict[str, int]]


class Broken(Exception):
    """A baseline that cannot be read. The text says the line and why."""


def key(finding: Finding) -> str:
    """What a finding is known by within its file: rule, code with modifiers, field."""
    return " ".join((finding.rule, "-".join((finding.code, *finding.modifiers)), finding.part.name))


def beyond(budget: dict[str, int], known_by: str) -> bool:
    """Whether a finding goes beyond what is accepted; if not, one less of its kind is left in `budget`."""
    left = budget.get(known_by, 0)
    if left:
        budget[known_by] = left - 1
    return not left


def parse(text: str) -> Baseline:
    """What a baseline file says. Of a line that stands there twice, as after a merge, the larger count holds.

    Raises Broken.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    head = _object(*lines[0]) if lines else {}
    if _HEAD not in head:
        raise Broken(f'not a baseline: the first line must be {{"{_HEAD}": {VERSION}}}')
    if head[_HEAD] != VERSION:
        raise Broken(f"version {head[_HEAD]!r} is not known; this Superbill reads version {VERSION}")
    found: Baseline = {}
    for number, line in lines[1:]:
        entry = _object(number, line)
        path, rule, on, count = (entry.get(name) for name in ("path", "rule", "on", "count"))
        if not isinstance(path, str) or not path or not isinstance(rule, str) or not rule or not isinstance(on, str):
            raise Broken(f"line {number}: path, rule and on must be texts")
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise Broken(f"line {number}: count must be a number from 1")
        of_file = found.setdefault(path, {})
        known_by = f"{rule} {on}"
        of_file[known_by] = max(count, of_file.get(known_by, 0))
    return found


def _object(number: int, line: str) -> dict[str, object]:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        raise Broken(f"line {number}: a merge is not finished; keep the lines of both sides")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise Broken(f"line {number}: not JSON") from None
    if not isinstance(found, dict):
        raise Broken(f"line {number}: not a JSON object")
    return found


def write(baseline: Mapping[str, Mapping[str, int]]) -> str:
    """The text of a baseline file."""
    rows = [json.dumps({_HEAD: VERSION})]
    for path in sorted(baseline):
        for known_by, count in sorted(baseline[path].items()):
            if count > 0:
                rule, _, on = known_by.partition(" ")
                rows.append(json.dumps({"path": path, "rule": rule, "on": on, "count": count}, ensure_ascii=False))
    return "\n".join(rows) + "\n"
