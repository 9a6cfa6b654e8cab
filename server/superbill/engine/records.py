"""The records of a document, in order, found by place and by record without walking the file.

Records tile the text. They are kept in blocks of a few hundred; a block knows how far it reaches, so a place is found
by block and then inside it, and replacing records disturbs one or two blocks. Where a record stands is never stored
with it: it would be wrong after the next edit above.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from superbill.charges.model import Record

_FULL = 512

#: Line and column, both from 0, in code points.
Place = tuple[int, int]


def after(place: Place, height: int, width: int) -> Place:
    """The place that lies an extent after `place`."""
    return (place[0] + height, width) if height else (place[0], place[1] + width)


class Block:
    """Some hundreds of records that follow each other, and those of them that have findings.

    `shown` is what a writer of findings made of all of them, for it to keep until the block changes.
    """

    __slots__ = ("flagged", "height", "order", "records", "shown", "starts", "width")

    def __init__(self, records: list[Record]) -> None:
        self.records = records
        self.flagged: set[Record] = set()
        for record in records:
            self.adopt(record)
        self.measure()

    def adopt(self, record: Record) -> None:
        """Take a record in; note whether it has findings."""
        record.block = self
        if record.extra or record.wider or record.remarks or record.content.flagged:
            self.flagged.add(record)

    def measure(self) -> None:
        """Work out anew where each record begins, from the start of the block."""
        line = column = 0
        starts = []
        for record in self.records:
            starts.append((line, column))
            height = record.height
            if height:
                line += height
                column = record.width
            else:
                column += record.width
        self.starts: list[Place] = starts
        self.height, self.width = line, column
        self.order: list[tuple[int, Record]] | None = None
        self.shown: Any = None

    def in_order(self) -> list[tuple[int, Record]]:
        """The records with findings, by their number in the block. Kept until the block changes."""
        if self.order is None:
            index = self.records.index
            self.order = sorted([(index(record), record) for record in self.flagged], key=lambda pair: pair[0])
        return self.order


class Spot(NamedTuple):
    """One record found: its block's number, its number in the block, and where it begins."""

    block: int
    index: int  # type: ignore[assignment]  # nobody looks a value up in a spot
    start: Place


class RecordList:
    """All records of a document."""

    __slots__ = ("_tops", "blocks", "count")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.count = 0
        self._tops: list[Place] | None = None

    # -- finding ------------------------------------------------------------------------------------------------

    def tops(self) -> list[Place]:
        """Where each block begins."""
        if self._tops is None:
            place = (0, 0)
            tops = []
            for block in self.blocks:
                tops.append(place)
                place = after(place, block.height, block.width)
            self._tops = tops
        return self._tops

    def end(self) -> Place:
        """Where the last record ends."""
        if not self.blocks:
            return (0, 0)
        last = self.blocks[-1]
        return after(self.tops()[-1], last.height, last.width)

    def at(self, place: Place) -> Spot | None:
        """The record in which a place lies; the last one when it lies past the end; None when there is none."""
        if not self.blocks:
            return None
        tops = self.tops()
        number = max(bisect_right(tops, place) - 1, 0)
        block, top = self.blocks[number], tops[number]
        inner = (place[0] - top[0], place[1] - top[1]) if place[0] == top[0] else (place[0] - top[0], place[1])
        index = max(bisect_right(block.starts, inner) - 1, 0)
        return Spot(number, index, self._absolute(top, block.starts[index]))

    def where(self, record: Record) -> Place:
        """Where a record begins. It must be in the list."""
        block: Block = record.block
        top = self.tops()[self.blocks.index(block)]
        return self._absolute(top, block.starts[block.records.index(record)])

    @staticmethod
    def _absolute(top: Place, inner: Place) -> Place:
        return (top[0] + inner[0], inner[1] if inner[0] else top[1] + inner[1])

    def get(self, spot: Spot) -> Record:
        """The record at a spot."""
        return self.blocks[spot.block].records[spot.index]

    def before(self, spot: Spot) -> Spot | None:
        """The spot one record up."""
        if spot.index > 0:
            index, number = spot.index - 1, spot.block
        elif spot.block > 0:
            number = spot.block - 1
            index = len(self.blocks[number].records) - 1
        else:
            return None
        return Spot(number, index, self._absolute(self.tops()[number], self.blocks[number].starts[index]))

    def following(self, spot: Spot) -> Iterator[Record]:
        """Records from a spot on."""
        for number in range(spot.block, len(self.blocks)):
            records = self.blocks[number].records
            yield from records[spot.index :] if number == spot.block else records

    def behind(self, record: Record) -> Iterator[Record]:
        """The records behind one that is in the list, nearest first. Nothing is done before the first is asked for."""
        block: Block = record.block
        number = self.blocks.index(block)
        yield from block.records[block.records.index(record) + 1 :]
        for later in self.blocks[number + 1 :]:
            yield from later.records

    def __iter__(self) -> Iterator[Record]:
        for block in self.blocks:
            yield from block.records

    def flagged(self) -> Iterator[tuple[Record, Place]]:
        """Records with findings, in the order of the text, and where they begin."""
        for block, top in self.flagged_blocks():
            yield from self.flagged_in(block, top)

    def flagged_blocks(self) -> Iterator[tuple[Block, Place]]:
        """The blocks that hold such records, and where they begin."""
        return ((block, top) for block, top in zip(self.blocks, self.tops(), strict=True) if block.flagged)

    def flagged_in(self, block: Block, top: Place) -> Iterator[tuple[Record, Place]]:
        """The records with findings of a block that begins at `top`."""
        for index, record in block.in_order():
            yield record, self._absolute(top, block.starts[index])

    # -- changing -----------------------------------------------------------------------------------------------

    def extend(self, records: list[Record]) -> None:
        """Put records at the end."""
        for start in range(0, len(records), _FULL):
            self.blocks.append(Block(records[start : start + _FULL]))
        self.count += len(records)
        self._tops = None

    def between(self, first: Spot, last: Spot | None) -> list[Record]:
        """The records from `first` up to `last` (exclusive; None: to the end)."""
        if last is not None and first.block == last.block:
            return self.blocks[first.block].records[first.index : last.index]
        found = self.blocks[first.block].records[first.index :]
        for block in self.blocks[first.block + 1 : last.block if last is not None else None]:
            found += block.records
        return found + (self.blocks[last.block].records[: last.index] if last is not None else [])

    def replace(self, first: Spot, last: Spot | None, records: list[Record]) -> None:
        """Put `records`, their content known, in the place of those from `first` up to `last` (exclusive)."""
        gone = self.between(first, last)
        end = last.block if last is not None else len(self.blocks) - 1
        stop = last.index if last is not None else len(self.blocks[end].records)
        head, tail = self.blocks[first.block], self.blocks[end]
        kept = head.records[: first.index] + records + tail.records[stop:]
        self.count += len(records) - len(gone)
        if head is tail and 0 < len(kept) <= 2 * _FULL:
            head.records = kept
            for record in gone:
                head.flagged.discard(record)
            for record in records:
                head.adopt(record)
            if [(r.height, r.width) for r in records] == [(r.height, r.width) for r in gone]:
                head.order = head.shown = None  # typing: every record begins where it did
            else:
                head.measure()
                self._tops = None
        else:
            self.blocks[first.block : end + 1] = [
                Block(kept[start : start + _FULL]) for start in range(0, len(kept), _FULL)
            ]
            self._tops = None
        for record in gone:
            record.block = None

    def flag(self, record: Record) -> None:
        """Note whether a record has findings, after they changed."""
        self.show_anew(record)
        block: Block = record.block
        block.order = None
        if record.extra or record.wider or record.remarks or record.content.flagged:
            block.flagged.add(record)
        else:
            block.flagged.discard(record)

    def show_anew(self, record: Record) -> None:
        """Forget what was kept of how a record's findings are shown."""
        record.shown = record.block.shown = None
