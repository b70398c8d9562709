"""The acts on the codebook, on the tag that its screen points at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from annotations.library.tagpath import clean
from annotations.library.wording import counted
from annotations.query.fields import DESCENDANTS, in_quotes, tag_query
from tui.actions.picking import tag_picker

if TYPE_CHECKING:
    from annotations.library.codebook import Codebook
    from annotations.library.library import Library
    from annotations.library.tags import Clash
    from annotations.model import Tag
    from tui.codetree import Node
    from tui.screens.codebook import CodebookScreen
    from tui.screens.reader import Reader
    from tui.screens.tag_picker import Entry


def start(reader: Reader) -> Awaitable[None]:
    """Open the codebook."""
    from tui.screens.codebook import CodebookScreen

    return reader.visit(CodebookScreen(reader))


def leave(screen: CodebookScreen) -> None:
    """Back to the text; out of the field first."""
    screen.leave_filter()


def find(screen: CodebookScreen) -> None:
    """Type letters of a tag."""
    screen.set_focus(screen.field)


def add(screen: CodebookScreen) -> Awaitable[None]:
    """Make a tag."""
    from tui.screens.prompt import Prompt

    node = screen.cards.pointed
    start_with = ""
    if node is not None:
        start_with = f"{node.path}/" if node.is_tag else node.path

    def make(path: str) -> None:
        screen.act(lambda: codebook_of(screen).add(path), lambda made: screen.refold(made.path))

    return screen.ask(Prompt("New tag", codebook_of(screen).free, start_with, "risk/tiers"), make)


def rename(screen: CodebookScreen) -> Awaitable[None] | None:
    """Rename the tag."""
    from tui.screens.prompt import Prompt

    node = screen.cards.pointed
    if node is None:
        return None
    check = partial(codebook_of(screen).renamed, node.path)
    return screen.ask(
        Prompt(f"Rename {node.path}", check, node.path), partial(_rename, screen, node.path)
    )


def _rename(screen: CodebookScreen, path: str, new_path: str) -> None:
    screen.act(
        lambda: codebook_of(screen).rename(path, new_path),
        lambda _: show_moved(screen, clean(new_path)),
    )


def show_moved(screen: CodebookScreen, path: str) -> None:
    """Point at a tag that is at another place, and say where it excludes what it stands with."""
    screen.refold(path)
    screen.warn(codebook_of(screen).clashes_of([path]))


def move(screen: CodebookScreen) -> Awaitable[None] | None:
    """Put the tag under another."""
    node = screen.cards.pointed
    if node is None:
        return None

    def put(entry: Entry) -> None:
        screen.act(
            lambda: codebook_of(screen).move(node.path, entry.path),
            lambda _: show_moved(screen, f"{entry.path}/{node.name}"),
        )

    check = partial(codebook_of(screen).moved, node.path)
    return _pick(screen, f"Put {node.path} under", node, put, check)


def merge(screen: CodebookScreen) -> Awaitable[None] | None:
    """Make the tag one with another."""
    node = screen.cards.pointed
    if node is None:
        return None

    def join(entry: Entry) -> None:
        def change(library: Library) -> tuple[int, list[Clash]]:
            number = library.codebook.merge(node.path, entry.path)
            return number, library.codebook.clashes_of([entry.path])

        def tell(done: tuple[int, list[Clash]]) -> None:
            number, clashes = done
            screen.refold(entry.path)
            screen.say(f"Merged {node.path} into {entry.path}: {counted(number, 'highlight')}")
            screen.warn(clashes)

        screen.act_on_many(
            f"Merging {node.path}",
            2 * codebook_of(screen).bearers(node.path),
            change,
            tell,
        )

    return _pick(screen, f"Merge {node.path} into", node, join, making=False)


def split(screen: CodebookScreen) -> Awaitable[None] | None:
    """Pick the passages of the tag that get another one."""
    tag = pointed_tag(screen)
    if tag is None:
        return None
    mark, split = map(screen.reader.key, ("passage-mark", "passage-split"))
    screen.say(f"{mark} marks passages; {split} gives the marked ones another tag instead of this")
    return _passages_of(screen, tag_query(tag.path), splitting=tag.path)


def passages(screen: CodebookScreen) -> Awaitable[None] | None:
    """The passages that bear the tag or one below it."""
    node = screen.cards.pointed
    if node is None:
        return None
    itself = tag_query(node.path)
    below = f"{in_quotes(node.path)}{DESCENDANTS}"
    if not node.is_tag:
        return _passages_of(screen, below)
    return _passages_of(screen, f"{itself} or {below}" if node.below else itself)


def _passages_of(screen: CodebookScreen, query: str, splitting: str = "") -> Awaitable[None]:
    from tui.screens.passages import PassagesScreen

    return screen.reader.visit(PassagesScreen(screen.reader, query, splitting))


def delete(screen: CodebookScreen) -> Awaitable[None] | None:
    """Delete the tag, if the user is sure."""
    from tui.screens.confirm import Confirm

    node = screen.cards.pointed
    if node is None:
        return None
    number = codebook_of(screen).bearers(node.path)
    below = f" and {node.below:,} below it" if node.below else ""
    lose = "loses" if number == 1 else "lose"
    losers = f"{counted(number, 'highlight')} {lose} it" if number else "No highlight bears it"
    undo = screen.reader.key("undo")
    return screen.ask(
        Confirm(f"Delete {node.path}{below}?", f"{losers}. {undo} brings it back."),
        lambda _: screen.act_on_many(
            f"Deleting {node.path}",
            number,
            lambda library: library.codebook.delete(node.path),
            lambda lost: screen.say(
                f"Deleted {node.path}" + (f", from {counted(lost, 'highlight')}" if lost else "")
            ),
        ),
    )


def fold(screen: CodebookScreen) -> None:
    """Hide what is below; where nothing is, go to the tag above."""
    node = screen.cards.pointed
    if node is None:
        return
    if node.below and node.path not in screen.folded:
        screen.folded.add(node.path)
        screen.refold()
    elif node.parent:
        screen.refold(node.parent)


def unfold(screen: CodebookScreen) -> None:
    """Show what is below."""
    node = screen.cards.pointed
    if node is not None:
        screen.folded.discard(node.path)
        screen.refold()


def _pick(
    screen: CodebookScreen,
    title: str,
    node: Node,
    then: Callable[[Entry], None],
    check: Callable[[str], object] = clean,
    *,
    making: bool = True,
) -> Awaitable[None]:
    """Ask for another tag than ``node``; see :func:`tag_picker`."""
    family = f"{node.path}/"
    others = [
        path for path in screen.desk.tags if path != node.path and not path.startswith(family)
    ]
    picker = tag_picker(screen.reader, title, others, making=making, check=check)
    return screen.ask(picker, then)


def codebook_of(screen: CodebookScreen) -> Codebook:
    """The codebook of the library that is open."""
    return screen.desk.library.codebook


def pointed_tag(screen: CodebookScreen) -> Tag | None:
    """The tag that is pointed at; a line that is none says so."""
    node = screen.cards.pointed
    if node is None:
        return None
    if not node.is_tag:
        screen.say(
            f"{node.path} is only a part of paths; {screen.reader.key('tag-add')} makes it a tag"
        )
    return screen.tag_of(node)
