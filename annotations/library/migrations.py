"""The schema of the library file, as the sequence of steps that made it.

A step that was released is never changed: a new one is appended and :data:`schema.VERSION` raised.
Positions are code points of a revision's canonical text; times are UTC, ISO 8601 with ``Z``.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from annotations.library.capture import JOINT
from annotations.library.phrases import INTRICATE
from annotations.library.word_index import MAKE as _WORD_INDEX
from annotations.library.word_index import MAKE_TITLES as _TITLES_INDEX

migrations = Migrations("florilegium")

_TABLES = (
    # The text of a revision comes in under its number; its id, the SHA-256 of the canonical text
    # in hexadecimal, is known when all of it is there. A revision without a document is an import
    # that was cancelled, killed or undone; `flor compact` frees it.
    """
    CREATE TABLE revisions (
        number   INTEGER PRIMARY KEY,
        id       TEXT UNIQUE,
        document TEXT REFERENCES documents (id),
        length   INTEGER NOT NULL DEFAULT 0,
        made_at  TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX revisions_document ON revisions (document)",
    # blocks: [[start, end, kind, level, continues], ...]; marks: [[start, end, kind, value], ...];
    # both count from the passage's own start.
    """
    CREATE TABLE passages (
        number   INTEGER PRIMARY KEY,
        revision INTEGER NOT NULL REFERENCES revisions (number) ON DELETE CASCADE,
        start    INTEGER NOT NULL,
        text     TEXT NOT NULL,
        blocks   TEXT NOT NULL,
        marks    TEXT NOT NULL,
        UNIQUE (revision, start)
    ) STRICT
    """,
    """
    CREATE TABLE outline (
        revision INTEGER NOT NULL REFERENCES revisions (number) ON DELETE CASCADE,
        start    INTEGER NOT NULL,
        level    INTEGER NOT NULL,
        title    TEXT NOT NULL,
        PRIMARY KEY (revision, start)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE documents (
        id         TEXT PRIMARY KEY,
        title      TEXT NOT NULL,
        author     TEXT NOT NULL DEFAULT '',
        publisher  TEXT NOT NULL DEFAULT '',
        published  TEXT NOT NULL DEFAULT '',
        language   TEXT NOT NULL DEFAULT '',
        kind       TEXT NOT NULL DEFAULT '',
        source     TEXT NOT NULL DEFAULT '',
        media_type TEXT NOT NULL DEFAULT 'text/plain',
        path       TEXT NOT NULL DEFAULT '',
        encoding   TEXT NOT NULL DEFAULT '',
        note       TEXT NOT NULL DEFAULT '',
        revision   TEXT NOT NULL REFERENCES revisions (id),
        added_at   TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        deleted_at TEXT
    ) STRICT
    """,
    "CREATE INDEX documents_title ON documents (title, id)",
    "CREATE INDEX documents_path ON documents (path)",
    "CREATE INDEX documents_revision ON documents (revision)",
    "CREATE INDEX documents_deleted ON documents (deleted_at) WHERE deleted_at IS NOT NULL",
    # Documents whose text has not come yet: few, and looked through whenever a text comes.
    """
    CREATE INDEX documents_stub ON documents (title)
    WHERE media_type = 'application/x-florilegium-stub'
    """,
    # number is an address for indexes over the text of highlights: never used twice, so that a
    # row that an undo brings back has its own again.
    """
    CREATE TABLE highlights (
        number     INTEGER PRIMARY KEY AUTOINCREMENT,
        id         TEXT NOT NULL UNIQUE,
        document   TEXT NOT NULL REFERENCES documents (id),
        revision   TEXT NOT NULL REFERENCES revisions (id),
        start      INTEGER NOT NULL,
        "end"      INTEGER NOT NULL,
        quote      TEXT NOT NULL,
        prefix     TEXT NOT NULL DEFAULT '',
        suffix     TEXT NOT NULL DEFAULT '',
        note       TEXT NOT NULL DEFAULT '',
        colour     TEXT NOT NULL DEFAULT '',
        starred    INTEGER NOT NULL DEFAULT 0,
        coder      TEXT NOT NULL,
        status     TEXT NOT NULL DEFAULT 'placed',
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT
    """,
    # Those that touch a window: the many short ones start near it; the few long ones have an
    # index of their own. The lengths that part them are in finding.REACHES.
    'CREATE INDEX highlights_place ON highlights (document, start, "end")',
    """
    CREATE INDEX highlights_long ON highlights (document, start, "end")
    WHERE "end" - start > 20000
    """,
    # folded is the path as it is compared: a path is unique whatever its case.
    """
    CREATE TABLE tags (
        id          TEXT PRIMARY KEY,
        path        TEXT NOT NULL UNIQUE,
        folded      TEXT NOT NULL UNIQUE,
        description TEXT NOT NULL DEFAULT '',
        inclusion   TEXT NOT NULL DEFAULT '',
        exclusion   TEXT NOT NULL DEFAULT '',
        note        TEXT NOT NULL DEFAULT '',
        colour      TEXT NOT NULL DEFAULT '',
        key         TEXT NOT NULL DEFAULT '',
        exclusive   INTEGER NOT NULL DEFAULT 0,
        level       INTEGER NOT NULL DEFAULT 0,
        created_at  TEXT NOT NULL,
        updated_at  TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX tags_key ON tags (key) WHERE key <> ''",
    # position: the order in which a highlight got its tags; the key gives it without sorting. Two
    # tags may have the same, where one came back by an undo.
    """
    CREATE TABLE highlight_tags (
        highlight  TEXT NOT NULL REFERENCES highlights (id),
        tag        TEXT NOT NULL REFERENCES tags (id),
        position   INTEGER NOT NULL,
        coder      TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (highlight, position, tag)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX highlight_tags_tag ON highlight_tags (tag, highlight)",
    # No foreign key: the place in a document outlives an undone import, and comes back with it.
    """
    CREATE TABLE reading (
        document   TEXT NOT NULL,
        coder      TEXT NOT NULL,
        position   INTEGER NOT NULL,
        furthest   INTEGER NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (document, coder)
    ) STRICT, WITHOUT ROWID
    """,
    # Acts are numbered in the order of their clocks. undoes: the act that this one is the undo,
    # redo or revert of; undone: the act that took this one back, or 0: both are numbers. first: the
    # number of its first entry in the journal, where its entries follow each other in the order in
    # which they happened.
    """
    CREATE TABLE acts (
        number  INTEGER PRIMARY KEY,
        id      TEXT NOT NULL,
        clock   TEXT NOT NULL,
        at      TEXT NOT NULL,
        coder   TEXT NOT NULL,
        device  TEXT NOT NULL,
        name    TEXT NOT NULL,
        summary TEXT NOT NULL DEFAULT '',
        undoes  INTEGER,
        undone  INTEGER NOT NULL DEFAULT 0,
        first   INTEGER NOT NULL,
        changes INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX acts_coder ON acts (coder, undone)",
    # One entry a row that an act made (before is NULL), removed (after is NULL) or changed (both
    # hold the columns that differ). The act is written when it is over, and what has no index
    # cannot be a foreign key for nothing: `flor check` looks at the references of these two.
    """
    CREATE TABLE journal (
        number    INTEGER PRIMARY KEY,
        act       INTEGER NOT NULL,
        entity    TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        before    TEXT,
        after     TEXT
    ) STRICT
    """,
)

# How many highlights a document and a tag have, kept so that a screen need not count them; those
# of deleted documents do not count for a tag.
_TOTALS = (
    """
    CREATE TABLE document_totals (
        document   TEXT PRIMARY KEY,
        highlights INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE tag_totals (
        tag        TEXT PRIMARY KEY,
        highlights INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER document_made AFTER INSERT ON documents BEGIN
        INSERT INTO document_totals (document) VALUES (NEW.id);
    END
    """,
    """
    CREATE TRIGGER document_gone AFTER DELETE ON documents BEGIN
        DELETE FROM document_totals WHERE document = OLD.id;
    END
    """,
    """
    CREATE TRIGGER highlight_made AFTER INSERT ON highlights BEGIN
        UPDATE document_totals SET highlights = highlights + 1 WHERE document = NEW.document;
    END
    """,
    """
    CREATE TRIGGER highlight_gone AFTER DELETE ON highlights BEGIN
        UPDATE document_totals SET highlights = highlights - 1 WHERE document = OLD.document;
    END
    """,
    """
    CREATE TRIGGER tag_made AFTER INSERT ON tags BEGIN
        INSERT INTO tag_totals (tag) VALUES (NEW.id);
    END
    """,
    """
    CREATE TRIGGER tag_gone AFTER DELETE ON tags BEGIN
        DELETE FROM tag_totals WHERE tag = OLD.id;
    END
    """,
    """
    CREATE TRIGGER tag_given AFTER INSERT ON highlight_tags BEGIN
        UPDATE tag_totals SET highlights = highlights + 1
        WHERE tag = NEW.tag AND CASE
            WHEN EXISTS (SELECT 1 FROM documents WHERE deleted_at IS NOT NULL) THEN (
                SELECT d.deleted_at IS NULL
                FROM highlights h JOIN documents d ON d.id = h.document
                WHERE h.id = NEW.highlight)
            ELSE true END;
    END
    """,
    """
    CREATE TRIGGER tag_taken AFTER DELETE ON highlight_tags BEGIN
        UPDATE tag_totals SET highlights = highlights - 1
        WHERE tag = OLD.tag AND CASE
            WHEN EXISTS (SELECT 1 FROM documents WHERE deleted_at IS NOT NULL) THEN (
                SELECT d.deleted_at IS NULL
                FROM highlights h JOIN documents d ON d.id = h.document
                WHERE h.id = OLD.highlight)
            ELSE true END;
    END
    """,
    """
    CREATE TRIGGER document_hidden AFTER UPDATE OF deleted_at ON documents
    WHEN (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL) BEGIN
        UPDATE tag_totals SET highlights = highlights + iif(NEW.deleted_at IS NULL, 1, -1) * (
            SELECT count(*) FROM highlights h JOIN highlight_tags ht ON ht.highlight = h.id
            WHERE h.document = NEW.id AND ht.tag = tag_totals.tag)
        WHERE tag IN (
            SELECT ht.tag FROM highlights h JOIN highlight_tags ht ON ht.highlight = h.id
            WHERE h.document = NEW.id);
    END
    """,
)

_VIEWS = (
    """
    CREATE VIEW annotations AS
    SELECT h.id, d.id AS document, d.title, d.source, h.start, h."end", h.quote,
           coalesce((SELECT group_concat(path, '; ') FROM (
               SELECT t.path FROM highlight_tags ht JOIN tags t ON t.id = ht.tag
               WHERE ht.highlight = h.id ORDER BY ht.position)), '') AS tags,
           h.note, h.colour, h.coder, h.status, h.created_at, h.updated_at, h.revision
    FROM highlights h JOIN documents d ON d.id = h.document
    WHERE d.deleted_at IS NULL
    """,
    """
    CREATE VIEW tag_counts AS
    SELECT t.path AS tag, t.description, count(d.id) AS highlights,
           count(DISTINCT d.id) AS documents
    FROM tags t
    LEFT JOIN highlight_tags ht ON ht.tag = t.id
    LEFT JOIN highlights h ON h.id = ht.highlight
    LEFT JOIN documents d ON d.id = h.document AND d.deleted_at IS NULL
    GROUP BY t.id ORDER BY t.path
    """,
    """
    CREATE VIEW history AS
    SELECT a.id AS act, a.clock, a.at, a.coder, a.device, a.name, a.summary, a.undone,
           j.number, j.entity, j.entity_id, j.before, j.after
    FROM acts a JOIN journal j ON j.number >= a.first AND j.number < a.first + a.changes
    """,
)


@migrations()
def first(db: Database) -> None:
    """Documents, highlights, tags, the journal, and the views that people read."""
    for statement in (*_TABLES, *_TOTALS, *_VIEWS):
        db.execute(statement)


# Passages are numbered within their revision (word_index.PASSAGE_BITS).
_RENUMBER = """
    UPDATE passages SET number = (revision << 20) + (
        SELECT count(*) FROM passages before
        WHERE before.revision = passages.revision AND before.start < passages.start)
"""

# A query as it was typed, under a name; folded is the name as it is compared.
_SAVED_QUERIES = """
    CREATE TABLE saved_queries (
        id         TEXT PRIMARY KEY,
        name       TEXT NOT NULL,
        folded     TEXT NOT NULL UNIQUE,
        language   TEXT NOT NULL CHECK (language IN ('passages', 'search')),
        query      TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT
"""


@migrations()
def second(db: Database) -> None:
    """The index of words, and saved queries."""
    for statement in (_RENUMBER, *_WORD_INDEX, _SAVED_QUERIES):
        db.execute(statement)


# Where a coder put a bookmark. Like a place of reading it is no act, and outlives an undone import.
_BOOKMARKS = """
    CREATE TABLE bookmarks (
        document TEXT NOT NULL,
        coder    TEXT NOT NULL,
        position INTEGER NOT NULL,
        made_at  TEXT NOT NULL,
        PRIMARY KEY (document, coder, position)
    ) STRICT, WITHOUT ROWID
"""


# The order of the list of documents, with all that a filter of it looks at.
_SHELF = """
    CREATE INDEX IF NOT EXISTS documents_shelf
    ON documents (title COLLATE NOCASE, id, author, publisher, published)
    WHERE deleted_at IS NULL
"""


# In the journal of the first schemas a blank stood between the ids of a row that has two.
_JOINTS = f"""
    UPDATE journal SET entity_id = replace(entity_id, ' ', '{JOINT}')
    WHERE entity = 'highlight_tags' AND NOT instr(entity_id, '{JOINT}')
"""


@migrations()
def third(db: Database) -> None:
    """Bookmarks, and one way of naming rows in the journal."""
    for statement in (_BOOKMARKS, _JOINTS):
        db.execute(statement)


@migrations()
def fourth(db: Database) -> None:
    """The list of documents by title."""
    db.execute(_SHELF)


# A folder of documents; its path and folded as those of a tag. A document may be in several.
_COLLECTIONS = (
    """
    CREATE TABLE collections (
        id         TEXT PRIMARY KEY,
        path       TEXT NOT NULL,
        folded     TEXT NOT NULL UNIQUE,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE collection_documents (
        collection TEXT NOT NULL REFERENCES collections (id),
        document   TEXT NOT NULL REFERENCES documents (id),
        created_at TEXT NOT NULL,
        PRIMARY KEY (collection, document)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX collection_documents_document ON collection_documents (document)",
)

# What a coder says of their reading. Of read and unread there is one at most, and a place that was
# reached after it outweighs it. No foreign key: like a place of reading it outlives an undone
# import.
_READING_MARKS = (
    """
    CREATE TABLE reading_marks (
        coder    TEXT NOT NULL,
        mark     TEXT NOT NULL CHECK (mark IN ('read', 'unread', 'to-read')),
        document TEXT NOT NULL,
        made_at  TEXT NOT NULL,
        PRIMARY KEY (coder, mark, document)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX reading_recent ON reading (coder, updated_at, document, furthest)",
)

# Orders of the list of documents besides that of the titles, with all that a filter looks at.
_ORDERS = (
    """
    CREATE INDEX documents_published
    ON documents (published, title COLLATE NOCASE, id, author, publisher)
    WHERE deleted_at IS NULL
    """,
    """
    CREATE INDEX documents_added
    ON documents (added_at, title COLLATE NOCASE, id, author, publisher, published)
    WHERE deleted_at IS NULL
    """,
)

# How a coder likes things shown. No act.
_PREFERENCES = """
    CREATE TABLE preferences (
        coder TEXT NOT NULL,
        name  TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (coder, name)
    ) STRICT, WITHOUT ROWID
"""

# Which text a file gave, and what the file system said of the file when it was read: size in bytes,
# modified in nanoseconds since 1970. No act: it only spares reading it again.
_FILES = """
    CREATE TABLE files (
        path     TEXT PRIMARY KEY,
        size     INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        revision TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
"""

# Which process is writing a text that no document holds yet.
_IMPORTS = """
    CREATE TABLE imports (
        revision INTEGER PRIMARY KEY REFERENCES revisions (number) ON DELETE CASCADE,
        device   TEXT NOT NULL,
        process  TEXT NOT NULL
    ) STRICT
"""

# What of a text is compared with others to find those that are nearly the same.
_SKETCHES = """
    CREATE TABLE sketches (
        revision INTEGER PRIMARY KEY REFERENCES revisions (number) ON DELETE CASCADE,
        sketch   BLOB NOT NULL
    ) STRICT
"""


@migrations()
def fifth(db: Database) -> None:
    """Folders, marks of reading, orders of the list, and what spares doing work twice."""
    for statement in (
        *_COLLECTIONS,
        *_READING_MARKS,
        *_ORDERS,
        _PREFERENCES,
        _FILES,
        _IMPORTS,
        _SKETCHES,
    ):
        db.execute(statement)


# ordinal: the place of a text among those of its document, from 1.
# placements: a highlight that a new revision moved or lost and nobody has looked at yet, and where
# it was when somebody last had: "revision" is NULL where only the quote is known. near: where in
# the current text it is, or what stood around it. reviewed: it was left without a place on purpose.
_REVISIONS = (
    "ALTER TABLE revisions ADD COLUMN ordinal INTEGER",
    """
    UPDATE revisions SET ordinal = (
        SELECT count(*) FROM revisions r
        WHERE r.document = revisions.document AND r.number <= revisions.number)
    WHERE document IS NOT NULL
    """,
    """
    CREATE TABLE placements (
        highlight  TEXT PRIMARY KEY REFERENCES highlights (id),
        revision   TEXT REFERENCES revisions (id),
        start      INTEGER NOT NULL,
        "end"      INTEGER NOT NULL,
        quote      TEXT NOT NULL,
        prefix     TEXT NOT NULL,
        suffix     TEXT NOT NULL,
        confidence REAL NOT NULL,
        near       INTEGER NOT NULL,
        reviewed   INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
    # Few, and asked for apart from those that lie in the current text.
    """
    CREATE INDEX highlights_displaced ON highlights (document, status, start)
    WHERE status <> 'placed'
    """,
    """
    CREATE TRIGGER highlight_handed_over AFTER UPDATE OF document ON highlights
    WHEN OLD.document <> NEW.document BEGIN
        UPDATE document_totals SET highlights = highlights - 1 WHERE document = OLD.document;
        UPDATE document_totals SET highlights = highlights + 1 WHERE document = NEW.document;
    END
    """,
    # Whether a file that is added is a later state of a document is asked by where it comes from.
    "CREATE INDEX documents_source ON documents (source) WHERE source <> ''",
)


@migrations()
def sixth(db: Database) -> None:
    """Several revisions of a document, and where highlights were before."""
    for statement in _REVISIONS:
        db.execute(statement)


# Whether the coder wants right-to-left text of the document put in the order of reading: 0 or 1.
_TURNED = "ALTER TABLE reading ADD COLUMN turned INTEGER NOT NULL DEFAULT 0"

# What is highlighted in a file of which the text is not in the library yet; no act until it is.
# size (bytes) and modified (nanoseconds since 1970) are those of the file that was read; start and
# end are bytes of it; tags is a JSON list of paths.
_WAITING = """
    CREATE TABLE waiting (
        number   INTEGER PRIMARY KEY,
        coder    TEXT NOT NULL,
        path     TEXT NOT NULL,
        size     INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        start    INTEGER NOT NULL,
        "end"    INTEGER NOT NULL,
        quote    TEXT NOT NULL,
        tags     TEXT NOT NULL,
        note     TEXT NOT NULL,
        made_at  TEXT NOT NULL
    ) STRICT
"""


@migrations()
def seventh(db: Database) -> None:
    """Turned text, and highlights of files that are still coming in."""
    for statement in (_TURNED, _WAITING, "CREATE INDEX waiting_path ON waiting (coder, path)"):
        db.execute(statement)


# Few among very many, and counted by every export of a table.
_STARRED = "CREATE INDEX highlights_starred ON highlights (document) WHERE starred = 1"


@migrations()
def eighth(db: Database) -> None:
    """Starred highlights by document."""
    db.execute(_STARRED)


# What people make and the command line names are folders; older acts on them can be undone as well.
_FOLDERS = (
    "ALTER TABLE collections RENAME TO folders",
    "ALTER TABLE collection_documents RENAME TO folder_documents",
    "ALTER TABLE folder_documents RENAME COLUMN collection TO folder",
    "DROP INDEX collection_documents_document",
    "CREATE INDEX folder_documents_document ON folder_documents (document)",
    "UPDATE journal SET entity = 'folders' WHERE entity = 'collections'",
    """
    UPDATE journal SET
        entity = 'folder_documents',
        before = replace(before, '"collection":', '"folder":'),
        after = replace(after, '"collection":', '"folder":')
    WHERE entity = 'collection_documents'
    """,
)


@migrations()
def ninth(db: Database) -> None:
    """Collections are called folders."""
    for statement in _FOLDERS:
        db.execute(statement)


# Where reading was and bookmarks were in texts that a document had and may have again. The trigger
# sees to it that "reading" and "bookmarks" are of its current one, whoever changes that: a text of
# which nothing is kept takes over what there is. Of several places of reading in a text, which two
# documents that became one have, the furthest counts.
_EARLIER_PLACES = (
    """
    CREATE TABLE earlier_places (
        document TEXT NOT NULL,
        revision TEXT NOT NULL,
        coder    TEXT NOT NULL,
        kind     TEXT NOT NULL CHECK (kind IN ('bookmark', 'position', 'furthest')),
        position INTEGER NOT NULL,
        made_at  TEXT NOT NULL,
        PRIMARY KEY (document, revision, coder, kind, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER text_changed AFTER UPDATE OF revision ON documents
    WHEN OLD.revision <> NEW.revision BEGIN
        DELETE FROM earlier_places WHERE document = NEW.id AND revision = OLD.revision;
        INSERT INTO earlier_places
        SELECT NEW.id, OLD.revision, coder, 'bookmark', position, made_at
        FROM bookmarks WHERE document = NEW.id;
        INSERT INTO earlier_places
        SELECT NEW.id, OLD.revision, coder, 'position', position, updated_at
        FROM reading WHERE document = NEW.id;
        INSERT INTO earlier_places
        SELECT NEW.id, OLD.revision, coder, 'furthest', furthest, updated_at
        FROM reading WHERE document = NEW.id;
        DELETE FROM bookmarks WHERE document = NEW.id AND EXISTS (
            SELECT 1 FROM earlier_places WHERE document = NEW.id AND revision = NEW.revision);
        INSERT INTO bookmarks
        SELECT NEW.id, coder, position, made_at FROM earlier_places
        WHERE document = NEW.id AND revision = NEW.revision AND kind = 'bookmark';
        INSERT INTO reading (document, coder, position, furthest, updated_at)
        SELECT NEW.id, coder, max(iif(kind = 'position', position, 0)), max(position), max(made_at)
        FROM earlier_places
        WHERE document = NEW.id AND revision = NEW.revision AND kind <> 'bookmark'
        GROUP BY coder
        ON CONFLICT DO UPDATE SET position = excluded.position, furthest = excluded.furthest;
        DELETE FROM earlier_places WHERE document = NEW.id AND revision = NEW.revision;
    END
    """,
)


@migrations()
def tenth(db: Database) -> None:
    """Places of reading and bookmarks by text."""
    for statement in _EARLIER_PLACES:
        db.execute(statement)


# Those too long to be looked for near a window, and too many to be looked through.
_MIDDLE = """
    CREATE INDEX highlights_middle ON highlights (document, start, "end")
    WHERE "end" - start > 2000
"""


@migrations()
def eleventh(db: Database) -> None:
    """Highlights of a page or more, by their places."""
    db.execute(_MIDDLE)


# Of most quotes LIKE decides whether words are in them; these are the others.
_INTRICATE = f"CREATE INDEX highlights_intricate ON highlights (number) WHERE {INTRICATE}"


@migrations()
def twelfth(db: Database) -> None:
    """Quotes with characters that are folded."""
    db.execute(_INTRICATE)


@migrations()
def thirteenth(db: Database) -> None:
    """The same, told in a tenth of the time."""
    db.execute("DROP INDEX highlights_intricate")
    db.execute(_INTRICATE)


@migrations()
def fourteenth(db: Database) -> None:
    """Documents by parts of the words that describe them."""
    for statement in _TITLES_INDEX:
        db.execute(statement)


@migrations()
def fifteenth(db: Database) -> None:
    """Texts are cut into terms as search reads them: the index is made anew after this."""
