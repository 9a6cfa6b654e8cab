"""An open document: our text, its analysis, and the little that pygls asks of it."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

from lsprotocol import types

from superbill.config import FILE_NAME
from superbill.text.document import Document, Position
from superbill.text.encoding import PositionEncoding

if TYPE_CHECKING:
    from superbill.charges.dialect import Hints
    from superbill.engine.analysis import Analysis

log = logging.getLogger("superbill")


class OpenDocument:
    """A document as the editor has it, with the analysis that follows its edits."""

    def __init__(
        self, uri: str, source: str, version: int | None, language_id: str, encoding: PositionEncoding
    ) -> None:
        self.uri = uri
        self.language_id = language_id
        self.text = Document(source, encoding, version)
        self.analysis: Analysis | None = None
        #: What the settings say of its columns.
        self.columns: tuple[tuple[str, str, int], ...] = ()

    @property
    def version(self) -> int | None:
        """The client's version of the text."""
        return self.text.version

    @version.setter
    def version(self, value: int | None) -> None:
        self.text.version = value

    @property
    def source(self) -> str:
        """The whole text."""
        return self.text.text

    @property
    def settings(self) -> bool:
        """Whether it is a `superbill.yaml`: that is no charge sheet, whatever it lists."""
        return unquote(urlparse(self.uri).path).rpartition("/")[2] == FILE_NAME

    @property
    def hints(self) -> Hints:
        """What the name, the language id and the settings say of the format."""
        from superbill.charges.dialect import Hints

        suffix = PurePosixPath(unquote(urlparse(self.uri).path)).suffix.lower()
        return Hints(self.language_id, suffix, self.columns)

    def range_of(self, start: Position, end: Position) -> types.Range:
        """A stretch of the text in the client's units."""
        return types.Range(types.Position(*self.text.encode(start)), types.Position(*self.text.encode(end)))

    def apply_change(self, change: types.TextDocumentContentChangeEvent) -> None:
        """Follow one change event; the analysis sees every one of them."""
        if isinstance(change, types.TextDocumentContentChangePartial):
            start, end = change.range.start, change.range.end
            edit = self.text.edit(start.line, start.character, end.line, end.character, change.text)
            if self.analysis is not None:
                try:
                    self.analysis.edit(edit)
                except Exception as error:  # never lose the text to a defect of the analysis
                    log.error("an edit could not be followed (%s); reading the document anew", type(error).__name__)
                    self.analysis.replace_all()
        else:
            self.text.replace_all(change.text)
            if self.analysis is not None:
                self.analysis.replace_all()
