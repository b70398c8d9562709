"""The indexes of words: which passages, titles and notes hold which terms, and which documents are
described by words with which grams.

They keep no text of their own. A passage is in them under its number; what a document is called
under the last number of its current revision, so that all of a document lies in one run of numbers
and a search walks through documents in step.

What a transaction changes is noted by triggers and indexed at its end, all at once: FTS5 writes
out what it has gathered whenever a statement or a savepoint may have to be taken back. Like those
of the journal the triggers belong to the connection (TEMP), since only the program can cut a text
into terms; what other programs write is not indexed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from annotations.library.connection import Connection, Row
from annotations.library.sqlite_errors import DamagedIndexError

PASSAGE_BITS = 20
"""A passage's number is its revision's, shifted by this, plus its place among the revision's."""

MOST_PASSAGES = (1 << PASSAGE_BITS) - 1
"""How many passages a revision may have; also the place at which its document's title is."""

_FTS = """
    CREATE VIRTUAL TABLE {} USING fts5(
        text, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'")
"""

MAKE = (
    _FTS.format("passages_fts"),
    _FTS.format("notes_fts"),
    # What an import gathers in memory before it is written: larger runs need less merging.
    "INSERT INTO passages_fts (passages_fts, rank) VALUES ('hashsize', 67108864)",
    "INSERT INTO passages_fts (passages_fts, rank) VALUES ('automerge', 8)",
)
"""Makes the indexes of terms, empty."""

MAKE_TITLES = (
    """
    CREATE VIRTUAL TABLE titles_fts USING fts5(
        text, content='', detail=none, columnsize=0, tokenize='ascii')
    """,
    "INSERT INTO titles_fts (titles_fts, rank) VALUES ('hashsize', 16777216)",
)
"""Makes the index of grams, empty."""


DESCRIBING = ("title", "author", "publisher", "published")
"""The columns of a document that a filter of documents looks at."""


@dataclass(frozen=True, slots=True)
class _Indexed:
    """Texts of a table that are in an index."""

    table: str
    index: str
    number: str
    """SQL for the number of the text of a row ``{row}``."""
    text: str
    """SQL for that text; what is empty is not indexed."""
    columns: str
    """What it depends on."""
    key: str = "number"
    """The column by which a row is found again; rows are noted under its value."""

    @property
    def name(self) -> str:
        """What it is called among all that are indexed."""
        return f"{self.table}_{self.index}"


_INDEXED = (
    _Indexed("passages", "passages_fts", "{row}.number", "{row}.text", "text"),
    _Indexed(
        "documents",
        "passages_fts",
        f"((SELECT number FROM revisions WHERE id = {{row}}.revision) << {PASSAGE_BITS})"
        f" + {MOST_PASSAGES}",
        "{row}.title || char(10) || {row}.author || char(10) || {row}.note",
        "title, author, note, revision",
        key="id",
    ),
    _Indexed(
        "documents",
        "titles_fts",
        "(SELECT number FROM revisions WHERE id = {row}.revision)",
        " || char(10) || ".join(f"{{row}}.{column}" for column in DESCRIBING),
        f"{', '.join(DESCRIBING)}, revision",
        key="id",
    ),
    # The quote of a lost highlight is in no current text: nothing else would find it.
    _Indexed(
        "highlights",
        "notes_fts",
        "{row}.number",
        "{row}.note || iif({row}.status = 'lost', char(10) || {row}.quote, '')",
        "note, status, quote",
    ),
)


def _terms(text: str) -> str:
    # Only a program that writes words pays for what cuts them.
    from annotations.text.terms import spread

    return spread(text)


def _grams(text: str) -> str:
    from annotations.text.grams import grams

    return " ".join(grams(text))


_INDEXES: dict[str, Callable[[str], str]] = {
    "passages_fts": _terms,
    "notes_fts": _terms,
    "titles_fts": _grams,
}
"""How each of them cuts texts."""


def keep(connection: Connection) -> None:
    """Have the index brought up to date with all that ``connection`` writes."""
    connection.before_writing = lambda: watch(connection)
    connection.before_commit = lambda: bring_up_to_date(connection)


def watch(connection: Connection) -> None:
    """Note from now on what ``connection`` changes."""
    # number and before: what the index has of the row when the transaction begins.
    connection.run(
        "CREATE TEMP TABLE IF NOT EXISTS unindexed "
        "(source, key, number, before, PRIMARY KEY (source, key)) WITHOUT ROWID"
    )
    for each in _INDEXED:
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD"), ("UPDATE", "OLD")):
            when = f"{event} OF {each.columns}" if event == "UPDATE" else event
            number, text = each.number.format(row=row), each.text.format(row=row)
            there = "NULL, NULL" if row == "NEW" else f"{number}, {text}"
            # Most highlights have no note: what has no words costs nothing.
            matters = f"{text} <> ''"
            if event == "UPDATE":
                matters += f" OR {each.text.format(row='NEW')} <> ''"
            connection.run(
                f"CREATE TEMP TRIGGER IF NOT EXISTS words_{each.name}_{event.lower()} "
                f"AFTER {when} ON main.{each.table} WHEN {matters} BEGIN "
                f"INSERT OR IGNORE INTO unindexed VALUES ('{each.name}', {row}.{each.key}, "
                f"{there}); END"
            )


def bring_up_to_date(connection: Connection) -> None:
    """Index what the transaction that is open has changed."""
    if not connection.value("SELECT EXISTS (SELECT 1 FROM unindexed)"):
        return
    try:
        _index_changes(connection)
    except DamagedIndexError:
        # Another program has changed texts since they were indexed: what they were is not known.
        rebuild(connection)
    connection.run("DELETE FROM unindexed")


def _index_changes(connection: Connection) -> None:
    for index in _INDEXES:
        sources = [each for each in _INDEXED if each.index == index]
        names = ", ".join(f"'{each.name}'" for each in sources)
        _take(
            connection,
            index,
            f"SELECT number, before FROM unindexed WHERE source IN ({names}) AND before <> ''",
        )
        changed = " UNION ALL ".join(
            f"SELECT {each.number.format(row='t')}, {each.text.format(row='t')} "
            f"FROM unindexed u JOIN {each.table} t ON t.{each.key} = u.key "
            f"WHERE u.source = '{each.name}' AND {each.text.format(row='t')} <> ''"
            for each in sources
        )
        _put(connection, index, _cut(connection, index, changed))


def rebuild(connection: Connection, told: Callable[[float], None] = lambda _: None) -> None:
    """Make the indexes anew from what the library holds, inside the transaction that is open.

    Args:
        connection: the one whose transaction that is.
        told: now and then, how much is done, 0 to 1.
    """
    total = sum(connection.value(f"SELECT count(*) FROM {each.table}") for each in _INDEXED)
    done = count(1)

    def counted(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            yield row
            told(next(done) / total)

    for index in _INDEXES:
        connection.run(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    for each in _INDEXED:
        number, text = each.number.format(row="t"), each.text.format(row="t")
        rows = _cut(connection, each.index, f"SELECT {number}, {text} FROM {each.table} t")
        _put(connection, each.index, counted(rows))


def _put(connection: Connection, index: str, rows: Iterable[Row]) -> None:
    connection.run_many(f"INSERT INTO {index} (rowid, text) VALUES (?, ?)", rows)


def _take(connection: Connection, index: str, select: str) -> None:
    connection.run_many(
        f"INSERT INTO {index} ({index}, rowid, text) VALUES ('delete', ?, ?)",
        _cut(connection, index, select),
    )


def _cut(connection: Connection, index: str, select: str) -> Iterable[Row]:
    cut = _INDEXES[index]
    rows = connection.stream(f"{select} ORDER BY 1")
    return ((number, cut(text)) for number, text in rows)
