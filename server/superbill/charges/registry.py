"""Which dialect a document is in. By content first; the name and the editor's language only settle what is unclear."""

from __future__ import annotations

from collections.abc import Sequence

from superbill.charges.dialect import HEAD_LINES, HEAD_SIZE, Dialect, Hints
from superbill.charges.dialects.delimited import Delimited
from superbill.charges.dialects.fhir import FHIR
from superbill.charges.dialects.hl7 import HL7
from superbill.charges.dialects.prose import Prose
from superbill.charges.dialects.sheet import Sheet
from superbill.charges.dialects.x12 import X12

#: All dialects; the first of two that are equally sure wins.
DIALECTS: tuple[Dialect, ...] = (X12(), HL7(), FHIR(), Sheet(), Delimited(), Prose())

_LEAST = 0.3


def recognise(lines: Sequence[str], hints: Hints) -> Dialect | None:
    """The dialect that reads a document, or None when it holds no charges that any dialect can tell.

    Looks at the head of the document only, and of a line at no more than the head may hold.
    """
    head = [line[:HEAD_SIZE] for line in lines[:HEAD_LINES]]
    best: Dialect | None = None
    sureness = _LEAST
    for dialect in DIALECTS:
        found = dialect.recognise(head, hints)
        if found > sureness:
            best, sureness = dialect, found
            if sureness >= 1.0:
                break  # none can be surer, and in a file of one line every keystroke asks
    return best


def by_name(name: str) -> Dialect | None:
    """The dialect of that name."""
    return next((dialect for dialect in DIALECTS if dialect.name == name), None)
