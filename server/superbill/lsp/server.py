"""The server's state: catalog, settings, rule book, open documents; and when findings are worked out and sent."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import stat
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote

from lsprotocol import types
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from superbill import __version__
from superbill.lsp.documents import OpenDocument, log
from superbill.lsp.options import Options, read_options
from superbill.lsp.routes import register
from superbill.lsp.wire import CleanLogs, SuperbillProtocol, encoding_of

# What analyses is imported when the first document needs it: the answer to `initialize` waits for none of it.
if TYPE_CHECKING:
    from superbill.catalog.own.model import Team
    from superbill.catalog.store import Catalog
    from superbill.engine.analysis import Analysis
    from superbill.engine.baseline import Baseline
    from superbill.engine.settings import Settings
    from superbill.lsp.render import DiagnosticWriter
    from superbill.rules.base import Rule
    from superbill.rules.book import RuleBook
    from superbill.rules.own import OwnRule

#: Bytes of input that are buffered before the client has to wait.
_READ_AHEAD = 1 << 20
#: Seconds of analysis before the event loop gets its turn.
_SLICE = 0.008
#: Records after which the garbage collector is told that they are there to stay.
_MANY = 5_000
#: Seconds between two looks at the manifest of the national tables.
_LOOK_AGAIN = 2.0


@dataclass(frozen=True, slots=True)
class FileSettings:
    """What holds for the files of a folder by a `superbill.yaml`, what is wrong with that file, and where it is."""

    settings: Settings
    problems: tuple[str, ...]
    path: Path | None


class SuperbillServer(LanguageServer):
    """pygls's server with what Superbill keeps between two messages."""

    protocol: SuperbillProtocol

    def __init__(self) -> None:
        super().__init__("superbill", __version__, protocol_cls=SuperbillProtocol)
        self.client: types.ClientCapabilities = types.ClientCapabilities()
        self.pulls = False
        self.folders: list[Path] = []
        self._client_data: object = None
        self._file_settings: dict[Path, FileSettings] = {}
        self._baselines: dict[Path, Baseline] = {}
        self._watched: set[str] = set()
        #: What each settings file said when it was last understood, and the payer it last chose; it holds while the file is broken.
        self._understood: dict[Path, Settings] = {}
        self._good_payers: dict[Path | None, str] = {}
        self._told: set[str] = set()
        #: Settings that are being edited, by address: a text of theirs, and what it says or was last understood to say.
        self._edited: dict[str, tuple[str, Settings]] = {}
        self._client_settings: Settings | None = None
        self.options = Options()
        #: Counts the times that settings were sent or asked for: an answer that comes late is not the last word.
        self.settings_turn = 0
        self.generation = 0
        self._catalog: Catalog | None = None
        #: The document that was completed in last, and the kind and code of what was offered there: its workspace tells
        #: what that is.
        self.completed_in = ""
        self.completed: Mapping[str, str] = {}
        self._catalog_files: dict[Path, tuple[Path, ...]] = {}
        #: What each catalog said when it was last understood; it holds while a file of it is broken.
        self._understood_teams: dict[tuple[Path, ...], Team] = {}
        self._catalogs: dict[tuple[Path, ...], Catalog] = {}
        self._books: dict[tuple[object, ...], RuleBook] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._watching: asyncio.Task[None] | None = None
        self._writer: DiagnosticWriter | None = None
        for name in ("pygls", "pygls.protocol.json_rpc", "pygls.protocol.language_server", "pygls.server", "pygls.io_"):
            logger = logging.getLogger(name)
            logger.addFilter(CleanLogs())
        logging.getLogger("pygls").setLevel(logging.ERROR)

    # -- start ------------------------------------------------------------------------------------------------

    def serve_pipes(self, stdin: BinaryIO, stdout: BinaryIO) -> None:
        """Serve over two pipes, as `start_io` does, without a trip through a thread for every header line.

        Where standard input cannot be watched by the event loop (Windows, a plain file) `start_io` is used.
        """
        kind = os.fstat(stdin.fileno()).st_mode
        if sys.platform == "win32" or not (stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind)):
            self.start_io(stdin, stdout)
            return

        async def run() -> None:
            reader = asyncio.StreamReader(limit=_READ_AHEAD)
            loop = asyncio.get_running_loop()
            await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), stdin)
            await run_async(stopped, reader, self.protocol, log, self.report_server_error)

        _widen(stdout)
        self._stop_event = stopped = threading.Event()
        self.protocol.set_writer(StdoutWriter(stdout))
        try:
            asyncio.run(run())
        except (BrokenPipeError, asyncio.IncompleteReadError, KeyboardInterrupt):
            log.warning("the client has gone")
        finally:
            self.shutdown()  # type: ignore[no-untyped-call]

    def prepare(self, params: types.InitializeParams) -> None:
        """Learn what the client can do, before the capabilities are answered."""
        self.client = params.capabilities
        text = params.capabilities.text_document
        self.pulls = bool(text and text.diagnostic)
        uris = [folder.uri for folder in params.workspace_folders or []] or (
            [params.root_uri] if params.root_uri else []
        )
        self.folders = [Path(path) for uri in uris if (path := to_fs_path(uri))]
        options = params.initialization_options
        if isinstance(options, Mapping):
            self._client_data = options.get("superbill", options)
        if isinstance(self._client_data, Mapping):
            self.options = read_options(self._client_data)
        register(self)

    @property
    def follows_closed_files(self) -> bool:
        """Whether a client that fetches findings is to ask for those of closed files too. One that says at the start that
        it will not show them must not: it would keep for ever what a file had when it was closed."""
        data = self._client_data
        return not (isinstance(data, Mapping) and data.get("workspaceDiagnostics") is False)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log the kind of an error; its text may hold what the files hold."""
        log.error("internal error: %s", type(error).__name__)

    # -- catalog and settings -----------------------------------------------------------------------------------

    @property
    def catalog(self) -> Catalog:
        """The catalog, opened when first needed. Raises CatalogError."""
        if self._catalog is None:
            from superbill.catalog.store import open_catalog

            self._catalog = open_catalog()
        return self._catalog

    def watch_tables(self) -> None:
        """Look every few seconds, by a `stat` each, whether national tables or briefs were imported or removed."""
        if self._watching is None:
            self._watching = asyncio.ensure_future(self._watch_tables())

    async def _watch_tables(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_AGAIN)
            catalog = self._catalog
            if catalog is not None and (catalog.national.stale() or catalog.briefs.stale()):
                self.tables_changed()

    def tables_changed(self) -> None:
        """Open the catalog anew with the tables that are there now, and check what is open by them."""
        from superbill.catalog.search import forget
        from superbill.engine.fitting import forget_suggestions

        self._catalog = None
        self._catalogs.clear()
        self._books.clear()
        forget()
        forget_suggestions()
        log.info("what was imported has changed")
        self.settings_changed()

    def settings_for(self, uri: str) -> Settings:
        """The settings that hold for a document: the client's over those of the nearest `superbill.yaml`."""
        from superbill.engine.settings import Settings

        if self._client_settings is None:
            self.take_client_settings(self._client_data)
        below = self._settings_of_file(uri)
        return (self._client_settings or Settings()).over(below.settings if below else Settings())

    def _settings_of_file(self, uri: str) -> FileSettings | None:
        """What the nearest `superbill.yaml` says; one that cannot be read says what it last did. None for no file's address."""
        from superbill.config import find_settings

        path = to_fs_path(uri) if uri.startswith("file:") else None
        if not path:
            return None
        folder = Path(path).parent
        held = self._file_settings.get(folder)
        if held is None:
            found, problems, where = find_settings(Path(path), self._understood)
            held = self._file_settings[folder] = FileSettings(found, tuple(problems), where)
            self.tell(problems, where.name if where else "settings")
        return held

    def settings_file(self, uri: str) -> tuple[Path | None, tuple[str, ...]]:
        """The `superbill.yaml` that holds for a document, and what is wrong with it."""
        held = self._settings_of_file(uri)
        return (held.path, held.problems) if held else (None, ())

    def payer_of(self, uri: str) -> str:
        """The payer profile chosen for a document; "" when the file decides."""
        return self.settings_for(uri).payer_of((uri.startswith("file:") and to_fs_path(uri)) or uri)

    def catalog_for(self, uri: str, settings: Settings) -> Catalog:
        """The catalog with that of the workspace of a document beside it."""
        from superbill.config import catalog_files, with_workspace

        path = to_fs_path(uri) if uri.startswith("file:") else None
        if not path:
            return self.catalog
        folder = Path(path).parent
        files = self._catalog_files.get(folder)
        if files is None:
            files = self._catalog_files[folder] = catalog_files(Path(path), settings)
        if not files:
            return self.catalog
        found = self._catalogs.get(files)
        if found is None:
            found, problems = with_workspace(self.catalog, files)
            last = self._understood_teams.get(files)
            if found.team.broken and last is not None:
                found = self.catalog.beside(last)
                problems = [f"{problem}; what it said before still holds" for problem in problems]
            self._understood_teams[files] = found.team
            self._catalogs[files] = found
            self.tell(problems, "catalog of the workspace")
        return found

    def is_of_workspace(self, uri: str) -> bool:
        """Whether an address is that of a file that says how documents are checked: settings, or the workspace's catalog."""
        from superbill.config import TEAM_FILE

        if self.holds_settings(uri) or uri.endswith(f"/{TEAM_FILE}"):
            return True
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if not path:
            return False
        places = {Path(path), *Path(path).parents}
        return any(not places.isdisjoint(catalog.team.files) for catalog in self._catalogs.values())

    def own_rules(self, uri: str) -> tuple[OwnRule, ...]:
        """The workspace's own rules that hold for a document. In settings that are being edited, those that the text now
        holds, saved or not; while it is no YAML, those it held before."""
        document = self.open_document(uri)
        path = to_fs_path(uri) if uri.startswith("file:") else None
        if document is None or not document.settings or not path:
            return self.settings_for(uri).own_rules
        text, known = document.source, self._edited.get(uri)
        if known is None or known[0] != text:
            from superbill.config import understand

            last = known[1] if known else self.settings_for(uri)
            said, _ = understand(text, Path(path).parent, last)
            known = self._edited[uri] = (text, self._client_settings.over(said) if self._client_settings else said)
        return known[1].own_rules

    def own_rule(self, id: str, uri: str) -> OwnRule | None:
        """A rule of the workspace, as the settings for a document have it; without one, as any open document's have."""
        for one in [uri] if uri else [document.uri for document in self.open_documents()]:
            for rule in self.own_rules(one):
                if rule.id == id:
                    return rule
        return None

    def place_of_own_rule(self, id: str, uri: str) -> types.Location | None:
        """Where a rule of the workspace of a document is written: in the settings file, as it is open or on disk."""
        rule = self.own_rule(id, uri)
        if rule is None or not rule.origin:
            return None
        settings = Path(rule.origin).as_uri()
        if self.open_document(settings) is not None:
            rule = self.own_rule(id, settings) or rule
        place = types.Position(max(rule.line - 1, 0), 0)
        return types.Location(settings, types.Range(place, place))

    def rules_for(self, uri: str) -> Mapping[str, Rule]:
        """All rules that can be named in a document, by id: the bundled ones, and those of its workspace."""
        from superbill.rules.book import all_rules
        from superbill.rules.own_checks import rules_of

        return {**all_rules(), **{rule.id: rule for own in self.own_rules(uri) for rule in rules_of(own)[:1]}}

    def book(self, uri: str = "") -> RuleBook:
        """The rule book for the settings that hold for a document."""
        from superbill.books import rule_book
        from superbill.engine.settings import DEFAULT_PAYER

        settings = self.settings_for(uri)
        catalog = self.catalog_for(uri, settings)
        profiles = catalog.profiles
        named = self.payer_of(uri)
        if named:
            where, _ = self.settings_file(uri)
            if named in profiles:
                self._good_payers[where] = named
            else:
                known = self._good_payers.get(where, "")
                holds = f"; {known or DEFAULT_PAYER} holds until then"
                self.tell([f"there is no payer profile {named!r}; there are {', '.join(profiles)}{holds}"], "settings")
                named = known
        name = (uri.startswith("file:") and to_fs_path(uri)) or uri
        return rule_book(self._books, catalog, settings, name, named)

    @property
    def writer_of_diagnostics(self) -> DiagnosticWriter:
        """Writes findings as this client can take them."""
        if self._writer is None:
            from superbill.lsp.render import DiagnosticWriter

            text = self.client.text_document
            publish = text.publish_diagnostics if text else None
            self._writer = DiagnosticWriter(
                related=self.pulls or bool(publish and publish.related_information),
                descriptions=self.pulls or bool(publish and publish.code_description_support),
            )
        return self._writer

    def take_client_settings(self, data: object) -> None:
        """Settings from the client. What belongs to the editor's own side is left to it."""
        from superbill.engine.settings import FIELDS, read_settings

        if isinstance(data, Mapping):
            self._take_options(read_options(data))
            own = {key: data[key] for key in FIELDS if data.get(key)}
            self._client_settings, problems = read_settings(own)
            self.tell(problems, "settings")

    def _take_options(self, options: Options) -> None:
        """Show or hide the extras of the editor."""
        before, self.options = self.options, options
        workspace = self.client.workspace
        if workspace is None or before == options:
            return
        if before.inlay_hints != options.inlay_hints and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)
        if before.code_lens != options.code_lens and workspace.code_lens and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)

    def forget_settings(self) -> None:
        """Read the settings files again when they are next needed, and say anew what is wrong with them."""
        self._file_settings.clear()
        self._catalog_files.clear()
        self._catalogs.clear()
        self._books.clear()
        self._baselines.clear()
        self._told.clear()

    def baseline_for(self, uri: str) -> Path | None:
        """The path of the baseline that settings name for a document; None when they name none, or it is no file."""
        named = self.settings_for(uri).baseline
        if not named or not uri.startswith("file:"):
            return None
        return (self.folders[0] if self.folders else Path()) / named

    def accepted_by_baseline(self, uri: str) -> Mapping[str, int]:
        """How many findings of each kind the baseline accepts in a document. What is wrong with it is said once."""
        from superbill.config import load_baseline, name_in_baseline
        from superbill.engine.baseline import Broken

        where, path = self.baseline_for(uri), to_fs_path(uri)
        if where is None or not path:
            return {}
        content = self._baselines.get(where)
        if content is None:
            try:
                content = load_baseline(where)
            except Broken as error:
                content = {}
                self.tell([f"{error}; nothing is accepted by it"], where.name)
            self._baselines[where] = content
            self._watch(where)
        return content.get(name_in_baseline(where, Path(path)), {})

    def _watch(self, path: Path) -> None:
        """Ask the client to tell when a baseline changes on disk."""
        workspace = self.client.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if path.name in self._watched or not (watched and watched.dynamic_registration):
            return
        self._watched.add(path.name)
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(f"**/{path.name}")])
        name = f"superbill-baseline-{len(self._watched)}"
        registration = types.Registration(name, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        self.client_register_capability(types.RegistrationParams([registration]))

    def holds_settings(self, uri: str) -> bool:
        """Whether a file is one that decides what is shown: settings, or a baseline in force."""
        from superbill.config import FILE_NAME

        name = unquote(uri).rpartition("/")[2]
        return name == FILE_NAME or any(path.name == name for path in self._baselines)

    def tell(self, problems: list[str], where: str) -> None:
        """Show what is wrong with settings, each thing once until they change."""
        for problem in problems:
            text = f"Superbill, {where}: {problem}"
            if text not in self._told:
                self._told.add(text)
                self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, text))

    def settings_changed(self) -> None:
        """Check all open documents anew."""
        self.generation += 1
        for document in self.open_documents():
            self.analyse(document)
            if document.analysis is not None:
                self.refresh(document)
            else:
                self.forget(document.uri)
        self.ask_to_pull()

    def ask_to_pull(self) -> None:
        """Tell a pulling client that its diagnostics are stale."""
        workspace = self.client.workspace
        if self.pulls and workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    # -- documents ----------------------------------------------------------------------------------------------

    def open_documents(self) -> list[OpenDocument]:
        """All open documents."""
        return [doc for doc in self.workspace.text_documents.values() if isinstance(doc, OpenDocument)]

    def open_document(self, uri: str) -> OpenDocument | None:
        """The open document of that address, whatever it holds; None when it is not open."""
        found = self.workspace.text_documents.get(unquote(uri))
        return found if isinstance(found, OpenDocument) else None

    def document(self, uri: str) -> OpenDocument | None:
        """The open document of that address, with its analysis; None when it is not open or cannot be analysed."""
        found = self.open_document(uri)
        if found is None:
            return None
        if found.analysis is None:
            self.analyse(found)
        return found if found.analysis is not None else None

    def analyse(self, document: OpenDocument) -> None:
        """Begin the analysis of a document."""
        from superbill.catalog.store import CatalogError
        from superbill.engine.analysis import Analysis

        document.analysis = None
        settings = self.settings_for(document.uri)
        path = (to_fs_path(document.uri) or document.uri).replace("\\", "/")
        if document.settings or settings.excludes(path):
            return
        document.columns = settings.columns_in(path)
        try:
            document.analysis = Analysis(
                document.text,
                document.hints,
                self.book(document.uri),
                accept=settings.accepted_in(document.uri),
                baseline=self.accepted_by_baseline(document.uri),
            )
        except CatalogError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"Superbill: {error}"))

    def refresh(self, document: OpenDocument) -> None:
        """Work on a document's analysis now for a moment, and send its findings; what is left goes on in slices."""
        analysis = document.analysis
        if analysis is None:
            return
        running = self._tasks.pop(document.uri, None)
        if running is not None:
            running.cancel()
        if self._work(analysis):
            self.send(document)
        else:
            self._tasks[document.uri] = asyncio.ensure_future(self._go_on(document, analysis))

    def _work(self, analysis: Analysis) -> bool:
        """Analyse for one slice of time. True when nothing is left to do."""
        end = time.perf_counter() + _SLICE
        while not analysis.step(200):
            if time.perf_counter() > end:
                return False
        return True

    async def _go_on(self, document: OpenDocument, analysis: Analysis) -> None:
        try:
            while document.analysis is analysis and not self._work(analysis):
                await asyncio.sleep(0)
            if document.analysis is analysis:
                self._settle(analysis)
                self.send(document)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.error("the analysis of a document failed: %s", type(error).__name__)

    async def finished(self, document: OpenDocument) -> Analysis | None:
        """The analysis of a document with nothing left to do. However many requests wait for it, one slice of it is
        worked on at a time: a key that is typed meanwhile waits for that one."""
        while (running := self._tasks.get(document.uri)) is not None and not running.done():
            await asyncio.wait({running})
        analysis = document.analysis
        while analysis is not None and not self._work(analysis):
            await asyncio.sleep(0)
            if document.analysis is not analysis:
                analysis = document.analysis
        return analysis

    async def settled(self, document: OpenDocument) -> Analysis | None:
        """The same; None when the text changed meanwhile, so that places asked about are those of another text."""
        version = document.version
        analysis = await self.finished(document)
        return analysis if document.version == version else None

    async def analysed(self, path: Path, text: str) -> Analysis | None:
        """The finished analysis of a file that is not open, as an open one would be; other work goes on meanwhile."""
        from superbill.charges.dialect import Hints
        from superbill.engine.analysis import Analysis
        from superbill.text.document import Document

        uri = path.as_uri()
        settings = self.settings_for(uri)
        document = Document(text, encoding_of(self.workspace.position_encoding))
        hints = Hints(suffix=path.suffix.lower(), columns=settings.columns_in(path.as_posix()))
        accept, known = settings.accepted_in(uri), self.accepted_by_baseline(uri)
        analysis = Analysis(document, hints, self.book(uri), accept=accept, baseline=known)
        while not self._work(analysis):
            await asyncio.sleep(0)
        return analysis

    def _settle(self, analysis: Analysis) -> None:
        if analysis.records.count >= _MANY:
            gc.freeze()  # a full collection would walk every record of the file in the middle of a keystroke

    def send(self, document: OpenDocument) -> None:
        """Publish a document's findings, unless the client fetches them itself."""
        if self.pulls or document.analysis is None:
            return
        items = self.writer_of_diagnostics.write(document.analysis, document.uri)
        version = "" if document.version is None else f',"version":{document.version}'
        self.protocol.notify_raw(
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS,
            f'{{"uri":{json.dumps(document.uri)}{version},"diagnostics":[{items}]}}',
        )

    def forget(self, uri: str) -> None:
        """Stop working on a document that was closed, and clear its findings."""
        task = self._tasks.pop(uri, None)
        if task is not None:
            task.cancel()
        if not self.pulls:
            self.protocol.notify_raw(
                types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, f'{{"uri":{json.dumps(uri)},"diagnostics":[]}}'
            )


def _widen(pipe: BinaryIO) -> None:
    """Let a pipe hold a whole answer, where the system can (Linux), so that writing it does not wait for the reader."""
    import contextlib

    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _READ_AHEAD)  # type: ignore[attr-defined, unused-ignore]


def serve_stdio() -> None:
    """Serve over standard input and output until the client ends it."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but protocol messages may reach standard output
    _log_to_stderr()
    SuperbillServer().serve_pipes(stdin, stdout)


def serve_tcp(host: str, port: int) -> None:
    """Serve one client over TCP."""
    _log_to_stderr()
    SuperbillServer().start_tcp(host, port)


def _log_to_stderr() -> None:
    gc.set_threshold(50_000, 20, 20)  # records live long; looking for garbage among them costs more than it finds
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    log.setLevel(logging.INFO)


def warm() -> None:
    """Import the analysis, the answers and the rules, so that the first document does not wait for them."""
    for name in ("engine.analysis", "lsp.completion", "lsp.diagnostic", "lsp.hover", "lsp.render"):
        import_module(f"superbill.{name}")
    from superbill.charges.registry import dialects
    from superbill.rules.book import all_rules

    dialects()
    all_rules()
