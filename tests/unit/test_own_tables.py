"""Descriptors for licence holders, OPPS Addendum B and the list of places: invented files in the published layouts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from superbill.catalog import where
from superbill.catalog.own import licence
from superbill.catalog.search import search
from superbill.catalog.store import open_catalog
from superbill.cli.main import main

TERMS = "\n".join(
    [
        "Invented terms of a data file, CPT 2031",
        "Copyright 2030 American Medical Association",
        *(f"Line {number} of the terms, which names no code" for number in range(30)),
        "",
    ]
)
LONG = (
    TERMS
    + "00099\tZebra stripes, counted by two; with a ladder\n76380\tZebra, one stripe looked at again\n0001U\tOkapi spit\n"
)
MEDIUM = TERMS + "00099 ZEBRA STRIPES COUNT W/LADDER\n76380 ZEBRA ONE STRIPE AGAIN\n"
SHORT = TERMS + "00099 ZEBRA STRIPES\n76380 ZEBRA STRIPE\n"
CONSUMER = "Concept Id\tCPT Code\tConsumer Friendly Descriptor\n1\t00099\tCounting of a horse in pyjamas\n"
CLINICIAN = (
    "Concept Id\tCPT Code\tClinician Descriptor Id\tClinician Descriptor\n1\t00099\t7\tEquidography of the savanna\n"
)
OLD = TERMS + "0009901 Zebra stripes, counted\n0009902 by two; with a ladder\n7638001 Zebra, one stripe\n"
OPPS = (
    "Addendum B.-Invented, April 2026,,,,\n\xa0CPT codes are of the American Medical Association,,,,\n,,,,\n"
    "HCPCS Code,Short Descriptor,SI,APC,Relative Weight\n76380,SECRET WORDS,S,5521,1.1\n0001U,SECRET,A,,\n99999,SECRET,Q4,,\n"
)
PLACES = "Place of Service Code(s),Place of Service Name,Place of Service Description\n01,Apothecary,Where things are sold.\n40,Treehouse,High up.\n35-40,Unassigned,N/A\n11,Bureau,A room.\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUPERBILL_TABLES", str(tmp_path / "tables"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def say(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main([*arguments]) == code, capsys.readouterr()
    said = capsys.readouterr()
    return said.out + said.err


def load(capsys: pytest.CaptureFixture[str], *names: str, code: int = 0) -> str:
    return say(capsys, "catalog", "import", "--partial", *names, code=code)


def write(folder: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (folder / f"{name}.txt").write_bytes(text.encode("cp1252"))
    return [f"{name}.txt" for name in files]


def everything_on_disk() -> bytes:
    return b"".join(path.read_bytes() for path in where.tables().rglob("*") if path.is_file()).lower()


# -- descriptors -----------------------------------------------------------------------------------------------------


def test_nothing_without_a_licence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = write(home, LONGULT=LONG, MEDU=MEDIUM, ConsumerDescriptor=CONSUMER)
    said = load(capsys, *names, "--edition", "2031", code=2)
    assert said.count("say so once with --i-hold-an-ama-licence") == 3
    assert not licence.held() and b"zebra" not in everything_on_disk()


def test_shown_marked_and_found(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(home / "CPT 2031 Data Files.zip", "w") as archive:
        archive.writestr("CPT 2031/LONGULT.txt", LONG)
        archive.writestr("CPT 2031/MEDU.txt", MEDIUM)
        archive.writestr("CPT 2031/SHORTU.txt", SHORT)
        archive.writestr("CPT 2031/ConsumerDescriptor.txt", CONSUMER)
        archive.writestr("CPT 2031/ClinicianDescriptor.txt", CLINICIAN)
        archive.writestr("CPT 2031/README.txt", "About these files.\n")
    said = load(capsys, "CPT 2031 Data Files.zip", "--i-hold-an-ama-licence")
    assert "CPT 2031 (cpt-2031): 3 codes with descriptors; 2031-01-01 to 2031-12-31" in said
    assert "ebra" not in said
    card = say(capsys, "lookup", "76380")
    assert "CPT Zebra, one stripe looked at again" in card
    assert "CPT © 2030 American Medical Association. All rights reserved." in card
    assert "own words, not the AMA descriptor" in card
    card = say(capsys, "lookup", "00099")
    assert "For patients: Counting of a horse in pyjamas" in card and "no entry in the catalog" in card
    catalog = open_catalog()
    for words in ("stripes ladder", "pyjamas", "equidography", "zebr"):
        assert "00099" in [hit.code for hit in search(catalog, words, typing=True)], words
    assert dict(catalog.codes_from("00099", 3)) == {"00099": "ZEBRA STRIPES COUNT W/LADDER"}
    assert "zebra" not in say(capsys, "lookup", "00099", "--format", "json").lower()


def test_the_licence_is_asked_for_once_and_removal_takes_all_away(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = write(home, LONGULT=LONG, MEDU=MEDIUM)
    load(capsys, names[0], "--edition", "2031", "--i-hold-an-ama-licence")
    load(capsys, names[1], "--edition", "2031")
    found = open_catalog().descriptor("76380")
    assert found is not None and (found.long[:5], found.medium[:5]) == ("Zebra", "ZEBRA")
    say(capsys, "catalog", "remove", "cpt-2031")
    assert open_catalog().descriptor("76380") is None
    assert not licence.held() and b"zebra" not in everything_on_disk()


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("LONGULT", LONG, "long"), ("LONGUT", LONG.upper(), "long"), ("MEDU", MEDIUM, "medium"), ("SHORTU", SHORT, "short"),
        ("LONGULF", OLD, "long"), ("ConsumerDescriptor", CONSUMER, "consumer"), ("renamed", SHORT, "short"),
        ("renamed", LONG, "long"), ("list", "Code,Description\n00099,Zebra stripes\n76380,Zebra\n", "long"),
        ("ConsolidatedCodeList", "Concept Id\tCPT Code\tLong\tMedium\tShort\tConsumer\n1\t00099\tZebra stripes\tZ\tZ\tZ\n", "long"),
    ],
)  # fmt: skip
def test_layouts(home: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, form: str) -> None:
    load(capsys, *write(home, **{name: text}), "--edition", "2031", "--i-hold-an-ama-licence")
    found = open_catalog().descriptor("00099")
    assert found is not None and getattr(found, form).lower().split()[0] in ("zebra", "counting")
    if text is OLD:
        assert found.long == "Zebra stripes, counted by two; with a ladder"


def test_a_year_that_nobody_says_is_asked_for(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    licence.say()
    said = load(capsys, *write(home, LONGULT=LONG), code=2)
    assert "say so with --edition" in said
    assert "called by its year, as 2026" in load(capsys, "LONGULT.txt", "--edition", "latest", code=2)


@pytest.mark.parametrize(
    "text", ["code,description,price\n99213,Visit,100\n", "claim,cpt,mod\n1,99213,25\n", "99213 was billed\n"]
)
def test_other_files_are_no_descriptors(home: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    licence.say()
    load(capsys, *write(home, x=text), "--edition", "2031", code=2)


# -- outpatient status and places ------------------------------------------------------------------------------------


def test_addendum_b(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "april-2026-opps-addendum-b.csv").write_bytes(OPPS.encode("cp1252"))
    said = load(capsys, "april-2026-opps-addendum-b.csv")
    assert "OPPS 2026 Q2 (opps-2026q2): 3 codes; 2026-04-01 to 2026-06-30" in said
    card = say(capsys, "lookup", "76380")
    assert "OPPS status S, APC 5521" in card and "OPPS 2026 Q2" in card
    assert open_catalog().opps("0001U").status == "A"  # type: ignore[union-attr]
    assert b"secret" not in everything_on_disk()


def test_places(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "pos-2026-04.csv").write_text(PLACES)
    (home / "c.csv").write_text("patient,dos,cpt,mod,units,pos\nA,2025-10-15,99213,,1,40\n")
    assert "P1201" in say(capsys, "check", "c.csv", code=1)
    said = load(capsys, "pos-2026-04.csv")
    assert "POS Apr 2026 (pos-2026-04): 3 places of service" in said
    assert "P1201" not in say(capsys, "check", "c.csv")
    listed = open_catalog().listed_place("40")
    assert listed is not None and listed[:2] == ("Treehouse", "High up.")


@pytest.mark.shared
def test_the_real_addendum(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(__file__).resolve().parents[3] / "shared" / "cms" / "opps_addendum_b_2026-04.csv"
    if not path.exists():
        pytest.skip("the CMS files are not at hand (no folder ../shared/cms)")
    said = say(capsys, "catalog", "import", str(path))
    assert "OPPS 2026 Q2 (opps-2026q2): 19,0" in said
    found = open_catalog().opps("0002M")
    assert found is not None and found.status == "Q4"
    texts = [line.split(",")[1].strip('"').lower() for line in path.read_text(encoding="cp1252").splitlines()[1:200]]
    held = everything_on_disk()
    assert not any(text.encode() in held for text in texts if len(text) > 12)
