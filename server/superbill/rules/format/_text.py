"""What the format rules share: what counts as nothing written, and how a value is shown in a message."""

from __future__ import annotations

from superbill.charges import values
from superbill.charges.model import ServiceLine

#: What programs and people write where there is no value.
_NOTHING = frozenset(
    (
        "",
        "null",
        "(null)",
        "<null>",
        "none",
        "nan",
        "nil",
        "n/a",
        "#n/a",
        "\\n",
        "-",
        "--",
        "---",
        ".",
        "\u2013",
    )
)
_LONGEST = 24


def is_nothing(text: str | None) -> bool:
    """Whether a field is empty, or holds a word that says so (NULL, n/a, a dash)."""
    return not text or (len(text) < 40 and values.clean(text).lower() in _NOTHING) or not values.clean(text)


def bills(line: ServiceLine) -> bool:
    """Whether something stands where the code belongs. Rows without it (totals) are not judged."""
    return bool(line.code) or not is_nothing(line.written.code)


def shown(text: str) -> str:
    """A value as a message quotes it: in quotes, cut when long, characters that cannot be seen as `?`."""
    value = values.clean(text)
    if len(value) > _LONGEST:
        value = value[: _LONGEST - 3] + "..."
    return '"' + "".join(char if char.isprintable() else "?" for char in value) + '"'
