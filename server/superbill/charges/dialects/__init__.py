"""One package or file per format. Adding a dialect touches one of them and the list in `registry`."""
