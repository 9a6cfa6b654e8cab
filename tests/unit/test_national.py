"""National tables: each layout is read, an edition is what its name or text says, and it lands whole or not at all."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests import national
from tests.harness import book_of, catalog

from superbill.catalog.model import AddOn, UnitLimit
from superbill.catalog.national import install as installing
from superbill.catalog.national import manifest
from superbill.catalog.national.diff import changes
from superbill.catalog.national.install import Choices, install, remove, verify
from superbill.catalog.national.pieces import TableError
from superbill.catalog.store import HCPCS, UNITS, Catalog, open_catalog
from superbill.charges.model import Claim, ServiceLine
from superbill.cli.main import main
from superbill.engine.cards import code_card, units_card

FEES = [
    ("76380", "", "A", "1", "XXX", "0", "0", "0", "0", "0", ""),
    ("76380", "26", "A", "1", "XXX", "0", "0", "0", "0", "0", ""),
    ("45385", "", "A", "0", "000", "3", "0", "1", "0", "0", "45378"),
    ("22526", "", "N", "9", "010", "9", "9", "9", "9", "9", ""),
]
IN_2024 = date(2024, 8, 15)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return tmp_path / "national"


def opened(tables: Path) -> Catalog:
    return open_catalog(tables)


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def booked(tmp_path: Path, rows: list[list[str]], *, shared: bool = True) -> bytes:
    return national.book(tmp_path / "made.xlsx", rows, shared=shared).read_bytes()


# -- layouts ----------------------------------------------------------------------------------------------------


def fee_forms(tmp_path: Path) -> dict[str, bytes]:
    csv = national.fee_csv(FEES)
    rows = national.fee_rows(FEES, 2025, "October")
    return {
        "anything.bin": csv,
        "PPRRVU2025_Oct.txt": national.fee_text(FEES),
        "table.xlsx": booked(tmp_path, rows),
        "inline.xlsx": booked(tmp_path, rows, shared=False),
        "RVU25D.zip": zipped({"PPRRVU2025_Oct.csv": csv, "GPCI2025.csv": b"a,b\r\n1,2\r\n", "RVU25D.pdf": b"%PDF\0"}),
        "outer.zip": zipped({"RVU25D.zip": zipped({"PPRRVU2025_Oct.txt": national.fee_text(FEES)})}),
    }


def test_the_fee_schedule_in_every_form(tmp_path: Path, tables: Path) -> None:
    seen = []
    for name, data in fee_forms(tmp_path).items():
        folder = tables / name
        outcome = national.put(tmp_path, folder, {name: data})
        (landed,) = outcome.landed
        assert (landed.id, landed.since, landed.until) == ("pfs-2025d", date(2025, 1, 1), date(2025, 12, 31)), name
        rows = opened(folder).fees("76380")
        assert set(rows) == {"", "26"} and rows[""].pctc == "1" and rows[""].facility_na, name
        assert opened(folder).fees("45385")[""].endoscopic_base == "45378", name
        seen.append((landed.rows, rows, opened(folder).fees("22526")))
    assert all(one == seen[0] for one in seen) and len(seen) == 6


def test_no_descriptor_of_the_fee_schedule_is_kept(tmp_path: Path, tables: Path) -> None:
    national.put(tmp_path, tables, {"f.csv": national.fee_csv(FEES), "p.TXT": national.fee_text(FEES)}, edition="2025d")
    for path in tables.iterdir():
        assert b"Invented words" not in path.read_bytes()


def pair_forms(tmp_path: Path) -> dict[str, bytes]:
    text = national.ptp_text(national.pair_rows(national.PAIRS))
    rows = [line.split("\t") for line in text.decode("cp1252").split("\r\n") if line]
    return {
        "ccipra-v302r0-f1.TXT": text,
        "2024q3-practitioner-ptp.csv": "\r\n".join(",".join(row) for row in rows).encode(),
        "medicare-ncci-2024q3-practitioner-ptp-edits-ccipra-v302r0-f1.xlsx": booked(tmp_path, rows),
        "medicare-ncci-2024q3-practitioner-f1.zip": zipped(
            {"ccipra-v302r0-f1.TXT": text, "ccipra-v302r0-f1.xlsx": booked(tmp_path, rows)}
        ),
    }


def test_code_pairs_in_every_form(tmp_path: Path, tables: Path) -> None:
    for name, data in pair_forms(tmp_path).items():
        folder = tables / name
        outcome = national.put(tmp_path, folder, {name: data})
        (landed,) = outcome.landed
        assert (landed.id, landed.kind) == ("ncci-ptp-2024q3", "ptp-practitioner"), name
        assert landed.rows == {"code pairs": len(national.PAIRS) - 2}, name
        assert any("indicator 9" in note for note in landed.notes), name
        table = opened(folder).pairs(IN_2024)
        assert table is not None
        found = {
            (pair.first, pair.second): pair.indicator for pair in table.among(["45380", "45385", "45378"], IN_2024)
        }
        assert found == {("45385", "45380"): "1", ("45385", "45378"): "0", ("45380", "45378"): "0"}, name
        assert table.partners("76376", 2, IN_2024) == [("76377", "0"), ("71275", "0")], name
        if name.endswith("zip"):
            assert [skipped.why for skipped in outcome.skipped] == [
                "the same table as medicare-ncci-2024q3-practitioner-f1.zip > ccipra-v302r0-f1.TXT"
            ]


def test_a_pair_has_windows(tmp_path: Path, tables: Path) -> None:
    rows = national.pair_rows(
        [
            ("45385", "45380", "0", "20100101", "20191231"),
            ("45385", "45380", "1", "20210101", "*"),
            ("45385", "45384", "1"),
        ]
    )
    national.put(tmp_path, tables, {"ccipra-v302r0-f1.TXT": national.ptp_text(rows)})
    known = opened(tables)
    assert known.edition("ptp-practitioner").since == date(2010, 1, 1)
    said = {}
    for on in (date(2015, 5, 5), date(2020, 5, 5), IN_2024, None):
        table = known.pairs(on)
        assert table is not None
        said[on] = [pair.indicator for pair in table.among(["45380", "45385"], on)]
    assert said == {date(2015, 5, 5): ["0"], date(2020, 5, 5): [], IN_2024: ["1"], None: ["1"]}


def test_parts_come_together_or_one_by_one(tmp_path: Path, tables: Path) -> None:
    rows = national.pair_rows(national.PAIRS)
    first, second = national.ptp_text(rows[:5]), national.ptp_text(rows[5:])
    national.put(tmp_path, tables / "a", {"ccipra-v302r0-f1.TXT": first, "ccipra-v302r0-f2.TXT": second})
    national.put(tmp_path, tables / "b", {"ccipra-v302r0-f2.TXT": second})
    national.put(tmp_path, tables / "b", {"ccipra-v302r0-f1.TXT": first})
    (whole,), (joined,) = manifest.read(tables / "a"), manifest.read(tables / "b")
    assert whole.rows == joined.rows and len(joined.sources) == 2
    codes = {code for pair in national.PAIRS for code in pair[:2]}
    answers = []
    for folder in ("a", "b"):
        table = opened(tables / folder).pairs(IN_2024)
        assert table is not None
        answers.append({(p.first, p.second, p.indicator, p.since) for p in table.among(codes, IN_2024)})
    assert answers[0] == answers[1] and len(answers[0]) == len(national.PAIRS) - 2


def test_a_part_with_other_content_wants_them_all(tmp_path: Path, tables: Path) -> None:
    rows = national.pair_rows(national.PAIRS)
    parts = {"ccipra-v302r0-f1.TXT": national.ptp_text(rows[:5]), "ccipra-v302r0-f2.TXT": national.ptp_text(rows[5:])}
    national.put(tmp_path, tables, parts)
    before = manifest.read(tables)
    with pytest.raises(TableError, match="import all parts"):
        national.put(tmp_path, tables, {"ccipra-v302r0-f1.TXT": national.ptp_text(rows[:4])})
    assert manifest.read(tables) == before


LIMITS = [("76380", "2", "3"), ("27447", "1", "2"), ("A0425", "250", "1"), ("A4210", "0", "3")]


def test_unit_limits_for_each_setting(tmp_path: Path, tables: Path) -> None:
    names = {"Practitioner Services": "ncci-mue-2024q3", "Outpatient Hospital Services": "ncci-mue-hospital-2024q3"}
    names["DME Supplier Services"] = "ncci-mue-dme-2024q3"
    for setting, id in names.items():
        data = national.mue_csv(LIMITS, setting)
        (landed,) = national.put(tmp_path, tables, {"MCR_MUE_X_Eff_07-01-2024.csv": data}).landed
        assert landed.id == id and landed.rows == {"unit limits": 4}
    known = opened(tables)
    assert known.unit_limit("76380", IN_2024) == UnitLimit(2, "3") and known.unit_limit("A4210") == UnitLimit(0, "3")
    assert known.unit_limit("A0425", IN_2024, "mue-hospital") == UnitLimit(250, "1")
    rows = [
        line.split("|")
        for line in ("HCPCS/CPT Code|Practitioner Services MUE Values|MUE Adjudication Indicator|R", "76380|3|3 X|R")
    ]
    (landed,) = national.put(tmp_path, tables, {"MUE_Eff_10-01-2024.xlsx": booked(tmp_path, rows)}).landed
    assert landed.id == "ncci-mue-2024q4" and opened(tables).unit_limit("76380", date(2024, 10, 1)) == UnitLimit(3, "3")


EDITS = [
    ("0054T", "CCCCC", "2", ""),
    ("99292", "99291", "1", ""),
    ("77063", "77067", "1", ""),
    ("77063", "77065", "1", "2019001"),
]


def test_addon_edits_in_every_form(tmp_path: Path, tables: Path) -> None:
    forms = {
        "AOC_V2024Q3-MCR.txt": national.aoc_text(EDITS),
        "AOC_V2024Q3_01-MCR.txt": national.aoc_text(EDITS, type_first=False),
        "AOC_V2024Q3-MCR.csv": "\r\n".join(
            ",".join(row) for row in [national.AOC_HEADING, *national.aoc_rows(EDITS), []]
        ).encode(),
        "AOC_V2024Q3-MCR.xlsx": booked(tmp_path, [national.AOC_HEADING, *national.aoc_rows(EDITS)]),
    }
    for name, data in forms.items():
        (landed,) = national.put(tmp_path, tables / name, {name: data}).landed
        assert landed.id == "ncci-aoc-2024q3" and landed.rows == {"add-on edits": 3, "add-on codes": 3}
        assert any("deleted before" in note for note in landed.notes)
        known = opened(tables / name)
        assert known.addon("0054T") == AddOn("2") and known.addon("77063") == AddOn("1", ("77067",)), name
        assert known.primaries == {"99291", "77067"}


def test_level_two_in_every_form(tmp_path: Path, tables: Path) -> None:
    rows = national.hcpcs_rows()
    forms = {
        "HCPC2025_OCT_ANWEB.txt": national.hcpcs_text(),
        "HCPC2025_OCT_ANWEB_v2.xlsx": booked(tmp_path, rows),
        "HCPC2025_OCT_ANWEB.csv": "\r\n".join(",".join(row) for row in rows).encode(),
    }
    for name, data in forms.items():
        (landed,) = national.put(tmp_path, tables / name, {name: data}).landed
        assert (landed.id, landed.since, landed.until) == ("hcpcs-2025-10", date(2023, 12, 31), date(2025, 12, 31)), (
            name
        )
        assert landed.rows == {"codes": 3, "modifiers": 3}, name
        known = opened(tables / name)
        ended = known.hcpcs("A0021")
        assert ended and (ended.since, ended.until, ended.successors) == (
            date(1985, 1, 1),
            date(2023, 12, 31),
            ("A0030",),
        )
        text, edition = known.hcpcs_text("A4210")
        assert (
            text == "Invented thing that pushes fluid through skin without metal"
            and edition
            and edition.id == landed.id
        )
        new, old = known.modifier("Z9"), known.modifier("JG")
        assert new and new.name == "Invented new modifier" and new.since == date(2025, 10, 1), name
        assert old and old.until == date(2024, 12, 31) and "Invented" not in old.name


# -- which edition ------------------------------------------------------------------------------------------------


def test_what_neither_name_nor_text_says_is_asked_for(tmp_path: Path, tables: Path) -> None:
    text = national.ptp_text(national.pair_rows(national.PAIRS))
    with pytest.raises(TableError, match="--kind ptp-practitioner or ptp-hospital"):
        national.put(tmp_path, tables, {"pairs.txt": text})
    with pytest.raises(TableError, match="--edition"):
        national.put(tmp_path, tables, {"pairs.txt": text}, kind="ptp-hospital")
    with pytest.raises(TableError, match="called by its quarter"):
        national.put(tmp_path, tables, {"pairs.txt": text}, kind="ptp-hospital", edition="soon")
    (landed,) = national.put(tmp_path, tables, {"pairs.txt": text}, kind="ptp-hospital", edition="2024q3").landed
    assert landed.id == "ncci-ptp-hospital-2024q3"
    assert opened(tables).pairs(IN_2024) is None and opened(tables).pairs(IN_2024, "ptp-hospital") is not None


def test_a_window_can_be_said(tmp_path: Path, tables: Path) -> None:
    data = {"MCR_MUE_Eff_07-01-2024.csv": national.mue_csv(LIMITS)}
    (landed,) = national.put(tmp_path, tables, data, until=date(2024, 12, 31)).landed
    assert (landed.since, landed.until) == (date(2024, 7, 1), date(2024, 12, 31))
    with pytest.raises(TableError, match="end before it begins"):
        national.put(tmp_path, tables, data, until=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("name", "make", "why"),
    [
        ("MCD_ccipra-v302r0-f1.txt", lambda: national.ptp_text(national.pair_rows(national.PAIRS)), "Medicaid"),
        ("notes.txt", lambda: b"76380 is a code\r\n", "not a table"),
        ("empty.csv", lambda: b"", "the file is empty"),
        ("claims.csv", lambda: b"dos,cpt,mod\n2025-10-15,76380,26\n", "not a table"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, tables: Path, name: str, make: object, why: str) -> None:
    outcome = national.put(tmp_path, tables, {name: make()})  # type: ignore[operator]
    assert not outcome.landed and why in outcome.skipped[0].why
    assert manifest.read(tables) == ()


def test_a_damaged_file_is_told(tmp_path: Path, tables: Path) -> None:
    whole = zipped({"PPRRVU2025_Oct.csv": national.fee_csv(FEES) * 50})
    for data in (whole[: len(whole) // 2], whole[:60] + b"\xff" * 40 + whole[100:]):
        with pytest.raises(TableError, match=r"RVU25D.zip.*damaged"):
            national.put(tmp_path, tables, {"RVU25D.zip": data})
    with pytest.raises(TableError, match="no such file"):
        install([tmp_path / "absent.zip"], tables)


def test_a_table_that_is_not_whole_is_refused(tmp_path: Path, tables: Path) -> None:
    path = tmp_path / "PPRRVU2025_Oct.csv"
    path.write_bytes(national.fee_csv(FEES))
    outcome = install([path], tables)
    assert not outcome.landed and "4 rows only" in outcome.refused[0].why
    assert [one.name for one in tables.iterdir() if one.suffix != ""] == []


def test_the_day_of_service_picks_the_edition(tmp_path: Path, tables: Path) -> None:
    for year, value in (("2023", "1"), ("2024", "2"), ("2026", "4")):
        national.put(tmp_path, tables, {f"MUE_Eff_07-01-{year}.csv": national.mue_csv([("76380", value, "3")])})
    known = opened(tables)
    said = {
        on: (known.edition(UNITS, on).id, limit.value if (limit := known.unit_limit("76380", on)) else None)
        for on in (date(2023, 7, 1), IN_2024, date(2024, 1, 1), date(2025, 12, 1), date(2030, 1, 1), None)
    }
    assert [id for id, _ in said.values()] == [
        "ncci-mue-2023q3", "ncci-mue-2024q3", "ncci-mue-2023q3", "ncci-mue-2026q3", "ncci-mue-2026q3", "ncci-mue-2026q3",
    ]  # fmt: skip
    assert [value for _, value in said.values()] == [1, 2, 1, 4, 4, 4]
    assert not known.edition(UNITS, date(2030, 1, 1)).covers(date(2030, 1, 1))


def test_of_several_releases_of_a_year_the_one_of_the_day(tmp_path: Path, tables: Path) -> None:
    for month, status in (("January", "A"), ("April", "N"), ("October", "I")):
        fee = ("76380", "", status, "1", "XXX", "0", "0", "0", "0", "0", "")
        national.put(tmp_path, tables, {f"{month}.csv": national.fee_csv([fee], 2024, month)})
    known = opened(tables)
    days = {date(2024, 2, 1): "A", date(2024, 5, 1): "N", date(2024, 8, 1): "I", date(2024, 12, 31): "I"}
    assert {on: known.fees("76380", on)[""].status for on in days} == days
    assert known.edition("pfs", date(2025, 6, 1)).id == "pfs-2025d"  # the bundled one still speaks for its year
    assert [edition.id for edition in known.editions_of("pfs")] == ["pfs-2024a", "pfs-2024b", "pfs-2024d", "pfs-2025d"]


def test_an_imported_edition_takes_the_place_of_the_bundled_one(tmp_path: Path, tables: Path) -> None:
    assert opened(tables).fees("99213")
    national.put(tmp_path, tables, {"f.csv": national.fee_csv(FEES)})
    known = opened(tables)
    assert not known.fees("99213") and known.fees("76380")
    assert [edition.id for edition in known.editions_of("pfs")] == ["pfs-2025d"]
    assert known.edition(HCPCS).id == "hcpcs-2025-10"


# -- whole or not at all --------------------------------------------------------------------------------------------


def test_the_same_file_twice_is_read_once(tmp_path: Path, tables: Path) -> None:
    data = {"f.csv": national.fee_csv(FEES)}
    national.put(tmp_path, tables, data)
    state = {path.name: path.stat().st_mtime_ns for path in tables.iterdir()}
    outcome = national.put(tmp_path, tables, data)
    assert not outcome.landed and [one.id for one in outcome.already] == ["pfs-2025d"]
    assert {path.name: path.stat().st_mtime_ns for path in tables.iterdir() if path.name != "lock"} == {
        name: value for name, value in state.items() if name != "lock"
    }
    outcome = national.put(tmp_path, tables, {"f.csv": national.fee_csv(FEES[:2])})
    assert [one.total for one in outcome.landed] == [2]
    assert len(list(tables.glob("*.sqlite"))) == 1  # the one before it is swept


def test_what_was_finished_before_a_kill_is_not_read_again(
    tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"f.csv": national.fee_csv(FEES), "MUE_Eff_07-01-2024.csv": national.mue_csv(LIMITS)}

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(installing.manifest, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            national.put(tmp_path, tables, files)
    assert manifest.read(tables) == () and len(list(tables.glob("*.sqlite"))) == 2
    built: list[str] = []
    real = installing._made
    monkeypatch.setattr(installing, "_made", lambda *args: built.append("") or real(*args))
    outcome = national.put(tmp_path, tables, files)
    assert len(outcome.landed) == 2 and not built
    assert all(not verify(tables, one) for one in outcome.landed)


_KILLED = """
import os, signal, sys, threading, time
from pathlib import Path
from superbill.catalog.national import install, manifest
tables, moment = Path(sys.argv[1]), sys.argv[2]
def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if moment == "building":
    install._made = kill
elif moment == "renaming":
    Path.replace = kill
elif moment == "listing":
    manifest.write = kill
elif moment == "replacing":
    os.fsync = lambda handle, real=os.fsync: kill() if list(tables.glob("manifest.json.*.part")) else real(handle)
install.install([Path(name) for name in sys.argv[3:]], tables, install.Choices(partial=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("moment", ["building", "renaming", "listing", "replacing"])
def test_a_kill_leaves_what_was_there(tmp_path: Path, tables: Path, moment: str) -> None:
    national.put(tmp_path, tables, {"PPRRVU2025_Oct.csv": national.fee_csv(FEES)})
    before = manifest.read(tables)
    new = tmp_path / "new"
    new.mkdir()
    (new / "PPRRVU2025_Oct.csv").write_bytes(national.fee_csv(FEES[:1]))
    (new / "MUE_Eff_07-01-2024.csv").write_bytes(national.mue_csv(LIMITS))
    names = [str(path) for path in sorted(new.iterdir())]
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tables), moment, *names], check=False, capture_output=True
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert manifest.read(tables) == before and not verify(tables, before[0])
    assert len(opened(tables).fees("76380")) == 2
    outcome = install([Path(name) for name in names], tables, Choices(partial=True))  # and the next one goes through
    assert [one.id for one in outcome.landed] == ["ncci-mue-2024q3", "pfs-2025d"]
    assert not list(tables.glob("*.part")) and len(list(tables.glob("*.sqlite"))) == 2


_FULL = """
import resource, sys
from pathlib import Path
from superbill.catalog.national import install
from superbill.catalog.national.pieces import TableError
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    install.install([Path(sys.argv[2])], Path(sys.argv[1]), install.Choices(partial=True))
except TableError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, tables: Path) -> None:
    national.put(tmp_path, tables, {"MUE_Eff_07-01-2024.csv": national.mue_csv(LIMITS)})
    before = manifest.read(tables)
    path = tmp_path / "PPRRVU2025_Oct.csv"
    path.write_bytes(national.fee_csv(FEES))
    ended = subprocess.run(
        [sys.executable, "-c", _FULL, str(tables), str(path)], check=True, capture_output=True, text=True
    )
    assert "no room left" in ended.stdout and "nothing was changed" in ended.stdout, ended.stdout + ended.stderr
    assert manifest.read(tables) == before and not list(tables.glob("*.part"))


def test_two_imports_at_once(tmp_path: Path, tables: Path) -> None:
    with manifest.locked(tables) as mine:
        assert mine
        code = (
            "import sys; from pathlib import Path; from superbill.catalog.national.install import install\n"
            f"install([Path(sys.argv[1])], Path({str(tables)!r}))"
        )
        path = tmp_path / "f.csv"
        path.write_bytes(national.fee_csv(FEES))
        ended = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True, text=True)
    assert "another import is under way" in ended.stderr


def test_verify_remove_and_a_manifest_of_another_time(tmp_path: Path, tables: Path) -> None:
    national.put(tmp_path, tables, {"f.csv": national.fee_csv(FEES)})
    (one,) = manifest.read(tables)
    assert verify(tables, one) == ""
    path = tables / one.file
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert "not as it was written" in verify(tables, one)
    path.write_bytes(data[:-100])
    assert "bytes" in verify(tables, one)
    path.unlink()
    assert "missing" in verify(tables, one)
    assert opened(tables).fees("99213")  # what is not there is not asked, and the bundled one speaks
    with pytest.raises(TableError, match="no such edition"):
        remove(tables, ["pfs-1999a"])
    assert [gone.id for gone in remove(tables, ["pfs-2025d"])] == ["pfs-2025d"] and manifest.read(tables) == ()
    for text in ("", "{", '{"format": 99, "editions": []}', '{"format": 1, "editions": [{"kind": 3}]}', "[]"):
        (tables / manifest.NAME).write_text(text)
        assert manifest.read(tables) == ()
        assert opened(tables).fees("99213")


def test_what_changed_between_two_editions(tmp_path: Path, tables: Path) -> None:
    pairs = [("45385", "45380", "1"), ("45385", "45378", "0"), ("29881", "29870", "1")]
    later = [
        ("45385", "45380", "0"),
        ("45385", "45378", "0"),
        ("29881", "29870", "1", "20100101", "20240930"),
        ("29881", "29877", "0"),
    ]
    for name, rows in (("ccipra-v302r0-f1.TXT", pairs), ("ccipra-v303r0-f1.TXT", later)):
        national.put(tmp_path, tables, {name: national.ptp_text(national.pair_rows(rows))})
    for name, limits in (
        ("MUE_Eff_07-01-2024.csv", LIMITS),
        ("MUE_Eff_10-01-2024.csv", [("76380", "3", "3"), *LIMITS[2:], ("99291", "1", "2")]),
    ):
        national.put(tmp_path, tables, {name: national.mue_csv(limits)})
    known = {one.id: one for one in manifest.read(tables)}
    found = [
        (one.what, one.key, one.values) for one in changes(tables, known["ncci-ptp-2024q3"], known["ncci-ptp-2024q4"])
    ]
    assert found == [
        ("ended", "29881/29870", (("indicator", "1", ""),)),
        ("added", "29881/29877", (("indicator", "", "0"),)),
        ("changed", "45385/45380", (("indicator", "1", "0"),)),
    ]
    found = [
        (one.what, one.key, one.values) for one in changes(tables, known["ncci-mue-2024q3"], known["ncci-mue-2024q4"])
    ]
    assert found == [("ended", "27447", ()), ("changed", "76380", (("value", "2", "3"),)), ("added", "99291", ())]
    with pytest.raises(TableError, match="different tables"):
        list(changes(tables, known["ncci-mue-2024q3"], known["ncci-ptp-2024q4"]))


# -- the command ------------------------------------------------------------------------------------------------


def test_the_command(
    tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPERBILL_TABLES", str(tables))
    fees, limits, other = tmp_path / "f.csv", tmp_path / "MUE_Eff_07-01-2024.csv", tmp_path / "other.txt"
    fees.write_bytes(national.fee_csv(FEES))
    limits.write_bytes(national.mue_csv(LIMITS))
    other.write_text("something else")
    assert main(["catalog", "import", str(fees), str(other)]) == 2
    assert "refused" in capsys.readouterr().out
    assert main(["catalog", "import", "--partial", str(fees), str(limits), str(other)]) == 0
    said = capsys.readouterr().out
    assert "imported  PFS Oct 2025 (pfs-2025d): 4 fee schedule rows; 2025-01-01 to 2025-12-31" in said
    assert "skipped   other.txt: not a table that is known here" in said
    assert main(["catalog", "import", "--partial", "--format", "json", str(fees)]) == 0
    assert json.loads(capsys.readouterr().out)["already"][0]["sources"][0]["name"] == "f.csv"
    assert main(["catalog", "info"]) == 0
    said = capsys.readouterr().out
    assert "pfs-2025d" in said and "f.csv" in said and "MUE 2024 Q3" in said
    assert main(["catalog", "info", "--format", "json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["imported"]] == ["ncci-mue-2024q3", "pfs-2025d"]
    assert main(["catalog", "verify"]) == 0
    assert capsys.readouterr().out.count("ok ") == 2
    assert main(["catalog", "diff", "pfs-2025d", "pfs-2024d"]) == 2
    assert "no such edition" in capsys.readouterr().err
    assert main(["catalog", "remove", "pfs-2025d"]) == 0
    assert main(["catalog", "import", str(tmp_path / "absent")]) == 2
    assert "no such file" in capsys.readouterr().err
    assert main(["catalog", "import", "--from", "soon", str(fees)]) == 2
    assert [one.id for one in manifest.read(tables)] == ["ncci-mue-2024q3"]


def test_the_card_shows_whose_unit_limit_it_is_and_where_it_comes_from(tmp_path: Path, tables: Path) -> None:
    for setting, value in (
        ("Practitioner Services", "0"),
        ("Outpatient Hospital Services", "3"),
        ("DME Supplier Services", "40"),
    ):
        data = national.mue_csv([("A4210", value, "3")], setting).replace(
            b"Invented reason", b"Invented Data: more of it"
        )
        national.put(tmp_path, tables, {"MCR_MUE_Eff_07-01-2024.csv": data})
    known = opened(tables)
    know = book_of(known).know
    card = code_card(know, "A4210")
    assert "MUE 0: not payable in this setting (claims data) · " in card and "nvented" not in card
    assert "hospital: MUE 3 (MAI 3: a day, more only with records; claims data)" in card
    assert "supplier (DME): MUE 40 (MAI 3: a day, more only with records; claims data)" in card
    assert "MUE 2024 Q3 · MUE hospital 2024 Q3 · MUE DME 2024 Q3" in card
    facility = ServiceLine(code="A4210", setting="facility", since=IN_2024)
    card = code_card(know, "A4210", facility)
    assert "MUE 3 (" in card and "MUE 0" not in card and "supplier (DME): MUE 40" in card
    assert units_card(know, facility).startswith(
        "**Units** of A4210: MUE 3 (MAI 3: a day, more only with records; claims data)"
    )
    assert "MUE 2 (MAI 3: a day, more only with records)" in code_card(
        book_of(catalog()).know, "76380"
    )  # a bundled limit has no reason


def test_no_rule_counts_by_the_suppliers_limits(tmp_path: Path, tables: Path) -> None:
    data = national.mue_csv([("E0114", "2", "3")], "DME Supplier Services")
    national.put(tmp_path, tables, {"MCR_MUE_Eff_07-01-2024.csv": data})
    book = book_of(opened(tables))
    line = ServiceLine(code="E0114", modifiers=("NU",), units=Decimal(9), since=IN_2024, place="12")
    found = [*book.check_line(line), *book.check_claim(Claim((line,)), book.triggers(line))]
    assert not [one.rule for one in found if one.rule[0] == "U" or one.rule == "C316"]


def test_what_a_table_lacks_is_not_called_ended_without_a_word(
    tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPERBILL_TABLES", str(tables))
    for quarter, pairs in ((2, national.PAIRS), (3, national.PAIRS[:3])):
        name = f"ccipra-v30{quarter}r0-f1.TXT"
        national.put(tmp_path, tables, {name: national.ptp_text(national.pair_rows(pairs))})
    assert main(["catalog", "diff", "ncci-ptp-2024q3", "ncci-ptp-2024q4"]) == 1
    assert "PTP 2024 Q4 is not whole; what it lacks stands among the ended" in capsys.readouterr().out
    national.as_whole(tables)
    assert main(["catalog", "diff", "ncci-ptp-2024q3", "ncci-ptp-2024q4"]) == 1
    assert "not whole" not in capsys.readouterr().out


def test_a_look_up_opens_no_table_that_it_does_not_ask(tmp_path: Path, tables: Path) -> None:
    national.put(tmp_path, tables, {"ccipra-v302r0-f1.TXT": national.ptp_text(national.pair_rows(national.PAIRS))})
    known = opened(tables)
    known.fees("76380")
    assert known.national._open == {}
    table = known.pairs(IN_2024)
    assert table is not None and known.national._open == {}
    table.among(["45385", "45380"], IN_2024)
    assert list(known.national._open) == ["ncci-ptp-2024q3"]


def test_the_card_shows_pairs_and_texts_with_their_edition(tmp_path: Path, tables: Path) -> None:
    rows = national.pair_rows(national.PAIRS)
    rows += national.pair_rows([("74178", "76380", "1")], reason="An invented misuse")
    rows += national.pair_rows([("74176", "76380", "1")], reason="An invented panel")
    national.put(tmp_path, tables, {"ccipra-v302r0-f1.TXT": national.ptp_text(rows)})
    national.put(tmp_path, tables, {"HCPC2025_OCT_ANWEB.txt": national.hcpcs_text()})
    know = book_of(opened(tables)).know
    card = code_card(know, "76380")
    pairs = (
        "**Pairs** bundles into 74178 (not meant to be billed beside it), 74177 (no reason given), 74176 (part of a laboratory "
        "panel) unless distinct *(PTP 2024 Q3)*"
    )
    assert pairs in card and "nvented" not in card  # why a pair stands is said in our words, never in the file's
    assert "never paid with 29881" in code_card(know, "29877") and "always takes in 45378" in code_card(know, "45380")
    assert "through skin without metal *(CMS, HCPCS Oct 2025)*" in code_card(know, "A4210")


if sys.platform != "win32":

    def test_a_running_import_can_be_killed_at_any_time(tmp_path: Path, tables: Path) -> None:
        national.put(tmp_path, tables, {"PPRRVU2025_Oct.csv": national.fee_csv(FEES)})
        before = manifest.read(tables)
        rows = national.pair_rows(
            (f"{first:05}", f"{first + step:05}", "1") for first in range(20_000, 20_900) for step in range(1, 60)
        )
        path = tmp_path / "ccipra-v302r0-f1.TXT"
        path.write_bytes(national.ptp_text(rows))
        code = (
            "import sys; from pathlib import Path; from superbill.catalog.national.install import Choices, install\n"
            "print('begun', flush=True); install([Path(sys.argv[2])], Path(sys.argv[1]), Choices(partial=True))"
        )
        for wait in (0.0, 0.03, 0.08, 0.15):
            with subprocess.Popen(
                [sys.executable, "-c", code, str(tables), str(path)], stdout=subprocess.PIPE
            ) as running:
                assert running.stdout is not None
                running.stdout.readline()
                time.sleep(wait)
                os.kill(running.pid, signal.SIGKILL)
            now = manifest.read(tables)
            assert now == before or len(now) == 2
            assert all(not verify(tables, one) for one in now)
            if len(now) == 2:
                remove(tables, ["ncci-ptp-2024q3"])
