"""The file around the charge (E)."""
