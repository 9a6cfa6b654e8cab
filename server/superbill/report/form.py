"""What a form of report is, and which there are.

A report is written file by file, so that a folder of any size needs no more memory than its largest file: a head, for each
file what is said of it, and a tail with the totals.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from superbill.report.model import Reported, Summary
from superbill.rules.base import SEVERITIES, Severity
from superbill.rules.own import OwnRule

#: The forms that can write findings which are not shown, with what silences them.
TELLING = frozenset({"sarif"})
#: Names of the forms, as `--format` takes them.
FORMS = ("text", "json", "sarif", "junit", "github", "csv")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file that could not be checked, or a rule that failed: what and why. `path` is "" for a rule."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known when all files are done: totals, what went wrong, and the table that most facts come from."""

    totals: Summary
    troubles: Sequence[Trouble] = ()
    source: str = ""
    successful: bool = True


class Form(Protocol):
    """One form of report. `between` separates what was written of two files, where something was."""

    between: str

    def head(self) -> str:
        """What comes before the first file."""

    def file(self, path: str, found: Sequence[Reported]) -> str:
        """What is said of one file; "" when nothing is."""

    def tail(self, ending: Ending) -> str:
        """What comes after the last file."""


def make(
    name: str,
    *,
    colour: bool = False,
    fail_on: str = "error",
    root: Path | None = None,
    own: Sequence[OwnRule] = (),
    silenced: bool = False,
) -> Form:
    """A form by its name. `fail_on` is the least severity that counts as a failure, or "never"; paths under `root` (the
    working folder) are written as seen from there; `own` are the rules of workspaces that may speak.
    `silenced` says that findings which are not shown are written, by a form that can."""
    from superbill.report import csv_report, github, json_report, junit, sarif, text

    base = root if root is not None else Path.cwd()
    if name == "text":
        return text.Text(colour)
    if name == "json":
        return json_report.Json()
    if name == "sarif":
        return sarif.Sarif(base, own, silenced)
    if name == "junit":
        return junit.JUnit(base, fail_on)
    if name == "github":
        return github.GitHub(base)
    return csv_report.Csv()


@lru_cache(maxsize=4096)
def beneath(path: str, root: Path) -> str:
    """A path as seen from a folder, its separator "/"; the whole path when it does not lie in it."""
    full = Path(os.path.abspath(root / path))  # noqa: PTH100  # not resolved: a link in the folder lies in it
    for one, base in ((full, root), (full.resolve(), root.resolve())):
        try:
            return one.relative_to(base).as_posix()
        except ValueError:
            continue
    return full.as_posix()


def seen_from(path: str, root: Path) -> str:
    """A path as somebody in a folder calls it, its separator "/": also one above it, as `../superbill.yaml`."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive
        return Path(path).name


def counts(severity: Severity, limit: str) -> bool:
    """Whether a finding of a severity is a failure by `--fail-on`."""
    return limit != "never" and SEVERITIES.index(severity) <= [*SEVERITIES].index(limit)  # type: ignore[arg-type]
