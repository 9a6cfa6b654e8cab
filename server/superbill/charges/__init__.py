"""Charges as they stand in a document: service lines, claims, mentions; and the dialects that read them.

Knows the text, nothing of the catalog or of rules.
"""
