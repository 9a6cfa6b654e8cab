"""The tables of `docs/formats.md`: what they say of a format is what its dialect does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.harness import analyse
from tests.samples import FHIR, HL7, X12, YAML

from superbill.charges.registry import by_name, dialects
from superbill.report.formats import speaks, tables, with_tables
from superbill.rules.book import all_rules

CSV = (
    "claim,patient,dos,dos_to,cpt,mod,units,pos,charge,dx,pointer,npi,payer,setting\n"
    "A,P,2025-10-15,2025-10-15,76380,26,1,22,9,R05,1,7,X,professional\n"
)
SHEET = YAML.replace(
    "- cpt: 71046", "- {cpt: 71046, dos_to: 2025-10-15, pointer: 1, npi: 7, setting: professional, payer: X, units: 1}"
)
SAMPLES = {
    "x12": (X12.replace("20610:RT*", "20610:RT::::in words*"), "x12"),
    "hl7": (HL7, "hl7"),
    "fhir": (FHIR.replace('"quantity": {', '"quantity": {"unit": "units", ', 1), "json"),
    "yaml": (SHEET, "yaml"),
    "delimited": (CSV, "csv"),
}
#: Fields that are read and have no span of their own: they stand outside the record, or say it by its kind.
ELSEWHERE = {"patient", "payer", "setting", "claim", "provider"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_dialect_places_the_fields_that_it_names(name: str) -> None:
    dialect = by_name(name)
    assert dialect is not None
    text, kind = SAMPLES[name]
    analysis = analyse(text, kind)
    assert analysis.dialect is dialect
    placed = {str(one.part.name) for record in analysis.records for one in dialect.parts(record)}
    assert not set(dialect.fields) - placed - ELSEWHERE


def test_every_rule_can_speak_of_some_format() -> None:
    assert not [rule.id for rule in all_rules().values() if not any(speaks(rule, dialect) for dialect in dialects())]


def test_the_page_has_the_tables() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert tables() in page and with_tables(page) == page
