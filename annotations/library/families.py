"""What highlights bear of a tag and its descendants, which are merged and deleted together.

Everything here happens inside an act that is open above.
"""

from __future__ import annotations

from annotations.errors import InvalidError
from annotations.library.connection import Connection
from annotations.library.tagpath import clean, fold
from annotations.library.trees import IS_BELOW, TAGS, Member
from annotations.library.wording import quoted


def relative(connection: Connection, path: str) -> str | None:
    """The path of the tag at ``path``, or else of one below it; None where there is neither."""
    found: str | None = connection.value(
        "SELECT coalesce((SELECT path FROM tags WHERE folded = :path), "
        f"(SELECT path FROM tags WHERE {IS_BELOW} ORDER BY folded LIMIT 1))",
        {"path": fold(path)},
    )
    return found


def bearers(connection: Connection, members: list[Member]) -> int:
    """How many highlights bear one of ``members``."""
    connection.pick(member.id for member in members)
    number: int = connection.value(
        "SELECT count(DISTINCT highlight) FROM highlight_tags WHERE tag IN (SELECT id FROM picked)"
    )
    return number


def merge(connection: Connection, path: str, into: str, at: str) -> None:
    """Make the family of ``path`` one with that of ``into``, tag by tag.

    What a tag that stays has no words for, it takes from the one that goes; notes are joined.

    Raises:
        NotFoundError: there is no such tag.
        InvalidError: ``into`` is ``path`` or below it.
    """
    if fold(clean(path)) == fold(clean(into)):
        raise InvalidError(f"{quoted(path)} cannot be merged into itself")
    members = TAGS.family(connection, path)
    for member, target in zip(members, TAGS.targets(members, path, into), strict=True):
        row = connection.one("SELECT id FROM tags WHERE folded = ?", (fold(target),))
        if row is None:
            connection.run(
                "UPDATE tags SET path = ?, folded = ?, updated_at = ? WHERE id = ?",
                (target, fold(target), at, member.id),
            )
        else:
            _merge_one(connection, member.id, row[0], at)


def _merge_one(connection: Connection, gone: str, stays: str, at: str) -> None:
    values = {"gone": gone, "stays": stays, "at": at}
    connection.run(
        "INSERT INTO highlight_tags SELECT highlight, :stays, position, coder, created_at "
        "FROM highlight_tags g WHERE tag = :gone AND NOT EXISTS "
        "(SELECT 1 FROM highlight_tags s WHERE s.highlight = g.highlight AND s.tag = :stays)",
        values,
    )
    words = connection.one(
        "SELECT description, inclusion, exclusion, colour, note, key FROM tags WHERE id = :gone",
        values,
    )
    delete(connection, [Member(gone, "")])
    description, inclusion, exclusion, colour, note, key = words or ("",) * 6
    connection.run(
        """
        UPDATE tags SET
            description = iif(description = '', :description, description),
            inclusion = iif(inclusion = '', :inclusion, inclusion),
            exclusion = iif(exclusion = '', :exclusion, exclusion),
            colour = iif(colour = '', :colour, colour),
            key = iif(key = '', :key, key),
            note = CASE WHEN :note = '' THEN note WHEN note = '' THEN :note
                   ELSE note || char(10, 10) || :note END,
            updated_at = :at
        WHERE id = :stays
        """,
        {
            "description": description,
            "inclusion": inclusion,
            "exclusion": exclusion,
            "colour": colour,
            "note": note,
            "key": key,
            **values,
        },
    )


def delete(connection: Connection, members: list[Member]) -> None:
    """Take ``members`` from the highlights that bear them, and from the codebook."""
    connection.pick(member.id for member in members)
    connection.run("DELETE FROM highlight_tags WHERE tag IN (SELECT id FROM picked)")
    connection.run("DELETE FROM tags WHERE id IN (SELECT id FROM picked)")
