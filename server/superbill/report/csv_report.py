"""Findings as CSV (RFC 4180), a row for each, for spreadsheets and databases."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from superbill.report.form import Ending
from superbill.report.model import Reported

#: The columns, in this order. `fix` is the title of the first mechanical fix, "" where there is none.
HEADER = (
    "path", "line", "column", "end_line", "end_column", "rule", "name", "severity", "code", "modifiers", "message", "source",
    "fix", "fingerprint",
)  # fmt: skip
#: What a cell begins with that a spreadsheet takes for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Csv:
    """The report as CSV."""

    between = ""

    def head(self) -> str:
        """The row of headings."""
        return _rows([HEADER])

    def file(self, path: str, found: Sequence[Reported]) -> str:
        """A row for each finding."""
        return _rows(
            (
                one.path,
                one.line,
                one.column,
                one.end_line,
                one.end_column,
                one.finding.rule,
                one.finding.name,
                one.finding.severity,
                one.finding.code,
                " ".join(one.finding.modifiers),
                one.message,
                one.finding.source,
                next((fix.title for fix in one.fixes if fix.preferred), ""),
                one.fingerprint,
            )
            for one in found
        )

    def tail(self, ending: Ending) -> str:
        """Nothing: totals are no row."""
        return ""


def _rows(rows: object) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:  # type: ignore[attr-defined]
        writer.writerow([_safe(cell) for cell in row])
    return stream.getvalue()


def _safe(cell: object) -> object:
    """A cell that no spreadsheet computes: an apostrophe in front of what would begin a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
