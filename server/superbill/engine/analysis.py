"""One document under analysis: its records, claims and findings, kept in step with its text.

An edit re-reads the records it touches, runs the line rules for those whose content was not seen before, and the claim
rules for the claims that lost or gained a line. Everything else stays as it was. Long work (the first reading, a new
heading) is done in steps, so that whoever runs the analysis can stop between two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from superbill.catalog.store import FEES, HCPCS
from superbill.charges.dialect import HEAD_LINES, MAX_REACH, Dialect, Hints
from superbill.charges.model import Claim, Note, Part, Patient, Problem, Record, ServiceLine, Statement
from superbill.charges.registry import by_name, recognise
from superbill.engine import baseline, suppression
from superbill.engine.records import Place, RecordList, Spot, after
from superbill.rules.base import Finding
from superbill.rules.book import RuleBook
from superbill.text.document import Change, Document, Position

#: More members than this make no claim, but a column that says the same in every row.
MAX_CLAIM = 200
_KEPT_CONTENTS = 200_000
_KEPT_CLAIMS = 50_000
_KEPT_LINES = 20_000
#: Records read before an edit gives up finding its way back to the old ones and leaves the rest for later steps.
_PATIENCE = 2_000


@dataclass(slots=True)
class Work:
    """What has been done, counted; tests assert on it."""

    records_read: int = 0
    contents_checked: int = 0
    groups_checked: int = 0


class Held(NamedTuple):
    """What a record holds and what the line rules say of it; shared by all records of one signature."""

    lines: tuple[ServiceLine, ...] = ()
    billed: tuple[bool, ...] = ()
    findings: tuple[Finding, ...] = ()
    mask: int = 0
    mentions: int = 0
    dated_outside: int = 0

    @property
    def flagged(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self.findings)


class Elsewhere(NamedTuple):
    """Another record that a finding speaks of, a part of it, and why."""

    record: Record
    part: Part
    message: str


class GroupFinding(NamedTuple):
    """A finding of a claim or note, put on the record it stands on. `others` are all lines of the claim: record, item."""

    finding: Finding
    related: tuple[Elsewhere, ...]
    others: tuple[tuple[Record, int], ...] = ()


@dataclass(slots=True, eq=False)
class Group:
    """The records of one claim or note; those of them that bill something; and, once some do, what a note states."""

    key: Hashable
    members: dict[Record, None] = field(default_factory=dict)
    bills: dict[Record, None] = field(default_factory=dict)
    statements: Counter[Statement] | None = None
    flagged: dict[Record, None] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Person:
    """The records of one patient that hold lines which rules over several days can mean."""

    members: dict[Record, None] = field(default_factory=dict)
    flagged: dict[Record, None] = field(default_factory=dict)


class Located(NamedTuple):
    """A finding with its place in the document (code points, end exclusive) and the record it stands on."""

    finding: Finding
    record: Record
    start: Position
    end: Position
    related: tuple[Elsewhere, ...] = ()
    others: tuple[tuple[Record, int], ...] = ()


#: A finding on a record, with the other records it speaks of and the lines of its claim.
Said = tuple[Finding, tuple[Elsewhere, ...], tuple[tuple[Record, int], ...]]

_NOTHING = Held()
_BILLED = (True,)


class Analysis:
    """The analysis of one document."""

    def __init__(
        self,
        document: Document,
        hints: Hints,
        book: RuleBook,
        dialect: str = "",
        accept: frozenset[str] = frozenset(),
        baseline: Mapping[str, int] | None = None,
    ) -> None:
        self.document = document
        self.hints = hints
        self.book = book
        self.accept = accept
        #: Which of them were met.
        self.accepted: set[str] = set()
        #: How many findings are accepted by what they are known by (`baseline.key`), and what was left at the last count.
        self.baseline: Mapping[str, int] = baseline or {}
        self.left: Mapping[str, int] = self.baseline
        self.work = Work()
        self._forced = by_name(dialect) if dialect else None
        self.dialect: Dialect | None = None
        self.records = RecordList()
        self.totals: Counter[str] = Counter()
        self._begin()

    def again(self, text: str, *, bare: bool = False) -> Analysis:
        """A new analysis of another text, under the same settings; `bare`, nothing is accepted. Nothing of it is done yet."""
        forced = self._forced.name if self._forced else ""
        document = Document(text, self.document.encoding)
        accept, known = (frozenset[str](), None) if bare else (self.accept, self.baseline)
        return Analysis(document, self.hints, self.book, forced, accept, known)

    # -- reading ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Start from nothing: recognise the document and put the first reading before us."""
        self.dialect = self._forced or recognise(self.document.lines, self.hints)
        self.records = RecordList()
        self.totals = Counter()
        self._held: dict[Hashable, Held] = {}
        #: What is said of a line alone, the rules that it sets off, and 1 where its day lies outside the tables.
        self._lines: dict[ServiceLine, tuple[list[Finding], int, int]] = {}
        self._covered: dict[tuple[bool, date], int] = {}
        self._stated: dict[Hashable, tuple[Statement, ...]] = {}
        self._claims: dict[Hashable, list[Finding]] = {}
        self._groups: dict[Hashable, Group] = {}
        self._dirty: dict[Hashable, None] = {}
        self._people: dict[Hashable, Person] = {}
        self._dirty_people: dict[Hashable, None] = {}
        #: The most lines that any record so far was seen to look at.
        self._sight = 1
        self._too_long: dict[Hashable, None] = {}
        #: What comments say of the whole file: the rules, by how many comments name them; the records of the comments;
        #: how many findings each rule would have had; and whether that must be counted anew, or was changed.
        self.ignored: Counter[str] = Counter()
        self._file_remarks: dict[Record, None] = {}
        self._hushed: Counter[str] = Counter()
        self._uncounted = self._recounted = False
        self._first: Hashable = None
        self._frontier: tuple[Place, Hashable] | None = None
        self._asleep = False
        if self.dialect is not None:
            self._first = self.dialect.start(self.document.lines[:HEAD_LINES], self.hints)
            self._asleep = not self.dialect.stirs(self.document.lines)
            if not self._asleep:
                self._frontier = ((0, 0), self._first)

    @property
    def done(self) -> bool:
        """Whether everything is read and checked."""
        return self._frontier is None and not self._dirty and not self._dirty_people

    def step(self, records: int = 500) -> bool:
        """Do some work: read that many records, or check that many claims. True when all is done."""
        if self._frontier is not None:
            self._read_on(records)
        elif self._dirty:
            self._check_groups(records)
        elif self._dirty_people:
            self._check_people(records)
        if self._file_remarks or self._uncounted:
            self._settle_remarks()
        return self.done

    def finish(self) -> Analysis:
        """Do all the work there is."""
        while not self.step(5_000):
            pass
        return self

    def _read_on(self, budget: int) -> None:
        assert self._frontier is not None and self.dialect is not None
        place, state = self._frontier
        lines = self.document.lines
        end = (len(lines) - 1, len(lines[-1]))
        fresh: list[Record] = []
        read = self.dialect.read
        while len(fresh) < budget and place < end:
            record = read(lines, place[0], place[1], state)
            self._admit(record)
            fresh.append(record)
            state = record.after
            place = after(place, record.height, record.width)
        self.work.records_read += len(fresh)
        self.records.extend(fresh)
        self._frontier = (place, state) if place < end else None

    def _admit(self, record: Record) -> None:
        """Give a new record its content and findings, and its claim a member."""
        if record.reach > self._sight:
            self._sight = record.reach
        signature = record.signature
        held = _NOTHING
        if signature is not None:
            found = self._held.get(signature)
            held = found if found is not None else self._hold(record)
        record.content = held
        totals = self.totals
        if held.lines:
            totals["lines"] += len(held.lines) - held.mentions
            totals["mentions"] += held.mentions
            totals["outside"] += held.dated_outside
        if record.group is not None:
            group = self._groups.get(record.group)
            if group is None:
                group = self._groups[record.group] = Group(record.group)
            group.members[record] = None
            if True in held.billed:
                group.bills[record] = None
            if group.statements is not None:
                group.statements.update(self._statements(record))
            if held.mask or group.statements is not None or group.flagged:
                self._dirty[record.group] = None
            if held.mask & self.book.over_days:
                who = _person(record)
                self._people.setdefault(who, Person()).members[record] = None
                self._dirty_people[who] = None
        if record.remarks:
            self._heed(record, 1)
        if self.ignored:
            self._count(held.findings, 1)

    def _hold(self, record: Record) -> Held:
        assert self.dialect is not None
        self.work.contents_checked += 1
        content = self.dialect.content(record)
        lines = content.lines or tuple(mention.line for mention in content.mentions)
        if content.lines:
            billed = _BILLED if len(content.lines) == 1 else (True,) * len(content.lines)
        else:
            billed = tuple(mention.billed for mention in content.mentions)
        findings: list[Finding] = []
        for problem in content.problems:
            findings += self.book.check_problem(problem)
        mask = outside = 0
        known = self._lines
        for item, line in enumerate(lines):
            said, bits, beyond = known.get(line) or self._judge(line)
            if said:
                findings += [_on_item(finding, item) for finding in said] if item else said
            if billed[item]:
                mask |= bits
                outside += beyond
        if self.accept:
            findings = [finding for finding in findings if not self._accepts(finding)]
        held = Held(lines, billed, tuple(findings), mask, len(content.mentions), outside)
        if len(self._held) >= _KEPT_CONTENTS:
            self._held.clear()
        self._held[record.signature] = held
        return held

    def _judge(self, line: ServiceLine) -> tuple[list[Finding], int, int]:
        """See `_lines`."""
        book = self.book.of(line)
        bills = line.purpose in ("claim", "credit")
        if len(self._lines) >= _KEPT_LINES:
            self._lines.clear()
        found = self._lines[line] = (
            book.check_line(line), book.triggers(line) if bills else 0, self._outside(line) if bills else 0
        )  # fmt: skip
        return found

    def _outside(self, line: ServiceLine) -> int:
        """1 when the date of service lies outside every table that could say whether the code existed."""
        if line.since is None or not line.code:
            return 0
        key = (line.code[0].isalpha(), line.since)
        known = self._covered.get(key)
        if known is None:
            known = self._covered[key] = 0 if self.book.know.covers(HCPCS if key[0] else FEES, line) else 1
        return known

    def _dismiss(self, record: Record) -> None:
        """Take an old record out of its claim and the totals."""
        held: Held = record.content
        if self.ignored:
            self._count(held.findings, -1)
            self._count((one.finding for one in (*record.extra, *record.wider)), -1)
        if record.remarks:
            self._heed(record, -1)
        if held.lines:
            self.totals["lines"] -= len(held.lines) - held.mentions
            self.totals["mentions"] -= held.mentions
            self.totals["outside"] -= held.dated_outside
        group = self._groups.get(record.group) if record.group is not None else None
        if group is not None:
            group.members.pop(record, None)
            group.bills.pop(record, None)
            if group.statements is not None:
                statements = self._statements(record)
                group.statements.subtract(statements)
                for statement in statements:
                    if not group.statements[statement]:
                        del group.statements[statement]
            if held.mask or group.statements is not None or group.flagged:
                self._dirty[record.group] = None
            if held.mask & self.book.over_days:
                who = _person(record)
                person = self._people[who]
                person.members.pop(record, None)
                self._dirty_people[who] = None
                if not person.members:
                    del self._people[who]
                    del self._dirty_people[who]
            if not group.members:
                del self._groups[record.group]
                self._dirty.pop(record.group, None)
                self._too_long.pop(record.group, None)

    # -- comments that say what to ignore -------------------------------------------------------------------------

    def _heed(self, record: Record, by: int) -> None:
        """Take in (or out, with -1) what the comments of a record say of the whole file."""
        for remark in record.remarks:
            if not remark.of_file:
                continue
            if by > 0:
                self._file_remarks[record] = None
            else:
                self._file_remarks.pop(record, None)
            for id in set(suppression.ids(remark, self.book.names).values()):
                self.ignored[id] += by
                if self.ignored[id] == (1 if by > 0 else 0):
                    self._uncounted = True
                if not self.ignored[id]:
                    del self.ignored[id]

    def _count(self, findings: Iterable[Finding], by: int) -> None:
        """Count findings of rules that the file says to ignore."""
        for finding in findings:
            if finding.rule in self.ignored:
                self._hushed[finding.rule] += by
                self._recounted = True

    def _flag(self, record: Record, old: Sequence[GroupFinding], new: Sequence[GroupFinding]) -> None:
        """Note that what claims or patients say of a record has changed."""
        if self.ignored:
            self._count((one.finding for one in old), -1)
            self._count((one.finding for one in new), 1)
        self.records.flag(record)

    def _settle_remarks(self) -> None:
        """Once all is read and checked: what is shown of the comments, and of what they hide, follows what was found."""
        if not self.done:
            return
        if self._uncounted:
            self._uncounted, self._recounted = False, True
            self._hushed = Counter()
            for record, _ in self.records.flagged():
                self.records.show_anew(record)
                self._count(record.content.findings, 1)
                self._count((one.finding for one in (*record.extra, *record.wider)), 1)
        if self._recounted:
            self._recounted = False
            for record in self._file_remarks:
                self.records.show_anew(record)

    def heard(self, record: Record, found: list[Said]) -> tuple[list[Said], list[Said]]:
        """What comments leave of the findings on a record, and what is to be said of the comments themselves, whether
        the file is told to ignore that or not."""
        names = self.book.names
        kept = [said for said in found if said[0].rule not in self.ignored]
        told: list[Finding] = []
        for number, remark in enumerate(record.remarks):
            problems = [*suppression.problems_of(number, remark, names)]
            named = suppression.ids(remark, names)
            if remark.of_file:
                idle = [name for name, id in named.items() if not self._hushed[id] and self._counts(id)]
            else:
                hit = {
                    said[0].rule
                    for said in found
                    if said[0].rule in named.values() and suppression.covers(remark, said[0].part.item)
                }
                kept = [
                    said
                    for said in kept
                    if said[0].rule not in hit or not suppression.covers(remark, said[0].part.item)
                ]
                idle = [name for name, id in named.items() if id not in hit and self.book.is_on(id)]
            if idle:
                problems.append(Problem(suppression.UNUSED, Part("remark", number), tuple(idle)))
            for problem in problems:
                told += self.book.check_problem(problem)
        return kept, [(finding, (), ()) for finding in told]

    def _counts(self, id: str) -> bool:
        """Whether it is counted how often a rule speaks: not of rules about the whole file and about comments."""
        return self.book.is_on(id) and self.book.stands_on_records(id)

    def file_remarks(self) -> Iterator[tuple[Record, int, frozenset[str]]]:
        """The comments that speak of the whole file: the record each belongs to, its number there, the rules it names."""
        for record in self._file_remarks:
            for number, remark in enumerate(record.remarks):
                if remark.of_file:
                    yield record, number, frozenset(suppression.ids(remark, self.book.names).values())

    def remark_place(self, record: Record, place: Place, number: int) -> tuple[Position, Position]:
        """Where a comment on a record stands, for a record that begins at `place`."""
        remark = record.remarks[number]
        if remark.up:
            return Position(place[0] - remark.up, remark.start), Position(place[0] - remark.up, remark.end)
        return locate(record, place, remark.start), locate(record, place, remark.end)

    # -- editing ------------------------------------------------------------------------------------------------

    def edit(self, change: Change) -> None:
        """Follow one edit of the document. Records it touched are read anew at once, claims in the next step."""
        if change.first < HEAD_LINES:
            dialect = self._forced or recognise(self.document.lines, self.hints)
            state = dialect.start(self.document.lines[:HEAD_LINES], self.hints) if dialect else None
            if dialect is not self.dialect or state != self._first:
                self._begin()
                return
        if self.dialect is None:
            return
        if self._asleep:
            if self.dialect.stirs(self.document.lines[change.first : change.first + change.inserted]):
                self._begin()
            return
        self._reread(change)

    def replace_all(self) -> None:
        """Follow a change of the whole text, of the settings or of the catalog: begin again."""
        self._begin()

    def _reread(self, change: Change) -> None:
        assert self.dialect is not None
        grown = change.inserted - change.removed
        frontier = self._frontier
        if frontier is not None and change.first > frontier[0][0] + MAX_REACH:
            return  # nothing below the frontier has been read yet
        start = self._restart(change)
        if start is None:
            self._frontier = ((0, 0), self._first)
            self._read_on(_PATIENCE)
            return
        lines = self.document.lines
        end = (len(lines) - 1, len(lines[-1]))
        place: Place = start.start
        state = self.records.get(start).state
        tail_line = change.first + change.inserted - 1
        tail_column = len(lines[tail_line]) - change.kept
        shift = change.shift
        fresh: list[Record] = []
        target: Spot | None = None
        read = self.dialect.read
        old_end = self.records.end()
        while True:
            if place >= end:
                break
            # A place after the edit that was the beginning of a record with the same state before: all is as it was.
            old: Place | None = None
            if place[0] > tail_line:
                old = (place[0] - grown, place[1])
            elif place[0] == tail_line and place[1] >= tail_column:
                old = (place[0] - grown, place[1] - shift)
            if old is not None:
                if old >= old_end and frontier is not None:
                    break
                found = self.records.at(old)
                met = found is not None and found.start == old and old < old_end
                if met and found is not None and self.records.get(found).state == state:
                    target = found
                    break
            if len(fresh) >= _PATIENCE:
                break
            record = read(lines, place[0], place[1], state)
            fresh.append(record)
            state = record.after
            place = after(place, record.height, record.width)
        self.work.records_read += len(fresh)
        for record in self.records.between(start, target):
            self._dismiss(record)
        for record in fresh:
            self._admit(record)
        self.records.replace(start, target, fresh)
        if target is None:
            self._frontier = (place, state) if place < end else None
        elif frontier is not None:
            (line, column), state = frontier
            moved = line == change.first + change.removed - 1
            self._frontier = ((line + grown, column + (change.shift if moved else 0)), state)

    def _restart(self, change: Change) -> Spot | None:
        """The first record whose reading may have looked at what changed; None when there are no records."""
        place = (max(change.first - self._sight, 0), 0)
        if not self.records.count:
            return None
        spot = self.records.at((change.first, change.start))
        if spot is None:
            return None
        above = self.records.before(spot)
        best = above if above is not None else spot
        # Long-sighted records further up, if any: those that looked down to the changed line.
        while above is not None and above.start >= place:
            if above.start[0] + self.records.get(above).reach > change.first:
                best = above
            above = self.records.before(above) if above.start[0] > place[0] else None
        return best

    # -- claims and notes -----------------------------------------------------------------------------------------

    def _check_groups(self, budget: int) -> None:
        for key in list(self._dirty)[:budget]:
            del self._dirty[key]
            group = self._groups.get(key)
            if group is not None:
                self._check_group(group)

    def _check_group(self, group: Group) -> None:
        self.work.groups_checked += 1
        found: dict[Record, list[GroupFinding]] = {}
        if len(group.bills) > MAX_CLAIM:
            self._too_long[group.key] = None
        else:
            self._too_long.pop(group.key, None)
            bills = list(group.bills)
            if len(bills) > 1:
                bills.sort(key=self.records.where)
            mask = 0
            for record in bills:
                mask |= record.content.mask
            alone = len(bills) == 1 and len(bills[0].content.lines) == 1
            mask &= self.book.of_one if alone else self.book.of_several
            if self.book.speaks_of_notes(mask) and group.statements is None and self._is_note(group):
                group.statements = Counter()
                for record in group.members:
                    group.statements.update(self._statements(record))
            if mask:
                found = self._findings_of(bills, group.statements, mask)
        if found or group.flagged:
            for record in {**group.flagged, **dict.fromkeys(found)}:
                if record in group.members:
                    old, record.extra = record.extra, tuple(found.get(record, ()))
                    self._flag(record, old, record.extra)
            group.flagged = dict.fromkeys(found)

    # -- patients over several days --------------------------------------------------------------------------------

    def _check_people(self, budget: int) -> None:
        for key in list(self._dirty_people)[:budget]:
            del self._dirty_people[key]
            person = self._people[key]
            found = self._findings_over_days(person)
            for record in {**person.flagged, **dict.fromkeys(found)}:
                if record in person.members:
                    old, record.wider = record.wider, tuple(found.get(record, ()))
                    self._flag(record, old, record.wider)
            person.flagged = dict.fromkeys(found)

    def _findings_over_days(self, person: Person) -> dict[Record, list[GroupFinding]]:
        self.work.groups_checked += 1
        found: dict[Record, list[GroupFinding]] = {}
        if not 1 < len(person.members) <= MAX_CLAIM and not _holds_several(person):
            return found
        apart: dict[int, list[tuple[ServiceLine, Record, int, int]]] = {}
        credited = set()
        for record in sorted(person.members, key=self.records.where):
            held: Held = record.content
            for item, line in enumerate(held.lines):
                book = self.book.of(line)
                mask = book.triggers(line) if held.billed[item] else 0
                if not mask & book.over_days:
                    continue
                if line.purpose == "credit":
                    credited.add((line.code, line.since))
                elif line.purpose == "claim":
                    apart.setdefault(id(book), []).append((line, record, item, mask))
        for entries in apart.values():
            entries = [entry for entry in entries if (entry[0].code, entry[0].since) not in credited]
            if len({entry[0].since for entry in entries}) < 2:
                continue
            mask = 0
            for entry in entries:
                mask |= entry[3]
            lines = tuple(entry[0] for entry in entries)
            for finding in self.book.of(lines[0]).check_patient(Patient(lines), mask):
                if not self._accepts(finding):
                    places = [(record, item) for _, record, item, _ in entries]
                    found.setdefault(places[finding.line][0], []).append(_placed(finding, places))
        return found

    def _is_note(self, group: Group) -> bool:
        return isinstance(group.key, tuple) and group.key[0] == "note"

    def _statements(self, record: Record) -> tuple[Statement, ...]:
        """What a record of a note states, kept by what it holds."""
        signature = record.signature
        if signature is None or self.dialect is None:
            return ()
        found = self._stated.get(signature)
        if found is None:
            found = self._stated[signature] = self.dialect.statements(record)
        return found

    def _findings_of(
        self, members: list[Record], statements: Counter[Statement] | None, mask: int
    ) -> dict[Record, list[GroupFinding]]:
        where: list[tuple[Record, int]] = []
        lines: list[ServiceLine] = []
        for record in members:
            held: Held = record.content
            for item, line in enumerate(held.lines):
                if held.billed[item]:
                    lines.append(line)
                    where.append((record, item))
        if not lines:
            return {}
        found: dict[Record, list[GroupFinding]] = {}
        for numbers in self._days(lines):
            charged = [number for number in numbers if lines[number].purpose != "credit"]
            claim = tuple([lines[number] for number in charged])
            if len(charged) < len(numbers):
                numbers = charged + [number for number in numbers if lines[number].purpose == "credit"]
            every = tuple([lines[number] for number in numbers])
            places = [where[number] for number in numbers]
            findings = list(self._of_claim(claim, every[len(claim) :], mask))
            if statements is not None:
                findings += self.book.check_note(Note(claim, dict(statements)), mask)
            for finding in findings:
                if self._accepts(finding):
                    continue
                found.setdefault(places[finding.line][0], []).append(_placed(finding, places))
        return found

    def _days(self, lines: list[ServiceLine]) -> list[list[int]]:
        """The numbers of the lines, those of one day and one kind of payer together."""
        first = lines[0]
        since, filing, payer = first.since, first.filing, first.payer
        for line in lines:
            if line.since != since or line.filing != filing or line.payer != payer:
                break
        else:
            return [list(range(len(lines)))]
        found: dict[tuple[object, str, int], list[int]] = {}
        for number, line in enumerate(lines):
            found.setdefault((line.since, line.filing, id(self.book.of(line))), []).append(number)
        return list(found.values())

    def _of_claim(self, claim: tuple[ServiceLine, ...], credits: tuple[ServiceLine, ...], mask: int) -> list[Finding]:
        """What the claim rules say of lines of one day and payer; kept, since an edit elsewhere asks again."""
        key = (claim, credits)
        known = self._claims.get(key)
        if known is None:
            known = self.book.of((claim + credits)[0]).check_claim(Claim(claim, credits), mask)
            if len(claim) > 1:  # a single line is soon asked again, and not worth a place
                if len(self._claims) >= _KEPT_CLAIMS:
                    self._claims.clear()
                self._claims[key] = known
        return known

    def group_of(self, record: Record) -> Group | None:
        """The claim or note that a record belongs to."""
        return self._groups.get(record.group) if record.group is not None else None

    # -- what came of it ------------------------------------------------------------------------------------------

    def _accepts(self, finding: Finding) -> bool:
        if not self.accept:
            return False
        key = accept_key(finding)
        if key not in self.accept:
            return False
        self.accepted.add(key)
        return True

    def findings(self) -> Iterator[Located]:
        """All findings in the order of the text; what is to be said once of the whole document comes first. Of those that
        a baseline accepts, as many as it accepts are passed over."""
        if not self.baseline:
            yield from self._findings()
            return
        budget = dict(self.baseline)
        for located in self._findings():
            if baseline.beyond(budget, baseline.key(located.finding)):
                yield located
        self.left = budget

    def known(self) -> Iterator[Located]:
        """The findings that the baseline accepts, in the order of the text."""
        budget = dict(self.baseline)
        for located in self._findings() if budget else ():
            if not baseline.beyond(budget, baseline.key(located.finding)):
                yield located

    def _findings(self) -> Iterator[Located]:
        yield from self.document_findings()
        for record, place in self.records.flagged():
            yield from self.findings_of(record, place)

    def budget_before(self, place: Place) -> dict[str, int]:
        """How many findings the baseline still accepts of those from a place on."""
        budget = dict(self.baseline)
        if not budget:
            return budget
        for located in self.document_findings():
            baseline.beyond(budget, baseline.key(located.finding))
        for record, start in self.records.flagged():
            if start >= place:
                break
            for located in self.findings_of(record, start) if record.remarks or self.ignored else ():
                baseline.beyond(budget, baseline.key(located.finding))
            if not (record.remarks or self.ignored):  # the order among those of one record is no matter here
                for finding in record.content.findings:
                    baseline.beyond(budget, baseline.key(finding))
                for extra in (*record.extra, *record.wider):
                    baseline.beyond(budget, baseline.key(extra.finding))
        return budget

    def findings_of(self, record: Record, place: Place) -> list[Located]:
        """The findings that stand on one record, in the order of the text."""
        said = self.said_of(record)
        if record.remarks or self.ignored:
            kept, told = self.heard(record, said)
            said = kept + [one for one in told if one[0].rule not in self.ignored]
        return self.located(record, place, said)

    def said_of(self, record: Record) -> list[Said]:
        """All that rules say of a record, comments or not."""
        held: Held = record.content
        said: list[Said] = [(finding, (), ()) for finding in held.findings]
        said += [(extra.finding, extra.related, extra.others) for extra in (*record.extra, *record.wider)]
        return said

    def located(self, record: Record, place: Place, said: list[Said]) -> list[Located]:
        """What is said of a record that begins at `place`, with its places, in the order of the text."""
        spans = self.spans(record) if said else {}
        found = []
        for finding, related, others in said:
            if finding.part.name == "remark":
                begin, stop = self.remark_place(record, place, finding.part.index)
            else:
                start, end = self._span(spans, finding, record)
                begin, stop = locate(record, place, start), locate(record, place, end)
            found.append(Located(finding, record, begin, stop, related, others))
        found.sort(key=lambda located: (located.start, located.end, located.finding.rule))
        return found

    def document_findings(self) -> Iterator[Located]:
        """Findings about the document as a whole, which stand on its first line, and about comments at its end."""
        for located in self.said_of_document():
            if located.finding.rule not in self.ignored:
                yield located

    def said_of_document(self) -> Iterator[Located]:
        """The same, whether the file is told to ignore them or not."""
        facts = {**self.totals, "long claims": len(self._too_long), "longest": MAX_CLAIM}
        if not any(self.totals.values()) or not self.records.count:
            return
        first = self.records.get(Spot(0, 0, (0, 0)))
        length = len(self.document.lines[0].rstrip("\r\n"))
        for finding in self.book.check_document(facts):
            if not self._accepts(finding):
                yield Located(finding, first, Position(0, 0), Position(0, length))
        yield from self._left_over()

    def _left_over(self) -> Iterator[Located]:
        """Comments at the end of the document, with no record below that they could speak of."""
        last = self.records.blocks[-1].records[-1]
        waiting = getattr(last.after, "pending", ())
        if not waiting:
            return
        line, column = self.records.end()
        for remark in waiting:
            names = tuple(suppression.ids(remark, self.book.names))
            at = line + (1 if column else 0) - remark.up
            for finding in (
                self.book.check_problem(Problem(suppression.UNUSED, Part("remark", -1), names)) if names else ()
            ):
                yield Located(finding, last, Position(at, remark.start), Position(at, remark.end))

    def positions(
        self, record: Record, place: Place, spans: dict[Part, tuple[int, int]], part: Part
    ) -> tuple[Position, Position]:
        """Where a part of a record stands in the document; the whole record when it has no such part."""
        start, end = spans.get(part) or spans.get(Part("line")) or (0, len(record.text.rstrip("\r\n")))
        return locate(record, place, start), locate(record, place, end)

    def spans(self, record: Record) -> dict[Part, tuple[int, int]]:
        """Where each part of a record stands in its text."""
        assert self.dialect is not None
        return {placed.part: (placed.start, placed.end) for placed in self.dialect.parts(record)}

    def _span(self, spans: dict[Part, tuple[int, int]], finding: Finding, record: Record) -> tuple[int, int]:
        part = finding.part
        span = spans.get(part)
        if span is None:
            span = spans.get(Part("code", 0, part.item)) or spans.get(Part("line"))
        if span is None:
            span = (0, len(record.text.rstrip("\r\n")))
        if finding.end is not None:
            last = spans.get(finding.end._replace(item=part.item))
            if last is not None and last[1] >= span[0]:
                span = (span[0], last[1])
        return span


def _holds_several(person: Person) -> bool:
    """Whether the only record of a patient has several lines."""
    return len(person.members) == 1 and any(len(record.content.lines) > 1 for record in person.members)


def _person(record: Record) -> Hashable:
    """Who was treated: one group holds all that a patient's records have in common, or but a day of it."""
    return record.group if record.person is None else record.person


def _placed(finding: Finding, places: list[tuple[Record, int]]) -> GroupFinding:
    """A finding about several lines, put where these stand."""
    return GroupFinding(
        finding=_on_item(finding, places[finding.line][1]),
        related=tuple(
            Elsewhere(places[other.line][0], other.part._replace(item=places[other.line][1]), other.message)
            for other in finding.related
        ),
        others=tuple(places) if any(fix.also for fix in finding.fixes) else (),
    )


def _on_item(finding: Finding, item: int) -> Finding:
    if finding.part.item == item:
        return finding
    from dataclasses import replace

    return replace(finding, part=finding.part._replace(item=item))


def accept_key(finding: Finding) -> str:
    """How a finding is named when it is accepted: rule, code and modifiers, nothing of a patient."""
    return f"{finding.rule} {'-'.join((finding.code, *finding.modifiers))}".rstrip()


def locate(record: Record, place: Place, offset: int) -> Position:
    """The position of an offset in a record's text, for a record that begins at `place`."""
    if record.height == 0 or (record.height == 1 and record.width == 0 and offset < len(record.text) - 1):
        return Position(place[0], place[1] + offset)
    from superbill.text.document import advance

    return advance(Position(*place), record.text[:offset])
