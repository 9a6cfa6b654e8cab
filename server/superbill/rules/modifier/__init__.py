"""Modifiers and their dates (M)."""
