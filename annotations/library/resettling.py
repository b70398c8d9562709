"""Writing where highlights have been carried."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.library.carrying import Carrier, Standing
from annotations.library.connection import Connection
from annotations.library.placing import Place
from annotations.model import Highlight, Status


def follow(connection: Connection, made: Highlight, at: str) -> bool:
    """Carry a highlight that was made on an earlier text of its document to the current one, inside
    an act; whether it was.

    Args:
        connection: where it is.
        made: where it was placed.
        at: the time of the act.
    """
    current = connection.value("SELECT revision FROM documents WHERE id = ?", (made.document,))
    if made.revision == current:
        return False
    here = Place(made.revision, made.start, made.end, made.quote, made.prefix, made.suffix)
    was = Standing(made.id, Status.PLACED, here)
    put(connection, [(was, Carrier(connection, current).carry([was])[made.id])], at)
    return True


def put(connection: Connection, carried: Iterable[tuple[Standing, Standing]], at: str) -> None:
    """Write where highlights are now, inside an act.

    Args:
        connection: where to.
        carried: where each was and where it will be.
        at: the time of the act.
    """
    places, settled, displaced = [], [], []
    for was, now in carried:
        if (was.here, was.status) != (now.here, now.status):
            here = now.here
            known = now.status is not Status.PLACED or was.status is not Status.PLACED
            places.append(
                (
                    *(here.revision, here.start, here.end, here.quote, here.prefix, here.suffix),
                    *(now.status, at if known else None, was.id),
                )
            )
        if now.before is None:
            settled += [(was.id,)] if was.before is not None else []
        elif now != was:
            place = now.before
            displaced.append(
                (
                    *(was.id, place.revision, place.start, place.end),
                    *(place.quote, place.prefix, place.suffix),
                    *(now.confidence, now.near, int(now.reviewed)),
                )
            )
    # What lies unchanged in its place has not been updated: nobody said anything new of it.
    connection.run_many(
        'UPDATE highlights SET revision = coalesce(?, revision), start = ?, "end" = ?, quote = ?, '
        "prefix = ?, suffix = ?, status = ?, updated_at = coalesce(?, updated_at) WHERE id = ?",
        places,
    )
    connection.run_many("DELETE FROM placements WHERE highlight = ?", settled)
    connection.run_many(
        "INSERT INTO placements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET revision = excluded.revision, start = excluded.start, "
        '"end" = excluded."end", quote = excluded.quote, prefix = excluded.prefix, '
        "suffix = excluded.suffix, confidence = excluded.confidence, near = excluded.near, "
        "reviewed = excluded.reviewed",
        displaced,
    )
