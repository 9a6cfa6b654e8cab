"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change.

The commands and how their values are escaped: GitHub's documentation of workflow commands, and the toolkit's `command.ts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from superbill.report.form import Ending, beneath
from superbill.report.model import Reported
from superbill.report.text import summary

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"}


class GitHub:
    """The report as workflow commands; the totals follow as a plain line of the log."""

    between = ""

    def __init__(self, root: Path) -> None:
        self._root = root

    def head(self) -> str:
        """Nothing."""
        return ""

    def file(self, path: str, found: Sequence[Reported]) -> str:
        """A command for each finding."""
        return "".join(self._command(one) for one in found)

    def tail(self, ending: Ending) -> str:
        """The totals."""
        return summary(ending.totals, ending.source) + "\n"

    def _command(self, one: Reported) -> str:
        finding = one.finding
        properties: dict[str, object] = {"file": beneath(one.path, self._root), "line": one.line}
        if one.line == one.end_line:
            # Columns are taken within one line only. GitHub's last column is part of what is marked.
            properties |= {"col": one.column, "endColumn": max(one.column, one.end_column - 1)}
        else:
            properties |= {"endLine": one.end_line}
        properties["title"] = one.title
        said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        return f"::{_COMMANDS[finding.severity]} {said}::{_data(one.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
