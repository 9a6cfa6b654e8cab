"""The NCCI medically unlikely edits (MUE), practitioner services, CSV form.

A quoted preamble and a heading that may hold line breaks come first; a data row is one whose first cell has the
shape of a code and whose second is a number. The indicator cell holds a label such as `3 Date of Service Edit`.
Source: CMS NCCI.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from superbill.catalog.model import UnitLimit
from superbill.catalog.shapes import is_code


def read(path: Path) -> Iterator[tuple[str, UnitLimit]]:
    """Yield (code, limit) for every data row of the file. Raises ValueError when there is none."""
    found = False
    with path.open(encoding="cp1252", newline="") as stream:
        for cells in csv.reader(stream):
            if len(cells) >= 3 and is_code(cells[0].strip()) and cells[1].strip().isdigit():
                found = True
                yield cells[0].strip(), UnitLimit(int(cells[1]), cells[2].strip()[:1])
    if not found:
        raise ValueError(f"{path.name}: no row with a code and a unit value; is this an MUE file?")


KINDS = ()
