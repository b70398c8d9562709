"""Walking through documents in step, against sets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.library import asking_walks, walks
from annotations.library.asking_walks import Scanned, Streamed, Tried
from annotations.library.connection import Connection
from annotations.library.walks import Both, Either, Listed, Walk, down

LARGEST = 300
EXPRESSIONS = st.recursive(
    st.tuples(
        st.sampled_from(("listed", "streamed", "begun", "scanned", "tried")), st.integers(0, 5)
    ),
    lambda parts: st.one_of(
        st.tuples(st.sampled_from(("both", "either")), st.lists(parts, min_size=1, max_size=3)),
        st.tuples(st.just("without"), parts, parts),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def sets() -> list[set[int]]:
    return [
        set(),
        {1},
        set(range(1, LARGEST + 1)),
        set(range(1, LARGEST, 97)),
        set(range(3, LARGEST, 2)),
        {7, 8, 9, 200, 201, 299, 300},
    ]


@pytest.fixture(scope="module", params=[1_000, 2], ids=["patient", "impatient"], autouse=True)
def patience(request: pytest.FixtureRequest) -> Iterator[None]:
    """How long documents are asked for one by one, before all are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walks, "_VAIN", request.param)
        patch.setattr(asking_walks, "_ONE_BY_ONE", request.param)
        yield


@pytest.fixture(scope="module")
def connection(
    tmp_path_factory: pytest.TempPathFactory, sets: list[set[int]]
) -> Iterator[Connection]:
    path: Path = tmp_path_factory.mktemp("walks") / "numbers.sqlite"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE numbers (walk, number)")
        rows = [(walk, number) for walk, numbers in enumerate(sets) for number in numbers]
        made.executemany("INSERT INTO numbers VALUES (?, ?)", rows * 2)
    opened = Connection(path)
    opened.run("BEGIN")
    yield opened
    opened.close()


def walk_of(expression: object, connection: Connection, sets: list[set[int]]) -> Walk:
    match expression:
        case ("listed", int(index)):
            return Listed(sets[index])
        case ("streamed" | "begun" as kind, int(index)):
            sql = "SELECT number FROM numbers WHERE walk = ? AND number <= ? ORDER BY number DESC"
            first = sorted(sets[index], reverse=True)[:20] if kind == "begun" else []
            return Streamed(connection, sql, (index,), steps=3, first=first)
        case ("scanned", int(index)):
            sql = (
                "SELECT number FROM numbers WHERE walk = ? AND number > ? AND number <= ? "
                "ORDER BY number DESC"
            )
            known = sets[index]
            return Scanned(connection, sql, (index,), lambda: known, known.__and__, LARGEST, 100)
        case ("tried", int(index)):
            everything, tried = Listed(sets[2]), sets[index]
            return Tried(everything, tried.__contains__, lambda: Listed(tried), 50)
        case ("both", [*parts]):
            return Both([walk_of(part, connection, sets) for part in parts])
        case ("either", [*parts]):
            return Either([walk_of(part, connection, sets) for part in parts])
        case ("without", walk, excluded):
            barred = walk_of(excluded, connection, sets)
            return Both([walk_of(walk, connection, sets)], [barred])
    raise AssertionError(expression)


def set_of(expression: object, sets: list[set[int]]) -> set[int]:
    match expression:
        case ("both", [*parts]):
            return set.intersection(*(set_of(part, sets) for part in parts))
        case ("either", [*parts]):
            return set.union(*(set_of(part, sets) for part in parts))
        case ("without", walk, excluded):
            return set_of(walk, sets) - set_of(excluded, sets)
        case (_, int(index)):
            return sets[index]
    raise AssertionError(expression)


@given(expression=EXPRESSIONS)
def test_walking_down_gives_the_set_in_order(
    connection: Connection, sets: list[set[int]], expression: object
) -> None:
    walk = walk_of(expression, connection, sets)
    assert list(down(walk, LARGEST)) == sorted(set_of(expression, sets), reverse=True)
    assert walk.every() == set_of(expression, sets)


@given(expression=EXPRESSIONS, asked=st.lists(st.integers(0, LARGEST), max_size=12))
def test_a_walk_can_be_asked_in_any_order(
    connection: Connection, sets: list[set[int]], expression: object, asked: list[int]
) -> None:
    walk = walk_of(expression, connection, sets)
    numbers = set_of(expression, sets)
    for number in asked:
        assert walk.latest(number) == max((n for n in numbers if n <= number), default=0)
        assert walk.has(number) == (number in numbers) or not number


@given(expression=EXPRESSIONS, asked=st.sets(st.integers(1, LARGEST), max_size=12))
def test_a_walk_tells_which_of_some_documents_it_has(
    connection: Connection, sets: list[set[int]], expression: object, asked: set[int]
) -> None:
    walk = walk_of(expression, connection, sets)
    assert walk.among(asked) == asked & set_of(expression, sets)
