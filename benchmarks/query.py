"""Each kind of passages query against the same question written by hand in SQL on the same file.

Run ``python -m benchmarks.query [--highlights N] [--documents N]``.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotations.library.library import Library
from benchmarks.large_library import Scale, make_library, tag_path
from benchmarks.table import Row, print_table

_BEARS = (
    "{alias}.id IN (SELECT highlight FROM highlight_tags WHERE tag = "
    "(SELECT id FROM tags WHERE path = '{path}'))"
)
COMMON, RARE, OTHER = tag_path(0), tag_path(1), tag_path(2)
_LONG = 1.0
"""Seconds after which a question is asked once less."""
IN_ORDER = "ORDER BY d.title, h.start, h.id"


def _bears(path: str, alias: str = "h") -> str:
    return _BEARS.format(alias=alias, path=path)


def _pair(how: str) -> str:
    """By hand: of the highlights that bear the rare tag, those that have a common one near."""
    return (
        f"{_bears(RARE)} AND EXISTS (SELECT 1 FROM highlights o WHERE o.document = h.document "
        f"AND {how} AND {_bears(COMMON, 'o')})"
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the same by hand as a condition."""

    query: str
    by_hand: str


QUESTIONS = (
    Question("", "1"),
    Question(COMMON, _bears(COMMON)),
    Question(RARE, _bears(RARE)),
    Question(
        "parent7/*",
        "h.id IN (SELECT highlight FROM highlight_tags JOIN tags ON id = tag "
        "WHERE path LIKE 'parent7/%')",
    ),
    Question(f"{COMMON} and {RARE}", f"{_bears(COMMON)} AND {_bears(RARE)}"),
    Question(f"{RARE} or {OTHER}", f"({_bears(RARE)} OR {_bears(OTHER)})"),
    Question(f"{COMMON} not {RARE}", f"{_bears(COMMON)} AND NOT {_bears(RARE)}"),
    Question("untagged", "NOT EXISTS (SELECT 1 FROM highlight_tags WHERE highlight = h.id)"),
    Question("text:governance", "h.quote LIKE '%governance%'"),
    Question('text:"data security"', "h.quote LIKE '%data security%'"),
    Question("note:matter", "h.note LIKE '%matter%'"),
    Question('note:"on the"', "h.note LIKE '%on the%'"),
    Question("text:zebra", "h.quote LIKE '%zebra%'"),
    Question(
        "parent7/* or text:zebra",
        "(h.id IN (SELECT highlight FROM highlight_tags JOIN tags ON id = tag "
        "WHERE path LIKE 'parent7/%') OR h.quote LIKE '%zebra%')",
    ),
    Question(f"not {COMMON}", f"NOT {_bears(COMMON)}"),
    Question("coder:ann", "h.coder = 'ann'"),
    Question("made:2026-02..2026-03", "h.created_at >= '2026-02' AND h.created_at < '2026-04'"),
    Question('doc:"Title 77"', "d.title LIKE '%Title 77%'"),
    Question('author:"Author 7"', "d.author LIKE '%Author 7%'"),
    Question(
        f"{COMMON} text:risk made:2026-04",
        f"{_bears(COMMON)} AND h.quote LIKE '%risk%' "
        "AND h.created_at >= '2026-04' AND h.created_at < '2026-05'",
    ),
    Question(f"{RARE} overlaps {COMMON}", _pair('o.start < h."end" AND o."end" > h.start')),
    Question(f"{RARE} within {COMMON}", _pair('o.start <= h.start AND o."end" >= h."end"')),
    Question(f"{RARE} contains {COMMON}", _pair('o.start >= h.start AND o."end" <= h."end"')),
    Question(f"{RARE} before {COMMON}", _pair('o.start >= h."end"')),
    # By hand, sentences cannot be counted: 300 characters stand for a paragraph.
    Question(
        f"{RARE} near/1p {COMMON}", _pair('o.start < h."end" + 300 AND o."end" > h.start - 300')
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--highlights", type=int, default=1_000_000)
    parser.add_argument("--documents", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.flor"
        make_library(path, Scale(options.highlights, options.documents))
        print_table(measure(path))


def measure(path: Path) -> list[Row]:
    """Milliseconds of processor time for all results' numbers in order."""
    rows = []
    bare = sqlite3.connect(path)
    with Library(path, "ann", create=False) as library:
        for question in QUESTIONS:
            statement = (
                "SELECT h.number FROM highlights h JOIN documents d ON d.id = h.document "
                f"WHERE d.deleted_at IS NULL AND {question.by_hand} {IN_ORDER}"
            )
            by_hand, expected = _best(partial(_by_hand, bare, statement))
            ours, found = _best(partial(_ours, library, question.query))
            same = expected == found or "near" in question.query
            name = (question.query or "(everything)") + ("" if same else "  NOT THE SAME")
            rows.append(Row(f"{name}: {len(found):,}", ours, "ms", by_hand, 2.0))
    bare.close()
    return rows


def _best(run: Callable[[], list[int]]) -> tuple[float, list[int]]:
    """The least time of three, or of two where it is long, in milliseconds, and what came of it."""
    times: list[float] = []
    while len(times) < 2 or (len(times) < 3 and sum(times) < _LONG):
        begun = time.process_time()
        result = run()
        times.append(time.process_time() - begun)
    return min(times) * 1000, result


def _by_hand(connection: sqlite3.Connection, statement: str) -> list[int]:
    return [number for (number,) in connection.execute(statement)]


def _ours(library: Library, query: str) -> list[int]:
    return list(library.passages.numbers(query))


if __name__ == "__main__":
    main()
