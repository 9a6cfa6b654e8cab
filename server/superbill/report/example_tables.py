"""The national tables that the examples of rules are run by, in the layouts that CMS publishes.

A rule that needs an imported table says nothing without one. Its examples are run by a few rows that are imported as any
user's file is. Pairs and indicators are true ones; every descriptor and notice is invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from superbill.catalog.national import manifest
from superbill.catalog.national.install import Choices, install

#: Pairs of the practitioner table: column 1, column 2, indicator; with a first and a last day where a test needs them.
PAIRS = (
    ("29881", "29877", "0"),
    ("29881", "20610", "1"),
    ("29881", "29870", "1"),
    ("45385", "45380", "1"),
    ("45385", "45378", "0"),
    ("45380", "45378", "0"),
    ("77377", "77378", "9"),
    ("74177", "76380", "1"),
    ("77377", "76376", "9"),
    ("76377", "76376", "0"),
    ("71275", "76376", "0"),
    ("29881", "99213", "1"),
    ("93000", "93005", "1"),
    ("93000", "93010", "1"),
    ("71046", "71045", "1"),
)


def pair_rows(
    pairs: Iterable[Sequence[str]], since: str = "20100101", until: str = "*", reason: str = "Invented reason"
) -> list[tuple[str, ...]]:
    """Rows of seven cells; a pair may bring its own first and last day."""
    rows: list[tuple[str, ...]] = []
    for pair in pairs:
        first, second, indicator = pair[:3]
        begins, ends = (pair[3], pair[4]) if len(pair) > 3 else (since, until)
        if indicator == "9":
            ends = begins
        rows.append((first, second, "", begins, ends, indicator, reason))
    return rows


def ptp_text(rows: Iterable[Sequence[str]]) -> bytes:
    """The pairs as tabbed text: six heading lines, then the rows."""
    heading = [
        "Invented notice\t\t\t\t\t\t", "Column1/Column2 Edits\t\t\t\t\t\t",
        "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
        "\t\tprior to 1996\tDate\tDate\t0=not allowed\t", "\t\t\t\t*=no data\t1=allowed\t", "\t\t\t\t\t9=not applicable\t",
    ]  # fmt: skip
    return "\r\n".join([*heading, *("\t".join(row) for row in rows), ""]).encode("cp1252")


#: A fee row for a test: code, modifier, status, PC/TC, global days, multiple, bilateral, assistant, co-surgeon, team,
#: endoscopic base; the rest is filled up.
Fee = Sequence[str]


def fee_cells(fee: Fee) -> list[str]:
    """The 31 columns of a fee row."""
    code, component, status, pctc, days, multiple, bilateral, assistant, cosurgeon, team, base = fee
    return [
        code, component, "Invented words", status, "", "1.00", "2.00", "", "1.50", "NA", "0.10", "3.10", "2.60", pctc, days,
        "0.10", "0.80", "0.10", multiple, bilateral, assistant, cosurgeon, team, base, "32.3465", "09", "0", "99", "0.00",
        "0.00", "0.00",
    ]  # fmt: skip


def fee_rows(fees: Iterable[Fee], year: int, month: str) -> list[list[str]]:
    """The table with its heading over ten lines."""
    title = f"{year} National Physician Fee Schedule Relative Value File {month} Release"
    heading = [["", "", title], *[["", ""]] * 8]
    last = ["HCPCS", "MOD", "DESCRIPTION", "CODE", "PAYMENT", "RVU", "PE RVU", "INDICATOR", *["X"] * 23]
    return [*[row + [""] * (31 - len(row)) for row in heading], last, *[fee_cells(fee) for fee in fees]]


def fee_csv(fees: Iterable[Fee], year: int = 2025, month: str = "October") -> bytes:
    """The fee schedule as a table of commas."""
    return "\r\n".join([*(",".join(row) for row in fee_rows(fees, year, month)), ""]).encode("latin-1")


@lru_cache(maxsize=1)
def _folder() -> TemporaryDirectory[str]:
    """A folder for the tables that goes when the program ends."""
    return TemporaryDirectory(prefix="superbill-examples-", ignore_cleanup_errors=True)


@lru_cache(maxsize=1)
def tables() -> Path:
    """The folder with the tables; they are imported when they are first asked for."""
    folder = Path(_folder().name)
    scopes = [
        ("45380", "", "A", "0", "000", "3", "0", "1", "0", "0", "45378"),
        ("45385", "", "A", "0", "000", "3", "0", "1", "0", "0", "45378"),
    ]
    visits = [(code, "", "A", "0", "XXX", "0", "0", "0", "0", "0", "") for code in ("99201", "99213")]
    files = {
        "ccipra-v313r0-f1.TXT": ptp_text(pair_rows(PAIRS)),
        "PPRRVU19_JUL.csv": fee_csv(scopes, 2019, "July"),
        "PPRRVU20_OCT.csv": fee_csv(visits, 2020),
        "PPRRVU21_OCT.csv": fee_csv([*visits[1:], *scopes], 2021),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    installed = folder / "national"
    install([folder / name for name in files], installed, Choices(partial=True))
    as_whole(installed)
    return installed


def as_whole(folder: Path) -> None:
    """Have tables of few rows taken for whole ones."""
    manifest.write(folder, [one._replace(whole=True) for one in manifest.read(folder)])
