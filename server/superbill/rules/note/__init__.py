"""Documentation drafts (N)."""
