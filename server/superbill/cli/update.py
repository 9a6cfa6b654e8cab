"""`superbill catalog update`: fetch the current tables from CMS, once its terms are accepted, and import them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from superbill.catalog import where
from superbill.catalog.addresses import Addresses, Link, Published, chosen, current, links, moved, read_addresses
from superbill.catalog.download import DownloadError, Fetched, Fetcher, LicenceAsked
from superbill.catalog.yamlsource import SourceError
from superbill.cli.exits import CLEAN, FAILED, Failure
from superbill.cli.progress import Line

_TERMS = """\
These files hold codes of the American Medical Association (CPT) and, for dental services, of the American Dental
Association. CMS gives them out under terms that you have to accept before a file is fetched. In our words, which do not
replace theirs:

  - CPT is the AMA's; you may use what is in these files inside your own organization, for Medicare, Medicaid and
    other programs that CMS runs. Passing it on, selling it or making something else of it needs a licence from the AMA.
  - The files come as they are: neither the AMA nor CMS answers for errors in them or for what is done with them.
  - CMS may end your right to use them when the terms are not kept.

Read them in full before you answer:
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One kind of file, and the links to its current edition."""

    published: Published
    links: tuple[Link, ...]


def run_update(options: argparse.Namespace) -> int:
    """Fetch and import; 2 when something could not be fetched, what could be was imported."""
    base = options.base_url or os.environ.get("SUPERBILL_CMS_URL") or ""
    addresses = _addresses()
    files = _chosen(addresses, options.kinds)
    if base and urlsplit(base).scheme not in ("http", "https"):
        raise Failure("--base-url wants an address such as https://mirror.example/cms")
    hosts = frozenset([urlsplit(base).netloc]) if base else addresses.hosts
    fetcher = Fetcher(hosts, options.timeout, wait=min(2.0, options.timeout))
    errors: list[str] = []
    wanted = _listed(fetcher, files, base, errors)
    if options.terms:
        _tell(wanted, addresses, errors)
        return FAILED if errors else CLEAN
    _show(wanted, base or "CMS")
    for error in errors:
        print(f"superbill: {error}", file=sys.stderr)
    if options.dry_run:
        print("\nNothing was fetched (--dry-run).")
        return FAILED if errors else CLEAN
    if not wanted:
        return FAILED
    if not (options.accept_terms or _accepted(addresses)):
        print("superbill: the terms were not accepted; nothing was fetched", file=sys.stderr)
        return FAILED
    fetched = _fetch(fetcher, wanted, addresses.accept, options.folder or where.home() / "downloads", errors)
    if options.no_import or not fetched:
        return FAILED if errors else CLEAN
    from superbill.cli.importing import import_paths

    return max(import_paths(fetched), FAILED if errors else CLEAN)


def _addresses() -> Addresses:
    try:
        return read_addresses(where.source() / "addresses.yaml")
    except SourceError as error:
        raise Failure(str(error)) from None


def _chosen(addresses: Addresses, kinds: list[str]) -> list[Published]:
    try:
        return chosen(addresses.files, kinds)
    except KeyError as error:
        raise Failure(
            f"there is no kind {error.args[0]!r}; there are {', '.join(one.kind for one in addresses.files)}"
        ) from None


def _listed(fetcher: Fetcher, files: list[Published], base: str, errors: list[str]) -> list[Wanted]:
    """The current edition of each file, by the pages that list them; each page is fetched once."""
    pages: dict[str, str | None] = {}

    def page(url: str) -> str | None:
        if url not in pages:
            try:
                pages[url] = fetcher.page(url)
            except DownloadError as error:
                pages[url] = None
                errors.append(str(error))
        return pages[url]

    found = []
    for one in files:
        at = moved(one.page, base)
        text = page(at)
        if text is None:
            continue
        held = links(text, at, one.file)
        if one.pages:
            for deeper in current(links(text, at, one.pages), date.today()):
                inner = page(moved(deeper.url, base) if not deeper.url.startswith(base or "\0") else deeper.url)
                held += links(inner, deeper.url, one.file) if inner else []
        newest = current(held, date.today())
        if newest:
            found.append(Wanted(one, tuple(newest)))
        else:
            errors.append(
                f"{at}: no link to {one.name} on this page; fetch it by hand and run: superbill catalog import FILE"
            )
    return found


def _show(wanted: list[Wanted], source: str) -> None:
    if not wanted:
        return
    print(f"Current files of {source}:")
    for one in wanted:
        for link in one.links:
            terms = ", behind licence terms" if link.gated else ""
            print(f"  {one.published.kind:<17} {link.label}  {link.url}{terms}")


def _tell(wanted: list[Wanted], addresses: Addresses, errors: list[str]) -> None:
    """What is current and under which terms, as JSON: for an editor, which shows it and asks in its own window."""
    files = [
        {"kind": one.published.kind, "name": one.published.name, "edition": link.label, "url": link.url}
        for one in wanted
        for link in one.links
    ]
    read = [addresses.licence, *addresses.also]
    print(json.dumps({"files": files, "terms": _TERMS.strip(), "read": read, "problems": errors}, indent=1))


def _accepted(addresses: Addresses) -> bool:
    """Show the terms and ask; only a whole "yes" counts, and nobody there to answer is a no."""
    print(f"\n{_TERMS}")
    for address in (addresses.licence, *addresses.also):
        print(f"  {address}")
    if not sys.stdin.isatty():
        print("\nNobody is here to answer. A script says --accept-terms, once somebody has read them.")
        return False
    try:
        answer = input("\nDo you accept these terms, for yourself and your organization? Type yes to accept: ")
    except EOFError:
        return False
    return answer.strip().lower() == "yes"


def _fetch(fetcher: Fetcher, wanted: list[Wanted], accept: str, folder: Path, errors: list[str]) -> list[Path]:
    """Fetch the files into a folder, and keep note of where each came from; the paths of those that are there."""
    note = folder / "downloads.json"
    known = _read_note(note)
    paths = []
    for one in wanted:
        for link in one.links:
            line = Line(sys.stderr, pause=0.2)
            try:
                fetched = _one(fetcher, link, accept, folder, line, known.get(link.url))
            except DownloadError as error:
                line.clear()
                errors.append(str(error))
                print(f"superbill: {error}", file=sys.stderr)
                continue
            line.clear()
            print(
                f"  {fetched.name}: {'fetched' if fetched.new else 'unchanged'}, {fetched.size:,} bytes, SHA-256 {fetched.sha256[:16]}...",
                flush=True,  # whoever reads along, reads it now
            )
            known[link.url] = fetched
            _write_note(note, known)
            paths.append(folder / fetched.name)
    return paths


def _one(fetcher: Fetcher, link: Link, accept: str, folder: Path, line: Line, known: Fetched | None) -> Fetched:
    """Fetch one file; where the server asks for the terms after all, they were accepted."""

    def progress(done: int, total: int) -> None:
        _draw(line, link.name, done, total)

    if not link.gated:
        try:
            return fetcher.file(link.url, folder, "", progress, known)
        except LicenceAsked:
            pass
    return fetcher.file(link.url, folder, accept, progress, known)


def _read_note(path: Path) -> dict[str, Fetched]:
    try:
        return {one["url"]: Fetched(**one) for one in json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _write_note(path: Path, known: dict[str, Fetched]) -> None:
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps([asdict(one) for one in known.values()], indent=1), encoding="utf-8")
    part.replace(path)


def _draw(line: Line, name: str, done: int, total: int) -> None:
    """So many bytes of so many are here; `total` is 0 when the server does not say."""
    if line.due():
        share = f" {100 * done // total:>3}%" if total else ""
        line.draw(f"{name}{share} {done / 1e6:,.1f} MB")
