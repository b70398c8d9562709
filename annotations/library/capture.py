"""Journalling by trigger: no row that counts can change without an entry in the journal.

The triggers belong to the connection (TEMP), are made from the columns that the tables have, and
ask for the act that is open; a change outside an act fails. Other programs that write to the file
are not held to it.
"""

from __future__ import annotations

from typing import NamedTuple

from annotations.library.connection import Connection

JOINT = "\x1f"
"""Parts the ids in an entity_id of several: the ids that other programs give hold blanks."""


class Entity(NamedTuple):
    """A table whose rows are journalled."""

    table: str
    key: tuple[str, ...] = ("id",)
    """The columns that name a row; their values, joined by :data:`JOINT`, are its entity_id."""
    only: tuple[str, ...] = ()
    """The columns that are journalled when they change; empty: all, and rows made and removed."""


ENTITIES = {
    entity.table: entity
    for entity in (
        Entity("documents"),
        # A text is kept under its hash whoever refers to it; that a document holds it is an act.
        Entity("revisions", key=("number",), only=("document", "ordinal")),
        Entity("highlights"),
        Entity("placements", key=("highlight",)),
        Entity("tags"),
        Entity("highlight_tags", key=("highlight", "tag")),
        # Which act took it back.
        Entity("acts", key=("number",), only=("undone",)),
        Entity("saved_queries"),
        Entity("folders"),
        Entity("folder_documents", key=("folder", "document")),
        Entity("reading_marks", key=("coder", "mark", "document")),
    )
}


class Capture:
    """The triggers of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.act: int | None = None
        """The number of the act to which changes belong; None: they are refused."""
        self.rows = 0
        """Changes that were captured so far."""
        self._lasting = False
        with connection.errors():
            connection.sqlite.create_function("act_number", 0, self._number)

    def _number(self) -> int | None:
        """What each trigger asks, once a change."""
        self.rows += 1
        return self.act

    def watch(self) -> None:
        """Make the triggers if they are not there. To be called at the start of every act: when a
        transaction is rolled back, so are the triggers that were made in it."""
        if self._lasting:
            return
        if not self._connection.value(
            "SELECT count(*) FROM temp.sqlite_schema WHERE name GLOB 'journal_*'"
        ):
            for entity in ENTITIES.values():
                self._watch(entity)
        self._lasting = not self._connection.sqlite.in_transaction

    def _watch(self, entity: Entity) -> None:
        columns = [
            name
            for (name,) in self._connection.all(
                "SELECT name FROM pragma_table_info(?)", (entity.table,)
            )
            if name in entity.only or not entity.only
        ]
        changed = f"({_listed(columns, 'OLD')}) IS NOT ({_listed(columns, 'NEW')})"
        before, after = _changes(columns, "OLD"), _changes(columns, "NEW")
        self._trigger(entity, "UPDATE", "NEW", before, after, when=changed)
        if not entity.only:
            self._trigger(entity, "INSERT", "NEW", "NULL", _image(columns, "NEW"))
            self._trigger(entity, "DELETE", "OLD", _image(columns, "OLD"), "NULL")

    def _trigger(
        self, entity: Entity, event: str, row: str, before: str, after: str, when: str = "true"
    ) -> None:
        entity_id = f" || char({ord(JOINT)}) || ".join(f"{row}.{column}" for column in entity.key)
        self._connection.run(
            f"CREATE TEMP TRIGGER journal_{entity.table}_{event.lower()} "
            f"AFTER {event} ON main.{entity.table} WHEN {when} BEGIN "
            "INSERT INTO journal (act, entity, entity_id, before, after) "
            f"VALUES (act_number(), '{entity.table}', {entity_id}, {before}, {after}); END"
        )


def _listed(columns: list[str], row: str) -> str:
    return ", ".join(f'{row}."{column}"' for column in columns)


def _image(columns: list[str], row: str) -> str:
    """SQL for a JSON object of all columns."""
    members = ", ".join(f"'{column}', {row}.\"{column}\"" for column in columns)
    return f"json_object({members})"


def _changes(columns: list[str], row: str) -> str:
    """SQL for a JSON object of the columns in which OLD and NEW differ, as they are in ``row``."""
    members = " || ".join(
        f'iif(OLD."{column}" IS NOT NEW."{column}", '
        f"""',"{column}":' || json_quote({row}."{column}"), '')"""
        for column in columns
    )
    return f"'{{' || ltrim({members}, ',') || '}}'"
