"""What can go wrong, in words for the person at the keyboard.

Every message is one line that says what happened, to what, and what to do.
"""


class FlorilegiumError(Exception):
    """The root of all errors that are shown to the user; never a programming mistake."""


class UnreadableFileError(FlorilegiumError):
    """A file could not be read as a document."""


class PasswordNeededError(UnreadableFileError):
    """A file is opened by a password only, and by none or another than was given."""


class UnwritableFileError(FlorilegiumError):
    """A file outside the library could not be written."""


class LibraryError(FlorilegiumError):
    """The library file could not be opened, read or written."""


class LibraryBusyError(LibraryError):
    """Another program holds the library's write lock."""


class LibraryFullError(LibraryError):
    """The disk, or the file's size limit, has no room for the change."""


class NotFoundError(FlorilegiumError):
    """No document, highlight or tag is called that."""


class AmbiguousError(FlorilegiumError):
    """More than one document, highlight or tag is called that."""


class InvalidError(FlorilegiumError):
    """A value that cannot be stored: a span outside the text, an empty tag path, ..."""


class NothingToUndoError(FlorilegiumError):
    """There is no act of this coder to undo or redo."""


class ConflictError(FlorilegiumError):
    """What an undo would restore has been changed since by somebody else."""


class ActStopped(FlorilegiumError):
    """The user stopped an act; the library is as it was before."""


class QuerySyntaxError(InvalidError):
    """A query cannot be read. Says where: ``position`` counts code points of ``query`` from 0.

    ``is_unfinished``: more of it may make it one that can be read.
    """

    def __init__(
        self, problem: str, query: str, position: int, *, is_unfinished: bool = False
    ) -> None:
        super().__init__(f"{problem} (character {position + 1} of the query)")
        self.problem = problem
        self.query = query
        self.position = position
        self.is_unfinished = is_unfinished


class ImportCancelled(FlorilegiumError):
    """The user stopped an import; the library is as it was before."""
