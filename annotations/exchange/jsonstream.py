"""Reading JSON files of any size one element at a time, and JSON values without trusting them.

The standard library reads a whole file or nothing; here the elements of the outer arrays stream by
and the memory is that of the largest one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TextIO

from annotations.errors import UnreadableFileError
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import open_text

_CHUNK = 1 << 16
_LARGEST = 1 << 27
"""Characters that one element may have: above it a file is taken for hostile."""
_BLANK = " \t\r\n"


def elements(path: Path, into: Collection[str] = ()) -> Iterator[tuple[str, object]]:
    """Yield the parts of a JSON file as (name, value).

    The elements of an array at the top come one by one under the name ``""``. Of an object at the
    top the members come under their names; those named in ``into`` are entered themselves: the
    elements of such an array come one by one, the members of such an object under their own names.

    Raises:
        UnreadableFileError: It is no JSON, is cut short, or nests too deeply.
    """
    with open_text(path) as file:
        scanner = _Scanner(file, path.name)
        yield from scanner.value("", frozenset(into), depth=0)
        if scanner.peek():
            raise scanner.wrong("something follows its end")


def objects_by_line(path: Path, report: LossReport) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield each line of a JSON Lines file that is an object, with its number.

    Raises:
        UnreadableFileError: No line of it is an object, or its last one is cut short.
    """
    sound, wrong = False, ""
    with open_text(path, newline="\n") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LARGEST), ""), 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                if sound and not line.endswith("\n"):
                    raise UnreadableFileError(
                        f"{path.name} is cut short in line {number}"
                    ) from error
                value = None
            if isinstance(value, dict):
                sound = True
                yield number, value
            else:
                wrong = wrong or f"line {number}"
                report.add("lines other than objects", f"line {number}")
    if wrong and not sound:
        raise UnreadableFileError(f"{path.name} is not JSON Lines: {wrong} is no object")


class _Scanner:
    """A window on a JSON file that moves forward over whole values."""

    def __init__(self, file: TextIO, name: str) -> None:
        self._file = file
        self._name = name
        self._buffer = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def value(self, name: str, into: frozenset[str], depth: int) -> Iterator[tuple[str, object]]:
        first = self.peek()
        if depth > 8 or first not in ("[", "{") or (depth and name not in into):
            yield name, self._whole()
        elif first == "[":
            yield from ((name, element) for element in self._array())
        else:
            yield from self._object(into, depth)

    def _array(self) -> Iterator[object]:
        self._take("[")
        if self.peek() == "]":
            return self._take("]")
        while True:
            yield self._whole()
            if self.peek() == "]":
                return self._take("]")
            self._take(",")

    def _object(self, into: frozenset[str], depth: int) -> Iterator[tuple[str, object]]:
        self._take("{")
        if self.peek() == "}":
            return self._take("}")
        while True:
            if self.peek() != '"':
                raise self.wrong("a name was expected" if self.peek() else "")
            name = str(self._whole())
            self._take(":")
            yield from self.value(name, into, depth + 1)
            if self.peek() == "}":
                return self._take("}")
            self._take(",")

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                character = self._buffer[self._at]
                if character not in _BLANK:
                    return character
                self._at += 1
            if not self._more():
                return ""

    def _take(self, expected: str) -> None:
        found = self.peek()
        if found != expected:
            raise self.wrong(f"{expected!r} was expected, not {found!r}" if found else "")
        self._at += 1

    def _whole(self) -> object:
        """Decode the next value, reading on until it is complete."""
        if not self.peek():
            raise self.wrong("")
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                cut = _may_go_on(error)
                if not self._more():
                    raise self.wrong("" if cut else error.msg.lower()) from error
            except RecursionError as error:
                raise UnreadableFileError(f"{self._name} nests too deeply to be read") from error
            except ValueError as error:  # an integer of more digits than Python converts
                raise self.wrong("a number is too long") from error
            else:
                # A number at the window's end may go on behind it.
                if end < len(self._buffer) or not self._more():
                    self._at = end
                    return value

    def _more(self) -> bool:
        """Widen the window; by half of its size, so that a long value costs linear time."""
        self._buffer = self._buffer[self._at :]
        self._at = 0
        if len(self._buffer) > _LARGEST:
            raise UnreadableFileError(f"{self._name} holds a single value that is too large")
        read = self._file.read(max(_CHUNK, len(self._buffer)))
        self._buffer += read
        return bool(read)

    def wrong(self, what: str) -> UnreadableFileError:
        """The error for malformed JSON; without words, for a file that ends too early."""
        if not what:
            return UnreadableFileError(f"{self._name} is cut short: its JSON does not end")
        return UnreadableFileError(f"{self._name} is not JSON: {what}")


def _may_go_on(error: json.JSONDecodeError) -> bool:
    """Whether what was met is the beginning of something sound."""
    rest = error.doc[error.pos :]
    return (
        any(word.startswith(rest) for word in ("true", "false", "null"))
        or error.msg.startswith("Unterminated")
        or ("escape" in error.msg and len(rest) < len("\\uXXXX"))
    )


def text_of(value: object) -> str:
    """``value`` where it is a string or a number, otherwise the empty string.

    Half a surrogate pair, which JSON can spell and no file can hold, becomes U+FFFD.
    """
    if isinstance(value, str):
        if value.isascii():
            return value
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def object_of(value: object) -> dict[str, object]:
    """``value`` where it is an object, otherwise an empty one."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[object]:
    """``value`` where it is an array, in an array of its own where it is anything but null."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def integer_of(value: object) -> int | None:
    """``value`` where it is a whole number, also written as a string or, as pandas writes a column
    with gaps, with ``.0`` behind it; otherwise None."""
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) < 20:
            return int(value)
        digits = value.strip().removesuffix(".0") if len(value) < 20 and value.isascii() else ""
        return int(digits) if digits.removeprefix("-").isdigit() else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
