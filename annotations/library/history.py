"""Reading the journal: which acts there were, and which of mine somebody wrote over."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from annotations.library.capture import JOINT
from annotations.library.connection import Connection, Row
from annotations.library.tagpath import clean, fold

if TYPE_CHECKING:
    from annotations.model import Act

_JOINT = f"instr(j.entity_id, char({ord(JOINT)}))"
GIVEN_TO = f"substr(j.entity_id, 1, {_JOINT} - 1)"
"""SQL: the highlight of a journal entry ``j`` about a highlight_tags row."""
GIVEN = f"substr(j.entity_id, {_JOINT} + 1)"
"""SQL: the tag of a journal entry ``j`` about a highlight_tags row."""

_SELECT = """
    SELECT a.id, a.clock, a.at, a.coder, a.device, a.name, coalesce(o.id, ''), a.undone <> 0,
           a.changes, a.summary
    FROM acts a LEFT JOIN acts o ON o.number = a.undoes
"""

# What was removed since is found by what the journal kept of it.
_ABOUT_DOCUMENT = f"""
    WITH ours AS (
        SELECT id FROM highlights WHERE document = :document
        UNION SELECT entity_id FROM journal WHERE entity = 'highlights' AND after IS NULL
            AND json_extract(before, '$.document') = :document
    ) SELECT 1 FROM journal j
    WHERE j.number >= a.first AND j.number < a.first + a.changes AND (
        (j.entity = 'documents' AND j.entity_id = :document)
        OR (j.entity IN ('highlights', 'placements') AND j.entity_id IN ours)
        OR (j.entity = 'highlight_tags' AND {GIVEN_TO} IN ours))
"""
_ABOUT_TAG = f"""
    WITH named AS (
        SELECT id FROM tags WHERE folded = :tag
        UNION SELECT entity_id FROM journal WHERE entity = 'tags' AND :tag IN (
            json_extract(before, '$.folded'), json_extract(after, '$.folded'))
    ) SELECT 1 FROM journal j
    WHERE j.number >= a.first AND j.number < a.first + a.changes AND (
        (j.entity = 'tags' AND j.entity_id IN named)
        OR (j.entity = 'highlight_tags' AND {GIVEN} IN named))
"""

# The acts of a journal entry follow each other as their entries do.
_OTHERS = """
    SELECT EXISTS (SELECT 1 FROM acts
    WHERE number > coalesce((SELECT act FROM journal WHERE number = :since), 0)
        AND number NOT IN (SELECT id FROM picked))
"""

# A field that an act of ours made or set, and theirs set to something else or removed with its row.
_OVERWRITTEN = """
    WITH mine AS (
        SELECT a.summary, j.* FROM picked JOIN acts a ON a.number = picked.id
        JOIN journal j ON j.number >= a.first AND j.number < a.first + a.changes
        WHERE j.after IS NOT NULL AND j.entity <> 'acts'
    )
    SELECT a.coder, a.summary, mine.summary, max(mine.number)
    FROM journal theirs JOIN acts a ON a.number = theirs.act
    JOIN mine ON mine.entity_id = theirs.entity_id AND mine.entity = theirs.entity
        AND mine.number < theirs.number
    WHERE theirs.number > :since AND theirs.act NOT IN (SELECT id FROM picked)
        AND theirs.before IS NOT NULL AND (theirs.after IS NULL OR EXISTS (
            SELECT 1 FROM json_each(theirs.before) was JOIN json_each(mine.after) set_ USING (key)
            WHERE key <> 'updated_at' AND (mine.before IS NOT NULL OR was.value NOT IN ('', 0))))
    GROUP BY a.number ORDER BY a.number
"""


def acts(
    connection: Connection,
    *,
    limit: int | None = None,
    coder: str | None = None,
    document: str | None = None,
    tag: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Iterator[Act]:
    """The acts for which all that is given holds, latest first; see :meth:`Journal.acts`."""
    conditions = {
        "a.coder IN (SELECT value FROM json_each(:coders))": coder,
        "a.at >= :since": since,
        "a.at < :until": until,
        f"EXISTS ({_ABOUT_DOCUMENT})": document,
        f"EXISTS ({_ABOUT_TAG})": tag,
    }
    where = " AND ".join(sql for sql, value in conditions.items() if value is not None) or "true"
    rows = connection.stream(
        f"{_SELECT} WHERE {where} ORDER BY a.number DESC LIMIT :limit",
        {
            "coders": None if coder is None else json.dumps(_same_name(connection, coder)),
            "since": since,
            "until": until,
            "document": document,
            "tag": None if tag is None else fold(clean(tag)),
            "limit": -1 if limit is None else limit,
        },
    )
    return map(_act, rows)


def _same_name(connection: Connection, coder: str) -> list[str]:
    """The names of ``coder`` in any case."""
    names = connection.all("SELECT DISTINCT coder FROM acts")
    return [name for (name,) in names if fold(name) == fold(coder)]


def numbered(connection: Connection, number: int) -> Act:
    """The act with this number."""
    return _act(connection.all(f"{_SELECT} WHERE a.number = ?", (number,))[0])


def overwritten(connection: Connection, mine: Collection[int], since: int) -> list[str]:
    """What others did after journal entry ``since`` to fields that the acts ``mine`` had set, in
    words."""
    connection.pick(map(str, mine))
    if not connection.value(_OTHERS, {"since": since}):
        return []
    rows = connection.all(_OVERWRITTEN, {"since": since})
    return [
        f"{coder} {theirs} after you {'did' if theirs == ours else ours}"
        for coder, theirs, ours, _ in rows
    ]


def _act(row: Row) -> Act:
    # Who only writes the journal lists none.
    from annotations.model import Act

    act_id, clock, at, coder, device, name, undoes, undone, changes, summary = row
    return Act(act_id, clock, at, coder, device, name, undoes, bool(undone), changes, summary)
