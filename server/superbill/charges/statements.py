"""What clinical notes state, by concept: the words that satisfy a documentation rule, and what denies them.

A concept is a name and the phrases that state it. Rules ask for concepts, never for words, and their documentation
lists the phrases, so that a reader can see why a rule spoke or kept silent. A phrase is a regular expression over
lower-case text in which a blank stands for any white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from superbill.charges.model import Statement

#: Headings of a note and the kind of section each opens.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "indication": ("indication", "indications", "clinical indication", "clinical history", "history", "reason for exam",
                   "reason for study", "reason for examination", "clinical information", "hpi", "chief complaint",
                   "history of present illness"),
    "technique": ("technique", "procedure", "protocol", "method", "examination technique", "description of procedure",
                  "procedure in detail", "procedure note", "operation"),
    "comparison": ("comparison", "comparisons", "prior studies", "prior exams"),
    "findings": ("findings", "results", "exam", "physical exam", "physical examination", "3d findings", "3-d findings",
                 "operative findings"),
    "impression": ("impression", "conclusion", "impressions", "opinion", "interpretation", "summary"),
    "assessment": ("assessment", "assessment and plan", "a/p", "plan", "assessment & plan", "medical decision making", "mdm"),
    "attestation": ("attestation", "supervision", "signature", "signed", "electronically signed by"),
    "charges": ("charges", "billing", "codes", "cpt", "cpt codes", "coding", "procedure codes", "superbill", "charge capture",
                "billing codes", "hcpcs", "cpt/hcpcs"),
}  # fmt: skip

_HEADING_KIND = {name: kind for kind, names in SECTIONS.items() for name in names}

#: Concepts and the phrases that state them.
CONCEPTS: Mapping[str, tuple[str, ...]] = {
    # 3-D rendering
    "concurrent-supervision": (
        r"concurrent(?:ly)? (?:\w+ ){0,3}supervis\w+", r"supervis\w+ (?:\w+ ){0,3}concurrent\w*",
        r"(?:under|with) (?:my|physician|the physician'?s|the radiologist'?s|radiologist|direct) (?:\w+ )?supervision",
        r"supervised by (?:me|the (?:radiologist|physician)|dr)", r"i (?:personally )?(?:supervised|directed)",
        r"physician[- ](?:supervised|directed) (?:\w+ ){0,3}(?:post-?processing|processing|rendering|reconstruction\w*)",
        r"(?:radiologist|physician) (?:\w+ ){0,3}(?:supervised|directed|participated in)",
    ),
    "independent-workstation": (
        r"(?:independent|separate|dedicated|stand-?alone|off-?line|third-party) (?:\w+ ){0,3}work ?-?stations?",
        r"(?:terarecon|vitrea|aquarius|syngo\.?via|aw server|advantage workstation|intellispace|visage)",
        r"work ?-?station (?:\w+ ){0,2}(?:independent|separate) (?:of|from)",
    ),
    "render-3d": (
        r"3[- ]?d(?:imensional)?\b", r"three[- ]dimensional", r"volume[- ]render\w*", r"maximum intensity projection\w*",
        r"\bmips?\b", r"shaded[- ]surface\w*", r"surface[- ]render\w*", r"\bssd\b", r"quantitative segmentation",
        r"segmentation", r"surface[- ]shaded\w*", r"\bvrt?\b",
    ),
    "reformat-2d": (
        r"multi-?planar", r"\bmprs?\b", r"(?:coronal|sagittal|oblique)(?: and (?:coronal|sagittal|oblique))? (?:\w+ ){0,2}(?:reformat\w*|reconstruction\w*|images|reformation\w*)",
        r"2[- ]?d reformat\w*", r"reformatted images", r"curved planar",
    ),
    "render-reason": (
        r"3[- ]?d (?:\w+ ){0,5}(?:request\w*|order\w*|needed|required|indicated|for (?:surgical|operative|treatment|pre-?operative|procedural) planning)",
        r"(?:request\w*|order\w*|need(?:ed)?|medical(?:ly)? necess\w+) (?:\w+ ){0,6}(?:3[- ]?d|three[- ]dimensional|volume render\w*)",
        r"(?:surgical|pre-?operative|pre-?procedural|treatment) planning", r"to (?:better )?(?:define|evaluate|assess|clarify|delineate) (?:\w+ ){0,6}(?:anatomy|relationship|extent|fracture|margins?)",
    ),
    "render-findings": (
        r"3[- ]?d (?:\w+ ){0,4}(?:show\w*|demonstrat\w*|confirm\w*|reveal\w*|display\w*|depict\w*|findings|interpretation)",
        r"(?:on|by|from) (?:the )?(?:3[- ]?d|volume[- ]rendered|three[- ]dimensional|mip)",
        r"(?:volume[- ]rendered|three[- ]dimensional|mip|rendered) (?:\w+ ){0,3}(?:images?|views?|reconstructions?) (?:\w+ ){0,2}(?:show\w*|demonstrat\w*|confirm\w*|reveal\w*|depict\w*)",
    ),
    "render-participation": (
        r"(?:region|volume|area) of interest (?:\w+ ){0,3}(?:defined|selected|chosen|designed|designated)",
        r"tissues? (?:\w+ ){0,3}(?:selected|chosen|removed|segmented|displayed)", r"(?:images?|views?) (?:\w+ ){0,4}(?:selected|chosen|archived)",
        r"(?:adjusted|monitored|modified) (?:\w+ ){0,4}(?:rendering|3[- ]?d|work product|reconstruction\w*)",
    ),
    "render-map": (r"(?:3[- ]?d|three[- ]dimensional) (?:\w+ ){0,4}map\w*", r"(?:biopsy|needle|core) (?:\w+ ){0,3}(?:map\w*|sites? (?:\w+ ){0,2}mapped)"),
    # the study itself
    "modality-ct": (r"\bct\b", r"computed tomograph\w*", r"\bcat scan", r"\bcta\b", r"\bcone[- ]beam"),
    "modality-mr": (r"\bmri?\b", r"magnetic resonance", r"\bmra\b", r"\bmrcp\b"),
    "modality-us": (r"ultraso\w+", r"\bus\b(?=[ ](?:of|exam|imag))", r"sonogra\w+", r"echocardiogra\w+"),
    "angiography": (r"\bct angiogra\w+", r"\bcta\b", r"\bmr angiogra\w+", r"\bmra\b", r"magnetic resonance angiogra\w+"),
    "nuclear": (r"\bpet\b", r"\bspect\b", r"scintigra\w+", r"nuclear medicine", r"radionuclide"),
    "guidance": (r"(?:ct|ultrasound|us|fluoro\w*|image)[- ]guid\w+", r"under (?:ct|ultrasound|fluoroscopic|image) guidance", r"needle placement", r"biops\w+"),
    "limited-scope": (
        r"limited", r"locali[sz]ed", r"targeted", r"focused", r"(?:restricted|confined|only) (?:\w+ ){0,3}(?:to|through) the",
        r"(?:single|one) (?:area|region|level|slice|lesion|nodule|collection)", r"area of (?:concern|interest) only",
    ),
    "complete-scope": (
        r"complete (?:ct|scan|study|exam\w*)", r"entire (?:chest|abdomen|pelvis|head|neck|brain|spine)",
        r"(?:chest|abdomen),? (?:abdomen,? )?and pelvis", r"from the (?:lung|diaphragm|dome|thoracic inlet|skull|vertex) (?:\w+ ){0,4}(?:through|to) the",
    ),
    "reimaging-reason": (
        r"(?:follow[- ]?up|re-?evaluat\w+|reassess\w*|re-?image|recheck|surveillance|interval) ", r"(?:evaluat\w+|assess\w*|rule out|r/o|exclude|concern\w* for|suspected|question of|to determine)",
    ),
    "follow-up": (r"follow[- ]?up", r"\bf/u\b", r"subsequent (?:ct|scan|study)", r"surveillance"),
    "comparison": (r"compar(?:ed|ison)\w* (?:to|with|is made|:|was made)", r"prior (?:ct|scan|study|exam\w*|mri?)", r"since (?:the )?(?:prior|previous)", r"previous (?:ct|scan|study|exam)"),
    "post-procedure": (
        r"(?:immediately |status )?(?:after|post|following)[- ](?:the )?(?:\w+ ){0,2}(?:biopsy|ablation|drain\w*|placement|procedure|embolization|cryoablation)",
        r"post-?(?:procedure|procedural|biopsy|ablation|drainage|placement)", r"(?:catheter|drain|probe|needle|tip) position",
        r"completeness of (?:the )?(?:ablation|drainage|resection)",
    ),
    "report-findings": (r"findings?\b", r"there is (?:no|a|an)\b", r"\bno evidence of", r"\bunremarkable", r"\bnormal\b", r"visuali[sz]ed"),
    "report-impression": (r"impression", r"conclusion", r"interpretation"),
    "signature": (r"(?:electronically )?signed (?:by|on)", r"dictated by", r"attending:?", r"\bm\.?d\.?\b", r"\bd\.?o\.?\b(?=[ ]*$|,)", r"radiologist:"),
    # visits and surgery
    "separate-visit": (
        r"significant(?:ly)?,? (?:and )?separate\w*", r"separately identifiable", r"separate (?:from|and distinct|problem|evaluation|issue|complaint)",
        r"(?:in addition|unrelated) to (?:the |today'?s )?procedure", r"(?:also|additionally|separately) (?:\w+ ){0,3}(?:address\w*|evaluat\w*|discuss\w*|manag\w*|review\w*|complain\w*)",
        r"(?:hypertension|diabetes|copd|asthma|heart failure|depression|anxiety|hyperlipidemia|hypothyroid\w*|infection)",
    ),
    "distinct-service": (
        r"separate (?:site|lesion|incision|excision|session|encounter|organ|injury|area|specimen|structure|compartment|nodule|joint|level)s?",
        r"different (?:site|session|encounter|lesion|organ|practitioner|provider|time|side|specimen)s?",
        r"(?:second|another|separate|later) (?:encounter|session|visit|trip|time)", r"(?:contralateral|opposite) ", r"returned (?:to|later|for)",
        r"(?:left|right) (?:\w+ ){0,8}(?:whereas|while|and) (?:the )?(?:left|right)", r"non-?contiguous",
        r"at \d{1,2}:\d{2} (?:\w+ ){0,12}at \d{1,2}:\d{2}",
    ),
}  # fmt: skip

_SIDES = re.compile(r"\b(left|right|bilateral(?:ly)?|both)\b")
_MINUTES = re.compile(
    r"(?:(?:total|spent|time)\D{0,40}?(\d{1,3})\s*(?:-|to)?\s*(?:min\b|mins\b|minutes?\b))|(?:(\d{1,3})\s*(?:min\b|mins\b|minutes?\b)\D{0,60}?(?:total|spent|time))"
)
_PLACEHOLDER = re.compile(r"\[[^\]\n]{0,200}\]")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_TEMPLATE = re.compile(r"^\W*(?:if\b|template|state whether|document whether|please (?:state|document)|e\.?g\.?\b)")
_DENIED_BEFORE = re.compile(r"\b(?:no|not|without|never|denies|deferred|nor|neither|cannot|unable to|lack of|absence of)\b(?:\W+\w+){0,5}\W*$")
_DENIED_AFTER = re.compile(r"^(?:\W+\w+){0,3}?\W+(?:(?:was|were|is|are|has|have|had|did)(?: been)? not\b|wasn'?t|weren'?t|not (?:used|required|performed|needed|available|obtained|done|indicated|applicable)|deferred|n/a\b|none\b|unavailable)")

_BLANK = re.compile(r"(\[[^\]]*\])| ")


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for all phrases; blanks outside character classes match any white space."""
    spaced = (_BLANK.sub(lambda match: match.group(1) or r"(?:[ \t\n]+)", phrase) for phrase in phrases)
    return re.compile("|".join(f"(?:{phrase})" for phrase in spaced))


_COMPILED = {name: _pattern(phrases) for name, phrases in CONCEPTS.items()}


def heading_kind(text: str) -> str:
    """The kind of section that a heading opens, "" when it opens none that is known."""
    name = text.strip().strip("*#_: \t").lower()
    return _HEADING_KIND.get(name, "")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a block, lower case, placeholders in square brackets blanked out."""
    lowered = _PLACEHOLDER.sub(lambda match: " " * len(match.group()), text.lower())
    joined = re.sub(r"(?<=[^\n.:;])\n(?=\s*[a-z0-9(])", " ", lowered)
    for match in _SENTENCE.finditer(joined):
        yield match.group().strip()


def read_statements(text: str, section: str, concepts: Iterable[str] = tuple(CONCEPTS)) -> list[Statement]:
    """All that a block of a note states, each thing once."""
    found: dict[Statement, None] = {}
    for sentence in sentences(text):
        if not sentence or _TEMPLATE.match(sentence):
            continue
        for concept in concepts:
            for match in _COMPILED[concept].finditer(sentence):
                negated = bool(
                    _DENIED_BEFORE.search(sentence[: match.start()]) or _DENIED_AFTER.match(sentence[match.end() :])
                )
                found[Statement(concept, section, negated)] = None
        for match in _SIDES.finditer(sentence):
            word = match.group(1)
            found[Statement("side", section, False, word if word in ("left", "right") else "both")] = None
        for match in _MINUTES.finditer(sentence):
            found[Statement("total-time", section, False, match.group(1) or match.group(2))] = None
    return list(found)
