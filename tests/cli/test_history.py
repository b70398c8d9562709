"""``flor undo``, ``redo`` and ``journal``: back, forth, and what was done."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.conftest import CODER, Flor

TODAY = date.today()


@pytest.fixture
def busy(flor: Flor) -> Flor:
    """Three acts: two highlights in two documents, and a note."""
    done = flor("highlight", "Global AI", "--quote", "agile governance", "--tag", "risk/tiers")
    flor("highlight", "hegemony", "--quote", "tackle climate change", "--tag", "climate")
    flor("note", done.out.strip(), "compare")
    return flor


def names(flor: Flor, *filters: str) -> list[str]:
    return [act["name"] for act in json.loads(flor("journal", "--json", *filters).out)]


def test_the_journal_tells_what_was_done(busy: Flor) -> None:
    assert names(busy) == ["note", "highlight", "highlight", "seed"]
    assert names(busy, "--limit", "1") == ["note"]
    line = busy("journal", "--limit", "1").out
    assert CODER in line
    assert "agile governance" in line


def test_the_journal_is_filtered(busy: Flor) -> None:
    assert names(busy, f"coder:{CODER}") == ["note", "highlight", "highlight"]
    assert names(busy, "coder:nobody") == []
    assert names(busy, 'doc:"Global AI"', f"coder:{CODER}") == ["note", "highlight"]
    assert names(busy, "tag:climate", f"coder:{CODER}") == ["highlight"]
    assert len(names(busy, f"day:{TODAY}")) == 4
    assert names(busy, f"day:{TODAY - timedelta(days=2)}") == []
    assert busy("journal", "day:yesterday").status == 1
    assert busy("journal", "doc:nope").status == 1


def test_undo_and_redo_walk_through_the_history(busy: Flor) -> None:
    states = [busy("highlights", "--json").out]
    for _ in range(3):
        assert busy("undo").out.startswith("undid: ")
        states.append(busy("highlights", "--json").out)
    assert json.loads(states[-1]) == []
    for state in reversed(states[:-1]):
        assert busy("redo").out.startswith("redid: ")
        assert busy("highlights", "--json").out == state
    undone = json.loads(busy("undo", "--json").out)
    assert (undone["name"], undone["undone"]) == ("note", True)
    assert "taken back" in busy("journal").out
    assert json.loads(busy("redo", "--json").out)["id"] == undone["id"]
    assert busy("redo").status == 1


def test_one_act_in_the_middle_is_taken_back(busy: Flor) -> None:
    acts = json.loads(busy("journal", "--json", "tag:climate", f"coder:{CODER}").out)
    done = busy("undo", acts[0]["id"][:12])
    assert (done.status, done.err) == (0, "")
    assert "climate" not in busy("highlights").out
    assert "compare" in busy("highlights").out
    # The first highlight bears a later note: that stands in the way.
    first = json.loads(busy("journal", "--json", "tag:risk/tiers", f"coder:{CODER}").out)[-1]
    conflict = busy("undo", first["id"])
    assert (conflict.status, conflict.out, conflict.err.count("\n")) == (1, "", 1)
    assert busy("undo", "nope").status == 1


def test_the_state_of_a_day(busy: Flor) -> None:
    done = busy("undo", "--to", str(TODAY - timedelta(days=1)))
    assert done.status == 0
    assert "3 acts" in done.out
    assert busy("highlights").out == ""
    assert busy("undo", "--to", str(TODAY)).status == 1
    assert busy("undo", "--to", "monday").status == 2
    assert busy("undo", "x", "--to", str(TODAY)).status == 2
    busy("undo")
    assert "compare" in busy("highlights").out


def test_nothing_of_another_coder_is_undone(busy: Flor) -> None:
    done = busy("undo", "--coder", "bo")
    assert (done.status, done.out) == (1, "")
    busy("highlight", "hegemony", "--quote", "Arria-formula meeting is", "--coder", "bo")
    busy("undo")
    assert "Arria-formula" in busy("highlights").out
    assert "compare" not in busy("highlights").out
