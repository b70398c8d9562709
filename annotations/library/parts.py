"""What a library is made of: its documents, highlights, tags, and whatever else is asked for.

Most are loaded when they are first asked for, as a start that only lists or exports needs few.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotations.library.connection import Connection
from annotations.library.documents import Documents
from annotations.library.journal import Journal

if TYPE_CHECKING:
    from annotations.library.codebook import Codebook
    from annotations.library.coding import Coding
    from annotations.library.duplicates import Duplicates
    from annotations.library.files import Files
    from annotations.library.folders import Folders
    from annotations.library.highlights import Highlights
    from annotations.library.marks import Marks
    from annotations.library.merging import Merging
    from annotations.library.passages import Passages
    from annotations.library.preferences import Preferences
    from annotations.library.queries import SavedQueries
    from annotations.library.reading import Reading
    from annotations.library.revisions import Revisions
    from annotations.library.search import Search
    from annotations.library.sections import Sections
    from annotations.library.waiting import Waiting


class Parts:
    """The parts of an open library.

    Args:
        connection: to its file.
        coder: who reads and annotates.
    """

    def __init__(self, connection: Connection, coder: str) -> None:
        self.coder = coder
        self._connection = connection
        self.journal = Journal(connection, coder)
        self.documents = Documents(connection, self.journal)

    @cached_property
    def codebook(self) -> Codebook:
        """The tags."""
        from annotations.library.codebook import Codebook

        return Codebook(self._connection, self.journal)

    @cached_property
    def files(self) -> Files:
        """The files that have been read."""
        from annotations.library.files import Files

        return Files(self._connection)

    @cached_property
    def reading(self) -> Reading:
        """Where the coder is in each document."""
        from annotations.library.reading import Reading

        return Reading(self._connection, self.coder)

    @cached_property
    def folders(self) -> Folders:
        """The folders of documents."""
        from annotations.library.folders import Folders

        return Folders(self._connection, self.journal)

    @cached_property
    def sections(self) -> Sections:
        """The documents as lists: which of them, in what order."""
        from annotations.library.sections import Sections

        return Sections(self._connection, self.documents.titles, self.coder)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Documents that are nearly the same."""
        from annotations.library.duplicates import Duplicates

        return Duplicates(self._connection, self.documents)

    @cached_property
    def marks(self) -> Marks:
        """What the coder has read, and means to read."""
        from annotations.library.marks import Marks

        return Marks(self._connection, self.journal)

    @cached_property
    def preferences(self) -> Preferences:
        """How the coder likes things shown."""
        from annotations.library.preferences import Preferences

        return Preferences(self._connection, self.coder)

    @cached_property
    def highlights(self) -> Highlights:
        """The highlights."""
        from annotations.library.highlights import Highlights

        return Highlights(self._connection, self.journal, lambda: self.codebook)

    @cached_property
    def revisions(self) -> Revisions:
        """The texts that documents have had, and what became of the highlights."""
        from annotations.library.revisions import Revisions

        return Revisions(self._connection, self.journal, self.documents)

    @cached_property
    def merging(self) -> Merging:
        """The way in for what was made elsewhere."""
        from annotations.library.merging import Merging

        return Merging(self._connection, self.journal, self.documents, self.codebook)

    @cached_property
    def passages(self) -> Passages:
        """Highlights found by query."""
        from annotations.library.passages import Passages

        return Passages(self._connection)

    @cached_property
    def search(self) -> Search:
        """Documents found by their words."""
        from annotations.library.search import Search

        return Search(self._connection, self.documents, self.codebook)

    @cached_property
    def queries(self) -> SavedQueries:
        """Passages queries and searches kept under a name."""
        from annotations.library.queries import SavedQueries

        return SavedQueries(self._connection, self.journal)

    @cached_property
    def waiting(self) -> Waiting:
        """Highlights in files that are still coming in."""
        from annotations.library.waiting import Waiting

        return Waiting(self._connection, self.coder, lambda: self.highlights)

    @cached_property
    def coding(self) -> Coding:
        """Passages found by a search or a query, to be tagged in one act."""
        from annotations.library.coding import Coding

        return Coding(
            self.journal, self.documents, self.highlights, self.codebook, self.passages, self.search
        )
