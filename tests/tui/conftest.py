"""The reader under test: on a library of its own, without animation, at a fixed size."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from annotations.library.library import Library
from tests.tui.driver import Driver
from tui.app import Florilegium
from tui.config import Config

Open = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def reader(library: Library, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the reader on the library of this test: ``async with reader("Title") as screen``."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    # However long a busy machine takes, what was said is there to be looked at.
    monkeypatch.setattr("tui.screens.commanded._NEWS_SECONDS", 600.0)
    monkeypatch.setattr(Florilegium, "NOTIFICATION_TIMEOUT", 600.0)
    # Textual's pilot takes an app to be done when it has been idle for so long after a key.
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.008)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.0008)

    @asynccontextmanager
    async def open_reader(
        document: str = "Chinese envoy",
        *,
        size: tuple[int, int] = (120, 30),
        config: Config | None = None,
        on: Library | None = None,
    ) -> AsyncIterator[Driver]:
        app = Florilegium(on or library, config or Config(), document)
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            yield driver

    return open_reader
