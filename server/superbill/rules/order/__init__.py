"""Order of modifiers (O)."""
