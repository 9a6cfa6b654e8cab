"""`catalog update` against a server of our own that serves CMS's paths; it breaks off, lies and is slow on demand."""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from superbill.catalog import where
from superbill.catalog.addresses import Link, current, links, moved, read_addresses
from superbill.catalog.download import DownloadError, Fetcher, LicenceAsked
from superbill.cli.main import main

MUE_PAGE = (
    "/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/medicare-ncci-medically-unlikely-edits"
)
PFS_PAGE = "/medicare/payment/fee-schedules/physician/pfs-relative-value-files"
ZIP = "/files/zip/medicare-ncci-2024-q3-practitioner-services-mue-table.zip"
LICENCE = b"<html><body>License for use. <a href='?agree=yes'>Accept</a></body></html>"


def packed(text: str = "12345,1\n", name: str = "a.csv") -> bytes:
    """A zip file that is large enough to be cut."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, text)
        archive.writestr("filler.txt", "x" * 100_000)
    return stream.getvalue()


@dataclass
class Site:
    """What the server has, and what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)  # bytes after which an answer ends, one answer each
    fail: list[int] = field(default_factory=list)  # statuses, one answer each
    gated: set[str] = field(default_factory=set)
    redirect: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    ranges: bool = True
    etag: str = '"1"'
    url: str = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        path, _, query = self.path.partition("?")
        site.asked.append((self.path, dict(self.headers)))
        if site.slow:
            time.sleep(site.slow)
        if site.fail:
            return self.answer(site.fail.pop(0), b"", "text/plain")
        if path in site.redirect:
            self.send_response(302)
            self.send_header("Location", site.redirect[path])
            self.end_headers()
            return None
        if path.startswith("/license/") or (path in site.gated and "agree=yes" not in query):
            return self.answer(200, LICENCE, "text/html")
        data = site.files.get(path)
        if data is None:
            return self.answer(404, b"gone", "text/plain")
        if not path.endswith(".zip"):
            return self.answer(200, data, "text/html; charset=utf-8")
        if self.headers.get("If-None-Match") == site.etag:
            return self.answer(304, b"", "")
        begin = 0
        wanted = self.headers.get("Range", "")
        if wanted and site.ranges and self.headers.get("If-Range") == site.etag:
            begin = int(wanted.removeprefix("bytes=").rstrip("-"))
            if begin >= len(data):
                return self.answer(416, b"", "text/plain")
        return self.send_file(data, begin)

    def send_file(self, data: bytes, begin: int) -> None:
        rest = data[begin:]
        self.send_response(206 if begin else 200)
        self.send_header("Content-Type", "application/zip")
        self.send_header("Content-Length", str(len(rest)))
        self.send_header("ETag", self.site.etag)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(rest[: self.site.cut.pop(0)] if self.site.cut else rest)
        self.close_connection = True

    def answer(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@contextmanager
def serving() -> Iterator[Site]:
    found = Site({ZIP: packed(), MUE_PAGE: f'<a href="/license/ama?file={ZIP}">now</a>'.encode()}, gated={ZIP})
    handler = type("Served", (Handler,), {"site": found})
    server = type("Quiet", (ThreadingHTTPServer,), {"handle_error": lambda *_: None})(("127.0.0.1", 0), handler)
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def fetcher(site: Site, timeout: float = 5) -> Fetcher:
    return Fetcher(frozenset([site.url.removeprefix("http://")]), timeout, wait=0)


def get(site: Site, folder: Path, accept: str = "agree=yes", **more: Any) -> Any:
    return fetcher(site, more.pop("timeout", 5)).file(site.url + ZIP, folder, accept, **more)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


NAME = ZIP.rpartition("/")[2]


# -- one file ------------------------------------------------------------------------------------------------------


def test_a_file_is_fetched_with_its_checksum(site: Site, tmp_path: Path) -> None:
    import hashlib

    seen: list[tuple[int, int]] = []
    fetched = get(site, tmp_path, progress=lambda done, all: seen.append((done, all)))
    data = site.files[ZIP]
    assert (tmp_path / NAME).read_bytes() == data
    assert (fetched.sha256, fetched.size, fetched.new) == (hashlib.sha256(data).hexdigest(), len(data), True)
    assert seen[-1] == (len(data), len(data))
    assert left(tmp_path) == [NAME]


def test_a_cut_connection_is_taken_up_again(site: Site, tmp_path: Path) -> None:
    site.cut = [30_000, 40_000]
    get(site, tmp_path)
    assert (tmp_path / NAME).read_bytes() == site.files[ZIP]
    assert [headers.get("Range") for _, headers in site.asked] == [None, "bytes=30000-", "bytes=70000-"]


def test_what_came_is_kept_for_the_next_time(site: Site, tmp_path: Path) -> None:
    site.cut = [10, 10, 10]
    with pytest.raises(DownloadError, match=r"cut after 30 of .* goes on from there"):
        get(site, tmp_path)
    assert left(tmp_path) == [f"{NAME}.part", f"{NAME}.part.json"]
    get(site, tmp_path)
    assert site.asked[-1][1]["Range"] == "bytes=30-"
    assert (tmp_path / NAME).read_bytes() == site.files[ZIP]
    assert left(tmp_path) == [NAME]


@pytest.mark.parametrize("harm", ["changed", "damaged", "other", "no ranges", "too long", "no note"])
def test_what_is_of_no_use_is_fetched_anew(site: Site, tmp_path: Path, harm: str) -> None:
    site.cut = [1000, 0, 0]
    with pytest.raises(DownloadError):
        get(site, tmp_path)
    part, note = tmp_path / f"{NAME}.part", tmp_path / f"{NAME}.part.json"
    if harm == "changed":
        site.files[ZIP], site.etag = packed("another\n"), '"2"'
    elif harm == "damaged":
        part.write_bytes(b"?" + part.read_bytes()[1:])
    elif harm == "other":
        note.write_text(json.dumps({**json.loads(note.read_text()), "url": "http://elsewhere/x.zip"}))
    elif harm == "no ranges":
        site.ranges = False
    elif harm == "too long":
        import hashlib

        long = b"?" * 200_000
        part.write_bytes(long)
        note.write_text(
            json.dumps({**json.loads(note.read_text()), "size": len(long), "sha256": hashlib.sha256(long).hexdigest()})
        )
    else:
        note.unlink()
    get(site, tmp_path)
    assert (tmp_path / NAME).read_bytes() == site.files[ZIP]
    assert left(tmp_path) == [NAME]


def test_an_unchanged_file_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    first = get(site, tmp_path)
    again = get(site, tmp_path, known=first)
    assert (again.new, again.sha256) == (False, first.sha256)
    site.etag = '"2"'
    assert get(site, tmp_path, known=first).new
    (tmp_path / NAME).write_bytes(b"harmed")
    assert get(site, tmp_path, known=first).new
    assert (tmp_path / NAME).read_bytes() == site.files[ZIP]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda site: site.files.pop(ZIP), "not there any more"),
        (lambda site: site.files.update({ZIP: b"PK\x03\x04 no zip"}), "no zip file"),
        (lambda site: site.files.update({ZIP: packed()[:-40]}), "no zip file"),
        (lambda site: site.fail.extend([403]), "refuses it .HTTP 403.; fetch the file there yourself"),
        (lambda site: site.fail.extend([503] * 3), "try again later"),
        (lambda site: site.redirect.update({ZIP: "/license/ama?file=" + ZIP}), "licence terms accepted in a browser"),
        (lambda site: site.redirect.update({ZIP: "http://elsewhere.example/x.zip"}), "points to elsewhere.example"),
        (lambda site: site.redirect.update({ZIP: "file:///etc/hosts"}), "points to|HTTP 302"),
    ],
)
def test_failures_are_clear_and_leave_what_was_there(site: Site, tmp_path: Path, change: Any, why: str) -> None:
    (tmp_path / NAME).write_bytes(b"what was there")
    change(site)
    with pytest.raises(DownloadError, match=why):
        get(site, tmp_path)
    assert left(tmp_path) == [NAME]
    assert (tmp_path / NAME).read_bytes() == b"what was there"


def test_a_licence_page_is_told_from_the_file(site: Site, tmp_path: Path) -> None:
    with pytest.raises(LicenceAsked):
        get(site, tmp_path, accept="")
    assert left(tmp_path) == []


def test_a_short_failure_passes(site: Site, tmp_path: Path) -> None:
    site.fail = [503, 429]
    assert get(site, tmp_path).size == len(site.files[ZIP])


def test_a_slow_server_is_given_up(site: Site, tmp_path: Path) -> None:
    site.slow = 0.5
    with pytest.raises(DownloadError, match="did not answer in time"):
        get(site, tmp_path, timeout=0.05)


def test_no_server_at_all(tmp_path: Path) -> None:
    with serving() as gone:
        pass
    with pytest.raises(DownloadError, match=r"no connection|was cut"):
        get(gone, tmp_path)


def test_other_hosts_are_refused(tmp_path: Path) -> None:
    for url in ("http://example.com/x.zip", "file:///etc/hosts", "ftp://www.cms.gov/x.zip"):
        with pytest.raises(DownloadError, match="not an address"):
            Fetcher(frozenset(["www.cms.gov"])).file(url, tmp_path)


def test_a_folder_that_cannot_be_written(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DownloadError, match="cannot be written"):
        get(site, tmp_path / "file")


# -- which file ----------------------------------------------------------------------------------------------------


def newest(html: str, kind: str, today: date) -> list[str]:
    one = next(one for one in read_addresses(where.source() / "addresses.yaml").files if one.kind == kind)
    return [link.name for link in current(links(html, one.page, one.file), today)]


def anchors(*paths: str) -> str:
    return "".join(f"<p><a class='x' href='{path}'>file</a></p>" for path in paths)


def test_the_edition_in_force_is_chosen() -> None:
    name = "/files/zip/medicare-ncci-{}-practitioner-ptp-edits-ccipra-{}-f{}.zip"
    html = anchors(
        *(f"/license/ama?file={name.format('2026q3', 'v322r0', part)}" for part in (2, 1)),
        *(f"/license/ama?file={name.format('2026q4', version, part)}" for version in ("v323r0", "v323r1") for part in (1, 2)),
        *(f"/license/ama?file={name.format('2027q1', 'v330r0', part)}" for part in (1, 2)),
        "/files/zip/medicare-ncci-2026q4-practitioner-quarterly-additions-deletions-revisions-ptp.zip",
        name.format("2026q4", "v323r0", 1).replace("practitioner", "hospital").replace("ccipra", "ccioph"),
    )  # fmt: skip
    wanted = [
        "medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r1-f1.zip",
        "medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r1-f2.zip",
    ]
    assert newest(html, "ptp-practitioner", date(2026, 11, 22)) == wanted
    assert newest(html, "ptp-practitioner", date(2026, 9, 30))[0].startswith("medicare-ncci-2026q3")
    assert newest(html, "ptp-practitioner", date(2020, 1, 1))[0].startswith("medicare-ncci-2026q3")


def test_names_that_cms_gives() -> None:
    day = date(2026, 11, 22)
    zips = "/files/zip/"
    assert newest(
        anchors(zips + "rvu26d.zip", zips + "rvu26d-updated-08-26-2026.zip", zips + "rvu26c.zip"), "pfs", day
    ) == ["rvu26d-updated-08-26-2026.zip"]
    assert newest(anchors(zips + "rvu26a.zip", zips + "rvu26ar.zip"), "pfs", day) == ["rvu26ar.zip"]
    months = [zips + f"{month}-2026-alpha-numeric-hcpcs-file.zip" for month in ("october", "january", "july")]
    assert newest(anchors(*months, zips + "january-2027-alpha-numeric-hcpcs-file.zip"), "hcpcs", day) == [
        "october-2026-alpha-numeric-hcpcs-file.zip"
    ]
    assert newest(anchors("/files/zip/add-code-edits-medicare-effective-07012026.zip"), "aoc", day) == [
        "add-code-edits-medicare-effective-07012026.zip"
    ]
    assert newest(anchors("/files/zip/unrelated.zip"), "aoc", day) == []


def test_a_link_through_the_licence_page_is_marked() -> None:
    found = links(f'<a href="/license/ama?x=1&amp;file={ZIP}">', "https://www.cms.gov/page", r"mue-table\.zip$")
    assert found == [Link("https://www.cms.gov" + ZIP, (0, 0), (0, 0, 0, 0, 0), "", True)]
    assert moved(found[0].url, "http://127.0.0.1:1/cms/") == "http://127.0.0.1:1/cms" + ZIP


def test_the_addresses_are_cms_and_the_only_ones() -> None:
    addresses = read_addresses(where.source() / "addresses.yaml")
    for url in (addresses.licence, *(one.page for one in addresses.files)):
        assert url.split("/")[2] in addresses.hosts
    assert all(one.checked for one in addresses.files)


# -- the command -----------------------------------------------------------------------------------------------------


def run(site: Site, tmp_path: Path, *more: str) -> int:
    return main(
        [
            "catalog",
            "update",
            "mue-practitioner",
            "--base-url",
            site.url,
            "--folder",
            str(tmp_path),
            "--timeout",
            "5",
            *more,
        ]
    )


def test_a_dry_run_fetches_nothing(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, tmp_path, "--dry-run") == 0
    out = capsys.readouterr().out
    assert f"mue-practitioner  2024 Q3  {site.url}{ZIP}, behind licence terms" in out
    assert site.paths() == [MUE_PAGE]
    assert left(tmp_path) == []


def test_an_editor_is_told_the_terms(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, tmp_path, "--terms") == 0
    told = json.loads(capsys.readouterr().out)
    (one,) = told["files"]
    assert (one["kind"], one["edition"], one["url"]) == ("mue-practitioner", "2024 Q3", site.url + ZIP)
    assert "American Medical" in told["terms"] and "https://www.cms.gov/license/ama" in told["read"]
    assert told["problems"] == []
    assert (site.paths(), left(tmp_path)) == ([MUE_PAGE], [])
    site.files.pop(MUE_PAGE)
    assert run(site, tmp_path, "--terms") == 2
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == [] and "medically-unlikely-edits" in told["problems"][0]


def test_nothing_is_fetched_before_the_terms_are_accepted(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, tmp_path, "--no-import") == 2
    said = capsys.readouterr()
    assert "https://www.cms.gov/license/ama" in said.out and "American Medical" in said.out
    assert "not accepted; nothing was fetched" in said.err
    assert site.paths() == [MUE_PAGE]


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), ("y", 2), ("", 2), ("no", 2)])
def test_only_a_whole_yes_counts(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda self: True})(answer + "\n"))
    assert run(site, tmp_path, "--no-import") == code
    assert (NAME in left(tmp_path)) is (code == 0)


def test_scripts_accept_and_get_the_file(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, tmp_path, "--accept-terms", "--no-import") == 0
    assert site.paths() == [MUE_PAGE, f"{ZIP}?agree=yes"]
    note = json.loads((tmp_path / "downloads.json").read_text())
    assert [(one["name"], len(one["sha256"])) for one in note] == [(NAME, 64)]
    assert run(site, tmp_path, "--accept-terms", "--no-import") == 0
    assert f"{NAME}: unchanged" in capsys.readouterr().out


def test_the_terms_are_asked_for_by_redirect(site: Site, tmp_path: Path) -> None:
    site.files[MUE_PAGE] = anchors(ZIP).encode()
    assert run(site, tmp_path, "--accept-terms", "--no-import") == 0
    assert site.paths() == [MUE_PAGE, ZIP, f"{ZIP}?agree=yes"]


def test_pages_below_the_page(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.files[PFS_PAGE] = anchors(f"{PFS_PAGE}/rvu24c", f"{PFS_PAGE}/rvu24d", f"{PFS_PAGE}/rvu23d").encode()
    site.files[f"{PFS_PAGE}/rvu24d"] = anchors("/files/zip/rvu24d.zip").encode()
    options = ["catalog", "update", "pfs", "--base-url", site.url, "--dry-run", "--folder", str(tmp_path)]
    assert main(options) == 0
    assert f"{site.url}/files/zip/rvu24d.zip" in capsys.readouterr().out
    assert site.paths() == [PFS_PAGE, f"{PFS_PAGE}/rvu24d"]


def test_what_cannot_be_fetched_does_not_stop_the_rest(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["catalog", "update", "aoc", "mue-practitioner", "--base-url", site.url, "--folder", str(tmp_path)]
    assert main([*options, "--accept-terms", "--no-import"]) == 2
    assert "medicare-ncci-add-code-edits: not there any more" in capsys.readouterr().err
    assert NAME in left(tmp_path)
    site.files[MUE_PAGE] = b"<p>moved</p>"
    assert run(site, tmp_path, "--dry-run") == 2
    assert "no link to NCCI unit limits, practitioner on this page" in capsys.readouterr().err


def test_wrong_options(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "update", "pgs", "--base-url", site.url]) == 2
    assert "there is no kind 'pgs'; there are pfs, hcpcs" in capsys.readouterr().err
    assert main(["catalog", "update", "--base-url", "cms.example"]) == 2
    assert site.asked == []


def test_what_was_fetched_is_imported(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPERBILL_TABLES", str(tmp_path / "tables"))
    rows = "\n".join(
        f"{code:0>5},1,3 Date of Service Edit: Clinical,Reason" for code in [*range(100, 99_999, 11), "G0008", "J0131"]
    )
    heading = '"Invented terms",,,\nHCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
    site.files[ZIP] = packed(heading + rows + "\n", "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv")
    assert run(site, tmp_path, "--accept-terms") == 0
    assert "imported  MUE 2024 Q3 (ncci-mue-2024q3): 9,084 unit limits" in capsys.readouterr().out
    site.files[ZIP], site.etag = packed("12345,1\n"), '"2"'
    assert run(site, tmp_path, "--accept-terms") == 2
