"""A passages query as SQL: what it says of a highlight, as a condition on ``highlights h``.

Relations are not said here: each is found before, and is a table of the numbers of its highlights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from annotations.library.phrases import quotes_hold, text_holds, text_is
from annotations.library.sql import TRUE, Sql, join
from annotations.library.tagpath import fold as fold_path
from annotations.query.nodes import (
    And,
    Contains,
    During,
    Equals,
    Everything,
    Field,
    Not,
    Or,
    Query,
    Related,
    Starred,
    Tagged,
)

RelatedTables = Mapping[Related, str]
"""Where the highlights of each relation are: a table with the column ``number``."""


def condition(
    query: Query, tables: RelatedTables, highlight: str = "h.id", *, of_every: bool = False
) -> Sql:
    """What ``query`` says.

    Args:
        query: Of a passages query.
        tables: Of every relation in it.
        highlight: SQL for the id of the highlight. What is said of tags needs nothing else.
        of_every: Every highlight of the library is asked, so that what is known of all of them may
            be gathered beforehand.
    """
    say = partial(condition, tables=tables, highlight=highlight, of_every=of_every)
    match query:
        case Everything():
            return TRUE
        case Not(operand):
            return say(operand).inside("NOT (", ")")
        case And(operands):
            return join("AND", list(map(say, operands)))
        case Or(operands):
            tags = [each for each in operands if isinstance(each, Tagged)]
            others = [each for each in operands if not isinstance(each, Tagged)]
            parts = list(map(say, others))
            return join("OR", [*parts, *([_bears(tags, highlight, of_every)] if tags else [])])
        case Tagged():
            return _bears([query], highlight, of_every)
        case Related():
            return Sql(f"h.number IN (SELECT number FROM {tables[query]})")
        case Starred():
            return Sql("h.starred")
        case Contains(field=Field.TEXT, value=value):
            return quotes_hold(value) if of_every else text_holds("h.quote", value)
        case Contains(field=Field.NOTE, value=value):
            return text_holds("h.note", value)
        case Equals(field=Field.CODER, value=value):
            return text_is("h.coder", value)
        case Equals(field=Field.COLOUR, value=value):
            return Sql("h.colour = ?", (value,))
        case Equals(field=Field.STATUS, value=value):
            return Sql("h.status = ?", (value,))
        case During(field=Field.MADE, since=since, until=until):
            return _during("h.created_at", since, until)
        case _:
            return documents(query).inside("h.document IN (", ")")


def speaks_of_tags_alone(query: Query) -> bool:
    """Whether the condition needs nothing of a highlight but its id."""
    match query:
        case Not(operand):
            return speaks_of_tags_alone(operand)
        case And(operands) | Or(operands):
            return all(map(speaks_of_tags_alone, operands))
        case _:
            return isinstance(query, Tagged)


def speaks_of_documents_alone(query: Query) -> bool:
    """Whether :func:`document_condition` takes a query."""
    match query:
        case Not(operand):
            return speaks_of_documents_alone(operand)
        case And(operands) | Or(operands):
            return all(map(speaks_of_documents_alone, operands))
        case _:
            return is_of_documents(query)


def is_of_documents(query: Query) -> bool:
    """Whether a term is about the document alone, so that :func:`documents` takes it."""
    match query:
        case Contains(field=field) | Equals(field=field) | During(field=field):
            return field in _DOCUMENT_COLUMNS or field is Field.DOC
        case _:
            return False


_DOCUMENT_COLUMNS = {
    Field.AUTHOR: "d.author",
    Field.PUBLISHER: "d.publisher",
    Field.SOURCE: "d.source",
    Field.KIND: "d.kind",
    Field.LANGUAGE: "d.language",
    Field.PUBLISHED: "d.published",
}


def documents(term: Query) -> Sql:
    """A SELECT of the ids of the documents of which ``term`` is true; deleted ones may be among
    them."""
    # Of dates there is an index of those that are there; the rest is quicker without one.
    there = "d.deleted_at IS NULL AND " if isinstance(term, During) else ""
    return document_condition(term).inside(f"SELECT d.id FROM documents d WHERE {there}")


def document_condition(term: Query) -> Sql:
    """What ``term``, which speaks of documents alone, says of a row of ``documents d``."""
    match term:
        case Not(operand):
            return document_condition(operand).inside("NOT (", ")")
        case And(operands):
            return join("AND", list(map(document_condition, operands)))
        case Or(operands):
            return join("OR", list(map(document_condition, operands)))
        case Contains(field=Field.DOC, value=value):
            named = text_holds("d.title", value)
            # Looked up once, instead of compared with each.
            meant = Sql(
                "d.id IN (SELECT id FROM documents WHERE id = ? "
                "UNION ALL SELECT id FROM documents WHERE path = ? "
                "UNION ALL SELECT id FROM documents WHERE id >= ? AND id < ?)",
                (value, value, *_beginning_of_id(value)),
            )
            return join("OR", [named, meant])
        case Contains(field=field, value=value):
            return text_holds(_DOCUMENT_COLUMNS[field], value)
        case Equals(field=Field.LANGUAGE, value=value):
            beginning = f"{value}-"
            regional = Sql(
                "substr(d.language, 1, ?) = ? COLLATE NOCASE", (len(beginning), beginning)
            )
            return join("OR", [text_is("d.language", value), regional])
        case Equals(field=field, value=value):
            return text_is(_DOCUMENT_COLUMNS[field], value)
        case During(field=field, since=since, until=until):
            return _during(_DOCUMENT_COLUMNS[field], since, until)
    raise TypeError(f"{term} says nothing of a document")


SHORTEST_ID = 6
"""Characters of the beginning of an id that ``doc:`` takes for one."""
_LONGEST_ID = 64
_OF_IDS = frozenset("0123456789abcdef-")


def _beginning_of_id(value: str) -> tuple[str, str]:
    """The first id that may begin so, and what is past the last; none, if none can."""
    beginning = value.lower()
    is_id = SHORTEST_ID <= len(value) <= _LONGEST_ID and set(beginning) <= _OF_IDS
    return (beginning, f"{beginning}g") if is_id else ("", "")


def tags(terms: Sequence[Tagged]) -> Sql:
    """A condition on a row of ``tags``: it is one of ``terms``."""
    parts = []
    for term in terms:
        path = fold_path(term.path)
        if not term.below:
            parts.append(Sql("folded = ?", (path,)))
        elif path:
            # "0" follows "/".
            parts.append(Sql("(folded > ? AND folded < ?)", (f"{path}/", f"{path}0")))
        else:
            return TRUE
    return join("OR", parts)


def bearers(terms: Sequence[Tagged]) -> Sql:
    """A SELECT of the ids of the highlights, each once, that bear one of the tags."""
    match terms:
        case [Tagged(path=path, below=False)]:
            return Sql(
                "SELECT highlight FROM highlight_tags "
                "WHERE tag = (SELECT id FROM tags WHERE folded = ?)",
                (fold_path(path),),
            )
        case _ if (which := tags(terms)) is TRUE:
            return Sql("SELECT DISTINCT highlight FROM highlight_tags")
        case _:
            return which.inside(
                "SELECT DISTINCT highlight FROM highlight_tags "
                "WHERE tag IN (SELECT id FROM tags WHERE ",
                ")",
            )


def _bears(terms: Sequence[Tagged], highlight: str, of_every: bool) -> Sql:
    if of_every and tags(terms) is not TRUE:
        return bearers(terms).inside(f"{highlight} IN (", ")")
    found = f"EXISTS (SELECT 1 FROM highlight_tags WHERE highlight = {highlight}"
    match terms:
        case [Tagged(path=path, below=False)]:
            tag = Sql("(SELECT id FROM tags WHERE folded = ?)", (fold_path(path),))
            return tag.inside(f"{found} AND tag = ", ")")
        case _ if (which := tags(terms)) is TRUE:
            return Sql(f"{found})")
        case _:
            # The plus keeps SQLite from one look-up for each of the tags.
            return which.inside(f"{found} AND +tag IN (SELECT id FROM tags WHERE ", "))")


def _during(column: str, since: str, until: str) -> Sql:
    # Dates sort as text, a shorter one before those inside it.
    parts = [Sql(f"{column} <> ''")]
    if since:
        shorter = [since[:length] for length in range(1, len(since))]
        marks = ", ".join("?" * len(shorter))
        # The first says less than the second, but to an index.
        parts = [
            Sql(f"{column} >= ?", (shorter[0],)),
            Sql(f"({column} >= ? OR {column} IN ({marks}))", (since, *shorter)),
        ]
    if until:
        parts.append(Sql(f"{column} < ?", (until,)))
    return join("AND", parts)
