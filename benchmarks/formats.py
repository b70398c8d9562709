"""How fast each format is read, and how many known paragraphs come out of it whole.

The files are made from paragraphs of the shipped documents, so that what must come out is known.
The reference of the rates is reading the same text from a plain text file in the same run.

Run: ``python -m benchmarks.formats [--paragraphs N]``
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from annotations.formats import read_source
from annotations.formats.source import from_bytes
from benchmarks.table import Row, print_table
from tests import sample_files as samples
from tests.sample_pdf import Setting, pdf

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_CHAPTER = 20
"""Paragraphs."""
_WHOLE = 0.97
_WHOLE_PDF, _WHOLE_PDF_COLUMNS = 0.88, 0.80


def paragraphs(count: int) -> list[str]:
    """Paragraphs of one to seven sentences of the shipped documents; ASCII, as our PDF needs."""
    chance = random.Random(11)
    text = " ".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))
    plain = text.translate(str.maketrans("“”‘’—–\u00a0", "\"\"''-- ")).replace("*", "")
    sentences = [
        sentence
        for part in re.split(r"(?<=[.!?])\s+", plain)
        if 30 < len(sentence := " ".join(part.split())) < 400 and sentence.isascii()
    ]
    return [" ".join(chance.choices(sentences, k=chance.randrange(1, 8))) for _ in range(count)]


def chapters(found: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """The paragraphs in chapters of equal length."""
    return [
        (f"Chapter {start // _CHAPTER + 1}", found[start : start + _CHAPTER])
        for start in range(0, len(found), _CHAPTER)
    ]


def files(found: Sequence[str]) -> dict[str, tuple[str, bytes, float]]:
    """For each kind of file its name, its bytes, and the share of paragraphs that must be whole."""
    book = chapters(found)
    justified = Setting(justified=True, hyphenated=True, indent=14, skip=0)
    columns = Setting(columns=2, justified=True, hyphenated=True, indent=12, skip=0)
    return {
        "plain text": ("a.txt", samples.plain(found), _WHOLE),
        "plain text, wrapped": ("a.txt", samples.plain(found, width=72), _WHOLE),
        "Markdown": ("a.md", samples.markdown(found, "Title"), _WHOLE),
        "reStructuredText": ("a.rst", samples.rst(found, "Title"), _WHOLE),
        "HTML": ("a.html", samples.html_page(found, "Title"), _WHOLE),
        "EPUB": ("a.epub", samples.epub(book, "Title"), _WHOLE),
        "Word": ("a.docx", samples.docx(found, "Title"), _WHOLE),
        "OpenDocument": ("a.odt", samples.odt(found, "Title"), _WHOLE),
        "RTF": ("a.rtf", samples.rtf(found, "Title"), _WHOLE),
        "PDF, ragged": ("a.pdf", pdf(book), _WHOLE_PDF),
        "PDF, justified": ("a.pdf", pdf(book, justified), _WHOLE_PDF),
        "PDF, two columns": ("a.pdf", pdf(book, Setting(columns=2)), _WHOLE_PDF_COLUMNS),
        "PDF, two justified columns": ("a.pdf", pdf(book, columns), _WHOLE_PDF_COLUMNS),
    }


def read(name: str, data: bytes) -> set[str]:
    """The text of each block, white space folded."""
    return {
        " ".join(passage.text[block.start : block.end].split())
        for passage in read_source(from_bytes(data, name)).passages
        for block in passage.blocks
    }


def seconds(act: Callable[[], object]) -> float:
    """The shorter time of two runs; the first also loads what the act needs."""
    times: list[float] = []
    for _ in range(2):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=400, metavar="N")
    found = paragraphs(parser.parse_args().paragraphs)
    size = sum(map(len, found))
    rows: list[Row] = []
    plain_rate: float | None = None
    for kind, (name, data, least) in files(found).items():
        blocks = read(name, data)
        whole = sum(paragraph in blocks for paragraph in found) / len(found)
        rate = size / seconds(partial(read, name, data)) / 1e6
        rows.append(Row(f"{kind}: text read", rate, "MB/s", plain_rate))
        plain_rate = plain_rate or rate
        rows.append(Row(f"{kind}: paragraphs whole", whole, "share", 1.0, least))
    print_table(rows)


if __name__ == "__main__":
    main()
