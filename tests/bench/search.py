"""How well the finder finds: queries as people type them, by section; how far up the list does a right code stand?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import yaml

from superbill.catalog.search import search
from superbill.catalog.store import Catalog, open_catalog
from tests.bench.figures import Spread, Table, spread, time

#: The queries: list (`known`, `unseen`), section, query, and the codes of which any one is right.
SOURCE = Path(__file__).with_name("queries.yaml")
#: How far down the list an answer still counts for the mean reciprocal rank.
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One query and its answer: `rank` is the place of the first right code, 1 for the first, 0 when there is none."""

    part: str
    section: str
    query: str
    right: tuple[str, ...]
    rank: int
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of the queries, and the times in seconds."""

    asked: tuple[Asked, ...]
    times: Spread

    def of(self, part: str) -> tuple[Asked, ...]:
        """The queries of one list."""
        return tuple(one for one in self.asked if one.part == part)

    @property
    def misses(self) -> list[Asked]:
        """The queries without a right code among the first five."""
        return [one for one in self.asked if not 1 <= one.rank <= 5]


def recall(asked: Sequence[Asked], among: int) -> float:
    """The share of queries with a right code among the first so many."""
    return sum(1 <= one.rank <= among for one in asked) / len(asked)


def reciprocal(asked: Sequence[Asked]) -> float:
    """The mean reciprocal rank: 1 when a right code always comes first, 0.5 when second; 0 is a miss."""
    return sum(1 / one.rank for one in asked if one.rank) / len(asked)


def queries() -> dict[str, dict[str, dict[str, str]]]:
    """The lists as they stand in the file."""
    read: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return read


def measure(quick: bool = False, catalog: Catalog | None = None) -> Found:
    """Ask everything; each query several times for its time. Without a catalog it is the one that a user has."""
    catalog = catalog or open_catalog()
    asked: list[Asked] = []
    seconds: list[float] = []
    for part, sections in queries().items():
        for section, texts in sections.items():
            for query, codes in texts.items():
                right = tuple(codes.split())
                answer: tuple[str, ...] = ()
                for _ in range(2 if quick else 5):
                    begun = perf_counter()
                    hits = search(catalog, query, DEPTH, kind="procedure")
                    seconds.append(perf_counter() - begun)
                    answer = tuple(hit.code for hit in hits)
                rank = next((place for place, code in enumerate(answer, 1) if code in right), 0)
                asked.append(Asked(part, section, query, right, rank, answer[:5]))
    return Found(tuple(asked), spread(seconds))


def tables(found: Found) -> list[Table]:
    """The figures of each list, by section."""
    made = []
    for part, note in _NOTES.items():
        asked = found.of(part)
        if not asked:
            continue
        sections = dict.fromkeys(one.section for one in asked)
        rows = [_row(section, [one for one in asked if one.section == section]) for section in sections]
        heading = ["section", "queries", "right code first", "among five", "mean reciprocal rank"]
        made.append(Table(_TITLES[part], heading, [*rows, _row("all", asked)], note))
    if made:
        last = made[-1]
        last.note += f" A query took {time(found.times.p50)} (p50), {time(found.times.p95)} (p95)."
    return made


def _row(name: str, asked: Sequence[Asked]) -> Sequence[str]:
    return [name, str(len(asked)), f"{recall(asked, 1):.0%}", f"{recall(asked, 5):.0%}", f"{reciprocal(asked):.2f}"]


_TITLES = {"known": "Finding a code by words", "unseen": "Finding a code by words, unseen queries"}
_NOTES = {
    "known": "The search and the words of the catalog were worked on with these queries at hand.",
    "unseen": "Written afterwards by somebody who had not looked at the catalog; nothing was changed for them.",
}


if __name__ == "__main__":
    result = measure("--quick" in sys.argv)
    for table in tables(result):
        print(table.plain())
    for one in result.misses:
        print(f"missed: {one.part}, {one.query!r}: {' '.join(one.right)}; found {' '.join(one.answer) or 'nothing'}")
