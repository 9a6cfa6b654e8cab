"""The protocol's classes, loaded without what prints them."""

from __future__ import annotations

import sys
from functools import partial

import attrs


def load() -> None:
    """Import `lsprotocol.types`, if that is still to be done, without the methods that print its classes.

    There are more than five hundred classes, and making those methods takes a third of the import, which is most of the
    time that a server takes to start. Nor can one be printed by accident with the text that it carries.
    """
    if "lsprotocol.types" in sys.modules:
        return
    define = attrs.define
    attrs.define = partial(define, repr=False)
    try:
        import lsprotocol.types  # noqa: F401
    finally:
        attrs.define = define
