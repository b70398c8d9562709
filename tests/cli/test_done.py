"""What was done, as JSON: every command that says so can say it to a program."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Flor


def test_what_was_done_is_told_to_programs_too(flor: Flor, library_path: Path) -> None:
    def done(*words: str) -> object:
        finished = flor(*words, "--json")
        assert (finished.status, finished.err) == (0, "")
        return json.loads(finished.out)

    def titles(*words: str) -> list[str]:
        listed = done(*words)
        assert isinstance(listed, list)
        return [each["title"] for each in listed]

    made = done("folders", "add", "a/b")
    assert isinstance(made, dict)
    assert (made["path"], made["documents"]) == ("a/b", 0)
    assert done("folders", "put", "a/b", "Global AI") == {"path": "a/b", "documents": 1}
    for words, path in ((("rename", "a/b", "a/c"), "a/c"), (("move", "a/c", ""), "c")):
        moved = done("folders", *words)
        assert isinstance(moved, dict)
        assert (moved["path"], moved["documents"]) == (path, 1)
    assert done("folders", "take", "c", "Global AI") == {"path": "c", "documents": 1}
    assert done("folders", "delete", "c") == {"path": "c", "documents": 0}

    quote = ("--quote", "agile governance")
    highlight = flor("highlight", "Global AI", *quote, "--tag", "risk/tiers").out.strip()
    merged = done("tags", "merge", "risk/tiers", "risk/misuse")
    assert merged == {"path": "risk/misuse", "highlights": 1}
    assert done("tags", "delete", "risk/misuse") == {"path": "risk/misuse", "highlights": 1}
    removed = done("remove", highlight)
    assert isinstance(removed, list)
    assert [(each["id"], each["quote"]) for each in removed] == [(highlight, quote[1])]

    [gone] = titles("delete", "Global AI")
    assert titles("restore", "Global AI") == [gone]
    assert done("where") == {"library": str(library_path)}
