"""Keeping the screen and the library file in step while nobody presses a key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING

from annotations.errors import FlorilegiumError
from tui.widgets.lines import titled

if TYPE_CHECKING:
    from annotations.model import Document
    from tui.desk import Desk
    from tui.screens.reader import Reader

POLL_SECONDS = 0.5
"""How often another program's changes are looked for."""
QUIET_SECONDS = 0.25
"""How long after a key nothing is looked for."""
KEEP_SECONDS = 1.0
"""How long after the last key the place is remembered."""


class Watch:
    """Looks for what other programs changed, and remembers the place of the reader.

    Args:
        reader: Shown anew where something has changed.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._last_key = 0.0
        self._preparing = self._prepare()
        self._kept: tuple[str, int] = ("", 0)

    def begin(self) -> None:
        """Look from now on."""
        self._reader.set_interval(POLL_SECONDS, self._look)

    def stir(self) -> None:
        """A key was pressed: what can wait does."""
        self._last_key = monotonic()

    def _look(self) -> None:
        idle = monotonic() - self._last_key
        if idle < QUIET_SECONDS:
            return
        library = self._reader.desk.library
        try:
            changed = library.changed()
        except FlorilegiumError as error:
            self._reader.complain(str(error))
            return
        if changed:
            before = self._reader.desk.document
            self._reader.reload()
            overwritten = library.journal.overwritten()
            for line in overwritten or self._changed(before):
                self._reader.say(line, "warning")
        elif self._reader.is_active and next(self._preparing, False):
            return
        elif idle > KEEP_SECONDS and self.keep_position():
            self._reader.browsing.show()

    def _changed(self, before: Document | None) -> Iterator[str]:
        """That the open text is another one now; what was selected in it is not any more."""
        now = self._reader.desk.document
        if before and now and before.id == now.id and before.revision != now.revision:
            yield f"{titled(now.title)} has another text now"

    def _prepare(self) -> Iterator[bool]:
        """Do beforehand, a part at a time, what would make the first tag wait; True after each."""
        from tui.actions.picking import tag_picker
        from tui.screens.kept import mount_kept, paint_ahead

        picker = tag_picker(self._reader, "")
        mount_kept(self._reader.app, picker)
        yield True
        # As the key of its command would.
        import_module("tui.actions.annotate")
        paint_ahead(picker)
        yield True

    def put(self, desk: Desk) -> None:
        """The reader was put where another text continues: that is no reading of its own."""
        if desk.document is not None:
            self._kept = (desk.document.id, desk.position())

    def keep_position(self) -> bool:
        """Remember where the reader is; whether that is news."""
        document, position = self._reader.desk.document, self._reader.page.caret
        if document is None or self._kept == (document.id, position):
            return False
        # Reading goes on where nothing can be written; that is said when a highlight is made.
        with suppress(FlorilegiumError):
            self._reader.desk.library.reading.save(document.id, position)
            self._kept = (document.id, position)
            return True
        return False
