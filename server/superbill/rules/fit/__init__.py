"""Modifier against code (K)."""
