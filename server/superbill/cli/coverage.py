"""`superbill catalog coverage`: of the charges in a file, how many have a code that the catalog describes."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from superbill.catalog.store import Catalog, open_catalog
from superbill.charges.dialect import Hints
from superbill.charges.reading import service_lines
from superbill.cli.exits import CLEAN, Failure
from superbill.config import find_settings
from superbill.files import Unreadable, expand, read_text
from superbill.text.lines import split_lines

_UNKNOWN = "no known section"


def run_coverage(options: argparse.Namespace) -> int:
    """Print, for each file, the share of lines with a title by section, and the codes most often without one."""
    catalog = open_catalog()
    for name in options.paths:
        path = Path(name)
        if not path.exists():
            raise Failure(f"{name}: no such file or folder")
        for found in expand(path, ()):
            try:
                codes = codes_in(found)
            except Unreadable as error:
                raise Failure(f"{found}: {error}") from None
            print("\n".join(table(catalog, str(found), codes)) + "\n")
    return CLEAN


def codes_in(path: Path) -> Counter[str]:
    """How many service lines of a file carry each code. Raises Unreadable."""
    lines = split_lines(read_text(path))
    columns = find_settings(path)[0].columns_in(path.resolve().as_posix())
    hints = Hints(suffix=path.suffix.lower(), columns=columns)
    return Counter(line.code for line in service_lines(lines, hints) if line.code)


def table(catalog: Catalog, name: str, codes: Counter[str]) -> list[str]:
    """The rows of one file's report."""
    if not codes:
        return [f"{name}: no charges found"]
    all_rows: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for code, count in codes.items():
        section = section_of(catalog, code)
        all_rows[section] += count
        if catalog.procedure(code) is not None:
            titled[section] += count
        else:
            missing[code] = count
    width = max(len(section) for section in all_rows)
    rows = [f"{name}: {_share(titled.total(), all_rows.total())} of lines with a code have a title"]
    rows += [f"  {section:<{width}}  {_share(titled[section], count)}" for section, count in sorted(all_rows.items())]
    if missing:
        most = ", ".join(f"{code} ({count})" for code, count in missing.most_common(10))
        rows.append(f"  without a title, most often: {most}")
    return rows


def section_of(catalog: Catalog, code: str) -> str:
    """The section of a code: the first family it belongs to, the first two for HCPCS Level II."""
    trail = catalog.family(code)
    if not trail:
        return _UNKNOWN
    return ", ".join(trail[:2]) if code[0].isalpha() else trail[0]


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else "none"
