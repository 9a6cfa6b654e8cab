"""Documents, edits, lines and position encodings. Knows nothing of charges, catalogs or protocols."""
