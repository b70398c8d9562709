"""Takes the picture of the reader that README.md shows: ``python docs/picture.py``."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from annotations import open_library
from annotations.library.library import Library
from tui.app import Florilegium
from tui.config import Config

TARGET = Path(__file__).with_name("reader.svg")
SIZE = (120, 38)
DOCUMENT = "Global AI"
HIGHLIGHTS = (
    ("testing and assessment system based on AI risk levels", ("risk/tiers",), ""),
    (
        "implement agile governance, and carry out tiered and category-based management for rapid"
        " and effective response",
        ("oversight",),
        "Compare the wording with the later drafts.",
    ),
    ("tiered and category-based management", ("risk/tiers",), ""),
    ("can be reviewed, monitored, and traced", ("oversight/traceability",), ""),
    ("personal privacy and data security", ("data/privacy",), ""),
    ("We should put ethics first.", ("oversight/ethics-review", "stance/supports"), ""),
    ("biases and discrimination based on ethnicities, beliefs", ("fairness",), ""),
)


def annotate(library: Library) -> None:
    """Make the highlights of the picture, and stop reading at the first."""
    document = library.documents.find(DOCUMENT)
    text = library.documents.text(document.id)
    starts = []
    for quote, tags, note in HIGHLIGHTS:
        start = text.index(quote)
        starts.append(start)
        library.highlights.add(document.id, start, start + len(quote), tags=tags, note=note)
    library.reading.save(document.id, min(starts))


async def take() -> str:
    """The screen as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder) / "library.sqlite", coder="ada")
        with library:
            annotate(library)
            app = Florilegium(library, Config(), DOCUMENT)
            async with app.run_test(size=SIZE) as pilot:
                await app.workers.wait_for_complete()
                await pilot.press("up", "up", "up")
                await pilot.pause()
                return app.export_screenshot(title="Florilegium")


def main() -> None:
    """Take the picture and put it beside this file."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ.pop("NO_COLOR", None)
    picture = asyncio.run(take())
    # The terminal's own font, wherever the picture is shown, and nothing from the network.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code", "DejaVu Sans Mono")
    TARGET.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
