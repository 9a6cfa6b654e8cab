"""What the command ends with, and the errors that a user can mend."""

from __future__ import annotations

CLEAN, FOUND, FAILED = 0, 1, 2


class Failure(Exception):
    """Something that the user can mend; the text says what and how."""
