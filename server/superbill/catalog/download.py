"""Fetch files from their publisher. The only module that opens a connection; only `superbill catalog update` uses it.

A file is written beside its name until it is whole and is what it should be, so a failure leaves what was there. What came
before a connection was cut is kept, with its checksum, and the next try asks for the rest; if the file has changed
meanwhile, or what was kept is damaged, it begins anew.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from urllib.parse import urlsplit

from superbill import __version__

_CHUNK = 1 << 16
#: No table of CMS's is larger.
LARGEST = 1 << 30
_LARGEST_PAGE = 8 << 20
_TRIES = 3
_CONTINUED, _NOT_MODIFIED, _NO_SUCH_RANGE = 206, 304, 416
_WAITS = (408, 425, 429, 500, 502, 503, 504)

Progress = Callable[[int, int], None]
_T = TypeVar("_T")


class DownloadError(Exception):
    """A file could not be fetched. The text says which address, why, and what to do."""


class LicenceAsked(DownloadError):
    """The server answered with a page of licence terms instead of the file."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it was fetched: its name, where from, its size in bytes, its SHA-256, what the server said of its version,
    and when (UTC). `new` is False where the server said that the file from last time still stands."""

    name: str
    url: str
    size: int
    sha256: str
    etag: str = ""
    modified: str = ""
    when: str = ""
    new: bool = True


class Fetcher:
    """Fetches from some hosts and no others. `timeout` is in seconds and holds for each wait, not for the whole file."""

    def __init__(self, hosts: frozenset[str], timeout: float = 30.0, wait: float = 2.0) -> None:
        self._hosts = hosts
        self._timeout = timeout
        self._wait = wait
        self._opener = urllib.request.build_opener(_Redirects(hosts))

    def page(self, url: str) -> str:
        """The text of a page. Raises DownloadError."""

        def read() -> str:
            with self._open(url, {}) as answer:
                return bytes(answer.read(_LARGEST_PAGE)).decode(
                    answer.headers.get_content_charset() or "utf-8", "replace"
                )

        return self._tried(url, read)

    def file(
        self, url: str, folder: Path, accept: str = "", progress: Progress | None = None, known: Fetched | None = None
    ) -> Fetched:
        """Fetch a zip file into a folder under the last part of its address. Raises DownloadError.

        `accept` is added to the address as its query. `known` is what was fetched from there last time; when the server
        says that it still stands, and the file on disk is still that one, nothing is fetched.
        """
        target = folder / urlsplit(url).path.rpartition("/")[2]
        part = _Part(target, url)
        still = known if known is not None and known.url == url and _checksum(target) == known.sha256 else None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return self._tried(
                url, lambda: self._fetch(url, target, part, accept, progress or (lambda done, all: None), still)
            )
        except OSError as error:
            if isinstance(error, urllib.error.URLError):
                raise
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            why = "there is no room left" if full else error.strerror or type(error).__name__
            raise DownloadError(f"{target.name} cannot be written to {folder}: {why}") from None

    # -- one try -------------------------------------------------------------------------------------------------------

    def _fetch(
        self, url: str, target: Path, part: _Part, accept: str, progress: Progress, known: Fetched | None
    ) -> Fetched:
        begun = part.begun()
        headers = {"Accept": "application/zip, application/octet-stream"}
        if begun:
            headers |= {"Range": f"bytes={begun}-", "If-Range": part.version}
        elif known is not None and (known.etag or known.modified):
            headers |= {"If-None-Match": known.etag} if known.etag else {"If-Modified-Since": known.modified}
        try:
            answer = self._open(f"{url}?{accept}" if accept else url, headers)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == _NOT_MODIFIED and known is not None:
                return Fetched(**{**asdict(known), "new": False})
            if error.code == _NO_SUCH_RANGE and begun:
                part.drop()
                raise _Again(url) from None
            raise
        with answer:
            self._refuse_pages(url, answer)
            if begun and not (
                answer.status == _CONTINUED
                and (answer.headers.get("Content-Range") or "").startswith(f"bytes {begun}-")
            ):
                part.drop()
                begun = 0
            length = int(answer.headers.get("Content-Length") or 0)
            total = begun + length if length else 0
            if total > LARGEST:
                raise DownloadError(f"{url}: {total >> 20} MB are no table of CMS's; nothing was fetched")
            etag, modified = answer.headers.get("ETag") or "", answer.headers.get("Last-Modified") or ""
            done = part.write(answer, begun, "" if etag.startswith("W/") else etag or modified, total, progress)
        if total and done < total:
            raise _Cut(url, done, total)
        if not _is_whole_zip(part.path):
            part.drop()
            raise DownloadError(
                f"{url}: what came is no zip file, or a damaged one; nothing was kept. Try again later, or fetch it by hand"
            )
        fetched = Fetched(
            target.name, url, done, part.sha256(), etag, modified, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        )
        part.path.replace(target)
        part.drop()
        return fetched

    def _open(self, url: str, headers: Mapping[str, str]) -> Any:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc not in self._hosts:
            raise DownloadError(f"{url}: not an address that files are fetched from")
        request = urllib.request.Request(
            url, headers={"User-Agent": f"superbill/{__version__}", "Accept-Encoding": "identity", **headers}
        )
        return self._opener.open(request, timeout=self._timeout)

    def _refuse_pages(self, url: str, answer: Any) -> None:
        """Answer only to a file: a page in its stead is the licence, or some notice of the server."""
        if "/license/" in urlsplit(answer.url).path:
            raise LicenceAsked(_by_hand(url, "the server wants its licence terms accepted in a browser"))
        if answer.headers.get_content_type() in ("text/html", "application/xhtml+xml"):
            begin = bytes(answer.read(200_000)).lower()
            if b"license" in begin and (b"accept" in begin or b"agree" in begin):
                raise LicenceAsked(_by_hand(url, "the server wants its licence terms accepted in a browser"))
            raise DownloadError(_by_hand(url, "the server answered with a page instead of the file"))

    # -- several tries -------------------------------------------------------------------------------------------------

    def _tried(self, url: str, work: Callable[[], _T]) -> _T:
        """What `work` gives; after a failure that may pass it is tried again, a few times."""
        for left in reversed(range(_TRIES)):
            try:
                return work()
            except _Again:
                continue
            except (DownloadError, zipfile.BadZipFile):
                raise
            except urllib.error.HTTPError as error:
                error.close()
                if error.code not in _WAITS or not left:
                    raise DownloadError(_refused(url, error.code)) from None
            except (OSError, http.client.HTTPException) as error:
                if isinstance(error, OSError) and error.errno in (
                    errno.ENOSPC,
                    errno.EDQUOT,
                    errno.EFBIG,
                    errno.EACCES,
                    errno.EROFS,
                ):
                    raise
                if not left:
                    raise DownloadError(_failed(url, error)) from None
            time.sleep(self._wait)
        raise DownloadError(f"{url}: the server changes its mind about what it has; try again later")


class _Again(Exception):
    """What was kept is of no use; begin anew at once."""


class _Cut(OSError):
    """The connection ended before the file did."""

    def __init__(self, url: str, done: int, total: int) -> None:
        super().__init__(None, f"the connection was cut after {done:,} of {total:,} bytes")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Goes where the server points only within the hosts, and never from https to http."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.netloc not in self._hosts or (old.scheme == "https" and new.scheme != "https"):
            raise DownloadError(
                f"{req.full_url}: the server points to {new.netloc or 'nowhere'}, which is not a place that files are fetched from"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Part:
    """What there is of a file so far, and beside it which file it is of and its checksum."""

    def __init__(self, target: Path, url: str) -> None:
        self.path = target.with_name(target.name + ".part")
        self._note = target.with_name(target.name + ".part.json")
        self._url = url
        self._hash = hashlib.sha256()
        self.version = ""

    def begun(self) -> int:
        """How many bytes there are that the rest can be put to; 0, and nothing left, when they are not what they were."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            version, size, sha256 = str(note["version"]), int(note["size"]), str(note["sha256"])
            if note["url"] != self._url or not version or not size or self.path.stat().st_size < size:
                raise ValueError
        except (OSError, ValueError, KeyError, TypeError):
            self.drop()
            return 0
        self._hash = hashlib.sha256()
        with self.path.open("r+b") as stream:
            stream.truncate(size)
            while chunk := stream.read(_CHUNK):
                self._hash.update(chunk)
        if self._hash.hexdigest() != sha256:
            self.drop()
            return 0
        self.version = version
        return size

    def write(self, answer: BinaryIO, begun: int, version: str, total: int, progress: Progress) -> int:
        """Put what the server sends behind what there is; the bytes there are then. Keeps note of them when cut off."""
        done = begun
        try:
            with self.path.open("ab" if begun else "wb") as stream:
                while chunk := answer.read(_CHUNK):
                    stream.write(chunk)
                    self._hash.update(chunk)
                    done += len(chunk)
                    if done > LARGEST:
                        raise DownloadError(
                            f"{self._url}: more than {LARGEST >> 20} MB are no table of CMS's; nothing was kept"
                        )
                    progress(done, total)
        finally:
            note = {"url": self._url, "version": version, "size": done, "sha256": self._hash.hexdigest()}
            self._note.write_text(json.dumps(note), encoding="utf-8")
        return done

    def sha256(self) -> str:
        """The checksum of all that was written."""
        return self._hash.hexdigest()

    def drop(self) -> None:
        """Forget what there is."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self._hash = hashlib.sha256()
        self.version = ""


def _checksum(path: Path) -> str:
    """The SHA-256 of a file; "" when there is none."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                found.update(chunk)
    except OSError:
        return ""
    return found.hexdigest()


def _is_whole_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(archive.namelist()) and archive.testzip() is None
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return False


def _refused(url: str, code: int) -> str:
    if code in (401, 403):
        return _by_hand(url, f"the server refuses it (HTTP {code})")
    if code in (404, 410):
        return f"{url}: not there any more (HTTP {code}); CMS may have moved it: look at the page that lists it"
    return f"{url}: the server cannot serve it now (HTTP {code}); try again later"


def _failed(url: str, error: Exception) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        why = "the server did not answer in time"
    elif isinstance(reason, _Cut):
        why = str(reason.strerror)
    elif isinstance(reason, http.client.IncompleteRead | ConnectionError | http.client.HTTPException):
        why = "the connection was cut"
    elif isinstance(reason, ssl.SSLError):
        why = "the connection is not secure (its certificate cannot be checked)"
    else:
        why = f"no connection ({getattr(reason, 'strerror', None) or type(reason).__name__})"
    return f"{url}: {why}; what came is kept, and the same command goes on from there"


def _by_hand(url: str, why: str) -> str:
    return f"{url}: {why}; fetch the file there yourself and run: superbill catalog import FILE"
