"""Measurements: `python -m tests.bench` from the root of the checkout. Plain scripts, no framework."""
