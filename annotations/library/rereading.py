"""Reading the file of a document again, in another encoding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotations.errors import InvalidError
from annotations.formats import read
from annotations.library.documents import Documents
from annotations.library.importing import Added
from annotations.library.storing import Progress
from annotations.library.wording import quoted


def read_again(
    documents: Documents, document_id: str, encoding: str, progress: Progress | None = None
) -> Added:
    """Read the file that a document came from again; what it says then is a revision.

    Args:
        documents: of the library.
        document_id: of the document.
        encoding: its name, as for :func:`annotations.formats.read`.
        progress: as for :meth:`Documents.add`.

    Raises:
        InvalidError: the document came from no file.
        UnreadableFileError: the file is gone, or cannot be read so; the library is as it was.
        ConflictError: read so, it has the text of another document.
    """
    document = documents.get(document_id)
    if not document.path:
        raise InvalidError(
            f"{quoted(document.title)} came from no file: "
            f"add it anew with flor add --encoding {encoding} --revises {document.id[:8]}"
        )
    imported = read(Path(document.path), encoding=encoding)
    # What was found out about the file before is as true of it now.
    about = replace(imported.metadata, path=document.path)
    return documents.add(replace(imported, metadata=about), progress=progress, revises=document_id)
