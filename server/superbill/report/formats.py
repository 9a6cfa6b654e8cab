"""The tables of `docs/formats.md` that are written from the code: fields by format, and rules by format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from superbill.charges.dialect import Dialect
from superbill.charges.model import PartName
from superbill.charges.registry import dialects
from superbill.rules.base import GROUPS, Rule
from superbill.rules.book import all_rules

BEGIN = "<!-- written by superbill.report.pages: begin -->"
END = "<!-- written by superbill.report.pages: end -->"

_TITLES = {
    "x12": "X12 837", "hl7": "HL7 v2", "fhir": "FHIR", "yaml": "sheet (YAML, JSON)", "delimited": "delimited", "prose": "prose",
}  # fmt: skip
_FIELDS: Mapping[PartName, str] = {
    "code": "procedure code", "modifier": "modifiers", "units": "units", "basis": "what the units count", "date": "date of service",
    "date_to": "last date", "place": "place of service", "charge": "charge", "diagnosis": "diagnoses", "pointer": "pointers",
    "claim": "claim", "patient": "patient", "provider": "provider", "payer": "payer", "setting": "professional or facility",
    "note": "description or note",
}  # fmt: skip
#: What a format must have for the rules of a group to have something to look at; any of the fields is enough.
_NEEDED: Mapping[str, tuple[PartName, ...]] = {
    "U": ("units",), "D": ("date",), "P": ("place",), "L": ("claim", "patient"),
}  # fmt: skip
#: How the problems of a format are named. What is named otherwise is a problem of rows and columns.
_KINDS = {"x12": "x12-", "hl7": "hl7-", "fhir": "fhir-", "yaml": "sheet-", "prose": "note-"}
#: The formats that leave a record unread which is too long; the others cut it, or read it all.
_LIMITED = ("fhir", "yaml", "delimited", "prose")
#: The formats that have comments.
_COMMENTED = ("yaml", "delimited", "prose")


def tables() -> str:
    """Both tables as Markdown, between their marks."""
    return "\n".join([BEGIN, "", *_fields(), "", *_groups(), "", END])


def with_tables(page: str) -> str:
    """A page with its tables written anew. A page without the marks stays as it is."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    return f"{head}{tables()}{tail}" if begin and end else page


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fields() -> Iterator[str]:
    yield _row(["field", *(_TITLES[dialect.name] for dialect in dialects())])
    yield "|" + "---|" * (len(dialects()) + 1)
    for name, title in _FIELDS.items():
        yield _row([title, *(dialect.fields.get(name, "") for dialect in dialects())])


def _groups() -> Iterator[str]:
    rules = list(all_rules().values())
    yield _row(["rules", *(_TITLES[dialect.name] for dialect in dialects())])
    yield "|" + "---|" * (len(dialects()) + 1)
    for letter, title in GROUPS.items():
        members = [rule for rule in rules if rule.group == letter]
        counts = [str(sum(speaks(rule, dialect) for rule in members) or "") for dialect in dialects()]
        yield _row([f"{letter} · {title}", *counts])


def speaks(rule: Rule, dialect: Dialect) -> bool:
    """Whether a rule can speak of a file in a format."""
    if rule.scope == "problem":
        if rule.kinds and rule.kinds[0].startswith("remark-"):
            return dialect.name in _COMMENTED
        own = _KINDS.get(dialect.name)
        if "record-too-long" in rule.kinds and dialect.name in _LIMITED:
            return True
        if own is None:  # a table
            return any(not kind.startswith(tuple(_KINDS.values())) for kind in set(rule.kinds) - {"record-too-long"})
        return any(kind.startswith(own) for kind in rule.kinds)
    if rule.scope == "note":
        return dialect.name == "prose"
    if "note" in dialect.fields or rule.id != "E211":
        needed = _NEEDED.get(rule.group, ())
        return not needed or any(name in dialect.fields for name in needed)
    return False
