"""The language server: one file per method, one route table. The only package that imports pygls or lsprotocol."""
