"""Clinical notes, coding briefs and other text: codes and modifiers as people cite them."""

from superbill.charges.dialects.prose.dialect import Prose

__all__ = ["Prose"]
