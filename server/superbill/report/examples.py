"""The examples of the rules: those written in a rule's documentation, and the same carried over to other formats.

An example counts for a format when it was run there: the bad ones give what they give as written, and the good ones
nothing. Rules that need an imported table, or a workspace's own catalog, are run by small ones.

Behind the name of its format a fence may say more: `payer=` names a payer profile, `rows=201` repeats the last row until
there are so many, and `long` has the character … stand for more text than one record may hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from superbill.catalog.model import Procedure
from superbill.catalog.own.model import Team, TeamCode
from superbill.catalog.store import Catalog, open_bundled, open_catalog
from superbill.charges.dialect import MAX_RECORD, Hints
from superbill.engine.analysis import Analysis, Located
from superbill.report.example_tables import tables
from superbill.report.renditions import FORMATS, as_note, as_text, rows
from superbill.rules.base import Rule
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge
from superbill.text.document import Document

#: The day on which the examples are read. Their dates of service lie before it, and the filing limit behind it.
DAY = date(2025, 12, 15)
#: The formats of examples, in the order in which they are named: by the word behind the fence.
NAMES: Mapping[str, str] = {
    "csv": "CSV", "tsv": "TSV", "psv": "PSV", "x12": "837", "hl7": "HL7", "json": "FHIR", "yaml": "YAML sheet",
    "md": "Markdown", "txt": "plain text",
}  # fmt: skip
#: The dialect that reads each of them: formats of one dialect are no two formats to count.
DIALECTS: Mapping[str, str] = {
    "csv": "delimited", "tsv": "delimited", "psv": "delimited", "x12": "x12", "hl7": "hl7", "json": "fhir", "yaml": "yaml",
    "md": "prose", "txt": "prose",
}  # fmt: skip
#: What a workspace's own catalog says in the examples of rules that need one.
TEAM = Team(
    {
        "LAB01": TeamCode(
            Procedure("LAB01", "Courier draw fee", ""),
            ("59",),
            False,
            1,
            until=date(2025, 12, 31),
            source="superbill-catalog.yaml:2",
        )
    }
)
_SUFFIXES = {kind: f".{kind}" for kind in NAMES} | {"x12": ".837"}
_FENCE = re.compile(r"```(\w+)(?: payer=([\w-]+))?(?: rows=(\d+))?( long)?\n(.*?)```", re.DOTALL)
_DOTS = "\N{HORIZONTAL ELLIPSIS}"
_MARK = re.compile(r"^ *\^+ [A-Z]\d+(?: [a-z]+)?\s*$")
#: What a finding must agree in, to be the same in another format: rule, severity, which part of the line.
_Said = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule: its format, the payer profile, the text with and without what is drawn under it, and
    whether it is longer than what the documentation shows."""

    kind: str
    payer: str
    marked: str
    text: str
    stretched: bool = False


@dataclass(frozen=True, slots=True)
class Rendition:
    """A bad example carried over to another format, with its findings drawn under it."""

    kind: str
    payer: str
    drawn: str


def examples(rule: Rule, heading: str) -> list[Example]:
    """The examples under a heading of a rule's documentation ("Example", "Instead")."""
    found = []
    for kind, payer, count, long, text in _FENCE.findall(rule.sections().get(heading, "")):
        marked = _stretched(text, int(count or 0), bool(long))
        plain = "".join(one for one in marked.splitlines(True) if not _MARK.match(one))
        found.append(Example(kind, payer or "medicare-b", marked, plain, marked != text))
    return found


def _stretched(text: str, count: int, long: bool) -> str:
    """An example at its full length: its last row repeated until there are `count`, its dots written out."""
    if long:
        text = text.replace(_DOTS, "x" * MAX_RECORD)
    rows_there = [one for one in text.splitlines(True) if not _MARK.match(one)]
    return text + rows_there[-1] * (count - len(rows_there) + 1 if count else 0)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The catalog that the examples are judged by."""
    return open_bundled()


@lru_cache(maxsize=4)
def catalog_for(needs: str) -> Catalog:
    """The catalog that the examples of rules are judged by that need something imported, by its kind ("" for none)."""
    if not needs:
        return catalog()
    return catalog().beside(TEAM) if needs == "workspace" else open_catalog(tables())


def knowledge(payer: str = "medicare-b", needs: str = "") -> Knowledge:
    """What the rules may ask when they judge an example."""
    known = catalog_for(needs)
    return Knowledge(known, known.profiles[payer], DAY)


@lru_cache(maxsize=16)
def _book(payer: str, needs: str, rule: Rule | None) -> RuleBook:
    on = {rule.id: rule.severity} if rule is not None else {}
    return RuleBook(knowledge(payer, needs), on, follow=True)


def run(text: str, kind: str, payer: str, rule: Rule) -> list[Located]:
    """All findings in a text of some format. A rule that is off by default is switched on."""
    book = _book(payer, rule.needs, rule if rule.status == "off" else None)
    return list(Analysis(Document(text), Hints(suffix=_SUFFIXES[kind]), book).finish().findings())


def said(found: list[Located]) -> _Said:
    """What findings must agree in to be the same."""
    return sorted((one.finding.rule, one.finding.severity, one.finding.part.name) for one in found)


def carried(example: Example, kind: str) -> str | None:
    """An example in another format; None where it cannot be carried over."""
    if example.kind == "csv" and kind in FORMATS:
        if "\n#" in example.text:
            return None  # a comment has no row of its own elsewhere
        return FORMATS[kind](rows(example.text))
    if example.kind == "csv" and kind == "md" and "\n#" not in example.text:
        return as_note(rows(example.text))
    if example.kind == "md" and kind == "txt":
        return as_text(example.text)
    return None


def _in(rule: Rule, heading: str, kind: str) -> list[tuple[Example, str]]:
    """The examples of a rule in a format, each with its text there: those that are written in it; else the others, as far
    as they can be carried over."""
    every = examples(rule, heading)
    written = [(one, one.text) for one in every if one.kind == kind]
    return written or [(one, text) for one in every if (text := carried(one, kind)) is not None]


def holds(rule: Rule, kind: str) -> bool:
    """Whether bad examples of a rule were written in a format, or do there what they do where they were written, and
    good ones give nothing there."""
    bad, good = _in(rule, "Example", kind), _in(rule, "Instead", kind)
    for example, text in bad:
        wanted = said(run(example.text, example.kind, example.payer, rule))
        if not wanted or said(run(text, kind, example.payer, rule)) != wanted:
            return False
    return bool(bad and good) and not any(run(text, kind, example.payer, rule) for example, text in good)


@lru_cache(maxsize=512)
def formats(rule: Rule) -> tuple[str, ...]:
    """The formats in which a rule's examples were run and do what they should, by the word behind the fence."""
    return tuple(kind for kind in NAMES if holds(rule, kind))


def dialects(rule: Rule) -> tuple[str, ...]:
    """The dialects in which a rule's examples were run and do what they should."""
    return tuple(dict.fromkeys(DIALECTS[kind] for kind in formats(rule)))


def second(rule: Rule) -> Rendition | None:
    """The first bad example in another format, chosen to read well; None where the rule lives in one format only, where
    a second one is written in its documentation, or where it would be the same text again (notes)."""
    written = examples(rule, "Example")
    first = next((one for one in written if one.kind == "csv"), None)
    if first is None or first.stretched or len({DIALECTS[one.kind] for one in written}) > 1:
        return None  # nothing to carry over, or a second format is written already
    found = rows(first.text)
    order = ("x12", "yaml", "hl7") if len(found) < 3 else ("yaml", "x12", "hl7")
    kind = next((one for one in order if one in formats(rule)), None)
    if kind is None:
        return None
    text = FORMATS[kind](found)
    return Rendition(kind, first.payer, draw(text, run(text, kind, first.payer, rule)))


def draw(text: str, found: list[Located]) -> str:
    """A text with its findings drawn under it, as the documentation does."""
    under: dict[int, list[str]] = {}
    for one in found:
        end = one.end.column if one.end.line == one.start.line else one.start.column + 1
        mark = " " * one.start.column + "^" * max(end - one.start.column, 1) + " " + one.finding.rule
        under.setdefault(one.start.line, []).append(mark)
    drawn = []
    for number, line in enumerate(text.rstrip("\n").split("\n")):
        drawn += [line, *under.get(number, [])]
    return "\n".join(drawn) + "\n"
