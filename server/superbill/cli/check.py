"""`superbill check`: findings in files, folders or standard input, and their mechanical fixes."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from superbill.catalog.store import FEES
from superbill.cli.checking import Checker, Outcome, Task, Wanted, check_all
from superbill.cli.exceptions import Exceptions
from superbill.cli.exits import CLEAN, FAILED, FOUND, Failure
from superbill.cli.progress import Progress
from superbill.cli.writing import Files, Sink, targets_of
from superbill.config import catalog_files, find_settings
from superbill.engine.settings import Settings
from superbill.files import expand
from superbill.report.form import TELLING, Ending, Trouble, make
from superbill.report.model import Summary
from superbill.rules.base import SEVERITIES

_KINDS = ("csv", "tsv", "psv", "md", "txt", "837", "hl7", "json", "ndjson", "yaml")


def run_check(options: argparse.Namespace) -> int:
    """Check all paths; write the reports; return the exit code."""
    gc.disable()  # a file's records live as long as the file is checked, and go all at once
    try:
        return _check(options)
    finally:
        gc.enable()


def _check(options: argparse.Namespace) -> int:
    writing = Path(options.write_baseline) if options.write_baseline else None
    if writing and (options.fix or options.diff):
        raise Failure("--write-baseline goes without --fix and --diff: what is mended need not be accepted")
    exceptions = Exceptions(Path(options.baseline) if options.baseline else None, writing)
    targets = targets_of([*options.report, *([f"{options.format}={options.output}"] if options.output else [])])
    shown = "text" if options.output else options.format
    if options.show_suppressed and not TELLING & {shown, *(name for name, _ in targets)}:
        raise Failure("--show-suppressed goes with SARIF: --format sarif, or --report sarif=FILE")
    filter_ = "-" in options.paths and options.fix
    if filter_ and len(options.paths) > 1:
        raise Failure("--fix takes standard input alone, not with other paths")
    # Standard output belongs to the mended text, or to a diff that was asked for.
    screen = sys.stderr if filter_ or options.diff else sys.stdout
    silent = bool(options.diff or writing or (options.quiet and shown == "text"))
    names = [shown] if not silent else []
    wanted = Wanted(
        payer=options.payer or "",
        forms=(*names, *(name for name, _ in targets)),
        colour=shown == "text" and screen.isatty(),
        fail_on=options.fail_on,
        identifiers=options.show_identifiers,
        fix=_fix_mode(options, bool(filter_)),
        screen=sys.stdout.isatty() and not options.diff,
        keys=writing is not None,
        silenced=options.show_suppressed,
    )
    mending = _Mending(options)
    checker = Checker(wanted, mending.ask)
    # A report of an earlier run that lies in a folder is no charge file.
    own = {target.resolve() for _, target in targets}
    tasks = [
        task for task in _tasks(options, checker, exceptions) if task.path is None or task.path.resolve() not in own
    ]
    rules = tuple(dict.fromkeys(rule for task in tasks for rule in task.settings.own_rules))
    checker.wanted = wanted = wanted._replace(own=rules)
    totals = Summary()
    failures: dict[str, str] = {}
    troubles: list[Trouble] = []
    failed = False
    if shown == "csv" and isinstance(screen, io.TextIOWrapper):
        screen.reconfigure(newline="")  # its rows end as RFC 4180 has it, on every system
    forms = [make(name, fail_on=options.fail_on, own=wanted.own, silenced=wanted.silenced) for name in wanted.forms]
    with Files(targets) as streams, Progress(sys.stderr) as progress:
        sinks = [Sink(form, to) for form, to in zip(forms, [*([screen] * len(names)), *streams], strict=True)]
        mending.progress = progress
        for outcome in check_all(tasks, wanted, checker, options.jobs):
            task = outcome.task
            progress.step(task.shown)
            if outcome.unreadable:
                # A file that was named must be read; one that was merely met in a folder is passed over.
                progress.clear()
                print(f"superbill: {task.shown}: {outcome.unreadable}", file=sys.stderr)
                troubles.append(Trouble(task.shown, outcome.unreadable))
                failed = failed or str(task.path) in options.paths or task.path is None
                continue
            exceptions.add(outcome)
            totals.add(outcome.summary)
            failures.update(outcome.failures)
            if any(outcome.reports) or outcome.diff or outcome.refused or outcome.unwritable:
                progress.clear()
            failed = mending.took(outcome) or failed
            for sink, text in zip(sinks, outcome.reports, strict=True):
                sink.add(text)
        for rule, kind in failures.items():
            failed = True
            troubles.append(Trouble("", f"rule {rule} failed ({kind}) and said nothing"))
        ending = Ending(totals, troubles, checker.catalog.edition(FEES).name, not failed)
        progress.clear()
        for sink in sinks:
            sink.end(ending)
        if silent and not options.diff and not writing:
            screen.write(make("text").tail(ending))
    mending.end()
    if writing:
        print(exceptions.write())
    for rule, kind in failures.items():
        print(f"superbill: rule {rule} failed ({kind}) and said nothing; please report it", file=sys.stderr)
    exceptions.tell_stale(options.paths)
    if failed:
        return FAILED
    if writing:
        return CLEAN
    if options.fail_on == "never":
        return CLEAN
    limit = SEVERITIES.index(options.fail_on)
    return FOUND if any(totals.severities[severity] for severity in SEVERITIES[: limit + 1]) else CLEAN


def _fix_mode(options: argparse.Namespace, filter_: bool) -> str:
    if options.diff:
        return "show"
    if not options.fix:
        if options.yes:
            raise Failure("--yes goes with --fix")
        return ""
    if options.yes or filter_:
        return "write"
    return "ask" if sys.stdin.isatty() and sys.stdout.isatty() else "show"


class _Mending:
    """What is said of fixes, and asked."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._all = self._none = False
        self._waiting = self._files = 0
        self._made = self._in = 0
        self.progress: Progress | None = None

    def ask(self, name: str, diff: str, fixes: int) -> bool:
        """Show the diff of a file and ask whether to write it."""
        if self._all or self._none:
            return self._all
        if self.progress:
            self.progress.clear()
        sys.stdout.write(diff)
        while True:
            sys.stdout.write(
                f"Make {_count(fixes, 'fix', 'fixes')} in {name}? [y]es, [n]o, [a]ll files, [q]uit asking: "
            )
            sys.stdout.flush()
            line = sys.stdin.readline()
            answer = line.strip().lower()[:1] if line else "q"
            if answer in ("y", "a"):
                self._all = answer == "a"
                return True
            if answer in ("n", "q"):
                self._none = answer == "q"
                return False

    def took(self, outcome: Outcome) -> bool:
        """Show and count what was or can be mended in a file. True when it could not be written."""
        name = outcome.task.shown
        if outcome.mended is not None and not self._options.diff:
            sys.stdout.flush()
            sys.stdout.buffer.write(outcome.mended)
            sys.stdout.buffer.flush()
        if outcome.refused:
            because = f" ({', '.join(outcome.because)})" if outcome.because else ""
            print(
                f"superbill: {name}: {_count(outcome.refused, 'fix', 'fixes')} left out: with "
                f"{'it' if outcome.refused == 1 else 'them'} the file would have more errors{because}",
                file=sys.stderr,
            )
        if outcome.unwritable:
            print(f"superbill: {name}: not mended: {outcome.unwritable}", file=sys.stderr)
            return True
        if outcome.written:
            self._made += outcome.fixes
            self._in += 1
        elif outcome.fixes:
            self._waiting += outcome.fixes
            self._files += 1
            if not (sys.stdin.isatty() and sys.stdout.isatty()) or self._options.diff:
                # Beside a report for a program the diff would be in its way.
                to = sys.stdout if self._options.diff or self._options.format == "text" else sys.stderr
                to.write(outcome.diff)
        return False

    def end(self) -> None:
        """The last words: what was done, what can be done."""
        if self._made:
            print(
                f"superbill: {_count(self._made, 'fix', 'fixes')} made in {_count(self._in, 'file', 'files')}",
                file=sys.stderr,
            )
        if self._waiting and not self._options.diff:
            print(
                f"superbill: {_count(self._waiting, 'fix', 'fixes')} can be made in {_count(self._files, 'file', 'files')}; "
                "nothing was written there. Run with --fix --yes to write them without being asked.",
                file=sys.stderr,
            )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _tasks(options: argparse.Namespace, checker: Checker, exceptions: Exceptions) -> Iterator[Task]:
    """Everything to check; what is wrong with a settings file or a workspace's catalog is said once."""
    told: set[Path] = set()
    known: dict[Path, tuple[Settings, list[str], Path | None]] = {}
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
            yield Task("<stdin>", None, f".{options.kind}", settings, sources=(where, None))
            continue
        path = Path(name)
        if not path.exists():
            raise Failure(f"{name}: no such file or folder")
        own = find_settings(path)
        for found in expand(path, own[0].exclude):
            if found.parent not in known:
                known[found.parent] = find_settings(found)
            settings, problems, where = known[found.parent]
            _tell(problems, where, told)
            tell_of_catalog(found, settings)
            if not exceptions.is_baseline(found, settings):
                exceptions.note(found, settings, where)
                accepted, sources = exceptions.accepted_in(found, settings), (where, exceptions.baseline_of(settings))
                yield Task(str(found), found, found.suffix.lower(), settings, accepted, sources)


def _tell(problems: list[str], where: Path | None, told: set[Path]) -> None:
    if where and where not in told:
        told.add(where)
        for problem in problems:
            print(f"superbill: {where.name}: {problem}", file=sys.stderr)
