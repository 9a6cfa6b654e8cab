"""Findings for a person at a terminal: place, severity, rule, message; the line with a mark under it."""

from __future__ import annotations

from collections.abc import Sequence

from superbill.report.form import Ending
from superbill.report.model import Reported, Summary
from superbill.rules.base import SEVERITIES

_COLOURS = {"error": "31", "warning": "33", "information": "36", "hint": "2"}
_NAMES = {"error": "error", "warning": "warning", "information": "note", "hint": "hint"}
_WIDTH = 160


class Text:
    """The report for a screen."""

    between = ""

    def __init__(self, colour: bool = False) -> None:
        self._colour = colour

    def head(self) -> str:
        """Nothing."""
        return ""

    def file(self, path: str, found: Sequence[Reported]) -> str:
        """Each finding with its line."""
        return "".join(finding(one, self._colour) + "\n" for one in found)

    def tail(self, ending: Ending) -> str:
        """The totals."""
        return summary(ending.totals, ending.source) + "\n"


def finding(reported: Reported, colour: bool = False) -> str:
    """One finding with its source line. Long lines are cut around the mark."""
    severity = reported.finding.severity
    shown = f"\033[{_COLOURS[severity]}m{severity}\033[0m" if colour else severity
    head = f"{reported.path}:{reported.line}:{reported.column}  {shown}  {reported.finding.rule}  {reported.finding.message}"
    text, start = reported.source_line, reported.column - 1
    end = reported.end_column - 1 if reported.end_line == reported.line else len(text)
    cut = max(0, start - _WIDTH // 2) if len(text) > _WIDTH else 0
    window = text[cut : cut + _WIDTH]
    visible = "".join(char if char.isprintable() else " " for char in window)
    mark = " " * (start - cut) + "^" * max(1, min(end, cut + _WIDTH) - start)
    mend = next((fix.title for fix in reported.fixes if fix.preferred), "")
    gutter = f"{reported.line:>6} │ "
    blank = " " * 7 + "│ "
    return f"{head}\n{gutter}{visible}\n{blank}{mark}{'  ' + mend[0].lower() + mend[1:] if mend else ''}"


def summary(totals: Summary, source: str) -> str:
    """The last line: how many of each, in how many lines, by which table."""
    counts = [_count(totals.severities[one], _NAMES[one]) for one in SEVERITIES if totals.severities[one]]
    found = ", ".join(counts) or "nothing found"
    seen = []
    if totals.service_lines:
        seen.append(_count(totals.service_lines, "service line"))
    if totals.mentions:
        seen.append(_count(totals.mentions, "cited code"))
    where = " and ".join(seen) or "no charges"
    files = f" of {_count(totals.files, 'file')}" if totals.files != 1 else ""
    line = f"{found} in {where}{files} · {source}"
    if totals.not_checked:
        line += f" · {totals.not_checked} lines dated outside the tables"
    if totals.known:
        line += f" · {totals.known} more in the baseline"
    if totals.mendable:
        line += f" · {totals.mendable} can be mended mechanically"
    return line


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
