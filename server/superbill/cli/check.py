"""`superbill check`: findings in files, folders or standard input."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from superbill.catalog.store import FEES, open_catalog
from superbill.charges.dialect import Hints
from superbill.cli.exits import CLEAN, FAILED, FOUND, Failure
from superbill.cli.files import Unreadable, decode, expand, read_text
from superbill.cli.progress import Progress
from superbill.config import find_settings
from superbill.engine.analysis import Analysis
from superbill.engine.settings import DEFAULT_PAYER, Settings
from superbill.report import json_report, text
from superbill.report.model import Reported, Summary, report
from superbill.rules.base import SEVERITIES
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document

_KINDS = ("csv", "tsv", "psv", "md", "txt", "837", "hl7", "json", "ndjson", "yaml")


def run_check(options: argparse.Namespace) -> int:
    """Check all paths; write the report; return the exit code."""
    gc.set_threshold(100_000, 20, 20)  # a file's records live as long as the file is checked
    catalog = open_catalog()
    books: dict[str, RuleBook] = {}
    totals = Summary()
    kept: list[Reported] = []
    failed = False

    def book(settings: Settings, name: str) -> RuleBook:
        named = options.payer or settings.payer_of(name)
        payer = named or DEFAULT_PAYER
        if payer not in catalog.profiles:
            raise Failure(f"there is no payer profile {payer!r}; there are {', '.join(catalog.profiles)}")
        chosen = bool(named)
        key = f"{payer} {chosen} {sorted(settings.rules.items())}"
        if key not in books:
            know = Knowledge(catalog, catalog.profiles[payer], date.today())
            books[key] = RuleBook(know, settings.rules, follow=not chosen)
        return books[key]

    told: set[Path] = set()
    colour = options.format == "text" and sys.stdout.isatty()
    with Progress(sys.stderr) as progress:
        for shown, path, settings_of in _sources(options):
            settings, problems, where = settings_of
            if where and where not in told:
                told.add(where)
                for problem in problems:
                    print(f"superbill: {where.name}: {problem}", file=sys.stderr)
            progress.step(shown)
            try:
                content = read_text(path) if path else decode(sys.stdin.buffer.read())
            except Unreadable as error:
                # A file that was named must be read; one that was merely met in a folder is passed over.
                print(f"superbill: {shown}: {error}", file=sys.stderr)
                failed = failed or str(path) in options.paths or path is None
                continue
            suffix = path.suffix.lower() if path else f".{options.kind}"
            analysis = Analysis(
                Document(content), Hints(suffix=suffix), book(settings, shown), accept=settings.accepted_in(shown)
            ).finish()
            found = report(shown, analysis, totals)
            if options.format == "json":
                kept += found
            elif not options.quiet:
                progress.clear()
                for one in found:
                    print(text.finding(one, colour))
    if options.format == "json":
        print(json_report.document(kept, totals))
    else:
        print(text.summary(totals, catalog.edition(FEES).name))
    for used in books.values():
        for rule, kind in used.failures.items():
            print(f"superbill: rule {rule} failed ({kind}) and said nothing; please report it", file=sys.stderr)
            failed = True
    if failed:
        return FAILED
    if options.fail_on == "never":
        return CLEAN
    limit = SEVERITIES.index(options.fail_on)
    return FOUND if any(totals.severities[severity] for severity in SEVERITIES[: limit + 1]) else CLEAN


def _sources(
    options: argparse.Namespace,
) -> Iterator[tuple[str, Path | None, tuple[Settings, list[str], Path | None]]]:
    """(name as shown, path or None for standard input, settings) of everything to check."""
    for name in options.paths:
        if name == "-":
            if options.kind not in _KINDS:
                raise Failure(f"say what standard input is with --as: {', '.join(_KINDS)}")
            yield "<stdin>", None, find_settings(Path.cwd())
            continue
        path = Path(name)
        if not path.exists():
            raise Failure(f"{name}: no such file or folder")
        settings = find_settings(path)
        for found in expand(path, settings[0].exclude):
            yield str(found), found, settings if path.is_file() else find_settings(found)
