"""From a tree of docutils to blocks and marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

from docutils import nodes
from docutils.utils import Reporter

from annotations.formats.composer import Composer
from annotations.formats.numerals import numeral
from annotations.formats.passages import Piece
from annotations.formats.pictures import in_place_of_picture
from annotations.model import BlockKind, MarkKind

_SKIPPED = (
    nodes.comment,
    nodes.Invisible,
    nodes.raw,
)
_INLINE: dict[type[nodes.Node], MarkKind] = {
    nodes.emphasis: MarkKind.EMPHASIS,
    nodes.title_reference: MarkKind.EMPHASIS,
    nodes.strong: MarkKind.STRONG,
    nodes.literal: MarkKind.CODE,
    nodes.math: MarkKind.CODE,
}
_REFERENCES = (
    nodes.reference,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.substitution_reference,
)
_BLOCKS = (
    nodes.paragraph,
    nodes.term,
    nodes.caption,
    nodes.legend,
    nodes.rubric,
    nodes.attribution,
    nodes.title,
    nodes.Bibliographic,
)
_NUMBERINGS = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


class RstBlocks:
    """Walks the tree of a document into a composer, without recursion."""

    def __init__(self) -> None:
        self._composer = Composer()
        self._sections = 0
        self._quotes = 0
        self._lists: list[tuple[str, str, str, int]] = []
        """For each open list: numbering, prefix, suffix, and the number of its next item."""
        self._goes_on = False
        """Whether the next paragraph belongs to the block that is open."""
        self._first_cell = True
        self._in_cell = 0
        self._names: Mapping[str, str | None] = {}
        """The identifiers of the places that have a name."""
        self._targets: frozenset[str] = frozenset()

    def pieces(self, tree: nodes.document) -> list[Piece]:
        """The blocks of ``tree``."""
        self._names = tree.nameids
        self._targets = frozenset(filter(None, map(self._place, tree.findall(nodes.Element))))
        stack: list[tuple[nodes.Node, int, list[nodes.Node]]] = []
        stack.append((tree, 0, list(reversed(tree.children))))
        while stack:
            node, marks, children = stack[-1]
            if not children:
                stack.pop()
                self._end(node, marks)
                continue
            child = children.pop()
            if isinstance(child, nodes.Text):
                self._write(child)
            elif isinstance(child, nodes.system_message):
                self._begin_unread(child)
            elif self._is_unresolved(child):
                self._composer.write(child.rawsource)
            elif not isinstance(child, _SKIPPED):
                stack.append((child, self._begin(child), list(reversed(child.children))))
            else:
                self._name(child)
        return self._composer.finish()

    def _place(self, node: nodes.Element) -> str:
        """The identifier of the place that ``node`` refers to, or empty."""
        return str(node.get("refid") or self._names.get(node.get("refname", "")) or "")

    def _is_unresolved(self, node: nodes.Node) -> TypeGuard[nodes.Element]:
        """Whether ``node`` refers to what is not there: its source says more than its text."""
        return (
            isinstance(node, _REFERENCES)
            and bool(node.get("refname"))
            and not (self._place(node) or node.get("refuri"))
        )

    def _begin_unread(self, message: nodes.system_message) -> None:
        """Show what docutils could not make sense of, which is in its message alone."""
        for source in message.findall(nodes.literal_block):
            if message["level"] >= Reporter.ERROR_LEVEL:
                self._composer.begin(BlockKind.CODE)
                self._composer.write_exactly(source.astext())

    def _write(self, text: nodes.Text) -> None:
        if self._composer.kind is BlockKind.CODE:
            self._composer.write_exactly(text.astext())
        else:
            self._composer.write(text.astext())

    def _name(self, node: nodes.Node) -> None:
        """Name the place of ``node`` if something points to it."""
        identities: list[str] = node.get("ids", []) if isinstance(node, nodes.Element) else []
        for identity in identities:
            if identity in self._targets:
                self._composer.anchor(identity)

    def _begin(self, node: nodes.Node) -> int:
        """Open what ``node`` opens, and say how many marks that were."""
        composer = self._composer
        if isinstance(node, nodes.section):
            self._sections += 1
        elif isinstance(node, nodes.block_quote):
            self._quotes += 1
        elif isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            self._lists.append(_list(node))
        elif isinstance(node, nodes.list_item):
            self._begin_item()
        elif isinstance(node, nodes.row):
            self._block(BlockKind.TABLE_ROW)
            self._first_cell = not self._in_cell
        elif isinstance(node, nodes.entry):
            if not self._first_cell and not self._in_cell:
                composer.next_cell()
            self._first_cell = False
            self._in_cell += 1
        elif isinstance(node, nodes.footnote | nodes.citation | nodes.field):
            self._block(BlockKind.PARAGRAPH)
            self._goes_on = True
        elif isinstance(node, nodes.Element):
            self._begin_text(node)
        self._name(node)
        return self._open_marks(node)

    def _begin_text(self, node: nodes.Element) -> None:
        composer = self._composer
        if isinstance(node, nodes.title | nodes.subtitle) and not isinstance(
            node.parent, nodes.Admonition | nodes.topic | nodes.sidebar | nodes.table
        ):
            below = isinstance(node, nodes.subtitle) or self._sections
            self._block(BlockKind.HEADING, self._sections + 1 if below else 1)
        elif isinstance(node, nodes.literal_block | nodes.doctest_block | nodes.math_block):
            self._block(BlockKind.CODE)
        elif isinstance(node, nodes.line_block) and not isinstance(node.parent, nodes.line_block):
            self._block(BlockKind.VERSE)
        elif isinstance(node, nodes.image):
            holder = node.parent.parent if isinstance(node.parent, nodes.reference) else node.parent
            if not isinstance(holder, nodes.TextElement):
                self._begin_paragraph()
            composer.write(in_place_of_picture(node.get("alt")))
        elif isinstance(node, nodes.Admonition) and not isinstance(node, nodes.admonition):
            self._block(BlockKind.PARAGRAPH)
            composer.write(f"{node.tagname.capitalize()}: ")
            self._goes_on = True
        elif isinstance(node, nodes.definition):
            self._block(BlockKind.LIST_ITEM, len(self._lists) + 1)
            self._goes_on = True
        elif isinstance(node, nodes.TextElement) and isinstance(node, _BLOCKS):
            self._begin_paragraph()
            self._goes_on = self._goes_on and isinstance(node, nodes.field_name | nodes.label)

    def _begin_paragraph(self) -> None:
        if self._in_cell or not self._goes_on:
            kind = BlockKind.QUOTATION if self._quotes else BlockKind.PARAGRAPH
            self._block(kind, self._quotes)

    def _block(self, kind: BlockKind, level: int = 0, lead: str = "") -> None:
        """Begin a block; all that is in a cell is one."""
        if self._in_cell:
            self._composer.write(" ")
        else:
            self._composer.begin(kind, level, lead)

    def _begin_item(self) -> None:
        lead = "• "
        if self._lists and self._lists[-1][0]:
            style, prefix, suffix, number = self._lists[-1]
            lead = f"{prefix}{numeral(number, style)}{suffix} "
            self._lists[-1] = (style, prefix, suffix, number + 1)
        self._block(BlockKind.LIST_ITEM, max(len(self._lists), 1), lead)
        self._goes_on = True

    def _end(self, node: nodes.Node, marks: int) -> None:
        composer = self._composer
        for _ in range(marks):
            composer.close_mark()
        if isinstance(node, nodes.section):
            self._sections -= 1
        elif isinstance(node, nodes.block_quote):
            self._quotes -= 1
        elif isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            self._lists.pop()
        elif isinstance(node, nodes.entry):
            self._in_cell -= 1
        elif isinstance(node, nodes.line):
            composer.write_exactly("\n")
        elif isinstance(node, nodes.field_name):
            composer.write_exactly(": ")
        elif isinstance(node, nodes.label):
            composer.write_exactly(" ")
        elif isinstance(node, nodes.list_item | nodes.field | nodes.footnote | nodes.definition):
            self._goes_on = False

    def _open_marks(self, node: nodes.Node) -> int:
        if isinstance(node, nodes.footnote_reference | nodes.citation_reference):
            self._composer.open_mark(MarkKind.FOOTNOTE, self._place(node))
            return 1
        if isinstance(node, nodes.reference):
            inside = self._place(node)
            target = f"#{inside}" if inside else str(node.get("refuri", ""))
            self._composer.open_mark(MarkKind.LINK, target)
            return 1
        kind = _INLINE.get(type(node))
        if kind is not None:
            self._composer.open_mark(kind)
            return 1
        return 0


def _list(node: nodes.Element) -> tuple[str, str, str, int]:
    if isinstance(node, nodes.bullet_list):
        return "", "", "", 1
    style = _NUMBERINGS.get(str(node.get("enumtype", "")), "1")
    prefix, suffix = str(node.get("prefix", "")), str(node.get("suffix", "."))
    return style, prefix, suffix, int(node.get("start", 1))
