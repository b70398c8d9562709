"""A tag and its descendants, which are renamed, merged and deleted together.

Everything here happens inside an act that is open above.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotations.errors import InvalidError, NotFoundError
from annotations.library.connection import Connection
from annotations.library.naming import unknown
from annotations.library.tagpath import clean, fold
from annotations.library.wording import quoted


@dataclass(frozen=True, slots=True)
class Member:
    """A tag of a family."""

    id: str
    path: str


# 0 is the character after the stroke.
_IS_BELOW = "folded > :path || '/' AND folded < :path || '0'"


def relative(connection: Connection, path: str) -> str | None:
    """The path of the tag at ``path``, or else of one below it; None where there is neither."""
    found: str | None = connection.value(
        "SELECT coalesce((SELECT path FROM tags WHERE folded = :path), "
        f"(SELECT path FROM tags WHERE {_IS_BELOW} ORDER BY folded LIMIT 1))",
        {"path": fold(path)},
    )
    return found


def family(connection: Connection, path: str) -> list[Member]:
    """The tag at ``path``, if it is a tag, and those below it; parents come before children.

    Raises:
        NotFoundError: there is neither.
        InvalidError: ``path`` cannot be one.
    """
    folded = fold(clean(path))
    rows = connection.all(
        f"SELECT id, path FROM tags WHERE folded = :path OR ({_IS_BELOW}) "
        "ORDER BY length(folded), folded",
        {"path": folded},
    )
    if not rows:
        raise unknown_tag(connection, path)
    return [Member(*row) for row in rows]


def unknown_tag(connection: Connection, path: str) -> NotFoundError:
    """That no tag is called so."""
    return unknown("tag", path, (known for (known,) in connection.all("SELECT path FROM tags")))


def bearers(connection: Connection, members: list[Member]) -> int:
    """How many highlights bear one of ``members``."""
    connection.pick(member.id for member in members)
    number: int = connection.value(
        "SELECT count(DISTINCT highlight) FROM highlight_tags WHERE tag IN (SELECT id FROM picked)"
    )
    return number


def renamed(connection: Connection, path: str, new_path: str) -> list[tuple[Member, str]]:
    """The family of ``path``, and the path that each of it has when ``path`` is at ``new_path``.

    Raises:
        NotFoundError: there is no such tag.
        InvalidError: ``new_path`` is below ``path``, or there is such a tag already.
    """
    members = family(connection, path)
    targets = _targets(members, path, new_path)
    own = {member.id for member in members}
    for target in targets:
        row = connection.one("SELECT id, path FROM tags WHERE folded = ?", (fold(target),))
        if row is not None and row[0] not in own:
            raise InvalidError(f"there is a tag {row[1]} already: merge them instead")
    return list(zip(members, targets, strict=True))


def rename(connection: Connection, path: str, new_path: str, at: str) -> int:
    """Put the family of ``path`` at ``new_path``, as :func:`renamed` says; how many tags got
    another path."""
    return connection.run_many(
        "UPDATE tags SET path = ?, folded = ?, updated_at = ? WHERE id = ? AND path <> ?",
        [
            (target, fold(target), at, member.id, target)
            for member, target in renamed(connection, path, new_path)
        ],
    )


def merge(connection: Connection, path: str, into: str, at: str) -> None:
    """Make the family of ``path`` one with that of ``into``, tag by tag.

    What a tag that stays has no words for, it takes from the one that goes; notes are joined.

    Raises:
        NotFoundError: there is no such tag.
        InvalidError: ``into`` is ``path`` or below it.
    """
    if fold(clean(path)) == fold(clean(into)):
        raise InvalidError(f"{quoted(path)} cannot be merged into itself")
    members = family(connection, path)
    for member, target in zip(members, _targets(members, path, into), strict=True):
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


def _targets(members: list[Member], path: str, new_path: str) -> list[str]:
    """Where each of ``members`` is, if ``path`` is at ``new_path``."""
    old, new = clean(path), clean(new_path)
    if fold(new).startswith(f"{fold(old)}/"):
        raise InvalidError(f"{quoted(old)} cannot go below itself, to {quoted(new)}")
    depth = old.count("/") + 1
    return [clean("/".join([new, *member.path.split("/")[depth:]])) for member in members]
