"""Which section of a brief a heading opens, whatever words a publisher chose for it."""

from __future__ import annotations

import re
from functools import lru_cache

from superbill.catalog.shapes import CODE

#: Sections by the words that head them. Words are compared without case, punctuation, code numbers and plural ends.
_WORDS: dict[str, str] = {
    "summary": "summary; summary and overview; executive summary; abstract; at a glance; in brief; key points; key takeaways; "
    "highlights; quick summary; tl dr",
    "overview": "billing code overview; cpt code overview; hcpcs code overview; procedure code overview; code overview; "
    "overview; code description; code definition; description; definition; about this code; about the code; what this code covers; what it is; "
    "code details; procedure overview; procedure description; service description",
    "service": "service type; type of service; kind of service; service category; service; procedure type",
    "sites": "typical site of service; site of service; typical site; place of service; typical place of service; where performed; where; setting; "
    "care setting; typical setting; site; location of service",
    "context": "clinical context; clinical scenario; clinical example; clinical vignette; vignette; case; case example; a case; "
    "patient scenario; example; scenario; use case; clinical background; clinical use; clinical application; clinical indication",
    "modifiers": "coding specification; modifier; common modifier; modifier guidance; modifier usage; modifier use; modifier table; "
    "applicable modifier; allowed modifier; billing modifier; coding and modifier; modifier and usage; modifier reference; relevant modifier; modifier specification",
    "never": "modifier not allowed; modifier that do not apply; modifier to avoid; inappropriate modifier; modifier not applicable; "
    "invalid modifier; never; modifier never used; do not append",
    "documentation": "documentation; documentation requirement; required documentation; what to document; documentation tip; "
    "documentation need; the note must state; note must state; documentation checklist; medical record requirement; what must be documented; "
    "documentation guidance; documentation guideline; documentation and report; record requirement",
    "related": "related code; related cpt code; similar code; associated code; see also; alternative code; code comparison; tell apart; "
    "adjacent code; code family; related procedure; related service; related procedure code; comparable code; nearby code",
    "conflicts": "ncci edit; bundling; bundled code; not with; conflict; conflicting code; do not report with; code pair; "
    "mutually exclusive code; not together; bundling consideration; ncci bundling; bundling edit; bundling and edit; not reported with; ptp edit; "
    "exclusion; code conflict; bundling rule",
    "payers": "payer; payer note; payer policy; payer consideration; coverage; payer coverage; coverage and payment; coverage policy; reimbursement; "
    "key payer; payer guidance; medical policy; payer rule; payer specific note; payer specific rule; coverage and reimbursement; payer requirement; insurance coverage",
    "diagnoses": "icd 10 diagnosis; icd 10 code; icd 10; diagnosis; diagnosis code; supporting diagnosis; common diagnosis; icd 10 cm; icd 10 cm code; "
    "associated diagnosis; related diagnosis; medical necessity; icd 10 diagnosis code; indication",
    "taxonomies": "associated taxonomy; taxonomy; provider taxonomy; specialty; provider specialty; taxonomy code; rendering specialty; provider",
    "unknown": "data not available; limitation; data limitation; not available; unknown; gap; data gap; not known; not known here; missing information; "
    "data availability; unavailable; what is not known; information not available; not provided",
    "sources": "source; reference; citation; bibliography; source and reference; data source",
    # Headings that only hold others together.
    "group": "clinical and coding specification; specification; detail; coding detail; clinical and coding; clinical information; coding information; "
    "billing and coding; coding guidance; billing guidance; coding and billing; billing information; clinical and coding detail; brief; code brief",
}

_NUMBERING = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+")
_CODE = re.compile(rf"\b{CODE.pattern}\b")
_LABEL = re.compile(r"\b(?:cpt|hcpcs)\b|[®™]|\(r\)|\(tm\)", re.I)
_LONGEST = 64


def _key(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", text.lower().replace("&", " and ")).split()
    return " ".join(_one(word) for word in words)


def _one(word: str) -> str:
    """A word without its plural end; which words are plurals does not matter, as both sides go through here."""
    if word == "diagnoses":
        return "diagnosis"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us")) else word


_KINDS = {_key(words): kind for kind, group in _WORDS.items() for words in group.split(";")}


@lru_cache(maxsize=512)
def kind_of(text: str) -> str:
    """The section that a heading opens (`summary`, `modifiers`, ...); `group` for one that only holds others together, "" for none known."""
    if len(text) > _LONGEST:
        return ""
    bare = _NUMBERING.sub("", text).strip().strip("*_#:").strip()
    for candidate in (bare, _LABEL.sub(" ", _CODE.sub(" ", bare))):
        key = _key(candidate)
        for ending in ("", " for this code", " of this code", " for code", " of", " for"):
            known = _KINDS.get(key.removesuffix(ending)) if ending else _KINDS.get(key)
            if known:
                return known
    return ""
