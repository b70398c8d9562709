from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotations.library.library import Library
from annotations.model import Document
from tests.unit.library.support import TEXT, empty_library, imported

Open = Callable[..., Library]


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Open]:
    """Opens the same empty library as often as is asked, for any coder."""
    opened: list[Library] = []

    def open_(coder: str = "ann", name: str = "library.sqlite") -> Library:
        path = tmp_path / name
        library = Library(path if path.exists() else empty_library(path), coder)
        opened.append(library)
        return library

    yield open_
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Open) -> Library:
    """An empty library."""
    return open_library()


@pytest.fixture
def document(library: Library) -> Document:
    """A document of :data:`TEXT` in the library."""
    return library.documents.add(imported(TEXT)).document
