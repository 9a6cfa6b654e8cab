"""The rule pages of `docs/rules/`, the tables of `docs/formats.md` and the schema of the settings: written from the code.

python -m superbill.report.pages            write them
python -m superbill.report.pages --check    fail when they are not what the rules say
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from superbill.report import settings_schema
from superbill.report.formats import with_tables
from superbill.rules.base import GROUPS, Rule
from superbill.rules.book import all_rules

_PACKAGE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where the pages lie: in the checkout, else in the installed package."""
    checkout = _PACKAGE.parent.parent / "docs" / "rules"
    return (
        checkout if (_PACKAGE.parent.parent / "pyproject.toml").exists() else _PACKAGE / "_bundled" / "docs" / "rules"
    )


@lru_cache(maxsize=1024)
def page_uri(rule: str) -> str:
    """The address of a rule's page on this machine; "" when it is not there."""
    path = folder() / f"{rule}.md"
    return path.as_uri() if path.exists() else ""


def page(rule: Rule) -> str:
    """The page of one rule."""
    body = rule.documentation.partition("\n")[2].strip()
    scope = {
        "line": "one line",
        "claim": "the lines of one claim (same patient, same day)",
        "patient": "the lines of one patient over all days",
        "note": "one note and the codes it bills",
        "problem": "how the file is written",
        "document": "the whole file",
    }[rule.scope]
    default = "off unless switched on" if rule.status == "off" else rule.severity
    return (
        f"# {rule.id} {rule.name}\n\n{rule.title}\n\n"
        f"| | |\n|---|---|\n| severity | {default} |\n| looks at | {scope} |\n| group | {GROUPS[rule.group]} |\n"
        f"| since | {rule.since} |\n\n{body}\n\n## Settings\n\n"
        f"```yaml\nrules:\n  {rule.id}: {'warning' if rule.status == 'off' else 'off'}\n```\n"
    )


def index(rules: list[Rule]) -> str:
    """The index by group."""
    out = ["# Rules\n", "Written from the rules themselves. `superbill explain K520` shows a page in the terminal.\n"]
    for letter, name in GROUPS.items():
        members = [rule for rule in rules if rule.group == letter]
        if members:
            out.append(f"\n## {letter} · {name}\n\n| rule | name | severity | what |\n|---|---|---|---|")
            for rule in members:
                severity = "off" if rule.status == "off" else rule.severity
                out.append(f"| [{rule.id}]({rule.id}.md) | {rule.name} | {severity} | {rule.title} |")
    return "\n".join(out) + "\n"


def pages() -> dict[str, str]:
    """All pages by file name."""
    rules = list(all_rules().values())
    return {"README.md": index(rules), **{f"{rule.id}.md": page(rule) for rule in rules}}


def main(arguments: list[str]) -> int:
    """Write or check the pages; 1 when `--check` finds a difference."""
    target = folder()
    wanted = pages()
    formats = target.parent / "formats.md"
    if formats.exists():
        wanted["../formats.md"] = with_tables(formats.read_text(encoding="utf-8"))
    found = {path.name: path.read_text(encoding="utf-8") for path in target.glob("*.md")} if target.exists() else {}
    if formats.exists():
        found["../formats.md"] = formats.read_text(encoding="utf-8")
    settings = target / settings_schema.NAME
    if settings.parent.exists():
        wanted[settings_schema.NAME] = settings_schema.schema()
        if settings.exists():
            found[settings_schema.NAME] = settings.read_text(encoding="utf-8")
    stale = sorted(set(wanted.items()) ^ set(found.items()))
    if "--check" in arguments:
        names = sorted({name for name, _ in stale if name != "not-implemented.md"})
        if names:
            sys.stderr.write(f"stale: {', '.join(names)}; run python -m superbill.report.pages\n")
        return 1 if names else 0
    target.mkdir(parents=True, exist_ok=True)
    for name in set(found) - set(wanted) - {"not-implemented.md"}:
        (target / name).unlink()
    for name, text in wanted.items():
        if found.get(name) != text:
            (target / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
