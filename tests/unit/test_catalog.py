"""The catalog's source is sound, what cannot be compiled says where and why, and look-ups answer as CMS's files do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from tests.harness import catalog

from superbill.catalog.build import compile_catalog
from superbill.catalog.lint import lint
from superbill.catalog.shapes import CODE, is_code
from superbill.catalog.store import Catalog
from superbill.catalog.yamlsource import SourceError, load_schema, read_entries

DATA = Path(__file__).resolve().parent.parent.parent / "data"
#: Schemas of no source file: of a list of entries, for editors, and of a practice's own charge sheets, rules, catalogs and
#: settings.
FOR_EDITORS = {"code-list", "charge-sheet", "own-rules", "settings", "workspace-catalog"}
SCHEMAS = {
    name: path
    for path in sorted((DATA / "schema").glob("*.schema.json"))
    if (name := path.name.partition(".")[0]) not in FOR_EDITORS
}
SOURCES = sorted(path for path in DATA.rglob("*.yaml") if path.relative_to(DATA).parts[0] != "examples")


class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as the catalog means it: a date is text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schema_of(path: Path) -> str:
    """The name of the schema of a source file: that of its folder, or of the file itself."""
    inside = path.relative_to(DATA).parts
    return path.stem if len(inside) == 1 or path.name == "ambulance.yaml" else inside[0]


def stripped(value: Any) -> Any:
    """A value as the catalog keeps it: texts without blanks at their ends."""
    if isinstance(value, dict):
        return {key: stripped(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [stripped(inner) for inner in value]
    return value.strip() if isinstance(value, str) else value


@cache
def loaded(path: Path) -> list[Any]:
    """All entries of a source file as a YAML reader that is not ours gives them."""
    root = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)
    return root if isinstance(root, list) else [root]


# -- the source and its schemas --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMAS[name].read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_source_files_by_another_validator(path: Path) -> None:
    schema = load_schema(SCHEMAS[schema_of(path)])
    validator = jsonschema.Draft202012Validator(schema)
    entries = loaded(path)
    assert entries
    for entry in entries:
        validator.validate(entry)
    assert [entry.data for entry in read_entries(path, path.name, schema)] == stripped(entries)


def test_every_schema_has_a_source() -> None:
    assert {schema_of(path) for path in SOURCES} == set(SCHEMAS)


def small(value: Any, schema: dict[str, Any]) -> Any:
    """A good value cut down to two items in each list and in each mapping of free names."""
    if isinstance(value, list):
        return [small(item, schema.get("items", {})) for item in value[:2]]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        others = schema.get("additionalProperties") or {}
        names = list(value) if known else list(value)[:2]
        return {name: small(value[name], known.get(name, others)) for name in names}
    return value


def broken(value: Any, schema: dict[str, Any]) -> Iterator[Any]:
    """Values that differ from a good one in one place; most of them break the schema."""
    yield from (other for other in (7, "a text", True, ["a text"], {"a": "text"}) if other != value)
    if isinstance(value, str):
        yield "x" * (schema.get("maxLength", 5000) + 1)
        yield ""
    elif isinstance(value, list):
        yield []
        yield [*value, value[0]]
        for other in broken(value[0], schema.get("items", {})):
            yield [other, *value[1:]]
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        yield {**value, "strange": "text"}
        for key in value:
            yield {name: inner for name, inner in value.items() if name != key}
            inner_schema = known.get(key, schema.get("additionalProperties", {}))
            for other in broken(value[key], inner_schema if isinstance(inner_schema, dict) else {}):
                yield {**value, key: other}


@pytest.mark.parametrize("name", SCHEMAS)
def test_our_validator_refuses_what_another_refuses(name: str, tmp_path: Path) -> None:
    schema = load_schema(SCHEMAS[name])
    good: dict[str, Any] = {}
    for path in SOURCES:
        if schema_of(path) == name:
            for entry in loaded(path):
                good.update((key, value) for key, value in entry.items() if value)
    good = small(good, schema)
    validator = jsonschema.Draft202012Validator(schema)
    path = tmp_path / "entry.yaml"
    verdicts = {True: 0, False: 0}
    for entry in [good, *broken(good, schema)]:
        path.write_text(yaml.safe_dump(entry, sort_keys=False, width=10_000), encoding="utf-8")
        try:
            read_entries(path, path.name, schema)
            ours = True
        except SourceError:
            ours = False
        assert ours == validator.is_valid(entry), entry
        verdicts[ours] += 1
    assert verdicts[True] and verdicts[False] > 10


# -- what cannot be compiled -----------------------------------------------------------------------------------

FAMILIES = '# Families.\n- id: all\n  name: All\n  codes: ["00000-99999"]\n'
SITES = '# Sites.\noffice:\n  name: office\n  pos: ["11"]\n'
CODES = """# Codes.
- code: "76380"
  title: Sample title
  keywords: [one word, two words]
  service: imaging
  sites: [office]

- code: "76381"
  title: Another title
  keywords: [one word, two words]
  service: imaging
  sites: [office]
"""


def write_source(folder: Path, **files: str | bytes) -> Path:
    """A small source folder; `files` by name, `__` for the slash, overrule what is sound in it."""
    source = folder / "data"
    shutil.copytree(DATA / "schema", source / "schema")
    texts: dict[str, str | bytes] = {"families": FAMILIES, "sites": SITES, "codes__a": CODES}
    for name, text in {**texts, **files}.items():
        path = source / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return source


BROKEN: dict[str, tuple[dict[str, str | bytes], str]] = {
    "a code without quotes": (
        {"codes__a": CODES.replace('"76381"', "76381")},
        'data/codes/a.yaml:8: code: must be text, not a whole number; put it in quotes: "76381"',
    ),
    "no title": (
        {"codes__a": CODES.replace("  title: Another title\n", "")},
        "data/codes/a.yaml:8: 'title' is missing",
    ),
    "an empty title": (
        {"codes__a": CODES.replace("Another title", "")},
        "data/codes/a.yaml:9: title: must be text",
    ),
    "a code twice": (
        {"codes__b": CODES.replace("76380", "76382")},
        "data/codes/b.yaml:8: '76381' stands twice; the first is at data/codes/a.yaml:8",
    ),
    "a field twice": (
        {"codes__a": CODES + "  service: other\n"},
        "data/codes/a.yaml:13: 'service' stands twice",
    ),
    "an unknown field": (
        {"codes__a": CODES + "  colour: red\n"},
        "data/codes/a.yaml:13: 'colour' is not a field here; the fields are about, apart, code,",
    ),
    "an unknown site": (
        {"codes__a": CODES.replace("[office]", "[moon]", 1)},
        "data/codes/a.yaml:2: 76380: 'moon' is no site; the sites are office",
    ),
    "no code": (
        {"codes__a": CODES.replace("76381", "7638")},
        "data/codes/a.yaml:8: code: '7638' does not look as it should (a CPT or HCPCS code, in quotes)",
    ),
    "a title too long": (
        {"codes__a": CODES.replace("Another title", "x" * 73)},
        "data/codes/a.yaml:9: title: 73 characters, 72 at most",
    ),
    "a list that is none": (
        {"codes__a": CODES.replace("[one word, two words]", "one word", 1)},
        "data/codes/a.yaml:4: keywords: must be a list, not text",
    ),
    "a range backwards": (
        {"families": FAMILIES.replace("00000-99999", "99999-00000")},
        "data/families.yaml:2: '99999-00000' is not a code or a range of codes of one shape",
    ),
    "a range of two shapes": (
        {"families": FAMILIES.replace("00000-99999", "0001T-0009U")},
        "data/families.yaml:2: '0001T-0009U' is not a code or a range of codes of one shape",
    ),
    "a parent below its child": (
        {"families": FAMILIES.replace("id: all", "id: all\n  parent: whole")},
        "data/families.yaml:2: parent 'whole' does not stand above 'all'",
    ),
    "a range in a code set": (
        {"codesets": '- id: a\n  about: b\n  source: c\n  codes: ["00001", "00009-00002"]\n'},
        "data/codesets.yaml:1: '00009-00002' is not a code or a range of codes of one shape",
    ),
    "a brief without an entry": (
        {
            "briefs__76382": 'code: "76382"\nsummary: a\nmodifiers: [{code: "26", when: b}]\n'
            "documentation: [c]\nunknown: [d]\nsources: [practice]\n"
        },
        "data/briefs/76382.yaml:1: a brief for 76382, which has no entry under codes/",
    ),
    "not UTF-8": ({"codes__a": CODES.encode() + b"# caf\xe9\n"}, "data/codes/a.yaml:13: not UTF-8"),
    "a control character": ({"codes__a": CODES + "# \0\n"}, "data/codes/a.yaml:13: not YAML: control characters"),
    "a list for a name": ({"codes__a": "- ? [a]\n  : b\n"}, "data/codes/a.yaml:1: the name of a field must be text"),
    "not YAML": ({"codes__a": CODES + "  about: [\n"}, "data/codes/a.yaml:14: not YAML"),
    "a tab": ({"codes__a": CODES + "\tabout: x\n"}, "data/codes/a.yaml:13: not YAML"),
    "two documents": ({"codes__a": CODES + "---\n" + CODES}, "data/codes/a.yaml:13: not YAML"),
    "no list of mappings": ({"codes__a": "- - text\n"}, "data/codes/a.yaml:1: must be a mapping, not a list"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_compiled_says_where(name: str, tmp_path: Path) -> None:
    files, message = BROKEN[name]
    source = write_source(tmp_path, **files)
    target = tmp_path / "out" / "catalog.sqlite"
    with pytest.raises(SourceError) as caught:
        compile_catalog(source, target)
    assert str(caught.value).startswith(message), str(caught.value)
    assert list(target.parent.iterdir()) == []


def test_a_failure_leaves_the_database_that_was_there(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    target = tmp_path / "out" / "catalog.sqlite"
    compile_catalog(source, target)
    before = target.read_bytes()
    (source / "codes" / "a.yaml").write_text("- code: 76380\n", encoding="utf-8")
    with pytest.raises(SourceError):
        compile_catalog(source, target)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]
    assert Catalog(target).title("76380") == "Sample title"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pfs-2025d.tsv", "# Note.\ncode\tcomponent\n76380\t26\n"),
        ("ncci-mue-2024q3.tsv", "# Note.\ncode\tvalue\tindicator\n76380\ttwo\t3\n"),
        ("ncci-mue-2024q3.tsv", "# Note.\ncode\tvalue\tindicator\n76380\t2\t3\n76380\t2\t3\n"),
        ("hcpcs-2025-10.tsv", "# Note.\ncode\tadded\nA0425\t2025-13-01\n"),
    ],
)
def test_broken_facts_name_their_file(name: str, text: str, tmp_path: Path) -> None:
    source = write_source(tmp_path)
    (source / "facts").mkdir()
    (source / "facts" / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=f"^data/facts/{name}:1: cannot be read: "):
        compile_catalog(source, tmp_path / "out" / "catalog.sqlite")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_schema_keyword_that_is_not_checked_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.schema.json"
    path.write_text('{"type": "object", "properties": {"a": {"type": "array", "maxItems": 3}}}')
    with pytest.raises(ValueError, match="maxItems"):
        load_schema(path)


# -- codes and their families ----------------------------------------------------------------------------------


def root(code: str) -> str:
    path = catalog().family(code)
    return path[0] if path else ""


def test_every_code_that_can_be_has_a_family() -> None:
    codes = [f"{number:05d}" for number in range(0, 100_000, 53)]
    for letter in "FTUMA":
        codes += [f"{number:04d}{letter}" for number in range(0, 10_000, 97)]
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        codes += [f"{letter}{number:04d}" for number in range(0, 10_000, 97)]
    edges = [form for digits in ("0000", "0001", "9999") for form in (digits + "0", *(digits + x for x in "FTUMA"))]
    for code in [*codes, *edges, "99998", "99999", "A9999", "V9999"]:
        assert bool(catalog().family(code)) == bool(CODE.fullmatch(code)), code


@pytest.mark.parametrize(
    ("code", "family"),
    [
        ("0633T", "Category III"), ("9999T", "Category III"), ("T1019", "HCPCS Level II"),
        ("0001F", "Category II "), ("9999F", "Category II "), ("0001U", "Branded lab tests"),
        ("U0002", "HCPCS Level II"), ("0002M", "Multi-marker"), ("M0201", "HCPCS Level II"),
        ("0001A", "COVID-19"), ("A0425", "HCPCS Level II"), ("00100", "Anesthesia"), ("76380", "Radiology"),
        ("99213", "Visits"), ("10060", "Surgery"), ("80053", "Pathology"), ("97110", "Medicine"),
    ],
)  # fmt: skip
def test_families(code: str, family: str) -> None:
    assert root(code).startswith(family)


@pytest.mark.parametrize("code", ["", "7638", "763800", "76380T", "F0001", "I0001", "X1234", "0001X", "a0425", "7638o"])
def test_what_is_no_code_has_no_family(code: str) -> None:
    assert not is_code(code)
    assert catalog().family(code) == ()


def test_a_family_lies_within_its_parent() -> None:
    spans: dict[str, list[tuple[str, str]]] = {}
    for low, high, family in catalog().query("SELECT low, high, family FROM family_range"):
        spans.setdefault(family, []).append((low, high))
    for family, parent in catalog().query("SELECT id, parent FROM family WHERE parent <> ''"):
        for low, high in spans[family]:
            assert any(start <= low and high <= end for start, end in spans[parent]), (family, low)


# -- modifiers, places, briefs, sources ------------------------------------------------------------------------


def test_all_modifiers_and_places() -> None:
    sources = [modifier.sources for modifier in catalog().modifiers.values()]
    assert sum("cpt-appendix-a" in source for source in sources) == 49
    assert sum("hcpcs-2025-10" in source for source in sources) == 383
    assert len(sources) == 426  # P1 to P6 are in both
    assert len(catalog().places) == 52


def test_conflicts_of_modifiers_are_mutual() -> None:
    known = catalog().modifiers
    for code, modifier in known.items():
        for other in modifier.conflicts:
            assert other in known and other != code, (code, other)
            assert code in known[other].conflicts, f"{code} names {other}, but {other} does not name {code}"


def test_successors_of_modifiers() -> None:
    for code, modifier in catalog().modifiers.items():
        if modifier.successor:
            assert modifier.until and modifier.successor in catalog().modifiers, code
        if modifier.since and modifier.until:
            assert modifier.since <= modifier.until, code


def test_places_of_sites_and_profiles_exist() -> None:
    known = set(catalog().places)
    for site in catalog().sites.values():
        assert site.places and set(site.places) <= known, site.id
    for profile in catalog().profiles.values():
        assert profile.facility <= known, profile.id


def briefs() -> list[str]:
    return [row[0] for row in catalog().query("SELECT code FROM brief ORDER BY code")]


#: Modifiers that hang on one indicator: the field of the fee row, and the values that allow the modifier.
ALLOWED = {
    "26": ("pctc", ("1", "6")), "TC": ("pctc", ("1", "6")),
    "50": ("bilateral", ("1", "3")), "LT": ("bilateral", ("1", "3")), "RT": ("bilateral", ("1", "3")),
    "51": ("multiple", ("2", "3")), "62": ("cosurgeon", ("1", "2")), "66": ("team", ("1", "2")),
    "54": ("global_days", ("010", "090")), "55": ("global_days", ("010", "090")), "56": ("global_days", ("010", "090")),
}  # fmt: skip


@pytest.mark.parametrize("code", briefs())
def test_modifiers_of_a_brief_fit_its_code(code: str) -> None:
    entry = catalog().procedure(code)
    assert entry and entry.brief
    rows = catalog().fees(code).values()

    def allowed(modifier: str) -> bool:
        field, values = ALLOWED[modifier]
        return any(getattr(row, field) in values for row in rows)

    used = [use.code for use in entry.brief.modifiers]
    never = [use.code for use in entry.brief.never]
    assert len({*used, *never}) == len(used) + len(never), "a modifier stands twice"
    for modifier in used:
        assert modifier in catalog().modifiers and not catalog().modifiers[modifier].until, modifier
        assert modifier not in ALLOWED or allowed(modifier), modifier
    for modifier in never:
        assert modifier in catalog().modifiers, modifier
        assert modifier not in ALLOWED or not allowed(modifier), modifier


def test_briefs_name_real_codes() -> None:
    for code in briefs():
        entry = catalog().procedure(code)
        assert entry and entry.brief
        for relation in (*entry.brief.related, *entry.brief.conflicts):
            for span in relation.codes:
                assert all(is_code(end) for end in span.split("-")), (code, span)


def cited(value: Any) -> Iterator[str]:
    """All ids of sources in an entry."""
    for key, inner in value.items():
        if key in ("source", "sources"):
            yield from [inner] if isinstance(inner, str) else inner
        elif isinstance(inner, list):
            for item in inner:
                if isinstance(item, dict):
                    yield from cited(item)


def test_every_source_is_an_edition() -> None:
    for path in SOURCES:
        if schema_of(path) not in ("codesets", "synonyms", "sites"):  # code sets tell theirs in words
            for entry in loaded(path):
                missing = {source.split()[0] for source in cited(entry)} - set(catalog().editions)
                assert not missing, (path.name, entry.get("code"))


def test_windows_of_editions() -> None:
    for edition in catalog().editions.values():
        assert not edition.since or not edition.until or edition.since <= edition.until, edition.id
    fees = catalog().edition("pfs-2025d")
    assert fees.covers(date(2025, 12, 31)) and not fees.covers(date(2026, 1, 1)) and fees.covers(None)


# -- look-ups --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "since", "until", "successors"),
    [
        ("G0297", date(2015, 2, 5), date(2020, 12, 31), ()),
        ("C8904", None, date(2018, 12, 31), ("77046",)),
        ("A4466", None, date(2016, 12, 31), ("A4467",)),
        ("J2150", date(1986, 1, 1), date(2025, 9, 30), ()),
        ("A0425", None, None, ()),
    ],
)
def test_hcpcs_codes_and_their_ends(
    code: str, since: date | None, until: date | None, successors: tuple[str, ...]
) -> None:
    known = catalog().hcpcs(code)
    assert known is not None and known.since is not None
    assert (known.until, known.successors) == (until, successors)
    assert since is None or known.since == since


def test_hcpcs_codes_that_are_not_there() -> None:
    assert catalog().hcpcs("A0000") is None
    assert catalog().hcpcs("76380") is None
    assert catalog().query("SELECT count(*) FROM hcpcs WHERE until IS NOT NULL") == [(1205,)]


def test_facts_by_component() -> None:
    assert {part: row.pctc for part, row in catalog().fees("86334").items()} == {"": "9", "26": "6"}
    assert {part: row.bilateral for part, row in catalog().fees("76519").items()} == {"": "2", "26": "3", "TC": "2"}
    assert {part: row.pctc for part, row in catalog().fees("76380").items()} == {"": "1", "26": "1", "TC": "1"}
    assert catalog().fees("76380")["TC"].supervision == "01"
    assert set(catalog().fees("45378")) == {"", "53"}
    assert catalog().fees("99999") == {}


def test_unit_limits() -> None:
    limit = catalog().unit_limit("76380")
    assert limit and (limit.value, limit.indicator) == (2, "3")
    assert catalog().unit_limit("99999") is None


def test_an_unknown_code_has_no_entry() -> None:
    assert catalog().procedure("99999") is None
    assert catalog().title("99999") == ""
    assert catalog().modifier("ZZ") is None
    with pytest.raises(KeyError):
        catalog().codeset("no-such-set")


def test_lint_finds_what_compiling_lets_pass(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("examples"))
    for path in (folder / "codes").glob("*.yaml"):
        if path.name != "visits.yaml":
            path.unlink()
    for path in (folder / "briefs").glob("*.yaml"):
        path.unlink()
    assert lint(folder) == []
    entry = '- code: "{}"\n  title: "{}"\n  keywords: [{}]\n  service: test\n  sites: [office]\n'
    twin = "Office visit level 4, established: moderate MDM, or 30 min total"
    alike = [entry.format(f"7300{n}", f"Picture of thing number {n}00", "same word, for all") for n in range(7)]
    text = entry.format("73030", twin, "thirty views, of a shoulder") + "".join(alike)
    (folder / "codes" / "wrong.yaml").write_text(text)
    (folder / "briefs" / "73030.yaml").write_text(
        'code: "73030"\nsummary: A picture.\nmodifiers:\n  - code: "ZZ"\n    when: never\n'
        '  - code: "62"\n    when: never\n'
        "documentation: [a]\nunknown: [b]\nsources: [practice]\n"
    )
    found = [str(error) for error in lint(folder)]
    assert any(text.startswith("data/codes/wrong.yaml:1: 73030 has the title of 99214") for text in found)
    assert any(text.endswith("is found by none of its keywords. Add one that is its own") for text in found)
    assert any(text.startswith("data/codes/wrong.yaml:6: 73000 stands behind 73030") for text in found)
    assert any("ZZ is no modifier" in text for text in found)
    assert any("62 is offered for 73030, whose co-surgeon indicator is 0" in text for text in found)


def test_the_database_stays_small(tmp_path: Path) -> None:
    compile_catalog(DATA, tmp_path / "catalog.sqlite")
    assert (tmp_path / "catalog.sqlite").stat().st_size < 15_000_000


@pytest.mark.parametrize("kind", ["codes", "briefs"])
def test_every_file_of_the_source_names_its_schema(kind: str) -> None:
    schema = {"codes": "code-list", "briefs": "briefs"}[kind]
    for path in (DATA / kind).glob("*.yaml"):
        first, second = path.read_text(encoding="utf-8").split("\n")[:2]
        assert first.startswith("# ") and second == f"# yaml-language-server: $schema=../schema/{schema}.schema.json"
    assert (DATA / "schema" / f"{schema}.schema.json").exists()
