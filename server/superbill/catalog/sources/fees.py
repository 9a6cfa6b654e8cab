"""The Medicare physician fee schedule relative value file (PPRRVU…), CSV form.

Nine heading lines, then rows of 31 columns in latin-1. The headings repeat names, so columns go by position,
counted from the row whose first cell is `HCPCS`. The third column is an AMA descriptor: it is never read.
Source: CMS, RVU25D record layout.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from superbill.catalog.model import FeeRow

_WIDTH = 31


def read(path: Path) -> Iterator[tuple[str, FeeRow]]:
    """Yield (code, row) for every row of the file. Raises ValueError when it is not such a file."""
    with path.open(encoding="latin-1", newline="") as stream:
        rows = csv.reader(stream)
        for cells in rows:
            if cells and cells[0].strip() == "HCPCS":
                break
        else:
            raise ValueError(f"{path.name}: no heading row that begins with HCPCS; is this a PPRRVU file?")
        for cells in rows:
            if len(cells) < _WIDTH - 3 or not cells[0].strip():
                continue
            cell = [value.strip() for value in cells]
            yield (
                cell[0],
                FeeRow(
                    component=cell[1],
                    status=cell[3],
                    pctc=cell[13],
                    global_days=cell[14],
                    multiple=cell[18],
                    bilateral=cell[19],
                    assistant=cell[20],
                    cosurgeon=cell[21],
                    team=cell[22],
                    endoscopic_base=cell[23],
                    supervision=cell[25],
                    imaging_family=cell[27],
                    nonfacility_na=cell[7] == "NA",
                    facility_na=cell[9] == "NA",
                ),
            )
