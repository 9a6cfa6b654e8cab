"""What hover and look-up show of what users brought themselves, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from superbill.catalog.own.model import OwnBrief, TeamCode, TeamNote

if TYPE_CHECKING:
    from datetime import date

    from superbill.rules.knowledge import Knowledge

_ROWS = 5


def own_blocks(know: Knowledge, code: str) -> list[str]:
    """Of a code: what the workspace says, then the user's brief."""
    team = know.catalog.team
    blocks = []
    entry = team.codes.get(code)
    if entry is not None:
        blocks.append(_entry(entry, alone=know.catalog.procedure(code) is entry.procedure))
    blocks += _notes(team.notes_on(code))
    brief = know.catalog.own_brief(code)
    if brief is not None:
        bundled = know.procedure(code)
        blocks.append(_brief(brief, short=bundled is not None and bundled.brief is not None))
    return blocks


def licensed(know: Knowledge, code: str, on: date | None = None) -> str:
    """The AMA's descriptor of a code, where a licence holder has imported it, with the notice that goes with it."""
    found = know.catalog.descriptor(code, on)
    if found is None:
        return ""
    text = shorten(found.long or found.medium or found.consumer or found.short, 600)
    plain = f"  \nFor patients: {shorten(found.consumer, 240)}" if found.consumer and found.consumer != text else ""
    return f"**CPT** {text}{plain}  \n*{found.notice}*"


def modifier_notes(know: Knowledge, modifier: str, code: str = "") -> list[str]:
    """Of a modifier: what the workspace notes of it."""
    return _notes(know.catalog.team.notes_on_modifier(modifier, code))


def own_source(know: Knowledge, code: str) -> str:
    """Whose title a code bears where the catalog has no entry for it; "" when nobody's."""
    entry = know.catalog.team.codes.get(code)
    if entry is not None and know.catalog.procedure(code) is entry.procedure:
        return "your workspace"
    if know.procedure(code) is None and know.catalog.own_brief(code) is not None:
        return "your brief"
    return ""


def _entry(entry: TeamCode, alone: bool) -> str:
    said = []
    if entry.modifiers is not None:
        said.append(f"takes {', '.join(entry.modifiers)}" if entry.modifiers else "takes no modifier")
    if entry.sides is not None:
        said.append("has sides" if entry.sides else "has no sides")
    if entry.units is not None:
        said.append(f"{entry.units} unit{'s' * (entry.units > 1)} a line at most")
    if entry.since:
        said.append(f"since {entry.since}")
    if entry.until:
        said.append(f"**ends {entry.until}**" + (f", then {entry.instead}" if entry.instead else ""))
    rows = [] if alone else [entry.procedure.title, entry.procedure.about, entry.procedure.apart]
    text = ". ".join(row.rstrip(".") for row in rows if row)
    body = " · ".join(part for part in (text, *said) if part)
    return f"**Your workspace** {body}  \n*{entry.source}*" if body else f"*your workspace, {entry.source}*"


def _notes(notes: Sequence[TeamNote]) -> list[str]:
    return [
        f"**Your workspace** {note.text}  \n*{' · '.join(part for part in (note.origin, note.source) if part)}*"
        for note in notes
    ]


def _brief(own: OwnBrief, short: bool) -> str:
    """A brief in a few lines; `short` where the bundled one says most of it already."""
    brief = own.brief
    rows = [f"**Your brief** {own.title}".rstrip()]
    if own.overview or brief.summary:
        rows.append(shorten(own.overview or brief.summary, 200 if short else 420))
    named = [
        f"**{label}** {shorten(text, 160)}" for label, text in (("Service", own.service), ("Where", own.sites)) if text
    ]
    if named and not short:
        rows.append(" · ".join(named))
    uses = [
        f"**{use.code}** {shorten(use.when or use.means, 110).rstrip('.')}"
        for use in brief.modifiers[: 3 if short else _ROWS]
    ]
    uses += [f"~~{use.code}~~ {shorten(use.when, 110).rstrip('.')}" for use in brief.never[:3]]
    if uses:
        rows.append(" · ".join(uses))
    if brief.documentation and not short:
        rows.append(f"**Note must state** {shorten('; '.join(text.rstrip('.') for text in brief.documentation), 260)}")
    unknown = f" · not known there: {shorten(', '.join(brief.unknown), 160)}" if brief.unknown else ""
    return "  \n".join(rows) + f"  \n*{own.source}, line {own.line}{unknown}*"


def own_page(know: Knowledge, code: str) -> str:
    """The whole of a user's brief and of the workspace's notes as Markdown; "" when there is neither."""
    own = know.catalog.own_brief(code)
    team = know.catalog.team
    entry = team.codes.get(code)
    out = [_entry(entry, alone=False)] if entry is not None else []
    out += _notes(team.notes_on(code))
    if own is None:
        return "\n\n".join(out)
    brief = own.brief
    out.append(f"# {code} · {own.title or 'your brief'}\n\n*your brief: {own.source}, line {own.line}*")
    out += [text for text in (own.overview, brief.summary if brief.summary != own.overview else "") if text]
    facts = [f"- {label}: {text}" for label, text in (("Service", own.service), ("Where", own.sites)) if text]
    out.append("\n".join(facts))
    if brief.context:
        out.append(f"## A case\n\n{brief.context}")
    if brief.modifiers or brief.never:
        table = ["| modifier | means | when to use it here |", "|---|---|---|"]
        table += [f"| {use.code} | {_cell(use.means)} | {_cell(use.when)} |" for use in brief.modifiers]
        table += [f"| ~~{use.code}~~ | {_cell(use.means)} | never: {_cell(use.when)} |" for use in brief.never]
        out.append("## Modifiers\n\n" + "\n".join(table))
    for heading, items in (
        ("The note must state", brief.documentation),
        ("Tell apart", [_relation(one.codes, one.text) for one in brief.related]),
        ("Not together", [_relation(one.codes, one.text) for one in brief.conflicts]),
        ("Payers", [f"{payer}: {note}" if payer and note else payer or note for payer, note in brief.payers]),
        *((heading, [text]) for heading, text in own.extra),
        ("Not known there", brief.unknown),
        ("Sources", brief.sources),
    ):
        if items:
            out.append(
                f"## {heading}\n\n" + "\n".join(item if item.startswith("- ") else f"- {item}" for item in items)
            )
    return "\n\n".join(part for part in out if part)


def _relation(codes: Sequence[str], text: str) -> str:
    return f"{', '.join(codes)}: {text}" if codes and text else ", ".join(codes) or text


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")


def shorten(text: str, size: int) -> str:
    """A text cut to a size, at the end of a sentence where one is near, else between words."""
    text = " ".join(text.split())
    if len(text) <= size:
        return text
    cut = text.rfind(" ", 0, size - 1)
    stop = max(text.rfind(". ", 0, size), text.rfind("; ", 0, size))
    return text[: stop + 1] if stop > size // 2 else text[:cut] + " …"
