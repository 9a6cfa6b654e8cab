"""Every fact of the catalog against the CMS file that it comes from, and no wording against any of them.

The files are not part of the project: without the folder they lie in, these tests are skipped. They hold
descriptors that belong to others, so nothing here may ever show one: a descriptor is kept in a string that
does not print itself, words are compared as hashes, and a failure names codes only.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.harness import book, catalog

from superbill.catalog import facts
from superbill.catalog.model import FeeRow, UnitLimit
from superbill.catalog.shapes import shape
from superbill.catalog.store import Catalog
from superbill.cli.coverage import codes_in
from superbill.engine.cards import code_card

ROOT = Path(__file__).resolve().parent.parent.parent
CMS = ROOT.parent / "shared" / "cms"
SAMPLES = ROOT.parent / "shared" / "samples" / "csv"
FACTS = ROOT / "data" / "facts"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CMS.is_dir(), reason="the CMS files are not at hand (no folder ../shared/cms)"),
]

#: Fields of a fee schedule row and the heading of their column, read downwards over the five heading lines.
FEE_COLUMNS = {
    "component": "MOD",
    "status": "STATUS CODE",
    "pctc": "PCTC IND",
    "global_days": "GLOB DAYS",
    "multiple": "MULT PROC",
    "bilateral": "BILAT SURG",
    "assistant": "ASST SURG",
    "cosurgeon": "CO- SURG",
    "team": "TEAM SURG",
    "endoscopic_base": "ENDO BASE",
    "supervision": "PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES",
    "imaging_family": "DIAGNOSTIC IMAGING FAMILY INDICATOR",
    "nonfacility_na": "NON-FAC NA INDICATOR",
    "facility_na": "FACILITY NA INDICATOR",
}


#: Columns that hold descriptors.
_DESCRIPTORS = {"DESCRIPTION", "LONG DESCRIPTION", "SHORT DESCRIPTION", "ShortDescriptor"}


class Descriptor(str):
    """A text that must not be printed, whatever fails."""

    def __repr__(self) -> str:
        return "<descriptor>"


def row_of(names: Iterable[str], cells: Iterable[str]) -> dict[str, str]:
    """One row by the names of its columns."""
    pairs = zip(names, cells, strict=True)
    return {name: Descriptor(cell) if name in _DESCRIPTORS else cell.strip() for name, cell in pairs}


# -- the files, read here in another way than by the catalog's own readers --------------------


@lru_cache(maxsize=1)
def fee_file() -> list[dict[str, str]]:
    """Rows of the fee schedule."""
    with (CMS / "PPRRVU2025_Oct.csv").open(encoding="latin-1", newline="") as stream:
        lines = list(csv.reader(stream))
    last = next(number for number, cells in enumerate(lines) if cells[0] == "HCPCS")
    stacked = zip(*lines[last - 4 : last + 1], strict=True)
    names = [" ".join(part.strip() for part in column if part.strip()) for column in stacked]
    return [row_of(names, cells) for cells in lines[last + 1 :]]


@lru_cache(maxsize=1)
def fees() -> dict[str, dict[str, FeeRow]]:
    """The fee schedule by code and component."""
    found: dict[str, dict[str, FeeRow]] = {}
    for row in fee_file():
        values: dict[str, Any] = {field: row[name] for field, name in FEE_COLUMNS.items()}
        for field in ("nonfacility_na", "facility_na"):
            values[field] = values[field] == "NA"
        found.setdefault(row["HCPCS"], {})[row["MOD"]] = FeeRow(**values)
    return found


@lru_cache(maxsize=1)
def unit_limits() -> dict[str, UnitLimit]:
    """The unit limits by code."""
    text = (CMS / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv").read_text(encoding="cp1252")
    rows = re.findall(r"^([0-9A-Z]{5}),(\d+),(\d) ", text, re.MULTILINE)
    return {code: UnitLimit(int(value), indicator) for code, value, indicator in rows}


@lru_cache(maxsize=1)
def hcpcs_file() -> list[dict[str, str]]:
    """Rows of the HCPCS workbook."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(CMS / "HCPC2025_OCT_ANWEB.xlsx") as book:
        with book.open("xl/sharedStrings.xml") as stream:
            items = ElementTree.parse(stream).getroot().iter(f"{space}si")
            strings = ["".join(part.text or "" for part in item.iter(f"{space}t")) for item in items]
        rows: list[dict[str, str]] = []
        with book.open("xl/worksheets/sheet1.xml") as stream:
            for _, element in ElementTree.iterparse(stream):
                if element.tag == f"{space}row":
                    row: dict[str, str] = {}
                    for cell in element:
                        value = cell.findtext(f"{space}v")
                        if value:
                            text = strings[int(value)] if cell.get("t") == "s" else value
                            row[cell.get("r", "").rstrip("0123456789")] = Descriptor(text)
                    rows.append(row)
                    element.clear()
    heading = rows[0]
    return [row_of(heading.values(), [row.get(column, "") for column in heading]) for row in rows[1:]]


def hcpcs(recid: str) -> dict[str, dict[str, str]]:
    """The rows by code (`recid` 3) or by modifier (7)."""
    return {row["HCPC"]: row for row in hcpcs_file() if row["RECID"] == recid}


@lru_cache(maxsize=1)
def outpatient_file() -> list[dict[str, str]]:
    """Rows of OPPS Addendum B."""
    with (CMS / "opps_addendum_b_2026-04.csv").open(encoding="cp1252", newline="") as stream:
        names, *lines = csv.reader(stream)
    return [row_of(names, cells) for cells in lines if cells]


def categories() -> dict[str, str]:
    """CMS's own grouping of the codes: the kind of imaging of each."""
    with (CMS / "rbcs_2024_northstar.csv").open(encoding="utf-8", newline="") as stream:
        return {row["hcpcs_code"]: row["rbcs_subcategory"] for row in csv.DictReader(stream)}


@lru_cache(maxsize=1)
def entries() -> frozenset[str]:
    """The codes with an entry."""
    return frozenset(row[0] for row in catalog().query("SELECT code FROM procedure"))


def day(text: str) -> date | None:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text else None


# -- facts ---------------------------------------------------------------------------------------------------


def test_the_files_are_whole() -> None:
    assert len(fee_file()) == 19_090
    assert len(unit_limits()) == 14_677
    assert len(hcpcs("3")) == 8_463 and len(hcpcs("7")) == 383


def test_fee_rows() -> None:
    wrong = [code for code in sorted(entries()) if dict(catalog().fees(code)) != fees().get(code, {})]
    assert not wrong


def test_the_facts_file_of_the_fee_schedule() -> None:
    bundled = sorted((code, row.component) for code, row in facts.read_fees(FACTS / facts.FEES))
    wanted = sorted((code, component) for code in entries() for component in fees().get(code, {}))
    assert bundled == wanted
    rows = facts.read_fees(FACTS / facts.FEES)
    assert not [(code, row.component) for code, row in rows if fees()[code][row.component] != row]


def test_unit_limits() -> None:
    wrong = [code for code in sorted(entries()) if catalog().unit_limit(code) != unit_limits().get(code)]
    assert not wrong
    bundled = {row[0] for row in catalog().query("SELECT code FROM unit_limit")}
    assert bundled == entries() & set(unit_limits())


@lru_cache(maxsize=1)
def addons() -> dict[str, tuple[set[str], set[str]]]:
    """Types and listed primaries of each add-on code, from the table in its other form."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    with (CMS / "ncci_aoc_2024q2q3.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            types, primaries = found.setdefault(row["add_on_code"], (set(), set()))
            types.add(row["aoc_edit_type"])
            primaries |= {row["primary_code"]} - {"CCCCC"}
    return found


def test_addons() -> None:
    assert len(addons()) == 668
    wrong = []
    for code in sorted(entries()):
        known = catalog().addon(code)
        types, primaries = addons().get(code, (set(), set()))
        if ({known.type}, set(known.primaries)) != (types, primaries) if known else types:
            wrong.append(code)
    assert not wrong
    bundled = {row[0] for row in catalog().query("SELECT code FROM addon")}
    assert bundled == entries() & set(addons()) and len(bundled) > 400


def test_lists_of_addons() -> None:
    path = CMS.parent / "design" / "lists" / "aoc_addons_2026q3.csv"
    if not path.exists():
        pytest.skip("the list of 2026 is not at hand")
    with path.open(encoding="utf-8", newline="") as stream:
        newer = {row["addon"]: int(row["listed_primaries"]) for row in csv.DictReader(stream)}
    published = {*addons(), *newer}

    def members(name: str) -> set[str]:
        return {code for code in published if code in catalog().codeset(name)}

    assert members("addons") == set(newer) and members("addons-ended") == set(addons()) - set(newer)
    first = {code: primaries for code, (types, primaries) in addons().items() if types == {"1"}}
    assert members("addons-longer-list") == {code for code in first if newer.get(code, 0) > len(first[code])}


def test_hcpcs_dates() -> None:
    published = hcpcs("3")
    assert {row[0] for row in catalog().query("SELECT code FROM hcpcs")} == set(published)
    wrong = []
    for code, row in published.items():
        known = catalog().hcpcs(code)
        successors = [row[name] for name in row if name.startswith("XREF") and len(row[name]) == 5]
        wanted = (day(row["ADD DT"]), day(row["TERM DT"]), successors)
        if known is None or (known.since, known.until, list(known.successors)) != wanted:
            wrong.append(code)
    assert not wrong


def test_hcpcs_modifiers() -> None:
    published = hcpcs("7")
    assert not set(published) - set(catalog().modifiers)
    wrong = []
    for code, row in published.items():
        known = catalog().modifiers[code]
        dates = (day(row["ADD DT"]), day(row["TERM DT"]))
        if (known.since, known.until) != dates or (known.medicare == "not-payable") != (row["COV"] == "I"):
            wrong.append(code)
    assert not wrong
    others = [known for code, known in catalog().modifiers.items() if code not in published]
    assert not [known.code for known in others if known.since or known.until], "no file has dates of CPT modifiers"


def published_codes() -> set[str]:
    """Every code that any of the files lists."""
    return {*fees(), *unit_limits(), *hcpcs("3"), *(row["HCPCSCode"] for row in outpatient_file())}


def test_entry_codes_exist() -> None:
    assert not sorted(entries() - published_codes())


def test_the_card_of_an_ended_code_says_so() -> None:
    # Files of past years hold codes that have ended since, so they have entries; nobody may take them for valid ones.
    published = hcpcs("3")
    ended = [code for code in sorted(entries()) if published.get(code, {}).get("TERM DT")]
    for code in ended:
        assert "**ended " in code_card(book().know, code).split("\n\n")[0], code


# -- coverage ------------------------------------------------------------------------------------------------

#: Ranges that the catalog promises to hold whole, as far as the fee schedule lists them.
WHOLE = {
    "CT and CT angiography": [
        ("70450", "70498"), ("71250", "71275"), ("72125", "72133"), ("72191", "72194"), ("73200", "73206"),
        ("73700", "73706"), ("74150", "74178"), ("74261", "74263"), ("75571", "75580"), ("75635", "75635"),
        ("76380", "76380"), ("76497", "76497"),
    ],
    "MR and MR angiography": [
        ("70336", "70336"), ("70540", "70559"), ("71550", "71555"), ("72141", "72159"), ("72195", "72198"),
        ("73218", "73225"), ("73718", "73725"), ("74181", "74185"), ("74712", "74713"), ("75557", "75565"),
        ("76014", "76019"), ("76390", "76391"), ("76498", "76498"),
    ],
    "3-D": [("76376", "76377")],
    "radiology": [("70010", "79999")],
    "ultrasound": [("76506", "76999")],
    "chest X-ray": [("71045", "71130")],
    "spine and pelvis X-ray": [("72020", "72120"), ("72170", "72190"), ("72200", "72220")],
    "arm and leg X-ray": [("73000", "73140"), ("73501", "73660")],
    "visits": [("99202", "99285")],
}  # fmt: skip


@pytest.mark.parametrize("kind", WHOLE)
def test_every_code_of_a_range_has_an_entry(kind: str) -> None:
    listed = {code for code in fees() for low, high in WHOLE[kind] if code.isdigit() and low <= code <= high}
    assert listed
    assert not sorted(listed - entries())


def test_every_ct_mr_and_ultrasound_code_by_the_grouping_of_cms() -> None:
    kinds = categories()
    listed = {code for code in fees() if code.isdigit() and "70336" <= code <= "76999"}
    listed = {code for code in listed if kinds.get(code) in ("CT Scan", "Magnetic Resonance", "Ultrasound")}
    assert len(listed) > 150
    myelograms_and_discograms = {
        "72240",
        "72255",
        "72265",
        "72270",
        "72285",
        "72295",
    }  # grouped with CT there
    assert not sorted(listed - entries() - myelograms_and_discograms)


def test_there_are_enough_entries_and_briefs() -> None:
    assert len(entries()) >= 2_500
    briefs = [code for code in entries() if (known := catalog().procedure(code)) and known.brief]
    assert len(briefs) >= 300


@pytest.mark.parametrize("name", ["uc_davis_CDM_2019.csv", "unc_rockingham_2019.csv"])
def test_real_charge_masters_get_titles(name: str) -> None:
    codes = codes_in(SAMPLES / name)
    in_force = {*fees(), *(code for code, row in hcpcs("3").items() if not row["TERM DT"])}
    rows = sum(count for code, count in codes.items() if code in in_force)
    titled = sum(count for code, count in codes.items() if code in in_force and code in entries())
    assert rows > 1_000 and titled >= 0.95 * rows, f"{titled} of {rows}"


# -- wording -------------------------------------------------------------------------------------------------

#: What short descriptors and titles write for the same word.
SAME = {
    "w": "with", "wo": "without", "dye": "contrast", "no": "without", "non": "without", "abd": "abdomen",
    "abdom": "abdomen", "pelv": "pelvis", "pelvic": "pelvis", "us": "ultrasound", "echo": "ultrasound",
    "radiograph": "xray", "film": "xray", "vw": "view", "v": "view", "vst": "visit", "ov": "visit",
    "ofc": "office", "op": "outpatient", "hosp": "hospital", "inpt": "inpatient", "ip": "inpatient",
    "ed": "emergency", "er": "emergency", "emer": "emergency", "dept": "department", "est": "established",
    "estab": "established", "pt": "patient", "sf": "straightforward", "mod": "moderate", "hi": "high",
    "lo": "low", "mdm": "decision", "min": "minute", "minut": "minute", "ea": "each", "addl": "additional",
    "add": "additional", "addon": "additional", "angio": "angiography", "angiogram": "angiography",
    "cta": "ct angiography", "mra": "mr angiography", "mri": "mr", "bx": "biopsy", "inj": "injection",
    "drg": "drug", "ther": "therapy", "proc": "procedure", "surg": "surgery", "ob": "obstetric",
    "fetal": "fetus", "uni": "unilateral", "bi": "bilateral", "bilat": "bilateral", "comp": "complete",
    "compl": "complete", "lim": "limited", "ltd": "limited", "mult": "multiple", "dx": "diagnostic",
    "diag": "diagnostic", "scr": "screening", "screen": "screening", "spn": "spine", "lmbr": "lumbar",
    "crv": "cervical", "thrc": "thoracic", "upr": "upper", "uppr": "upper", "lwr": "lower",
    "extr": "extremity", "extrem": "extremity", "jt": "joint", "1": "one", "2": "two", "3": "three",
    "4": "four", "5": "five", "6": "six", "3-d": "3d", "2-d": "2d", "trimst": "trimester",
    "guid": "guidance", "img": "imaging", "tx": "treatment", "rx": "treatment", "mgmt": "management",
    "sonogram": "ultrasound",
}  # fmt: skip
FILLERS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "the", "to"])
_NAMED = re.compile(r"\b(?:[0-9]{5}|[0-9]{4}[FTUM]|[A-EGHJ-MP-V][0-9]{4})\b")
_WORD = re.compile(r"w/o|[0-9]-d\b|[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """The words of a text with case, punctuation, plural and abbreviation taken off."""
    text = re.sub(r"x[ -]ray", "xray", text.lower().replace("&", " and ").replace("w/o", " w/o "))
    found: list[str] = []
    for word in _WORD.findall(text):
        plain = word.replace("w/o", "wo")
        if len(plain) > 2 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
            plain = plain[:-1]
        found += SAME.get(plain, plain).split()
    return found


def content(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words) - FILLERS


def abbreviates(short: str, full: str) -> bool:
    """Whether one word can be the other shortened: same first letter, then letters of it in their order."""
    if len(short) > len(full):
        short, full = full, short
    if short == full:
        return True
    if len(short) < 2 or short[0] != full[0] or not short.isalpha():
        return False
    rest = iter(full)
    return all(letter in rest for letter in short)


class Descriptors:
    """All descriptors of others, by code and as hashes. It never prints itself."""

    def __init__(self) -> None:
        self._by_code: dict[str, list[list[str]]] = {}
        texts = [(row["HCPCS"], row["DESCRIPTION"]) for row in fee_file()]
        texts += [(row["HCPCSCode"], row["ShortDescriptor"]) for row in outpatient_file()]
        for row in hcpcs_file():
            texts += [(row["HCPC"], row["LONG DESCRIPTION"]), (row["HCPC"], row["SHORT DESCRIPTION"])]
        self.sequences: set[int] = set()
        self.sets: set[int] = set()
        self.runs: dict[int, set[int]] = {6: set(), 8: set()}
        for code, text in sorted(set(texts)):
            words = words_of(text)
            self._by_code.setdefault(code, []).append(words)
            self.sequences.add(hash(tuple(words)))
            if len(content(words)) > 1:
                self.sets.add(hash(content(words)))
            for length, seen in self.runs.items():
                seen.update(runs(words, length))

    def __repr__(self) -> str:
        return "<descriptors, not shown>"

    def __len__(self) -> int:
        return len(self._by_code)

    def same_as_own(self, code: str, title: str) -> bool:
        """Whether a title is a descriptor of its own code, abbreviated in whatever way."""
        mine = [word for word in words_of(title) if word not in FILLERS]
        for words in self._by_code.get(code, []):
            theirs = [word for word in words if word not in FILLERS]
            pairs = [(a, b) for a in mine for b in theirs if abbreviates(a, b)]
            if {a for a, _ in pairs} == set(mine) and {b for _, b in pairs} == set(theirs):
                return True
        return False

    def quotes(self, text: str, length: int) -> bool:
        """Whether a text shares a run of so many words with any descriptor."""
        return not self.runs[length].isdisjoint(runs(words_of(text), length))


def runs(words: list[str], length: int) -> Iterator[int]:
    """Hashes of all runs of so many words."""
    return (hash(tuple(words[at : at + length])) for at in range(len(words) - length + 1))


@pytest.fixture(scope="module")
def descriptors() -> Descriptors:
    return Descriptors()


def titles(known: Catalog) -> dict[str, str]:
    """What the catalog calls a code or a modifier."""
    named = {code: known.title(code) for code in entries()}
    return named | {code: modifier.name for code, modifier in known.modifiers.items()}


def test_no_title_is_a_descriptor(descriptors: Descriptors) -> None:
    named = titles(catalog())
    same = [code for code in named if hash(tuple(words_of(named[code]))) in descriptors.sequences]
    assert not same, "the same words in the same order as a descriptor"
    same = [code for code in named if hash(content(words_of(named[code]))) in descriptors.sets]
    assert not same, "the same content words as a descriptor"
    same = [code for code in named if descriptors.same_as_own(code, named[code])]
    assert not same, "the words of the code's own descriptor, shortened or written out"


def entry_prose(code: str) -> Iterator[str]:
    """Every text of an entry and its brief."""
    entry = catalog().procedure(code)
    assert entry is not None
    yield from (entry.title, entry.about, entry.apart, *entry.keywords)
    brief = entry.brief
    if brief:
        yield from (brief.summary, brief.context, *brief.documentation, *brief.unknown)
        for use in (*brief.modifiers, *brief.never):
            yield from (use.means, use.when)
        for relation in (*brief.related, *brief.conflicts):
            yield from (relation.text, relation.bypass)
        yield from (note for _, note in brief.payers)


def test_codes_that_a_text_names_exist() -> None:
    published = published_codes()
    for code in sorted(entries()):
        entry = catalog().procedure(code)
        named = {found for text in entry_prose(code) for found in _NAMED.findall(text)}
        if entry and entry.brief:
            relations = (*entry.brief.related, *entry.brief.conflicts)
            named |= {end for relation in relations for span in relation.codes for end in span.split("-")}
        assert not sorted(named - published), code


def test_code_pairs_of_briefs_are_those_of_the_table() -> None:
    """Pairs that a brief draws from the PTP table: active in it, with the indicator and the column that it says."""
    claimed = {code: list(_pairs_said(code)) for code in sorted(entries())}
    codes = {code for code, said in claimed.items() if said}
    active = _active_pairs(codes)
    wrong = []
    for code, said in claimed.items():
        for other, indicator, column in said:
            pair = (code, other) if column == 1 else (other, code)
            if active.get(pair) != indicator:
                wrong.append((pair, indicator))
    assert codes and not wrong


def _pairs_said(code: str) -> Iterator[tuple[str, str, int]]:
    """(other code, indicator, column of `code`) of each pair that the brief of `code` rests on the PTP table."""
    entry = catalog().procedure(code)
    for relation in entry.brief.conflicts if entry and entry.brief else ():
        if relation.source.startswith("ncci-ptp"):
            (indicator,) = set(re.findall(r"CCMI (\d)", relation.text))
            columns = {int(found) for found in re.findall(rf"{code} is column (\d)", relation.text)}
            for span in relation.codes:
                low, _, high = span.partition("-")
                for other in (
                    [low] if not high else [one for one in fees() if low <= one <= high and shape(one) == shape(low)]
                ):
                    if len(columns) == 1:
                        yield other, indicator, next(iter(columns))


def _active_pairs(codes: set[str]) -> dict[tuple[str, str], str]:
    """Active pairs of the practitioner PTP table in which one of `codes` stands, and their indicator."""
    wanted = {code.encode() for code in codes}
    found: dict[tuple[str, str], str] = {}
    for part in sorted(CMS.glob("medicare-ncci-2024q3-practitioner-ptp-edits-*.zip")):
        with zipfile.ZipFile(part) as archive, archive.open(archive.namelist()[0]) as stream:
            for row in stream:
                if row[:5] in wanted or row[6:11] in wanted:
                    cells = row.rstrip(b"\r\n").split(b"\t")
                    if len(cells) >= 6 and cells[4].strip() == b"*" and cells[5] in (b"0", b"1"):
                        found[cells[0].decode(), cells[1].decode()] = cells[5].decode()
    return found


def test_no_entry_shares_six_words_with_a_descriptor(descriptors: Descriptors) -> None:
    texts = {code: list(entry_prose(code)) for code in sorted(entries())}
    assert not [code for code in texts if any(descriptors.quotes(text, 6) for text in texts[code])]


def test_no_modifier_or_place_shares_eight_words_with_a_descriptor(descriptors: Descriptors) -> None:
    # Six would be too few here: "of the day or the day" is everybody's.
    texts = {code: (m.meaning, m.when, m.who, m.fits, m.not_for) for code, m in catalog().modifiers.items()}
    assert not [code for code in texts if any(descriptors.quotes(text, 8) for text in texts[code])]
    assert not [code for code, place in catalog().places.items() if descriptors.quotes(place.meaning, 8)]


def test_the_comparison_itself(descriptors: Descriptors) -> None:
    assert words_of("Widget, w/o dye & X-rays (2 vws)") == words_of("widgets WITHOUT contrast and x ray two view")
    assert abbreviates("abdmn", "abdomen") and not abbreviates("pelvis", "abdomen")
    assert len(list(runs(["a"] * 7, 6))) == 2 and not list(runs(["a"] * 5, 6))
    assert len(descriptors) > 20_000
    counts = {length: len(seen) for length, seen in descriptors.runs.items()}
    assert counts[6] > counts[8] > 40_000
    assert all(descriptors.same_as_own(row["HCPC"], row["SHORT DESCRIPTION"]) for row in hcpcs_file()[:500])
    assert repr(fee_file()[0]["DESCRIPTION"]) == "<descriptor>"
