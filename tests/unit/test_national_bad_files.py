"""Files that are cut off, damaged, shifted or something else: each is told, with the line and the reason, and changes nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import national

from superbill.catalog.model import AddOn
from superbill.catalog.national import manifest
from superbill.catalog.national.install import Choices, install, verify
from superbill.catalog.national.pieces import TableError
from superbill.catalog.store import open_catalog
from superbill.cli.main import main

FEE = ("76380", "", "A", "1", "XXX", "0", "0", "0", "0", "0", "")
FEES = [FEE, ("76380", "26", "A", "1", "XXX", "0", "0", "0", "0", "0", ""), ("45385", *FEE[1:])]
LIMITS = [("76380", "2", "3"), ("27447", "1", "2"), ("A0425", "250", "1")]
EDITS = [("99292", "99291", "1", ""), ("77063", "77067", "1", ""), ("0054T", "CCCCC", "2", "")]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder in which one edition lies already."""
    folder = tmp_path / "national"
    national.put(tmp_path, folder, {"MCR_MUE_Eff_04-01-2024.csv": national.mue_csv(LIMITS)})
    return folder


def refused(tmp_path: Path, tables: Path, name: str, data: bytes, *, partial: bool = True) -> str:
    """What is said of a file that cannot be imported; the tables are as they were."""
    before = (tables / manifest.NAME).read_bytes()
    path = tmp_path / name
    path.write_bytes(data)
    try:
        outcome = install([path], tables, Choices(partial=partial))
    except TableError as error:
        told = str(error)
    else:
        assert not outcome.landed and not outcome.already
        told = "; ".join(f"{one.name}: {one.why}" for one in (*outcome.refused, *outcome.skipped))
    assert (tables / manifest.NAME).read_bytes() == before
    assert not any(verify(tables, one) for one in manifest.read(tables))
    assert not list(tables.glob("*.part")) and len(list(tables.glob("*.sqlite"))) == 1
    assert name in told
    return told


# -- cut off ----------------------------------------------------------------------------------------------------


def cut(data: bytes) -> bytes:
    """A text without its last characters."""
    return data[:-7]


@pytest.mark.parametrize(
    ("name", "make", "line"),
    [
        ("PPRRVU2025_Oct.csv", lambda: national.fee_csv(FEES), 13),
        ("PPRRVU2025_Oct.txt", lambda: national.fee_text(FEES), 10),
        ("ccipra-v302r0-f1.TXT", lambda: national.ptp_text(national.pair_rows(national.PAIRS)), 21),
        ("MCR_MUE_Eff_07-01-2024.csv", lambda: national.mue_csv(LIMITS), 7),
        ("AOC_V2024Q3-MCR.txt", lambda: national.aoc_text(EDITS), 3),
        ("HCPC2025_OCT_ANWEB.txt", lambda: national.hcpcs_text(), 8),
        ("MCR_MUE_DME_Eff_07-01-2024.csv", lambda: national.mue_csv(LIMITS, "DME Supplier Services"), 7),
    ],
)
def test_a_text_that_ends_within_a_line_is_not_whole(
    tmp_path: Path, tables: Path, name: str, make: Callable[[], bytes], line: int
) -> None:
    told = refused(tmp_path, tables, name, cut(make()), partial=False)
    assert f"breaks off in the middle of line {line}, so it is not whole" in told


def test_with_partial_a_text_may_end_anywhere(tmp_path: Path, tables: Path) -> None:
    data = {"PPRRVU2025_Oct.csv": national.fee_csv(FEES)[:-2]}
    assert [one.id for one in national.put(tmp_path, tables, data).landed] == ["pfs-2025d"]


def test_a_table_that_ends_at_a_line_before_its_last_codes_is_not_whole(tmp_path: Path, tables: Path) -> None:
    codes = [f"{number:05}" for number in range(100, 20_100)]
    told = refused(
        tmp_path, tables, "PPRRVU2025_Oct.csv", national.fee_csv([(code, *FEE[1:]) for code in codes]), partial=False
    )
    assert "no code that begins with 3, 4, 5, 6, 7, 8, 9 or G" in told and "cut off" in told


def test_parts_of_the_pairs_that_are_missing_are_named(tmp_path: Path, tables: Path) -> None:
    outcome = national.put(
        tmp_path, tables, {"ccipra-v302r0-f1.TXT": national.ptp_text(national.pair_rows(national.PAIRS))}
    )
    assert outcome.landed[0].notes[0] == (
        "not whole: it has no pair whose first code begins with 0, 1, 3, 5, 6, 8 or G; import its other parts too"
    )
    assert not outcome.landed[0].whole and not outcome.landed[0].edition.whole


def test_a_zip_file_that_is_cut_off_or_damaged(tmp_path: Path, tables: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("ccipra-v302r0-f1.TXT", national.ptp_text(national.pair_rows(national.PAIRS)))
    data = packed.getvalue()
    assert "cut off or damaged; download it again" in refused(
        tmp_path, tables, "ccipra-v302r0-f1.zip", data[: len(data) // 2]
    )
    turned = data.replace(b"45385", b"45386", 1)
    told = refused(tmp_path, tables, "ccipra-v302r0-f1.zip", turned)
    assert "ccipra-v302r0-f1.zip: the file is damaged; download it again" in told
    book = national.book(tmp_path / "b.xlsx", [national.AOC_HEADING, *national.aoc_rows(EDITS)]).read_bytes()
    assert "cut off or damaged" in refused(tmp_path, tables, "AOC_V2024Q3-MCR.xlsx", book[: len(book) // 2])


# -- columns that are elsewhere -------------------------------------------------------------------------------------


def book(tmp_path: Path, rows: list[list[str]]) -> bytes:
    return national.book(tmp_path / "made.xlsx", rows).read_bytes()


def test_a_fee_schedule_with_a_column_more_or_less_is_not_read_by_the_wrong_columns(
    tmp_path: Path, tables: Path
) -> None:
    rows = national.fee_rows(FEES * 4, 2025, "October")
    for shifted in ([[*row[:5], "new", *row[5:]] for row in rows], [row[:12] + row[13:] for row in rows]):
        told = refused(tmp_path, tables, "PPRRVU2025_Oct.xlsx", book(tmp_path, shifted))
        assert "12 rows left out (the first in line 11): no PC/TC where the layout has it" in told
    told = refused(tmp_path, tables, "PPRRVU2025_Oct.xlsx", book(tmp_path, [["", *row] for row in rows]))
    assert "called like a fee schedule relative value file, but not laid out like one" in told


def test_some_rows_of_another_layout_make_the_whole_table_suspect(tmp_path: Path, tables: Path) -> None:
    rows = national.fee_rows(FEES, 2025, "October") + [["45380", "", "", "A", "odd", *[""] * 26]] * 4
    told = refused(tmp_path, tables, "PPRRVU2025_Oct.xlsx", book(tmp_path, rows))
    assert (
        "its columns are not those of a fee schedule relative value file as CMS publishes it (4 rows left out" in told
    )


def test_unit_limits_are_read_by_their_headings(tmp_path: Path, tables: Path) -> None:
    heading = [
        "HCPCS/\nCPT Code",
        "Status",
        "Practitioner Services MUE Values",
        "MUE Adjudication Indicator",
        "MUE Rationale",
    ]
    rows = [heading, ["76380", "9", "2", "3 Date of Service Edit: Clinical", "Invented"]]
    national.put(tmp_path, tables, {"MCR_MUE_Eff_07-01-2024.xlsx": book(tmp_path, [["", *row] for row in rows])})
    assert tuple(open_catalog(tables).unit_limit("76380") or ()) == (2, "3")


def test_pairs_in_shifted_columns_are_not_read(tmp_path: Path, tables: Path) -> None:
    rows = [["", *row] for row in national.pair_rows(national.PAIRS)]
    told = refused(tmp_path, tables, "ccipra-v302r0-f1.xlsx", book(tmp_path, rows))
    assert "called like a table of code pairs, but not laid out like one" in told


def test_addon_edits_go_by_headings_and_rows_that_do_not_fit_are_told(tmp_path: Path, tables: Path) -> None:
    order = [6, 0, 1, 2, 3, 4, 5, 7]  # as in the workbooks of 2026
    rows = [
        ["Invented notice"],
        *([row[at] for at in order] for row in [national.AOC_HEADING, *national.aoc_rows(EDITS)]),
    ]
    national.put(tmp_path, tables, {"AOC_V2026Q2-MCR.xlsx": book(tmp_path, rows)})
    assert open_catalog(tables).addon("99292") == AddOn("1", ("99291",))


def test_addon_edits_whose_columns_are_not_under_their_headings(tmp_path: Path, tables: Path) -> None:
    rows = [national.AOC_HEADING, *(["", *row] for row in national.aoc_rows(EDITS))]
    told = refused(tmp_path, tables, "AOC_V2024Q3-MCR.xlsx", book(tmp_path, rows))
    assert "3 rows left out (the first in line 2): no add-on code, primary code and type" in told


# -- add-on edits in fixed columns ------------------------------------------------------------------------------------


def test_a_record_that_does_not_fit_is_counted_and_never_misread(tmp_path: Path, tables: Path) -> None:
    good = national.aoc_text(EDITS).decode()
    odd = [
        "1 99292       99291       2013091",  # a blank too many
        "199292       99291 2013091",  # fields left out
        "199292       99291       2013999",  # no such day of a year
        "499292       99291       2013091",  # no such type
        "1ABCDE       99291       2013091",  # no code
        "199292201300 99291       2013091",  # half a date
        "199292       99291              ",  # no first day
        "199292       99291       2013091   2019001",  # a day where none belongs
    ]
    data = (good + "\r\n".join(odd) + "\r\n").encode()
    (landed,) = national.put(tmp_path, tables, {"AOC_V2024Q3-MCR.txt": (good * 200).encode() + data}).landed
    assert landed.rows == {"add-on edits": 603, "add-on codes": 3}
    assert landed.notes[-1] == "8 rows left out (the first in line 604): not a record of the layout"
    known = open_catalog(tables)
    assert known.addon("99292") == AddOn("1", ("99291",)) and known.addon("0054T") == AddOn("2")


def test_addon_edits_begin_and_end(tmp_path: Path, tables: Path) -> None:
    rows = national.aoc_rows(EDITS)
    rows[0][5], rows[1][4] = "2024182", "2024275"  # ended on 30 June; begins on 1 October
    national.put(tmp_path, tables, {"AOC_V2024Q3-MCR.xlsx": book(tmp_path, [national.AOC_HEADING, *rows])})
    known = open_catalog(tables)
    assert (known.addon("99292"), known.addon("77063")) == (None, None) and known.addon("0054T") is not None


def test_a_text_in_other_columns_is_known_for_what_it_is_and_not_read(tmp_path: Path, tables: Path) -> None:
    data = b"199292   99291   2013091\r\n177063   77067   2013091\r\n"
    assert "in columns that are not those of the layout" in refused(tmp_path, tables, "AOC_V2025Q4_01-MCR.txt", data)
    data = b"primary_code,add_on_code,aoc_edit_type\r\n99291,99292,1\r\n"
    told = refused(tmp_path, tables, "ncci_aoc_2024q2.csv", data)
    assert "without the days on which edits were deleted" in told


def test_an_addon_code_of_two_types_is_told_with_its_line(tmp_path: Path, tables: Path) -> None:
    data = national.aoc_text([*EDITS, ("99292", "99293", "3", "")])
    told = refused(tmp_path, tables, "AOC_V2024Q3-MCR.txt", data)
    assert "line 4: 99292 is of type 3, and of type 1 above" in told


# -- letters and line ends --------------------------------------------------------------------------------------------

TEXTS = {
    "PPRRVU2025_Oct.csv": lambda: national.fee_csv(FEES),
    "PPRRVU2025_Oct.txt": lambda: national.fee_text(FEES),
    "ccipra-v302r0-f1.TXT": lambda: national.ptp_text(national.pair_rows(national.PAIRS)),
    "MCR_MUE_Eff_07-01-2024.csv": lambda: national.mue_csv(LIMITS),
    "AOC_V2024Q3-MCR.txt": lambda: national.aoc_text(EDITS),
    "HCPC2025_OCT_ANWEB.txt": national.hcpcs_text,
}


@pytest.mark.parametrize("name", TEXTS)
def test_line_ends_and_encodings(tmp_path: Path, name: str) -> None:
    data = TEXTS[name]()
    forms = {
        "lf": data.replace(b"\r\n", b"\n"),
        "cr": data.replace(b"\r\n", b"\r"),
        "utf8": b"\xef\xbb\xbf" + data,
        "utf16": data.decode("cp1252").encode("utf-16"),
        "utf16be": b"\xfe\xff" + data.decode("cp1252").encode("utf-16-be"),
        "end": data + b"\x1a",
    }
    (plain,) = national.put(tmp_path, tmp_path / "plain", {name: data}).landed
    for form, changed in forms.items():
        (landed,) = national.put(tmp_path, tmp_path / form, {name: changed}).landed
        assert (landed.id, landed.rows, landed.notes) == (plain.id, plain.rows, plain.notes), form


def test_rows_of_pairs_survive_the_borders_of_what_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from superbill.catalog.sources import pairs

    data = national.ptp_text(national.pair_rows(national.PAIRS))
    for end in (b"\r\n", b"\n", b"\r"):
        for size in (1, 7, 64, 1000):
            monkeypatch.setattr(pairs, "_CHUNK", size)
            folder = tmp_path / f"{end!r}-{size}"
            (landed,) = national.put(tmp_path, folder, {"ccipra-v302r0-f1.TXT": data.replace(b"\r\n", end)}).landed
            assert landed.rows == {"code pairs": len(national.PAIRS) - 2}, (end, size)


# -- something else -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("photo.jpg", b"\xff\xd8\0\0", "not a table that is known here"),
        ("RVU25D.zip", b"PK\x05\x06" + b"\0" * 18, "not a table that is known here"),
        (
            "MCR_MUE_Eff.csv",
            b"nothing of the kind\r\n",
            "called like a table of unit limits, but not laid out like one",
        ),
    ],
)
def test_what_is_something_else(tmp_path: Path, tables: Path, name: str, data: bytes, why: str) -> None:
    assert why in refused(tmp_path, tables, name, data)


def test_a_workbook_without_a_sheet(tmp_path: Path, tables: Path) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "b.xlsx: cannot be read as a workbook (it has no sheet)" in refused(
        tmp_path, tables, "b.xlsx", path.read_bytes()
    )


def test_the_command_ends_with_2_and_a_word_on_each(
    tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPERBILL_TABLES", str(tables))
    folder = tmp_path / "folder"
    folder.mkdir()
    cases = {
        str(tmp_path / "absent.zip"): "no such file",
        str(folder): "the folder is empty",
    }
    for path, why in cases.items():
        assert main(["catalog", "import", path]) == 2
        assert why in capsys.readouterr().err
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\0")
    (folder / "PPRRVU2025_Oct.csv").write_bytes(cut(national.fee_csv(FEES)))
    assert main(["catalog", "import", str(folder)]) == 2
    assert "PPRRVU2025_Oct.csv: breaks off in the middle of line 13" in capsys.readouterr().err


def test_the_same_pairs_twice_are_read_once(tmp_path: Path, tables: Path) -> None:
    data = national.ptp_text(national.pair_rows(national.PAIRS))
    outcome = national.put(tmp_path, tables, {"ccipra-v302r0-f1.TXT": data, "copy of ccipra-v302r0-f1.TXT": data})
    assert [one.rows for one in outcome.landed] == [{"code pairs": len(national.PAIRS) - 2}]
    assert [one.why for one in outcome.skipped] == ["the same table as ccipra-v302r0-f1.TXT"]
