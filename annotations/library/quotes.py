"""Do highlights lie in the text that their document has? What taking an act back must not break.

A revision moves the highlights of everybody. An act that is taken back out of its turn could put
one back on a text, or to a place of a text, that it was not made on.
"""

from __future__ import annotations

from annotations.errors import ConflictError
from annotations.library.connection import Connection
from annotations.library.texts import Texts
from annotations.library.wording import quoted

_DOCUMENTS = """
    SELECT j.entity_id FROM journal j WHERE j.number >= :first AND j.number < :end
        AND j.entity = 'documents' AND instr(j.before, '"revision"')
"""
_HIGHLIGHTS = """
    FROM journal j CROSS JOIN highlights h ON h.id = j.entity_id
    JOIN documents d ON d.id = h.document JOIN revisions r ON r.id = h.revision
    WHERE j.number >= :first AND j.number < :end AND j.entity = 'highlights'
"""

_STRAYED = f"""
    SELECT d.title, h.quote FROM highlights h JOIN documents d ON d.id = h.document
    WHERE h.document IN ({_DOCUMENTS}) AND h.status <> 'lost' AND h.revision <> d.revision
    UNION ALL
    SELECT d.title, h.quote {_HIGHLIGHTS}
        AND (j.after IS NULL OR instr(j.before, '"revision"') OR instr(j.before, '"status"'))
        AND h.status <> 'lost' AND h.revision <> d.revision
    LIMIT 1
"""
"""A highlight that the act, taken back, left in another text than its document has."""

_MOVED = f"""
    SELECT d.title, h.quote, r.number, h.start, h."end" {_HIGHLIGHTS}
        AND (instr(j.before, '"start"') OR instr(j.before, '"end"'))
        AND NOT instr(j.before, '"revision"') AND h.start < h."end"
"""
"""Highlights whose edges the act had moved within a text, as they are now."""


def verify(connection: Connection, act: int) -> None:
    """Make sure, inside the transaction that took an act back, that no quote lies.

    Raises:
        ConflictError: a highlight would lie in another text than its document's, or on other words
            than its quote says.
    """
    first, changes = connection.all("SELECT first, changes FROM acts WHERE number = ?", (act,))[0]
    span = {"first": first, "end": first + changes}
    strayed = connection.one(_STRAYED, span)
    if strayed is None:
        texts = Texts(connection)
        strayed = next(
            (
                (title, quote)
                for title, quote, *place in connection.all(_MOVED, span)
                if texts.slice(*place) != quote
            ),
            None,
        )
    if strayed is not None:
        title, quote = strayed
        raise ConflictError(
            f"{quoted(title)} has had another text since, and {quoted(quote)} lies in one of them "
            "alone"
        )
