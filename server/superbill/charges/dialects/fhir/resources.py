"""Claims, explanations of benefit and charge items, taken apart.

Elements: HL7 FHIR R4 and R5, resources Claim, ClaimResponse, ExplanationOfBenefit and ChargeItem. Systems: the code
systems that THO registers for CPT and HCPCS Level II, and the forms of their names that are met in files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from superbill.charges import values
from superbill.charges.diagnoses import of_ended_set, repeated
from superbill.charges.dialect import Placed
from superbill.charges.jsontext.nodes import Node, objects, read
from superbill.charges.model import Content, Part, PartName, Problem, ServiceLine, Written

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
KINDS = frozenset({"Claim", "ClaimResponse", "ExplanationOfBenefit", "ChargeItem"})

#: Names that mean CPT or HCPCS and are fine.
_GOOD = frozenset(
    name.lower()
    for name in (
        CPT, HCPCS, "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "urn:oid:2.16.840.1.113883.6.12",
        "urn:oid:2.16.840.1.113883.6.285", "urn:oid:2.16.840.1.113883.6.14",
        "https://bluebutton.cms.gov/resources/codesystem/hcpcs", "http://terminology.hl7.org/CodeSystem/HCPCS",
    )
)  # fmt: skip
#: Names that mean CPT or HCPCS, and that no terminology server knows.
_ALIASES = {
    "https://www.ama-assn.org/go/cpt": CPT, "http://www.ama-assn.org/go/cpt/": CPT, "https://www.ama-assn.org/go/cpt/": CPT,
    "http://ama-assn.org/go/cpt": CPT, "https://ama-assn.org/go/cpt": CPT, "cpt": CPT, "cpt4": CPT, "cpt-4": CPT,
    "2.16.840.1.113883.6.12": CPT, "http://www.ama-assn.org/cpt": CPT, "hcpcs": HCPCS, "hcpc": HCPCS,
    "2.16.840.1.113883.6.285": HCPCS, "https://www.cms.gov/medicare/coding/hcpcsreleasecodesets/": HCPCS,
    "http://www.cms.gov/medicare/coding/hcpcsreleasecodesets/": HCPCS,
}  # fmt: skip
#: Names of CPT, and names of Level II alone. The others are used for both.
_CPT_NAMES = frozenset({CPT.lower(), "urn:oid:2.16.840.1.113883.6.12"})
_LEVEL_TWO_NAMES = frozenset(
    {
        HCPCS.lower(), "http://www.cms.gov/medicare/coding/hcpcsreleasecodesets", "urn:oid:2.16.840.1.113883.6.285",
    }
)  # fmt: skip
_EXAMPLE_MODIFIERS = ("/codesystem/modifiers", "/modifiers")
_VOID = frozenset({"entered-in-error", "cancelled"})


@dataclass(slots=True)
class Item:
    """One item of a resource that bills a procedure: its node, the coding of its code, the codings of its modifiers."""

    node: Node
    path: str
    coding: Node
    modifiers: list[Node]
    #: The modifier that was written behind the code with a hyphen; "" mostly.
    tail: str = ""

    @property
    def code(self) -> str:
        """The code without what was written behind it."""
        text = self.coding.value("code")
        return text[: -len(self.tail) - 1] if self.tail else text


@dataclass(slots=True)
class Parsed:
    """A resource taken apart."""

    root: Node
    kind: str
    items: list[Item]

    def array(self) -> Node | None:
        """The list of items on the highest level."""
        return self.root.members.get("addItem" if self.kind == "ClaimResponse" else "item")


@lru_cache(maxsize=4)
def parse(text: str) -> Parsed | None:
    """Take a resource apart; None when it is not one that bills.

    The last ones are kept: what is read is asked for its person, its lines and its places in turn. Nobody may alter them.
    """
    root = read(text)
    if root is None or root.kind != "object":
        return None
    kind = root.value("resourceType")
    if kind not in KINDS or root.value("status") in _VOID:
        return None
    items: list[Item] = []
    if kind == "ChargeItem":
        coding = _coding(root.get("code"), strict=True)
        if coding is not None:
            items.append(_item(root, "", coding))
    else:
        for name in ("item", "addItem"):
            for number, node in enumerate(objects(root.members.get(name))):
                items += _items(node, f"{name}[{number}]")
    return Parsed(root, kind, items)


def _items(node: Node, path: str) -> Iterator[Item]:
    coding = _coding(node.get("productOrService") or node.get("service"), strict=False)
    if coding is not None:
        yield _item(node, path, coding)
    for name in ("detail", "subDetail"):
        for number, inner in enumerate(objects(node.members.get(name))):
            yield from _items(inner, f"{path}.{name}[{number}]")


def _item(node: Node, path: str, coding: Node) -> Item:
    modifiers = [] if not path else [one for concept in node.all("modifier") for one in codings(concept)]
    text = coding.value("code")
    head, hyphen, tail = text.partition("-")
    joined = hyphen and len(tail) == 2 and values.has_code_shape(head)
    return Item(node, path, coding, modifiers, tail if joined else "")


def codings(concept: Node | None) -> list[Node]:
    """The codings of a concept."""
    return list(objects(concept.members.get("coding"))) if concept is not None else []


def known_system(system: str) -> bool:
    """Whether a system is CPT or HCPCS, however it is written."""
    name = system.strip().lower()
    return name in _GOOD or name in _ALIASES


def _coding(concept: Node | None, strict: bool) -> Node | None:
    """The coding that holds a CPT or HCPCS code. Without a system only what looks like one counts, and not where
    anybody's codes may stand (`strict`)."""
    found = codings(concept)
    for one in found:
        if known_system(one.value("system")) and not _is_modifier(one):
            return one
    for one in found:
        if not strict and not one.value("system") and values.has_code_shape(one.value("code").strip().upper()[:5]):
            return one
    return None


def _is_modifier(coding: Node) -> bool:
    return len(coding.value("code").strip()) == 2


# -- as a service line ----------------------------------------------------------------------------------------


def person(parsed: Parsed) -> tuple[str, ...]:
    """Whom a resource is about, and which kind it is: resources that agree in it are checked together."""
    root = parsed.root
    subject = (
        root.value("patient", "reference") or root.value("subject", "reference") or root.value("patient", "display")
    )
    if not subject:
        subject = "resource " + (root.value("id") or root.value("identifier", "value"))
    payer = root.value("insurer", "reference") or root.value("insurer", "display")
    return ("fhir", parsed.kind, subject, payer, root.value("use"))


def _insurer(root: Node) -> str:
    """The payer: the insurer, or else the first coverage; by name where there is one."""
    paths = (("insurer", "display"), ("insurance", "coverage", "display"), ("insurer", "reference"))
    return next((found for path in paths if (found := root.value(*path))), "")


def _since(item: Item, root: Node) -> tuple[Node | None, Node | None]:
    """The nodes of the first and the last day."""
    node = item.node
    single = node.get("servicedDate") or node.get("occurrenceDateTime")
    if single is not None:
        return single, None
    for name in ("servicedPeriod", "occurrencePeriod"):
        if name in node.members:
            return node.get(name, "start"), node.get(name, "end")
    return root.get("billablePeriod", "start"), root.get("billablePeriod", "end")


def _place(node: Node) -> Node | None:
    for one in codings(node.get("locationCodeableConcept")):
        text = one.value("code")
        if len(text) == 2 and text.isdecimal():
            return one.get("code")
    return None


#: What a quantity may be said to count, as an 837 codes it: UCUM's minutes, X12's own codes, and the plain words.
_BASES = {
    "min": "MJ", "mins": "MJ", "minute": "MJ", "minutes": "MJ", "mj": "MJ", "un": "UN", "unit": "UN", "units": "UN", "{unit}": "UN",
}  # fmt: skip


def _measure(node: Node) -> Node | None:
    """What a quantity counts: its unit, else the code of one."""
    for name in ("unit", "code"):
        if node.value("quantity", name).strip():
            return node.get("quantity", name)
    return None


def _diagnoses(root: Node) -> dict[str, str]:
    """The claim's diagnoses by sequence."""
    found = {}
    for one in objects(root.members.get("diagnosis")):
        found[one.value("sequence")] = one.value("diagnosisCodeableConcept", "coding", "code")
    return found


#: Roles of those in a care team who did the service (`claimcareteamrole` of HL7, and those of the CARIN guides).
_DOERS = ("rendering", "performing", "primary", "operating")


def _team(root: Node) -> dict[str, tuple[str, str]]:
    """The care team by sequence: who it is, and in which role."""
    found = {}
    for one in objects(root.members.get("careTeam")):
        paths = (("identifier", "value"), ("reference",), ("display",))
        who = next((name for path in paths if (name := one.value("provider", *path))), "")
        role = next((coding.value("code").lower() for coding in codings(one.get("role"))), "")
        if who:
            found[one.value("sequence")] = (who, role)
    return found


def _provider(node: Node, team: dict[str, tuple[str, str]]) -> str:
    """Who did an item: of the care team members that it names the one whose role says so, else one without a role.

    "" where nobody is named, or only such as referred, supervised or assisted.
    """
    named = [team[number] for one in node.all("careTeamSequence") if (number := one.value()) in team]
    for wanted in (*_DOERS, ""):
        for who, role in named:
            if role == wanted:
                return who
    return ""


def _day(text: str) -> str:
    return text[:10] if len(text) > 10 and text[10] == "T" else text


def content(parsed: Parsed) -> Content:
    """The service lines of a resource, and what is wrong with it."""
    root = parsed.root
    diagnoses = _diagnoses(root)
    kinds = {one.value("code").lower() for one in codings(root.get("type"))}
    setting = "facility" if kinds & {"institutional", "inpatient", "outpatient"} else ""
    if "professional" in kinds:
        setting = "professional"
    shared = ServiceLine(
        code="",
        payer=_insurer(root),
        provider=root.value("provider", "reference") or root.value("provider", "display"),
        setting=setting,
        room=0 if parsed.kind == "ChargeItem" else 4,
    )
    team = _team(root)
    lines = tuple(_line(item, root, diagnoses, team, shared) for item in parsed.items)
    return Content(lines=lines, problems=tuple(_problems(parsed, diagnoses)))


def _line(
    item: Item, root: Node, diagnoses: dict[str, str], team: dict[str, tuple[str, str]], shared: ServiceLine
) -> ServiceLine:
    node = item.node
    first, last = _since(item, root)
    place = _place(node)
    measure = _measure(node)
    mods = tuple(one.value("code") for one in item.modifiers) + ((item.tail,) if item.tail else ())
    money = node.get("net", "value") or node.get("priceOverride", "value")
    pointed = tuple(
        code for one in node.all("diagnosisSequence") if (code := diagnoses.get(one.value())) is not None and code
    )
    written = Written(
        code=item.code,
        modifiers=mods,
        units=node.value("quantity", "value") or None,
        date=_day(first.value()) or None if first is not None else None,
        date_to=_day(last.value()) or None if last is not None else None,
        place=place.value() if place is not None else None,
        charge=money.value() or None if money is not None else None,
        diagnoses=pointed,
    )
    return replace(
        shared,
        code=values.code(written.code),
        modifiers=tuple(values.modifier(text) for text in mods),
        units=values.number(written.units),
        since=values.day(written.date),
        until=values.day(written.date_to),
        place=values.place(written.place),
        charge=values.money(written.charge),
        diagnoses=pointed,
        provider=(_provider(node, team) if team else "") or shared.provider,
        basis=_BASES.get(measure.value().strip().lower(), "") if measure is not None else "",
        written=written,
    )


# -- what is wrong --------------------------------------------------------------------------------------------


#: Names of ICD-9-CM as a code system, and the one of ICD-10-CM.
_ICD9 = frozenset(
    {
        "http://hl7.org/fhir/sid/icd-9-cm",
        "http://hl7.org/fhir/sid/icd-9-cm/diagnosis",
        "urn:oid:2.16.840.1.113883.6.103",
    }
)
_ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"


def _wrong_claim(parsed: Parsed) -> Iterator[Problem]:
    """What is wrong with a claim as a whole: its total, its diagnoses."""
    root = parsed.root
    stated = values.money(root.value("total", "value"))
    nets = [values.money(one.value("net", "value")) for one in objects(parsed.array())]
    if stated is not None and nets and None not in nets:
        summed = sum([net for net in nets if net is not None], Decimal(0))
        if summed != stated:
            data = (values.plain_money(stated), values.plain_money(summed), str(len(nets)))
            yield Problem("fhir-total", Part("total"), data)
        elif not stated and root.value("use") == "claim" and not any(item.code.endswith("F") for item in parsed.items):
            yield Problem("fhir-zero-total", Part("total"))
    listed = [_diagnosis(one) for one in objects(root.members.get("diagnosis"))]
    for index in repeated([one if one[1] else None for one in listed]):
        yield Problem("fhir-diagnosis-twice", Part("diagnosis", index), (listed[index][1],))
    old = [index for index, (system, code, *_) in enumerate(listed) if code and system in _ICD9]
    if old:
        days = [day for item in parsed.items if (day := values.day(_first_day(item, root))) is not None]
        if days and min(days) >= values.ICD10_SINCE:
            ended = of_ended_set(listed[old[0]][0], _ICD10, [listed[index][1] for index in old])
            yield Problem("fhir-icd9", Part("qualifier", old[0]), ended)


def _diagnosis(node: Node) -> tuple[str, ...]:
    """Code system and code of a diagnosis, and of what kinds it is: the same code may be there once more as another kind,
    such as the one at admission."""
    coding = node.get("diagnosisCodeableConcept", "coding")
    if coding is not None and coding.kind == "array":
        coding = next(objects(coding), None)
    system, code = (coding.value("system"), coding.value("code")) if coding is not None else ("", "")
    return (system, code, *sorted(kind.value("code") for part in node.all("type") for kind in codings(part)))


def _first_day(item: Item, root: Node) -> str:
    node, _ = _since(item, root)
    return _day(node.value()) if node is not None else ""


def _problems(parsed: Parsed, diagnoses: dict[str, str]) -> Iterator[Problem]:
    root = parsed.root
    if root.unclosed is not None:
        yield Problem("fhir-unclosed-quote", Part("text"))
    if parsed.kind == "Claim":
        yield from _wrong_claim(parsed)
    seen: dict[str, int] = {}
    team = {one.value("sequence") for one in objects(root.members.get("careTeam"))}
    for number, item in enumerate(parsed.items):
        system = item.coding.value("system").strip()
        wanted = _ALIASES.get(system.lower())
        if wanted is not None:
            yield Problem("fhir-system", Part("system", 0, number), (system, wanted))
        code = item.code.strip().upper()
        if system.lower() in _CPT_NAMES and values.is_level_two(code):
            yield Problem("fhir-other-code-set", Part("system", 0, number), (code, system, "HCPCS Level II", HCPCS))
        elif system.lower() in _LEVEL_TWO_NAMES and values.has_code_shape(code) and code[0].isdigit():
            yield Problem("fhir-other-code-set", Part("system", 0, number), (code, system, "CPT", CPT))
        if item.tail:
            yield Problem("fhir-code-hyphen", Part("code", 0, number), (item.code, item.tail))
        concept = item.node.get("productOrService") or item.node.get("service")
        for other in codings(concept):
            if other is item.coding or other.value("system") != item.coding.value("system") or not system:
                continue
            if other.value("code") != item.coding.value("code"):
                yield Problem("fhir-two-codes", Part("code", 0, number), (item.code, other.value("code")))
        for slot, modifier in enumerate(item.modifiers):
            if modifier.value("system").lower().endswith(_EXAMPLE_MODIFIERS):
                yield Problem("fhir-example-modifier", Part("modifier", slot, number), (modifier.value("code"),))
        first, _ = _since(item, root)
        if first is None and parsed.kind != "ChargeItem":
            yield Problem("fhir-no-date", Part("code", 0, number))
        if parsed.kind == "ChargeItem":
            for other in codings(item.node.get("code")):
                if other is not item.coding and known_system(other.value("system")) and _is_modifier(other):
                    yield Problem("fhir-modifier-as-code", Part("code", 0, number), (other.value("code"),))
            continue
        own = item.node.value("sequence")
        if own and "." not in item.path:
            if own in seen:
                yield Problem("fhir-sequence", Part("number", 0, number), ("item", own))
            seen[own] = number
        for index, one in enumerate(item.node.all("diagnosisSequence")):
            if one.value() and one.value() not in diagnoses:
                data = ("diagnosis", one.value(), str(len(diagnoses)))
                yield Problem("fhir-sequence", Part("pointer", index, number), data)
        for index, one in enumerate(item.node.all("careTeamSequence")):
            if one.value() and one.value() not in team:
                yield Problem(
                    "fhir-sequence", Part("provider", index, number), ("care team", one.value(), str(len(team)))
                )


# -- where things stand ---------------------------------------------------------------------------------------


def parts(parsed: Parsed) -> list[Placed]:
    """All parts of a resource with their spans."""
    placed: list[Placed] = []

    def put(name: PartName, node: Node | None, index: int = 0, item: int = 0) -> None:
        if node is not None:
            placed.append(Placed(Part(name, index, item), *node.inner))

    put("claim", parsed.root.get("id"))
    if parsed.root.unclosed is not None:
        placed.append(Placed(Part("text"), *parsed.root.unclosed))
    put("total", parsed.root.get("total", "value"))
    for index, one in enumerate(objects(parsed.root.members.get("diagnosis"))):
        put("diagnosis", one.get("diagnosisCodeableConcept", "coding", "code"), index)
        put("qualifier", one.get("diagnosisCodeableConcept", "coding", "system"), index)
    for number, item in enumerate(parsed.items):
        code = item.coding.get("code")
        if code is not None:
            start, end = code.inner
            if item.tail and end - start == len(item.code) + 3:
                placed.append(Placed(Part("modifier", len(item.modifiers), number), end - 2, end))
                end -= 3
            placed.append(Placed(Part("code", 0, number), start, end))
        put("system", item.coding.get("system"), 0, number)
        for slot, modifier in enumerate(item.modifiers):
            put("modifier", modifier.get("code"), slot, number)
        put("units", item.node.get("quantity", "value"), 0, number)
        put("basis", _measure(item.node), 0, number)
        first, last = _since(item, parsed.root)
        _dated(placed, "date", first, number)
        _dated(placed, "date_to", last, number)
        put("place", _place(item.node), 0, number)
        put("charge", item.node.get("net", "value") or item.node.get("priceOverride", "value"), 0, number)
        put("number", item.node.get("sequence"), 0, number)
        for index, one in enumerate(item.node.all("diagnosisSequence")):
            put("pointer", one, index, number)
        for index, one in enumerate(item.node.all("careTeamSequence")):
            put("provider", one, index, number)
        placed.append(Placed(Part("line", 0, number), item.node.start, item.node.end))
    if not parsed.items:
        placed.append(Placed(Part("line"), parsed.root.start, parsed.root.end))
    placed.sort(key=lambda one: (one.start, one.end))
    return placed


def _dated(placed: list[Placed], name: PartName, node: Node | None, item: int) -> None:
    if node is not None:
        start, end = node.inner
        length = len(_day(node.text))  # the day of a time stamp, without the time
        placed.append(Placed(Part(name, 0, item), start, start + length if length < len(node.text) else end))


def total(parsed: Parsed) -> Decimal | None:
    """The total of a claim, if it is the sum of its items; else None."""
    stated = values.money(parsed.root.value("total", "value"))
    array = parsed.array()
    nets = [values.money(one.value("net", "value")) for one in objects(array)]
    known = [net for net in nets if net is not None]
    return stated if stated is not None and len(known) == len(nets) and sum(known) == stated else None
