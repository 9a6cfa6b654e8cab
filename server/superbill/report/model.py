"""What a report is made of: findings with places counted from 1, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from superbill.engine.analysis import Analysis
from superbill.engine.mending import offered
from superbill.rules.base import Finding, Severity


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a fix: lines and columns from 1, columns in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A fix as reported."""

    title: str
    preferred: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding in a file: lines and columns from 1, columns in code points, end exclusive.

    `source_line` is the text of its first line, for showing it; it goes into no report that leaves the screen.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    finding: Finding
    fixes: tuple[Mend, ...]
    source_line: str = ""


@dataclass(slots=True)
class Summary:
    """Totals over all files."""

    files: int = 0
    service_lines: int = 0
    mentions: int = 0
    not_checked: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    mendable: int = 0
    known: int = 0  #: findings that the baseline accepts; they are in no other count

    def add(self, other: Summary) -> None:
        """Add the totals of other files."""
        self.files += other.files
        self.service_lines += other.service_lines
        self.mentions += other.mentions
        self.not_checked += other.not_checked
        self.severities.update(other.severities)
        self.mendable += other.mendable
        self.known += other.known

    def worst(self) -> Severity | None:
        """The gravest severity found."""
        for severity in ("error", "warning", "information", "hint"):
            if self.severities[severity]:
                return severity
        return None


def report(path: str, analysis: Analysis, summary: Summary) -> Sequence[Reported]:
    """The findings of one analysed file; adds to the summary."""
    summary.files += 1
    summary.service_lines += analysis.totals["lines"]
    summary.mentions += analysis.totals["mentions"]
    summary.not_checked += analysis.totals["outside"]
    lines = analysis.document.lines
    shown = (-1, "")  # the line shown last; a file of one long line shall not be copied for every finding
    found = []
    for located in analysis.findings():
        mends = []
        for fix, edits in offered(analysis, located):
            mends.append(
                Mend(
                    fix.title,
                    fix.preferred,
                    tuple(
                        Edit(e.start.line + 1, e.start.column + 1, e.end.line + 1, e.end.column + 1, e.text)
                        for e in edits
                    ),
                )
            )
        if shown[0] != located.start.line:
            shown = (located.start.line, lines[located.start.line].rstrip("\r\n"))
        summary.severities[located.finding.severity] += 1
        summary.mendable += any(mend.preferred for mend in mends)
        found.append(
            Reported(
                path,
                located.start.line + 1,
                located.start.column + 1,
                located.end.line + 1,
                located.end.column + 1,
                located.finding,
                tuple(mends),
                shown[1],
            )
        )
    return found
