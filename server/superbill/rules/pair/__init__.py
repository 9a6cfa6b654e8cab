"""Modifier against modifier on one line (X)."""
