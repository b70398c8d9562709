from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from annotations.library.word_index import MAKE
from annotations.text.folding import fold
from annotations.text.terms import Run, has_more_terms, spread, terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Data-Security, 2019–2023.", ["data", "security", "2019", "2023"]),
        ("snake_case don’t", ["snake", "case", "don", "t"]),
        ("AI治理", ["ai", "治", "理"]),
        ("정부가 발표", ["정", "부", "가", "발", "표"]),
        ("हिन्दी भाषा।", ["हिन्दी", "भाषा"]),
        ("السَّلامُ عليكم", ["السلام", "عليكم"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("a_b  c.d", ["a", "b", "c", "d"]),
        ("৳১০০", ["১০০"]),
        ("⽂件", ["文", "件"]),
        ("it🙂 \uf0b7ok", ["it", "ok"]),
        ("— … 🙂", []),
    ],
)
def test_a_text_is_cut_into_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found
    folded = fold(text)
    assert not has_more_terms(folded, 0, len(folded), len(found))
    assert not found or has_more_terms(folded, 0, len(folded), len(found) - 1)


def test_what_is_indexed_has_its_terms_apart() -> None:
    assert spread("GDP增长 5%").split() == ["gdp", "增", "长", "5%"]
    assert spread("Plain ASCII") == "plain ascii"


def test_the_index_cuts_texts_into_the_same_terms() -> None:
    characters = [chr(point) for point in range(0x80, 0x30000, 11)]
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute(MAKE[0])
        index.execute("CREATE VIRTUAL TABLE words USING fts5vocab(passages_fts, instance)")
        rows = [(ord(each), spread(f"a{each}")) for each in characters if each.isprintable()]
        index.executemany("INSERT INTO passages_fts (rowid, text) VALUES (?, ?)", rows)
        found: dict[int, list[str]] = {number: [] for number, _ in rows}
        for number, term in index.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[number].append(term)
    assert found == {number: terms(f"a{chr(number)}") for number, _ in rows}


@pytest.mark.parametrize(
    ("words", "open_ended", "text", "found"),
    [
        ("data security", False, "of data\n -- Security!", ["data\n -- security"]),
        ("data security", False, "datasecurity data-insecurity", []),
        ("secur", False, "secure secur", ["secur"]),
        ("secur", True, "secure insecure", ["secure"]),
        ("fog fog", False, "xfog fog fog", ["fog fog"]),
        ("治理", False, "人工智能治理，治 理", ["治理", "治 理"]),
        ("gdp增长", False, "GDP 增长 gdp增长", ["gdp 增长", "gdp增长"]),
        ("हिन्द", False, "हिन्दी", []),
        ("a.b", False, "a b, a.b", ["a b", "a.b"]),
        ("a a", False, "жa a a", ["a a"]),
        ("не", False, "небо не, 不не治 нет", ["не", "не"]),
        ("не", True, "снег небо не治", ["небо", "не"]),
        ("हिन्द भा", False, "हिन्दी भा, हिन्द भा", ["हिन्द भा"]),
        ("กิ", False, "ก ิ กกิ", ["ก ิ", "กิ"]),
        ("ab cd", False, "ab\u0902cd ab,治cd ab–_cd", ["ab-_cd"]),
    ],
)
def test_words_are_found_as_the_index_finds_them(
    words: str, open_ended: bool, text: str, found: list[str]
) -> None:
    folded = fold(text)
    spans = Run(words, open_ended=open_ended).spans(folded)
    assert [folded[start:end] for start, end in spans] == found


def test_what_holds_no_term_is_no_run() -> None:
    with pytest.raises(ValueError, match="no term"):
        Run("-- …")
