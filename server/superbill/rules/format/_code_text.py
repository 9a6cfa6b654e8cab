"""Name what is wrong with a text where a code or a modifier belongs: one kind for each text, the most
specific.

The rules of this group each ask for their own kind, so that one bad value gives one finding.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from superbill.charges import values
from superbill.charges.model import ServiceLine
from superbill.rules.format._text import is_nothing
from superbill.rules.knowledge import Knowledge

#: Each kind has its rule: of a code F101 to F111, F113, F114 and F146, of a modifier F120 to F123 and F128.
#: Of the damage that spreadsheets do, the same rules speak for both.
Kind = Literal[
    "length", "shape", "lowercase", "blanks", "modifiers", "decimal", "zeros", "scientific", "look-alike",
    "list", "other", "range", "local", "calendar", "punctuation", "joined", "code",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a text. `code` and `modifiers` are what it must mean, where that can be told."""

    kind: Kind
    code: str = ""
    modifiers: tuple[str, ...] = ()
    what: str = ""


_CODE = values.CODE.pattern
_CODES = re.compile(rf"(?<![0-9A-Z]){_CODE}(?![0-9A-Z])")
_BEGINS = re.compile(rf"({_CODE})(.*)", re.DOTALL)
_PIECES = re.compile(r"[\s,;/|&+]+|\bAND\b")
_UNSEEN = re.compile("[\\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]+")
_LABEL = re.compile(r"^(?:(?:CPT|HCPCS|HC|CODE|PROCEDURE|PROC)(?![A-Z])[\W_]*)+")
_MARKS = "'\"`=#*()[]{}<>.,:;_-\u2013\u2014\u2018\u2019\u201c\u201d\u2020\xae\u2122 "
_RANGE = re.compile(rf"({_CODE})\s*(?:-|\u2013|\u2014|\.{{2,3}}|TO|THRU|THROUGH)\s*({_CODE})")
_SHORT_RANGE = re.compile(rf"{_CODE}\s*[-\u2013\u2014]\s*(?:0[0-9]|[0-9]|[0-9]{{3,4}})")
_WILD = re.compile(r"(?=.{5}$)[A-V]?[0-9]{1,4}X{1,4}|(?=.*[0-9])[0-9A-Z]{1,4}[*?#%]+")
_DECIMAL = re.compile(r"([0-9]{1,5})\.0+")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]{1,3}")
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_CALENDAR = re.compile(rf"(?:[0-9]{{1,2}}[-\s])?(?:{_MONTHS})[-\s][0-9]{{1,4}}|[0-9]{{1,2}}[-\s](?:{_MONTHS})")
_MONTH = re.compile(_MONTHS)
_ZEROS = re.compile(r"[1-9][0-9]{2}|1[0-9]{3}|[0-9]{1,3}[FTUMA]")
_LOCAL = re.compile(r"[WXYZ][0-9]{4}")
_TIMES = re.compile(r"X[0-9]")
_CHUNK = re.compile(r"[0-9A-Z]+")
_LOOKS = {"O": "0", "o": "0", "I": "1", "i": "1", "l": "1", "|": "1", "S": "5", "s": "5", "B": "8", "b": "8"}
_NDC = re.compile(r"(?:N4)?[0-9]{11}|[0-9]{5}-[0-9]{3,4}-[0-9]{1,2}|[0-9]{4}-[0-9]{4}-[0-9]{2}")
_OTHER: tuple[tuple[re.Pattern[str], str], ...] = (
    (_NDC, "a drug number (NDC)"),
    (re.compile(r"[0-9]{10}"), "a drug number (NDC) or a provider number (NPI)"),
    (re.compile(r"0[0-9]{3}"), "a revenue code"),
    (re.compile(r"(?:MS-?)?DRG\W*[0-9]{3}"), "a DRG"),
    (re.compile(r"[$\u20ac\xa3]\s*[0-9][0-9.,]*|[0-9]+[.,][0-9]{2}"), "an amount of money"),
    (re.compile(r"[A-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}"), "an ICD-10 diagnosis code"),
    (
        re.compile(r"[A-Z][0-9][0-9A-Z]|[FINOW-Z][0-9][0-9A-Z]{2,3}|[A-Z][0-9][0-9A-Z]{4,5}"),
        "an ICD-10 diagnosis code",
    ),
    (re.compile(r"(?=.*[A-Z])[0-9BCDFGHX][0-9A-HJ-NP-Z]{6}"), "an ICD-10 procedure code of hospitals (PCS)"),
    (re.compile(r"[0-9]{6,9}|[0-9]{12,20}"), "an item number, as charge masters have them"),
)
_DIAGNOSIS = "an ICD-10 diagnosis code"
#: In a modifier field: a code, or a diagnosis with its dot.
_MISPLACED = re.compile(r"[A-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}|[A-Z][0-9][0-9A-Z]{2,5}")
_LONG = 60


# -- codes ---------------------------------------------------------------------------------------------------


def code_flaw(line: ServiceLine, know: Knowledge) -> Flaw | None:
    """What is wrong with the text in a line's code field; None when nothing is, or nothing stands there."""
    text = line.written.code
    if text is None or text == line.code or text.strip().upper() in know.catalog.team.codes:
        return None
    flaw = _judge_code(text, know.modifier_codes)
    if flaw is None or (flaw.what == "around" and _padded(line)):
        return None
    value = values.clean(text).upper()
    if flaw.kind == "length" and len(value) == 2 and any(_slot_holds_code(line, know)):
        return None  # code and modifier changed places, and that is said of the modifier field
    if not line.code and value.replace(".", "") in {other.upper().replace(".", "") for other in line.diagnoses}:
        return Flaw("other", what="one of the line's own diagnosis codes")
    if flaw.kind == "look-alike" and value[0] in "IO" and value[1:].isdigit() and not known_code(flaw.code, know):
        return Flaw("other", what=_DIAGNOSIS)
    return flaw


def known_code(code: str, know: Knowledge) -> bool:
    """Whether the catalog has met a code at all."""
    return (
        know.plain_row(code) is not None
        or know.hcpcs(code) is not None
        or know.procedure(code) is not None
        or know.is_anesthesia(code)
    )


def _padded(line: ServiceLine) -> bool:
    """Whether blanks stand around other values of the line too: then the file is aligned with blanks."""
    written = line.written
    fields = (written.units, written.date, written.place, written.charge, *written.modifiers)
    return any(field != field.strip(" ") for field in fields if field)


@lru_cache(maxsize=8192)
def _judge_code(text: str, known: frozenset[str]) -> Flaw | None:
    if is_nothing(text) or text.strip().upper() in ("NA", "#NA"):
        return None
    value = values.clean(text)
    if len(value) > _LONG:
        return Flaw("length")
    upper = value.upper()
    if values.has_code_shape(upper):
        if value != upper:
            return Flaw("lowercase", upper)
        return Flaw("blanks", upper, what="around" if text.strip(" ") == upper else "hidden")
    tight = _UNSEEN.sub("", upper)
    if values.has_code_shape(tight):
        return Flaw("blanks", tight, what="inside")
    folded = unicodedata.normalize("NFKC", tight)
    if values.has_code_shape(folded):
        return Flaw("look-alike", folded)
    bare = _LABEL.sub("", upper).strip(_MARKS)
    if values.has_code_shape(bare):
        return Flaw("length", bare, what="marks")
    bare = _LABEL.sub("", upper).strip("'\"`= ")
    return (
        _several(bare)
        or _damaged(bare)
        or _with_modifiers(bare, known)
        or _five(value, bare)
        or _other(bare)
        or _with_words(bare)
        or Flaw("shape" if len(bare) == 5 and bare.isalnum() else "length")
    )


def _several(bare: str) -> Flaw | None:
    """A range, a wildcard, a list."""
    found = _RANGE.fullmatch(bare)
    if found:
        first, last = found.groups()
        rising = first < last and first[0].isalpha() == last[0].isalpha() and first[4:].isdigit() == last[4:].isdigit()
        return Flaw("range" if rising else "list")
    if _SHORT_RANGE.fullmatch(bare) or _WILD.fullmatch(bare):
        return Flaw("range")
    codes = [piece for piece in _PIECES.split(bare) if _CODES.match(piece)]
    return Flaw("list", what=" ".join(codes)) if len(codes) > 1 else None


def _damaged(bare: str) -> Flaw | None:
    """What spreadsheets make of codes."""
    found = _DECIMAL.fullmatch(bare)
    if found:
        number = found.group(1)
        if len(number) == 5:
            return Flaw("decimal", number)
        return Flaw("decimal", number.zfill(5), what="zeros") if _ZEROS.fullmatch(number) else Flaw("decimal")
    if _SCIENTIFIC.fullmatch(bare):
        return Flaw("scientific")
    if _CALENDAR.fullmatch(bare):
        return Flaw("calendar")
    if values.day(bare) is not None:
        return Flaw("other", what="a date")
    return Flaw("zeros", bare.zfill(5)) if _ZEROS.fullmatch(bare) else None


def _with_modifiers(bare: str, known: frozenset[str]) -> Flaw | None:
    """A code with its modifiers in one field, separated or glued. Glued ones must be modifiers that exist."""
    found = _BEGINS.fullmatch(bare)
    if not found:
        return None
    code, rest = found.groups()
    modifiers: list[str] = []
    end = 0
    for chunk in _CHUNK.finditer(rest):
        mark = rest[end : chunk.start()]
        end = chunk.end()
        pieces = [chunk.group()[at : at + 2] for at in range(0, len(chunk.group()), 2)]
        sure = len(pieces) == 1 and bool(mark.strip()) and mark.strip() != "."
        if not sure and mark and _TIMES.fullmatch(chunk.group()):
            return None  # "99213 x2" counts, it does not modify
        if len(pieces[-1]) != 2 or not (sure or all(piece in known for piece in pieces)):
            return None
        modifiers += pieces
    if not modifiers or any(char.isalnum() for char in rest[end:]):
        return None
    return Flaw("modifiers", code, tuple(dict.fromkeys(modifiers)), what="glued" if rest[0].isalnum() else "")


def _five(value: str, bare: str) -> Flaw | None:
    """Five characters that are no code, but nearly."""
    if len(bare) != 5:
        return None
    if _LOCAL.fullmatch(bare):
        return Flaw("local")
    text = value if len(value) == 5 else bare
    if sum(char.isdigit() for char in text) < 3:
        return None
    choices = [(char.upper(), _LOOKS[char]) if char in _LOOKS else (char.upper(),) for char in text]
    found: dict[str, int] = {}
    for letters in product(*choices):
        candidate = "".join(letters)
        if values.has_code_shape(candidate):
            found[candidate] = sum(a != b for a, b in zip(candidate, text.upper(), strict=True))
    least = [candidate for candidate, count in found.items() if count == min(found.values())]
    return Flaw("look-alike", least[0]) if len(least) == 1 else None


def _other(bare: str) -> Flaw | None:
    for pattern, what in _OTHER:
        if pattern.fullmatch(bare):
            return Flaw("other", what=what)
    return None


def _with_words(bare: str) -> Flaw | None:
    """One code among words: the description was exported into the same field."""
    codes = _CODES.findall(bare)
    return Flaw("length", codes[0], what="words") if len(codes) == 1 else None


# -- modifiers -----------------------------------------------------------------------------------------------


def slot_flaws(line: ServiceLine, know: Knowledge) -> list[tuple[int, Flaw]]:
    """What is wrong with the texts in a line's modifier slots: (slot, flaw)."""
    written = line.written.modifiers
    if written == line.modifiers or not written:
        return []
    billed = bool(line.code) or not is_nothing(line.written.code)
    found: list[tuple[int, Flaw]] = []
    dropped: set[int] = set()
    for slot, text in enumerate(written):
        flaw = _judge_modifier(text, know.modifier_codes)
        if flaw is None or slot in dropped or not (billed or flaw.kind == "code"):
            continue
        if flaw.kind == "length":
            following = written[slot + 1].upper() if slot + 1 < len(written) else ""
            if text.upper() in ("N", "#N") and following == "A":
                dropped.add(slot + 1)  # "N/A", cut at its stroke
                continue
            if text.isdigit() and _MONTH.fullmatch(following):
                continue  # "1-May", cut at its dash; the month is spoken of
            if _MONTH.fullmatch(text.upper()) and _beside_day(written, slot):
                flaw = Flaw("calendar")
        elif flaw.kind == "lowercase" and flaw.modifiers[0] in line.modifiers[:slot]:
            continue  # the same modifier again; that is said instead
        found.append((slot, flaw))
    return found


def _beside_day(written: tuple[str, ...], slot: int) -> bool:
    return any(text.isdigit() for text in written[max(slot - 1, 0) : slot + 2])


def _slot_holds_code(line: ServiceLine, know: Knowledge) -> list[bool]:
    return [flaw.kind == "code" and bool(flaw.code) for _, flaw in slot_flaws(line, know)]


@lru_cache(maxsize=8192)
def _judge_modifier(text: str, known: frozenset[str]) -> Flaw | None:
    if is_nothing(text):
        return None
    value = values.clean(text)
    if len(value) > _LONG:
        return Flaw("length")
    upper = value.upper()
    if values.modifier(value):
        return None if value == upper else Flaw("lowercase", modifiers=(upper,))
    chunks = [upper[found.start() : found.end()] for found in _CHUNK.finditer(upper)] if upper.isascii() else []
    if len(chunks) == 1 and len(chunks[0]) == 2:
        return Flaw("punctuation", modifiers=(chunks[0],))
    found = _DECIMAL.fullmatch(upper)
    if found:
        return Flaw("decimal", modifiers=(found.group(1),) if len(found.group(1)) == 2 else ())
    if _SCIENTIFIC.fullmatch(upper):
        return Flaw("scientific")
    if _CALENDAR.fullmatch(upper):
        return Flaw("calendar")
    begins = _BEGINS.fullmatch(upper)
    if begins and (not begins.group(2) or not begins.group(2)[0].isalnum()):
        return Flaw("code", begins.group(1), what="a procedure code")
    pieces = [chunk[at : at + 2] for chunk in chunks for at in range(0, len(chunk), 2)]
    joined = len(pieces) > 1 and all(len(piece) == 2 for piece in pieces)
    if joined and (len(pieces) == len(chunks) or all(piece in known for piece in pieces)):
        return Flaw("joined", modifiers=tuple(dict.fromkeys(pieces)))
    if _MISPLACED.fullmatch(upper):
        return Flaw("code", what="a diagnosis code")
    return Flaw("length")
