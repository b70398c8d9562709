"""Asking for a tag."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from annotations.library.tagpath import clean

if TYPE_CHECKING:
    from tui.screens.reader import Reader
    from tui.screens.tag_picker import TagPicker


def tag_picker(
    reader: Reader,
    title: str,
    paths: Iterable[str] | None = None,
    *,
    first: Iterable[str] = (),
    worn: Iterable[str] = (),
    making: bool = True,
    check: Callable[[str], object] = clean,
) -> TagPicker:
    """A dialog that asks for a tag of the codebook, or a new one.

    Args:
        reader: The screen at the bottom.
        title: What the tag is for.
        paths: Which tags to offer, if not all.
        first: Those to offer before the others.
        worn: Those that are borne already; taking one takes it off.
        making: Whether a tag that is missing may be taken, to be made.
        check: Raises FlorilegiumError for a path that will not do.
    """
    from tui.screens.kept import kept
    from tui.screens.tag_picker import Question, TagPicker

    tags, borne = reader.desk.tags, list(worn)
    index = tags.index if paths is None else tags.index_of(paths)
    head = [path for path in (*borne, *first) if path in tags]
    ink = reader.page.chip_style
    asked = Question(title, tags, index, head, borne, ink, check, making)
    return kept(reader.app, TagPicker).about(asked)
