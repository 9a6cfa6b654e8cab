"""Why an NCCI edit stands, in our own words: CMS's columns hold phrases from short closed lists.

A phrase is told by a word or two of it, since its spelling changes with the years. What is not known is not guessed.
Sources: NCCI Policy Manual 2026 chapter I, sections A to Q on pairs (pages 3 to 26) and V on units (pages 29 to 34).
"""

from __future__ import annotations

#: What is said of a phrase that is not in the list, and where a file has none.
NONE_GIVEN = "no reason given"

#: Of a pair: words of the phrase, and what it means for the code of column 2. The first that fits counts.
_PAIRS = (
    ("misuse", "not meant to be billed beside it"),
    ("coding instruction", "an instruction of CPT or CMS"),
    ("standards of medical", "part of the usual work"),
    ("preparation", "part of giving anesthesia"),
    ("anesthesia service included", "anesthesia by the operating physician"),
    ("separate procedure", "counts only when done on its own"),
    ("more extensive", "the lesser form of the same work"),
    ("mutually exclusive", "the one rules out the other"),
    ("sequential", "a first try at what the other completed"),
    ("code definition", "the other code's definition holds it"),
    ("panel", "part of a laboratory panel"),
    ("gender", "for another sex"),
    ("sex", "for another sex"),
)
#: Of a unit limit, likewise.
_UNITS = (
    ("contractor policy", "policy of a contractor"),
    ("compounded", "rule on compounded drugs"),
    ("cms policy", "CMS policy"),
    ("descriptor", "what the code says of itself"),
    ("anatomic", "anatomy"),
    ("analyte", "nature of what is measured"),
    ("equipment", "nature of the equipment"),
    ("nature of", "nature of the service"),
    ("prescribing", "dose in the prescribing information"),
    ("discontinued", "drug no longer made"),
    ("oral", "oral drug, not payable here"),
    ("workgroup", "clinical judgment at CMS"),
    ("society", "comment of a medical society"),
    ("data", "claims data"),
)


def of_pair(phrase: str) -> str:
    """Why the code of column 2 is denied beside that of column 1."""
    return _found(phrase, _PAIRS)


def of_limit(phrase: str) -> str:
    """Where a unit limit comes from."""
    return _found(phrase, _UNITS)


def _found(phrase: str, known: tuple[tuple[str, str], ...]) -> str:
    lower = phrase.lower()
    return next((meaning for words, meaning in known if words in lower), NONE_GIVEN)
