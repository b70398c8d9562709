"""Folders, marks of reading and orders on the command line."""

from __future__ import annotations

import json

import pytest

from annotations.library.sections import Sort
from tests.conftest import Flor
from tui.cli.documents import SORTS


def titles(flor: Flor, *options: str) -> list[str]:
    return [each["title"] for each in json.loads(flor("documents", "--json", *options).out)]


def test_documents_go_into_folders_and_out(flor: Flor) -> None:
    assert flor("folders").out == ""
    assert flor("folders", "put", "un/letters", "Global AI", "Chinese envoy").status == 0
    assert flor("folders", "add", "empty").out == "made empty\n"
    assert flor("folders", "put", "UN", "tech world leaders").out.startswith("put 1 document")
    assert flor("folders").out.splitlines() == ["0  empty", "3  un", "2  un/letters"]
    assert len(titles(flor, "--folder", "un")) == 3
    inside = [each["folders"] for each in json.loads(flor("documents", "--json").out)]
    assert sorted(inside) == [[], [], ["un"], ["un/letters"], ["un/letters"]]
    assert len(titles(flor, "--folder", "un/letters")) == 2
    assert flor("folders", "take", "un", "Global AI").status == 0
    assert flor("folders", "move", "un/letters", "empty").out == "moved to empty/letters\n"
    assert flor("folders", "rename", "empty", "full").status == 0
    assert flor("folders", "delete", "full").out == "deleted full; 1 document was in it\n"
    assert [each["path"] for each in json.loads(flor("folders", "--json").out)] == ["un"]
    assert flor("undo").status == 0
    assert len(titles(flor, "--folder", "full")) == 1
    assert len(titles(flor)) == 5
    done = flor("documents", "--folder", "nothing")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)


def test_what_is_read_and_to_be_read(flor: Flor) -> None:
    assert len(titles(flor, "--unread")) == 5
    assert flor("mark", "Global AI", "Chinese envoy", "--read").status == 0
    assert len(titles(flor, "--unread")) == 3
    assert flor("mark", "Global AI", "--to-read").status == 0
    assert [title[:9] for title in titles(flor, "--to-read")] == ["Global AI"]
    assert "  +  " in flor("documents").out
    assert flor("mark", "Global AI", "--not-to-read").status == 0
    assert flor("mark", "Global AI", "--unread").status == 0
    assert len(titles(flor, "--unread")) == 4
    assert titles(flor, "--to-read") == []
    assert flor("mark", "Global AI").status == 2


def test_every_order_and_a_search(flor: Flor) -> None:
    assert tuple(Sort) == SORTS
    for sort in SORTS:
        found = titles(flor, "--sort", sort)
        assert sorted(found) == sorted(titles(flor))
    dates = [
        each["published"] for each in json.loads(flor("documents", "--json", "--sort", "date").out)
    ]
    assert dates == sorted(dates, reverse=True)
    assert titles(flor, "--reverse") == titles(flor)[::-1]
    assert flor("queries", "save", "hegemony", "hegemony", "--search").status == 0
    assert titles(flor, "--saved", "hegemony") == titles(flor, "--search", "hegemony") != []
    assert flor("documents", "--sort", "weight").status == 2


@pytest.mark.parametrize("field", ["--author", "--kind"])
def test_a_field_of_several_documents(flor: Flor, field: str) -> None:
    done = flor("edit", "Global AI", "Chinese envoy", field, "The same", "--json")
    assert [each[field.strip("-")] for each in json.loads(done.out)] == ["The same"] * 2
    assert flor("undo").status == 0
    assert "The same" not in flor("documents", "--json").out
    done = flor("edit", "Global AI", "nothing at all", field, "x")
    assert (done.status, done.out) == (1, "")


def test_documents_that_are_nearly_the_same(flor: Flor) -> None:
    none = flor("duplicates")
    assert (none.status, none.out) == (0, "")
    draft = flor("show", "Global AI").out
    added = flor("add", "-", stdin=draft.replace("security", "safety", 2).encode())
    assert added.status == 0
    (alike,) = json.loads(flor("duplicates", "--json").out)
    assert alike["older"]["title"].startswith("Global AI")
    assert 0.8 < alike["resemblance"] < 1
    earlier, later = flor("duplicates").out.splitlines()
    assert earlier.split()[1] == alike["older"]["id"][:8]
    assert later.split()[0] == alike["newer"]["id"][:8]
    linked = flor("revisions", alike["older"]["id"], "--link", alike["newer"]["id"])
    assert linked.status == 0
    assert flor("duplicates").out == ""
