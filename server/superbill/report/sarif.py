"""Findings as SARIF 2.1.0, the OASIS exchange format for results of static analysis.

Holds no text of the files: no snippets, and fixes only where their text names nobody (see `masking`). Paths are as seen
from the working folder, and where that lies on this machine is not said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from superbill import __version__
from superbill.report.form import Ending, beneath, seen_from
from superbill.report.masking import MASK
from superbill.report.model import Mend, Reported, Silence
from superbill.rules.base import GROUPS, Rule
from superbill.rules.book import all_rules
from superbill.rules.own import SOURCE, OwnRule
from superbill.rules.own_checks import rules_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: Relative paths begin here: the folder in which `check` ran.
BASE = "SRCROOT"
#: The name of our fingerprint, with the version of how it is made.
FINGERPRINT = "superbill/v1"
_LEVELS = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}
#: What GitHub's code scanning calls them.
_PROBLEM = {"error": "error", "warning": "warning", "information": "recommendation", "hint": "recommendation"}
#: The first sentence of a text.
_SENTENCE = re.compile(r".*?[.!?](?=\s|\Z)|.+", re.DOTALL)


class Sarif:
    """The report as SARIF. All rules are listed, so that a result names its rule by number while files are still read.

    With `silenced` every result says what silences it, be it nothing: SARIF wants that of all results of a run or of none.
    `own` are those of workspaces. They stand behind the bundled ones, and two of one id, from two folders, are two entries:
    SARIF lets rules share an id, and results tell them apart by the number.
    """

    between = ",\n"

    def __init__(self, root: Path, own: Sequence[OwnRule] = (), silenced: bool = False) -> None:
        self._root = root
        self._silenced = silenced
        self._own = {rule: len(all_rules()) + number for number, rule in enumerate(dict.fromkeys(own))}

    def head(self) -> str:
        """The run up to its results."""
        driver = {
            "name": "Superbill",
            "version": __version__,
            "semanticVersion": __version__,
            "language": "en-US",
            "shortDescription": {"text": "Checks procedure codes and modifiers in charge files and draft notes."},
            "rules": [*map(descriptor, all_rules().values()), *(self._own_descriptor(rule) for rule in self._own)],
        }
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {BASE: {"description": {"text": "The folder in which superbill check ran."}}},
            "redactionTokens": [MASK],
        }
        begun = _json(run).removesuffix("}")
        return f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{begun}, "results": [\n'

    def file(self, path: str, found: Sequence[Reported]) -> str:
        """The results of a file, one in each line."""
        if not found:
            return ""
        where = self._artifact(path)
        results = []
        for one in found:
            result = _result(one, where, self._number(one))
            if self._silenced:
                result["suppressions"] = [self._suppression(one.silence)] if one.silence else []
            results.append(_json(result))
        return ",\n".join(results)

    def tail(self, ending: Ending) -> str:
        """How the run went: what could not be checked and why."""
        notes = []
        for trouble in ending.troubles:
            note: dict[str, object] = {"level": "error", "message": {"text": trouble.why}}
            if trouble.path:
                note["locations"] = [{"physicalLocation": {"artifactLocation": self._artifact(trouble.path)}}]
            notes.append(note)
        invocation = {"executionSuccessful": ending.successful, "toolExecutionNotifications": notes}
        return f'\n],\n"invocations": {_json([invocation])}}}]}}\n'

    def _number(self, one: Reported) -> int | None:
        """The place of a finding's rule in the list of rules."""
        return self._own.get(one.own) if one.own is not None else _numbers().get(one.finding.rule)

    def _own_descriptor(self, rule: OwnRule) -> dict[str, object]:
        """What SARIF says of a rule of a workspace: the team's words, and where they are written."""
        body = _headed(rules_of(rule)[0])
        message = rule.message if rule.message.endswith((".", "!", "?")) else f"{rule.message}."
        said: dict[str, object] = {
            "id": rule.id,
            "shortDescription": {"text": _SENTENCE.match(message)[0].strip()},  # type: ignore[index]
            "fullDescription": {"text": " ".join(part for part in (message, rule.why) if part)},
            "help": {"text": body, "markdown": body},
            "defaultConfiguration": {"enabled": True, "level": _LEVELS[rule.severity]},
        }
        if rule.link:
            said["helpUri"] = rule.link
        properties: dict[str, object] = {
            "group": SOURCE,
            "tags": ["medical-coding", SOURCE],
            "problem.severity": _PROBLEM[rule.severity],
        }
        if rule.origin:
            properties |= {"file": seen_from(rule.origin, self._root), "line": rule.line}
        return said | {"properties": properties}

    def _suppression(self, silence: Silence) -> dict[str, object]:
        """What SARIF says of that which silences a finding. A place outside the working folder is told in words only."""
        here = silence.by in ("comment", "file comment")
        said: dict[str, object] = {"kind": "inSource" if here else "external", "status": "accepted"}
        if silence.reason:
            said["justification"] = silence.reason
        properties: dict[str, object] = {"by": silence.by}
        if silence.path and (here or not Path(beneath(silence.path, self._root)).is_absolute()):
            place: dict[str, object] = {"artifactLocation": self._artifact(silence.path)}
            if silence.column:
                place["region"] = _region(silence)
            elif silence.line:
                place["region"] = {"startLine": silence.line}
            said["location"] = {"physicalLocation": place}
        elif silence.path:
            properties["file"] = seen_from(silence.path, self._root)
            if silence.line:
                properties["line"] = silence.line
        return said | {"properties": properties}

    def _artifact(self, path: str) -> dict[str, object]:
        if path == "<stdin>":
            return {"uri": "stdin", "description": {"text": "standard input"}}
        seen = beneath(path, self._root)
        if Path(seen).is_absolute():
            return {"uri": Path(seen).as_uri()}
        return {"uri": quote(seen, safe="/~!$&'()*+,;=@"), "uriBaseId": BASE}


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


@lru_cache(maxsize=1)
def _numbers() -> Mapping[str, int]:
    return {id: number for number, id in enumerate(all_rules())}


def _headed(rule: Rule) -> str:
    """The documentation of a rule below its first line."""
    return "\n\n".join(
        f"## {heading}\n\n{text}" for heading, text in rule.sections().items() if text and heading != "Settings"
    )


def descriptor(rule: Rule) -> dict[str, object]:
    """What SARIF says of a rule: its name, what it does, help as its page has it, and its level unless settings differ."""
    sections = rule.sections()
    about = _headed(rule)
    severity = rule.severity
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join((sections.get("What it does") or rule.title).split())},
        "help": {"text": about, "markdown": about},
        "defaultConfiguration": {"enabled": rule.status != "off", "level": _LEVELS[severity]},
        "properties": {
            "group": GROUPS[rule.group],
            "tags": ["medical-coding", GROUPS[rule.group]],
            "problem.severity": _PROBLEM[severity],
        },
    }


def _result(one: Reported, where: dict[str, object], number: int | None) -> dict[str, object]:
    finding = one.finding
    result: dict[str, object] = {"ruleId": finding.rule}
    if number is not None:
        result["ruleIndex"] = number
    result |= {
        "level": _LEVELS[finding.severity],
        "message": {"text": one.message},
        "locations": [{"physicalLocation": _location(where, one)}],
        "partialFingerprints": {FINGERPRINT: one.fingerprint},
        "properties": {"severity": finding.severity, "code": finding.code, "modifiers": list(finding.modifiers)},
    }
    if one.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _location(where, other), "message": {"text": other.message}}
            for number, other in enumerate(one.related, 1)
        ]
    fixes = [_fix(fix, where) for fix in one.fixes if fix.edits]
    if fixes:
        result["fixes"] = fixes
    return result


def _location(where: dict[str, object], span: object) -> dict[str, object]:
    return {"artifactLocation": where, "region": _region(span)}


def _region(span: object) -> dict[str, object]:
    names = {"startLine": "line", "startColumn": "column", "endLine": "end_line", "endColumn": "end_column"}
    return {name: getattr(span, attribute) for name, attribute in names.items()}


def _fix(fix: Mend, where: dict[str, object]) -> dict[str, object]:
    replacements: Iterable[dict[str, object]] = (
        {"deletedRegion": _region(edit), "insertedContent": {"text": edit.text}} for edit in fix.edits
    )
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": where, "replacements": list(replacements)}],
        "properties": {"preferred": fix.preferred},
    }
