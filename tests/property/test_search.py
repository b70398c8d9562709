"""Searching against a slow, plain evaluation, on random libraries and searches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.errors import QuerySyntaxError
from annotations.library import described_walks, note_walks, walks, word_walks
from annotations.model import Block, Document, ImportedDocument, Metadata, Passage
from annotations.query import nodes as n
from annotations.query import parse_search
from tests.property.worlds import World

WORDS = (
    "fog",
    "Fog,",
    "foggy",
    "sea",
    "café",
    "CAFE",
    "cafe\u0301",
    "治理",
    "人工智能",
    "السَّلام",
    "x.y",
)
TAGS = ("weather", "weather/fog")


class Documents(World[Document]):
    """Queries ask for the documents of a library."""

    def fill(self, chance: random.Random) -> None:
        self.passages: dict[str, list[str]] = {}
        self.notes: dict[str, list[str]] = {}
        self.tagged: dict[str, set[str]] = {}
        for number in range(6):
            self._add(chance, number)
        deleted, renamed, *_ = self.library.documents.list()
        self.library.documents.delete([deleted.id])
        self.library.documents.edit(renamed.id, title="Fog over the sea")
        self.library.documents.add(ImportedDocument([Passage(0, "fog taken back")]))
        self.library.journal.undo()
        self.documents = self.library.documents.list()

    def _add(self, chance: random.Random, number: int) -> None:
        passages: list[Passage] = []
        start = 0
        for _ in range(chance.randrange(1, 4)):
            text = " ".join(chance.choices(WORDS, k=chance.randrange(1, 7))) + "\n"
            passages.append(Passage(start, text, (Block(0, len(text)),)))
            start += len(text)
        metadata = Metadata(
            title=f"Document {number} {chance.choice(WORDS)}",
            author=chance.choice(("Ann", "Bob sea")),
            published=chance.choice(("2023-05", "2019", "")),
        )
        document = self.library.documents.add(ImportedDocument(passages, metadata)).document
        self.passages[document.id] = [passage.text for passage in passages]
        self.notes[document.id] = []
        self.tagged[document.id] = set()
        for _ in range(chance.randrange(3)):
            note = " ".join(chance.choices(WORDS, k=2))
            tags = chance.sample(TAGS, chance.randrange(3))
            made = self.library.highlights.add(document.id, 0, 1, tags=tags, note="fog")
            self.library.highlights.note(made.id, note)
            self.notes[document.id].append(note)
            self.tagged[document.id].update(tags)

    def says(self, query: n.Query, document: Document) -> bool:
        match query:
            case n.Words() | n.Near():
                written = f"{document.title}\n{document.author}\n{document.note}"
                texts = (*self.passages[document.id], *self.notes[document.id], written)
                return any(holds(query, text) for text in texts)
            case n.Tagged(path, below):
                paths = self.tagged[document.id]
                return any(tag.startswith(f"{path}/") if below else tag == path for tag in paths)
            case n.Contains(n.Field.DOC, value):
                return plain(value) in plain(document.title)
            case n.Contains(n.Field.NOTE, value):
                return any(plain(value) in plain(note) for note in self.notes[document.id])
            case n.During(n.Field.PUBLISHED, since, until):
                return bool(document.published) and since <= document.published < (until or "~")
        raise AssertionError(query)


def plain(text: str) -> str:
    text = text.lower().replace("\u0301", "").replace("é", "e")
    return text.replace("\u064e", "").replace("\u0651", "")


def cut(text: str) -> list[str]:
    """The terms of a text of the words above."""
    apart = "".join(f" {each} " if "\u4e00" <= each <= "\u9fff" else each for each in plain(text))
    return apart.replace(".", " ").replace(",", " ").split()


def places(words: n.Words, text: str) -> list[tuple[int, int]]:
    wanted, there = cut(words.text), cut(text)
    found = []
    for start in range(len(there)):
        run = there[start : start + len(wanted)]
        last = words.open_ended and run and run[-1].startswith(wanted[-1])
        if run == wanted or (last and run[:-1] == wanted[:-1] and len(run) == len(wanted)):
            found.append((start, start + len(wanted)))
    return found


def holds(query: n.Words | n.Near, text: str) -> bool:
    if isinstance(query, n.Words):
        return bool(places(query, text))
    first, second = (places(operand, text) for operand in query.operands)
    return any(
        0 <= max(a[0], b[0]) - min(a[1], b[1]) <= query.distance for a in first for b in second
    )


TERMS = st.sampled_from(
    (
        "fog", "FOG", "foggy", "fog*", "fo*", "sea", "café", "cafe", "治", "治理", "工智",
        "智能治理", "السلام", "x.y", '"fog fog"', '"sea fog"', '"fog sea"*', '"café 治理"',
        "fog near/1 sea", "NEAR(sea café, 2)", "over", "document", "nothing", "ann", "taken",
        "tag:weather", "tag:weather/*", "doc:FOG", "note:fog", "published:2023",
        "published:2018..2020",
    )
)  # fmt: skip
SEARCHES = st.recursive(
    TERMS,
    lambda parts: st.one_of(
        st.builds("({} {})".format, parts, parts),
        st.builds("({} or {} or {})".format, parts, parts, parts),
        st.builds("(not {})".format, parts),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Documents]]:
    yield from Documents.several(tmp_path_factory.mktemp("worlds"))


@contextmanager
def as_if_large(tried: int) -> Iterator[None]:
    """Let a library be searched as one of very many documents is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(described_walks, "LARGE", 0)
        for module in (word_walks, described_walks, note_walks):
            patch.setattr(module, "_FEW", 0)
        for module, limit in ((word_walks, "_FREQUENT"), (described_walks, "_SCANNED")):
            patch.setattr(module, limit, 0)
        for module in (word_walks, note_walks):
            patch.setattr(module, "_TRIED", tried)
        patch.setattr(word_walks, "_APART", 1)
        patch.setattr(walks, "_VAIN", 2)
        yield


@settings(max_examples=60)
@given(data=st.data(), query=SEARCHES, tried=st.sampled_from((None, 0, 2, 400)))
def test_a_search_finds_what_reading_everything_finds(
    worlds: list[Documents], data: st.DataObject, query: str, tried: int | None
) -> None:
    world = data.draw(st.sampled_from(worlds))
    with nullcontext() if tried is None else as_if_large(tried):
        _compare(world, query)


def _compare(world: Documents, query: str) -> None:
    search = world.library.search
    asked = parse_search(query)
    expected = {document.id for document in world.documents if world.is_true(asked, document)}
    found = list(search.find(query))
    assert sorted(each.document.id for each in found) == sorted(expected)
    assert search.count(query) == len(expected) == sum(search.years(query).values())
    numbers = search.documents(query)
    by_title = [each.id for each in world.library.documents.titles.at(numbers)]
    assert by_title == [document.id for document in world.documents if document.id in expected]
    for each in found:
        text = world.library.documents.text(each.document.id)
        for snippet in each.snippets:
            assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
            assert snippet.hits
        assert each.counted
    hits = list(search.hits(query))
    assert sum(each.hits for each in found) == len(hits)


@settings(max_examples=30)
@given(query=TERMS.filter(lambda term: ":" not in term))
def test_every_hit_says_what_was_looked_for(worlds: list[Documents], query: str) -> None:
    wanted = parse_search(query)
    assert isinstance(wanted, n.Words | n.Near)
    for world in worlds[:2]:
        for hit in world.library.search.hits(query):
            text = world.library.documents.text(hit.document, hit.start, hit.end)
            assert holds(wanted, text)
            assert not text[0].isspace()
            assert not text[-1].isspace()


@given(query=st.text(max_size=40) | st.text('"*()andornt NEAR:,/5\0', max_size=40))
@example('"' * 1_000)
@example("((((((((((")
@example("and or not")
@example("NEAR(")
@example("a " * 400)
@example("x" * 100_000)
@example("a*" * 50_000)
@example("doc:" + "a" * 100_000)
@example("language:" + "a" * 100_000)
@example("^a + -b : {c} 'd' AND")
def test_no_search_breaks(worlds: list[Documents], query: str) -> None:
    position = 0
    with suppress(QuerySyntaxError):
        try:
            list(worlds[0].library.search.find(query))
        except QuerySyntaxError as error:
            position = error.position
            raise
    assert 0 <= position <= len(query)
