"""Take what could name a patient out of findings that leave the machine.

A message quotes the field it speaks of, and when columns have slipped a name, a record number or a date of birth may stand
in that field. So every value that was read from the record is looked for in the message, and what was found is taken out
unless it has a shape that names nobody: a code, a modifier, a place of service, a small number, an amount. Dates are taken
out unless they are the catalog's own, because rules also work dates out: the last day of an aftercare tells the day of the
operation. The edits of a fix are left out where their text would carry such a value.

A record number that looks like a code (five digits, or a letter and four) cannot be told from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from superbill.charges import values
from superbill.charges.columns import column
from superbill.charges.dialect import InsertText, SplitLine
from superbill.charges.model import Content, PartName, Record, ServiceLine
from superbill.engine.analysis import Analysis, Located
from superbill.report.model import Mend, Reported
from superbill.rules.base import Finding, Fix
from superbill.rules.book import all_rules

#: Stands where something was taken out.
MASK = "[masked]"

#: Parts that hold no value of a patient: whole stretches of text, and what a payer or a setting is called.
_NO_VALUES: frozenset[PartName] = frozenset({"line", "text", "section", "note", "payer", "setting"})
#: Values longer than this are texts; no message quotes them, but for their beginning.
_LONGEST = 400
_CODE = r"(?:[0-9]{5}|[0-9]{4}[A-Z]|[A-Z][0-9]{4})"
_HARMLESS = re.compile(
    rf"{_CODE}(?:[-:^ ,/][A-Z0-9]{{2}})*"  # a code, with modifiers behind it
    r"|[A-Z0-9]{1,2}(?:[:^ ,][A-Z0-9]{2}){0,3}|[a-z0-9]{1,2}"  # modifiers, places, qualifiers
    r"|[-+$(]*[0-9]{1,4}[)]?|[0-9]{1,3}[A-Z]"  # small numbers, spoilt modifiers
    r"|[-+$(]*[0-9]{1,3}(?:,?[0-9]{3})?[.,][0-9]{1,2}[)]?|[0-9]{5}\.0*"  # amounts, codes that became numbers
    r"|[0-9](?:\.[0-9]{1,4})?[eE]\+?[0-9]{1,2}"  # the same in scientific notation
    r"|[A-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}"  # diagnoses
)
_LOOK_ALIKE = re.compile(r"(?=(?:[^0-9]*[0-9]){3})[0-9A-Za-z]{5}")
_DATE = re.compile(
    r"(?<![\w.])(?:(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?:19|20)[0-9]{6}"
    r"|[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}[- ]?[A-Z][a-z]{2}[- ]?[0-9]{4})(?!\w)"
)
_QUOTED = re.compile(r'"([^"]*)"')
_WORD = re.compile(r"\w+")
#: A word as people write one, with what holds its parts together; and what stands for several that were taken out.
_TOKEN = re.compile(r"\[masked\]|[^\W_](?:[\w'’./@:-]*\w)?")
_MASKS = re.compile(r"\[masked\](?:[\s,.]+\[masked\])+")
#: Of numbers that are harmless in a field: pieces of longer ones that somebody wrote with blanks, and years of birth.
_BIRTH = re.compile(r"[0-9]{3}|(?!20)[0-9]{4}")
_JOINED = re.compile(r"[-/]|['’]s\Z")
#: Words that a reason begins with.
_FIRST = (
    "Accepted", "Agreed", "All", "Allowed", "An", "Approved", "As", "At", "Because", "Billed", "By", "Checked", "Confirmed",
    "Contract", "Corrected", "Denied", "Documented", "Exception", "For", "From", "In", "Is", "It", "Known", "Letter", "No",
    "Not", "Note", "Old", "On", "Only", "Our", "Paid", "Payer", "Per", "Plan", "Policy", "Practice", "Reviewed", "See",
    "Since", "Team", "The", "This", "Ticket", "Until", "Verified", "We", "With",
)  # fmt: skip
#: Words in capitals that are no person's.
_PROPER = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Monday", "Tuesday", "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday", "CMS", "AMA", "CPT", "HCPCS", "NCCI", "PTP", "MUE", "AOC", "PFS",
)  # fmt: skip


class Masker:
    """Masks the findings of one analysed document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._known: dict[int, tuple[str, ...]] = {}

    def masked(self, one: Reported, located: Located) -> Reported:
        """A finding without what could name a patient. `located` is where the analysis found it."""
        records = list(
            {
                id(record): record
                for record in (
                    located.record,
                    *(other.record for other in located.related),
                    *(record for record, _ in located.others),
                )
            }.values()
        )
        found = tuple(sorted({value for record in records for value in self._values(record)}, key=len, reverse=True))
        finding = one.finding

        def clean(text: str) -> str:
            return self._clean(text, found, finding)

        fixes = []
        for mend, fix in zip(one.fixes, one.sources, strict=True):
            open_edits = not self._carries(mend, fix, records, found, finding)
            fixes.append(Mend(clean(mend.title), mend.preferred, mend.edits if open_edits else (), not open_edits))
        silence = one.silence
        if silence is not None and silence.reason:
            silence = replace(silence, reason=self.reason(silence.reason))
        return replace(
            one,
            silence=silence,
            message=clean(one.message),
            fixes=tuple(fixes),
            related=tuple(replace(other, message=clean(other.message)) for other in one.related),
            source_line="",
        )

    def reason(self, text: str) -> str:
        """Why somebody silenced a finding, with those words only that name nobody: people write what they like there, and
        a name in it need stand nowhere else. Left are shapes that are harmless, ids of rules, names of months, payers and
        tables, and words that the pages of the rules use, as they write them."""
        rules, catalog = self._analysis.book.rules, self._analysis.book.know.catalog

        def word(match: re.Match[str]) -> str:
            said = match[0]
            plain = all(part in _plain_words() for part in _JOINED.split(said) if part)
            if plain or said in rules or said in _proper(catalog) or (harmless(said) and not _BIRTH.fullmatch(said)):
                return said
            return MASK

        return _MASKS.sub(MASK, _TOKEN.sub(word, _DATE.sub(MASK, text)))

    # -- what was read -----------------------------------------------------------------------------------------

    def _values(self, record: Record) -> tuple[str, ...]:
        """Every value of a record that a message could quote and that is not harmless, the longest first."""
        known = self._known.get(id(record))
        if known is None:
            if len(self._known) > 1_000:
                self._known.clear()
            found = {value for raw in self._read(record) for value in _forms(raw) if not harmless(value)}
            known = self._known[id(record)] = tuple(sorted(found, key=len, reverse=True))
        return known

    def _read(self, record: Record) -> Iterator[str]:
        dialect = self._analysis.dialect
        assert dialect is not None
        content = dialect.content(record) if record.signature is not None else Content()
        for line in (*content.lines, *(mention.line for mention in content.mentions)):
            yield from _written(line)
        for problem in content.problems:
            for value in problem.data:
                if value in record.text or value.casefold() in repr(record.state).casefold():
                    yield value
        for placed in dialect.parts(record):
            if placed.part.name not in _NO_VALUES and placed.end - placed.start <= _LONGEST:
                value = record.text[placed.start : placed.end]
                if placed.part.name != "header" or column(value) is None:
                    yield value

    # -- taking it out ------------------------------------------------------------------------------------------

    def _clean(self, text: str, found: tuple[str, ...], finding: Finding) -> str:
        folded = text.casefold()  # a fix may write in capitals what the file has in small letters
        for value in found:
            if value.casefold() in folded:
                text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", MASK, text, flags=re.IGNORECASE)
        if (
            finding.rule[0] == "F" and finding.rule[1:].isdigit()
        ):  # our rules of form put what they quote in quotes, and quote nothing else
            text = _QUOTED.sub(lambda match: match[0] if harmless(match[1]) else f'"{MASK}"', text)
        return _DATE.sub(lambda match: match[0] if self._ours(match["iso"], found, finding) else MASK, text)

    def _ours(self, text: str | None, found: tuple[str, ...], finding: Finding) -> bool:
        """Whether a date is one of the catalog: the window of a table, of the code, of a modifier or a place."""
        return text is not None and text not in found and text in _days_of(self._analysis, finding)

    def _carries(self, mend: Mend, fix: Fix, records: list[Record], found: tuple[str, ...], finding: Finding) -> bool:
        """Whether the text of a fix would carry a value out. A line that is split is copied, patient and all."""
        operations = (*fix.operations, *(operation for _, operation in fix.also))
        if any(isinstance(operation, SplitLine) for operation in operations):
            return True
        ours = [operation.text for operation in operations if isinstance(operation, InsertText)]
        for edit in mend.edits:
            text = edit.text
            for own in ours:
                text = text.replace(own, " ")
            if self._clean(text, found, finding) != text:
                return True
            for word in _WORD.findall(text):
                if not harmless(word) and (
                    sum(map(str.isdigit, word)) > 4
                    or any(word.casefold() in record.text.casefold() for record in records)
                ):
                    return True
        return False


def _written(line: ServiceLine) -> Iterator[str]:
    written = line.written
    for value in (
        written.code, written.units, written.date, written.date_to, written.place, written.charge, written.pointer,
        *written.modifiers, *written.diagnoses, *line.diagnoses, line.provider,
    ):  # fmt: skip
        if value:
            yield value
    for day in (line.since, line.until):
        if day is not None:
            yield day.isoformat()


def _forms(raw: str) -> Iterator[str]:
    """The ways in which a message may write a value: as it is, cleaned, cut when long, its parts that tell something."""
    for value in {raw.strip(), values.clean(raw)}:
        if not value:
            continue
        visible = "".join(char if char.isprintable() else "?" for char in value)
        yield value
        yield visible
        for length in (17, 21, 24, 29, 37, 57):
            if len(value) > length:
                yield visible[:length]
        if len(value) <= _LONGEST:
            for word in _WORD.findall(value):
                if len(word) > 2 and not word.islower():
                    yield word


@lru_cache(maxsize=65_536)
def harmless(value: str) -> bool:
    """Whether a value has a shape that names nobody: code, modifier, place, small number, amount, diagnosis."""
    text = value.strip(" \t'\"()[]*#.,;:-_")
    if not text:
        return True
    return bool(_HARMLESS.fullmatch(text) or _HARMLESS.fullmatch(value.strip()) or _LOOK_ALIKE.fullmatch(text))


def _days_of(analysis: Analysis, finding: Finding) -> frozenset[str]:
    know = analysis.book.know
    return _days(know.catalog, know.today, finding.code, finding.modifiers)


@lru_cache(maxsize=4096)
def _days(catalog: object, today: date, code: str, modifiers: tuple[str, ...]) -> frozenset[str]:
    """The dates that the catalog itself knows and that a message about a code and its modifiers may give."""
    known = cast(Any, catalog)
    windows: list[Any] = [*known.editions.values(), *known.places.values(), known.hcpcs(code)]
    windows += [known.modifier(modifier) for modifier in modifiers]
    days: set[date | None] = {today}
    for window in windows:
        days |= {getattr(window, "since", None), getattr(window, "until", None)}
    return frozenset(day.isoformat() for day in days if day is not None)


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    """The words in small letters that the pages of the rules use, examples aside, and ordinary ones at the beginning."""
    found = set(_FIRST) | {first.lower() for first in _FIRST}
    for rule in all_rules().values():
        fenced = False
        for line in rule.documentation.split("\n"):
            fenced ^= line.startswith("```")
            if not fenced:
                found |= {word for word in _WORD.findall(line) if word.isalpha() and word.islower()}
    return frozenset(found)


@lru_cache(maxsize=8)
def _proper(catalog: object) -> frozenset[str]:
    """Words in capitals that are no person: days, months, payers, tables."""
    known = cast(Any, catalog)
    names = [one.name for one in (*known.profiles.values(), *known.editions.values())]
    return frozenset((*_PROPER, *(word for name in names for word in _WORD.findall(name) if word[0].isupper())))
