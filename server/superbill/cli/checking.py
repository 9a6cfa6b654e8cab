"""Check one file after another, in this process or shared out over several."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from superbill.catalog.store import open_catalog
from superbill.charges.dialect import Hints
from superbill.cli.exits import Failure
from superbill.engine.analysis import Analysis
from superbill.engine.settings import DEFAULT_PAYER, Settings
from superbill.files import Unreadable, decode, read_text
from superbill.report import text
from superbill.report.model import Reported, Summary, report
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document

#: After so many code points the memory of files that are done is given back.
_SWEEP = 4_000_000
#: Bytes of files that make a second process worth its start.
_WORTH = 8_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """A file to check: its name as shown, its path (None for standard input), its ending, the settings that hold."""

    shown: str
    path: Path | None
    suffix: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the findings is wanted: as text (with colour), as data, or only counted; and the payer, if chosen."""

    payer: str = ""
    form: str = "text"  # "text", "data" or "counts"
    colour: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of one file. `unreadable` says why it could not be read; `failures` are rules that failed, and how."""

    task: Task
    text: str = ""
    found: list[Reported] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)
    failures: dict[str, str] = field(default_factory=dict)
    unreadable: str = ""


class Checker:
    """Checks files with one catalog and the rule books that their settings want."""

    def __init__(self, wanted: Wanted) -> None:
        self.catalog = open_catalog()
        self._wanted = wanted
        self._books: dict[tuple[object, ...], RuleBook] = {}
        self._unswept = 0

    def book(self, settings: Settings, name: str) -> RuleBook:
        """The rule book for a file and its settings. Raises Failure for a payer that is not known."""
        named = self._wanted.payer or settings.payer_of(name)
        payer = named or DEFAULT_PAYER
        profiles = self.catalog.profiles
        if payer not in profiles:
            raise Failure(f"there is no payer profile {payer!r}; there are {', '.join(profiles)}")
        key = (payer, bool(named), tuple(sorted(settings.rules.items())), settings.own_rules)
        if key not in self._books:
            know = Knowledge(self.catalog, profiles[payer], date.today())
            self._books[key] = RuleBook(know, settings.rules, own=settings.own_rules, follow=not named)
        return self._books[key]

    def check(self, task: Task) -> Outcome:
        """Check one file."""
        outcome = Outcome(task)
        name = (task.path.resolve() if task.path else Path.cwd() / f"stdin{task.suffix}").as_posix()
        book = self.book(task.settings, name)
        try:
            content = read_text(task.path) if task.path else decode(sys.stdin.buffer.read())
        except Unreadable as error:
            outcome.unreadable = str(error)
            return outcome
        hints = Hints(suffix=task.suffix, columns=task.settings.columns_in(name))
        accepted = task.settings.accepted_in(task.shown)
        analysis = Analysis(Document(content), hints, book, accept=accepted).finish()
        found = report(task.shown, analysis, outcome.summary)
        outcome.failures = dict(book.failures)
        if self._wanted.form == "data":
            outcome.found = list(found)
        elif self._wanted.form == "text":
            outcome.text = "\n".join(text.finding(one, self._wanted.colour) for one in found)
        self._unswept += len(content)
        if self._unswept > _SWEEP:
            del analysis
            gc.collect()
            self._unswept = 0
        return outcome


def check_all(tasks: Sequence[Task], wanted: Wanted, checker: Checker, jobs: int = 0) -> Iterator[Outcome]:
    """Check files, answers in their order. `jobs` is the number of processes; 0: as many as the work is worth."""
    count = jobs or _worth(tasks)
    if count < 2 or len(tasks) < 2:
        yield from map(checker.check, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(min(count, len(tasks)), get_context("spawn"), _begin, (wanted,))
    try:
        yield from pool.map(_check, tasks)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _worth(tasks: Sequence[Task]) -> int:
    """How many processes some files are worth."""
    size = 0
    for task in tasks:
        try:
            size += task.path.stat().st_size if task.path else 0
        except OSError:
            continue  # reading it will say why
    return min(os.cpu_count() or 1, 1 + size // _WORTH)


_checker: Checker | None = None


def _begin(wanted: Wanted) -> None:
    """Make a process ready."""
    global _checker
    gc.disable()
    _checker = Checker(wanted)


def _check(task: Task) -> Outcome:
    assert _checker is not None
    return _checker.check(task)
