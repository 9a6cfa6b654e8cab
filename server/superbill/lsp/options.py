"""What a client's settings say about the editor's side: which extras are shown. They change no finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Extras that are off until asked for: `inlayHints` (titles behind codes), `codeLens` (totals above claims),
    `workspaceDiagnostics` (findings of files that are not open)."""

    inlay_hints: bool = False
    code_lens: bool = False
    workspace_diagnostics: bool = False


def read_options(data: Mapping[str, object]) -> Options:
    """The options in a client's settings. Anything but true leaves an extra off."""
    return Options(
        inlay_hints=data.get("inlayHints") is True,
        code_lens=data.get("codeLens") is True,
        workspace_diagnostics=data.get("workspaceDiagnostics") is True,
    )
