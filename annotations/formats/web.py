"""Fetches a page or a file from the web: the one module of the core that uses the network.

It is called when a user names an address, and only then. Size, time and redirects are bounded, and
nothing but ``http`` and ``https`` is spoken, so no redirect leads to a file of this machine.
"""

from __future__ import annotations

import ssl
import time
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from annotations import __version__
from annotations.errors import UnreadableFileError
from annotations.formats import read_source
from annotations.formats.source import (
    LARGEST_WHOLE,
    WEB_SCHEMES,
    Source,
    from_bytes,
    is_address,
    shown,
)
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
    deadline = time.monotonic() + seconds
    try:
        with _opened(address, seconds) as response:
            return read_source(
                _source(name, response, deadline, largest, encoding or "", password or "")
            )
    except HTTPError as error:
        reason = f"the server answers {error.code} {error.reason}"
    except TimeoutError:
        reason = f"did not arrive within {seconds:g} seconds"
    except URLError as error:
        reason = _reason(error, seconds)
    except (HTTPException, OSError, ValueError) as error:
        reason = f"cannot be fetched: {error}"
    raise UnreadableFileError(f"{name}: {' '.join(reason.split())}")


def _opened(address: str, seconds: float) -> HTTPResponse:
    opener = OpenerDirector()
    handlers = (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(context=ssl.create_default_context()),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        _Redirects(),
    )
    for handler in handlers:
        opener.add_handler(handler)
    headers = {
        "User-Agent": f"florilegium/{__version__}",
        "Accept": "text/html, application/xhtml+xml, text/*, application/*;q=0.9",
        "Accept-Encoding": "identity",
    }
    response: HTTPResponse = opener.open(Request(_quoted(address), headers=headers), None, seconds)
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
    name: str,
    response: HTTPResponse,
    deadline: float,
    largest: int,
    encoding: str,
    password: str,
) -> Source:
    """The answer's bytes, and what the server says that they are."""
    media_type = response.headers.get_content_type()
    if what := _NO_TEXTS.get(media_type.partition("/")[0]):
        raise UnreadableFileError(f"{name}: is {what} ({media_type}), not a text")
    data = bytearray()
    while piece := response.read1(_PIECE):
        data += piece
        if len(data) > largest:
            limit = largest // 1024**2 or f"{largest / 1024**2:.1f}"
            raise UnreadableFileError(f"{name}: is larger than {limit} MB")
        if time.monotonic() > deadline:
            raise TimeoutError
    expected = response.headers.get("Content-Length", "")
    if expected.isdecimal() and len(data) < int(expected):
        raise UnreadableFileError(f"{name}: broke off after {len(data)} of {expected} bytes")
    return from_bytes(
        bytes(data),
        name,
        encoding=encoding,
        password=password,
        media_type=media_type if response.headers.get("Content-Type") else "",
        charset=response.headers.get_content_charset("") or "",
        address=response.url,
    )


def _reason(error: URLError, seconds: float) -> str:
    if isinstance(error.reason, TimeoutError):
        return f"did not arrive within {seconds:g} seconds"
    if isinstance(error.reason, ssl.SSLError):
        return f"the server's certificate is not valid: {error.reason.reason}"
    if isinstance(error.reason, OSError):
        return f"cannot be reached: {error.reason.strerror or error.reason}"
    return str(error.reason)
