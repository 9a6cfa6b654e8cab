"""Charge files in rows and columns: comma, tab, pipe or semicolon."""

from superbill.charges.dialects.delimited.dialect import Delimited

__all__ = ["Delimited"]
