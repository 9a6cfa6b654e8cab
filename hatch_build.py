"""Compile the catalog into the wheel, so that an installed Superbill starts with a finished database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel is packed. An editable install compiles on first use instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile `data/` and have the result packed. Fails the build when the source cannot be compiled."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "server"))
        from superbill.catalog.build import compile_catalog

        target = root / "build" / "catalog.sqlite"
        compile_catalog(root / "data", target)
        build_data["force_include"][str(target)] = "superbill/_bundled/catalog.sqlite"
