"""What the commands of an editor ask of the server: what holds for a file, payers, columns, rules, pages to read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from superbill.catalog.shapes import is_code
from superbill.charges.columns import ROLES
from superbill.charges.dialect import HEAD_LINES
from superbill.config import choose_payer
from superbill.engine import cards

if TYPE_CHECKING:
    from superbill.engine.analysis import Analysis
    from superbill.lsp.server import SuperbillServer

Answer = dict[str, object]


def status(server: SuperbillServer, uri: str) -> Answer:
    """What holds for a document: payer profile, catalog edition, how the file is read, how much is in it."""
    from superbill.catalog.store import FEES

    book = server.book(uri)
    document = server.document(uri)
    analysis = document.analysis if document is not None else None
    where, problems = server.settings_file(uri)
    return {
        "payer": book.know.profile.id,
        "payerName": book.know.profile.name,
        "payerChosen": bool(server.payer_of(uri)),
        "edition": server.catalog.edition(FEES).name,
        "editions": [edition.name for edition in server.catalog.editions.values() if edition.since],
        "dialect": analysis.dialect.name if analysis is not None and analysis.dialect is not None else None,
        "lines": analysis.totals["lines"] if analysis is not None else 0,
        "mentions": analysis.totals["mentions"] if analysis is not None else 0,
        "settings": where.as_uri() if where is not None else None,
        "settingsProblems": list(problems),
    }


def payers(server: SuperbillServer, uri: str = "") -> Answer:
    """The payer profiles, the one chosen for a document ("" when the file decides), and the default one."""
    from superbill.engine.settings import DEFAULT_PAYER

    profiles = server.catalog.profiles.values()
    return {
        "chosen": server.payer_of(uri),
        "default": DEFAULT_PAYER,
        "profiles": [{"id": one.id, "name": one.name, "base": one.base} for one in profiles],
    }


def choose(server: SuperbillServer, uri: str, payer: str) -> bool:
    """Write the payer for a document's folder into `superbill.yaml`; whether that could be done."""
    from superbill.lsp.execute_command import change_settings, settings_folder

    folder, _ = settings_folder(server, uri)
    return folder is not None and change_settings(server, lambda: choose_payer(folder, payer))


def columns(server: SuperbillServer, uri: str) -> Answer:
    """The columns of a document with a heading, what each is read as, and what a column can be.

    `folder` says whether there is a folder whose `superbill.yaml` can hold a choice; `pattern` for which files.
    """
    from superbill.lsp.execute_command import beside, settings_folder

    document = server.document(uri)
    analysis = document.analysis if document is not None else None
    folder, name = settings_folder(server, uri)
    return {
        "columns": _columns(analysis) if analysis is not None else [],
        "roles": [{"role": role, "title": cards.ROLES[role]} for role in ROLES],
        "folder": folder is not None and uri.startswith("file:"),
        "pattern": beside(name),
    }


def _columns(analysis: Analysis) -> list[Answer]:
    dialect = analysis.dialect
    if dialect is None:
        return []
    for record in islice(analysis.records, HEAD_LINES):
        headers = [placed.part for placed in dialect.parts(record) if placed.part.name == "header"]
        found = [(part.index, *dialect.heading(record, part.index)) for part in headers]
        if found:
            return [
                {"index": index, "heading": heading, "role": role, "number": number}
                for index, heading, role, number in found
            ]
    return []


def rules(server: SuperbillServer, uri: str = "") -> list[Answer]:
    """All rules, those of the workspace of a document among them: id, name, title, severity ("off" for those that must
    be switched on), and whether it is one of the workspace."""
    from superbill.rules.base import is_own

    return [
        {
            "id": rule.id,
            "name": rule.name,
            "title": rule.title,
            "severity": "off" if rule.status == "off" else rule.severity,
            "own": is_own(rule.id),
        }
        for rule in server.rules_for(uri).values()
    ]


def rule_page(server: SuperbillServer, rule: str, uri: str = "") -> str:
    """The page of a rule as Markdown, also of one of the workspace that a document is in; "" when there is no such rule."""
    from superbill.report.own import own_page
    from superbill.report.pages import page
    from superbill.rules.base import is_own
    from superbill.rules.book import all_rules

    if is_own(rule):
        own = server.own_rule(rule, uri)
        return own_page(own) if own is not None else ""
    found = all_rules().get(rule)
    return page(found) if found is not None else ""


def entry(server: SuperbillServer, code: str, uri: str = "") -> str:
    """The catalog entry of a code or modifier as Markdown, by the payer of a document; "" when it is neither."""
    know = server.book(uri).know
    wanted = code.strip().upper()
    if is_code(wanted):
        return cards.entry_page(know, wanted)
    if len(wanted) == 2 and server.catalog.modifier(wanted) is not None:
        card = cards.modifier_card(know, wanted)
        return "# " + card.removeprefix("**").replace("**", "", 1) + "\n"
    return ""
