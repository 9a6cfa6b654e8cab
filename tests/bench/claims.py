"""Claims in X12, FHIR and YAML with a known number of findings, the same ones every time; schemas for other servers.

As in the charge files of `generate`, a faulty line bills a limited CT with modifier 50 (rule K520: the code has no
sides), and all else is sound: every claim is another patient's, and its lines go together.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

CPT = "http://www.ama-assn.org/go/cpt"
#: Code and charge in dollars.
SOUND = [("80053", 29), ("71046", 82), ("74018", 61), ("81001", 8), ("85025", 14)]
FAULTY = ("76380", 310)
X12_LINES = 4  # service lines of a claim
FHIR_ITEMS = 5
#: Service lines of an 837 of 0.43 MB, and of 1 MB.
SMALL_X12, LARGE_X12 = 4_000, 10_000
_SEED = 20251015

#: A place in the text where a character may be typed, and the characters that may be: line, column, characters.
Spot = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A document, how many findings it has, and where to type in it."""

    text: str
    lines: int  #: service lines
    findings: int
    spots: Sequence[Spot]


@dataclass(frozen=True, slots=True)
class Line:
    """A service line as it is to be written."""

    code: str
    modifier: str
    cents: int
    day: str

    @property
    def charge(self) -> str:
        """The charge in dollars; no zeros behind the point, as an 837 has it."""
        return f"{self.cents // 100}.5" if self.cents % 100 else str(self.cents // 100)


def _claims(count: int, size: int, findings: int) -> Iterator[list[Line]]:
    dice = random.Random(_SEED * 31 + count * size + findings)
    # One in a claim at most: two would be a finding of their own.
    flagged = {number: dice.randrange(size) for number in dice.sample(range(count), findings)}
    for number in range(count):
        day = f"2025-10-{dice.randint(1, 31):02}"
        lines = []
        for place, (code, dollars) in enumerate(dice.sample(SOUND, size)):
            faulty = flagged.get(number) == place
            if faulty:
                code, dollars = FAULTY
            lines.append(Line(code, "50" if faulty else "", dollars * 100 + 50 * dice.randint(0, 40), day))
        yield lines


def _total(lines: list[Line]) -> int:
    return sum(line.cents for line in lines)


class _Text:
    """A text that grows, and notes where one may type in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.spots: list[Spot] = []
        self.line = self.column = 0

    def add(self, text: str, typed: str = "") -> None:
        """Put text at the end; with `typed`, one of these characters may be typed behind it."""
        self.pieces.append(text)
        breaks = text.count("\n")
        self.line += breaks
        self.column = len(text) - text.rfind("\n") - 1 if breaks else self.column + len(text)
        if typed:
            self.spots.append((self.line, self.column, typed))

    def sample(self, lines: int, findings: int) -> Sample:
        """What was written."""
        return Sample("".join(self.pieces), lines, findings, self.spots)


# -- X12 ------------------------------------------------------------------------------------------------------


def x12(lines: int, findings: int, end: str = "") -> Sample:
    """A professional 837 of so many service lines. `end` stands behind each terminator; "" puts all into one line."""
    out = _Text()
    segments = 0

    def add(text: str) -> None:
        nonlocal segments
        segments += 1
        out.add(f"{text}~{end}")

    out.add(
        f"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *251103*1200*^*00501*000000001*0*P*:~{end}"
    )
    out.add(f"GS*HC*SENDER*RECEIVER*20251103*1200*1*X*005010X222A1~{end}")
    for text in (
        "ST*837*0001*005010X222A1", "BHT*0019*00*1*20251103*1200*CH", "NM1*41*2*BILLING SERVICE*****46*1234",
        "PER*IC*DESK*TE*5555550100", "NM1*40*2*RECEIVER*****46*5678", "HL*1**20*1", "NM1*85*2*IMAGING GROUP*****XX*1234567893",
        "N3*1 MAIN ST", "N4*TOWN*OH*432150001", "REF*EI*123456789",
    ):  # fmt: skip
        add(text)
    for number, claim in enumerate(_claims(lines // X12_LINES, X12_LINES, findings), 1):
        for text in (
            f"HL*{number + 1}*1*22*0", "SBR*P*18*******MB", f"NM1*IL*1*DOE*P{number}****MI*M{number:07}",
            "N3*2 MAIN ST", "N4*TOWN*OH*43215", "DMG*D8*19500101*F", "NM1*PR*2*MEDICARE B*****PI*00435",
        ):  # fmt: skip
            add(text)
        total = Line("", "", _total(claim), "").charge
        add(f"CLM*C{number:07}*{total}***11:B:1*Y*A*Y*Y")
        add("HI*ABK:R109")
        for place, line in enumerate(claim, 1):
            add(f"LX*{place}")
            out.add(f"SV1*HC:{line.code}" + (f":{line.modifier}" if line.modifier else ""))
            out.add(f"*{line.charge}", "12345")
            out.add("*UN*1", "23456789")
            add("***1")
            add(f"DTP*472*D8*{line.day.replace('-', '')}")
    add(f"SE*{segments + 1}*0001")
    out.add(f"GE*1*1~{end}")
    out.add(f"IEA*1*000000001~{end}")
    return out.sample(lines, findings)


# -- FHIR -----------------------------------------------------------------------------------------------------


def fhir(items: int, findings: int, pretty: bool) -> Sample:
    """A Bundle of Claims with so many items in all, pretty-printed or in one line."""
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": _entries(items, findings)}
    text = json.dumps(bundle, indent=2) if pretty else json.dumps(bundle, separators=(",", ":"))
    return Sample(text, items, findings, list(_json_spots(text)))


def _entries(items: int, findings: int) -> list[Any]:
    found = []
    for number, claim in enumerate(_claims(items // FHIR_ITEMS, FHIR_ITEMS, findings), 1):
        resource = {
            "resourceType": "Claim",
            "id": f"c{number}",
            "status": "active",
            "use": "claim",
            "type": {"coding": [{"code": "professional"}]},
            "patient": {"reference": f"Patient/{number}"},
            "created": "2025-11-03",
            "insurer": {"display": "PLAN"},
            "provider": {"reference": "Organization/1"},
            "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"code": "R10.9"}]}}],
            "item": [_item(place, line) for place, line in enumerate(claim, 1)],
            "total": {"value": _total(claim) / 100, "currency": "USD"},
        }
        found.append({"fullUrl": f"urn:uuid:{number}", "resource": resource})
    return found


def _item(place: int, line: Line) -> dict[str, Any]:
    item: dict[str, Any] = {"sequence": place, "diagnosisSequence": [1], "productOrService": _coding(line.code)}
    if line.modifier:
        item["modifier"] = [_coding(line.modifier)]
    return {
        **item,
        "servicedDate": line.day,
        "locationCodeableConcept": {"coding": [{"code": "11"}]},
        "quantity": {"value": 1},
        "net": {"value": line.cents / 100, "currency": "USD"},
    }


def _coding(code: str) -> dict[str, Any]:
    return {"coding": [{"system": CPT, "code": code}]}


def _json_spots(text: str) -> Iterator[Spot]:
    """Behind units and charges, and behind the codes."""
    one_line = "\n" not in text
    mark, at = '"net":{"value":' if one_line else '"net": {', 0
    for number, line in enumerate(text.split("\n")):
        if one_line:
            while (at := line.find(mark, at)) >= 0:
                at += len(mark)
                yield 0, line.index(",", at), "12345"
        elif '"value": ' in line and line.endswith(","):
            yield number, len(line) - 1, "12345"
        elif '"sequence"' not in line and line.lstrip().startswith('"code": "') and line.rstrip('",')[-5:].isdecimal():
            yield number, len(line.rstrip('",')), "12345"


# -- YAML -----------------------------------------------------------------------------------------------------


def sheet(records: int, findings: int) -> Sample:
    """A charge sheet of so many lines, each its own claim."""
    out = _Text()
    out.add("# charges of a month\npayer: PLAN\nlines:\n")
    for number, (line,) in enumerate(_claims(records, 1, findings), 1):
        out.add(f'  - cpt: "{line.code}"\n')
        if line.modifier:
            out.add(f'    mods: ["{line.modifier}"]\n')
        out.add("    units: 1", "23456789")
        out.add(f"\n    pos: 11\n    dos: {line.day}\n    charge: {line.cents / 100:.2f}", "12345")
        out.add(f"\n    claim_id: C{number:07}\n    patient: P{number:07}\n    provider: R{number % 40:03}", "12345")
        out.add("\n")
    return out.sample(records, findings)


# -- schemas for servers that read one ------------------------------------------------------------------------


def codes() -> list[str]:
    """The codes that a schema lists, some 7,500: those of the catalog."""
    from superbill.catalog.store import open_catalog

    return sorted({code for code, _ in open_catalog().codes_from("", 10_000)})


def fhir_schema(known: list[str]) -> dict[str, Any]:
    """A JSON schema of such Bundles: shapes, all codes, and no modifier 50."""

    def concept(values: dict[str, Any]) -> dict[str, Any]:
        coding = {"type": "object", "properties": {"system": {"type": "string"}, "code": values}, "required": ["code"]}
        return {"type": "object", "properties": {"coding": {"type": "array", "items": coding}}}

    money = {"type": "object", "properties": {"value": {"type": "number"}, "currency": {"type": "string"}}}
    item = {
        "type": "object",
        "required": ["sequence", "productOrService"],
        "properties": {
            "sequence": {"type": "integer"},
            "productOrService": concept({"enum": known}),
            "modifier": {"type": "array", "items": concept({"type": "string", "not": {"const": "50"}})},
            "servicedDate": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "quantity": {"type": "object", "properties": {"value": {"type": "number"}}},
            "net": money,
        },
    }
    claim = {
        "type": "object",
        "required": ["resourceType", "item"],
        "properties": {
            "resourceType": {"const": "Claim"},
            "status": {"enum": ["active", "cancelled", "draft", "entered-in-error"]},
            "item": {"type": "array", "items": item},
            "total": money,
        },
    }
    entry = {"type": "object", "properties": {"fullUrl": {"type": "string"}, "resource": claim}}
    return {"type": "object", "properties": {"entry": {"type": "array", "items": entry}}}


def sheet_schema(known: list[str]) -> dict[str, Any]:
    """A JSON schema of such sheets: shapes, all codes, and no modifier 50."""
    line = {
        "type": "object",
        "required": ["cpt", "dos"],
        "properties": {
            "cpt": {"enum": known},
            "mods": {"type": "array", "items": {"type": "string", "not": {"const": "50"}}},
            "units": {"type": "integer"},
            "pos": {"type": "integer"},
            "dos": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "charge": {"type": "number"},
        },
    }
    return {"type": "object", "properties": {"payer": {"type": "string"}, "lines": {"type": "array", "items": line}}}


# -- are they as they should be? ------------------------------------------------------------------------------


def verify(sample: Sample, suffix: str) -> None:
    """Ask the real engine: as many findings as said, all of one rule. ValueError if not so."""
    from superbill.charges.dialect import Hints
    from superbill.engine.analysis import Analysis
    from superbill.text.document import Document
    from tests.bench.generate import rule_book

    analysis = Analysis(Document(sample.text), Hints(suffix=suffix), rule_book()).finish()
    rules = Counter(one.finding.rule for one in analysis.findings())
    if rules != Counter({"K520": sample.findings} if sample.findings else {}):
        raise ValueError(f"findings instead of {sample.findings} times K520: {dict(rules)}")
    if analysis.totals["lines"] != sample.lines:
        raise ValueError(f"{analysis.totals['lines']} service lines instead of {sample.lines}")


if __name__ == "__main__":
    for findings in (0, 200):
        for name, suffix, made in (
            ("837, one line", ".837", x12(LARGE_X12, findings)),
            ("837, lines", ".837", x12(SMALL_X12, findings, "\n")),
            ("FHIR", ".json", fhir(10_000, findings, True)),
            ("FHIR, one line", ".json", fhir(10_000, findings, False)),
            ("YAML", ".yaml", sheet(10_000, findings)),
        ):
            verify(made, suffix)
            print(f"{name}: {len(made.text):,} characters, exactly {findings} findings, {len(made.spots):,} spots")
