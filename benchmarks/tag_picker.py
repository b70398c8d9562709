"""The tag picker over a large codebook, beside the same in a bare Textual app.

``python -m benchmarks.tag_picker [--tags N]``: opening it, and each key in it, over the reader with
a document of 10,000 highlights. The reference is a dialog of a field and fourteen lines, which are
painted anew at each key, over a screen of text: what the framework takes for the least that a
picker can be; what is beyond that has to fit into a frame. Times are of the processor, see
:mod:`benchmarks.frames`; medians of many.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from annotations import open_library
from benchmarks.frames import FRAME, Recorder, frame
from benchmarks.large_library import Scale, make_library
from benchmarks.table import Row, print_table
from tui import collector
from tui.app import Florilegium
from tui.config import Config

SIZE = (120, 40)
ROUNDS = 7
KEYS = ("c", "h", "4", "backspace", "backspace", "backspace", "down", "up")


class Lines(Widget):
    """Fourteen lines of text."""

    DEFAULT_CSS = "Lines { height: 14; }"
    said = ""

    def render_line(self, y: int) -> Strip:
        """One of them."""
        return Strip([Segment(f"{y} {self.said}".ljust(self.size.width))])


class BarePicker(ModalScreen[None]):
    """A field and lines that follow it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss", ""),
        ("down", "say('down')", ""),
        ("up", "say('up')", ""),
    ]

    def compose(self) -> ComposeResult:
        """Both."""
        yield Input()
        yield Lines()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Paint the lines anew."""
        self.action_say(event.value)

    def action_say(self, text: str) -> None:
        """Say something else on the lines."""
        lines = self.query_one(Lines)
        lines.said = text
        lines.refresh()


class Bare(App[None]):
    """A screen of text and a picker."""

    BINDINGS: ClassVar[list[BindingType]] = [("t", "pick", "")]

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static("\n".join(["words " * 18] * SIZE[1]))

    def action_pick(self) -> None:
        """Open the picker."""
        self.push_screen(BarePicker())


async def figures(app: App[None]) -> Mapping[str, float]:
    """The medians of opening a picker and of each key in it."""

    def press(key: str) -> Callable[[int], object]:
        event = events.Key(key, key if len(key) == 1 else None)
        return lambda _: app.post_message(event)

    app.driver_class = Recorder
    running = asyncio.create_task(app.run_async(size=SIZE))
    while not (app.is_running and app.screen.size.height):
        await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        taken["open"].append(await frame(press("t"), 0))
        assert isinstance(app.screen, ModalScreen)
        for number, key in enumerate(KEYS):
            taken[f"key {number + 1}, {key}"].append(await frame(press(key), 0))
        await frame(press("escape"), 0)
    app.exit()
    await running
    return {name: median(times) for name, times in taken.items()}


def measure(folder: Path, tags: int) -> list[Row]:
    """Milliseconds for the reader's picker, beside the bare one."""
    path = folder / "library.flor"
    make_library(path, Scale(10_000, documents=1, tags=tags))
    bare = asyncio.run(figures(Bare()))
    with open_library(path, coder="ann") as library:
        collector.spare()
        ours = asyncio.run(figures(Florilegium(library, Config())))
    rows = []
    for name, own in ours.items():
        rows.append(Row(name, own, "ms", bare[name]))
        rows.append(Row(f"{name}, beyond the bare app", own - bare[name], "ms", FRAME, 1.0))
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tags", type=int, default=5_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_table(measure(Path(folder), arguments.tags))


if __name__ == "__main__":
    main()
