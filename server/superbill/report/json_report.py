"""Findings as one JSON object, for programs. Version 1; documented in `docs/cli.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from superbill.report.form import Ending
from superbill.report.model import Reported


class Json:
    """The report as JSON. Lines and columns count from 1, columns in code points, ends are exclusive."""

    between = ",\n"

    def head(self) -> str:
        """The version, and the beginning of the findings."""
        return '{"version": 1, "findings": [\n'

    def file(self, path: str, found: Sequence[Reported]) -> str:
        """The findings of a file, one in each line."""
        return ",\n".join(json.dumps(_finding(one), ensure_ascii=False) for one in found)

    def tail(self, ending: Ending) -> str:
        """The totals."""
        totals = ending.totals
        severities = totals.severities
        summary = {
            "files": totals.files,
            "service_lines": totals.service_lines,
            "mentions": totals.mentions,
            "errors": severities["error"],
            "warnings": severities["warning"],
            "information": severities["information"],
            "hints": severities["hint"],
            "not_checked": totals.not_checked,
        }
        return f'\n], "summary": {json.dumps(summary)}}}\n'


def _finding(one: Reported) -> dict[str, object]:
    finding = one.finding
    return {
        "path": one.path,
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "end_column": one.end_column,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": one.message,
        "code": finding.code,
        "modifiers": list(finding.modifiers),
        "source": finding.source,
        "fingerprint": one.fingerprint,
        "related": [asdict(other) for other in one.related],
        "fixes": [
            {
                "title": fix.title,
                "preferred": fix.preferred,
                **({"masked": True} if fix.masked else {}),
                "edits": [asdict(edit) for edit in fix.edits],
            }
            for fix in one.fixes
        ],
    }
