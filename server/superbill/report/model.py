"""What a report is made of: findings with places counted from 1, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from superbill.engine.analysis import Analysis, Located, accept_key
from superbill.engine.mending import offered
from superbill.engine.suppressed import Suppressed, suppressed
from superbill.rules.base import Finding, Fix, Severity, is_own
from superbill.rules.own import SOURCE, OwnRule


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a fix: lines and columns from 1, columns in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A fix as reported. `masked` says that its edits are left out, because their text could name a patient."""

    title: str
    preferred: bool
    edits: tuple[Edit, ...]
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place of the same file that a finding speaks of; counted as in `Reported`."""

    line: int
    column: int
    end_line: int
    end_column: int
    message: str


@dataclass(frozen=True, slots=True)
class Silence:
    """What silences a finding: where it is written, and the reason that is given there, "" for none.

    `path` is the file, "" when nobody knows; `line` 0 stands for the whole of it, `column` 0 for the whole line. `by` is what
    `Suppressed` has.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding in a file: lines and columns from 1, columns in code points, end exclusive.

    `source_line` is the text of its first line, for showing it; it goes into no report that leaves the screen.
    `fingerprint` stays the same when lines move, and holds nothing of a patient (see `fingerprint`). `sources` are the
    rule's own fixes behind `fixes`, one for one. `own` is the rule of the workspace that speaks, if it is one.
    `silence` is set for a finding that is not shown elsewhere.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    finding: Finding
    message: str
    fixes: tuple[Mend, ...] = ()
    related: tuple[Elsewhere, ...] = ()
    source_line: str = ""
    fingerprint: str = ""
    sources: tuple[Fix, ...] = ()
    own: OwnRule | None = None
    silence: Silence | None = None

    @property
    def title(self) -> str:
        """The rule in a few words: id and name, or that it is one of the workspace, whose rules have no other name."""
        finding = self.finding
        return f"{finding.rule} {SOURCE if is_own(finding.rule) else finding.name}"


@dataclass(slots=True)
class Summary:
    """Totals over all files."""

    files: int = 0
    service_lines: int = 0
    mentions: int = 0
    not_checked: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    mendable: int = 0
    known: int = 0  #: findings that the baseline accepts; they are in no other count

    def add(self, other: Summary) -> None:
        """Add the totals of other files."""
        self.files += other.files
        self.service_lines += other.service_lines
        self.mentions += other.mentions
        self.not_checked += other.not_checked
        self.severities.update(other.severities)
        self.mendable += other.mendable
        self.known += other.known

    def worst(self) -> Severity | None:
        """The gravest severity found."""
        for severity in ("error", "warning", "information", "hint"):
            if self.severities[severity]:
                return severity
        return None


def fingerprint(finding: Finding, count: int) -> str:
    """What names a finding in a file from one run to the next: rule, code, modifiers, the part it stands on, and how many
    like it come before. Lines may move; nothing of a patient goes in, so nothing of one can be guessed from it."""
    import hashlib  # what only reports that leave the machine need

    what = (finding.rule, finding.code, *finding.modifiers, finding.part.name, str(count))
    return hashlib.sha256("|".join(what).encode()).hexdigest()[:20]


Counts = Counter[tuple[object, ...]]


def report(
    path: str, analysis: Analysis, summary: Summary, *, leaving: bool = True, counts: Counts | None = None
) -> Iterator[tuple[Reported, Located]]:
    """The findings of one analysed file, each with the place where the analysis has it; adds to the summary. What
    only reports that leave the machine tell is worked out where it is asked for: fingerprints, other places. `counts`
    takes up how many there are of each kind, for `silenced`."""
    summary.files += 1
    summary.service_lines += analysis.totals["lines"]
    summary.mentions += analysis.totals["mentions"]
    summary.not_checked += analysis.totals["outside"]
    lines = analysis.document.lines
    shown = (-1, "")  # the line shown last; a file of one long line shall not be copied for every finding
    counts = Counter() if counts is None else counts
    own = {rule.id: rule for rule in analysis.book.own}
    for located in analysis.findings():
        finding = located.finding
        mends, sources = [], []
        for fix, edits in offered(analysis, located):
            sources.append(fix)
            mends.append(
                Mend(
                    fix.title,
                    fix.preferred,
                    tuple(
                        Edit(e.start.line + 1, e.start.column + 1, e.end.line + 1, e.end.column + 1, e.text)
                        for e in edits
                    ),
                )
            )
        if shown[0] != located.start.line:
            shown = (located.start.line, lines[located.start.line].rstrip("\r\n"))
        summary.severities[finding.severity] += 1
        summary.mendable += any(mend.preferred for mend in mends)
        plain = _plain(path, analysis, located, counts, own, leaving=leaving)
        yield replace(plain, fixes=tuple(mends), source_line=shown[1], sources=tuple(sources)), located


def silenced(
    path: str, analysis: Analysis, places: Mapping[str, Silence], counts: Counts
) -> Iterator[tuple[Reported, Suppressed]]:
    """The findings of one analysed file that are not shown, each with what silences it; they are in no count.

    `places` tells of accepted findings, by what they are accepted as, where that is written and why; and by "" where the
    baseline lies. `counts` are those of `report`: fingerprints go on from there. A finding that is not shown has no fixes.
    """
    own = {rule.id: rule for rule in analysis.book.own}
    for one in suppressed(analysis):
        if one.start is not None and one.end is not None:
            start, end = one.start, one.end
            silence = Silence(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1, one.reason)
        else:
            key = accept_key(one.located.finding) if one.by == "accept" else ""
            silence = places.get(key) or Silence("")
        plain = _plain(path, one.analysis, one.located, counts, own, leaving=True)
        yield replace(plain, silence=replace(silence, by=one.by)), one


def _plain(
    path: str,
    analysis: Analysis,
    located: Located,
    counts: Counts,
    own: Mapping[str, OwnRule],
    *,
    leaving: bool,
) -> Reported:
    """A finding with its places, without fixes and text."""
    finding = located.finding
    like = (finding.rule, finding.code, finding.modifiers, finding.part.name)
    counts[like] += 1
    return Reported(
        path,
        located.start.line + 1,
        located.start.column + 1,
        located.end.line + 1,
        located.end.column + 1,
        finding,
        finding.message,
        related=tuple(_elsewhere(analysis, located)) if leaving else (),
        fingerprint=fingerprint(finding, counts[like]) if leaving else "",
        own=own.get(finding.rule),
    )


def _elsewhere(analysis: Analysis, located: Located) -> Iterator[Elsewhere]:
    for other in located.related:
        place = analysis.records.where(other.record)
        start, end = analysis.positions(other.record, place, analysis.spans(other.record), other.part)
        yield Elsewhere(start.line + 1, start.column + 1, end.line + 1, end.column + 1, other.message)
