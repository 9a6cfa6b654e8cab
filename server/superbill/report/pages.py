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

_ALSO = {"x12": "The same in an 837:", "yaml": "The same in a YAML sheet:", "hl7": "The same in HL7:"}
_DIALECTS = {
    "x12": "837", "hl7": "HL7", "fhir": "FHIR", "yaml": "YAML sheet", "delimited": "tables (CSV, TSV, PSV)",
    "prose": "notes (Markdown, plain text)",
}  # fmt: skip
#: A rule in more outermost families than this is named once, not beside each of them.
_FEW = 3
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


def _body(rule: Rule) -> str:
    """The documentation below its first line, with the example in a second format behind the written one."""
    from superbill.report.examples import second

    body = rule.documentation.partition("\n")[2].strip()
    other = second(rule)
    if other is None:
        return body
    fence = other.kind if other.payer == "medicare-b" else f"{other.kind} payer={other.payer}"
    shown = f"{_ALSO[other.kind]}\n\n```{fence}\n{other.drawn}```\n\n"
    return body.replace("\n## Instead\n", f"\n{shown}## Instead\n", 1)


def page(rule: Rule) -> str:
    """The page of one rule. Its examples are run for it, so the catalog is opened."""
    from superbill.report.examples import NAMES, formats

    body = _body(rule)
    tried = ", ".join(NAMES[kind] for kind in formats(rule)) or "the tests"
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
        f"| examples run in | {tried} |\n| since | {rule.since} |\n\n{body}\n\n## Settings\n\n"
        f"```yaml\nrules:\n  {rule.id}: {'warning' if rule.status == 'off' else 'off'}\n```\n"
    )


def _severity(rule: Rule) -> str:
    return "off" if rule.status == "off" else rule.severity


def _links(rules: list[Rule]) -> str:
    return " ".join(f"[{rule.id}]({rule.id}.md)" for rule in rules)


def index(rules: list[Rule]) -> str:
    """The index by group, how many rules have examples in more than one format, and which live in one only."""
    from superbill.report.examples import dialects

    out = [
        "# Rules\n",
        "Written from the rules themselves. `superbill explain K520` shows a page in the terminal, `superbill explain 50`"
        " and\n`superbill explain 76380` the rules that can speak of a modifier or a code.\n",
        "[By modifier](by-modifier.md) · [by code](by-code.md) · [what is not checked, and why](not-implemented.md)",
    ]
    for letter, name in GROUPS.items():
        members = [rule for rule in rules if rule.group == letter]
        if members:
            out.append(f"\n## {letter} · {name}\n\n| rule | name | severity | what |\n|---|---|---|---|")
            out += [f"| [{r.id}]({r.id}.md) | {r.name} | {_severity(r)} | {r.title} |" for r in members]
    alone: dict[str, list[Rule]] = {}
    for rule in rules:
        found = dialects(rule)
        if len(found) == 1:
            alone.setdefault(found[0], []).append(rule)
    several = len(rules) - sum(map(len, alone.values()))
    out.append(
        "\n## Rules of one format\n\nEach page says in which formats the rule's examples were run. Of the "
        f"{len(rules)} rules {several} have examples in two\nor more, where Markdown and plain text count as one, and so"
        " do tables by whatever separator. The others are about what\nonly one format has:\n\n| format | rules |\n|---|---|"
    )
    out += [f"| {title} | {_links(alone[name])} |" for name, title in _DIALECTS.items() if name in alone]
    return "\n".join(out) + "\n"


def modifier_index() -> str:
    """The rules by the modifiers that they name."""
    from superbill.report.examples import catalog
    from superbill.report.index import by_modifier

    out = [
        "# Rules by modifier\n",
        "A rule stands beside the modifiers that it looks for, misses, or offers to add. Rules about any modifier (form,"
        " dates,\norder: groups F, M and O) are left out where they name none.\n",
        "| modifier | means | rules |\n|---|---|---|",
    ]
    for modifier, rules in by_modifier().items():
        entry = catalog().modifier(modifier)
        out.append(f"| {modifier} | {entry.name if entry else ''} | {_links(rules)} |")
    return "\n".join(out) + "\n"


def code_index() -> str:
    """The rules that name codes: those about a list that runs through the whole code set, and the others by family."""
    from superbill.report.examples import catalog, knowledge
    from superbill.report.index import by_family

    codes = [code for (code,) in catalog().query("SELECT DISTINCT code FROM fee")]
    families = by_family(knowledge(), codes)
    tops: dict[str, set[str]] = {}
    for family, rules in families.items():
        for rule in rules:
            tops.setdefault(rule.id, set()).add(family[0])
    wide = {id for id, found in tops.items() if len(found) > _FEW}
    out = [
        "# Rules by code\n",
        "Rules that name codes, lists of codes, or global days. All other rules can speak of any code, most of them by"
        " its\nindicators in the fee schedule; `superbill explain 76380` says which do for one code.\n",
        "## In many families\n\n| rule | what |\n|---|---|",
    ]
    everything = all_rules()
    out += [f"| [{id}]({id}.md) | {everything[id].title} |" for id in sorted(wide)]
    rows: dict[str, dict[str, list[str]]] = {}
    for family, rules in families.items():
        links = _links([rule for rule in rules if rule.id not in wide])
        if links:
            rows.setdefault(family[0], {}).setdefault(links, []).append(family[1] if len(family) > 1 else family[0])
    for top, shared in rows.items():
        out.append(f"\n## {top}\n\n| codes | rules |\n|---|---|")
        out += [f"| {' · '.join(names)} | {links} |" for links, names in shared.items()]
    return "\n".join(out) + "\n"


def pages() -> dict[str, str]:
    """All pages by file name."""
    rules = list(all_rules().values())
    return {
        "README.md": index(rules),
        "by-modifier.md": modifier_index(),
        "by-code.md": code_index(),
        **{f"{rule.id}.md": page(rule) for rule in rules},
    }


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
