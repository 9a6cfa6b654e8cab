"""workspace/executeCommand: what code actions and editors ask of the server by name."""

from __future__ import annotations

from collections.abc import Callable
from glob import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import to_fs_path

from superbill.config import (
    FILE_NAME,
    Unwritable,
    accept,
    add_to_baseline,
    find_settings,
    name_column,
    name_in_baseline,
    turn_off,
)
from superbill.engine.baseline import Broken

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def accept_finding(server: SuperbillServer, uri: str, key: str, where: str) -> None:
    """Write a finding that the user accepts into `superbill.yaml`, for one file or the whole workspace."""
    folder, name = settings_folder(server, uri)
    if folder is not None:
        change_settings(server, lambda: accept(folder, f"{key} in {name}" if where == "file" else key))


def turn_off_rule(server: SuperbillServer, uri: str, rule: str) -> None:
    """Switch a rule off in the `superbill.yaml` that holds for a document."""
    folder, _ = settings_folder(server, uri)
    if folder is not None:
        change_settings(server, lambda: turn_off(folder, rule))


def add_finding_to_baseline(server: SuperbillServer, uri: str, known_by: str) -> None:
    """Accept one more finding in the baseline that is in force for a document."""
    where = server.baseline_for(uri)
    path = to_fs_path(uri)
    if where is not None and path:
        change_settings(
            server, lambda: add_to_baseline(where, name_in_baseline(where, Path(path)), known_by), where.name
        )


def name_column_of(server: SuperbillServer, uri: str, heading: str, role: str) -> None:
    """Write into `superbill.yaml` what a column holds, in this file and the others of its kind beside it."""
    folder, name = settings_folder(server, uri)
    if folder is not None:
        change_settings(server, lambda: name_column(folder, beside(name), role, heading))


def beside(name: str) -> str:
    """The pattern for the files of one folder and ending: `exports/*.csv` for `exports/march.csv`."""
    path = PurePosixPath(name)
    return escape((path.parent / "-").as_posix()[:-1]) + (f"*{path.suffix}" if path.suffix else escape(path.name))


def settings_folder(server: SuperbillServer, uri: str) -> tuple[Path | None, str]:
    """The folder of the `superbill.yaml` that holds for a document, or shall; and the document's name from there."""
    path = Path(to_fs_path(uri) or "")
    _, _, known = find_settings(path)
    inside = next((one for one in server.folders if one in path.parents), None)
    folder = known.parent if known else inside or (server.folders[0] if server.folders else None)
    name = path.relative_to(folder).as_posix() if folder is not None and folder in path.parents else path.name
    return folder, name


def change_settings(server: SuperbillServer, write: Callable[[], None], name: str = FILE_NAME) -> bool:
    """Change settings, or a baseline, and check what is open by the new ones; say so when it cannot be done. Whether it was."""
    try:
        write()
    except (OSError, Unwritable, Broken) as error:
        why = f"{name} cannot be written ({error.strerror})" if isinstance(error, OSError) else str(error)
        server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"Superbill: {why}"))
        return False
    server.forget_settings()
    server.settings_changed()
    return True


async def fix_all(server: SuperbillServer, uri: str, rule: str = "") -> None:
    """Make all mechanical fixes of a document, or those of one rule, by an edit that the client applies."""
    from superbill.lsp.code_action import mend_document, workspace_edit

    document = server.document(uri)
    if document is None:
        return
    await server.finished(document)
    mended = await mend_document(document, rule)
    if mended is None:
        return
    if mended.edits:
        label = f"Fix all {rule}" if rule else "Fix everything mechanical"
        edit = workspace_edit(server, document, mended.edits)
        await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit=edit, label=label))
    if mended.refused:
        fixes = "1 fix was" if mended.refused == 1 else f"{mended.refused} fixes were"
        said = f"Superbill: {fixes} left out, for the file would have more errors ({', '.join(mended.because)})"
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, said))


async def explain(server: SuperbillServer, rule: str, uri: str = "") -> str:
    """Show the page of a rule where the client can; give its text in any case. `uri` is the document it spoke in: a
    rule of the workspace has its page where it is written, in the settings that hold for that document."""
    from superbill.rules.base import is_own

    if is_own(rule):
        return await _explain_own(server, rule, uri)
    from superbill.engine.cards import rule_card
    from superbill.report.pages import page_uri
    from superbill.rules.book import all_rules

    window = server.client.window
    address = page_uri(rule)
    if address and window and window.show_document and window.show_document.support:
        await server.window_show_document_async(types.ShowDocumentParams(uri=address, take_focus=True))
    found = all_rules().get(rule)
    return rule_card(found) if found is not None else ""


async def _explain_own(server: SuperbillServer, id: str, uri: str) -> str:
    """Open the settings where a rule of the workspace is written; its page in any case, "" when there is none."""
    from superbill.report.own import own_page

    found = server.own_rule(id, uri)
    if found is None:
        return ""
    place = server.place_of_own_rule(id, uri)
    window = server.client.window
    if place and window and window.show_document and window.show_document.support:
        await server.window_show_document_async(
            types.ShowDocumentParams(uri=place.uri, take_focus=True, selection=place.range)
        )
    return own_page(found)


def lookup(server: SuperbillServer, query: str, limit: int = 20) -> list[dict[str, object]]:
    """Codes and modifiers by number or words, best first."""
    from superbill.catalog.search import search

    catalog = server.book(server.completed_in).know.catalog if server.completed_in else server.catalog
    hits = search(catalog, query, limit, typing=True)
    return [{"kind": hit.kind, "code": hit.code, "title": hit.title, "score": hit.score} for hit in hits]
