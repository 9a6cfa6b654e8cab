"""The rules: one file each, in group folders. A rule sees service lines, claims, notes and the catalog, never a format."""
