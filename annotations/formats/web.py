"""Fetches a page or a file from the web: the one module of the core that uses the network.

It is called when a user names an address, and only then. Size, time and redirects are bounded, and
nothing but ``http`` and ``https`` is spoken, so no redirect leads to a file of this machine.
"""

from __future__ import annotations

import ssl
import zlib
from http.client import (
    BadStatusLine,
    HTTPException,
    HTTPMessage,
    HTTPResponse,
    RemoteDisconnected,
)
from pathlib import PurePosixPath
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPCookieProcessor,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from annotations import __version__
from annotations.errors import UnreadableFileError
from annotations.formats import read_source
from annotations.formats.deadline import Deadline, TimedHTTPHandler, TimedHTTPSHandler
from annotations.formats.detect import FORMATS
from annotations.formats.names import WEB_SCHEMES, is_address, shown
from annotations.formats.source import LARGEST_WHOLE, Source, from_bytes
from annotations.model import ImportedDocument

SECONDS = 30.0
"""How long a whole fetch may take."""
_PIECE = 65_536
_MOST_REDIRECTS = 5
_SAFE = "/%:@!$&'()*+,;=~?#[]"
"""Characters that may stand in an address as they are."""
_NO_TEXTS = {"image": "a picture", "audio": "a sound", "video": "a film", "font": "a font"}


def fetch(
    address: str,
    *,
    encoding: str | None = None,
    password: str | None = None,
    seconds: float = SECONDS,
    largest: int = LARGEST_WHOLE,
) -> ImportedDocument:
    """The document at ``address``.

    Args:
        address: begins with ``http://`` or ``https://``.
        encoding: as for :func:`annotations.formats.read`.
        password: of an encrypted PDF.
        seconds: how long the whole fetch may take.
        largest: how many bytes are taken at most.

    Raises:
        UnreadableFileError: it cannot be fetched or read; the message says why.
    """
    name = shown(address)
    if not is_address(address):
        raise UnreadableFileError(f"{name}: is no address that begins with http:// or https://")
    if "@" in address.partition("://")[2].partition("/")[0]:
        host = address.partition("://")[2].partition("/")[0].rpartition("@")[2]
        raise UnreadableFileError(
            f"{shown(host)}: names and passwords are not sent: leave out what stands before the @"
        )
    try:
        with _opened(address, Deadline(seconds)) as response:
            source = _source(name, response, largest, encoding or "", password or "")
        return read_source(source)
    except HTTPError as error:
        reason = f"the server answers {error.code} {error.reason}"
    except TimeoutError:
        reason = f"did not arrive within {seconds:g} seconds"
    except URLError as error:
        reason = _reason(error, seconds)
    except RemoteDisconnected:
        reason = "the server ended the connection without an answer"
    except BadStatusLine:
        reason = "what answers is no web server"
    except (HTTPException, OSError, ValueError) as error:
        reason = f"cannot be fetched: {shown(str(error))}"
    raise UnreadableFileError(f"{name}: {' '.join(reason.split())}")


def _opened(address: str, deadline: Deadline) -> HTTPResponse:
    opener = OpenerDirector()
    handlers = (
        ProxyHandler(),
        TimedHTTPHandler(deadline),
        TimedHTTPSHandler(deadline),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        # Some sites send on to themselves until their cookie comes back; it is kept no longer.
        HTTPCookieProcessor(),
        _Redirects(),
    )
    for handler in handlers:
        opener.add_handler(handler)
    headers = {
        "User-Agent": f"florilegium/{__version__}",
        "Accept": "text/html, application/xhtml+xml, text/*, application/*;q=0.9",
        "Accept-Encoding": "identity",
    }
    response: HTTPResponse = opener.open(Request(_quoted(address), headers=headers))
    return response


def _quoted(address: str) -> str:
    """``address`` in ASCII: its host as IDNA has it, the rest in percent signs."""
    parts = urlsplit(address)
    host = (
        parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    )
    rest = (quote(part, safe=_SAFE) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, *rest, ""))


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, from one page of the web to another and never to a plainer one."""

    max_redirections = _MOST_REDIRECTS
    max_repeats = 2
    inf_msg = "and sends on without end: "

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        """As the base class says; refuses what is not of the web."""
        target = urljoin(req.full_url, newurl)
        scheme = urlsplit(target).scheme
        if scheme not in WEB_SCHEMES or (req.type == "https" and scheme != "https"):
            raise URLError(f"the server sends on to {shown(target)}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _source(
    name: str, response: HTTPResponse, largest: int, encoding: str, password: str
) -> Source:
    """The answer's bytes, and what the server says that they are."""
    media_type = response.headers.get_content_type()
    if what := _NO_TEXTS.get(media_type.partition("/")[0]):
        raise UnreadableFileError(f"{name}: is {what} ({media_type}), not a text")
    taken = 0
    data = bytearray()
    unpacker = _Unpacker(name, response.headers.get("Content-Encoding", ""))
    while piece := response.read1(_PIECE):
        taken += len(piece)
        try:
            data += unpacker.take(piece, largest + 1 - len(data))
        except zlib.error as error:
            raise UnreadableFileError(f"{name}: is not packed as the server says") from error
        if len(data) > largest:
            limit = largest // 1024**2 or f"{largest / 1024**2:.1f}"
            raise UnreadableFileError(f"{name}: is larger than {limit} MB")
    expected = response.headers.get("Content-Length", "")
    if expected.isdecimal() and taken < int(expected):
        raise UnreadableFileError(f"{name}: broke off after {taken} of {expected} bytes")
    if unpacker.is_cut:
        raise UnreadableFileError(f"{name}: broke off after {taken} bytes")
    if not data:
        raise UnreadableFileError(f"{name}: the server sends nothing")
    return from_bytes(
        bytes(data),
        name,
        encoding=encoding,
        password=password,
        media_type=_media_type(response.headers),
        charset=response.headers.get_content_charset("") or "",
        address=response.url,
    )


def _media_type(headers: HTTPMessage) -> str:
    """What the server says that it sends, by the file's name where it says nothing of it."""
    written = headers.get_content_type() if headers.get("Content-Type") else ""
    if written not in ("", "application/octet-stream", "binary/octet-stream"):
        return written
    suffix = PurePosixPath(headers.get_filename("")).suffix.lower()
    return next((form.media_type for form in FORMATS if suffix in form.suffixes), written)


class _Unpacker:
    """Unpacks an answer piece by piece: some servers pack what was asked for unpacked."""

    def __init__(self, name: str, encoding: str) -> None:
        packing = encoding.strip().lower()
        self._packed = packing not in ("", "identity")
        if self._packed and packing not in ("gzip", "x-gzip", "deflate"):
            raise UnreadableFileError(
                f"{name}: is packed by {shown(encoding)}, which was not asked for"
            )
        self._deflated = packing == "deflate"
        self._stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self._begun = False

    def take(self, piece: bytes, most: int) -> bytes:
        """What comes of ``piece``, of which ``most`` bytes are unpacked."""
        if not self._packed:
            return piece
        if self._deflated and not self._begun:
            # The standard means zlib's form; some servers leave out its head (RFC 9110, 8.4.1.2).
            has_head = piece[0] & 15 == 8
            self._stream = zlib.decompressobj(wbits=zlib.MAX_WBITS if has_head else -15)
        self._begun = True
        return self._stream.decompress(piece, most)

    @property
    def is_cut(self) -> bool:
        """Whether something is packed and its end has not come."""
        return self._begun and not self._stream.eof


def _reason(error: URLError, seconds: float) -> str:
    if isinstance(error.reason, TimeoutError):
        return f"did not arrive within {seconds:g} seconds"
    if isinstance(error.reason, ssl.SSLError):
        return f"the server's certificate is not valid: {error.reason.reason}"
    if isinstance(error.reason, OSError):
        return f"cannot be reached: {error.reason.strerror or error.reason}"
    return str(error.reason)
