"""A file without charges costs next to nothing and is left alone, whatever it is; files with charges are found."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from typing import overload

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.harness import book

from superbill.charges.dialect import HEAD_LINES, HEAD_SIZE, Hints
from superbill.charges.dialects.prose import Prose
from superbill.charges.registry import dialects, recognise
from superbill.engine.analysis import Analysis
from superbill.text.document import Document
from superbill.text.lines import split_lines

SIZE = 100_000
WORDS = [
    "the",
    "of",
    "server",
    "request",
    "line",
    "value",
    "name",
    "build",
    "package",
    "module",
    "memory",
    "process",
    "data",
    "error",
    "user",
    "window",
    "street",
    "open",
    "close",
    "patient",
    "report",
    "charge",
    "code",
    "table",
    "list",
    "order",
    "request",
    "unit",
    "place",
]


def filled(make: Iterator[str]) -> str:
    """Pieces up to the size of the samples."""
    pieces, size = [], 0
    for piece in make:
        pieces.append(piece)
        size += len(piece)
        if size >= SIZE:
            break
    return "".join(pieces)


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count))


def numbers() -> Iterator[int]:
    yield from range(100_000)


def package(chance: random.Random) -> str:
    scripts = {f"step-{n}": f"node run.js --port {10000 + n}" for n in range(400)}
    needs = {f"{chance.choice(WORDS)}-{n}": f"^{n % 20}.{n % 7}.{70000 + n}" for n in range(3500)}
    return json.dumps(
        {"name": "app", "version": "1.0.0", "scripts": scripts, "items": [1], "dependencies": needs}, indent=2
    )


def sample(kind: str) -> str:
    """100 kB of something that holds no charges."""
    chance = random.Random(7)
    if kind == "package.json":
        return package(chance)
    if kind in ("small.json", "small.txt"):
        return json.dumps(json.loads(package(chance)), separators=(",", ":"))
    if kind == "list.json":
        return json.dumps([{"name": words(chance, 3), "zip": f"{10000 + n}", "code": n} for n in range(2500)])
    if kind == "compose.yaml":
        return "services:\n" + filled(
            f"  web{n}:\n    image: registry/app:{n}\n    ports:\n      - \"{10000 + n}:8080\"\n    environment:\n"
            f"      - CODE={words(chance, 1)}\n    depends_on: [db{n}]\n"
            for n in numbers()
        )  # fmt: skip
    if kind == "workflow.yml":
        return "name: checks\non: [push]\njobs:\n" + filled(
            f"  job{n}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - name: {words(chance, 3)}\n"
            f"        run: |\n          make step-{70000 + n}\n"
            for n in numbers()
        )  # fmt: skip
    if kind == "people.yaml":
        return filled(f"- name: {words(chance, 2)}\n  zip: {10000 + n}\n  city: Reno\n" for n in numbers())
    if kind == "prose.txt":
        return filled(f"{words(chance, 12).capitalize()}, {words(chance, 6)}.\n" for _ in numbers())
    if kind == "quotes.txt":
        return filled(f'"{words(chance, 6)}, {words(chance, 5)}\n' for _ in numbers())
    if kind == "line.txt":
        return filled(f"{words(chance, 10)}, " for _ in numbers())
    if kind in ("server.log", "server.txt"):
        return filled(
            f"2025-10-{n % 28 + 1:02d} 12:{n % 60:02d}:07,{n % 1000:03d} INFO [{10000 + n}] {words(chance, 7)} code, {n}\n"
            for n in numbers()
        )
    if kind == "access.txt":
        return filled(
            f'10.0.0.{n % 250} - - [15/Oct/2025:12:00:07] "GET /charge/{70000 + n}" 200 {n}\n' for n in numbers()
        )
    if kind in ("addresses.csv", "addresses.tsv", "addresses.txt"):
        comma = "\t" if kind.endswith(".tsv") else ","
        rows = (
            comma.join(["Ann Q", f"{n} Main St", "Springfield", "MA", f"{10000 + n}", f"555-{n:04d}", "2025-10-15"])
            + "\n"
            for n in numbers()
        )
        return comma.join(["name", "street", "city", "state", "zip", "phone", "since"]) + "\n" + filled(rows)
    if kind == "stock.csv":
        return "item,quantity,unit,price,date\n" + filled(
            f"{10000 + n},{n % 9},pcs,9.5,2025-10-15\n" for n in numbers()
        )
    assert kind == "readme.md"
    return "# The project\n\n" + filled(
        f"{words(chance, 14).capitalize()}. It answers in {20000 + n} ms. Write to 12 Elm St, Reno, NV {89500 + n % 99}.\n\n"
        f"| step | rows |\n|---|---|\n| {words(chance, 2)} | {30000 + n} |\n\n"
        for n in numbers()
    )


KINDS = [
    "package.json", "small.json", "small.txt", "list.json", "compose.yaml", "workflow.yml", "people.yaml", "prose.txt",
    "quotes.txt", "line.txt", "server.log", "server.txt", "access.txt", "addresses.csv", "addresses.tsv", "addresses.txt",
    "stock.csv", "readme.md",
]  # fmt: skip
#: Read as text, because that is what their name says; nothing is said of them.
TEXTS = {"small.txt", "prose.txt", "quotes.txt", "line.txt", "addresses.txt", "readme.md"}


def hints(kind: str) -> Hints:
    return Hints(suffix="." + kind.rpartition(".")[2])


class Counted(Sequence[str]):
    """Lines that remember which of them were asked for."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.last = -1
        self.asked = 0

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        numbers = range(len(self.lines))[index]
        several = numbers if isinstance(numbers, range) else [numbers]
        self.asked += len(several)
        self.last = max(self.last, *several) if len(several) else self.last
        return self.lines[index]

    def __len__(self) -> int:
        return len(self.lines)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_charges_is_left_alone(kind: str) -> None:
    text = sample(kind)
    assert SIZE <= len(text) < 3 * SIZE
    analysis = Analysis(Document(text), hints(kind), book()).finish()
    assert list(analysis.findings()) == []
    assert analysis.totals["lines"] == 0
    if kind in TEXTS:
        assert analysis.dialect is None or analysis.dialect.name == "prose"
    else:
        assert analysis.dialect is None
        assert analysis.work.records_read == 0


@pytest.mark.parametrize("kind", ["prose.txt", "quotes.txt", "line.txt"])
def test_a_text_without_a_number_like_a_code_is_not_read(kind: str) -> None:
    analysis = Analysis(Document(sample(kind)), hints(kind), book()).finish()
    assert analysis.work.records_read == 0


@pytest.mark.parametrize("kind", KINDS)
def test_recognition_looks_at_the_head_once(kind: str) -> None:
    lines = Counted(split_lines(sample(kind)))
    recognise(lines, hints(kind))
    assert lines.last < HEAD_LINES
    assert lines.asked <= HEAD_LINES


class Measured(str):
    """A line that may not be copied, searched or cut as a whole."""

    def __getitem__(self, index: object) -> str:
        assert isinstance(index, slice) and index.stop is not None and index.stop <= HEAD_SIZE
        return str.__getitem__(self, index)

    def _refuse(self, *arguments: object) -> bool:
        raise AssertionError("a line of any length is cut before it is looked at")

    strip = lstrip = rstrip = split = lower = upper = startswith = find = replace = count = _refuse  # type: ignore[assignment]
    __contains__ = __iter__ = __add__ = _refuse  # type: ignore[assignment]


@pytest.mark.parametrize("suffix", [".csv", ".txt", ".json", ".yaml", ".md", ".hl7", ".837", ".log", ""])
def test_a_line_of_any_length_is_looked_at_by_its_beginning(suffix: str) -> None:
    recognise([Measured("word, " * 100_000)], Hints(suffix=suffix))


def test_a_table_of_a_thousand_columns_is_none_unless_its_name_says_so() -> None:
    heading = ",".join(["claim_id", "dos", "cpt", *(f"flag{n}" for n in range(1_500))]) + "\n"
    text = heading + ",".join(["A1", "2025-10-15", "76380", *(["0"] * 1_500)]) + "\n"
    found = recognise(split_lines(text), Hints(suffix=".csv"))
    assert found is not None and found.name == "delimited"
    other = recognise(split_lines(text), Hints(suffix=".txt"))
    assert other is None or other.name == "prose"


@pytest.mark.parametrize(
    ("text", "suffix", "name"),
    [
        ("claim_id,dos,cpt,units\nA1,2025-10-15,76380,1\n", ".csv", "delimited"),
        ("claim_id,dos,cpt,units\nA1,2025-10-15,76380,1\n", ".txt", "delimited"),
        ("10:15 seen in the clinic\n10:40 CPT: 76380\n11:00 home\n11:05 a\n11:10 b\n11:12 c\n", ".txt", "prose"),
        ("ERROR\nCPT 76380 billed\n", ".txt", "prose"),
        ('{"lines": [{"code": "76380", "units": 1}]}', ".json", "yaml"),
        ('[{"cpt": "76380", "mod": "26"}]', ".json", "yaml"),
    ],
)
def test_files_with_charges_are_still_found(text: str, suffix: str, name: str) -> None:
    found = recognise(split_lines(text), Hints(suffix=suffix))
    assert found is not None and found.name == name


SHAPE = re.compile(r"[0-9]{4}(?:(?<=[0-9]{5})|(?<=[A-V][0-9]{4})|[0-9FTUMA])")


@settings(max_examples=500, deadline=None)
@given(st.lists(st.text(alphabet="0189AFJTUVWZatz \u0663é\ud800.\n", max_size=12), min_size=1, max_size=3))
@example(["MODIFIER"])
@example(["1234", "5"])
def test_a_text_stirs_when_it_has_the_shape_of_a_code(lines: list[str]) -> None:
    text = "".join(lines)
    assert Prose().stirs(lines) == (SHAPE.search(text) is not None or "modifier" in text.lower())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(alphabet='cpt,mod|;\t"{}[]:-1 7638025\n', max_size=30), min_size=1, max_size=12),
    st.sampled_from([".csv", ".txt", ".json", ".yaml", ".md", ".log"]),
)
def test_no_dialect_fails_to_say_how_sure_it_is(lines: list[str], suffix: str) -> None:
    for dialect in dialects():
        assert 0.0 <= dialect.recognise(lines, Hints(suffix=suffix)) <= 1.0
