"""`superbill lookup`: codes, codes with modifiers, modifiers, or words."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from superbill.catalog.shapes import is_code
from superbill.catalog.store import Catalog, open_catalog
from superbill.cli.exits import CLEAN, FAILED

_WITH_MODIFIERS = re.compile(r"([0-9A-Za-z]{5})((?:-[0-9A-Za-z]{2})+)")

#: The files that may name a catalog of the workspace: `config.FILE_NAME` and `TEAM_FILE`, which costs an import to ask.
_WORKSPACE = ("superbill.yaml", "superbill-catalog.yaml")


def run_lookup(options: argparse.Namespace) -> int:
    """Print one answer or list per query. 2 when a query has no answer."""
    catalog = _beside_workspace(open_catalog())
    if options.format == "json":
        return _as_json(catalog, options)
    missing = False
    for number, query in enumerate(options.queries):
        if number:
            print()
        text = _answer(catalog, query, options)
        if text:
            print(text)
        else:
            print(f"superbill: nothing found for {query!r}", file=sys.stderr)
            missing = True
    return FAILED if missing else CLEAN


def _beside_workspace(catalog: Catalog) -> Catalog:
    """The catalog with that of the folder one stands in."""
    here = Path.cwd().resolve()
    if not any((folder / name).is_file() for folder in (here, *here.parents) for name in _WORKSPACE):
        return catalog  # reading settings would cost more than the look-up
    from superbill.config import catalog_files, find_settings, with_workspace

    catalog, problems = with_workspace(catalog, catalog_files(here, find_settings(here)[0]), rules=False)
    for problem in problems:
        print(f"superbill: {problem}", file=sys.stderr)
    return catalog


def _is_known_code(catalog: Catalog, code: str) -> bool:
    return is_code(code) or code in catalog.team.codes


def _parts(query: str) -> tuple[str, str, list[str]]:
    """A query in upper case; what stands in it where a code would; and the modifiers behind that."""
    wanted = query.strip().upper()
    if not _WITH_MODIFIERS.fullmatch(wanted):
        return wanted, wanted, []
    code, *modifiers = wanted.split("-")
    return wanted, code, modifiers


def _is_modifier(catalog: Catalog, wanted: str) -> bool:
    return len(wanted) == 2 and catalog.modifier(wanted) is not None


def _answer(catalog: Catalog, query: str, options: argparse.Namespace) -> str:
    wanted, code, _ = _parts(query)
    if _is_known_code(catalog, code):
        from superbill.cli.cards import code_text

        return code_text(catalog, wanted, full=options.full)
    if _is_modifier(catalog, wanted):
        from superbill.cli.cards import modifier_text

        return modifier_text(catalog, wanted)
    from superbill.catalog.search import search

    hits = search(catalog, query, options.limit)
    width = max((len(hit.code) for hit in hits), default=5)
    return "\n".join(
        f"{hit.code:<{width}}  {hit.title}" + ("  (modifier)" if hit.kind == "modifier" else "") for hit in hits
    )


def _as_json(catalog: Catalog, options: argparse.Namespace) -> int:
    import json

    from superbill.catalog.search import search

    answers: list[dict[str, object]] = []
    missing = False
    for query in options.queries:
        wanted, code, modifiers = _parts(query)
        found: list[dict[str, object]] = []
        if _is_known_code(catalog, code):
            answer = _code(catalog, code, 1.0)
            if modifiers:
                answer["modifiers"] = modifiers
            found.append(answer)
        elif _is_modifier(catalog, wanted):
            found.append(_modifier(catalog, wanted, 1.0))
        else:
            hits = search(catalog, query, options.limit)
            for hit in hits:
                score = round(hit.score / 2000, 4)  # 1 is an exact number
                found.append(
                    _code(catalog, hit.code, score) if hit.kind == "procedure" else _modifier(catalog, hit.code, score)
                )
        for answer in found:
            answer["query"] = query
        missing = missing or not found
        answers += found
    print(json.dumps(answers, ensure_ascii=False, indent=1))
    return FAILED if missing else CLEAN


def _code(catalog: Catalog, code: str, score: float) -> dict[str, object]:

    from superbill.catalog.store import FEES, HCPCS, UNITS

    procedure = catalog.procedure(code)
    facts: dict[str, object] = {}
    rows = catalog.fees(code)
    if rows:
        facts["fee_schedule"] = {
            "edition": catalog.edition(FEES).name,
            "rows": {
                component or "global": {k: v for k, v in row._asdict().items() if k != "component"}
                for component, row in rows.items()
            },
        }
    limit = catalog.unit_limit(code)
    if limit:
        facts["units"] = {"edition": catalog.edition(UNITS).name, **limit._asdict()}
    dates = catalog.hcpcs(code)
    if dates:
        facts["hcpcs"] = {
            "edition": catalog.edition(HCPCS).name,
            "since": dates.since.isoformat() if dates.since else None,
            "until": dates.until.isoformat() if dates.until else None,
            "successors": list(dates.successors),
        }
    return {
        "kind": "code",
        "code": code,
        "title": catalog.title(code) or None,
        "family": list(catalog.family(code)),
        "score": score,
        "service": procedure.service if procedure else None,
        "sites": list(procedure.sites) if procedure else [],
        "brief": bool(procedure and procedure.brief),
        "facts": facts,
        **_own(catalog, code),
    }


def _own(catalog: Catalog, code: str) -> dict[str, object]:
    """What users brought for a code, each only when there is something."""
    from dataclasses import asdict

    found: dict[str, object] = {}
    brief, team = catalog.own_brief(code), catalog.team
    if brief is not None:
        found["your_brief"] = asdict(brief)
    entry = team.codes.get(code)
    if entry is not None:
        found["workspace"] = {
            **{k: v for k, v in asdict(entry.procedure).items() if v and k != "brief"},
            **{
                k: str(v) if k in ("since", "until") else v
                for k, v in asdict(entry).items()
                if k != "procedure" and v is not None
            },
        }
    notes = [{"note": note.text, "origin": note.origin, "source": note.source} for note in team.notes_on(code)]
    if notes:
        found["notes"] = notes
    return found


def _modifier(catalog: Catalog, code: str, score: float) -> dict[str, object]:
    modifier = catalog.modifier(code)
    assert modifier is not None
    return {
        "kind": "modifier",
        "code": code,
        "title": modifier.name,
        "family": [modifier.family],
        "score": score,
        "facts": {
            "meaning": modifier.meaning,
            "when": modifier.when,
            "fits": modifier.fits,
            "conflicts": list(modifier.conflicts),
            "order": modifier.order,
            "since": modifier.since.isoformat() if modifier.since else None,
            "until": modifier.until.isoformat() if modifier.until else None,
        },
    }
