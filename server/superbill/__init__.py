"""Superbill: a language server for medical charge coding."""

__version__ = "0.1.0"
