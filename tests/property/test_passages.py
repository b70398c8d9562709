"""The passages language against a slow, plain evaluation, on random libraries and queries."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model import (
    Block,
    Document,
    Highlight,
    ImportedDocument,
    Metadata,
    Passage,
    Status,
)
from annotations.query import nodes as n
from annotations.query import parse_passages
from tests.property.worlds import World

SENTENCES = (
    "The fog came in. ",
    "Was it Grey?\n",
    "Résumé, “no”! ",
    "Ça va. ",
    "雾来了。",
    "50% a_b! ",
)
TAGS = ("fog", "fog/thick", "fog/thick/grey", "sea", "fog/*", "Sea level/rise")
AUTHORS = ("Ann Étage", "Bob", "")
PUBLISHED = ("2023", "2023-05", "2024-01-31", "")


class Highlights(World[Highlight]):
    """Queries ask for the highlights of a library."""

    def fill(self, chance: random.Random) -> None:
        self.paragraphs: dict[str, list[int]] = {}
        self.sentences: dict[str, list[int]] = {}
        for number in range(4):
            self._add_document(chance, number)
        for document in self.library.documents.list():
            for _ in range(chance.randrange(12)):
                self._add_highlight(chance, document)
        self._lose_some(chance)
        deleted, *others = self.library.documents.list()
        self.library.documents.delete([deleted.id])
        self.documents = {document.id: document for document in others}
        self.highlights = [
            highlight
            for highlight in self.library.highlights.list()
            if highlight.document in self.documents
        ]

    def _add_document(self, chance: random.Random, number: int) -> None:
        passages: list[Passage] = []
        paragraphs: list[int] = []
        sentences: list[int] = []
        start = 0
        for _ in range(3):
            text, blocks = "", []
            for _ in range(chance.randrange(1, 4)):
                first = len(text)
                paragraphs.append(start + first)
                for _ in range(chance.randrange(1, 4)):
                    sentences.append(start + len(text))
                    text += chance.choice(SENTENCES)
                text += "\n"
                blocks.append(Block(first, len(text)))
            passages.append(Passage(start, text, tuple(blocks)))
            start += len(text)
        metadata = Metadata(
            title=f"{chance.choice('Tt')}ext {number}",
            author=chance.choice(AUTHORS),
            published=chance.choice(PUBLISHED),
            language=chance.choice(("en", "en-GB", "fr")),
            path=f"/texts/{number}.txt",
        )
        document = self.library.documents.add(ImportedDocument(passages, metadata)).document
        self.paragraphs[document.id] = paragraphs
        self.sentences[document.id] = sentences

    def _add_highlight(self, chance: random.Random, document: Document) -> None:
        start = chance.randrange(document.length)
        end = min(document.length, start + chance.choice((1, 3, 10, 40)))
        highlight = self.library.highlights.add(
            document.id,
            start,
            end,
            tags=chance.sample(TAGS, chance.choice((0, 1, 1, 2, 4))),
            note=chance.choice(("", "a note", "NÓTE")),
            colour=chance.choice(("", "yellow", "#aabbcc")),
        )
        if chance.random() < 0.3:
            self.library.highlights.star([highlight.id])

    def _lose_some(self, chance: random.Random) -> None:
        """As another text of their document would."""
        ids = [(each.id,) for each in self.library.highlights.list() if chance.random() < 0.15]
        with closing(sqlite3.connect(self.library.path)) as connection, connection:
            connection.executemany("UPDATE highlights SET status = 'lost' WHERE id = ?", ids)

    def evaluate(self, query: n.Query) -> list[Highlight]:
        """What ``query`` asks for, by looking at each highlight, for relations at each pair."""
        found = [highlight for highlight in self.highlights if self.is_true(query, highlight)]
        return sorted(found, key=lambda h: (self.documents[h.document].title, h.start, h.id))

    def says(self, query: n.Query, h: Highlight) -> bool:
        document = self.documents[h.document]
        match query:
            case n.Related(left, relation, right, distance):
                return self.is_true(left, h) and any(
                    self.is_true(right, other) and self.stand(h, relation, other, distance)
                    for other in self.highlights
                )
            case n.Tagged(path, below):
                paths = [tag.casefold() for tag in h.tags]
                if not below:
                    return path.casefold() in paths
                return any(tag.startswith(f"{path}/".casefold()) or not path for tag in paths)
            case n.Starred():
                return h.starred
            case n.Contains(n.Field.TEXT, value):
                return plain(value) in plain(h.quote)
            case n.Contains(n.Field.NOTE, value):
                return plain(value) in plain(h.note)
            case n.Contains(n.Field.DOC, value):
                return plain(value) in plain(document.title) or value in (
                    document.path,
                    document.id,
                    document.id[:8],
                )
            case n.Contains(n.Field.AUTHOR, value):
                return plain(value) in plain(document.author)
            case n.Equals(n.Field.LANGUAGE, value):
                return f"{document.language}-".lower().startswith(f"{value}-".lower())
            case n.Equals(field, value):
                return str(getattr(h, field.value)).lower() == value.lower()
            case n.During(n.Field.PUBLISHED, since, until):
                date = document.published
                return bool(date) and (
                    date[: len(since)] >= since[: len(date)] and (not until or date < until)
                )
            case n.During(n.Field.MADE, since, until):
                return h.created_at[: len(since)] >= since and (not until or h.created_at < until)
        raise AssertionError(query)

    def stand(
        self, a: Highlight, relation: n.Relation, b: Highlight, distance: n.Distance | None
    ) -> bool:
        if a.document != b.document or Status.LOST in (a.status, b.status):
            return False
        match relation:
            case n.Relation.OVERLAPS:
                return overlap(a, b)
            case n.Relation.WITHIN:
                return b.start <= a.start and a.end <= b.end
            case n.Relation.CONTAINS:
                return a.start <= b.start and b.end <= a.end
            case n.Relation.BEFORE:
                return a.end <= b.start
            case n.Relation.AFTER:
                return b.end <= a.start
        assert distance is not None
        borders = self.paragraphs if distance.unit is n.Unit.PARAGRAPHS else self.sentences
        first, second = sorted((a, b), key=lambda highlight: highlight.start)
        between = [p for p in borders[a.document] if first.end <= p <= second.start]
        return overlap(first, second) or len(between) <= distance.count


def overlap(a: Highlight, b: Highlight) -> bool:
    return a.start < b.end and b.start < a.end


def plain(text: str) -> str:
    """What the texts here need of folding."""
    for accented, bare in (("é", "e"), ("É", "E"), ("ó", "o"), ("Ó", "O"), ("Ç", "C")):
        text = text.replace(accented, bare)
    return " ".join(text.replace("“", '"').replace("”", '"').lower().split())


TERMS = st.sampled_from(
    (
        *TAGS[:-2], "SEA", '"sea level/rise"', "fog/*", 'fog/"*"', '"sea level"/*', "*", "nowhere",
        "untagged", "starred", "text:fog", 'text:"in. was"', "text:resume", 'text:"“no"', "text:%",
        "text:a_b", "text:雾", "note:note", "note:NÓT", 'doc:"text 1"', "doc:TEXT",
        "doc:/texts/2.txt", "doc:nothing", "author:etage", "coder:ANN", "coder:bob",
        "colour:yellow", "colour:#AABBCC", "status:placed", "status:lost", "made:2020..",
        "made:..2020", "published:2023", "published:2023-06..2024-01-31", "published:..2023-05",
        "language:EN", "language:fr",
    )
)  # fmt: skip
RELATIONS = st.sampled_from(
    (
        "overlaps", "within", "contains", "before", "after", "near", "near/0s", "near/1s",
        "near/2s", "near/0p", "near/1p", "near 3 paragraphs",
    )
)  # fmt: skip
QUERIES = st.recursive(
    TERMS,
    lambda parts: st.one_of(
        st.builds("({} and {})".format, parts, parts),
        st.builds("({} {} or {})".format, parts, parts, parts),
        st.builds("(not {})".format, parts),
        st.builds("({} {} {})".format, parts, RELATIONS, parts),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Highlights]]:
    yield from Highlights.several(tmp_path_factory.mktemp("worlds"))


@given(data=st.data(), query=QUERIES)
def test_a_query_finds_what_looking_at_everything_finds(
    worlds: list[Highlights], data: st.DataObject, query: str
) -> None:
    world = data.draw(st.sampled_from(worlds))
    passages = world.library.passages
    expected = [highlight.id for highlight in world.evaluate(parse_passages(query))]
    assert [highlight.id for highlight in passages.find(query)] == expected
    assert passages.count(query) == len(expected)
