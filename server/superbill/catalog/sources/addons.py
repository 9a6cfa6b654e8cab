"""The NCCI add-on code edits (AOC), workbook form.

One row per add-on code and primary code, by the headings `Add-On_Code`, `Primary_Code`, `AOC_Edit_Type` and two columns
of deletion dates; the headings differ by a suffix from year to year. `CCCCC` for a primary says that contractors name
their own, which the type tells too. Source: CMS NCCI.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from superbill.catalog.model import AddOn
from superbill.catalog.shapes import is_code

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_HEADINGS = {"add": "addon", "primary": "primary", "type": "aocedittype", "gone": "aoceditdel"}


def read(path: Path) -> Iterator[tuple[str, AddOn]]:
    """Yield (code, relation) for every add-on code whose edits are in force. Raises ValueError when there is none."""
    rows = _rows(path)
    heading = next(rows, {})
    columns = {name: _column(heading, stem) for name, stem in _HEADINGS.items()}
    if not all(columns[name] for name in ("add", "primary", "type")):
        raise ValueError(f"{path.name}: no columns for add-on code, primary code and type; is this an AOC file?")
    types: dict[str, str] = {}
    primaries: dict[str, set[str]] = {}
    for row in rows:
        code, primary, kind = (row.get(columns[name], "") for name in ("add", "primary", "type"))
        if not is_code(code) or kind not in ("1", "2", "3") or row.get(columns["gone"]):
            continue
        if types.setdefault(code, kind) != kind:
            raise ValueError(f"{path.name}: {code} has two types")
        primaries.setdefault(code, set()).update({primary} if is_code(primary) else ())
    if not types:
        raise ValueError(f"{path.name}: no row with an add-on code")
    for code, kind in types.items():
        yield code, AddOn(kind, tuple(sorted(primaries[code])))


def _column(heading: dict[str, str], stem: str) -> str:
    """The letter of the column whose heading begins so, case and punctuation left out; "" when there is none."""
    for letter, text in heading.items():
        if re.sub(r"[^a-z]", "", text.lower()).startswith(stem):
            return letter
    return ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of the first sheet: text by column letter."""
    with zipfile.ZipFile(path) as book:
        strings: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            with book.open("xl/sharedStrings.xml") as stream:
                for item in ElementTree.parse(stream).getroot().iter(f"{_SPACE}si"):
                    strings.append("".join(part.text or "" for part in item.iter(f"{_SPACE}t")))
        with book.open("xl/worksheets/sheet1.xml") as stream:
            for _, element in ElementTree.iterparse(stream):
                if element.tag != f"{_SPACE}row":
                    continue
                row = {}
                for cell in element:
                    text = "".join(part.text or "" for part in cell.iter() if part.tag in (f"{_SPACE}v", f"{_SPACE}t"))
                    if cell.get("t") == "s":
                        text = strings[int(text)]
                    if text.strip():
                        row[cell.get("r", "").rstrip("0123456789")] = text.strip()
                yield row
                element.clear()


KINDS = ()
