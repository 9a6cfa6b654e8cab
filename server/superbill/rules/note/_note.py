"""What the documentation rules share: when a text is a clinical draft at all, and how they offer a placeholder.

A list of charges, or a page that explains codes, states nothing about a patient and needs to state nothing. So every
rule here asks first whether the text reads like a draft: whether something was done, seen or said in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from superbill.charges.dialect import InsertText
from superbill.charges.model import Note, ServiceLine
from superbill.rules.base import Fix
from superbill.rules.knowledge import Knowledge

#: The sections that a clinical text has and a list of charges has not.
_CLINICAL = frozenset(
    {"history", "indication", "technique", "comparison", "findings", "exam", "impression", "assessment"}
)

#: The fewest minutes of an office visit by time, new patients and established ones.
_NEW = {"99202": 15, "99203": 30, "99204": 45, "99205": 60}
_ESTABLISHED = {"99212": 10, "99213": 20, "99214": 30, "99215": 40}
VISIT_MINUTES: Mapping[str, int] = {**_NEW, **_ESTABLISHED}
#: Code lists of the angiograms beside which 3-D rendering is never billed; L1017 says so.
ANGIOGRAMS = ("cta", "mra")


def is_draft(note: Note) -> bool:
    """Whether the text tells of a patient or a study: a clinical sentence, or two clinical sections with words in them."""
    return note.states("clinical") or len(written_sections(note) & _CLINICAL) >= 2


def written_sections(note: Note) -> frozenset[str]:
    """The kinds of section that hold words, not only a heading or a placeholder."""
    return frozenset(s.section for s in note.statements if s.concept == "text" and s.section)


def reads_rendering(note: Note, know: Knowledge) -> bool:
    """Whether to ask what a draft states of its 3-D rendering: not beside a billed angiogram, which takes the 3-D in."""
    return is_draft(note) and not any(know.in_any(line.code, *ANGIOGRAMS) for line in note.lines)


def states_any(note: Note, *concepts: str) -> bool:
    """Whether the note states one of several concepts."""
    return any(note.states(concept) for concept in concepts)


def numbers(note: Note, concept: str) -> list[int]:
    """The figures that a concept amounts to."""
    return [int(value) for value in note.values(concept) if value.isdigit()]


def billed(note: Note, *codes: str) -> Iterator[tuple[int, ServiceLine]]:
    """The lines of the note that bill one of the codes, the first of each code only: a note may say it twice."""
    seen: set[str] = set()
    for number, line in enumerate(note.lines):
        if line.code in codes and line.code not in seen:
            seen.add(line.code)
            yield number, line


def carriers(note: Note, *modifiers: str) -> Iterator[tuple[int, ServiceLine, str]]:
    """The lines of the note that carry one of the modifiers, the first of each code and modifier only."""
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(note.lines):
        for modifier in line.mods:
            if modifier in modifiers and (line.code, modifier) not in seen:
                seen.add((line.code, modifier))
                yield number, line, modifier


def unstated(note: Note, wanted: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What the note does not state: the names of those things none of whose concepts it states."""
    return [name for name, concepts in wanted.items() if not states_any(note, *concepts)]


def reached_by(code: str, minutes: int) -> str:
    """The highest office visit of the same kind as `code` that a total of minutes reaches; "" where it reaches none."""
    family = _NEW if code in _NEW else _ESTABLISHED
    return max((other for other, needed in family.items() if needed <= minutes), default="")


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def placeholder(what: str, asks: str) -> Fix:
    """Offer a sentence in brackets for the physician to fill in. It asserts nothing."""
    return Fix(f"Insert a placeholder for {what}", (InsertText(f"[{asks}]"),))
