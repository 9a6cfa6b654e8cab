"""National tables small enough for a test, in the layouts that CMS publishes.

Pairs, limits and indicators are true ones; every descriptor and notice is invented. Code pairs, the fee schedule and the
tables of the examples in the rules' documentation come from the package, which runs those examples itself.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from superbill.catalog.national.install import Choices, Outcome, install
from superbill.report.example_tables import (
    PAIRS,
    Fee,
    as_whole,
    fee_cells,
    fee_csv,
    fee_rows,
    pair_rows,
    ptp_text,
)
from superbill.report.example_tables import tables as examples

__all__ = [
    "PAIRS", "Fee", "as_whole", "examples", "fee_cells", "fee_csv", "fee_rows", "pair_rows", "ptp_text",
]  # fmt: skip


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
