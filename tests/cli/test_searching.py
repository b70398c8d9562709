"""``flor search``, ``flor code`` and ``flor queries``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.conftest import Flor


def test_a_search_finds_places_and_marks_them(flor: Flor) -> None:
    found = json.loads(flor("search", '"data security"', "--json").out)
    assert len(found) == 3
    for each in found:
        text = flor("show", each["document"]).out
        assert each["hits"] == text.casefold().count("data security")
        for snippet in each["snippets"]:
            start = snippet["start"]
            assert text[start : start + len(snippet["text"])] == snippet["text"]
            for hit in snippet["hits"]:
                assert text[hit["start"] : hit["end"]].casefold() == "data security"
    shown = flor("search", '"data security"').out
    assert "»data security«" in shown.casefold()
    assert len(json.loads(flor("search", '"data security"', "--json", "--limit", "1").out)) == 1


def test_every_place_is_listed_and_written_as_a_table(flor: Flor, tmp_path: Path) -> None:
    hits = json.loads(flor("search", "--hits", "governance", "--json").out)
    counts = json.loads(flor("search", "governance", "--by", "document", "--json").out)
    assert len(hits) == sum(each["hits"] for each in counts)
    for each in hits[:5]:
        text = flor("show", each["document"]).out
        around = each["before"] + each["text"] + each["after"]
        assert text[each["start"] : each["end"]] == each["text"]
        assert text[each["start"] - len(each["before"]) :].startswith(around)
    target = tmp_path / "places.csv"
    assert flor("search", "governance", "--output", str(target)).out == ""
    with target.open(encoding="utf-8", newline="") as file:
        assert [int(row["start"]) for row in csv.DictReader(file)] == [
            each["start"] for each in hits
        ]
    assert flor("search", "--hits", "governance", "--by", "year").status == 2
    lines = flor("search", "--hits", "governance", "--limit", "2").out.splitlines()
    assert len(lines) == 2
    assert "»governance«" in lines[0].casefold()
    refused = flor("search", "governance", "--output", str(tmp_path / "a.md"))
    assert (refused.status, refused.err) == (1, "flor: markdown cannot hold a table\n")


def test_documents_are_counted_by_year(flor: Flor) -> None:
    counts = json.loads(flor("search", "--by", "year", "--json").out)
    assert counts == {
        "count": 5,
        "years": {"": 1, "2015": 1, "2021": 1, "2023": 1, "2024": 1},
    }
    lines = flor("search", "--by", "year", "published:2021..2023").out.splitlines()
    assert [line.split()[:2] for line in lines] == [["2021", "1"], ["2023", "1"], ["all", "2"]]
    assert json.loads(flor("search", "xylophone", "--json").out) == []


def test_places_are_counted_by_document(flor: Flor) -> None:
    objects = json.loads(flor("search", "governance", "--by", "document", "--json").out)
    found = json.loads(flor("search", "governance", "--json").out)
    assert {each["document"]: each["hits"] for each in objects} == {
        each["document"]: each["hits"] for each in found
    }
    assert [each["hits"] for each in objects] == sorted(
        (each["hits"] for each in objects), reverse=True
    )
    lines = flor("search", "governance", "--by", "document", "--limit", "1").out.splitlines()
    assert len(lines) == 1
    assert objects[0]["title"][:20] in lines[0]
    assert "████" in lines[0]


def test_tags_are_found_by_what_is_written_on_them(flor: Flor) -> None:
    flor("tags", "add", "weather", "--description", "Fog and what comes of it")
    assert flor("search", "fog").out == "#weather  Fog and what comes of it\n"
    assert flor("search", "--tags", "fog not rain").out == "#weather  Fog and what comes of it\n"
    (tag,) = json.loads(flor("search", "--tags", "--json", "fog").out)
    assert tag["path"] == "weather"
    assert json.loads(flor("search", "--json", "fog").out) == []


def test_a_wrong_search_points_at_the_wrong_character(flor: Flor) -> None:
    done = flor("search", "tiers or (risk")
    assert (done.status, done.out) == (1, "")
    _, query, pointer = done.err.splitlines()
    assert query[pointer.index("^")] == "("


def test_a_search_that_finds_nothing_says_what_may_be_wrong(flor: Flor) -> None:
    for query, why in (
        ("auther:zhang", "no field is called auther, did you mean author:? (there are author, "),
        ('nowhere:"at all"', "no field is called nowhere (there are author, coder, "),
        ("https://nowhere.example", "words are found whole"),
        ('"auther:zhang"', "words are found whole"),
        ("倫敦塔橋", "characters are found side by side"),
    ):
        assert f"nothing was found; {why}" in flor("search", query).err


def test_unknown_tags_are_told_before_coding(flor: Flor) -> None:
    done = flor("code", "--passages", "nowhere", "--tag", "x")
    assert (done.status, done.out) == (0, "tagged 0 passages\n")
    assert done.err == "flor: no tag is called “nowhere”\n"


def test_all_that_is_found_is_tagged_in_one_act(flor: Flor) -> None:
    arguments = ("code", '"data security"', "--tag", "data/privacy", "--extent", "sentence")
    planned = json.loads(flor(*arguments, "--dry-run", "--json").out)
    assert json.loads(flor("highlights", "--json").out) == []
    assert "3 passages" in flor(*arguments).out
    made = json.loads(flor("highlights", "--json").out)
    assert sorted(row["quote"] for row in made) == sorted(each["quote"] for each in planned)
    assert all(row["tags"] == ["data/privacy"] for row in made)
    by_tag = ("code", "data/privacy", "--passages", "--tag", "climate", "--json")
    assert json.loads(flor(*by_tag).out) == {"count": 3}
    assert len(json.loads(flor("highlights", "--json").out)) == 3
    flor("undo")
    flor("undo")
    assert json.loads(flor("highlights", "--json").out) == []
    assert flor("code", "data").status == 2
    assert flor("code", "data", "--tag", "a//b").status == 1


def test_queries_are_kept_under_a_name(flor: Flor) -> None:
    flor("highlight", "Global AI", "--quote", "agile governance", "--tag", "risk/tiers")
    assert flor("queries").out == ""
    assert flor("queries", "save", "Tiers", "risk/*").status == 0
    assert flor("queries", "save", "words", "agile", "--search").status == 0
    saved = json.loads(flor("queries", "--json").out)
    assert [(each["name"], each["language"], each["query"]) for each in saved] == [
        ("Tiers", "passages", "risk/*"),
        ("words", "search", "agile"),
    ]
    assert "agile governance" in flor("passages", "--saved", "tiers").out
    assert "»agile«" in flor("search", "--saved", "words").out
    assert flor("passages", "risk", "--saved", "tiers").status == 2
    assert flor("queries", "rename", "tiers", "levels").status == 0
    assert "agile governance" in flor("passages", "--saved", "levels").out
    assert flor("queries", "rename", "levels", "words").status == 1
    assert flor("queries", "forget", "levels").status == 0
    done = flor("passages", "--saved", "tiers")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    wrong = flor("queries", "save", "wrong", "(")
    assert (wrong.status, wrong.out) == (1, "")


def test_highlights_are_changed_afterwards(flor: Flor) -> None:
    made = flor("highlight", "hegemony", "--start", "10", "--end", "100", "--note", "n").out.strip()
    text = flor("show", "hegemony").out
    row = json.loads(flor("colour", made, "teal", "--json").out)
    assert row["colour"] == "teal"
    row = json.loads(flor("move", made, "--end", "60", "--json").out)
    assert (row["start"], row["end"], row["quote"]) == (10, 60, text[10:60])
    assert flor("star", made).status == 0
    assert flor("passages", "starred", "--count").out == "1\n"
    second = json.loads(flor("split", made, "30", "--json").out)
    assert (second["start"], second["end"]) == (30, 60)
    joined = json.loads(flor("join", made, second["id"], "--json").out)
    assert (joined["id"], joined["start"], joined["end"]) == (made, 10, 60)
    assert flor("star", made, "--off").status == 0
    assert flor("passages", "starred", "--count").out == "0\n"
    for wrong in (("split", made, "10"), ("join", made), ("colour", made, "loud")):
        done = flor(*wrong)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert flor("move", made).status == 2
    assert flor("move", made, "--start", "90").status == 1
