"""Which dialect a document is in. By content first; the name and the editor's language only settle what is unclear."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module

from superbill.charges.dialect import HEAD_LINES, HEAD_SIZE, Dialect, Hints

#: All dialects, by the module in `dialects` and the class in it; the first of two that are equally sure wins. Each is
#: imported when first asked: a command that reads an 837 needs none of the others.
_CLASSES = (
    ("x12", "X12"), ("hl7", "HL7"), ("fhir", "FHIR"), ("sheet", "Sheet"), ("delimited", "Delimited"), ("prose", "Prose"),
)  # fmt: skip

_LEAST = 0.3


@lru_cache(maxsize=len(_CLASSES))
def _load(module: str, name: str) -> Dialect:
    found: Dialect = getattr(import_module(f"superbill.charges.dialects.{module}"), name)()
    return found


def dialects() -> tuple[Dialect, ...]:
    """All dialects, in the order in which they are asked."""
    return tuple(_load(*one) for one in _CLASSES)


def recognise(lines: Sequence[str], hints: Hints) -> Dialect | None:
    """The dialect that reads a document, or None when it holds no charges that any dialect can tell.

    Looks at the head of the document only, and of a line at no more than the head may hold.
    """
    head = [line[:HEAD_SIZE] for line in lines[:HEAD_LINES]]
    best: Dialect | None = None
    sureness = _LEAST
    for one in _CLASSES:
        dialect = _load(*one)
        found = dialect.recognise(head, hints)
        if found > sureness:
            best, sureness = dialect, found
            if sureness >= 1.0:
                break  # none can be surer, and in a file of one line every keystroke asks
    return best


def by_name(name: str) -> Dialect | None:
    """The dialect of that name."""
    return next((dialect for one in _CLASSES if (dialect := _load(*one)).name == name), None)
