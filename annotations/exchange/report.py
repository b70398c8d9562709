"""What was lost on the way between two programs, counted by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.library.rows import COLOURS, DESCRIPTIONS, FIELDS
from annotations.library.wording import numbered

if TYPE_CHECKING:
    from annotations.exchange.bundle import TagRecord
    from annotations.exchange.citation import Described


_FIELDS = ("author", "publisher", "published", "language", "kind", "source")


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that did not come across."""

    what: str
    """In the plural, without a number: ``colours of tags``."""
    count: int
    examples: tuple[str, ...]


class LossReport:
    """Counts what a format could not hold, or what in a file could not be read, by kind.

    It fills while records stream by and is complete when they have all been consumed.
    """

    EXAMPLES = 3
    """How many instances of a kind are kept to be shown."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._counts)

    def add(self, what: str, example: str = "", count: int = 1) -> None:
        """Count ``what``, as :func:`~annotations.library.wording.numbered` takes it; ``example``
        names the instance."""
        self._counts[what] = self._counts.get(what, 0) + count
        examples = self._examples.setdefault(what, [])
        if example and len(examples) < self.EXAMPLES:
            shown = shorten(example)
            if shown not in examples:
                examples.append(shown)

    def add_what_is_said_of(self, tag: TagRecord) -> None:
        """Count the description and the colour that a tag has."""
        if tag.description:
            self.add(DESCRIPTIONS, tag.path)
        if tag.colour:
            self.add(COLOURS, tag.path)

    def add_fields_of(self, document: Described, *held: str) -> None:
        """Count the fields that a document has beside its title and those that are ``held``."""
        filled = [name for name in _FIELDS if name not in held and getattr(document, name)]
        if filled:
            self.add(FIELDS, f"{', '.join(filled)} of {document.title}", len(filled))

    @property
    def losses(self) -> tuple[Loss, ...]:
        """All kinds, in the order in which they were first met."""
        return tuple(
            Loss(what, count, tuple(self._examples[what])) for what, count in self._counts.items()
        )

    def summary(self) -> str:
        """All kinds in one line, without examples; empty where nothing was lost."""
        return ", ".join(numbered(count, what) for what, count in self._counts.items())

    def lines(self) -> list[str]:
        """One line a kind, with examples: what ``--report`` writes."""
        return [
            ": ".join(filter(None, (numbered(loss.count, loss.what), "; ".join(loss.examples))))
            for loss in self.losses
        ]


def shorten(text: str, width: int = 60) -> str:
    """``text`` on one line, without control characters, cut to ``width`` code points."""
    flat = " ".join(text[: width * 8].split())
    printable = "".join(character if character.isprintable() else "�" for character in flat)
    return printable if len(printable) <= width else printable[: width - 1] + "…"
