"""Findings as one JSON object, for programs. Version 1; documented in `docs/cli.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from superbill.report.model import Reported, Summary


def document(found: Sequence[Reported], totals: Summary) -> str:
    """The whole report. Lines and columns count from 1, columns in code points, ends are exclusive."""
    severities = totals.severities
    return json.dumps(
        {
            "version": 1,
            "findings": [_finding(one) for one in found],
            "summary": {
                "files": totals.files,
                "service_lines": totals.service_lines,
                "mentions": totals.mentions,
                "errors": severities["error"],
                "warnings": severities["warning"],
                "information": severities["information"],
                "hints": severities["hint"],
                "not_checked": totals.not_checked,
            },
        },
        ensure_ascii=False,
        indent=1,
    )


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
        "message": finding.message,
        "code": finding.code,
        "modifiers": list(finding.modifiers),
        "source": finding.source,
        "fixes": [
            {"title": fix.title, "preferred": fix.preferred, "edits": [asdict(edit) for edit in fix.edits]}
            for fix in one.fixes
        ],
    }
