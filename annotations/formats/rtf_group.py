"""What a group of RTF inherits from the one around it, and gives back at its end."""

from __future__ import annotations

from typing import NamedTuple

from annotations.formats.rtf_text import Marks
from annotations.model import MarkKind

PAGE = "page"
"""The destination of text that is seen."""
UNSEEN_GROUP = "unseen"
"""The destination of what a reader sees nothing of."""
CHARACTER_WORDS = frozenset({"b", "i", "v", "deleted", "plain", "f", "uc"})
"""Control words that say how the characters after them look or are written."""


class Group(NamedTuple):
    """A tuple rather than a dataclass, as every other word of some files makes a new one."""

    destination: str = PAGE
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    font: int = 0
    fallback: int = 1
    """Characters after a Unicode one that stand for it where it cannot be shown."""
    link: str = ""
    """The target of the field that the text is the result of."""
    note: bool = False
    """Whether the text is that of a note."""

    @property
    def marks(self) -> Marks:
        """What the group's text bears."""
        if not (self.link or self.bold or self.italic):
            return ()
        found: list[tuple[MarkKind, str]] = []
        if self.link:
            found.append((MarkKind.LINK, self.link))
        if self.bold:
            found.append((MarkKind.STRONG, ""))
        if self.italic:
            found.append((MarkKind.EMPHASIS, ""))
        return tuple(found)

    def after(self, word: str, number: int | None) -> Group:
        """The group after one of :data:`CHARACTER_WORDS`."""
        on = number != 0
        if word == "b":
            return self._replace(bold=on)
        if word == "i":
            return self._replace(italic=on)
        if word in ("v", "deleted"):
            return self._replace(hidden=on)
        if word == "plain":
            return self._replace(bold=False, italic=False, hidden=False)
        if word == "f":
            return self._replace(font=number or 0)
        return self._replace(fallback=max(number or 0, 0))

    def opening_note(self) -> Group:
        """The group in which a note's text begins: it looks by itself."""
        return self._replace(note=True, link="", bold=False, italic=False)
