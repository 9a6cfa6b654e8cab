"""What a user's own document says of a code, and what was made of it while reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from superbill.catalog.model import Brief


@dataclass(frozen=True, slots=True)
class OwnBrief:
    """One code's brief out of a user's own document. All wording is the document's.

    `title` is "" where the document gives none. `service` and `sites` are text as written. `extra` holds sections that
    have no place elsewhere, by their heading. `brief.unknown` names what the document itself calls unavailable, and what
    was cut off. `source` is the document's name without its folder, `line` (from 1) where the brief begins in it.
    """

    code: str
    brief: Brief
    title: str = ""
    overview: str = ""
    service: str = ""
    sites: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    source: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Remark:
    """What was made of one place of a document. `line` counts from 1; `understood` is False where something was left
    out or kept only as text. The words quote headings at most, never the text below them."""

    line: int
    text: str
    understood: bool = True


@dataclass(slots=True)
class Reading:
    """The briefs of one document, and what was made of it line by line."""

    briefs: list[OwnBrief] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
