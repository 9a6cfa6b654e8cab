"""FHIR R4 and R5: claims, explanations of benefit and charge items, alone, in Bundles, or a line each (NDJSON)."""

from superbill.charges.dialects.fhir.dialect import FHIR

__all__ = ["FHIR"]
