"""reStructuredText: docutils parses it, and its tree is walked into blocks and marks.

The tree does not say where its inline parts stand in the source, so the canonical text is the text
of the tree, as for HTML.
"""

from __future__ import annotations

from dataclasses import replace

from docutils import nodes
from docutils.utils import SystemMessage

from annotations.formats import plain
from annotations.formats.dates import iso_date
from annotations.formats.detect import RST
from annotations.formats.document import FOREIGN_FAILURES, composed
from annotations.formats.plain import read_text
from annotations.formats.rst_blocks import RstBlocks
from annotations.formats.rst_parser import parsed
from annotations.formats.source import Source
from annotations.model import ImportedDocument, Metadata

_LARGEST = 8 * 1024 * 1024
"""Code points that are parsed; a larger file is read as the plain text that it also is."""
_DEEPEST = 200
"""Indents in each other: docutils copies what is left of the text at each."""
_FAILURES: tuple[type[Exception], ...] = (*FOREIGN_FAILURES, RecursionError, SystemMessage)


def read(source: Source) -> ImportedDocument:
    """The document, or its plain text where docutils gives up."""
    text, encoding = read_text(source, source.charset)
    if len(text) > _LARGEST:
        return _as_plain(source, "is large")
    if _depth(text) > _DEEPEST:
        return _as_plain(source, "is nested too deeply")
    try:
        tree = parsed(text)
    except _FAILURES:
        return _as_plain(source, "cannot be parsed as reStructuredText")
    pieces = RstBlocks().pieces(tree)
    metadata = replace(_metadata(tree), encoding=encoding.name)
    notices = (encoding.notice,) if encoding.notice else ()
    return composed(source, metadata, pieces, RST.media_type, notices)


def _depth(text: str) -> int:
    """How many indents of ``text`` lie in each other at most."""
    deepest = 0
    margins: list[int] = []
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        if not bare:
            continue
        margin = len(line) - len(bare)
        while margins and margin <= margins[-1]:
            margins.pop()
        margins.append(margin)
        deepest = max(deepest, len(margins))
    return deepest


def _as_plain(source: Source, reason: str) -> ImportedDocument:
    document = plain.read(source)
    metadata = replace(document.metadata, media_type=RST.media_type)
    notices = (*document.notices, f"{reason}: shown as plain text")
    return replace(document, metadata=metadata, notices=notices)


def _metadata(tree: nodes.document) -> Metadata:
    fields = {type(node): node.astext() for info in tree.findall(nodes.docinfo) for node in info}
    authors = [node.astext() for node in tree.findall(nodes.author)]
    return Metadata(
        title=str(tree.get("title", "")),
        author="; ".join(authors),
        publisher=fields.get(nodes.organization, ""),
        published=iso_date(fields.get(nodes.date, "")),
    )
