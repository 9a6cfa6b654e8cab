"""Dates (D)."""
