"""The command line. Imports neither pygls nor lsprotocol unless it serves."""
