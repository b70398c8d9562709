"""The text that comes out of RTF: paragraphs, cells, lists and notes, with their marks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotations.formats.composer import Composer
from annotations.formats.passages import Piece
from annotations.model import BlockKind, Mark, MarkKind

Marks = tuple[tuple[MarkKind, str], ...]


@dataclass(slots=True)
class Paragraph:
    """What the control words say of the paragraph that is being written."""

    heading: int = 0
    """Its level in the outline, from 1; 0 for the body."""
    listed: bool = False
    """Whether it is said to be in a list."""
    depth: int = 1
    """How deep in the list, from 1."""
    marker: str = ""
    """The bullet or number of a list item."""
    row: bool = False
    """Whether it stands in a table."""

    @property
    def lead(self) -> str:
        """The bullet or number as it stands before the text."""
        return f"{self.marker} " if self.marker else ""


class _Flow:
    """The main text, or a note: each is composed on its own."""

    def __init__(self) -> None:
        self.composer = Composer()
        self.marks: Marks = ()
        self.paragraph = Paragraph()
        self.begun = False
        """Whether the open block is the current paragraph's."""


class RtfText:
    """Writes paragraphs; notes go to the end."""

    def __init__(self) -> None:
        self._flows = [_Flow()]
        self._notes: list[Piece] = []
        self._note_count = 0

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that is being written."""
        return self._flows[-1].paragraph

    @paragraph.setter
    def paragraph(self, paragraph: Paragraph) -> None:
        self._flows[-1].paragraph = paragraph

    def write(self, text: str, marks: Marks) -> None:
        """Add text that bears ``marks``."""
        flow = self._flows[-1]
        self._begin()
        if marks != flow.marks:
            self._set_marks(marks)
        if text == "\t" and self.paragraph.row:
            text = " "
        if text == "\t":
            flow.composer.write_exactly(text)
        else:
            flow.composer.write(text)

    def break_line(self) -> None:
        """A line end inside a paragraph."""
        self._begin()
        self._flows[-1].composer.break_line()

    def end_paragraph(self) -> None:
        """The end of a paragraph; inside a cell it is a blank."""
        flow = self._flows[-1]
        if self.paragraph.row and flow.begun:
            flow.composer.write(" ")
        else:
            self._end()

    def end_cell(self) -> None:
        """The end of a cell of a table."""
        self.paragraph.row = True
        self._begin()
        self._flows[-1].composer.next_cell()

    def end_nested_cell(self) -> None:
        """The end of a cell of a table in a cell: the outer one's text goes on."""
        self.write(" ", ())

    def end_row(self) -> None:
        """The end of a row of a table."""
        self._end()

    def anchor(self, name: str) -> None:
        """A place that links may point to."""
        self._flows[-1].composer.anchor(name)

    def begin_note(self) -> None:
        """A note is referred to here, and its text follows."""
        self._note_count += 1
        number = str(self._note_count)
        self.write(number, ((MarkKind.FOOTNOTE, f"note-{number}"),))
        self._flows.append(_Flow())
        self._flows[-1].composer.anchor(f"note-{number}")
        self.write(f"{number} ", ())

    def end_note(self) -> None:
        """The note's text is complete."""
        if len(self._flows) > 1:
            self._end()
            self._notes += self._flows.pop().composer.finish()

    def finish(self) -> list[Piece]:
        """All blocks, without the names of places that nothing points to."""
        while len(self._flows) > 1:
            self.end_note()
        self._end()
        pieces = self._flows[0].composer.finish() + self._notes
        targets = {
            mark.value.removeprefix("#")
            for piece in pieces
            for mark in piece.marks
            if mark.kind in (MarkKind.LINK, MarkKind.FOOTNOTE)
        }

        def kept(mark: Mark) -> bool:
            return mark.kind is not MarkKind.ANCHOR or mark.value in targets

        return [replace(piece, marks=tuple(filter(kept, piece.marks))) for piece in pieces]

    def _begin(self) -> None:
        flow, paragraph = self._flows[-1], self.paragraph
        if flow.begun:
            return
        flow.begun = True
        if paragraph.row:
            flow.composer.begin(BlockKind.TABLE_ROW)
        elif paragraph.heading:
            flow.composer.begin(BlockKind.HEADING, paragraph.heading, paragraph.lead)
        elif paragraph.listed or paragraph.marker:
            flow.composer.begin(BlockKind.LIST_ITEM, paragraph.depth, paragraph.lead)
        else:
            flow.composer.begin(BlockKind.PARAGRAPH)

    def _end(self) -> None:
        flow = self._flows[-1]
        self._set_marks(())
        flow.composer.end()
        flow.begun = False
        self.paragraph.marker = ""

    def _set_marks(self, marks: Marks) -> None:
        flow = self._flows[-1]
        for _ in flow.marks:
            flow.composer.close_mark()
        for kind, value in marks:
            flow.composer.open_mark(kind, value)
        flow.marks = marks
