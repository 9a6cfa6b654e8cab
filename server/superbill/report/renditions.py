"""The rows of a rule's CSV example written in other formats, to show and to try that a rule speaks in all of them.

A row becomes a service line of the same code, modifiers, units, days, place, charge and provider. Rows of one patient
become one claim (or message, or resource); rows of a table without a patient column belong to nobody, and each becomes
a claim of its own. What a format must have and the example does not tell is invented: a charge, a diagnosis.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from superbill.charges import values
from superbill.charges.columns import column

_DIAGNOSIS = "R69"
_CHARGE = "100"
_SEVERAL = re.compile(r"[A-Z0-9]{2}(?:[,; ]+[A-Z0-9]{2})+")
_BETWEEN = re.compile(r"[,; ]+")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 .]*|[1-9][0-9]*(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|0")
_UNSAFE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an example: the values by role as written, and the modifiers by slot."""

    roles: Mapping[str, str]
    modifiers: tuple[str, ...]
    diagnoses: tuple[str, ...]
    #: Heading and value, for formats that have keys.
    cells: tuple[tuple[str, str], ...]
    number: int

    def text(self, role: str) -> str:
        """The value of a role; "" when the example does not tell it."""
        return self.roles.get(role, "")

    @property
    def owner(self) -> str:
        """Whose line it is, by name or number."""
        return self.text("patient") or self.text("claim") or f"A{self.number}"


def rows(text: str) -> list[Row]:
    """The rows of a CSV example with a heading; those without a code or modifier are left out."""
    usual = csv.field_size_limit(max(len(text), csv.field_size_limit()))
    table = list(csv.reader(text.strip("\n").split("\n")))
    csv.field_size_limit(usual)
    found = []
    for number, cells in enumerate(table[1:], 1):
        roles: dict[str, str] = {}
        slots: list[tuple[int, str]] = []
        diagnoses = []
        for heading, value in zip(table[0], cells, strict=False):
            known = column(heading)
            if known is None:
                continue
            if known.role in ("modifier", "modifiers"):
                parts = [value] if known.number or not _SEVERAL.fullmatch(value) else _BETWEEN.split(value)
                slots += [(known.number + at, part) for at, part in enumerate(parts)]
            elif known.role == "diagnosis":
                diagnoses += [value] if value else []
            else:
                roles[known.role] = value
        modifiers = [value for _, value in sorted(slots, key=lambda slot: slot[0])]
        while modifiers and not modifiers[-1].strip():
            modifiers.pop()
        if roles.get("code") or modifiers:
            pairs = tuple(zip(table[0], cells, strict=False))
            found.append(Row(roles, tuple(modifiers), tuple(diagnoses), pairs, number))
    return found


# -- a sheet in YAML ---------------------------------------------------------------------------------------------


def _scalar(value: str) -> str:
    bare = _BARE.fullmatch(value) and value.lower() not in _UNSAFE
    return value if bare else json.dumps(value, ensure_ascii=False)


def as_yaml(found: Iterable[Row]) -> str:
    """A sheet with a line for each row."""
    out = []
    for row in found:
        pairs = []
        for heading, value in row.cells:
            known = column(heading)
            if known is not None and known.role in ("modifier", "modifiers") and not known.number:
                if row.modifiers:
                    listed = f"[{', '.join(map(_scalar, row.modifiers))}]"
                    pairs.append(f"mods: {listed}" if len(row.modifiers) > 1 else f"mod: {_scalar(row.modifiers[0])}")
            elif value or (known is not None and known.role == "modifier" and known.number < len(row.modifiers)):
                pairs.append(f"{heading}: {_scalar(value)}")
        out.append(f"- {{{', '.join(pairs)}}}")
    return "\n".join(out) + "\n"


# -- X12 837 -----------------------------------------------------------------------------------------------------


def _claims(found: Iterable[Row]) -> dict[str, list[Row]]:
    claims: dict[str, list[Row]] = {}
    for row in found:
        claims.setdefault(row.owner, []).append(row)
    return claims


def _facility(row: Row) -> bool:
    return row.text("setting").lower() in ("institutional", "facility", "outpatient", "inpatient")


def _total(members: Iterable[Row]) -> str:
    amounts = [values.money(row.text("charge") or _CHARGE) or Decimal(0) for row in members]
    return format(sum(amounts, Decimal(0)).normalize(), "f")


def _x12_claim(owner: str, members: list[Row]) -> Iterator[str]:
    place = members[0].text("place")
    facility = _facility(members[0])
    kind = "13:A:1" if facility else f"{place}:B:1"
    yield f"CLM*{owner}*{_total(members)}***{kind}*Y*A*Y*Y~"
    codes = list(dict.fromkeys(code for row in members for code in row.diagnoses)) or [_DIAGNOSIS]
    yield (
        "*".join(["HI", *(f"{'ABF' if at else 'ABK'}:{code.replace('.', '')}" for at, code in enumerate(codes))]) + "~"
    )
    for number, row in enumerate(members, 1):
        units = "MJ" if _anesthesia(row) else "UN"
        modifiers = row.modifiers
        procedure = ":".join(["HC", row.text("code"), *modifiers])
        charge = row.text("charge") or _CHARGE
        count = row.text("units") or "1"
        pointer = (
            _pointers(row.text("pointer")) or ":".join(str(codes.index(code) + 1) for code in row.diagnoses) or "1"
        )
        yield f"LX*{number}~"
        if facility:
            yield f"SV2*0320*{procedure}*{charge}*{units}*{count}~"
        else:
            here = row.text("place") if row.text("place") != place else ""
            yield f"SV1*{procedure}*{charge}*{units}*{count}*{here}**{pointer}~"
        since, until = values.eight_digits(row.text("date")), values.eight_digits(row.text("date_to"))
        if since or until:
            yield f"DTP*472*RD8*{since}-{until}~" if until and until != since else f"DTP*472*D8*{since}~"
        if row.text("note"):
            yield f"NTE*ADD*{row.text('note')}~"
        if row.text("provider"):
            yield f"NM1*82*1*READER*ANN****XX*{row.text('provider')}~"


def _pointers(text: str) -> str:
    """Pointers as an 837 writes them: numbers, where a paper claim has letters."""
    letters = text.replace(",", "").replace(" ", "")
    return ":".join(str("ABCDEFGHIJKL".index(one) + 1) for one in letters) if letters.isalpha() else text


def _anesthesia(row: Row) -> bool:
    code = row.text("code")
    return len(code) == 5 and code.startswith(("00", "01")) and code.isdecimal()


def as_x12(found: Iterable[Row]) -> str:
    """The claims of an 837, each segment on a line of its own, without what stands around them."""
    return "\n".join(line for owner, members in _claims(found).items() for line in _x12_claim(owner, members)) + "\n"


# -- HL7 ---------------------------------------------------------------------------------------------------------


def as_hl7(found: Iterable[Row]) -> str:
    """A DFT message for each patient, an FT1 segment for each line. The format has no place of service."""
    out = []
    for message, (owner, members) in enumerate(_claims(found).items(), 1):
        out.append(rf"MSH|^~\&|CHARGES|CLINIC|BILLING|CLINIC|20251215||DFT^P03|M{message}|P|2.5.1")
        out.append(f"PID|1||{owner}")
        out.append("PV1|1|O")
        for number, row in enumerate(members, 1):
            fields = [""] * 27
            fields[0], fields[1] = "FT1", str(number)
            fields[4] = values.eight_digits(row.text("date"))
            if row.text("date_to"):
                fields[4] += f"^{values.eight_digits(row.text('date_to'))}"
            fields[5], fields[6], fields[7] = "20251215", "CG", "4711"
            fields[10], fields[11] = row.text("units") or "1", row.text("charge")
            fields[19] = "~".join(row.diagnoses)
            fields[20] = row.text("provider")
            fields[25] = f"{row.text('code')}^^C4" if not _level2(row) else f"{row.text('code')}^^HCPCS"
            fields[26] = "~".join(row.modifiers)
            out.append("|".join(fields).rstrip("|"))
            if row.text("note"):
                out.append(f"NTE|1||{row.text('note')}")
    return "\n".join(out) + "\n"


def _level2(row: Row) -> bool:
    code = row.text("code").strip()
    return len(code) == 5 and code[0].isalpha() and code[1:].isdecimal()


# -- FHIR --------------------------------------------------------------------------------------------------------

_CPT, _HCPCS = "http://www.ama-assn.org/go/cpt", "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"


def as_fhir(found: Iterable[Row]) -> str:
    """A Bundle of one Claim for each patient."""
    entries = []
    for owner, members in _claims(found).items():
        codes = list(dict.fromkeys(code for row in members for code in row.diagnoses))
        claim: dict[str, object] = {
            "resourceType": "Claim",
            "id": owner,
            "status": "active",
            "type": {"coding": [{"code": "institutional" if _facility(members[0]) else "professional"}]},
            "patient": {"reference": f"Patient/{owner}"},
        }
        if codes:
            listed = [{"coding": [{"code": code}]} for code in codes]
            claim["diagnosis"] = [
                {"sequence": at, "diagnosisCodeableConcept": code} for at, code in enumerate(listed, 1)
            ]
        providers = list(dict.fromkeys(row.text("provider") for row in members if row.text("provider")))
        if providers:
            claim["careTeam"] = [
                {"sequence": at, "provider": {"identifier": {"value": npi}}} for at, npi in enumerate(providers, 1)
            ]
        claim["item"] = [_item(row, number, codes, providers) for number, row in enumerate(members, 1)]
        entries.append({"resource": claim})
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, indent=2) + "\n"


def _item(row: Row, number: int, codes: list[str], providers: list[str]) -> dict[str, object]:
    item: dict[str, object] = {"sequence": number}
    if row.text("provider"):
        item["careTeamSequence"] = [providers.index(row.text("provider")) + 1]
    if row.diagnoses:
        item["diagnosisSequence"] = [codes.index(code) + 1 for code in row.diagnoses]
    procedure: dict[str, object] = {"coding": [{"system": _HCPCS if _level2(row) else _CPT, "code": row.text("code")}]}
    if row.text("note"):
        procedure["text"] = row.text("note")
    item["productOrService"] = procedure
    if row.modifiers:
        item["modifier"] = [
            {"coding": [{"system": _CPT if one.strip().isdecimal() else _HCPCS, "code": one}]} for one in row.modifiers
        ]
    day, last = row.text("date"), row.text("date_to")
    if last:
        item["servicedPeriod"] = {"start": day, "end": last}
    elif day:
        item["servicedDate"] = day
    if row.text("place"):
        item["locationCodeableConcept"] = {"coding": [{"code": row.text("place")}]}
    quantity: dict[str, object] = {"value": _number(row.text("units") or "1")}
    item["quantity"] = quantity | {"unit": "min"} if _anesthesia(row) else quantity
    if row.text("charge"):
        item["net"] = {"value": _number(row.text("charge")), "currency": "USD"}
    return item


def _number(text: str) -> object:
    """A number where JSON has one so, else a string."""
    return json.loads(text) if re.fullmatch(r"-?(?:[1-9][0-9]*|0)(?:\.[0-9]+)?", text) else text


#: The formats that an example is carried over to: the name it has in a fence, and who writes it.
FORMATS: Mapping[str, Callable[[Iterable[Row]], str]] = {
    "x12": as_x12,
    "yaml": as_yaml,
    "hl7": as_hl7,
    "json": as_fhir,
}


# -- notes -------------------------------------------------------------------------------------------------------


def as_note(found: Iterable[Row]) -> str | None:
    """A note for each patient that lists the charges. A note says neither day nor place, so lines of several days are none
    of one note: None then, and where a code is not written as one."""
    out = []
    for members in _claims(found).values():
        if len({row.text("date") for row in members}) > 1:
            return None
        out += ["# Visit", "", "## Charges"]
        for row in members:
            if not values.has_code_shape(row.text("code")) or "" in row.modifiers:
                return None
            units = f" x{row.text('units')}" if row.text("units") not in ("", "1") else ""
            out.append(f"- {'-'.join((row.text('code'), *row.modifiers))}{units}")
        out.append("")
    return "\n".join(out)


def as_text(note: str) -> str:
    """A note in Markdown as it would be typed into a plain text field: headings in capitals, no marks."""
    out = []
    for line in note.split("\n"):
        heading = re.fullmatch(r"(#+) (.*)", line)
        if heading is None:
            out.append(line.replace("**", ""))
        elif len(heading.group(1)) == 1:
            out.append(heading.group(2))
        else:
            out.append(f"{heading.group(2).upper()}:")
    return "\n".join(out)
