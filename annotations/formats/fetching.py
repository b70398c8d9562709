"""Pages of the web: the one place that uses the network, and only for an address that was named."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from annotations import __version__
from annotations.errors import UnreadableFileError
from annotations.formats import read_bytes
from annotations.model import ImportedDocument

LARGEST = 64 * 1024 * 1024
"""Bytes that a page may have."""
SECONDS = 60.0
"""How long fetching a page may take in all."""
SILENCE = 15.0
"""How many seconds of it may pass without an answer."""

_CHUNK = 1 << 16


def fetch(
    address: str,
    *,
    encoding: str | None = None,
    progress: Callable[[int], None] = lambda size: None,
    largest: int = LARGEST,
    seconds: float = SECONDS,
) -> ImportedDocument:
    """The document at an address.

    Its source is what it says itself, otherwise the address that it was found at in the end.

    Args:
        address: ``http://`` or ``https://``.
        encoding: what its text is in; None: find out, also from what the server says.
        progress: told how many bytes have come.
        largest: bytes that it may have.
        seconds: how long it may take in all.

    Raises:
        UnreadableFileError: it is not there, takes too long, is too large, or is no document.
    """
    try:
        data, found_at, media_type, charset = _download(address, progress, largest, seconds)
    except urllib.error.HTTPError as error:
        with error:
            raise _failed(address, f"the server says {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        reason = error.reason
        raise _failed(address, getattr(reason, "strerror", None) or str(reason)) from error
    except TimeoutError as error:
        raise _failed(address, f"no answer for {SILENCE:.0f} s") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failed(address, str(error) or type(error).__name__) from error
    name = unquote(urlsplit(found_at).path.rpartition("/")[2]) or found_at
    document = read_bytes(
        data, name, encoding=encoding, media_type=media_type, charset=charset, address=found_at
    )
    metadata = replace(document.metadata, source=document.metadata.source or found_at)
    return replace(document, metadata=metadata)


def _download(
    address: str, progress: Callable[[int], None], largest: int, seconds: float
) -> tuple[bytes, str, str, str]:
    """The bytes at an address, where they were in the end, their media type and encoding."""
    deadline = time.monotonic() + seconds
    request = urllib.request.Request(address, headers={"User-Agent": f"florilegium/{__version__}"})
    parts: list[bytes] = []
    size = 0
    with _opener().open(request, timeout=min(SILENCE, seconds)) as answer:
        headers = answer.headers
        if int(headers.get("Content-Length") or 0) > largest:
            raise _failed(address, f"it has more than {largest:,} bytes")
        # read1 gives what has come; read would wait for a whole chunk from a slow server.
        while part := answer.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            progress(size)
            if size > largest:
                raise _failed(address, f"it has more than {largest:,} bytes")
            if time.monotonic() > deadline:
                raise _failed(address, f"it takes more than {seconds:.0f} s")
        return (
            b"".join(parts),
            answer.url,
            headers.get_content_type(),
            headers.get_content_charset(),
        )


def _opener() -> urllib.request.OpenerDirector:
    """Opens web addresses alone: a page cannot redirect to a file of this machine."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _failed(address: str, reason: str) -> UnreadableFileError:
    return UnreadableFileError(f"{address}: {' '.join(reason.split())}")
