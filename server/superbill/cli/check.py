"""`superbill check`: findings in files, folders or standard input."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

from superbill.catalog.store import FEES
from superbill.cli.checking import Checker, Task, Wanted, check_all
from superbill.cli.exits import CLEAN, FAILED, FOUND, Failure
from superbill.cli.progress import Progress
from superbill.config import find_settings
from superbill.files import expand
from superbill.report import json_report, text
from superbill.report.model import Reported, Summary
from superbill.rules.base import SEVERITIES

_KINDS = ("csv", "tsv", "psv", "md", "txt", "837", "hl7", "json", "ndjson", "yaml")


def run_check(options: argparse.Namespace) -> int:
    """Check all paths; write the report; return the exit code."""
    gc.disable()  # a file's records live as long as the file is checked, and go all at once
    try:
        return _check(options)
    finally:
        gc.enable()


def _check(options: argparse.Namespace) -> int:
    form = "data" if options.format == "json" else "counts" if options.quiet else "text"
    wanted = Wanted(options.payer or "", form, options.format == "text" and sys.stdout.isatty())
    checker = Checker(wanted)
    totals = Summary()
    kept: list[Reported] = []
    failures: dict[str, str] = {}
    failed = False
    with Progress(sys.stderr) as progress:
        for outcome in check_all(list(_tasks(options)), wanted, checker, options.jobs):
            task = outcome.task
            progress.step(task.shown)
            if outcome.unreadable:
                # A file that was named must be read; one that was merely met in a folder is passed over.
                print(f"superbill: {task.shown}: {outcome.unreadable}", file=sys.stderr)
                failed = failed or str(task.path) in options.paths or task.path is None
                continue
            totals.add(outcome.summary)
            failures.update(outcome.failures)
            kept += outcome.found
            if outcome.text:
                progress.clear()
                print(outcome.text)
    if options.format == "json":
        print(json_report.document(kept, totals))
    else:
        print(text.summary(totals, checker.catalog.edition(FEES).name))
    for rule, kind in failures.items():
        print(f"superbill: rule {rule} failed ({kind}) and said nothing; please report it", file=sys.stderr)
        failed = True
    if failed:
        return FAILED
    if options.fail_on == "never":
        return CLEAN
    limit = SEVERITIES.index(options.fail_on)
    return FOUND if any(totals.severities[severity] for severity in SEVERITIES[: limit + 1]) else CLEAN


def _tasks(options: argparse.Namespace) -> Iterator[Task]:
    """Everything to check; what is wrong with a settings file is said once."""
    told: set[Path] = set()
    for name in options.paths:
        if name == "-":
            if options.kind not in _KINDS:
                raise Failure(f"say what standard input is with --as: {', '.join(_KINDS)}")
            settings, problems, where = find_settings(Path.cwd())
            _tell(problems, where, told)
            yield Task("<stdin>", None, f".{options.kind}", settings)
            continue
        path = Path(name)
        if not path.exists():
            raise Failure(f"{name}: no such file or folder")
        own = find_settings(path)
        for found in expand(path, own[0].exclude):
            settings, problems, where = own if path.is_file() else find_settings(found)
            _tell(problems, where, told)
            yield Task(str(found), found, found.suffix.lower(), settings)


def _tell(problems: list[str], where: Path | None, told: set[Path]) -> None:
    if where and where not in told:
        told.add(where)
        for problem in problems:
            print(f"superbill: {where.name}: {problem}", file=sys.stderr)
