"""`check --fix`: what it writes, what it leaves alone, and that the server makes the same edits."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest
from tests.harness import analyse
from tests.samples import X12, YAML

from superbill.cli.main import main
from superbill.engine.mending import mechanical, mend
from superbill.report.difference import unified

HEAD = "patient,dos,cpt,mod,mod2,units,pos,charge\n"
BAD = (
    HEAD
    + "Zoë,2025-10-15,76380,50,,1,11,$10\nP2,2025-10-15,76380,26,,1,22,10\nP3,2025-10-15,99213, 26 ,gc,1,11,10\nP4,2025-10-15,70450,26,,1,22,7"
)
#: Without its wrong modifier the second line is the first once more, which is an error.
HIDING = "P7,2025-10-15,76380,26,,1,22,10\nP7,2025-10-15,76380,50,,1,22,10\n"
ONE_CODE = X12.replace("76380:26*", "70450:26*")


def check(*arguments: str) -> int:
    return main(["check", *arguments])


def test_it_writes_the_fixes_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(BAD, encoding="utf-8")
    assert check(str(path), "--fix", "--yes") == 0
    captured = capsys.readouterr()
    assert "4 fixes made in 1 file" in captured.err and "---" not in captured.out
    assert "K520" not in captured.out  # what is reported is what is left
    old, new = BAD.split("\n"), path.read_text(encoding="utf-8").split("\n")
    assert new == [old[0], "Zoë,2025-10-15,76380,,,1,11,10", old[2], "P3,2025-10-15,99213,GC,,1,11,10", old[4]]
    before = path.stat().st_mtime_ns
    assert check(str(path), "--fix", "--yes") == 0
    assert path.stat().st_mtime_ns == before and "made" not in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
)
def test_encoding_mark_and_line_ends_stay(tmp_path: Path, encoding: str, mark: bytes, ending: str) -> None:
    text = BAD.replace("\n", ending)
    path = tmp_path / "a.csv"
    path.write_bytes(mark + text.encode(encoding))
    check(str(path), "--fix", "--yes", "--quiet")
    fresh = mend(analyse(text)).text
    assert fresh != text and path.read_bytes() == mark + fresh.encode(encoding)


def test_what_is_no_text_in_its_encoding_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    data = BAD.encode("cp1252").replace(b"Zo\xeb", b"Zo\x81\xff")  # 0x81 is nothing in that code page
    path.write_bytes(data)
    assert check(str(path), "--fix", "--yes") == 2
    assert path.read_bytes() == data
    assert "not mended: not valid CP1252" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes")
def test_links_and_modes_stay(tmp_path: Path) -> None:
    target = tmp_path / "real.csv"
    target.write_text(BAD)
    target.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    check(str(link), "--fix", "--yes")
    assert link.is_symlink() and target.read_text() == mend(analyse(BAD)).text
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "real.csv"]


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text(BAD)

    def fails(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", fails)
    assert check(str(path), "--fix", "--yes") == 2
    assert "not mended: Permission denied" in capsys.readouterr().err
    assert path.read_text() == BAD and [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_without_a_terminal_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(BAD)
    assert check(str(path), "--fix", "--fail-on", "warning") == 1  # by what stands in the file
    captured = capsys.readouterr()
    assert (
        "-Zoë,2025-10-15,76380,50,,1,11,$10\n" in captured.out and "+Zoë,2025-10-15,76380,,,1,11,10\n" in captured.out
    )
    assert "4 fixes can be made in 1 file; nothing was written" in captured.err and "--yes" in captured.err
    check(str(path), "--fix", "--format", "json")
    captured = capsys.readouterr()
    assert captured.out.startswith('{"version"') and "+++" in captured.err
    assert path.read_text() == BAD
    assert check(str(path), "--yes") == 2


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answers", "written"),
    [("y\nn\n", "a"), ("n\ny\n", "b"), ("a\n", "ab"), ("q\n", ""), ("what\ny\nq\n", "a"), ("", "")],
)
def test_at_a_terminal_it_shows_a_diff_and_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: str, written: str
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text(BAD if name != "c" else HEAD)
    screen = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(answers))
    monkeypatch.setattr("sys.stdout", screen)
    check(str(tmp_path), "--fix")
    assert screen.getvalue().count("Make 4 fixes in") == answers.count("\n") + (not answers)
    assert "\033[32m+" in screen.getvalue()
    assert "".join(name for name in "abc" if (tmp_path / f"{name}.csv").read_text() not in (BAD, HEAD)) == written


def test_a_diff_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(BAD)
    check(str(path), "--diff")
    out = capsys.readouterr().out
    assert out.startswith("--- ") and path.read_text() == BAD
    assert "│" not in out and "service line" not in out
    if shutil.which("patch"):
        subprocess.run(["patch", str(path)], input=out, text=True, check=True, capture_output=True)
        assert path.read_text() == mend(analyse(BAD)).text


def test_standard_input_becomes_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode()
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False))
    check("-", "--as", "csv", "--fix")
    captured = capfdbinary.readouterr()
    assert captured.out == b"\xef\xbb\xbf" + mend(analyse(BAD.replace("\n", "\r\n"))).text.encode()
    assert b"fixes made" in captured.err
    clean = (HEAD + "P2,2025-10-15,76380,26,,1,22,10\n").encode()
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(clean), isatty=lambda: False))
    check("-", "--as", "csv", "--fix")
    assert capfdbinary.readouterr().out == clean
    assert check("-", "x.csv", "--as", "csv", "--fix") == 2


def test_a_fix_that_would_bring_an_error_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    text = BAD.replace("$10", "10") + "\n" + HIDING
    path.write_text(text, encoding="utf-8")
    before = [one.finding for one in analyse(text).findings()]
    assert [one.rule for one in before if one.fixes and one.fixes[0].preferred].count("K520") == 2
    mended = mend(analyse(text))
    errors = [one.finding.severity for one in analyse(mended.text).findings()].count("error")
    assert errors <= [one.severity for one in before].count("error")
    assert mended.refused == 1 and mended.because
    check(str(path), "--fix", "--yes")
    assert "1 fix left out: with it the file would have more errors" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == mended.text != text


def test_many_files_in_processes_are_mended_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        (tmp_path / f"{number}.csv").write_text(BAD)
    check(str(tmp_path), "--fix", "--yes", "--quiet", "--jobs", "2")
    assert "16 fixes made in 4 files" in capsys.readouterr().err
    assert {path.read_text() for path in tmp_path.iterdir()} == {mend(analyse(BAD)).text}


@pytest.mark.parametrize(
    ("text", "kind"), [(BAD, "csv"), (ONE_CODE, "x12"), (ONE_CODE.replace("\n", ""), "x12"), (YAML, "yaml")]
)
def test_the_edits_of_all_turns_are_those_of_the_text(text: str, kind: str) -> None:
    analysis = analyse(text, kind)
    one_turn = mechanical(analysis)
    mended = mend(analysis)
    assert mended.edits and analysis.document.text == text
    for edit in reversed(mended.edits):
        analysis.document.splice(edit.start, edit.end, edit.text)
    assert analysis.document.text == mended.text
    assert len(mended.edits) >= len(one_turn) or mended.refused
    assert not mechanical(mended.analysis) or mended.refused


def test_a_diff_of_one_long_line_is_cut_on_a_screen() -> None:
    text = HEAD.strip() + ",note\n" + "P1,2025-10-15,76380,50,,1,11,10," + "x" * 5000 + "\n"
    mended = mend(analyse(text))
    shown = unified("a.csv", text, mended.edits, screen=True)
    assert max(map(len, shown.splitlines())) < 260 and "76380,50" in shown and "…" in shown
    assert "x" * 5000 in unified("a.csv", text, mended.edits)
    assert unified("a.csv", text, []) == ""


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
@pytest.mark.parametrize("wide", [0, 3, 9])
def test_patch_takes_the_diff(tmp_path: Path, wide: int) -> None:
    """Near and far changes, at the first line and the last, with and without a line end there."""
    clean = "P2,2025-10-15,76380,26,,1,22,10\n" * wide
    for end in ("", "\n"):
        text = "patient,dos,cpt,mod,units,pos\n".replace("mod,", "mod,mod2,").replace("pos", "pos,charge") + "".join(
            f"P{n},2025-10-15,76380,50,,1,11,$10\n" + clean for n in range(3)
        )
        text = text.rstrip("\n") + end
        mended = mend(analyse(text))
        path = tmp_path / "a.csv"
        path.write_text(text)
        env = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run(
            ["patch", "--force", str(path)],
            input=unified("a.csv", text, mended.edits),
            text=True,
            capture_output=True,
            check=False,
            env=env,
        )
        assert done.returncode == 0 and "fuzz" not in done.stdout, done.stdout
        assert path.read_text() == mended.text
