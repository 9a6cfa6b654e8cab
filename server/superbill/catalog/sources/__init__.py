"""Readers of what CMS publishes, as published: one file per source."""
