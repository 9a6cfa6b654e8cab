"""National tables small enough for a test, in the layouts that CMS publishes.

Pairs, limits and indicators are true ones; every descriptor and notice is invented.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from xml.sax.saxutils import escape

from superbill.catalog.national import manifest
from superbill.catalog.national.install import Choices, Outcome, install

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
    rows = []
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


def fee_text(fees: Iterable[Fee]) -> bytes:
    """The fee schedule in fixed columns: seven heading lines, records of 171 characters."""
    lines = ["HDR INVENTED NOTICE"] * 7
    for fee in fees:
        code, component, status, pctc, days, multiple, bilateral, assistant, cosurgeon, team, base = fee
        record = f"{code}{component:<2}{'Invented words':<50}{status} {'1.00':>6} {'2.00':>6}   {'1.50':>6}NA"
        record += f" {'0.10':>5} {'3.10':>6}{'2.60':>6}"
        record += f"{pctc}{days}.10.80.10{multiple}{bilateral}{assistant}{cosurgeon}{team}"
        record = record.ljust(127) + f"{base:<5} 32.3465 090 99"
        lines.append(record.ljust(171))
    return "\r\n".join([*lines, ""]).encode("latin-1")


def book(path: Path, rows: Iterable[Sequence[str]], *, shared: bool = True) -> Path:
    """A workbook of one sheet, as spreadsheet programs write it: texts shared, or (`shared` False) in the cells."""
    strings: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, text in enumerate(row):
            if not text:
                continue
            place = f"{_letters(column)}{number}"
            if shared:
                at = strings.setdefault(text, len(strings))
                cells.append(f'<c r="{place}" t="s"><v>{at}</v></c>')
            else:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "xl/workbook.xml",
            f'<workbook {space} xmlns:r="{relations}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        out.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="x" Target="worksheets/first.xml"/></Relationships>',
        )
        out.writestr(
            "xl/worksheets/first.xml", f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        )
        if shared:
            items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
            out.writestr("xl/sharedStrings.xml", f"<sst {space}>{items}</sst>")
    return path


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def put(folder: Path, tables: Path, files: Mapping[str, bytes], **choices: object) -> Outcome:
    """Write files and import them; few rows are enough."""
    paths = []
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return install(paths, tables, Choices(partial=True, **choices))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def examples() -> Path:
    """A folder with the tables that the examples in the documentation of rules are run with."""
    folder = Path(mkdtemp(prefix="superbill-examples-"))
    tables = folder / "national"
    scopes = [
        ("45380", "", "A", "0", "000", "3", "0", "1", "0", "0", "45378"),
        ("45385", "", "A", "0", "000", "3", "0", "1", "0", "0", "45378"),
    ]
    visits = [(code, "", "A", "0", "XXX", "0", "0", "0", "0", "0", "") for code in ("99201", "99213")]
    put(
        folder,
        tables,
        {
            "ccipra-v313r0-f1.TXT": ptp_text(pair_rows(PAIRS)),
            "PPRRVU19_JUL.csv": fee_csv(scopes, 2019, "July"),
            "PPRRVU20_OCT.csv": fee_csv(visits, 2020),
            "PPRRVU21_OCT.csv": fee_csv([*visits[1:], *scopes], 2021),
        },
    )
    as_whole(tables)
    return tables


def as_whole(tables: Path) -> None:
    """Have tables of few rows taken for whole ones."""
    manifest.write(tables, [one._replace(whole=True) for one in manifest.read(tables)])


def mue_csv(limits: Iterable[Sequence[str]], setting: str = "Practitioner Services") -> bytes:
    """Unit limits as a table of commas: a quoted notice over lines, a heading with a line break in it."""
    labels = {"1": "1 Line Edit", "2": "2 Date of Service Edit: Policy", "3": "3 Date of Service Edit: Clinical"}
    notice = '"Invented notice\r\nover two lines.",,,'
    heading = f'"HCPCS/\r\nCPT Code",{setting} MUE Values,MUE Adjudication Indicator,MUE Rationale'
    rows = [f"{code},{value},{labels[kind]},Invented reason" for code, value, kind in limits]
    return "\r\n".join([notice, heading, *rows, ""]).encode("cp1252")


AOC_HEADING = [
    "Add-On_Code", "AOC_Del_Dt_Julian", "Primary_Code", "Primary_Code_Del_Dt_Julian", "AOC_Edit_EFF_Dt_Julian",
    "AOC_Edit_Del_Dt_Julian", "AOC_Edit_Type", "Special_Instruction_Notes",
]  # fmt: skip


def aoc_rows(edits: Iterable[Sequence[str]]) -> list[list[str]]:
    """Rows of eight cells from (add-on, primary, type, deletion of the edit)."""
    return [[add, "", primary, "", "2013091", gone, kind, ""] for add, primary, kind, gone in edits]


def aoc_text(edits: Iterable[Sequence[str]], *, type_first: bool = True) -> bytes:
    """Add-on edits in fixed columns: the type in front, as in 2026, or behind the dates. A remark follows."""
    rows = []
    for add, primary, kind, gone in edits:
        fields = f"{add}{'':7}{primary}{'':7}2013091{gone:<7}"
        rows.append(f"{kind}{fields}Invented remark" if type_first else f"{fields}{kind}  Invented remark")
    return "\r\n".join([*rows, ""]).encode("cp1252")


HCPCS_HEADING = [
    "HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "PRICE1", "PRICE2", "PRICE3", "PRICE4", "MULT_PI",
    "CIM1", "CIM2", "CIM3", "MCM1", "MCM2", "MCM3", "STATUTE", *[f"LABCERT{n}" for n in range(1, 9)],
    *[f"XREF{n}" for n in range(1, 6)], "COV", "ASC_GRP", "ASC_DT", "OPPS", "OPPS_PI", "OPPS_DT", "PROCNOTE", "BETOS",
    *[f"TOS{n}" for n in range(1, 6)], "ANEST_BU", "ADD DT", "ACT EFF DT", "TERM DT", "ACTION CD",
]  # fmt: skip
#: (code, record kind, text, added, ended, cross-reference)
HCPCS = (
    ("A0021", "3", "Invented trip outside the county", "19850101", "20231231", "A0030"),
    ("A4210", "3", "Invented thing that pushes fluid", "19890101", "", ""),
    ("A4210", "4", "through skin without metal", "", "", ""),
    ("Q9999", "3", "Invented glowing widget for lamps", "20251001", "", ""),
    ("A1", "7", "Invented dressing for one wound", "20020701", "", ""),
    ("JG", "7", "Invented discount", "20180101", "20241231", ""),
    ("JG", "8", "that has ended", "", "", ""),
    ("Z9", "7", "Invented new modifier", "20251001", "", ""),
)


def hcpcs_rows(records: Iterable[Sequence[str]] = HCPCS) -> list[list[str]]:
    """The file as a table of 48 columns, some note rows above the heading."""
    rows = [["Invented note"], ["another"], HCPCS_HEADING]
    for code, kind, text, added, ended, cross in records:
        cells = dict.fromkeys(HCPCS_HEADING, "")
        cells |= {"HCPC": f"{code:>5}", "SEQNUM": "0010", "RECID": kind, "LONG DESCRIPTION": text, "XREF1": cross}
        cells |= {"ADD DT": added, "ACT EFF DT": added, "TERM DT": ended, "COV": "C", "ACTION CD": "N"}
        rows.append(list(cells.values()))
    return rows


def hcpcs_text(records: Iterable[Sequence[str]] = HCPCS) -> bytes:
    """The file in fixed columns: 320 characters, continuation lines shorter."""
    lines = []
    for code, kind, text, added, ended, cross in records:
        line = f"{code:>5}00100{kind}{text:<80}"
        if kind in ("3", "7"):
            line = line.ljust(204) + f"{cross:<25}C"
            line = line.ljust(268) + f"{added:<8}{added:<8}{ended:<8}N"
            line = line.ljust(320)
        lines.append(line)
    return "\r\n".join([*lines, ""]).encode("cp1252")
