"""A report in one HTML file: each document with its highlights, what was said of them, and an index
of tags. It needs no network and no program, prints well, and can be read without colour.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import BinaryIO, TypeAlias

from annotations.exchange.bundle import HighlightRecord, Record, TagRecord
from annotations.exchange.citation import citation
from annotations.exchange.colours import to_hex
from annotations.exchange.gathering import Gathered, by_document
from annotations.exchange.report import LossReport
from annotations.model import Block, BlockKind, Passage, Status
from annotations.text.spans import flatten
from annotations.text.symbols import visible

_STYLE = """
:root { color-scheme: light dark; --mark: #ffe066; }
body { font: 1.05rem/1.6 Georgia, "Noto Serif", serif; max-width: 42rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6, nav, .about, .said { font-family: system-ui, sans-serif; }
h1 { line-height: 1.2; } .about { color: GrayText; }
mark { background: var(--mark); color: #111; border-bottom: 2px solid #555; padding: .05em 0; }
mark.deep { border-bottom-style: double; border-bottom-width: 4px; }
sup a { text-decoration: none; font: .75em system-ui, sans-serif; padding: 0 .15em; }
.verse, .row { white-space: pre-wrap; } pre { white-space: pre-wrap; }
blockquote { border-inline-start: 3px solid GrayText; margin-inline: 0;
  padding-inline-start: 1rem; }
ol.said { font-size: .9rem; line-height: 1.45; padding-inline: 2.2em; }
ol.said > li { margin-bottom: .8rem; }
.tag { border: 1px solid currentColor; border-radius: .6em; padding: 0 .5em;
  margin-inline-end: .3em; }
.note { white-space: pre-wrap; margin: .2rem 0; }
.lost { font-style: italic; } li:target, mark:target { outline: 2px solid Highlight; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } nav { display: none; }
  article { break-after: page; } mark { background: none; } a { color: inherit; }
  ol.said > li { break-inside: avoid; } }
"""
_HEAD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'\">"
    f"<title>Highlights</title><style>{_STYLE}</style></head><body>\n"
)
Uses: TypeAlias = "dict[str, array[int]]"
"""Where each tag is used: the numbers of document and highlight, one after the other, since there
may be very many."""

_ELEMENTS = {
    BlockKind.PARAGRAPH: ('<p dir="auto">', "</p>"),
    BlockKind.LIST_ITEM: ('<ul class="item" dir="auto"><li>', "</li></ul>"),
    BlockKind.QUOTATION: ('<blockquote dir="auto"><p>', "</p></blockquote>"),
    BlockKind.VERSE: ('<p class="verse" dir="auto">', "</p>"),
    BlockKind.CODE: ('<pre dir="auto">', "</pre>"),
    BlockKind.TABLE_ROW: ('<p class="row" dir="auto">', "</p>"),
}


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write the report, document by document."""
    tags: dict[str, TagRecord] = {}
    uses: Uses = {}
    file.write(_HEAD.encode())
    for number, gathered in enumerate(by_document(records, tags), 1):
        for part in _Article(gathered, number, tags, uses).parts():
            file.write(part.encode("utf-8", "replace"))
        for reply in gathered.replies:
            report.add("replies", reply.text)
    file.write("".join(_index(tags, uses)).encode("utf-8", "replace"))
    file.write(b"</body></html>\n")


def _index(tags: dict[str, TagRecord], uses: Uses) -> Iterator[str]:
    if not uses:
        return
    yield '<section id="tags"><h2>Tags</h2>\n<dl>'
    for path in sorted(uses):
        description = tags[path].description if path in tags else ""
        numbers = uses[path]
        yield f"<dt><bdi><b>{_text(path)}</b></bdi> ({len(numbers) // 2})</dt>"
        if description:
            yield f'<dd class="note" dir="auto">{_text(description)}</dd>'
        links = (
            f'<a href="#d{document}h{number}">{document}.{number}</a>'
            for document, number in zip(numbers[::2], numbers[1::2], strict=True)
        )
        yield f"<dd>{', '.join(links)}</dd>\n"
    yield "</dl></section>\n"


class _Article:
    """One document of the report."""

    def __init__(
        self,
        gathered: Gathered,
        number: int,
        tags: dict[str, TagRecord],
        uses: Uses,
    ) -> None:
        self._document = gathered.document
        self._highlights = gathered.highlights
        self._number = number
        self._anchor = f"d{number}"
        self._tags = tags
        self._uses = uses
        self._placed = sorted(
            (record.selector.span.start, record.selector.span.end, number)
            for number, record in enumerate(self._highlights, 1)
            if record.selector and record.selector.span and record.status is not Status.LOST
        )

    def parts(self) -> Iterator[str]:
        about = self._document.metadata
        language = f' lang="{escape(about.language)}"' if about.language else ""
        yield f'<article id="{self._anchor}"{language}>\n<h1 dir="auto">{_text(about.title)}</h1>\n'
        yield f'<p class="about" dir="auto">{_text(citation(about))}</p>\n'
        if self._document.note:
            yield f'<p class="about note" dir="auto">{_text(self._document.note)}</p>\n'
        for passage in self._document.passages or ():
            yield from self._passage(passage)
        yield from self._said()
        yield "</article>\n"

    def _passage(self, passage: Passage) -> Iterator[str]:
        here = [
            (start - passage.start, end - passage.start, number)
            for start, end, number in self._placed
            if start < passage.end and end > passage.start
        ]
        for block in passage.blocks or (Block(0, len(passage.text)),):
            inside = [each for each in here if each[0] < block.end and each[1] > block.start]
            yield from self._block(passage.text, block, inside)

    def _block(self, text: str, block: Block, spans: list[tuple[int, int, int]]) -> Iterator[str]:
        if block.kind is BlockKind.PAGE_BREAK:
            yield "<hr>\n"
            return
        end = block.start + len(text[block.start : block.end].rstrip("\n"))
        if end == block.start:
            return
        if block.kind is BlockKind.HEADING:
            # The title of the document is the first level.
            level = min(6, block.level + 1)
            before, after = f'<h{level} dir="auto">', f"</h{level}>"
        else:
            before, after = _ELEMENTS[block.kind]
        yield before
        runs = {run.start: run for run in flatten(spans, block.start, end)}
        edges = {block.start, end, *(min(stop, end) for _, stop, _ in spans)}
        edges.update(edge for run in runs.values() for edge in (run.start, run.end))
        ends: dict[int, list[int]] = {}
        for _, stop, number in spans:
            if stop <= block.end:
                ends.setdefault(min(stop, end), []).append(number)
        run = None
        for first, last in pairwise(sorted(edges)):
            run = runs.get(first, run if run and run.end > first else None)
            shown = _text(text[first:last])
            if run is None:
                yield shown
            else:
                colour = self._colour(self._highlights[run.top - 1])
                depth = ' class="deep"' if run.depth > 1 else ""
                yield f'<mark{depth} style="--mark: {colour}">{shown}</mark>'
            for number in ends.get(last, ()):
                yield f'<sup><a href="#{self._anchor}h{number}">{number}</a></sup>'
        yield f"{after}\n"

    def _colour(self, record: HighlightRecord) -> str:
        tagged = (self._tags[path].colour for path in record.tags if path in self._tags)
        colour = record.colour or next(filter(None, tagged), "") or "yellow"
        return escape(to_hex(colour))

    def _said(self) -> Iterator[str]:
        """The highlights as a list that the numbers in the text lead to."""
        if not self._highlights:
            return
        yield '<h2>Highlights</h2>\n<ol class="said">\n'
        for number, record in enumerate(self._highlights, 1):
            anchor = f"{self._anchor}h{number}"
            quote = record.selector.quote if record.selector else ""
            for path in record.tags:
                self._uses.setdefault(path, array("L")).extend((self._number, number))
            lost = ' class="lost"' if record.status is Status.LOST else ""
            tags = "".join(f'<bdi class="tag">{_text(path)}</bdi>' for path in record.tags)
            state = "" if record.status is Status.PLACED else record.status.value
            if record.former:
                state = f"{state}; it was on “{record.former}”"
            star = "★ " if record.starred else ""
            by = ", ".join(filter(None, (record.coder, record.created_at[:10], state)))
            yield f'<li id="{anchor}" dir="auto">{star}<q{lost}>{_text(quote)}</q> {tags}'
            yield f'<span class="about">{_text(by)}</span>'
            if record.note:
                yield f'<p class="note" dir="auto">{_text(record.note)}</p>'
            yield "</li>\n"
        yield "</ol>\n"


def _text(text: str) -> str:
    """Text with symbols for what would act on the page: controls, turns of direction."""
    lines = text.split("\n")
    return escape("\n".join("\t".join(map(visible, line.split("\t"))) for line in lines))
