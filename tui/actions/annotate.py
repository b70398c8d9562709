"""Highlighting passages, giving them tags and notes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from annotations.library.wording import counted
from annotations.model import Highlight, Span, Status
from tui.actions.chosen import marked
from tui.actions.picking import tag_picker
from tui.repeating import Repeatable
from tui.widgets.lines import clip, one_line, quoted, titled

if TYPE_CHECKING:
    from annotations.model import Document
    from tui.loose import LooseFile
    from tui.screens.reader import Reader
    from tui.screens.tag_picker import Entry


def highlight(reader: Reader) -> None:
    """Highlight the selection, or the sentence under the caret."""
    chosen = _chosen(reader)
    if reader.desk.same(chosen.span):
        _say_so(reader, chosen.span)
    else:
        _make(reader, chosen)


def _say_so(reader: Reader, span: Span) -> None:
    """Say that this is highlighted, and go there."""
    words = "This sentence is" if reader.page.selection is None else "These words are"
    reader.say(f"{words} highlighted already")
    _let_go(reader, span)


def tag(reader: Reader) -> Awaitable[None]:
    """Tag the selection, the highlight under the caret, or else the sentence."""
    if several := marked(reader):
        return _tag_several(reader, several)
    wanted, chosen = _wanted(reader)
    recent = [each.path for each in reader.desk.library.codebook.recent()]
    picker = tag_picker(
        reader,
        f"Tag {_quoted(reader, chosen.span)}",
        first=recent,
        worn=wanted.tags if wanted else (),
    )
    return reader.ask(picker, partial(_take_tag, reader, wanted, chosen))


def quick(reader: Reader, digit: str) -> None:
    """Give the tag that is on a digit."""
    tag = reader.desk.library.codebook.at_hand().get(digit)
    if tag is None:
        reader.say(f"No tag is on {digit} yet: the tags that you give come there")
        return
    wanted, chosen = _wanted(reader)
    _give(reader, wanted, chosen, tag.path)


def repeat(reader: Reader) -> None:
    """Do to this passage what was done to the last one."""
    done = reader.repeatable
    if done is None:
        return
    wanted, chosen = _wanted(reader)
    span = chosen.span
    if wanted is None:
        _make(reader, chosen, done.tags, done.note)
        return
    highlights = reader.desk.library.highlights
    if done.tags:
        _put_on(reader, [wanted.id], done.tags)
    elif done.note:
        reader.act(lambda: highlights.note(wanted.id, done.note))
    else:
        _say_so(reader, span)
    _let_go(reader, span)


def note_document(reader: Reader) -> Awaitable[None] | None:
    """Write a note on the document."""
    from tui.screens.note_editor import write_note

    document = reader.desk.document
    if document is None:
        return None

    def save(text: str, failed: Callable[[], object]) -> None:
        edit = reader.desk.library.documents.edit
        reader.act(lambda: edit(document.id, note=text), failed=failed)

    title = titled(document.title)
    return write_note(reader, title, document.note, save)


def _put_on(reader: Reader, ids: Sequence[str], paths: Sequence[str], said: str = "") -> None:
    """Give tags to highlights, say so, and where some exclude each other."""
    library = reader.desk.library

    def go_on(_: None) -> None:
        if said:
            reader.say(said)
        reader.warn(library.codebook.clashes(ids))

    reader.act(lambda: library.highlights.tag(ids, paths), go_on)


def _tag_several(reader: Reader, several: list[Highlight]) -> Awaitable[None]:
    """Tag the marked highlights, or take a tag off them that all bear."""
    desk, ids = reader.desk, [each.id for each in several]
    borne_by_all = set.intersection(*(set(each.tags) for each in several))

    def take(entry: Entry) -> None:
        many = counted(len(ids), "highlight")
        if entry.worn:
            untag = desk.library.highlights.untag
            reader.act(lambda: untag(ids, [entry.path]), f"Took {entry.path} off {many}")
        else:
            _put_on(reader, ids, [entry.path], f"Put {entry.path} on {many}")

    title = f"Tag {counted(len(ids), 'highlight')}"
    return reader.ask(tag_picker(reader, title, worn=sorted(borne_by_all)), take)


def _take_tag(reader: Reader, wanted: Highlight | None, chosen: _Chosen, entry: Entry) -> None:
    if wanted is not None and entry.worn:
        highlights = reader.desk.library.highlights
        reader.act(lambda: highlights.untag([wanted.id], [entry.path]), f"Took off {entry.path}")
        _let_go(reader, chosen.span)
    else:
        _give(reader, wanted, chosen, entry.path)


def _give(reader: Reader, wanted: Highlight | None, chosen: _Chosen, path: str) -> None:
    """Give a tag to a highlight, or to a new one."""
    if wanted is None:
        _make(reader, chosen, (path,))
        return
    reader.repeatable = Repeatable((path,))
    _put_on(reader, [wanted.id], [path])
    _let_go(reader, chosen.span)


def note(reader: Reader) -> Awaitable[None]:
    """Write a note on the highlight under the caret, or on a new one."""
    from tui.screens.note_editor import write_note

    if several := marked(reader):
        return _note_several(reader, several)
    wanted, chosen = _wanted(reader)
    span = chosen.span

    def save(text: str, failed: Callable[[], object]) -> None:
        if wanted is None:
            if text.strip():
                _make(reader, chosen, note=text, failed=failed)
        elif text != wanted.note:
            change = reader.desk.library.highlights.note
            reader.act(lambda: change(wanted.id, text), lambda _: _let_go(reader, span), failed)

    return write_note(reader, _quoted(reader, span), wanted.note if wanted else "", save)


def _note_several(reader: Reader, several: list[Highlight]) -> Awaitable[None]:
    """Write the same note on all marked highlights, as one act."""
    from tui.screens.note_editor import write_note

    library, many = reader.desk.library, counted(len(several), "highlight")

    def write(text: str) -> None:
        with library.journal.act("note", f"wrote a note on {many}"):
            for each in several:
                library.highlights.note(each.id, text)

    def save(text: str, failed: Callable[[], object]) -> None:
        reader.act(lambda: write(text), f"Wrote a note on {many}", failed=failed)

    notes = {each.note for each in several}
    return write_note(reader, many, notes.pop() if len(notes) == 1 else "", save)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A passage of a text as it lay open: while a dialog asks for more, another text may come."""

    span: Span
    document: Document | None
    file: LooseFile | None
    quote: str = ""
    """What stands there in the file."""


def _wanted(reader: Reader) -> tuple[Highlight | None, _Chosen]:
    """The highlight to change, and its place; without one, what a new one would cover. Words that
    this coder has highlighted are not highlighted again."""
    if reader.page.selection is None and (spot := reader.spot):
        return spot, _Chosen(spot.span, reader.desk.document, None)
    chosen = _chosen(reader)
    return reader.desk.same(chosen.span), chosen


def _chosen(reader: Reader) -> _Chosen:
    """What a new highlight would cover."""
    span, file = reader.target, reader.desk.file
    return _Chosen(span, reader.desk.document, file, reader.page.text(span) if file else "")


def _let_go(reader: Reader, span: Span) -> None:
    """Drop the selection, and leave the caret in the highlight that is there now."""
    if reader.page.selection == span:
        reader.page.drop_selection()
        reader.page.go_to(span.end - 1)


def _make(
    reader: Reader,
    chosen: _Chosen,
    tags: Sequence[str] = (),
    note: str = "",
    failed: Callable[[], object] | None = None,
) -> None:
    """Make a highlight, let go of the selection, and leave the caret in the highlight."""
    library, span = reader.desk.library, chosen.span
    document, file = chosen.document, chosen.file

    def go_on(made: Highlight | None) -> None:
        reader.repeatable = Repeatable(tuple(tags), note)
        if made is None and reader.desk.file is not file:
            from tui.actions.library import settle

            settle(reader)
        elif made is not None and made.status is not Status.PLACED:
            key = reader.key("review")
            reader.say(f"The text has changed meanwhile: {key} shows where it went", "warning")
        _let_go(reader, span)

    if document is not None:
        add = partial(library.highlights.add, document.id, span.start, span.end)
        reader.act(lambda: add(tags=tags, note=note, revision=document.revision), go_on, failed)
    elif file is not None:
        wait = partial(library.waiting.add, file.path, file.state, span, chosen.quote)
        reader.act(lambda: wait(tags=tags, note=note), go_on, failed)


def _quoted(reader: Reader, span: Span) -> str:
    """The beginning of a span's text in quotation marks, for a title."""
    return quoted(clip(one_line(reader.page.text(span, 200)[:200]), 56))
