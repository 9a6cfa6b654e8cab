"""Charge sheets in YAML, and in JSON of the same shape: a list of lines, or of claims with lines."""

from superbill.charges.dialects.sheet.dialect import Sheet

__all__ = ["Sheet"]
