"""The examples of the rules: those written in a rule's documentation, and the same carried over to other formats.

An example counts for a format when it was run there: the bad ones give what they give as written, and the good ones
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from superbill.catalog.store import Catalog, open_bundled
from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis, Located
from superbill.report.renditions import FORMATS, as_text, rows
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
_SUFFIXES = {kind: f".{kind}" for kind in NAMES} | {"x12": ".837"}
_FENCE = re.compile(r"```(\w+)(?: payer=([\w-]+))?\n(.*?)```", re.DOTALL)
_MARK = re.compile(r"^ *\^+ [A-Z]\d+(?: [a-z]+)?\s*$")
#: What a finding must agree in, to be the same in another format: rule, severity, which part of the line.
_Said = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule: its format, the payer profile, and the text without what is drawn under it."""

    kind: str
    payer: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """A bad example carried over to another format, with its findings drawn under it."""

    kind: str
    payer: str
    drawn: str


def examples(rule: Rule, heading: str) -> list[Example]:
    """The examples under a heading of a rule's documentation ("Example", "Instead")."""
    return [
        Example(kind, payer or "medicare-b", "".join(one for one in text.splitlines(True) if not _MARK.match(one)))
        for kind, payer, text in _FENCE.findall(rule.sections().get(heading, ""))
    ]


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The catalog that the examples are judged by."""
    return open_bundled()


def knowledge(payer: str = "medicare-b") -> Knowledge:
    """What the rules may ask when they judge an example."""
    return Knowledge(catalog(), catalog().profiles[payer], DAY)


@lru_cache(maxsize=16)
def _book(payer: str, rule: Rule | None) -> RuleBook:
    on = {rule.id: rule.severity} if rule is not None else {}
    return RuleBook(knowledge(payer), on, follow=True)


def run(text: str, kind: str, payer: str, rule: Rule) -> list[Located]:
    """All findings in a text of some format. A rule that is off by default is switched on."""
    book = _book(payer, rule if rule.status == "off" else None)
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
    if example.kind == "md" and kind == "txt":
        return as_text(example.text)
    return None


def holds(rule: Rule, kind: str) -> bool:
    """Whether the examples of a rule were written in a format, or do there what they do where they were written."""
    tried = False
    for example in examples(rule, "Example"):
        text = example.text if example.kind == kind else carried(example, kind)
        if text is None:
            continue
        wanted = said(run(example.text, example.kind, example.payer, rule))
        if not wanted or said(run(text, kind, example.payer, rule)) != wanted:
            return False
        tried = True
    for example in examples(rule, "Instead"):
        text = carried(example, kind)
        if text is not None and run(text, kind, example.payer, rule):
            return False
    return tried


@lru_cache(maxsize=512)
def formats(rule: Rule) -> tuple[str, ...]:
    """The formats in which a rule's examples were run and do what they should. The examples of a rule that needs an
    imported table are those that were written: here there is none to run them by."""
    if rule.needs:
        return tuple(dict.fromkeys(example.kind for example in examples(rule, "Example")))
    return tuple(kind for kind in NAMES if holds(rule, kind))


def second(rule: Rule) -> Rendition | None:
    """The first bad example in another format, chosen to read well; None where the rule lives in one format only, or
    where it would be the same text again (notes)."""
    first = next((one for one in examples(rule, "Example") if one.kind == "csv"), None)
    if first is None:
        return None
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
