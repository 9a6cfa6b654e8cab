"""Incremental analysis: a document and its findings, kept in step; and what stands under a cursor."""
