"""`superbill catalog import`, `verify`, `remove`, `diff`: CMS's tables as CMS publishes them."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from superbill.catalog import where
from superbill.catalog.national import manifest
from superbill.catalog.national.install import Choices, Outcome, Watcher, install, remove, verify
from superbill.catalog.national.pieces import TableError
from superbill.cli.exits import CLEAN, FAILED, FOUND, Failure
from superbill.cli.progress import Bar

if TYPE_CHECKING:
    from superbill.catalog.national.manifest import Installed


class _Shown(Watcher):
    """An import as a bar."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar

    def total(self, size: int) -> None:
        self._bar.total = size

    def begin(self, name: str) -> None:
        self._bar.name = name

    def read(self, size: int) -> None:
        self._bar.add(size)


def run_import(options: argparse.Namespace) -> int:
    """Import files; 0 when all tables that were recognised are in, 1 when some are, 2 when none is."""
    choices = Choices(
        edition=options.edition or "",
        since=_day("--from", options.since),
        until=_day("--until", options.until),
        kind=options.kind or "",
        partial=options.partial,
    )
    try:
        with Bar(sys.stderr) as bar:
            outcome = install([Path(name) for name in options.paths], where.tables(), choices, _Shown(bar))
    except TableError as error:
        raise Failure(str(error)) from None
    if options.format == "json":
        print(json.dumps(_data(outcome), indent=1))
    else:
        _print(outcome)
    if not outcome.landed and not outcome.already:
        return FAILED
    return FOUND if outcome.refused else CLEAN


def _day(name: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Failure(f"{name} {text}: a day is written 2025-10-01") from None


def _print(outcome: Outcome) -> None:
    for one in outcome.landed:
        print(f"imported  {line(one)}")
        for note in one.notes:
            print(f"          {note}")
    for one in outcome.already:
        print(f"there     {line(one)}: read from the same file before")
    for refused in outcome.refused:
        print(f"refused   {refused.name}: {refused.why}")
    for skipped in outcome.skipped:
        print(f"skipped   {skipped.name}: {skipped.why}")
    if not outcome.landed and not outcome.already:
        print("nothing was imported; docs/catalog.md lists the files that can be", file=sys.stderr)


def line(one: Installed) -> str:
    """An edition on one line: name, id, rows, window, size."""
    return f"{one.name} ({one.id}): {counted(one)}; {window(one)}; {one.size / 1e6:.1f} MB"


def counted(one: Installed) -> str:
    """How much an edition holds: its rows by table."""
    return ", ".join(f"{count:,} {name}" for name, count in one.rows.items())


def window(one: Installed) -> str:
    """The days that an edition speaks for."""
    if one.since is None and one.until is None:
        return "no dates"
    return f"{one.since or '…'} to {one.until or '…'}"


def _data(outcome: Outcome) -> dict[str, object]:
    return {
        "imported": [described(one) for one in outcome.landed],
        "already": [described(one) for one in outcome.already],
        "refused": [{"name": one.name, "why": one.why} for one in outcome.refused],
        "skipped": [{"name": one.name, "why": one.why} for one in outcome.skipped],
    }


def described(one: Installed) -> dict[str, object]:
    """An edition as JSON."""
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "rows": one.rows,
        "whole": one.whole,
        "bytes": one.size,
        "sha256": one.sha256,
        "imported": one.imported,
        "sources": [{"name": s.name, "bytes": s.size, "sha256": s.sha256} for s in one.sources],
        "notes": list(one.notes),
    }


def run_verify(options: argparse.Namespace) -> int:
    """Compare installed tables with what was written; 1 when one is not as it was."""
    folder = where.tables()
    installed = _chosen(manifest.read(folder), options.editions)
    if not installed:
        print("no national table is imported")
    damaged = False
    for one in installed:
        wrong = verify(folder, one)
        damaged = damaged or bool(wrong)
        print(
            f"{'DAMAGED' if wrong else 'ok':<8}{line(one)}" + (f"\n        {wrong}; import it again" if wrong else "")
        )
    return FOUND if damaged else CLEAN


def _chosen(installed: tuple[Installed, ...], ids: list[str]) -> tuple[Installed, ...]:
    known = {one.id: one for one in installed}
    for id in ids:
        if id not in known:
            raise Failure(f"{id}: no such edition is imported; there are: {', '.join(known) or 'none'}")
    return tuple(known[id] for id in ids) if ids else installed


def run_diff(options: argparse.Namespace) -> int:
    """Print what changed from one edition to another; 1 when something did."""
    from superbill.catalog.national.diff import changes

    folder = where.tables()
    old, new = _chosen(manifest.read(folder), [options.old, options.new])
    try:
        found = list(changes(folder, old, new))
    except TableError as error:
        raise Failure(str(error)) from None
    if options.format == "json":
        data = [
            {"what": one.what, "key": one.key, "values": {name: [was, now] for name, was, now in one.values}}
            for one in found
        ]
        print(json.dumps({"old": old.id, "new": new.id, "changes": data}, indent=1))
        return FOUND if found else CLEAN
    print(f"{old.name} ({old.id}) to {new.name} ({new.id})")
    for edition, shown in ((old, "added"), (new, "ended")):
        if not edition.whole:
            print(f"{edition.name} is not whole; what it lacks stands among the {shown}")
    for what in ("added", "ended", "changed"):
        some = [one for one in found if one.what == what]
        print(f"\n{len(some):,} {what}")
        for one in some[: options.limit or None]:
            values = "; ".join(
                f"{name} {was or '-'} to {now or '-'}" if was or now else name for name, was, now in one.values
            )
            print(f"  {one.key}" + (f"  {values}" if values else ""))
        if options.limit and len(some) > options.limit:
            print(f"  and {len(some) - options.limit:,} more; --limit 0 shows all")
    return FOUND if found else CLEAN


def run_remove(options: argparse.Namespace) -> int:
    """Take editions out."""
    try:
        gone = remove(where.tables(), options.editions)
    except TableError as error:
        raise Failure(str(error)) from None
    for one in gone:
        print(f"removed   {line(one)}")
    return CLEAN
