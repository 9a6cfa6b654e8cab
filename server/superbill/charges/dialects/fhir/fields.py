"""Which element of a resource lies under an offset: its path, and what it is for."""

from __future__ import annotations

from superbill.charges.dialect import Field
from superbill.charges.jsontext.nodes import Node, read

#: What the elements of the resources that bill are for, by their last name; FHIR R4 and R5, in own words.
TITLES = {
    "resourceType": "which kind of resource this is", "id": "the resource's own id", "identifier": "a business number",
    "status": "state of the resource", "type": "which kind of claim", "use": "billed, or only asked about beforehand",
    "patient": "who was treated", "subject": "who was treated", "billablePeriod": "days that the claim is about",
    "created": "when it was written", "insurer": "who is asked to pay", "provider": "who asks to be paid",
    "priority": "how soon it wants an answer", "careTeam": "who took part", "diagnosis": "why it was done",
    "diagnosisCodeableConcept": "a diagnosis by code", "insurance": "coverage that the claim rests on",
    "item": "a service line", "addItem": "a line that the payer added", "detail": "a part of the line above",
    "subDetail": "a part of the detail above", "sequence": "number of this entry; others point to it",
    "productOrService": "what was done: a CPT or HCPCS code", "productOrServiceEnd": "last code of a range (R5)",
    "service": "what was done: a CPT or HCPCS code", "modifier": "a modifier of the procedure code",
    "programCode": "a program the service belongs to", "servicedDate": "day of the service",
    "servicedPeriod": "first and last day of the service", "start": "first day", "end": "last day",
    "locationCodeableConcept": "place of service", "quantity": "how many units", "unitPrice": "charge of one unit",
    "net": "charge of the line", "factor": "what the price is multiplied by", "bodySite": "where on the body",
    "diagnosisSequence": "which diagnoses of the claim the line is for", "total": "charge of the whole claim",
    "careTeamSequence": "who of the care team did it", "informationSequence": "which further facts belong to the line",
    "coding": "a code and the system it is from", "system": "the code system, as a URL", "code": "the code",
    "display": "text of the code, for people", "version": "edition of the code system", "value": "the value",
    "currency": "currency of the amount", "occurrenceDateTime": "when it was done", "occurrencePeriod": "from when to when",
    "priceOverride": "price instead of the listed one", "revenue": "revenue center of the facility",
    "category": "kind of benefit", "adjudication": "what the payer decided", "text": "in words",
    "reference": "which resource is meant", "note": "a note",
}  # fmt: skip
#: Coded values by the last names of the path.
VALUES = {
    "status": {
        "active": "in force", "cancelled": "withdrawn", "draft": "not sent yet", "entered-in-error": "never true",
    },
    "use": {
        "claim": "billed: the service was done", "preauthorization": "asks for approval beforehand",
        "predetermination": "asks what would be paid",
    },
    "type.coding.code": {
        "professional": "physicians and other professionals", "institutional": "hospitals and other facilities",
        "oral": "dental", "pharmacy": "drugs", "vision": "glasses and eye care",
    },
}  # fmt: skip


def field(text: str, offset: int) -> Field | None:
    """The innermost element at an offset of a record's text, named by its path: `item[0].modifier[1].coding[0].code`."""
    root = read(text)
    found = _within(root, offset, ()) if root is not None else None
    if root is None or found is None:
        return None
    path, start, end = found
    names = [name for name in path if not name.startswith("[")]
    title = TITLES.get(names[-1]) if names else None
    if title is None:
        return None
    shown = ".".join(path).replace(".[", "[")
    last = root.value("resourceType")
    known = VALUES.get(".".join(names[-3:])) or (VALUES.get(names[-1]) if len(names) == 1 else None) or {}
    return Field(f"{last}.{shown}" if last else shown, title, start, end, known, True)


def _within(node: Node, offset: int, path: tuple[str, ...]) -> tuple[tuple[str, ...], int, int] | None:
    for name, value in node.members.items():
        key = node.keys[name]
        if key <= offset <= key + len(name) + 2:
            return (*path, name), key + 1, key + 1 + len(name)
        if value.start <= offset <= value.end:
            return _within(value, offset, (*path, name)) or _leaf(value, (*path, name))
    for number, value in enumerate(node.items):
        if value.start <= offset <= value.end:
            return _within(value, offset, (*path, f"[{number}]")) or _leaf(value, (*path, f"[{number}]"))
    return None


def _leaf(node: Node, path: tuple[str, ...]) -> tuple[tuple[str, ...], int, int] | None:
    return (path, *node.inner) if node.kind in ("string", "other") else None
