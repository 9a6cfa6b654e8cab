"""Units (U)."""
