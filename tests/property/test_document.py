"""Random edits in three encodings against a plain model of the protocol's text."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from superbill.text.document import Document
from superbill.text.encoding import PositionEncoding, from_code_points, to_code_points

PIECES = st.text(alphabet="ab,\n\r\t\x1c\x85\u2028\x0cé€😀\U0001f600", max_size=12)
ENCODINGS: list[PositionEncoding] = ["utf-8", "utf-16", "utf-32"]


def units(text: str, encoding: str) -> int:
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-16":
        return sum(2 if ord(c) > 0xFFFF else 1 for c in text)
    return len(text.encode())


def model_lines(text: str) -> list[str]:
    """Character by character, as the specification reads."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def model_offset(text: str, line: int, column: int, encoding: str) -> int:
    lines = model_lines(text)
    if line >= len(lines):
        return len(text)
    base = sum(map(len, lines[:line]))
    body = lines[line].rstrip("\r\n") if lines[line].endswith(("\r", "\n")) else lines[line]
    used = 0
    for index, char in enumerate(body):
        width = units(char, encoding)
        if used + width > column:
            return base + index
        used += width
    return base + len(body)


@settings(max_examples=400, deadline=None)
@given(
    start=PIECES,
    edits=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 14), st.integers(0, 6), st.integers(0, 14), PIECES), max_size=8
    ),
    encoding=st.sampled_from(ENCODINGS),
)
def test_edits_equal_the_model(
    start: str, edits: list[tuple[int, int, int, int, str]], encoding: PositionEncoding
) -> None:
    document, text = Document(start, encoding), start
    for line, column, to_line, to_column, piece in edits:
        a = model_offset(text, line, column, encoding)
        b = model_offset(text, to_line, to_column, encoding)
        a, b = min(a, b), max(a, b)
        before = list(document.lines)
        change = document.edit(line, column, to_line, to_column, piece)
        text = text[:a] + piece + text[b:]
        assert document.text == text
        assert document.lines == model_lines(text)
        # The change says the truth: all lines outside it are as they were, and so are its borders.
        assert before[: change.first] == document.lines[: change.first]
        assert before[change.first + change.removed :] == document.lines[change.first + change.inserted :]
        old = "".join(before[change.first : change.first + change.removed])
        new = "".join(document.lines[change.first : change.first + change.inserted])
        assert old[: change.start] == new[: change.start]
        assert change.kept == 0 or old[-change.kept :] == new[-change.kept :]


@given(
    line=PIECES.map(lambda t: t.replace("\n", "").replace("\r", "")),
    encoding=st.sampled_from(ENCODINGS),
    data=st.data(),
)
def test_columns_there_and_back(line: str, encoding: PositionEncoding, data: st.DataObject) -> None:
    column = data.draw(st.integers(0, len(line)))
    there = from_code_points(line, column, encoding)
    assert there == units(line[:column], encoding)
    assert to_code_points(line, there, encoding) == column
    assert to_code_points(line, 10**9, encoding) == len(line)


def test_ends_are_clamped() -> None:
    document = Document("abc\r\nde", "utf-16")
    assert (document.decode(0, 99).column, document.decode(9, 0)) == (3, document.decode(1, 2))
    document.edit(0, 99, 0, 99, "!")
    assert document.text == "abc!\r\nde"
    document.edit(7, 7, 9, 9, "?")
    assert document.text == "abc!\r\nde?"


def test_a_long_line_is_converted_without_being_read() -> None:
    line = "é" + "x" * 200_000
    assert to_code_points(line, 150_000, "utf-16") == 150_000
    assert to_code_points(line + "😀y", 200_003, "utf-16") == 200_002
    assert from_code_points(line + "😀y", 200_002, "utf-16") == 200_003
