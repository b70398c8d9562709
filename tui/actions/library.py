"""Keeping a file, and what was marked in it before."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.library.wording import counted
from tui.actions.adding import password_asked
from tui.actions.revisions import became
from tui.jobs import Job, Progress
from tui.widgets.lines import one_line

if TYPE_CHECKING:
    from annotations.library.library import Library
    from annotations.model import Document
    from tui.adopting import Adopted
    from tui.loose import Imported
    from tui.screens.reader import Reader


def keep(reader: Reader) -> None:
    """Add the open file to the library, while it is read."""
    file = reader.desk.file
    if file is None:
        return

    def take(imported: Imported) -> None:
        reader.desk.refresh()
        # The user may have gone on to another document meanwhile.
        if reader.desk.file is file:
            turned = reader.page.visual_order
            reader.views.open(imported.document, imported.position)
            if turned:
                reader.act(lambda: reader.desk.library.reading.turn(imported.document.id, turned))
                reader.page.visual_order = turned
        if imported.revised is not None:
            reader.say(f"{imported.document.title} has changed: {became(reader, imported.revised)}")
        if imported.adopted.left:
            reader.say(str(imported.adopted), "warning")
        settle(reader)

    def left() -> str:
        count = len(reader.desk.waiting)
        return f". {_waits(count)} until it is added" if count else ""

    reader.start(
        Job(
            f"Adding {file.path.name}",
            "characters",
            lambda library, progress: file.import_into(
                library, progress, lambda: reader.page.caret, password_asked(reader, progress)
            ),
            take,
            left,
        )
    )


def settle(reader: Reader) -> None:
    """Place the highlights that wait for a file which is in the library by now, and tell of those
    that go on waiting."""
    library, file = reader.desk.library, reader.desk.file
    here: list[tuple[Document, Path]] = []
    for path, waiting in groupby(library.waiting.list(), lambda each: Path(each.path)):
        document = reader.desk.document_at(path)
        if document is not None:
            here.append((document, path))
        elif file is None or path != file.path:
            name, count = one_line(path.name), len(list(waiting))
            key = reader.key("add")
            reader.say(f"{_waits(count)} until {name} is added: {key} adds {path}", "warning")
    if here:
        reader.start(
            Job(
                "Placing highlights",
                "files",
                partial(_place, here),
                lambda came: reader.say(". ".join(map(str, came))),
            )
        )


def _place(
    here: list[tuple[Document, Path]], library: Library, progress: Progress
) -> list[Adopted]:
    """Give documents the highlights that waited for their files."""
    from tui.adopting import adopt

    came: list[Adopted] = []
    for document, path in here:
        progress.check(len(came))
        came.append(adopt(library, document, path))
    return came


def _waits(count: int) -> str:
    return f"{counted(count, 'highlight')} {'waits' if count == 1 else 'wait'}"
