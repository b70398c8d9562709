"""The syntax of BibTeX files: entries, braces, quotation marks, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from annotations.errors import UnreadableFileError
from annotations.exchange.report import LossReport

_CHUNK = 1 << 16
_LARGEST = 1 << 24
"""Code points of one entry."""
_LONGEST = 1 << 20
"""Code points of a value: abbreviations of abbreviations may multiply."""
_HEAD = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^,\s{}()=]*)\s*(?:,|$)")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w.:+-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"]+")
_CONCATENATE = re.compile(r"\s*#\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry; values are LaTeX, without the braces or quotation marks around them."""

    kind: str
    key: str
    fields: dict[str, str]


def entries(file: TextIO, name: str, report: LossReport) -> Iterator[Entry]:
    """Yield the entries of a file; what stands between them is a comment.

    Raises:
        UnreadableFileError: The last entry does not end, or a value is too long.
    """
    strings: dict[str, str] = {}
    for kind, body in _bodies(file, name):
        if kind in ("comment", "preamble"):
            continue
        key = ""
        if kind != "string":
            match = _KEY.match(body)
            if match is None:
                report.add("entries without a key", body)
                continue
            key, body = match[1], body[match.end() :]
        fields = _fields(body, strings)
        if any(len(value) > _LONGEST for value in fields.values()):
            raise UnreadableFileError(f"{name} has a value that is too long to be credible")
        if kind == "string":
            strings.update(fields)
        else:
            yield Entry(kind, key, fields)


def _bodies(file: TextIO, name: str) -> Iterator[tuple[str, str]]:
    """Yield the type of each entry and what stands between its outer braces."""
    buffer = ""
    while True:
        match = _HEAD.search(buffer)
        end = _closing(buffer, match.end(), match[2]) if match else None
        if match and end is not None:
            yield match[1].lower(), buffer[match.end() : end]
            buffer = buffer[end + 1 :]
            continue
        if len(buffer) > _LARGEST and match:
            raise UnreadableFileError(f"{name} has an entry that is too long to be credible")
        # A head may be cut at the end of what was read.
        buffer = buffer[match.start() :] if match else buffer[-256:]
        read = file.read(max(_CHUNK, len(buffer)))
        if not read:
            if match:
                raise UnreadableFileError(f"{name} is cut short: its last entry does not end")
            return
        buffer += read


def _closing(text: str, start: int, opening: str) -> int | None:
    """Where the brace that was opened before ``start`` is closed."""
    depth = 0
    closing = "}" if opening == "{" else ")"
    for match in _BRACES.finditer(text, start):
        character = match[0]
        if len(character) > 1:
            continue
        if depth == 0 and character == closing:
            return match.start()
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
    return None


_BRACES = re.compile(r"\\[{}]|[{})]")


def _fields(body: str, strings: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while (match := _FIELD.match(body, at)) is not None:
        value, at = _value(body, match.end(), strings)
        found.setdefault(match[1].lower(), value)
    return found


def _value(body: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """A value, several of which ``#`` joins, and where it ends."""
    parts: list[str] = []
    while at < len(body):
        if body[at] == "{":
            end = _closing(body, at + 1, "{")
            stop = len(body) if end is None else end
            parts.append(body[at + 1 : stop])
            at = stop + 1
        elif body[at] == '"':
            stop = _quotation(body, at + 1)
            parts.append(body[at + 1 : stop])
            at = stop + 1
        else:
            bare = _BARE.match(body, at)
            if bare is None:
                break
            parts.append(strings.get(bare[0].lower(), bare[0]))
            at = bare.end()
        more = _CONCATENATE.match(body, at)
        if more is None:
            break
        at = more.end()
    return "".join(parts), max(at, 0)


def _quotation(body: str, start: int) -> int:
    """Where a quotation ends: at the first mark that is not in braces."""
    depth = 0
    for at in range(start, len(body)):
        character = body[at]
        if character == '"' and depth == 0 and body[at - 1] != "\\":
            return at
        depth += (character == "{") - (character == "}")
    return len(body)
