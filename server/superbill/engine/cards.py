"""What hover and look-up show, as Markdown: cards of codes, modifiers, places, columns.

The first two lines answer "what is it" and "is my line right"; the rest is there when wanted. What is not known says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from superbill.catalog import indicators, reasons
from superbill.catalog.model import Brief, FeeRow, Modifier, Procedure, UnitLimit
from superbill.catalog.shapes import is_code, is_level_two
from superbill.catalog.store import ADDONS, FEES, HCPCS, HOSPITAL, OPPS, SUPPLIER_UNITS, UNITS
from superbill.engine.own_cards import licensed, modifier_notes, own_blocks, own_page, own_source, shorten
from superbill.rules.knowledge import table_for

if TYPE_CHECKING:
    from datetime import date

    from superbill.charges.model import ServiceLine
    from superbill.engine.analysis import Analysis
    from superbill.engine.query import FieldSpot, Spot
    from superbill.rules.base import Finding, Rule
    from superbill.rules.book import RuleBook
    from superbill.rules.knowledge import Knowledge

_MARKS = {"error": "✗", "warning": "✗", "information": "ⓘ", "hint": "·"}
_LONG = 1000


def spot_card(analysis: Analysis, spot: Spot) -> str:
    """The card of what stands at a spot; "" where there is nothing to say."""
    book = analysis.book.of(spot.line) if spot.line is not None else analysis.book
    know = book.know
    name, text = spot.part.name, spot.text.strip()
    if name == "code":
        code = spot.line.code if spot.line and spot.line.code else text.upper()[:5]
        if not is_code(code):
            code = text.upper()
            if code not in know.catalog.team.codes:
                return ""
        found = [
            located.finding
            for located in analysis.findings_of(spot.record, spot.place)
            if located.finding.part.item == spot.part.item
        ]
        return code_card(know, code, spot.line, found, book)
    if name == "modifier":
        return modifier_card(know, text.upper(), spot.line, book) if len(text) == 2 else ""
    if name == "place":
        return place_card(know, text) if text else ""
    if name == "header":
        dialect = analysis.dialect
        assert dialect is not None
        return column_card(*dialect.heading(spot.record, spot.part.index))
    if name == "units" and spot.line is not None and spot.line.code:
        return units_card(know, spot.line)
    return ""


def field_card(spot: FieldSpot) -> str:
    """The card of a field: which one it is, what it is for, what its value means."""
    field = spot.field
    rows = [f"**{field.name}** · {field.title}"]
    value = spot.text.strip()
    meaning = field.values.get(value.upper()) or field.values.get(value)
    if meaning:
        rows.append(f"`{value}`: {meaning}")
    elif value and field.values and not field.open:
        rows.append(f"`{value}` is none of its values: {', '.join(list(field.values)[:12])}")
    return "  \n".join(rows)


def units_card(know: Knowledge, line: ServiceLine) -> str:
    """The card of a units field: the limit of the line's code, when one is loaded."""
    limit = know.limit(line)
    if limit is None:
        return f"**Units** of {line.code}: no limit is loaded, which does not mean that there is none"
    phrase = know.catalog.unit_phrase(line.code, line.since, table_for(UNITS, line))
    words = indicators.unit_words(limit, reasons.of_limit(phrase) if phrase else "")
    return f"**Units** of {line.code}: {words}  \n*{know.edition_for(UNITS, line).name}*"


def plain(text: str) -> str:
    """A card without Markdown, for clients that cannot show it."""
    rows = []
    for row in text.replace("  \n", "\n").split("\n"):
        if set(row) <= set("|- "):
            continue
        cells = [cell.strip() for cell in row.strip("|").split("|")] if row.startswith("|") else [row]
        rows.append("  ".join(cell for cell in cells if cell).replace("**", "").replace("~~", ""))
    return re.sub(r"\*([^*\n]+)\*", r"\1", "\n".join(rows))


def code_card(
    know: Knowledge,
    code: str,
    line: ServiceLine | None = None,
    findings: Sequence[Finding] = (),
    book: RuleBook | None = None,
) -> str:
    """The card of a code; with a line, first what is true of that line. `book` holds the rules in force, if other
    than the default ones."""
    procedure = know.procedure(code)
    on = line.since if line else None
    row = know.plain_row(code, on) or (know.row(line) if line else None)
    blocks = [_head(know, code, procedure, row, on), licensed(know, code, on)]
    if line is not None and line.purpose == "claim":
        said = this_line(_rules(know, book), line, findings)
        if said:
            blocks.append(f"**This line** {said}")
    if procedure is not None:
        brief = procedure.brief
        text = brief.summary if brief else procedure.about
        if text:
            blocks.append(shorten(text, 420))
        table = _modifier_table(know, book, code, brief, line)
        if table:
            blocks.append(table)
        blocks += _context(know, procedure, brief)
    blocks.append(_own_text(know, code, procedure, on))
    blocks += own_blocks(know, code)
    blocks.append(_bundles(know, code, line))
    blocks.append(_facts(know, code, row, line))
    return "\n\n".join(block for block in blocks if block)


def _own_text(know: Knowledge, code: str, procedure: Procedure | None, on: date | None) -> str:
    """What an imported HCPCS file says of a code that has no entry of ours: CMS's text, and whose it is."""
    text, edition = know.catalog.hcpcs_text(code, on) if procedure is None else ("", None)
    return f"{shorten(text, 420)} *(CMS, {edition.name})*" if text and edition else ""


def _bundles(know: Knowledge, code: str, line: ServiceLine | None) -> str:
    """The pairs of codes that a code is in, those that matter most, when such a table is imported."""
    from superbill.engine.pairs import nearest

    table = know.catalog.pairs() if line is None else know.pairs(line)
    if table is None:
        return ""
    found = nearest(know, table, code, line.since if line else None)
    parts = [
        f"{words} {_with_reasons(found.codes[key])}"
        for key, words in (
            ("2-1", "bundles into"),
            ("2-0", "never paid with"),
            ("1-1", "takes in, unless distinct,"),
            ("1-0", "always takes in"),
        )
        if found.codes[key]
    ]
    if not parts:
        return ""
    parts[0] += " unless distinct" if found.codes["2-1"] else ""
    more = f"; {found.more:,} more" if found.more else ""
    return f"**Pairs** {'; '.join(parts)}{more} *({table.edition.name})*"


def _with_reasons(codes: Sequence[tuple[str, str]]) -> str:
    """Codes, those with one reason together, and the reason behind them."""
    by_reason: dict[str, list[str]] = {}
    for code, reason in codes:
        by_reason.setdefault(reason, []).append(code)
    return ", ".join(f"{', '.join(some)} ({reason})" for reason, some in by_reason.items())


def _head(know: Knowledge, code: str, procedure: Procedure | None, row: FeeRow | None, on: date | None = None) -> str:
    title = know.catalog.title(code) or "no entry in the catalog"
    trail = list(know.family(code))
    if row is not None and row.status in indicators.STATUS_SHORT:
        trail_text = " › ".join(trail) + f" · {indicators.STATUS_SHORT[row.status]}"
    else:
        trail_text = " › ".join(trail) or "belongs to no known range"
    dates = _dates(know, code, on)
    whose = own_source(know, code)
    own = " · *own words, not the AMA descriptor*" if procedure and not whose and not is_level_two(code) else ""
    own = f" · *{whose}*" if whose else own
    return f"**{code}** · {title}  \n{trail_text}{dates}{own}"


def _dates(know: Knowledge, code: str, on: date | None = None) -> str:
    if not is_level_two(code) or code[0] == "D":
        return ""
    known = know.hcpcs(code, on)
    if known is None:
        return f" · not in the loaded list ({know.edition(HCPCS, on).name})"
    if known.until:
        after = f", see {' '.join(known.successors)}" if known.successors else ""
        return f" · **ended {known.until}**{after}"
    return f" · since {known.since}" if known.since else ""


def this_line(book: RuleBook, line: ServiceLine, findings: Sequence[Finding]) -> str:
    """What is true of one line, in marks: what fits, what does not, units."""
    from superbill.engine.fitting import fit

    know = book.know
    said: list[str] = []
    wrong = [finding for finding in findings if finding.severity in ("error", "warning")]
    spoken = {finding.part for finding in wrong}
    row = know.plain_row(line.code, line.since)
    for modifier in line.mods:
        if line.slot(modifier) in spoken:
            continue
        entry = know.modifier(modifier)
        if entry is None and not (know.ambulance_pair(modifier) and know.is_ambulance(line.code)):
            continue
        ok, why = fit(book, line, modifier)
        gloss = entry.name if entry else "origin and destination"
        said.append(f"✓ {modifier}: {gloss}." if ok else f"✗ {modifier}: {_clause(why, line.code, modifier)}.")
    if line.place and row is not None and not any(finding.part.name == "place" for finding in wrong):
        place = know.place(line.place)
        if place is not None and row.pctc == "1":
            side = "the facility bills the technical part" if know.facility(line.place) else "not a facility"
            said.append(f"✓ POS {line.place}: {side}.")
    limit = know.limit(line)
    if limit and limit.value and line.units is not None:
        said.append(f"Units {line.units.normalize():f} of {limit.value} a day.")
    for finding in findings:
        message = finding.message
        said.append(f"{_MARKS[finding.severity]} {shorten(message, 220)}")
    return " ".join(said)


def _clause(message: str, code: str, modifier: str) -> str:
    text = message.removeprefix(f"{code}-{modifier}: ").removeprefix(f"{code}: ")
    return text.split(". ")[0].rstrip(".")


def _rules(know: Knowledge, book: RuleBook | None) -> RuleBook:
    """The rules; imported here, because a plain look-up does without them."""
    from superbill.rules.book import RuleBook

    return book or RuleBook(know)


def _modifier_table(
    know: Knowledge, book: RuleBook | None, code: str, brief: Brief | None, line: ServiceLine | None
) -> str:
    rows: list[str] = []
    if brief is not None:
        for use in brief.modifiers[:5]:
            entry = know.modifier(use.code)
            means = entry.name if entry else use.means
            rows.append(f"| **{use.code}** | {_cell(means)} | {_cell(_first_sentence(use.when))} |")
        for use in brief.never[:3]:
            entry = know.modifier(use.code)
            rows.append(
                f"| ~~{use.code}~~ | {_cell(entry.name if entry else '')} | never: {_cell(_first_sentence(use.when))} |"
            )
    else:
        from superbill.charges.model import ServiceLine
        from superbill.engine.fitting import suggest

        offered = suggest(_rules(know, book), line or ServiceLine(code=code))
        usual = [one for one in offered.usual if one.rank < 50 and one.why][:5]
        for one in usual:
            rows.append(f"| **{one.text}** | {_cell(one.gloss)} | {_cell(one.why)} |")
        tried = _tried(know, code, line.since if line else None)
        for one in offered.unfit:
            if one.text in tried:
                rows.append(f"| ~~{one.text}~~ | {_cell(one.gloss)} | {_cell(one.why)} |")
    if not rows:
        return ""
    return "\n".join(["| | means | here |", "|---|---|---|", *rows])


def _tried(know: Knowledge, code: str, on: date | None = None) -> set[str]:
    """Modifiers that people may try on such a code in vain. Nobody splits a visit or looks for the sides of a drug."""
    row = know.plain_row(code, on)
    if row is None or know.is_visit(code):
        return set()
    split = {"26", "TC"} if row.pctc in ("2", "3", "4", "5") else set()
    return split | ({"50"} if row.bilateral in ("0", "2") else set())


def _context(know: Knowledge, procedure: Procedure, brief: Brief | None) -> list[str]:
    sites = know.catalog.sites
    where = ", ".join(sites[site].name for site in procedure.sites if site in sites)
    lines = [f"**Where** {where}" if where else ""]
    if brief is not None:
        stated = "; ".join(text.rstrip(".") for text in brief.documentation[:4])
        lines.append(f"**Note must state** {shorten(stated, 320)}")
        if brief.conflicts:
            against = "; ".join(
                f"{_codes(conflict.codes)}: {_first_sentence(conflict.text).rstrip('.')}"
                for conflict in brief.conflicts[:3]
            )
            lines.append(f"**Not with** {shorten(against, 360)}")
    if procedure.apart:
        lines.append(f"**Tell apart** {shorten(procedure.apart, 260)}")
    elif brief is not None and brief.related:
        near = "; ".join(f"{_codes(r.codes)}: {_first_sentence(r.text).rstrip('.')}" for r in brief.related[:2])
        lines.append(f"**Tell apart** {shorten(near, 260)}")
    if brief is not None:
        extra = []
        if brief.payers:
            extra.append("payers: " + ", ".join(payer for payer, _ in brief.payers))
        if brief.unknown:
            extra.append("not known: " + shorten(_first_sentence(brief.unknown[0]).rstrip("."), 120))
        if extra:
            lines.append(f"*{' · '.join(extra)}*")
    return ["  \n".join(line for line in lines if line)]


def _facts(know: Knowledge, code: str, row: FeeRow | None, line: ServiceLine | None = None) -> str:
    facts = []
    sources = []
    on = line.since if line else None
    if row is not None:
        technical = know.component_row(code, "TC", on)
        supervision = technical.supervision if technical else row.supervision
        facts.append(indicators.strip(row, supervision))
        sources.append(know.edition(FEES, on).name)
    for limit, kind, whose in _limits(know, code, line):
        phrase = know.catalog.unit_phrase(code, on, kind)
        facts.append(indicators.unit_words(limit, reasons.of_limit(phrase) if phrase else "", whose))
        sources.append(know.edition(kind, on).name)
    added = know.addon(code, on)
    if added is not None:
        facts.append(indicators.addon_words(added))
        sources.append(know.edition(ADDONS, on).name)
    elif know.is_addon(code, on):
        facts.append("add-on code")
    outpatient = know.catalog.opps(code, on)
    if outpatient is not None and outpatient.status:
        facts.append(f"OPPS status {outpatient.status}" + (f", APC {outpatient.apc}" if outpatient.apc else ""))
        sources.append(know.edition(OPPS, on).name)
    if is_level_two(code) and know.hcpcs(code, on) is not None:
        sources.append(know.edition(HCPCS, on).name)
    procedure = know.procedure(code)
    if procedure and procedure.brief:
        sources += [know.edition(id).name for id in procedure.brief.sources if know.edition(id).name not in sources]
    if not facts:
        note = "No fee schedule facts are loaded for this code; `superbill catalog info` shows what is."
        return note + (f"\n\n*{' · '.join(sources)}*" if sources else "")
    return f"{' · '.join(facts)}  \n*{' · '.join(sources)}*"


def _limits(know: Knowledge, code: str, line: ServiceLine | None) -> list[tuple[UnitLimit, str, str]]:
    """The unit limits of a code: that of the line, or without one the practitioner's and the hospital's; and the supplier's,
    which holds for claims to the equipment contractors only, and is marked so."""
    on = line.since if line else None
    asked = [(table_for(UNITS, line) if line else UNITS, ""), (SUPPLIER_UNITS, "supplier (DME)")]
    if line is None:
        asked.insert(1, (HOSPITAL[UNITS], "hospital"))
    found = [(know.catalog.unit_limit(code, on, kind), kind, whose) for kind, whose in asked]
    return [(limit, kind, whose) for limit, kind, whose in found if limit is not None]


def modifier_card(know: Knowledge, modifier: str, line: ServiceLine | None = None, book: RuleBook | None = None) -> str:
    """The card of a modifier; with a line, whether it fits the line's code and why."""
    entry = know.modifier(modifier)
    on_trip = line is not None and know.is_ambulance(line.code) and know.ambulance_pair(modifier)
    if on_trip or (entry is None and know.ambulance_pair(modifier)):
        letters = know.ambulance_letters
        trip = f"from {letters[modifier[0]]} to {letters[modifier[1]].removeprefix('to: ')}"
        return f"**{modifier}** · ambulance: {trip}  \norigin and destination letters, on ambulance transport lines"
    if entry is None:
        return (
            f"**{modifier}** · not a known modifier  \nneither a CPT modifier number nor in {know.edition(HCPCS).name}"
        )
    blocks = [f"**{modifier}** · {entry.name}"]
    if line is not None and line.code:
        from superbill.engine.fitting import fit

        ok, why = fit(_rules(know, book), line, modifier)
        if ok:
            blocks.append(f"✓ **May stand on {line.code}**.{_why_ok(know, line, entry)}")
        else:
            blocks.append(f"✗ **Does not fit {line.code}**: {_clause(why, line.code, modifier)}.")
    blocks.append(f"{entry.meaning} {entry.when}")
    rows = [f"**Fits** {entry.fits}"]
    if entry.not_for:
        rows.append(f"**Not for** {entry.not_for}")
    rows.append(f"**Who** {entry.who}")
    if entry.conflicts:
        rows.append(f"**Not on one line with** {', '.join(entry.conflicts)}")
    if entry.medicare:
        rows.append("Medicare does not pay services with this modifier")
    blocks.append("  \n".join(rows))
    blocks += modifier_notes(know, modifier, line.code if line is not None else "")
    dates = ""
    if entry.until:
        dates = f"**ended {entry.until}**" + (f", now {entry.successor}" if entry.successor else "") + " · "
    elif entry.since:
        dates = f"since {entry.since} · "
    names = " · ".join(dict.fromkeys(know.edition(id.split()[0]).name for id in entry.sources))
    blocks.append(f"*{dates}{names} · payer profile {know.profile.id}*")
    return "\n\n".join(blocks)


def _why_ok(know: Knowledge, line: ServiceLine, entry: Modifier) -> str:
    row = know.row(line)
    if row is None:
        return " No fee schedule facts are loaded for the code, so its indicators were not checked."
    if entry.code in ("26", "TC"):
        return f" PC/TC indicator {(know.plain_row(line.code, line.since) or row).pctc}."
    if entry.code in ("50", "LT", "RT"):
        return f" Bilateral indicator {row.bilateral}: {indicators.BILATERAL.get(row.bilateral, '')}."
    if entry.code in ("80", "81", "82", "AS"):
        return f" Assistant indicator {row.assistant}: {indicators.ASSISTANT.get(row.assistant, '')}."
    if entry.code == "62":
        return f" Co-surgeon indicator {row.cosurgeon}: {indicators.COSURGEON.get(row.cosurgeon, '')}."
    if entry.code == "66":
        return f" Team indicator {row.team}: {indicators.TEAM.get(row.team, '')}."
    return " No rule is against it."


def place_card(know: Knowledge, place: str) -> str:
    """The card of a place of service."""
    entry = know.place(place)
    if entry is None:
        listed = know.catalog.listed_place(place)
        if listed is not None:
            name, text, edition = listed
            return f"**POS {place}** · {name}\n\n{text}  \n*{edition.name}; which amount Medicare pays there is not known here*"
        return f"**POS {place}** · not a place of service in CMS's set"
    rate = "facility amount: the facility bills the technical part" if entry.facility else "non-facility amount"
    since = f" · since {entry.since}" if entry.since else ""
    return f"**POS {place}** · {entry.name}\n\n{entry.meaning}\n\nMedicare pays the {rate}{since}  \n*{know.edition('cms-pos').name}*"


ROLES = {
    "code": "procedure code, CPT or HCPCS Level II",
    "modifier": "modifier",
    "modifiers": "modifiers, several in one cell",
    "units": "units of service",
    "date": "date of service",
    "date_to": "last date of service",
    "place": "place of service",
    "charge": "charge",
    "diagnosis": "diagnosis",
    "pointer": "diagnosis pointer",
    "claim": "claim; lines that share it and the date are checked together, unless there is a patient column",
    "line_number": "line number within the claim",
    "patient": "patient; lines that share it and the date are checked together",
    "provider": "provider",
    "payer": "payer",
    "setting": "kind of claim",
    "revenue": "revenue code; a line that has one and no place of service is a facility's",
    "price": "price: this file is read as a price list, claim rules are off",
    "description": "description, not read",
    "note": "remark, not read",
    "code_type": "kind of code",
}


def column_card(name: str, role: str, number: int) -> str:
    """The card of a column heading: what it is taken for."""
    shown = " ".join(name.split())
    if not role:
        return f"**{shown}** · not read"
    which = f" {number}" if number else ""
    return f"**{shown}** · read as: {ROLES.get(role, role)}{which}"


def rule_card(rule: Rule) -> str:
    """The documentation of a rule, as Markdown."""
    from superbill.rules.base import is_own

    body = rule.documentation.partition("\n")[2].strip()
    kind = rule.source if is_own(rule.id) else f"{rule.scope} rule · since {rule.since}"
    called = rule.id if is_own(rule.id) else f"{rule.id} {rule.name}"  # those of a workspace have no name but their id
    return f"# {called}\n\n{rule.title}\n\n*{rule.severity}* · {kind}\n\n{body}\n"


def rule_summary(rule: Rule) -> str:
    """What a rule says, why, and for whom, as it is shown over its id: the page without examples and sources; of a rule
    of the workspace also where it is written."""
    from superbill.rules.base import is_own

    sections = rule.sections()
    own = is_own(rule.id)
    severity = "off unless switched on" if rule.status == "off" else rule.severity
    wanted = ("What it does", "Why it matters", "Source" if own else "Payers")
    shown = "\n\n".join(sections[one] for one in wanted if one in sections)
    kind = f"· {severity} · {rule.source}" if own else f"{rule.name} · {severity}"
    return f"**{rule.id}** {kind}\n\n{rule.title}\n\n{shown}"


def brief_page(know: Knowledge, code: str) -> str:
    """The whole brief of a code as a Markdown page, and the user's own behind it; "" when there is neither."""
    procedure = know.procedure(code)
    own = own_page(know, code)
    if procedure is None or procedure.brief is None:
        return f"{own}\n\n{_facts(know, code, know.plain_row(code))}\n" if own else ""
    brief = procedure.brief
    out = [f"# {code} · {procedure.title}", " › ".join(know.family(code)), brief.summary]
    sites = know.catalog.sites
    out.append(
        f"- Service type: {procedure.service}\n- Typical sites: {', '.join(sites[s].name for s in procedure.sites if s in sites)}"
    )
    if brief.context:
        out.append(f"## A case\n\n{brief.context}")
    table = ["| modifier | means | when to use it here |", "|---|---|---|"]
    for use in brief.modifiers:
        entry = know.modifier(use.code)
        table.append(f"| {use.code} | {_cell(use.means or (entry.name if entry else ''))} | {_cell(use.when)} |")
    for use in brief.never:
        entry = know.modifier(use.code)
        table.append(f"| ~~{use.code}~~ | {_cell(entry.name if entry else '')} | never: {_cell(use.when)} |")
    out.append("## Modifiers\n\n" + "\n".join(table))
    out.append("## The note must state\n\n" + "\n".join(f"- {text}" for text in brief.documentation))
    if brief.related:
        out.append("## Tell apart\n\n" + "\n".join(f"- {_codes(r.codes)}: {r.text}" for r in brief.related))
    if brief.conflicts:
        rows = [
            f"- {_codes(c.codes)}: {c.text}"
            + (f" With a modifier: {c.bypass}." if c.bypass else "")
            + f" *({c.source})*"
            for c in brief.conflicts
        ]
        out.append("## Not together\n\n" + "\n".join(rows))
    if brief.payers:
        out.append("## Payers\n\n" + "\n".join(f"- {payer}: {note}" for payer, note in brief.payers))
    out.append("## Not known here\n\n" + "\n".join(f"- {text}" for text in brief.unknown))
    out.append(_facts(know, code, know.plain_row(code)))
    return "\n\n".join([*out, *([own] if own else [])]) + "\n"


def entry_page(know: Knowledge, code: str) -> str:
    """All that is known of a code as a Markdown page: its brief where it has one, else its card; "" for no code."""
    if not is_code(code):
        return ""
    page = brief_page(know, code)
    if page:
        return page
    procedure = know.procedure(code)
    head = f"# {code} · {procedure.title}" if procedure is not None else f"# {code}"
    return f"{head}\n\n{code_card(know, code)}\n"


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(codes)


def _first_sentence(text: str) -> str:
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")
