"""The FHIR dialect: a resource is a record; what stands between resources is read line by line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from superbill.charges.dialect import HEAD_SIZE, Field, Heading, Hints, Mark, Operation, Placed, Shape, TextEdit
from superbill.charges.dialects.fhir import edits as writing
from superbill.charges.dialects.fhir import fields, resources
from superbill.charges.jsontext import extent
from superbill.charges.model import Content, Part, PartName, Problem, Record, Statement

_SUFFIXES = frozenset({".json", ".ndjson", ".jsonl", ".fhir"})
_LANGUAGES = frozenset({"json", "jsonc", "jsonl", "ndjson"})
_BILLS = re.compile(r'"resourceType"\s*:\s*"(?:Claim|ClaimResponse|ExplanationOfBenefit|ChargeItem)"')
_ANY = re.compile(r'"resourceType"\s*:\s*"(?:Claim|ClaimResponse|ExplanationOfBenefit|ChargeItem|Bundle)"')
_BUNDLE = re.compile(r'"resourceType"\s*:\s*"Bundle"|"entry"\s*:\s*\[')
_ENTRY = re.compile(r'"entry"\s*:|"resource"\s*:')
_NAMES = ('"Claim', '"ExplanationOfBenefit"', '"ChargeItem"')


class State(NamedTuple):
    """How the document holds its resources, and whether the next bracket opens one."""

    bundle: bool
    due: bool = False


class FHIR:
    """Resources in JSON."""

    name = "fhir"
    fields: Mapping[PartName, str] = {
        "code": "productOrService, code", "modifier": "modifier", "units": "quantity", "basis": "quantity.unit, else its code", "date": "serviced[x], occurrence[x]",
        "date_to": "servicedPeriod.end", "place": "location[x]", "charge": "net, priceOverride", "diagnosis": "diagnosisSequence",
        "pointer": "diagnosisSequence", "claim": "id", "patient": "patient, subject", "provider": "careTeam, else provider", "payer": "insurer",
        "setting": "type",
    }  # fmt: skip

    def recognise(self, head: Sequence[str], hints: Hints) -> float:
        """See `Dialect.recognise`."""
        start = _start(head)
        if not start.startswith(("{", "[")):
            return 0.0
        if _ANY.search(start):
            return 1.0
        # The kind of the resource may stand behind all else, when keys are sorted.
        sorted_keys = '"entry"' in start and '"resource"' in start
        return 0.8 if sorted_keys and (hints.suffix in _SUFFIXES or hints.language in _LANGUAGES) else 0.0

    def stirs(self, lines: Sequence[str]) -> bool:
        """See `Dialect.stirs`."""
        return any(name in line for line in lines for name in _NAMES)

    def start(self, head: Sequence[str], hints: Hints) -> Hashable:
        """See `Dialect.start`."""
        start = _start(head)
        first = _ANY.search(start)
        bundle = first is not None and first.group().endswith('"Bundle"')
        return State(bundle or (first is None and _ENTRY.search(start) is not None) or _entry_first(start))

    # -- reading ----------------------------------------------------------------------------------------------

    def read(self, lines: Sequence[str], line: int, column: int, state: Hashable) -> Record:
        """See `Dialect.read`."""
        assert isinstance(state, State)
        text = lines[line]
        at = column
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if text[at : at + 1] == "{" and (state.due or not state.bundle):
            return self._resource(lines, line, column, at, state)
        if state.bundle and not state.due:
            last, end, found = extent.next_resource(lines, line, column, True)
            due = found or (last != line and extent.opens_below(text[column:]))
        else:
            last, end, found = extent.next_resource(lines, line, column, False)
            due = state.due and (found or not text[at:].strip())
        after = State(state.bundle, due)
        piece = text[column:end] if last == line else text[column:]
        height = last - line
        return Record(piece, height, end if height else end - column, state, after, None, None, 2)

    def _resource(self, lines: Sequence[str], line: int, column: int, at: int, state: State) -> Record:
        found = extent.resource(lines, line, at, state.bundle)
        text, height, width = found.cut(lines, line, column)
        signature: Hashable = None
        group: Hashable = None
        if len(text) > extent.LONGEST:
            signature = ("too long",)
        elif _BILLS.search(text):
            signature = ("resource", text)
            parsed = resources.parse(text)
            group = resources.person(parsed) if parsed is not None else None
        return Record(text, height, width, state, State(state.bundle), signature, group, found.reach + 1)

    def content(self, record: Record) -> Content:
        """See `Dialect.content`."""
        if record.signature == ("too long",):
            return Content(problems=(Problem("record-too-long"),))
        parsed = resources.parse(record.text)
        return resources.content(parsed) if parsed is not None else Content()

    def statements(self, record: Record) -> tuple[Statement, ...]:
        """See `Dialect.statements`."""
        return ()

    # -- where things stand -------------------------------------------------------------------------------------

    def parts(self, record: Record) -> list[Placed]:
        """See `Dialect.parts`."""
        if record.signature is None:
            return []
        if record.signature == ("too long",):
            return [Placed(Part("line"), 0, 1)]
        parsed = resources.parse(record.text)
        return resources.parts(parsed) if parsed is not None else []

    def heading(self, record: Record, index: int) -> tuple[str, str, int]:
        """See `Dialect.heading`."""
        return "", "", 0

    def field(self, record: Record, offset: int) -> Field | None:
        """See `Dialect.field`."""
        return fields.field(record.text, offset) if record.signature is not None else None

    def marks(self, record: Record) -> list[Mark]:
        """See `Dialect.marks`."""
        return []

    def shape(self, record: Record, offset: int) -> Shape | None:
        """See `Dialect.shape`."""
        return None

    def outline(self, record: Record) -> list[Heading]:
        """See `Dialect.outline`."""
        parsed = resources.parse(record.text) if record.signature is not None else None
        if parsed is None:
            return []
        root = parsed.root
        name = f"{parsed.kind} {root.value('id')}".strip()
        found = [Heading(0, "claim", name, root.value("status"), root.start, root.end)]
        for item in parsed.items:
            code = "-".join([item.coding.value("code"), *(one.value("code") for one in item.modifiers)])
            what = " · ".join(
                text for text in (item.node.value("servicedDate"), item.node.value("quantity", "value")) if text
            )
            if item.path:
                found.append(Heading(1, "line", code, what, item.node.start, item.node.end))
        return found

    def remark(self, record: Record, offset: int, words: str, hints: Hints) -> TextEdit | None:
        """See `Dialect.remark`. The format has no comments."""
        return None

    def edits(self, record: Record, operation: Operation, following: Iterable[Record] = ()) -> list[TextEdit] | None:
        """See `Dialect.edits`."""
        parsed = resources.parse(record.text) if record.signature not in (None, ("too long",)) else None
        if parsed is None:
            return None
        return writing.edits(record.text, operation, parsed, resources.parts(parsed))


def _start(head: Sequence[str]) -> str:
    """The beginning of a document."""
    found = ""
    for line in head:
        found += line[:HEAD_SIZE]
        if len(found) > HEAD_SIZE:
            break
    return found.lstrip("\ufeff \t\r\n")[:HEAD_SIZE]


def _entry_first(start: str) -> bool:
    """Whether a document is a Bundle whose entries come before the name of its kind."""
    first = _BUNDLE.search(start)
    return first is not None and start.find('"resourceType"') > first.start() and '"entry"' in first.group()
