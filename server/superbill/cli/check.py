"""`superbill check`: findings in files, folders or standard input."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

from superbill.catalog.store import FEES
from superbill.cli.checking import Checker, Task, Wanted, check_all
from superbill.cli.exceptions import Exceptions
from superbill.cli.exits import CLEAN, FAILED, FOUND, Failure
from superbill.cli.progress import Progress
from superbill.config import catalog_files, find_settings
from superbill.engine.settings import Settings
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
    writing = Path(options.write_baseline) if options.write_baseline else None
    exceptions = Exceptions(Path(options.baseline) if options.baseline else None, writing)
    form = "data" if options.format == "json" or writing else "counts" if options.quiet else "text"
    wanted = Wanted(options.payer or "", form, options.format == "text" and sys.stdout.isatty())
    checker = Checker(wanted)
    totals = Summary()
    kept: list[Reported] = []
    failures: dict[str, str] = {}
    failed = False
    with Progress(sys.stderr) as progress:
        for outcome in check_all(list(_tasks(options, checker, exceptions)), wanted, checker, options.jobs):
            task = outcome.task
            progress.step(task.shown)
            if outcome.unreadable:
                # A file that was named must be read; one that was merely met in a folder is passed over.
                print(f"superbill: {task.shown}: {outcome.unreadable}", file=sys.stderr)
                failed = failed or str(task.path) in options.paths or task.path is None
                continue
            exceptions.add(outcome)
            totals.add(outcome.summary)
            failures.update(outcome.failures)
            kept += outcome.found
            if outcome.text:
                progress.clear()
                print(outcome.text)
    if writing:
        print(exceptions.write())
    elif options.format == "json":
        print(json_report.document(kept, totals))
    else:
        print(text.summary(totals, checker.catalog.edition(FEES).name))
    for rule, kind in failures.items():
        print(f"superbill: rule {rule} failed ({kind}) and said nothing; please report it", file=sys.stderr)
        failed = True
    exceptions.tell_stale(options.paths)
    if failed:
        return FAILED
    if writing:
        return CLEAN
    if options.fail_on == "never":
        return CLEAN
    limit = SEVERITIES.index(options.fail_on)
    return FOUND if any(totals.severities[severity] for severity in SEVERITIES[: limit + 1]) else CLEAN


def _tasks(options: argparse.Namespace, checker: Checker, exceptions: Exceptions) -> Iterator[Task]:
    """Everything to check; what is wrong with a settings file or a workspace's catalog is said once."""
    told: set[Path] = set()
    read: set[tuple[Path, ...]] = {()}

    def tell_of_catalog(at: Path, settings: Settings) -> None:
        files = catalog_files(at, settings)
        if files not in read:
            read.add(files)
            for problem in checker.workspace(files)[1]:
                print(f"superbill: {problem}", file=sys.stderr)

    for name in options.paths:
        if name == "-":
            if options.kind not in _KINDS:
                raise Failure(f"say what standard input is with --as: {', '.join(_KINDS)}")
            settings, problems, where = find_settings(Path.cwd())
            _tell(problems, where, told)
            tell_of_catalog(Path.cwd(), settings)
            yield Task("<stdin>", None, f".{options.kind}", settings)
            continue
        path = Path(name)
        if not path.exists():
            raise Failure(f"{name}: no such file or folder")
        own = find_settings(path)
        for found in expand(path, own[0].exclude):
            settings, problems, where = own if path.is_file() else find_settings(found)
            _tell(problems, where, told)
            tell_of_catalog(found, settings)
            if not exceptions.is_baseline(found, settings):
                exceptions.note(found, settings, where)
                yield Task(str(found), found, found.suffix.lower(), settings, exceptions.accepted_in(found, settings))


def _tell(problems: list[str], where: Path | None, told: set[Path]) -> None:
    if where and where not in told:
        told.add(where)
        for problem in problems:
            print(f"superbill: {where.name}: {problem}", file=sys.stderr)
