"""The index of words: which passages, titles and notes hold which terms.

It keeps no text of its own. A passage is in it under its number; what a document is called under
the last number of its current revision, so that all of a document lies in one run of numbers and a
search walks through documents in step.

Triggers keep it. Like those of the journal they belong to the connection (TEMP), since they need a
function of the program; other programs that write to the file do not bring it up to date.
"""

from __future__ import annotations

from annotations.library.connection import Connection

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
)
"""Makes the index, empty."""


def _title(row: str) -> tuple[str, str, str, str]:
    return (
        "passages_fts",
        f"(r.number << {PASSAGE_BITS}) + {MOST_PASSAGES}",
        f"{row}.title || char(10) || {row}.author || char(10) || {row}.note",
        f"FROM revisions r WHERE r.id = {row}.revision",
    )


def _note(row: str) -> tuple[str, str, str, str]:
    # The quote of a lost highlight is in no current text: nothing else would find it.
    text = f"{row}.note || iif({row}.status = 'lost', char(10) || {row}.quote, '')"
    return "notes_fts", f"{row}.number", text, f"WHERE {text} <> ''"


def _passage(row: str) -> tuple[str, str, str, str]:
    return "passages_fts", f"{row}.number", f"{row}.text", ""


def _put(table: str, number: str, text: str, of: str) -> str:
    return f"INSERT INTO {table} (rowid, text) SELECT {number}, spread({text}) {of}"


def _take(table: str, number: str, text: str, of: str) -> str:
    return (
        f"INSERT INTO {table} ({table}, rowid, text) SELECT 'delete', {number}, spread({text}) {of}"
    )


_WATCHED = {
    "passages": (_passage, "text"),
    "documents": (_title, "title, author, note, revision"),
    "highlights": (_note, "note, status, quote"),
}


def watch(connection: Connection) -> None:
    """Keep the index up to date with what ``connection`` writes from now on."""
    with connection.errors():
        connection.sqlite.create_function("spread", 1, _spread, deterministic=True)
    for table, (entry, columns) in _WATCHED.items():
        for event, steps in (
            ("INSERT", [_put(*entry("NEW"))]),
            ("DELETE", [_take(*entry("OLD"))]),
            (f"UPDATE OF {columns}", [_take(*entry("OLD")), _put(*entry("NEW"))]),
        ):
            connection.run(
                f"CREATE TEMP TRIGGER IF NOT EXISTS words_{table}_{event[:6].lower()} "
                f"AFTER {event} ON main.{table} BEGIN {'; '.join(steps)}; END"
            )


def rebuild(connection: Connection) -> None:
    """Make the index anew from what the library holds, inside the transaction that is open."""
    with connection.errors():
        connection.sqlite.create_function("spread", 1, _spread, deterministic=True)
    for table in ("passages_fts", "notes_fts"):
        connection.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    table, number, text, _ = _passage("p")
    connection.run(_put(table, number, text, "FROM passages p ORDER BY p.number"))
    table, number, text, _ = _title("d")
    connection.run(
        _put(table, number, text, "FROM documents d JOIN revisions r ON r.id = d.revision")
    )
    table, number, text, those = _note("h")
    connection.run(_put(table, number, text, f"FROM highlights h {those}"))


def _spread(text: str) -> str:
    """:func:`annotations.text.terms.spread`, loaded by the first text that is indexed."""
    from annotations.text.terms import spread

    return spread(text)
