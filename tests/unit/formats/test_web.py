"""Fetching from the web, against a server on this machine."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from annotations.errors import UnreadableFileError
from annotations.formats.names import is_address
from annotations.formats.web import fetch
from tests import sample_files as samples
from tests.sample_pdf import pdf
from tests.unit.formats.reading import Read

PAGE = samples.html_page(["One.", "Two."], "A title")


ANSWERS: dict[str, tuple[str, bytes]] = {
    "/page": ("text/html; charset=utf-8", PAGE),
    "/russian": ("text/html; charset=koi8-r", "<p>Мы должны.</p>".encode("koi8_r")),
    "/nonsense": ("text/plain; charset=nonsense", "Café".encode()),
    "/plain": ("text/plain", b"<html><p>Source, not a page.</p>"),
    "/notes.md": ("text/plain; charset=utf-8", "# Head\n\n*Café*".encode()),
    "/file.pdf": ("application/pdf", pdf([("Head", ["Some words of text."])])),
    "/book": ("application/octet-stream", samples.epub([("One", ["First."])], "Book")),
    "/picture": ("image/png", b"\x89PNG"),
    "/large": ("text/plain", b"x" * 300_000),
    "/%C3%A9": ("text/plain", b"accented"),
}
MOVES = {
    "/moved": "/page",
    "/loop": "/loop",
    "/file": "file:///etc/hostname",
    "/ftp": "ftp://127.0.0.1/x",
}

PAGE = b"<title>T</title><p>Packed text.</p>"
_bare = zlib.compressobj(wbits=-15)
ANSWERS |= {
    "/cookie": ("text/html", PAGE),
    "/gzip": ("text/html", gzip.compress(PAGE)),
    "/deflate": ("text/html", zlib.compress(PAGE)),
    "/bare": ("text/html", _bare.compress(PAGE) + _bare.flush()),
    "/broken": ("text/html", b"no gzip at all"),
    "/bomb": ("text/html", gzip.compress(bytes(20_000_000))),
    "/brotli": ("text/html", b"\x8b"),
    "/empty": ("text/html", b""),
    "/cut": ("text/html", gzip.compress(PAGE)[:-9]),
    "/download": ("application/octet-stream", b"Notes\n=====\n\n*Text*.\n"),
}
HEADERS = {
    "/gzip": {"Content-Encoding": "gzip"},
    "/deflate": {"Content-Encoding": "deflate"},
    "/bare": {"Content-Encoding": "deflate"},
    "/broken": {"Content-Encoding": "gzip"},
    "/bomb": {"Content-Encoding": "gzip"},
    "/cut": {"Content-Encoding": "gzip"},
    "/brotli": {"Content-Encoding": "br"},
    "/download": {"Content-Disposition": 'attachment; filename="notes.rst"'},
}


class _Site(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        if self.path in MOVES:
            self.send_response(302)
            self.send_header("Location", MOVES[self.path])
            self.end_headers()
        elif self.path == "/cookie" and "Cookie" not in self.headers:
            self.send_response(302)
            self.send_header("Set-Cookie", "seen=1")
            self.send_header("Location", "/cookie")
            self.end_headers()
        elif self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"drop\n")
                self.wfile.flush()
                time.sleep(0.05)
        elif self.path == "/trickle":
            for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 40:
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.05)
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"word " * 10_000)
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"cut")
        elif self.path == "/noise":
            self.wfile.write(b"\0\1noise\n")
        elif self.path == "/silence":
            return
        elif self.path in ANSWERS:
            kind, data = ANSWERS[self.path]
            self.send_response(200)
            for name, value in HEADERS.get(self.path, {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up, which is what some tests do."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach this machine without a proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def refused(address: str, *, seconds: float = 20, largest: int = 10_000_000) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        fetch(address, seconds=seconds, largest=largest)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{address}: ")
    return message


def test_a_page(site: str) -> None:
    found = Read(fetch(f"{site}/page"))
    assert found.text == "A title\n\nOne.\n\nTwo.\n"
    assert (found.metadata.title, found.metadata.path) == ("A title", "")
    assert found.metadata.source == f"{site}/page"


def test_the_servers_encoding(site: str) -> None:
    assert Read(fetch(f"{site}/russian")).text == "Мы должны.\n"


def test_an_encoding_that_does_not_exist(site: str) -> None:
    assert Read(fetch(f"{site}/nonsense")).text == "Café"


def test_plain_text_is_not_taken_for_a_page(site: str) -> None:
    assert Read(fetch(f"{site}/plain")).text == "<html><p>Source, not a page.</p>"


@pytest.mark.parametrize(
    ("path", "media_type", "title"),
    [
        ("notes.md", "text/markdown", "Head"),
        ("file.pdf", "application/pdf", "Head"),
        ("book", "application/epub+zip", "Book"),
        ("é", "text/plain", "é"),
    ],
)
def test_other_formats(site: str, path: str, media_type: str, title: str) -> None:
    found = Read(fetch(f"{site}/{path}"))
    assert (found.metadata.media_type, found.metadata.title) == (media_type, title)


def test_redirects_are_followed_and_the_last_address_kept(site: str) -> None:
    assert fetch(f"{site}/moved").metadata.source == f"{site}/page"


@pytest.mark.parametrize("path", ["gzip", "deflate", "bare"])
def test_what_is_packed_though_nobody_asked(site: str, path: str) -> None:
    assert Read(fetch(f"{site}/{path}")).text == "Packed text.\n"


def test_a_cookie_is_given_back_within_a_fetch(site: str) -> None:
    assert Read(fetch(f"{site}/cookie")).metadata.title == "T"


def test_the_name_of_a_download_tells_its_format(site: str) -> None:
    assert fetch(f"{site}/download").metadata.media_type == "text/x-rst"


def test_a_password_in_an_address_is_neither_sent_nor_shown(site: str) -> None:
    with pytest.raises(UnreadableFileError, match="are not sent") as caught:
        fetch(site.replace("://", "://ann:secret@"))
    assert "secret" not in str(caught.value)


def test_what_is_refused(site: str) -> None:
    assert "not packed as" in refused(f"{site}/broken")
    assert "larger than" in refused(f"{site}/bomb", largest=100_000)
    assert "packed by br" in refused(f"{site}/brotli")
    assert "404" in refused(f"{site}/missing")
    assert "a picture" in refused(f"{site}/picture")
    assert "not allowed" in refused(f"{site}/file")
    assert "not followed" in refused(f"{site}/ftp")
    assert "sends on without end" in refused(f"{site}/loop")
    assert "sends nothing" in refused(f"{site}/empty")
    assert "broke off after" in refused(f"{site}/cut")
    assert "no web server" in refused(f"{site}/noise")
    assert "without an answer" in refused(f"{site}/silence")
    assert "larger than" in refused(f"{site}/large", largest=100_000)
    assert "larger than" in refused(f"{site}/endless", largest=100_000)
    assert "broke off after 3 of 1000 bytes" in refused(f"{site}/short")
    assert "within 0.3 seconds" in refused(f"{site}/slow", seconds=0.3)
    assert "within 0.3 seconds" in refused(f"{site}/trickle", seconds=0.3)
    assert "cannot be reached" in refused("http://127.0.0.1:1/")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x/y", "example.org", "http:x"])
def test_what_is_no_address(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(UnreadableFileError, match="no address"):
        fetch(address)


@pytest.mark.parametrize("address", ["http://", "http://[x", "http://a b/", "http://x:port/"])
def test_addresses_that_lead_nowhere(address: str) -> None:
    with pytest.raises(UnreadableFileError):
        fetch(address, seconds=2)
