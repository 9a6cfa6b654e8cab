"""Format of a field (F)."""
