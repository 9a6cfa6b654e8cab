"""What a check accepts besides comments: the baselines of the files, written anew when wanted; and what of that, and of
`accept` in settings, is there no more."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from superbill.cli.checking import Outcome
from superbill.cli.exits import Failure
from superbill.config import load_baseline, name_in_baseline, save_baseline
from superbill.engine import baseline
from superbill.engine.baseline import Baseline
from superbill.engine.settings import Settings


class Exceptions:
    """The baselines of one run. `chosen` goes before what settings say; with `writing` none is in force."""

    def __init__(self, chosen: Path | None, writing: Path | None) -> None:
        self._chosen = chosen
        self._writing = writing
        self._baselines: dict[Path, Baseline] = {}
        self._found: Baseline = {}
        self._checked: dict[Path, set[str]] = {}
        self._left = Counter[Path]()
        self._accepted: dict[Path, frozenset[str]] = {}
        self._met: dict[Path, set[str]] = {}
        self._names: dict[Path, set[str]] = {}
        self._of_file: dict[Path, Path] = {}
        if writing is not None:
            self._old = self._load(writing) if writing.exists() else {}
        elif chosen is not None:
            self._load(chosen)

    def _load(self, path: Path) -> Baseline:
        path = path.resolve()
        if path not in self._baselines:
            try:
                self._baselines[path] = load_baseline(path)
            except baseline.Broken as error:
                raise Failure(f"{path.name}: {error}") from None
        return self._baselines[path]

    def baseline_of(self, settings: Settings) -> Path | None:
        """The baseline that holds for files of some settings."""
        return self._chosen or (Path(settings.baseline) if settings.baseline else None)

    def is_baseline(self, path: Path, settings: Settings) -> bool:
        """Whether a file met in a folder is a baseline and not to be checked."""
        mine = {one.resolve() for one in (self.baseline_of(settings), self._writing) if one is not None}
        return bool(mine) and path.resolve() in mine

    def accepted_in(self, path: Path, settings: Settings) -> dict[str, int]:
        """What the baseline accepts in a file. Raises Failure when it cannot be read."""
        where = self.baseline_of(settings)
        if self._writing is not None or where is None:
            return {}
        content = self._load(where)
        name = name_in_baseline(where, path)
        self._checked.setdefault(where.resolve(), set()).add(name)
        return content.get(name, {})

    def note(self, path: Path, settings: Settings, where: Path | None) -> None:
        """Remember which `accept` entries hold for a file, so that it can be told which are stale."""
        if where is not None and settings.accept:
            self._accepted[where] = settings.accept
            self._names.setdefault(where, set()).add(path.as_posix())
            self._of_file[path] = where

    def add(self, outcome: Outcome) -> None:
        """Take in what came of one file."""
        path = outcome.task.path
        if path is None:
            return
        if self._writing is not None:
            self._found[name_in_baseline(self._writing, path)] = dict(outcome.keys)
            return
        where = self.baseline_of(outcome.task.settings)
        if where is not None and outcome.left:
            self._left[where] += sum(outcome.left.values())
        if path in self._of_file:
            met = self._met.setdefault(self._of_file[path], set())
            for entry in outcome.task.settings.accept:
                what, _, file = entry.partition(" in ")
                if what in outcome.accepted and (not file or path.as_posix().endswith(file)):
                    met.add(entry)

    def write(self) -> str:
        """Write the baseline, and say what was written. Files that were not checked keep what is accepted in them, as
        long as they are there. Raises Failure."""
        assert self._writing is not None
        folder = self._writing.resolve().parent
        kept = {
            name: entries for name, entries in self._old.items() if name not in self._found and (folder / name).exists()
        }
        content = {**kept, **{name: entries for name, entries in self._found.items() if entries}}
        try:
            save_baseline(self._writing, content)
        except OSError as error:
            raise Failure(f"{self._writing}: cannot be written ({error.strerror})") from None
        count = sum(sum(entries.values()) for entries in self._found.values())
        files = sum(1 for entries in self._found.values() if entries)
        before = sum(sum(entries.values()) for name, entries in self._old.items() if name not in kept)
        said = f"{count} findings in {files} files accepted in {self._writing}"
        if before:
            said += f" (before: {before})"
        return said

    def tell_stale(self, paths: list[str]) -> None:
        """Say on standard error how much is accepted that is there no more, in the files that were checked."""
        for where, content in self._baselines.items():
            if self._writing is not None:
                continue
            checked = self._checked.get(where, set())
            gone = sum(
                sum(entries.values())
                for name, entries in content.items()
                if name not in checked and not (where.parent / name).exists()
            )
            stale = gone + sum(count for one, count in self._left.items() if one.resolve() == where)
            if stale:
                is_are = "finding is" if stale == 1 else "findings are"
                print(
                    f"superbill: {where.name}: {stale} accepted {is_are} there no more; "
                    f"`--write-baseline {where.name}` takes them out",
                    file=sys.stderr,
                )
        whole = {Path(name).resolve() for name in paths if Path(name).is_dir()}
        for where, accepted in self._accepted.items():
            folder = where.resolve().parent
            every = any(one == folder or one in folder.parents for one in whole)
            names = self._names[where]
            idle = [
                entry
                for entry in accepted - self._met.get(where, set())
                if (any(name.endswith(entry.partition(" in ")[2]) for name in names) if " in " in entry else every)
            ]
            if idle:
                what = "entry" if len(idle) == 1 else "entries"
                print(
                    f"superbill: {where.name}: {len(idle)} {what} of `accept` met no finding: {', '.join(sorted(idle)[:3])}"
                    + (", ..." if len(idle) > 3 else ""),
                    file=sys.stderr,
                )
