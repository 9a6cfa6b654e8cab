"""Codes and their dates (C)."""
