"""`superbill catalog info` and `lint`: what is loaded, and what is wrong with its source."""

from __future__ import annotations

import argparse
import json

from superbill.catalog import where
from superbill.catalog.store import Catalog, open_catalog
from superbill.cli.exits import CLEAN, FOUND


def run_lint() -> int:
    """Print what is wrong with the catalog's source, a line each with file and line; 1 when there is something."""
    from superbill.catalog.lint import lint

    found = lint(where.source())
    for error in found:
        print(error)
    print(f"{len(found)} things to mend" if found else "nothing to mend")
    return FOUND if found else CLEAN


def run_info(options: argparse.Namespace) -> int:
    """Print tables, editions and their windows."""
    catalog = open_catalog()
    counts = catalog.counts()
    if options.format == "json":
        editions = [
            {
                "id": edition.id,
                "name": edition.name,
                "title": edition.title,
                "since": edition.since.isoformat() if edition.since else None,
                "until": edition.until.isoformat() if edition.until else None,
            }
            for edition in catalog.editions.values()
        ]
        from superbill.cli.national import described

        data = {
            "counts": counts,
            "editions": editions,
            "imported": [described(one) for one in catalog.national.installed],
            "briefs": [
                {"code": code, "source": source, "imported": added} for code, source, added in catalog.briefs.listed()
            ],
            "payers": sorted(catalog.profiles),
        }
        print(json.dumps(data, indent=1))
        return CLEAN
    print("Bundled catalog, in Superbill's own words. Holds no CPT descriptor; see NOTICE.\n")
    for name, count in counts.items():
        print(f"  {count:>6}  {name}")
    _print_imported(catalog)
    _print_briefs(catalog)
    print("\nEditions")
    for edition in catalog.editions.values():
        if edition.kind:
            continue
        window = f"{edition.since or '…'} to {edition.until or '…'}" if edition.since or edition.until else "no dates"
        print(f"  {edition.name:<22} {window:<26} {edition.title}")
    print(f"\nPayer profiles: {', '.join(sorted(catalog.profiles))}")
    return CLEAN


def _print_briefs(catalog: Catalog) -> None:
    """The user's own briefs, by document."""
    held: dict[str, list[str]] = {}
    for code, source, added in catalog.briefs.listed():
        held.setdefault(f"{source}, imported {added[:10]}", []).append(code)
    if held:
        print(f"\nYour briefs, in {where.own()}\n")
        for document, codes in held.items():
            print(f"  {', '.join(codes)}  from {document}")


def _print_imported(catalog: Catalog) -> None:
    """What was imported: each edition with its window, rows, size and files."""
    installed = catalog.national.installed
    if not installed:
        print("\nNo national table is imported; `superbill catalog import FILE` reads those that CMS publishes.")
        return
    from superbill.cli.national import counted, window

    print(f"\nImported national tables, in {catalog.national.folder}\n")
    for one in installed:
        print(f"  {one.name:<22} {window(one):<26} {one.size / 1e6:>6.1f} MB  {one.id}")
        print(f"    {counted(one)}")
        for source in one.sources:
            print(f"    from {source.name}")
        print(f"    imported {one.imported[:10]}")
        for note in one.notes:
            print(f"    {note}")
    print(f"  {sum(one.size for one in installed) / 1e6:.1f} MB in all")
