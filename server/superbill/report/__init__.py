"""Findings as reports: text and JSON."""
