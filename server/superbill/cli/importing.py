"""`superbill catalog import`: tables as their publishers give them out, and briefs out of a user's own documents."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from pathlib import Path

from superbill.catalog import where
from superbill.catalog.national import manifest
from superbill.catalog.national.kinds import recognise
from superbill.catalog.national.pieces import TableError, pieces
from superbill.catalog.own import licence
from superbill.catalog.own.briefs import (
    LARGEST,
    SUFFIXES,
    BriefError,
    Change,
    Document,
    documents,
    put,
    read_document,
    refuse_doubles,
    remove,
)
from superbill.catalog.own.shelf import Briefs
from superbill.catalog.shapes import is_code
from superbill.cli import national
from superbill.cli.exits import CLEAN, FAILED, Failure

_TABLES = (".zip", ".csv", ".txt", ".xlsx")


@dataclass(slots=True)
class Found:
    """What the named files are: tables, documents with briefs, and documents in which there is none."""

    tables: list[Path] = field(default_factory=list)
    briefs: list[Document] = field(default_factory=list)
    strange: list[Document] = field(default_factory=list)
    passed: list[Path] = field(default_factory=list)


def run_import(options: argparse.Namespace) -> int:
    """Import files; 0 when all that was recognised is in, 1 when some is, 2 when nothing is or it could not be done.

    Tables and briefs land apart, each whole or not at all; what can be wrong with briefs is looked at first.
    """
    try:
        if options.licensed:
            licence.say()
        found = _sort([Path(name) for name in options.paths])
        refuse_doubles(found.briefs)
    except BriefError as error:
        raise Failure(str(error)) from None
    except OSError as error:
        raise Failure(f"cannot write to {where.own()}: {error.strerror}; set SUPERBILL_HOME") from None
    if not any((found.tables, found.briefs, found.strange, found.passed)):
        raise Failure(f"{options.paths[0]}: the folder is empty; there is nothing to import")
    if not found.briefs and not found.strange and not found.passed:
        return _tables(found, options)
    if options.format == "json":
        out = StringIO()
        with redirect_stdout(out):
            code = _tables(found, options)
        change = _put(found.briefs)
        print(json.dumps({**json.loads(out.getvalue() or "{}"), "briefs": _data(found)}, indent=1, ensure_ascii=False))
    else:
        code = _tables(found, options)
        change = _put(found.briefs)
        _print(found, change)
    return code if found.tables else CLEAN if found.briefs else FAILED


def _tables(found: Found, options: argparse.Namespace) -> int:
    if not found.tables:
        return CLEAN
    return national.run_import(argparse.Namespace(**{**vars(options), "paths": [str(path) for path in found.tables]}))


def import_paths(paths: Sequence[Path]) -> int:
    """Import files that were fetched; the exit code."""
    options = argparse.Namespace(
        paths=[str(path) for path in paths],
        edition="",
        since="",
        until="",
        kind="",
        partial=False,
        licensed=False,
        format="text",
    )
    try:
        return run_import(options)
    except Failure as error:
        print(f"superbill: {error}", file=sys.stderr)
        return FAILED


def run_remove(options: argparse.Namespace) -> int:
    """Take out editions of tables, and briefs: `briefs` for all of them, or one by its code. Nothing when one is not there."""
    path = where.own() / "briefs.sqlite"
    held = {code for code, _, _ in Briefs(path).listed()}
    codes = [one.upper() for one in options.editions if is_code(one.upper())]
    for code in codes:
        if code not in held:
            raise Failure(f"{code}: you have no brief of this code")
    tables = [one for one in options.editions if one != "briefs" and not is_code(one.upper())]
    if tables:
        national.run_remove(argparse.Namespace(**{**vars(options), "editions": tables}))
        if not any(one.kind == "cpt" for one in manifest.read(where.tables())):
            licence.forget()
    if codes or "briefs" in options.editions:
        try:
            gone = remove(path, () if "briefs" in options.editions else codes)
        except BriefError as error:
            raise Failure(str(error)) from None
        print(f"removed   your briefs of {', '.join(gone)}" if gone else "you have no briefs")
    return CLEAN


def _sort(paths: Sequence[Path]) -> Found:
    found = Found()
    for path in paths:
        if not path.is_dir():
            _one(path, found, named=True)
            continue
        tables = [one for one in path.rglob("*") if one.suffix.lower() in _TABLES and one.is_file()]
        inside = dict.fromkeys(sorted([*documents(path), *tables]))
        for one in inside:
            if not any(part.startswith(".") for part in one.relative_to(path).parts):
                _one(one, found, named=False)
    return found


def _one(path: Path, found: Found, named: bool) -> None:
    table = _is_table(path)
    if table or path.suffix.lower() not in SUFFIXES:
        (found.tables if table or named else found.passed).append(path)
        return
    try:
        document = read_document(path)
    except BriefError:
        if named:
            raise
        found.passed.append(path)
        return
    if document.briefs:
        found.briefs.append(document)
    elif named:
        found.strange.append(document)
    else:
        found.passed.append(path)


def _is_table(path: Path) -> bool:
    """Whether a file is one of the tables, or so large that it can be nothing else."""
    try:
        if path.suffix.lower() in SUFFIXES and path.stat().st_size > LARGEST:
            return True
        return any(recognise(piece) is not None for piece in pieces(path))
    except (TableError, OSError):  # reading it as a table will say why
        return path.suffix.lower() not in SUFFIXES


def _put(briefs: Sequence[Document]) -> Change | None:
    if not briefs:
        return None
    from superbill.catalog.search import canonical
    from superbill.catalog.store import open_catalog

    try:
        return put(where.own() / "briefs.sqlite", briefs, partial(canonical, open_catalog()))
    except BriefError as error:
        raise Failure(str(error)) from None


def _print(found: Found, change: Change | None) -> None:
    if change is not None:
        state = {
            **dict.fromkeys(change.new, "new"),
            **dict.fromkeys(change.replaced, "replaced"),
            **dict.fromkeys(change.same, "unchanged"),
        }
        for document in found.briefs:
            held = ", ".join(f"{brief.code} ({state[brief.code]})" for brief in document.briefs)
            print(f"brief     {document.path.name}: {held}")
            _print_remarks(document)
    for document in found.strange:
        print(f"skipped   {document.path.name}: not a table that is known here, and no brief of a code")
        _print_remarks(document)
    if found.passed:
        print(
            f"skipped   {_files(len(found.passed))} in the folder: no table that is known here, and no brief of a code"
        )
    if change is not None:
        print(f"Your briefs lie in {where.own()}; hover and `superbill lookup CODE --full` show them.")


def _files(count: int) -> str:
    return "1 other file" if count == 1 else f"{count} other files"


def _print_remarks(document: Document) -> None:
    """What was understood in a few lines, what was not line by line."""
    for code in [*(brief.code for brief in document.briefs), ""]:
        start = f"{code}: " if code else ""
        known = [brief.code for brief in document.briefs]
        mine = [one for one in document.remarks if (one.text.startswith(start) if code else one.text[:5] not in known)]
        read = [f"{one.text.removeprefix(start)} (line {one.line})" for one in mine if one.understood]
        if read:
            print(f"          read: {', '.join(read)}")
        for one in mine:
            if not one.understood:
                print(f"          line {one.line}: {one.text.removeprefix(start)}")


def _data(found: Found) -> list[dict[str, object]]:
    return [
        {
            "path": str(document.path),
            "codes": [brief.code for brief in document.briefs],
            "sha256": document.sha256,
            "lines": [{"line": one.line, "text": one.text, "understood": one.understood} for one in document.remarks],
        }
        for document in (*found.briefs, *found.strange)
    ]
