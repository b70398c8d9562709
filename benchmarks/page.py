"""Frame times of the page: paging, jumping, resizing, re-measuring, dragging.

``python -m benchmarks.page`` shows a text of 100 KB and one of 1 GB, without highlights and with
10,000 of them (500 over one row). A frame is what the processor does from the act to the bytes for
the terminal; the wait for the screen's next tick is not part of it. The reference of the 1 GB rows
is the same act at 100 KB; of the others, the 16 ms of a frame.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Size

from annotations.model import COLOURS
from benchmarks.frames import FRAME, Recorder, frame
from benchmarks.table import Row, print_table
from tui.page.file_source import open_file
from tui.page.overlay import Decoration
from tui.page.source import Source
from tui.widgets.page import Page, Unit

SMALL, LARGE = 100_000, 1_000_000_000
HIGHLIGHTS = 10_000
OVER_ONE_ROW = 500
ROUNDS = 40
SIZE = (120, 40)

_SENTENCE = (
    "the of and governance artificial intelligence data security development countries states "
    "we should oppose using technology to interfere in internal affairs respect principles people "
    "international cooperation open fair efficient mechanisms risk levels testing assessment"
)


class Bench(App[None]):
    """The page alone on the screen."""

    def __init__(self, source: Source, highlights: list[Decoration]) -> None:
        super().__init__(driver_class=Recorder)
        self.source = source
        self.highlights = highlights
        self.starts = [each.start for each in highlights]
        self.longest = max((each.end - each.start for each in highlights), default=0)
        self.page = Page()

    def compose(self) -> ComposeResult:
        """The page."""
        yield self.page

    def on_mount(self) -> None:
        """Open the text."""
        self.page.open(self.source)
        self.page.decorate(self.touching)
        self.page.focus()

    def touching(self, start: int, end: int) -> list[Decoration]:
        """The highlights of a window."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        return [each for each in self.highlights[first:last] if each.end > start]


def make_text(path: Path, size: int) -> None:
    """A text of about that many bytes, in paragraphs."""
    choose, vocabulary = random.Random(1).choice, _SENTENCE.split()
    paragraphs = []
    for _ in range(200):
        words = " ".join(choose(vocabulary) for _ in range(80))
        paragraphs.append(words.capitalize() + ".\n\n")
    chunk = "".join(paragraphs).encode()
    with path.open("wb") as file:
        written = 0
        while written < size:
            written += file.write(chunk[: size - written])


def make_highlights(count: int) -> list[Decoration]:
    """Highlights in the first 100 KB, some hundreds of them over one row."""
    if not count:
        return []
    draw = random.Random(2).randrange
    found = [Decoration(3000 + i % 30, 3040 + i % 25, "green") for i in range(OVER_ONE_ROW)]
    while len(found) < count:
        start = draw(SMALL - 400)
        found.append(Decoration(start, start + draw(5, 200), COLOURS[draw(len(COLOURS))]))
    return sorted(found, key=lambda each: each.start)


def acts(app: Bench) -> Iterator[tuple[str, Callable[[int], object], Callable[[], object]]]:
    """Each act by its name, and what puts the page in place before the round."""
    page = app.page

    def drag(number: int) -> None:
        y = number % (SIZE[1] - 1)
        page.post_message(
            events.MouseMove(page, 10 + number % 60, y, 0, 1, 1, False, False, False, 10, y)
        )

    def press() -> None:
        page.go_to(0)
        page.post_message(events.MouseDown(page, 8, 2, 0, 0, 1, False, False, False, 8, 2))

    def resize(number: int) -> None:
        size = Size(SIZE[0] - number % 40, SIZE[1])
        app.post_message(events.Resize(size, size))

    def measure(number: int) -> None:
        page.measure = 60 + number % 20

    yield "page down", lambda _: page.move(Unit.PAGE), lambda: page.go_to(0)
    yield "end and start", lambda number: page.move(Unit.DOCUMENT, 1 - 2 * (number % 2)), _nothing
    yield "jump", lambda number: page.go_to_share(number * 0.37 % 1), _nothing
    yield "change the measure", measure, lambda: page.go_to(0)
    yield "drag a selection", drag, press
    yield "resize", resize, _nothing


def _nothing() -> None:
    """Leave the page where it is."""


async def run(path: Path, highlights: int) -> dict[str, float]:
    """The median frame of each act."""
    source = open_file(path)
    app = Bench(source, make_highlights(highlights))
    running = asyncio.create_task(app.run_async(size=SIZE))
    while not app.page.is_attached or not app.page.size.height:
        await asyncio.sleep(0.05)
    medians = {}
    for name, act, prepare in acts(app):
        prepare()
        await asyncio.sleep(0.1)
        medians[name] = median([await frame(act, number) for number in range(ROUNDS)])
    app.exit()
    await running
    source.close()
    return medians


def main() -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for highlights in (0, HIGHLIGHTS):
            small: dict[str, float] = {}
            for size in (SMALL, LARGE):
                path = Path(folder, f"{size}.txt")
                if not path.exists():
                    make_text(path, size)
                medians = asyncio.run(run(path, highlights))
                for name, value in medians.items():
                    label = f"{name}, {size:,} bytes, {highlights:,} highlights"
                    rows.append(Row(label, value, "ms", FRAME, 1.0))
                    if small:
                        rows.append(Row(f"{label}, to 100 KB", value, "ms", small[name], 1.5))
                small = medians
    print_table(rows)


if __name__ == "__main__":
    main()
