"""Reading the journal: which acts there were, and which of mine somebody wrote over."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, TypedDict

from annotations.library.capture import JOINT
from annotations.library.connection import Connection, Row
from annotations.library.tagpath import clean, fold

if TYPE_CHECKING:
    from typing import Unpack

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


_WHERE = {
    "coder": "a.coder IN (SELECT value FROM json_each(:coder))",
    "since": "a.at >= :since",
    "until": "a.at < :until",
    "document": f"EXISTS ({_ABOUT_DOCUMENT})",
    "tag": f"EXISTS ({_ABOUT_TAG})",
}
"""What holds of an act for which something is asked."""


class Wanted(TypedDict, total=False):
    """Which acts are asked for; None, like what is left out, leaves it open."""

    coder: str | None
    """Who did them, in any case."""
    document: str | None
    """The id of the document that they changed, or whose highlights."""
    tag: str | None
    """The path that a tag that they changed, gave or took has or had."""
    since: str | None
    """Not before this time; UTC, ISO 8601 with ``Z``, as far as it goes."""
    until: str | None
    """Before this time."""


def acts(connection: Connection, **wanted: Unpack[Wanted]) -> Iterator[Act]:
    """The acts for which all that is given holds, latest first."""
    values = dict(wanted)
    if (coder := wanted.get("coder")) is not None:
        values["coder"] = json.dumps(_same_name(connection, coder))
    if (tag := wanted.get("tag")) is not None:
        values["tag"] = fold(clean(tag))
    conditions = [_WHERE[name] for name, value in values.items() if value is not None]
    where = " AND ".join(conditions) or "true"
    rows = connection.stream(f"{_SELECT} WHERE {where} ORDER BY a.number DESC", values)
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
