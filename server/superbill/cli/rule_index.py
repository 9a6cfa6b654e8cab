"""What is known of all rules without importing them: a check calls a fraction of them, and each import costs.

The index holds the metadata of every rule as its decorator gave it. It is written when a check has imported the rules,
kept with the caches, and good as long as the files of the rules look as they did. Whatever is wrong with it, the rules
are imported as if there were none.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import zlib
from importlib import import_module
from pathlib import Path
from typing import Any

import superbill.rules as package
from superbill.catalog import store, where
from superbill.rules.base import Draft, Rule
from superbill.rules.book import adopt, all_rules, imported

_FIELDS = tuple(name for name in Rule._fields if name != "check")


class Late:
    """The function of a rule whose file is imported when the rule is first called."""

    __slots__ = ("_check", "_id", "_module")

    def __init__(self, id: str, module: str) -> None:
        self._id = id
        self._module = module
        self._check: Any = None

    def __call__(self, subject: Any, know: Any) -> Any:
        """What the rule says. Raises what its import raises."""
        if self._check is None:
            found = vars(import_module(self._module)).values()
            self._check = next(one for one in found if isinstance(one, Rule) and one.id == self._id).check
        drafts: list[Draft] = self._check(subject, know)
        return drafts


def prepare() -> None:
    """Tell the rule book of all rules, by the index where there is a good one, else by importing them."""
    if imported():
        return
    path = where.home() / "cache" / "rules.json"
    stamp = _stamp()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["stamp"] == stamp:
            adopt([_rule(entry) for entry in kept["rules"]])
            return
    except (OSError, ValueError, TypeError, KeyError):
        pass
    rules = [[getattr(rule, name) for name in _FIELDS] for rule in all_rules().values()]
    part = path.with_suffix(f".{os.getpid()}.part")  # two checks may be started at once
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({"stamp": stamp, "rules": rules}), encoding="utf-8")
        part.replace(path)


def _rule(entry: list[Any]) -> Rule:
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in zip(_FIELDS, entry, strict=True)
    }
    return Rule(check=Late(known["id"], known["module"]), **known)


def _stamp() -> str:
    """What the files of the rules look like from outside: names, sizes and times; the names of editions are in `store`."""
    seen: list[str] = [f"{sys.version_info[:2]} {_FIELDS}"]
    folders = [Path(package.__path__[0])]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    seen.append(f"{entry.path}:{state.st_size}:{state.st_mtime_ns}")
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append(Path(entry.path))
    state = Path(store.__file__).stat()
    seen.append(f"{state.st_size}:{state.st_mtime_ns}")
    text = "\n".join(sorted(seen)).encode()
    return f"{len(text)}-{zlib.crc32(text):08x}-{zlib.adler32(text):08x}"
