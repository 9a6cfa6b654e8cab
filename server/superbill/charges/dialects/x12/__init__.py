"""X12 837 claims: professional and institutional, 4010 and 5010."""

from superbill.charges.dialects.x12.dialect import X12

__all__ = ["X12"]
