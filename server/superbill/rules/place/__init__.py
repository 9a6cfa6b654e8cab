"""Place of service (P)."""
