"""Fetching pages, from a server on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from annotations.errors import UnreadableFileError
from annotations.formats.web import fetch
from annotations.model import ImportedDocument

PAGE = "<html><head><title>Grüße</title></head><body><h1>Grüße</h1><p>Text.</p></body></html>"


class Pages(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        match self.path:
            case "/page":
                self._answer(PAGE.encode("cp1252"), "text/html; charset=windows-1252")
            case "/letter.txt":
                self._answer(b"Dear Sir,\n\nyours", "text/plain; charset=nonsense")
            case "/moved":
                self._redirect("/letter.txt")
            case "/file":
                self._redirect("file:///etc/passwd")
            case "/round":
                self._redirect("/round")
            case "/picture":
                self._answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "image/png")
            case "/slow":
                self.send_response(200)
                self.end_headers()
                for _ in range(20):
                    try:
                        self.wfile.write(b"word ")
                    except OSError:
                        return
                    time.sleep(0.1)
            case "/endless":
                self.send_response(200)
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b"word " * 1000)
                except OSError:
                    return
            case _:
                self.send_error(404)

    def _answer(self, data: bytes, media_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name there
        """Keep quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def text(document: ImportedDocument) -> str:
    return "".join(passage.text for passage in document.passages)


def test_a_page_is_read_in_the_encoding_that_the_server_names(site: str) -> None:
    document = fetch(f"{site}/page")
    assert document.metadata.title == "Grüße"
    assert document.metadata.media_type == "text/html"
    assert document.metadata.source == f"{site}/page"
    assert "Grüße" in text(document)


def test_a_redirection_is_followed_to_its_end(site: str) -> None:
    document = fetch(f"{site}/moved")
    assert text(document) == "Dear Sir,\n\nyours"
    assert document.metadata.source == f"{site}/letter.txt"
    assert document.metadata.path == ""


@pytest.mark.parametrize("path", ["/missing", "/file", "/round", "/picture"])
def test_what_is_no_page_is_said_in_one_line(site: str, path: str) -> None:
    with pytest.raises(UnreadableFileError) as failure:
        text(fetch(f"{site}{path}"))
    assert "\n" not in str(failure.value)


def test_size_and_time_are_limited(site: str) -> None:
    with pytest.raises(UnreadableFileError, match="larger than"):
        fetch(f"{site}/endless", largest=10_000)
    with pytest.raises(UnreadableFileError, match="did not arrive"):
        fetch(f"{site}/slow", seconds=0.5)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://no.such.host.invalid/", "http://[/", "http://"]
)
def test_an_address_without_a_server(address: str) -> None:
    with pytest.raises(UnreadableFileError):
        fetch(address)
