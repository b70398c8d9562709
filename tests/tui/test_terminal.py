"""The reader on a real terminal: what is seen, what is kept, what is sent to the terminal."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations import open_library
from annotations.model import ImportedDocument, Metadata, Passage

pytest.importorskip("pty", reason="needs a Unix terminal")

from benchmarks.terminal import Terminal

FLOR = [sys.executable, "-m", "tui.cli"]
SENTENCE = "We need to uphold international fairness"

Start = Callable[..., Terminal]


@pytest.fixture
def start(library_path: Path) -> Start:
    """Start the reader on the library of this test."""

    def begin(*arguments: str, columns: int = 120, rows: int = 40, **environment: str) -> Terminal:
        return Terminal(
            [*FLOR, *arguments],
            {"FLORILEGIUM_LIBRARY": str(library_path), "TEXTUAL_ANIMATIONS": "none", **environment},
            columns,
            rows,
        )

    return begin


def go_to_sentence(terminal: Terminal) -> None:
    """Put the caret on a sentence that the test knows."""
    terminal.wait_for("Unilateralism")
    terminal.send("/fairness")
    terminal.wait_for("hit 1 of")
    terminal.send("\r")
    terminal.wait_for("q quit")


def test_read_highlight_tag_quit_start_again_and_export(start: Start, library_path: Path) -> None:
    with start("Chinese envoy") as terminal:
        go_to_sentence(terminal)
        terminal.send("m")
        terminal.wait_for("1 highlight")
        terminal.send("t")
        terminal.wait_for("Enter take")
        terminal.send("sovereignty/fairness\r")
        terminal.wait_for(" sovereignty/fairness ")
        terminal.wait_until(lambda seen: "Enter take" not in seen, "reader alone")
        terminal.send("\x1a")
        terminal.wait_stopped()
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.send("q")
        assert terminal.wait_end() == 0
    with start() as terminal:
        terminal.wait_for(SENTENCE)
        terminal.wait_for("1 highlight")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_end() == 128 + signal.SIGTERM
        # The terminal's own screen is back.
        assert b"\x1b[?1049l" in terminal.written
    exported = subprocess.run(
        [*FLOR, "--library", str(library_path), "export"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ).stdout.decode("utf-8")
    [row] = csv.DictReader(io.StringIO(exported, newline=""))
    assert row["quote"].startswith(SENTENCE)
    assert row["quote"].endswith(".")
    assert row["tags"] == "sovereignty/fairness"
    assert row["title"].startswith("Chinese envoy")
    with open_library(library_path) as library:
        document = library.documents.find("Chinese envoy")
        text = library.documents.text(document.id, int(row["start"]), int(row["end"]))
    assert text == row["quote"]


def test_a_highlight_that_shows_survives_a_kill(start: Start, library_path: Path) -> None:
    with start("Chinese envoy") as terminal:
        go_to_sentence(terminal)
        terminal.send("m")
        terminal.wait_for("1 highlight")
        terminal.kill()
    with open_library(library_path) as library:
        [highlight] = library.highlights.list()
        assert highlight.quote.startswith(SENTENCE)
        assert library.check() == []


def test_nothing_in_a_document_reaches_the_terminal(start: Start, library_path: Path) -> None:
    hostile = "\x1b]52;c;aGVsbG8=\x07 \x1b[2J\x1b[31mred\x1b]0;owned\x07 \x9b1m \x00end"
    with open_library(library_path) as library:
        added = library.documents.add(
            ImportedDocument([Passage(0, hostile * 3)], Metadata(title=f"Bad {hostile}"))
        )
        library.highlights.add(
            added.document.id, 0, 20, tags=["[red]x[/red]"], note=f"note {hostile}"
        )
    with start(added.document.id) as terminal:
        terminal.wait_for("␛[31mred")
        terminal.wait_for("note ␛")
        terminal.send("xu")
        terminal.wait_for("Took back")
        terminal.send("q")
        terminal.wait_end()
        for sequence in (b"]52;", b"[2J\x1b[31mred", b"]0;owned", b"\x9b1m", b"\xc2\x9b1m"):
            assert b"\x1b" + sequence not in terminal.written
            assert not sequence.startswith((b"\x9b", b"\xc2")) or sequence not in terminal.written


def test_without_colour_none_is_sent(start: Start) -> None:
    with start("Chinese envoy", NO_COLOR="1") as terminal:
        go_to_sentence(terminal)
        terminal.send("m")
        terminal.wait_for("1 highlight")
        codes = {
            int(code)
            for style in re.findall(rb"\x1b\[([0-9;]*)m", terminal.written)
            for code in style.split(b";")
            if code
        }
        assert not codes & {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}


def test_a_wrong_configuration_is_one_line_and_no_screen(start: Start, tmp_path: Path) -> None:
    config = tmp_path / "wrong.toml"
    config.write_text("measure = 'wide'\n", encoding="utf-8")
    with start(FLORILEGIUM_CONFIG=str(config)) as terminal:
        assert terminal.wait_end() == 1
        assert b"flor: " in terminal.written
        assert b"Traceback" not in terminal.written


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (200, 60), (40, 10), (20, 5)])
def test_every_size_shows_the_text(start: Start, columns: int, rows: int) -> None:
    with start("Chinese envoy", columns=columns, rows=rows) as terminal:
        terminal.wait_for("Chinese")
        terminal.send("Gg")
        terminal.wait_for("Chinese")
        terminal.send("q")
        assert terminal.wait_end() == 0
