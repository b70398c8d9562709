"""How many keystrokes each job takes: each is done, and listed in docs/keystrokes.md.

``python -m tests.tui.test_keystrokes`` prints the page anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotations.library.library import Library
from annotations.model import Highlight
from tests.tui.conftest import Open

PAGE = Path(__file__).parents[2] / "docs" / "keystrokes.md"
SHOWN = {"enter": "Enter", "ctrl+f": "Ctrl+F", "ctrl+s": "Ctrl+S"}
SENTENCE = '"Unilateralism, protectionism and technological hegemony should be firmly opposed.'


@dataclass(frozen=True)
class Job:
    """Something that a researcher does, by keys and by what is typed."""

    title: str
    keys: tuple[str, ...]
    done: Callable[[list[Highlight]], bool]
    """Whether it is, by the highlights of the document afterwards."""
    highlighted: bool = False
    """Whether the sentence is a highlight before; the caret is on it in any case."""
    elsewhere: bool = False
    """Whether the caret is at the start of the document instead."""

    @property
    def strokes(self) -> int:
        """How many keys are pressed."""
        return sum(1 if key in SHOWN else len(key) for key in self.keys)


def _one(check: Callable[[Highlight], bool]) -> Callable[[list[Highlight]], bool]:
    return lambda found: len(found) == 1 and check(found[0])


JOBS = (
    Job("Highlight the sentence under the caret", ("m",), _one(lambda h: h.quote == SENTENCE)),
    Job(
        "Code any visible sentence with a tag that is pinned or was given lately",
        ("f", "f", "1"),
        _one(lambda h: h.quote == SENTENCE and h.tags == ("risk/tiers",)),
        elsewhere=True,
    ),
    Job(
        "Code two visible sentences as one passage",
        ("f", "f", "f", "G", "1"),
        _one(lambda h: h.quote.startswith(SENTENCE) and len(h.quote) > 200 and bool(h.tags)),
        elsewhere=True,
    ),
    Job(
        "Code the sentence under the caret with any tag of the codebook",
        ("t", "misu", "enter"),
        _one(lambda h: h.tags == ("risk/misuse",)),
    ),
    Job(
        "Highlight this sentence and the next",
        ("s", ">", "m"),
        _one(lambda h: h.quote.startswith(SENTENCE) and len(h.quote) > len(SENTENCE)),
    ),
    Job(
        "Move the end of a highlight back by a word",
        ("r", ",", "enter"),
        _one(lambda h: h.quote == SENTENCE.removesuffix(" opposed.")),
        highlighted=True,
    ),
    Job("Split a highlight at the caret", ("S",), lambda found: len(found) == 2, highlighted=True),
    Job(
        "Write a note of two lines on a highlight",
        ("c", "one", "enter", "two", "ctrl+s"),
        _one(lambda h: h.note == "one\ntwo"),
        highlighted=True,
    ),
    Job(
        "Do to the next sentence what was done to this one",
        ("1", ")", ";"),
        lambda found: len(found) == 2 and all(h.tags == ("risk/tiers",) for h in found),
    ),
    Job("Star a highlight", ("*",), _one(lambda h: h.starred), highlighted=True),
    Job("Remove a highlight", ("x",), lambda found: not found, highlighted=True),
    Job("Take back the last act", ("u",), lambda found: not found, highlighted=True),
    Job(
        "Give all passages of a tag another tag, in one act",
        ("ctrl+f", "risk/tiers", "enter", "*", "t", "fair", "enter"),
        _one(lambda h: h.tags == ("risk/tiers", "fairness")),
        highlighted=True,
    ),
)


def page() -> str:
    """docs/keystrokes.md."""
    lines = [
        "# Keystrokes for each job",
        "",
        "From the page, with the caret on the sentence that is meant; a test does each of these",
        "(`tests/tui/test_keystrokes.py`, which also prints this page).",
        "",
        "| Job | Keys | Keystrokes |",
        "|---|---|---|",
    ]
    for job in JOBS:
        keys = " ".join(f"`{SHOWN.get(key, key)}`" for key in job.keys)
        lines.append(f"| {job.title} | {keys} | {job.strokes} |")
    return "\n".join(lines) + "\n"


def test_the_page_lists_what_is_tested() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_a_visible_sentence_is_coded_in_four_keystrokes() -> None:
    assert JOBS[1].strokes <= 4


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.title)
async def test_the_keys_do_the_job(job: Job, library: Library, reader: Open) -> None:
    document = library.documents.find("Chinese envoy")
    start = library.documents.text(document.id).index(SENTENCE)
    library.codebook.assign_key("risk/tiers", "1")
    if not job.elsewhere:
        # Within the sentence, for what happens at the caret.
        library.reading.save(document.id, start + SENTENCE.index("protectionism"))
    if job.highlighted:
        library.highlights.add(document.id, start, start + len(SENTENCE), tags=["risk/tiers"])
    async with reader() as screen:
        for key in job.keys:
            await (screen.press(key) if key in SHOWN else screen.write(key))
        assert job.done(screen.highlights)


if __name__ == "__main__":
    sys.stdout.write(page())
