"""Where CMS publishes what: `data/addresses.yaml`, and which of the links on a page is the current edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

_MONTHS = {"january": 1, "april": 2, "july": 3, "october": 4}
_HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


@dataclass(frozen=True, slots=True)
class Published:
    """One kind of file that CMS publishes: the page that lists it, and patterns for links to it.

    `pages` is "" where `page` lists the files itself. `optional` files are fetched only when they are asked for by kind.
    """

    kind: str
    name: str
    page: str
    file: str
    pages: str = ""
    optional: bool = False
    large: bool = False
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """All of `data/addresses.yaml`. `accept` is the query by which CMS knows that its terms were accepted."""

    licence: str
    also: tuple[str, ...]
    accept: str
    hosts: frozenset[str]
    files: tuple[Published, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One link to a file or page of an edition. `gated` where it leads through the licence page."""

    url: str
    quarter: tuple[int, int]
    revision: tuple[int, ...] = ()
    part: str = ""
    gated: bool = False

    @property
    def name(self) -> str:
        """The name of the file."""
        return urlsplit(self.url).path.rpartition("/")[2]

    @property
    def label(self) -> str:
        """Its edition, as `2025 Q4`."""
        return f"{self.quarter[0]} Q{self.quarter[1]}"


def read_addresses(path: Path) -> Addresses:
    """Read the file of addresses, checked against its schema. Raises SourceError with file and line."""
    from superbill.catalog.yamlsource import load_schema, read_entries

    schema = load_schema(path.parent / "schema" / "addresses.schema.json")
    entry = read_entries(path, f"data/{path.name}", schema)[0]
    data = entry.data
    files = tuple(Published(**one) for one in data["files"])
    for one in files:
        for pattern in (one.file, one.pages):
            try:
                re.compile(pattern)
            except re.error as error:
                raise entry.error(f"{one.kind}: {pattern!r} is no pattern ({error})") from None
    licence = data["licence"]
    return Addresses(licence["page"], tuple(licence["also"]), licence["accept"], frozenset(data["hosts"]), files)


def moved(url: str, base: str) -> str:
    """An address on another server, for a mirror: scheme and host of `base`, whose path goes in front. Without `base` as it is."""
    if not base:
        return url
    old, new = urlsplit(url), urlsplit(base)
    return urlunsplit((new.scheme, new.netloc, new.path.rstrip("/") + old.path, old.query, ""))


def links(html: str, page: str, pattern: str) -> list[Link]:
    """The links of a page whose path ends as `pattern` says, in the order of the page, each once. A link through the
    licence page is taken for the file behind it."""
    found: dict[str, Link] = {}
    for match in _HREF.finditer(html):
        url = urljoin(page, unescape(match.group(1) or match.group(2) or "").strip())
        target, gated = _behind_licence(url)
        if urlsplit(target).scheme not in ("http", "https"):
            continue
        named = re.search(pattern, urlsplit(target).path, re.I)
        if named:
            clean = urlunsplit((*urlsplit(target)[:3], "", ""))
            groups = named.groupdict()
            found.setdefault(
                clean, Link(clean, _quarter(groups), _revision(groups, clean), groups.get("part") or "", gated)
            )
    return list(found.values())


def _behind_licence(url: str) -> tuple[str, bool]:
    parts = urlsplit(url)
    if "/license/" not in parts.path:
        return url, False
    file = parse_qs(parts.query).get("file", [""])[0]
    return (urljoin(url, file), True) if file else (url, False)


def _quarter(groups: dict[str, str | None]) -> tuple[int, int]:
    day = groups.get("day")
    if day:
        return int(day[4:]), (int(day[:2]) + 2) // 3
    year = int(groups.get("year") or 0)
    year += 2000 if 0 < year < 100 else 0
    if groups.get("quarter"):
        return year, int(groups["quarter"] or 0)
    if groups.get("month"):
        return year, _MONTHS[(groups["month"] or "").lower()]
    release = (groups.get("release") or "").lower()
    return year, "abcd".index(release) + 1 if release else 0


def _revision(groups: dict[str, str | None], url: str) -> tuple[int, ...]:
    """What tells corrections of one edition apart, higher for later: its mark, then a date in the name."""
    mark = groups.get("revision") or ""
    number = re.search(r"\d+", mark)
    updated = re.search(r"(\d\d)-(\d\d)-(20\d\d)", url)
    day = (int(updated[3]), int(updated[1]), int(updated[2])) if updated else (0, 0, 0)
    return (1 if mark and not number else 0, *day, int(number.group()) if number else 0)


def current(found: Iterable[Link], today: date) -> list[Link]:
    """Of several links the newest edition in force on a day, all its parts; a coming one only where there is no other."""
    found = list(found)
    now = (today.year, (today.month + 2) // 3)
    begun = [link for link in found if link.quarter <= now]
    pool = begun or found
    if not pool:
        return []
    wanted = max(link.quarter for link in pool) if begun else min(link.quarter for link in pool)
    edition = [link for link in pool if link.quarter == wanted]
    best = max(link.revision for link in edition)
    return sorted((link for link in edition if link.revision == best), key=lambda link: (link.part, link.name))


def chosen(files: Sequence[Published], kinds: Sequence[str]) -> list[Published]:
    """The files of some kinds; without kinds those that are not optional. Raises KeyError with a kind that there is not."""
    known = {one.kind: one for one in files}
    for kind in kinds:
        if kind not in known:
            raise KeyError(kind)
    return [known[kind] for kind in dict.fromkeys(kinds)] if kinds else [one for one in files if not one.optional]
