from __future__ import annotations

import re

import pytest

from annotations.errors import InvalidError, QuerySyntaxError
from annotations.query import parse_passages, parse_search
from annotations.query.nodes import (
    DEFAULT_DISTANCE,
    And,
    Contains,
    Distance,
    During,
    Equals,
    Everything,
    Field,
    Near,
    Not,
    Or,
    Query,
    Related,
    Relation,
    Starred,
    Tagged,
    Unit,
    Words,
    terms,
)

A, B, C = Tagged("a"), Tagged("b"), Tagged("c")
UNTAGGED = Not(Tagged("", below=True))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        ("  \n", Everything()),
        ("risk/tiers", Tagged("risk/tiers")),
        ("risk/*", Tagged("risk", below=True)),
        ('"data security"/*', Tagged("data security", below=True)),
        ('"data security/*"', Tagged("data security", below=True)),
        ('risk/"two words"', Tagged("risk/two words")),
        ("“curly marks”", Tagged("curly marks")),
        ('"and"', Tagged("and")),
        ('"say ""no"""', Tagged('say "no"')),
        ('"a*b"', Tagged("a*b")),
        ('tag:"a * b/*"', Tagged("a * b", below=True)),
        ('"a*"/*', Tagged("a*", below=True)),
        ('"*"', Tagged("*")),
        ('risk/"*"', Tagged("risk/*")),
        ('tag:"data security"/"*"', Tagged("data security/*")),
        ('"risk/*"/*', Tagged("risk/*", below=True)),
        ("*", Tagged("", below=True)),
        ("untagged", UNTAGGED),
        ("Starred", Starred()),
        ("风险/*", Tagged("风险", below=True)),
        ("a b", And((A, B))),
        ("a and b AND c", And((A, B, C))),
        ("a or b and c", Or((A, And((B, C))))),
        ("(a or b) c", And((Or((A, B)), C))),
        ("not a b", And((Not(A), B))),
        ("a not b", And((A, Not(B)))),
        ("not not a", A),
        ("not (a or b)", Not(Or((A, B)))),
        ("a overlaps b", Related(A, Relation.OVERLAPS, B)),
        ("not a within b", Not(Related(A, Relation.WITHIN, B))),
        (
            "a before b after c",
            Related(Related(A, Relation.BEFORE, B), Relation.AFTER, C),
        ),
        ("a contains (b or c)", Related(A, Relation.CONTAINS, Or((B, C)))),
        ("a near b", Related(A, Relation.NEAR, B, DEFAULT_DISTANCE)),
        ("a near/3s b", Related(A, Relation.NEAR, B, Distance(3, Unit.SENTENCES))),
        ("a NEAR/0p b", Related(A, Relation.NEAR, B, Distance(0, Unit.PARAGRAPHS))),
        ("a near 3 sentences b", Related(A, Relation.NEAR, B, Distance(3, Unit.SENTENCES))),
        ("a near 1 p b", Related(A, Relation.NEAR, B, Distance(1, Unit.PARAGRAPHS))),
        ("a near 3", Related(A, Relation.NEAR, Tagged("3"), DEFAULT_DISTANCE)),
        ('text:"data  security"', Contains(Field.TEXT, "data  security")),
        ("TEXT: fog", Contains(Field.TEXT, "fog")),
        ("note:x doc:y", And((Contains(Field.NOTE, "x"), Contains(Field.DOC, "y")))),
        ("tag:risk/*", Tagged("risk", below=True)),
        ("coder:ann", Equals(Field.CODER, "ann")),
        ("color:#AABBCC", Equals(Field.COLOUR, "#aabbcc")),
        ("status:LOST", Equals(Field.STATUS, "lost")),
        ("made:2026-01..2026-03", During(Field.MADE, "2026-01", "2026-04")),
        ("made:9999", During(Field.MADE, "9999", "")),
        ("made:9999-12-31", During(Field.MADE, "9999-12-31", "")),
        ("made:2025-12-31", During(Field.MADE, "2025-12-31", "2026-01-01")),
        ("made:2024-02-28", During(Field.MADE, "2024-02-28", "2024-02-29")),
        ("made:2025-12", During(Field.MADE, "2025-12", "2026-01")),
        ("published:..2019", During(Field.PUBLISHED, "", "2020")),
        ("doc:gov*", Contains(Field.DOC, "gov")),
        ('doc:"gov*"', Contains(Field.DOC, "gov*")),
        ("published:2019-05..", During(Field.PUBLISHED, "2019-05", "")),
    ],
)
def test_passages_queries_mean_what_they_say(text: str, query: Query) -> None:
    assert parse_passages(text) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("fog", Words("fog")),
        ("risk/tiers", Words("risk/tiers")),
        ('"data security"', Words("data security")),
        ("secur*", Words("secur", open_ended=True)),
        ('"data sec"*', Words("data sec", open_ended=True)),
        ("a and b or not c", Or((And((Words("a"), Words("b"))), Not(Words("c"))))),
        ("NEAR(a b)", Near((Words("a"), Words("b")), 10)),
        ('NEAR(a "b c" d*, 5)', Near((Words("a"), Words("b c"), Words("d", True)), 5)),
        ('NEAR(a "b, 5" , 6)', Near((Words("a"), Words("b, 5")), 6)),
        ('NEAR(a "b c",7)', Near((Words("a"), Words("b c")), 7)),
        ("NEAR(a b,5)", Near((Words("a"), Words("b")), 5)),
        ("a NEAR(b c)", And((Words("a"), Near((Words("b"), Words("c")), 10)))),
        ("near(a b)", Near((Words("a"), Words("b")), 10)),
        ("a near/3 b", Near((Words("a"), Words("b")), 3)),
        ("a near miss", And((Words("a"), Words("near"), Words("miss")))),
        ("NEAR (a)", And((Words("NEAR"), Words("a")))),
        ("overlaps within", And((Words("overlaps"), Words("within")))),
        ("https://example.org", Words("https://example.org")),
        ("doc:x fog", And((Contains(Field.DOC, "x"), Words("fog")))),
        ("tag:risk fog", And((Tagged("risk"), Words("fog")))),
    ],
)
def test_searches_mean_what_they_say(text: str, query: Query) -> None:
    assert parse_search(text) == query


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("and", 0),
        ("a and", 5),
        ("a or or b", 5),
        ("a and (b or", 11),
        ("a (b or c", 2),
        ("a b)", 3),
        ("()", 1),
        ("not", 3),
        ('a "b', 2),
        ("overlaps b", 0),
        ("a overlaps", 10),
        ("a overlaps not b", 11),
        ("a near/3 b", 8),
        ("a near/ b", 7),
        ("a near/s b", 7),
        ("a near/3x b", 8),
        ("a near/3333333s b", 7),
        ("a doc:", 6),
        ("a doc:)", 6),
        ('a doc:" "', 6),
        ("a made:yesterday", 7),
        ("made:2026-13", 5),
        ("made:2026-02-30", 5),
        ("made:2026..2026-13", 11),
        ("made:..x", 7),
        ('"a*b" "a//b"', 6),
        ("made:2026..2025", 5),
        ("made:..", 5),
        ("made:0000", 5),
        ("made:２０２６", 5),
        ("status:gone", 7),
        ("colour:ultraviolet", 7),
        ("a author-name:b", 2),
        ("ri*sk", 2),
        ("risk/*/x", 5),
        ("a tag:x//b", 8),
        ('""', 0),
        ("/", 0),
        ("😀 (", 3),
    ],
)
def test_a_wrong_passages_query_points_at_the_wrong_character(text: str, position: int) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_passages(text)
    assert caught.value.position == position
    assert isinstance(caught.value, InvalidError)
    assert "\n" not in str(caught.value)
    assert str(position + 1) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('"data', 0),
        ("or", 0),
        ("*", 0),
        ("a - b", 2),
        ("NEAR(a)", 0),
        (f"NEAR({'a ' * 300})", 0),
        ("NEAR(a b", 8),
        ("NEAR(a (b))", 7),
        ("NEAR(a b, x)", 10),
        ("NEAR(a b, 5 c)", 12),
        ("a near/x b", 7),
        ("(a or b) near/3 c", 16),
        ("a near/3 tag:x", 9),
    ],
)
def test_a_wrong_search_points_at_the_wrong_character(text: str, position: int) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_search(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("text", "is_unfinished"),
    [
        ('fog "sea', True),
        ("fog and", True),
        ("fog (sea", True),
        ("fog doc:", True),
        ("published:20", True),
        ("NEAR(fog sea", True),
        ("fog) sea", False),
        ("and fog", False),
        ("published:20 fog", False),
    ],
)
def test_a_search_that_more_may_complete_is_unfinished(text: str, is_unfinished: bool) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_search(text)
    assert caught.value.is_unfinished is is_unfinished


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tagg:x", "no field is called tagg, did you mean tag:? (there are author, coder"),
        ("foo:x", "no field is called foo (there are author, coder"),
        ("published:2019-2020", "periods like 2019..2023"),
    ],
)
def test_what_may_have_been_meant_is_said(text: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError, match=re.escape(said)):
        parse_passages(text)


def test_what_cannot_be_seen_is_not_quoted() -> None:
    with pytest.raises(QuerySyntaxError, match=r"^this holds no letter"):
        parse_search("\0")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "(" * 10_000 + "a" + ")" * 10_000,
        ")" * 10_000,
        "not " * 10_000,
        "a " * 10_000,
        "a or " * 10_000 + "a",
        "a overlaps " * 400 + "a",
        '"' * 99_999,
        ":" * 100_000,
        "doc:" * 20_000,
        "x" * 100_000 + ":y",
    ],
)
def test_an_excessive_query_is_refused_in_one_short_line(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_passages(text)
    assert len(str(caught.value)) < 400


def test_not_is_counted_by_its_parity() -> None:
    assert parse_passages("not " * 9_999 + "a") == Not(A)


def test_terms_are_the_leaves_in_order() -> None:
    query = parse_passages("a (not b or starred) near c")
    assert list(terms(query)) == [A, B, Starred(), C]
