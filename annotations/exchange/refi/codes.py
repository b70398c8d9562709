"""Codes, which REFI nests in each other, and tags, whose paths say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

from annotations.exchange.bundle import TagRecord
from annotations.exchange.colours import from_hex, to_hex
from annotations.exchange.report import LossReport
from annotations.exchange.xmlstream import local, words
from annotations.exchange.xmltext import XmlText

_NAMESPACE = UUID("6c1f6f0e-2f5b-5d0e-8a53-3f7a0c8d51d2")
_is_guid = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}").fullmatch


def guid(written: str | None) -> str:
    """An id as programs write it, with or without braces, in our form."""
    return (written or "").strip().strip("{}").lower()


def made_guid(*parts: str) -> str:
    """The id of something that has none: the same for the same parts."""
    return str(uuid5(_NAMESPACE, "\0".join(parts)))


def as_guid(identifier: str) -> str:
    """``identifier`` where it is a UUID, otherwise one made from it."""
    folded = guid(identifier)
    return folded if _is_guid(folded) else made_guid("id", identifier)


class CodeIds:
    """The ids of tags: their own, or made from their paths."""

    def __init__(self) -> None:
        self.tags: dict[str, TagRecord] = {}
        """All tags met so far, by path."""
        self._ids: dict[str, str] = {}

    def add(self, tag: TagRecord) -> None:
        """Take up a tag of the codebook."""
        self.tags[tag.path] = tag
        self._ids[tag.path] = as_guid(tag.id) if tag.id else made_guid("code", tag.path)

    def of(self, path: str) -> str:
        """The id of a tag; one that is not in the codebook is taken up."""
        if path not in self._ids:
            self.add(TagRecord(path))
        return self._ids[path]


def written(codes: CodeIds, xml: XmlText) -> Iterator[str]:
    """The ``Code`` elements of all tags, parents around their children.

    A parent that is no tag itself becomes a code that nothing can be coded with.
    """
    open_path: list[str] = []
    for path in sorted(_with_parents(codes.tags), key=lambda path: path.split("/")):
        parts = path.split("/")
        while open_path and parts[: len(open_path)] != open_path:
            open_path.pop()
            yield "</Code>"
        tag = codes.tags.get(path)
        attributes = xml.attributes(
            guid=codes.of(path) if tag else made_guid("code", path),
            name=parts[-1],
            isCodable="true" if tag else "false",
            color=to_hex(tag.colour) if tag else "",
        )
        yield f"<Code{attributes}>"
        if tag:
            yield xml.element("Description", tag.description)
        open_path = parts
    yield "</Code>" * len(open_path)


def _with_parents(paths: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        while path and path not in found:
            found.add(path)
            path = path.rpartition("/")[0]
    return found


def walk(code: Element) -> Iterator[tuple[str, Element]]:
    """Yield a ``Code`` element and those in it with the paths of their tags, parents first.

    The path of a code without a name is empty, and what is in it is left out.
    """
    waiting = [(code, "")]
    while waiting:
        element, parent = waiting.pop()
        # Programs without a tree, such as Taguette, write one into the name.
        name = "/".join(filter(None, map(str.strip, (element.get("name") or "").split("/"))))
        if not name:
            yield "", element
            continue
        path = f"{parent}/{name}" if parent else name
        yield path, element
        children = [child for child in element if local(child) == "Code"]
        waiting += [(child, path) for child in reversed(children)]


def read(code: Element, notes: dict[str, str], report: LossReport) -> Iterator[TagRecord]:
    """Yield the tags of a ``Code`` element and of those in it, parents first.

    Args:
        code: With everything in it.
        notes: The texts of the project's notes by id.
        report: Is told of codes without a name.
    """
    for path, element in walk(code):
        own = guid(element.get("guid"))
        if not path:
            report.add("codes without a name", own)
            continue
        said = [words(child) for child in element if local(child) == "Description"]
        said += [notes.get(guid(child.get("targetGUID")), "") for child in references(element)]
        description = "\n\n".join(filter(None, map(str.strip, said)))
        codable = (element.get("isCodable") or "true").strip().lower() not in ("false", "0")
        if codable or description:
            yield TagRecord(path, description, from_hex(element.get("color") or ""), own)


def references(element: Element) -> list[Element]:
    """The ``NoteRef`` children of an element."""
    return [child for child in element if local(child) == "NoteRef"]
