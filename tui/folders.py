"""What the sidebar can list: everything, the unread, folders, searches, the deleted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotations.library.folders import Folder as DocumentFolder
    from annotations.library.queries import SavedQuery


class Kind(Enum):
    """What a folder is."""

    ALL = auto()
    UNREAD = auto()
    TO_READ = auto()
    FOLDER = auto()
    """One that the user has made."""
    SEARCH = auto()
    """A saved search: a smart folder."""
    DELETED = auto()


class Folder(NamedTuple):
    """Something that the sidebar can list."""

    kind: Kind
    name: str
    id: str = ""
    """Of one that the user has made or kept; its name may change."""
    path: str = ""
    """Of one that the user has made."""
    query: str = ""
    """Of a search."""
    documents: int | None = None
    """How many are in it, where that is known."""

    @property
    def depth(self) -> int:
        """Steps of indent."""
        return self.path.count("/")

    def is_same(self, other: Folder) -> bool:
        """Whether this is the other one, as it is now."""
        return (self.kind, self.id) == (other.kind, other.id)

    def lists_same(self, other: Folder) -> bool:
        """Whether it also asks for the same documents."""
        return self.is_same(other) and (self.path, self.query) == (other.path, other.query)


EVERYTHING = Folder(Kind.ALL, "All documents")


def tree(
    made: Iterable[DocumentFolder], saved: Iterable[SavedQuery], everything: int, deleted: int
) -> Iterator[Folder]:
    """The folders in the order in which they are shown.

    Args:
        made: Those that the user has made; those in a folder follow it.
        saved: Queries; the searches among them are smart folders.
        everything: How many documents there are.
        deleted: How many have been deleted.
    """
    yield Folder(Kind.ALL, EVERYTHING.name, documents=everything)
    yield Folder(Kind.UNREAD, "Unread")
    yield Folder(Kind.TO_READ, "To read")
    for each in made:
        name = each.path.rpartition("/")[2]
        yield Folder(Kind.FOLDER, name, each.id, each.path, documents=each.documents)
    for query in saved:
        if query.language == "search":
            yield Folder(Kind.SEARCH, query.name, query.id, query=query.query)
    if deleted:
        yield Folder(Kind.DELETED, "Deleted", documents=deleted)
