"""What users bring themselves: briefs, descriptors under their licence, a team's own codes. Kept apart from what ships."""
