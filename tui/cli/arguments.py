"""Documents, tags and folders as arguments: what they are, and what the shell offers for them.

The shell's question makes no library, and is never answered by a complaint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import click

from annotations.errors import FlorilegiumError
from annotations.library.wording import counted
from tui.cli.session import SHORT_ID, Session

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from annotations.library.library import Library

F = TypeVar("F", bound=Callable[..., None])

MOST = 200
"""How many are offered at once."""


class _Named(click.types.StringParamType):
    """Something in the library that a text on the command line names."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        session = ctx.find_object(Session) or Session()
        try:
            with session.library(create=False) as library:
                offers = islice(self.offers(library, incomplete.casefold()), MOST)
                return [CompletionItem(value, help=said) for value, said in offers]
        except FlorilegiumError:
            return []

    def offers(self, library: Library, wanted: str) -> Iterator[tuple[str, str]]:
        """What begins as ``wanted``, with a word on each."""
        raise NotImplementedError


class _Document(_Named):
    """A document, by what ``library.documents.find`` takes."""

    name = "document"

    def offers(self, library: Library, wanted: str) -> Iterator[tuple[str, str]]:
        for each in library.documents.list():
            if each.id.startswith(wanted) or wanted in each.title.casefold():
                yield each.id[:SHORT_ID], each.title


class _Tag(_Named):
    """A tag, by its path."""

    name = "tag"

    def offers(self, library: Library, wanted: str) -> Iterator[tuple[str, str]]:
        for each in library.codebook.tags():
            if each.path.casefold().startswith(wanted):
                yield each.path, each.description


class _Folder(_Named):
    """A folder, by its path."""

    name = "folder"

    def offers(self, library: Library, wanted: str) -> Iterator[tuple[str, str]]:
        for each in library.folders.list():
            if each.path.casefold().startswith(wanted):
                yield each.path, counted(each.documents, "document")


DOCUMENT = _Document()
TAG = _Tag()
FOLDER = _Folder()

documents_argument = click.argument(
    "documents", metavar="DOCUMENT...", type=DOCUMENT, nargs=-1, required=True
)

document_option = click.option(
    "--document", metavar="DOCUMENT", type=DOCUMENT, help="Of this document only."
)
tag_option = click.option("--tag", metavar="PATH", type=TAG, help="With this tag only.")


def document_ids(library: Library, references: Iterable[str]) -> list[str]:
    """The ids of documents as they are named on the command line.

    Raises:
        NotFoundError: One of them names none.
        AmbiguousError: One may mean several.
    """
    return [library.documents.find(reference).id for reference in references]


def visual_order_option(says: str) -> Callable[[F], F]:
    """The option that puts right-to-left text in the order of reading.

    Args:
        says: What its help says.
    """
    return click.option("--visual-order/--logical-order", "visual", default=None, help=f"{says}.")
