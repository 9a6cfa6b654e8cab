"""Findings as reports: text, JSON, SARIF, JUnit, workflow commands of GitHub, CSV."""
