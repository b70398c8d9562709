"""Opening the library: where it lies, who reads, and what a new one holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotations.library.library import Library
from annotations.library.location import coder_name, library_path
from annotations.library.schema import Updating
from annotations.library.wording import counted

SEEDER = "florilegium"
"""Who lays in what a new library holds, so that no reader's undo takes it back."""

_CATALOG_FIELDS = {
    "title": "title",
    "author": "author",
    "publisher": "publisher",
    "date": "published",
    "language": "language",
    "kind": "kind",
    "source": "source",
}
"""A key of catalog.toml, and the field of :class:`annotations.model.Metadata` that it sets."""


def open_library(
    path: Path | str | None = None,
    *,
    coder: str | None = None,
    create: bool = True,
    updating: Updating = lambda _: None,
) -> Library:
    """Open the library, made with the shipped documents and tags if it is not there.

    Args:
        path: the file; None: FLORILEGIUM_LIBRARY, or the platform's data folder.
        coder: who reads and annotates; None: FLORILEGIUM_CODER, or the login name.
        create: whether to make a library where there is none.
        updating: told now and then how much of an update of an older library is done, 0 to 1, or
            None while another program does that; may raise, which leaves the library as it was.

    Raises:
        LibraryError: the file cannot be opened, is another program's, or is of a newer version of
            this one; what is there is left as it is.
    """
    return Library(
        library_path(path), coder_name(coder), create=create, on_create=_seed, updating=updating
    )


def _seeds_folder() -> Path | None:
    """The shipped documents: inside the package where it is installed, beside it in a clone."""
    package = Path(__file__).resolve().parent
    for folder in (package / "seeds", package.parent / "seeds"):
        if (folder / "catalog.toml").is_file():
            return folder
    return None


def _seed(library: Library) -> None:
    """Lay in the shipped documents and tags, as one act."""
    folder = _seeds_folder()
    if folder is None:
        return
    # Only the very first start pays for the readers of files.
    import csv
    import tomllib

    from annotations.formats import read

    catalog = tomllib.loads((folder / "catalog.toml").read_text(encoding="utf-8"))["documents"]
    with (folder / "codebook.csv").open(encoding="utf-8", newline="") as lines:
        tags = list(csv.DictReader(lines))
    with library.journal.act("seed", coder=SEEDER) as act:
        act.summary = f"laid in {counted(len(catalog), 'document')} and {counted(len(tags), 'tag')}"
        for entry in catalog:
            imported = read(folder / entry["file"])
            told = {
                field: str(entry[key]) for key, field in _CATALOG_FIELDS.items() if key in entry
            }
            metadata = replace(imported.metadata, **told)
            library.documents.add(replace(imported, metadata=metadata))
        for tag in tags:
            library.codebook.add(tag["path"], tag["description"], tag["colour"])
