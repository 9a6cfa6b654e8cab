"""Numbers and tables: percentiles, times in words, aligned columns for the terminal and for Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spread:
    """The percentiles of some times, in seconds."""

    p50: float
    p95: float
    p99: float
    count: int


def spread(seconds: Sequence[float]) -> Spread:
    """Percentiles by nearest rank."""
    ordered = sorted(seconds)

    def at(percent: int) -> float:
        return ordered[min(len(ordered) - 1, max(0, -(-percent * len(ordered) // 100) - 1))]

    return Spread(statistics.median(ordered), at(95), at(99), len(ordered))


def time(seconds: float | None) -> str:
    """A time with three figures: `0.412 ms`, `4.12 ms`, `1.20 s`."""
    if seconds is None:
        return "-"
    if seconds >= 1:
        return f"{seconds:.2f} s"
    thousandths = seconds * 1000
    digits = 3 if thousandths < 1 else 2 if thousandths < 10 else 1 if thousandths < 100 else 0
    return f"{thousandths:.{digits}f} ms"


def three(times: Spread | None) -> str:
    """p50, p95 and p99 in one cell, in milliseconds; in seconds when there are many."""
    if times is None:
        return "-"
    if times.p50 >= 1:
        return " / ".join(f"{value:.2f}" for value in (times.p50, times.p95, times.p99)) + " s"
    return " / ".join(time(value).removesuffix(" ms") for value in (times.p50, times.p95, times.p99)) + " ms"


def ratio(value: float) -> str:
    """A ratio: `0.97x`, `23x`."""
    return f"{value:.2f}x" if value < 10 else f"{value:.0f}x"


@dataclass(slots=True)
class Table:
    """Rows under a heading, and what is to be said about them."""

    title: str
    heading: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    note: str = ""

    def plain(self) -> str:
        """For the terminal."""
        return f"{self.title}\n{self._aligned('  ', '')}" + (f"\n{self.note}" if self.note else "") + "\n"

    def markdown(self) -> str:
        """For a page."""
        parts = [f"## {self.title}", self._aligned(" | ", "|"), self.note]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _aligned(self, between: str, edge: str) -> str:
        everything = [self.heading, *self.rows]
        widths = [max(len(row[index]) for row in everything) for index in range(len(self.heading))]

        def line(cells: Sequence[str]) -> str:
            padded = between.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            return f"{edge} {padded} {edge}" if edge else padded.rstrip()

        rule = line(["-" * width for width in widths])
        return "\n".join([line(self.heading), rule, *(line(row) for row in self.rows)])


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that is promised: what, how much at most (or at least), and what was measured; a time or a ratio."""

    what: str
    limit: float
    measured: float
    is_ratio: bool = False
    at_least: bool = False

    def cells(self) -> Sequence[str]:
        """What, the limit, the measurement, and whether the one keeps within the other."""
        text = ratio if self.is_ratio else time
        met = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        bound = "at least" if self.at_least else "at most"
        return self.what, f"{bound} {text(self.limit)}", text(self.measured), "yes" if met else "no"
