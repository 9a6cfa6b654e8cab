"""What a rule is, and what it says.

A rule is a small function with its metadata above it and its documentation in the docstring of its file:

    \"\"\"One line that says what is wrong.

    ## What it does
    ## Why it matters
    ## Example          (a fenced block that must give exactly this finding, drawn under the text)
    ## Instead          (a fenced block that must give no finding)
    ## Source
    ## Payers
    \"\"\"

    @rule(id="K520", name="bilateral-not-possible", severity="warning", modifiers=("50",), editions=(FEES,))
    def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
        ...
            yield say(line.slot("50"), f"{line.code}-50: ...", fixes=[remove(line, "50")])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from superbill.charges.dialect import EditRemark, MaskIdentifiers, NameColumn, Operation
from superbill.charges.model import Part

if TYPE_CHECKING:
    from superbill.rules.knowledge import Knowledge

Severity = Literal["error", "warning", "information", "hint"]
Scope = Literal["line", "claim", "patient", "note", "problem", "document"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "information", "hint")

GROUPS = {
    "F": "Format of a field",
    "E": "The file around the charge",
    "C": "Codes and their dates",
    "M": "Modifiers and their dates",
    "K": "Modifier against code",
    "X": "Modifier against modifier",
    "O": "Order of modifiers",
    "U": "Units",
    "L": "Line against line",
    "D": "Dates",
    "P": "Place of service",
    "N": "Documentation drafts",
}
#: The group of rules that a workspace brings itself, and the shape of their ids, which none of ours has: ACME-1.
OWN_GROUP = "own"
OWN_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")


class Fix(NamedTuple):
    """A mend: a title that says what will be done, and what a dialect shall do.

    `preferred` is for mechanical mends only, those that cannot change what is paid without being right; they are
    what "fix all" applies. `also` holds operations on other lines of the claim: (line number, operation).
    """

    title: str
    operations: tuple[Operation | NameColumn | EditRemark | MaskIdentifiers, ...]
    preferred: bool = False
    also: tuple[tuple[int, Operation], ...] = ()


class Related(NamedTuple):
    """Another place that a finding speaks of: a line of the claim by number, a part of it, and why."""

    line: int
    part: Part
    message: str


class Draft(NamedTuple):
    """What a rule says, before the rule book adds its id, severity and source."""

    part: Part
    message: str
    fixes: tuple[Fix, ...] = ()
    line: int = 0
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    end: Part | None = None
    unneeded: bool = False
    payer: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a part of a line: what, why, what to do; and its fixes.

    `line` counts within the claim or note for rules of that scope, and is 0 for the others. `end`, when set, is the
    part up to which the underlining reaches. `link` is the address of a page on it, for rules that have none of ours.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    part: Part
    code: str = ""
    modifiers: tuple[str, ...] = ()
    source: str = ""
    fixes: tuple[Fix, ...] = ()
    line: int = 0
    related: tuple[Related, ...] = ()
    end: Part | None = None
    unneeded: bool = False
    link: str = ""


def is_own(id: str) -> bool:
    """Whether a rule is one of a workspace's own, by its id."""
    return "-" in id


def say(
    part: Part,
    message: str,
    *,
    fixes: Iterable[Fix] = (),
    line: int = 0,
    related: Iterable[Related] = (),
    severity: Severity | None = None,
    end: Part | None = None,
    unneeded: bool = False,
    payer: bool = False,
) -> Draft:
    """Say something about a part. The message has three parts in one breath: what, why, what to do.

    `severity` overrules the rule's own; `unneeded` greys the text out where an editor can; `payer` says that the payer
    profile had a say in it, so that its name is added to a message that does not hold it.
    """
    return Draft(part, message, tuple(fixes), line, tuple(related), severity, end, unneeded, payer)


class Rule(NamedTuple):
    """One check with its metadata.

    Bundled rules are made by `rule` and have their text in a module. Those of a workspace are made from its settings:
    `text` is their documentation, `within` the codes they look at, `source` and `link` what their findings name, and
    `of_payers` says that they hold for some payer profiles only.
    """

    id: str
    name: str
    severity: Severity
    scope: Scope
    check: Callable[[Any, Knowledge], Iterable[Draft]]
    module: str
    modifiers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    cited: bool = False
    absence: bool = False
    lines: int = 1
    needs: str = ""
    multiple: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    twice: bool = False
    credits: bool = False
    objects: tuple[str, ...] = ()
    status: str = "stable"
    since: str = "0.1"
    text: str = ""
    within: Container[str] | None = None
    source: str = ""
    link: str = ""
    of_payers: bool = False

    @property
    def group(self) -> str:
        """The letter of the group it belongs to, or "own"."""
        return OWN_GROUP if is_own(self.id) else self.id[0]

    @property
    def documentation(self) -> str:
        """The docstring of the rule's file, or the text it brings along."""
        from importlib import import_module

        if self.text:
            return self.text
        return (import_module(self.module).__doc__ or "").strip()

    @property
    def title(self) -> str:
        """The first line of the documentation."""
        return self.documentation.partition("\n")[0]

    def sections(self) -> Mapping[str, str]:
        """The documentation by heading: "What it does", "Why it matters", "Example", "Instead", "Source", "Payers"."""
        found: dict[str, list[str]] = {}
        current: list[str] = []
        fenced = False
        for line in self.documentation.split("\n"):
            fenced ^= line.startswith("```")
            if line.startswith("## ") and not fenced:
                current = found.setdefault(line[3:].strip(), [])
            else:
                current.append(line)
        return {heading: "\n".join(lines).strip() for heading, lines in found.items()}


def rule(
    *,
    id: str,
    name: str,
    severity: Severity,
    scope: Scope = "line",
    modifiers: Iterable[str] = (),
    codes: Iterable[str] = (),
    packages: Iterable[str] = (),
    editions: Iterable[str] = (),
    kinds: Iterable[str] = (),
    cited: bool | None = None,
    absence: bool = False,
    lines: int = 1,
    needs: str = "",
    multiple: Iterable[str] = (),
    limits: Iterable[str] = (),
    twice: bool = False,
    credits: bool = False,
    objects: Iterable[str] = (),
    status: str = "stable",
    since: str = "0.1",
) -> Callable[[Callable[[Any, Knowledge], Iterable[Draft]]], Rule]:
    """Make a rule of a function.

    `modifiers` and `codes` (code-set names or codes) narrow when the function is called at all: a line rule for lines
    that carry one of the modifiers and codes, a claim or note rule when some line does. A rule of scope "patient" is
    called for the lines of one patient on two days or more, and is shown no other lines than those that some such rule
    names by `codes`, or by `packages`, the global days of the fee schedule. `kinds` names the problems
    that a rule of scope "problem" speaks about. `editions` names the published tables it reads: its findings name
    them, and an error becomes a warning where they do not cover the date of service. `cited` lets a line rule judge
    codes that a text merely cites with modifiers; the groups K and X do, the others do not. `absence` says that the
    rule speaks because a modifier is not there: it keeps silent where the file has no place for modifiers at all.
    `lines` is the number of lines that a claim must have for a claim rule to be called. A claim rule is also narrowed by
    `multiple`, the fee schedule's indicator of multiple procedures, and by `limits`, the kind of a code's unit limit, of
    which some line must have one; by `twice`, when a code must stand on two lines; by `credits`, when a line must take a
    charge back. A line rule that is called whatever the modifiers names in `objects` those it may speak against, so
    that a completion need not ask it about the others. `needs` is the kind of table, or what its name begins with, without which the rule has nothing to say:
    while none is imported it is not called at all. Line rules of the group F are
    called only for lines that are not written as they are understood (`ServiceLine.tidy`); the other line rules may
    read neither provider, payer nor diagnoses, and of a charge only whether there is one.
    """

    def make(check: Callable[[Any, Knowledge], Iterable[Draft]]) -> Rule:
        return Rule(
            id=id,
            name=name,
            severity=severity,
            scope=scope,
            check=check,
            module=check.__module__,
            modifiers=tuple(modifiers),
            codes=tuple(codes),
            packages=tuple(packages),
            editions=tuple(editions),
            kinds=tuple(kinds),
            cited=id[0] in "KX" if cited is None else cited,
            absence=absence,
            lines=lines,
            needs=needs,
            multiple=tuple(multiple),
            limits=tuple(limits),
            twice=twice,
            credits=credits,
            objects=tuple(objects),
            status=status,
            since=since,
        )

    return make
