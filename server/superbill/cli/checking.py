"""Check one file after another, in this process or shared out over several; mend them where that is wanted."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from superbill.books import Books, rule_book
from superbill.catalog.store import Catalog, open_catalog
from superbill.charges.dialect import Hints
from superbill.cli.exits import Failure
from superbill.cli.rule_index import prepare
from superbill.config import accept_entries, catalog_files, with_workspace
from superbill.engine import baseline
from superbill.engine.analysis import Analysis
from superbill.engine.mending import Mended, mend
from superbill.engine.settings import DEFAULT_PAYER, Settings
from superbill.files import Text, Unreadable, read_bytes, recognise
from superbill.report import form
from superbill.report.model import Reported, Silence, Summary, report, silenced
from superbill.rules.book import RuleBook
from superbill.rules.own import OwnRule
from superbill.text.document import Document

#: After so many code points the memory of files that are done is given back.
_SWEEP = 4_000_000
#: Bytes of files that make a second process worth its start.
_WORTH = 8_000_000


class Task(NamedTuple):
    """A file to check: its name as shown, its path (None for standard input), its ending, the settings that hold, what the
    baseline accepts in it, and the files that settings and baseline are from."""

    shown: str
    path: Path | None
    suffix: str
    settings: Settings
    baseline: Mapping[str, int] | None = None
    sources: tuple[Path | None, Path | None] = (None, None)


class Wanted(NamedTuple):
    """What is wanted of each file: the forms of report that say something of it, and what to do about mechanical fixes.

    `fix` is "" (nothing), "show" (make a diff), "ask" (make one, and write when the answer is yes) or "write". Reports
    other than text are masked unless `identifiers` is set. `keys` asks for what a baseline knows the findings by.
    `own` are the rules of all workspaces that may speak. `silenced` asks for the findings that are not shown.
    """

    payer: str = ""
    forms: tuple[str, ...] = ("text",)
    colour: bool = False
    fail_on: str = "error"
    identifiers: bool = False
    fix: str = ""
    screen: bool = False
    keys: bool = False
    own: tuple[OwnRule, ...] = ()
    silenced: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of one file.

    `reports` is what each form says of it; `unreadable` says why it could not be read; `failures` are rules that failed,
    and how. Of mending: the `diff` and how many `fixes` it makes, whether they were `written`, how many were `refused` and
    the rules that would have spoken, and why nothing could be written (`unwritable`). `mended` are the bytes for standard
    output.
    """

    task: Task
    reports: tuple[str, ...] = ()
    summary: Summary = field(default_factory=Summary)
    failures: dict[str, str] = field(default_factory=dict)
    unreadable: str = ""
    #: What of the baseline was not there, and which of the accepted findings were.
    left: Mapping[str, int] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    #: The findings by what a baseline knows them by, when one is written.
    keys: Mapping[str, int] = field(default_factory=dict)
    diff: str = ""
    fixes: int = 0
    written: bool = False
    refused: int = 0
    because: tuple[str, ...] = ()
    unwritable: str = ""
    mended: bytes | None = None


#: Asks whether the fixes of a file shall be written: its name as shown, the diff, how many fixes.
Ask = Callable[[str, str, int], bool]


class Checker:
    """Checks files with one catalog and the rule books that their settings want."""

    def __init__(self, wanted: Wanted, ask: Ask | None = None) -> None:
        self.catalog = open_catalog()
        prepare()
        self.wanted = wanted  #: may be made fuller until the first file is checked
        self._ask = ask
        self._books: Books = {}
        self._catalogs: dict[tuple[Path, ...], tuple[Catalog, list[str]]] = {}
        self._entries: dict[Path, dict[str, tuple[int, str]]] = {}
        self._unswept = 0

    @cached_property
    def _forms(self) -> list[form.Form]:
        wanted = self.wanted
        return [
            form.make(name, colour=wanted.colour, fail_on=wanted.fail_on, own=wanted.own, silenced=wanted.silenced)
            for name in wanted.forms
        ]

    def book(self, settings: Settings, name: str) -> RuleBook:
        """The rule book for a file and its settings. Raises Failure for a payer that is not known."""
        named = self.wanted.payer or settings.payer_of(name)
        payer = named or DEFAULT_PAYER
        catalog, _ = self.workspace(catalog_files(Path(name), settings))
        if payer not in catalog.profiles:
            raise Failure(f"there is no payer profile {payer!r}; there are {', '.join(catalog.profiles)}")
        return rule_book(self._books, catalog, settings, name, named)

    def workspace(self, files: tuple[Path, ...]) -> tuple[Catalog, list[str]]:
        """The catalog with that of a workspace beside it, and what is wrong with its files."""
        if files not in self._catalogs:
            self._catalogs[files] = with_workspace(self.catalog, files)
        return self._catalogs[files]

    def check(self, task: Task) -> Outcome:
        """Check one file, and mend it where that is wanted."""
        outcome = Outcome(task)
        name = (task.path.resolve() if task.path else Path.cwd() / f"stdin{task.suffix}").as_posix()
        book = self.book(task.settings, name)
        try:
            data = read_bytes(task.path) if task.path else sys.stdin.buffer.read()
            content = recognise(data)
        except Unreadable as error:
            outcome.unreadable = str(error)
            return outcome
        hints = Hints(suffix=task.suffix, columns=task.settings.columns_in(name))
        accepted = task.settings.accepted_in(task.shown)
        analysis = Analysis(Document(content.text), hints, book, accept=accepted, baseline=task.baseline).finish()
        if self.wanted.fix:
            analysis = self._mend(outcome, analysis, data, content)
        self._report(outcome, analysis)
        outcome.left = {known_by: count for known_by, count in analysis.left.items() if count}
        outcome.summary.known = sum((task.baseline or {}).values()) - sum(outcome.left.values())
        outcome.accepted = frozenset(analysis.accepted)
        if self.wanted.keys:
            outcome.keys = Counter(baseline.key(located.finding) for located in analysis.findings())
        outcome.failures = dict(book.failures)
        self._unswept += len(content.text)
        if self._unswept > _SWEEP:
            del analysis, content, data
            gc.collect()
            self._unswept = 0
        return outcome

    def _report(self, outcome: Outcome, analysis: Analysis) -> None:
        """Write what each form says of a file."""
        plain: list[Reported] = []
        sealed: list[Reported] = []
        names = self.wanted.forms
        leaving = not set(names) <= {"text"}
        masker = None
        if leaving and not self.wanted.identifiers:
            from superbill.report.masking import Masker

            masker = Masker(analysis)
        counts: Counter[tuple[object, ...]] = Counter()
        task = outcome.task
        for one, located in report(task.shown, analysis, outcome.summary, leaving=leaving, counts=counts):
            if not names:
                continue
            if masker is None or "text" in names:
                plain.append(one)
            if masker is not None:
                sealed.append(masker.masked(one, located))
        chosen = plain if masker is None else sealed
        silent: list[Reported] = []
        if self.wanted.silenced:
            for one, hushed in silenced(task.shown, analysis, self._places(task, analysis), counts):
                silent.append(masker.masked(one, hushed.located) if masker is not None else one)
        outcome.reports = tuple(
            one.file(task.shown, plain if name == "text" else [*chosen, *silent] if name in form.TELLING else chosen)
            for name, one in zip(names, self._forms, strict=True)
        )

    def _places(self, task: Task, analysis: Analysis) -> dict[str, Silence]:
        """Where findings of a file are accepted: by what they are accepted as, and by "" for the baseline."""
        settings, known = task.sources
        places = {"": Silence(str(known))} if known is not None else {}
        if settings is None or not analysis.accepted:
            return places
        if settings not in self._entries:
            self._entries[settings] = accept_entries(settings)
        for entry, (line, reason) in self._entries[settings].items():
            what, _, file = entry.partition(" in ")
            if what in analysis.accepted and (not file or task.shown.replace("\\", "/").endswith(file)):
                places.setdefault(what, Silence(str(settings), line, reason=reason))
        return places

    # -- mending ------------------------------------------------------------------------------------------------

    def _mend(self, outcome: Outcome, analysis: Analysis, data: bytes, content: Text) -> Analysis:
        """Mend a file; the analysis of what then stands in it."""
        task, wanted = outcome.task, self.wanted
        mended = mend(analysis)
        outcome.refused, outcome.because = mended.refused, mended.because
        if task.path is None:
            outcome.mended = data
        if not mended.edits:
            return analysis
        outcome.unwritable = _flaw(content, data, mended)
        if outcome.unwritable:
            return analysis
        outcome.fixes = mended.fixes
        if wanted.fix != "write":
            from superbill.report.difference import unified

            outcome.diff = unified(task.shown, content.text, mended.edits, screen=wanted.screen)
        if wanted.fix == "show" or (
            wanted.fix == "ask" and not (self._ask and self._ask(task.shown, outcome.diff, mended.fixes))
        ):
            return analysis
        fresh = content.encode(mended.text)
        if task.path is None:
            outcome.mended = fresh
        else:
            outcome.unwritable = _write(task.path, data, fresh)
            if outcome.unwritable:
                return analysis
        outcome.written = True
        return mended.analysis


def _flaw(content: Text, data: bytes, mended: Mended) -> str:
    """Why the mended text could not be written so that all else stays as it was; "" when it can."""
    try:
        same = content.encode(content.text) == data
    except UnicodeEncodeError:
        same = False
    if not same:
        return f"not valid {content.encoding.upper()}, so it cannot be written without changing more than the fixes do"
    try:
        content.encode(mended.text)
    except UnicodeEncodeError:
        return f"a fix writes a character that {content.encoding.upper()} does not have"
    return ""


def _write(path: Path, old: bytes, new: bytes) -> str:
    """Write a mended file, unless it was changed meanwhile; why it could not be, or ""."""
    from superbill.replacing import replace_file

    try:
        if path.read_bytes() != old:
            return "changed while it was checked; run check again"
        replace_file(path, new)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def check_all(tasks: Sequence[Task], wanted: Wanted, checker: Checker, jobs: int = 0) -> Iterator[Outcome]:
    """Check files, answers in their order. `jobs` is the number of processes; 0: as many as the work is worth."""
    count = jobs or _worth(tasks)
    if count < 2 or len(tasks) < 2 or wanted.fix == "ask":
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
