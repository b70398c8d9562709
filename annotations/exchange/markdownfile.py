"""The layout of our Markdown files: a head, and stretches of ours among what the user wrote.

A stretch of ours lies between two HTML comments, which neither Obsidian nor Logseq shows. What is
outside belongs to the user and is never changed; what the user changed inside stays until it has
been imported. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from zlib import crc32

_BEGIN = re.compile(r"^<!-- florilegium (\{.*\}) -->[ \t]*\n?", re.MULTILINE)
_END = "<!-- /florilegium -->"
_UNFIT_FOR_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_is_key = re.compile(r"([A-Za-z][\w-]*):(?: (.*))?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a file."""

    text: str
    about: dict[str, object] | None = None
    """What the comment before a stretch of ours says; None for one of the user's."""

    @property
    def id(self) -> str:
        """The id of what a stretch of ours is about."""
        return str((self.about or {}).get("id", ""))

    @property
    def is_edited(self) -> bool:
        """Whether the user changed a stretch of ours since it was written."""
        return self.about is not None and self.about.get("sum", _sum(self.text)) != _sum(self.text)


def ours(text: str, about: Mapping[str, object]) -> Stretch:
    """A stretch of ours, marked so that a change in it will be seen."""
    return Stretch(text, {**about, "sum": _sum(text)})


def _sum(text: str) -> str:
    # Blanks at the ends of lines are no change: editors take them away.
    lines = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    return f"{crc32(lines.encode('utf-8', 'replace')):08x}"


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A file in parts."""

    head: dict[str, str]
    """The lines of the front matter by their keys, each with what follows the colon; lines that
    have no key of their own belong to the one before, the very first to the empty one."""
    stretches: tuple[Stretch, ...]


def is_cut(stretch: Stretch) -> bool:
    """Whether a stretch of the user's has the beginning of one of ours, whose end is gone."""
    return stretch.about is None and "<!-- florilegium {" in stretch.text


def parse(text: str) -> MarkdownFile:
    """The parts of a file; one that is not ours is one stretch of the user's."""
    head, body = _front_matter(text)
    stretches: list[Stretch] = []
    at = 0
    begins = list(_BEGIN.finditer(body))
    for match, following in zip_longest(begins, begins[1:]):
        end = body.find(f"\n{_END}", match.end() - 1, following.start() if following else None)
        about = _object(match[1])
        if end < 0 or about is None:
            continue
        if match.start() > at:
            stretches.append(Stretch(body[at : match.start()]))
        stretches.append(Stretch(body[match.end() : end + 1], about))
        at = end + 1 + len(_END)
        at += body[at : at + 1] == "\n"
    if at < len(body):
        stretches.append(Stretch(body[at:]))
    return MarkdownFile(head, tuple(stretches))


def render(file: MarkdownFile) -> str:
    """The reverse of :func:`parse`."""
    lines = [f"{key}:{value}" if key else value for key, value in file.head.items()]
    parts = ["\n".join(["---", *lines, "---", ""])] if lines else []
    for stretch in file.stretches:
        if stretch.about is None:
            parts.append(stretch.text)
        else:
            body = stretch.text if stretch.text.endswith("\n") else f"{stretch.text}\n"
            parts.append(f"<!-- florilegium {_written(stretch.about)} -->\n{body}{_END}\n")
    return "".join(parts)


def merge(old: MarkdownFile, new: MarkdownFile) -> tuple[MarkdownFile, list[Stretch]]:
    """The new stretches in their order, with what the user wrote staying behind the stretch that it
    stood behind; where that is gone, behind the one before it.

    Returns:
        The file, and those of the old stretches that stay in it as the user changed them, since the
        library says something else.
    """
    edited = {each.id: each for each in old.stretches if each.is_edited}
    kept_edits: list[Stretch] = []
    mine = {stretch.id for stretch in new.stretches if stretch.about is not None}
    behind: dict[str, list[Stretch]] = {}
    latest = ""
    for stretch in old.stretches:
        if stretch.about is None:
            behind.setdefault(latest, []).append(stretch)
        elif stretch.id in mine:
            latest = stretch.id
    known = {stretch.id for stretch in old.stretches if stretch.about is not None}
    stretches = behind.pop("", [])
    for stretch in new.stretches:
        if stretch.about is None:
            # What parts ours: the user's own text does it where there is some.
            continue
        theirs = edited.get(stretch.id)
        if theirs is not None and theirs.text != stretch.text:
            kept_edits.append(theirs)
            stretches.append(theirs)
        else:
            stretches.append(stretch)
        stretches += behind.pop(stretch.id, [] if stretch.id in known else [Stretch("\n")])
    kept = {key: value for key, value in old.head.items() if key not in new.head}
    first: dict[str, str] = {key: value for key, value in old.head.items() if not key}
    return MarkdownFile({**first, **new.head, **kept}, tuple(stretches)), kept_edits


def value(head: Mapping[str, str], key: str) -> str:
    """A value of the front matter without its quotation marks; empty where there is none."""
    written = head.get(key, "").strip()
    if written.startswith('"'):
        try:
            return str(json.loads(written))
        except ValueError:
            return written.strip('"')
    return written.strip("'")


def quoted(text: str) -> str:
    """A text as a value of the front matter, with the blank before it.

    YAML reads what JSON writes, but for characters that it takes for line ends or refuses
    (https://yaml.org/spec/1.2.2/#51-character-set).
    """
    return " " + _UNFIT_FOR_YAML.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    if not text.startswith("---\n"):
        return {}, text
    end = text.find("\n---\n", 3)
    if end < 0:
        return {}, text
    head: dict[str, str] = {}
    key = ""
    for line in text[4:end].split("\n"):
        if match := _is_key.fullmatch(line):
            key = match[1]
            head[key] = line[len(key) + 1 :]
        else:
            head[key] = f"{head[key]}\n{line}" if key in head else line
    return head, text[end + 5 :]


def _written(about: Mapping[str, object]) -> str:
    # Two hyphens would end the comment.
    return json.dumps(about, ensure_ascii=False).replace("--", "\\u002d\\u002d")


def _object(written: str) -> dict[str, object] | None:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
