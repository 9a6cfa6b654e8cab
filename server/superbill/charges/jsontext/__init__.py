"""JSON with places, for the dialects that are written in it: FHIR and charge sheets."""
