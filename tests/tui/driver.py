"""What a test does with the reader: press, click, look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerCancelled

from annotations.library.library import Library
from annotations.model import Highlight
from tui.app import Florilegium
from tui.screens.reader import Reader


class Driver:
    """The reader as its user has it, and what lies behind it.

    Args:
        app: Running.
        pilot: Presses its keys.
    """

    def __init__(self, app: Florilegium, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def reader(self) -> Reader:
        """The reader's screen."""
        return self.app.reader

    @property
    def screen(self) -> Screen[object]:
        """The screen on top: the reader or a dialog."""
        return self.app.screen

    @property
    def library(self) -> Library:
        """The library that is read."""
        return self.reader.desk.library

    @property
    def highlights(self) -> list[Highlight]:
        """Those in the library, of the open document."""
        document = self.reader.desk.document
        return list(self.library.highlights.list(document=document.id)) if document else []

    @property
    def notices(self) -> list[str]:
        """What has been said, in order."""
        return [notice.message for notice in self.app._notifications]

    async def settle(self) -> None:
        """Wait until everything that was begun is done and painted."""
        # What the workers gave is put on the screen, or sets others to work, then painted.
        for _ in range(2):
            await self._worked()
            await self.pilot.pause()

    async def _worked(self) -> None:
        """Wait for all workers, of which some may be cancelled, since others take their place."""
        while True:
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
                return
            await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let the reader go on until something holds; work may go on meanwhile.

        A notice comes as a message: it is there a little after what it tells of.
        """
        async with asyncio.timeout(60):
            while not holds():
                await self.pilot.pause(0.02)

    async def press(self, *keys: str) -> None:
        """Press keys, by Textual's names, and wait for what they do."""
        await self.pilot.press(*keys)
        await self.settle()

    async def chord(self, letter: str) -> None:
        """Press a letter with Alt: a terminal sends the letter along."""
        self._send(events.Key(f"alt+{letter}", letter))
        await self.settle()

    async def write(self, text: str) -> None:
        """Type a text, as fast as a terminal sends it: what is seen meanwhile is not painted."""
        for each in text:
            self._send(events.Key(_character_to_key(each), each))
        await self.pilot.pause()
        await self.settle()

    def _send(self, key: events.Key) -> None:
        driver = self.app._driver
        assert driver is not None
        key.set_sender(self.app)
        driver.send_message(key)

    async def click(self, widget: Widget, x: int, y: int, times: int = 1) -> None:
        """Click into a widget."""
        await self.pilot.click(widget, offset=(x, y), times=times)
        await self.settle()

    def lines(self, widget: Widget) -> list[str]:
        """What a widget shows."""
        return [widget.render_line(y).text.rstrip() for y in range(widget.content_size.height)]

    def seen(self, widget: Widget) -> str:
        """The same as one text."""
        return "\n".join(self.lines(widget))
