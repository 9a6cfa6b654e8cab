"""What a document itself calls unavailable: found, taken out of its text, and named."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"(A-Z0-9])")
_ABSENT = r"(?:not (?:currently |yet |explicitly )?(?:available|provided|specified|included|supplied|given|found|present|known|listed|stated)|unavailable|unknown|missing)"
_DATA = r"(?:data|information|details?|specifics|values?)"
#: "Data not available in the input for payers and taxonomies."
_SAID = re.compile(
    rf"^\W*(?:(?:the )?(?:\w+ ){{0,2}}?{_DATA}\b.{{0,60}}?\b{_ABSENT}\b|no (?:\w+ )?{_DATA}\b.{{0,60}}?\b(?:available|provided|given|supplied|found|listed)\b)",
    re.I,
)
#: "Payer rates are not available in the input."
_INPUT = re.compile(
    rf"\b{_ABSENT}\b.{{0,20}}\b(?:in|from|by|within) (?:the |this )?(?:input|source|provided|supplied|data|document|material)",
    re.I,
)
#: "ICD-10 diagnoses are not available."
_SHORT = re.compile(rf"^\W*(?P<what>[^,;:]{{3,60}}?)\s+(?:is|are|was|were|:|-|–|—)\s*{_ABSENT}\W*$", re.I)
_SUBJECTS = re.compile(r"\b(?:for|regarding|about|concerning|on|of)\s+(?P<what>[^.;]+)", re.I)
_BEFORE = re.compile(rf"^\W*(?P<what>.+?)\s+(?:is|are|was|were)\s+{_ABSENT}\b", re.I)
_EMPTY = re.compile(
    rf"^\W*(?:n/?a|none(?: (?:provided|given|listed|available|specified))?|tbd|tba|to be determined|pending|{_ABSENT}|{_DATA} {_ABSENT}.*|no {_DATA}.*|)\W*$",
    re.I,
)
_LIST = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*;\s*")


def is_empty(text: str) -> bool:
    """Whether a field's value says that there is none: empty, `N/A`, `Data not available in the input`."""
    return len(text) < 160 and _EMPTY.match(text.strip()) is not None


def take_out(text: str, *, narrative: bool = False) -> tuple[str, list[str], bool]:
    """A text without the sentences that call something unavailable; what they name; and whether there were any.

    `narrative` is for a clinical story, in which something unavailable to the people in it is no gap of the document.
    """
    kept: list[str] = []
    named: list[str] = []
    found = False
    for paragraph in text.split("\n"):
        left = []
        for sentence in _SENTENCE.split(paragraph):
            if _INPUT.search(sentence) or _SAID.match(sentence) or (not narrative and _SHORT.match(sentence)):
                found = True
                named += _subjects(sentence)
            else:
                left.append(sentence)
        if left or not paragraph:
            kept.append(" ".join(left))
    return "\n".join(kept).strip(), list(dict.fromkeys(named)), found


def _subjects(sentence: str) -> list[str]:
    said = re.sub(
        r"\b(?:in|from|within|by) (?:the |this )?(?:input|source|document|material)\b", "", sentence, flags=re.I
    )
    match = (_BEFORE.match(said) if not _SAID.match(said) else None) or _SUBJECTS.search(said)
    if match is None:
        return []
    found = []
    for part in _LIST.split(match.group("what")):
        subject = re.sub(r"^(?:the|any|associated|specific)\s+|[\s.:;]+$", "", part.strip(), flags=re.I).strip(" .")
        if 1 < len(subject) <= 80:
            found.append(subject)
    return found
