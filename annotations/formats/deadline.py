"""HTTP that is over when its time is, however slowly a server sends its bytes.

The library's own timeout counts anew from every byte: a server that lets its headers trickle could
hold a fetch for ever.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING
from urllib.request import AbstractHTTPHandler, HTTPHandler, HTTPSHandler, Request

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Deadline:
    """The moment by which all has to have come."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds until then, more than none.

        Raises:
            TimeoutError: it is past.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _TimedReader(RawIOBase):
    """What comes from a socket, each time waited for until the deadline and no longer."""

    def __init__(self, raw: RawIOBase, sock: socket.socket, deadline: Deadline) -> None:
        self._raw = raw
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        self._sock.settimeout(self._deadline.left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _timed_response(deadline: Deadline) -> type[HTTPResponse]:
    class TimedResponse(HTTPResponse):
        def __init__(
            self,
            sock: socket.socket,
            debuglevel: int = 0,
            method: str | None = None,
            url: str | None = None,
        ) -> None:
            super().__init__(sock, debuglevel, method, url)
            self.fp = BufferedReader(_TimedReader(self.fp.detach(), sock, deadline))

    return TimedResponse


class _Timed(AbstractHTTPHandler):
    """What both handlers do with their deadline, which holds for all connections together."""

    deadline: Deadline

    def do_open(
        self, http_class: Callable[..., HTTPConnection], req: Request, **http_conn_args: object
    ) -> HTTPResponse:
        """As the base class says."""

        def connection(host: str, /, **named: object) -> HTTPConnection:
            made = http_class(host, **{**named, "timeout": self.deadline.left()})
            made.response_class = _timed_response(self.deadline)
            return made

        return super().do_open(connection, req, **http_conn_args)


class TimedHTTPHandler(_Timed, HTTPHandler):
    """Opens ``http`` addresses."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self.deadline = deadline


class TimedHTTPSHandler(_Timed, HTTPSHandler):
    """Opens ``https`` addresses."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(context=ssl.create_default_context())
        self.deadline = deadline
