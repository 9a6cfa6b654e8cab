"""HL7 v2 messages with charges: DFT, and FT1 wherever it stands."""

from superbill.charges.dialects.hl7.dialect import HL7

__all__ = ["HL7"]
