"""The line to type in, on a screen of its own."""

from __future__ import annotations

from textual.app import App, ComposeResult

from tui.widgets.field import Field


class Alone(App[None]):
    """A field of ten cells."""

    CSS = "Field { width: 10; border: none; height: 1; padding: 0 1; }"

    def compose(self) -> ComposeResult:
        yield Field()


async def test_typing_lays_nothing_out_and_keeps_the_cursor_in_sight() -> None:
    app = Alone()
    layouts: list[object] = []
    async with app.run_test(size=(40, 5)) as pilot:
        field = app.query_one(Field)
        await pilot.pause()
        app.screen.screen_layout_refresh_signal.subscribe(app, layouts.append, immediate=True)
        await pilot.press(*"abcdefghijkl")
        shown = field.render_line(0).text
        assert shown.rstrip().endswith("fghijkl")
        await pilot.press("home")
        assert field.render_line(0).text.startswith("abcdef")
    assert not layouts
