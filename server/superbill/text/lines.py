"""Where lines end.

The Language Server Protocol knows three line ends: `\\n`, `\\r\\n` and `\\r`. Python's `str.splitlines` knows ten, among
them the control characters that X12 files use as separators, so it must never be used on a document.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def split_lines(text: str) -> list[str]:
    """Cut `text` into lines that keep their ends; the last one has none and may be empty.

    The result is never empty, and joining it gives `text` back.
    """
    lines = text.split("\n") if "\r" not in text else None
    if lines is not None:  # the common case, in C
        last = lines.pop()
        result = [line + "\n" for line in lines]
        result.append(last)
        return result
    result = _LINE.findall(text)
    if not result or result[-1][-1] in "\r\n":
        result.append("")
    return result


def body_length(line: str) -> int:
    """Length of a line in code points without its line end."""
    if line.endswith("\r\n"):
        return len(line) - 2
    if line.endswith(("\n", "\r")):
        return len(line) - 1
    return len(line)
