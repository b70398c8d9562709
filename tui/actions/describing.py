"""What is known of the tag that the codebook points at: descriptions, colours, keys, order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from annotations.model import COLOURS
from tui.actions.codebook import codebook_of, pointed_tag, show_moved

if TYPE_CHECKING:
    from tui.screens.codebook import CodebookScreen


def describe(screen: CodebookScreen) -> Awaitable[None] | None:
    """Write what the tag is for."""
    from tui.screens.tag_form import TagForm

    tag = pointed_tag(screen)
    if tag is None:
        return None

    def write(words: Mapping[str, str]) -> None:
        screen.act(lambda: codebook_of(screen).describe(tag.path, **words))

    return screen.ask(TagForm(tag), write)


def note(screen: CodebookScreen) -> Awaitable[None] | None:
    """Write a note on the tag."""
    from tui.screens.note_editor import write_note

    tag = pointed_tag(screen)
    if tag is None:
        return None

    def save(text: str, failed: Callable[[], object]) -> None:
        screen.act(lambda: codebook_of(screen).describe(tag.path, note=text), failed=failed)

    return write_note(screen, tag.path, tag.note, save)


def colour(screen: CodebookScreen) -> Awaitable[None] | None:
    """Colour the tag."""
    from tui.screens.choice import Choice, Option

    tag = pointed_tag(screen)
    if tag is None:
        return None
    page = screen.reader.page
    options = [Option("", "none")]
    options += [Option(name, name, page.chip_style(name)) for name in COLOURS]
    return screen.ask(
        Choice(f"Colour of {tag.path}", options, tag.colour),
        lambda name: screen.act(lambda: codebook_of(screen).recolour(tag.path, name)),
    )


def key(screen: CodebookScreen) -> Awaitable[None] | None:
    """Put the tag on a digit."""
    from tui.screens.choice import Choice, Option

    tag = pointed_tag(screen)
    if tag is None:
        return None
    pinned = {digit: each.path for digit, each in codebook_of(screen).pinned().items()}
    options = [Option("", "no key of its own")]
    options += [Option(digit, f"{digit}  {pinned.get(digit, '')}") for digit in "123456789"]
    return screen.ask(
        Choice(f"Key of {tag.path}", options, tag.key),
        lambda digit: screen.act(lambda: codebook_of(screen).assign_key(tag.path, digit)),
    )


def exclusive(screen: CodebookScreen) -> None:
    """Let the tags right below exclude each other, or no more."""
    node = screen.cards.pointed
    if node is not None:
        tag = screen.tag_of(node)
        now = tag is not None and tag.exclusive
        screen.act(
            lambda: codebook_of(screen).set_exclusive(node.path, not now),
            lambda _: show_moved(screen, node.path),
        )


def earlier(screen: CodebookScreen) -> None:
    """Put the tag before its sibling."""
    _shift(screen, -1)


def later(screen: CodebookScreen) -> None:
    """Put the tag after its sibling."""
    _shift(screen, 1)


def _shift(screen: CodebookScreen, steps: int) -> None:
    tag = pointed_tag(screen)
    if tag is None:
        return
    parent = tag.path.rpartition("/")[0]
    siblings = [path for path in screen.desk.tags if path.rpartition("/")[0] == parent]
    at = siblings.index(tag.path)
    to = at + steps
    if 0 <= to < len(siblings):
        siblings[at], siblings[to] = siblings[to], siblings[at]
        screen.act(lambda: codebook_of(screen).order(siblings))
    else:
        beside = f"the tags beside it, below {parent}" if parent else "the tags beside it"
        screen.say(f"It is the {'first' if steps < 0 else 'last'} of {beside}")
