"""Two programs at once do what they like to one library; all of it can be undone and redone."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.errors import FlorilegiumError
from annotations.library.library import Library
from annotations.model import COLOURS
from tests.unit.library.support import highlight_all, imported, tables

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("acts", "journal")
PATHS = ("risk", "risk/tiers", "actors", "actors/un")


def do_anything(path: Path, document: str, coder: str, seed: int, acts: int) -> None:
    """Random acts, single and bulk, undo and redo among them."""
    chance = random.Random(seed)

    def some(library: Library) -> list[str]:
        there = [highlight.id for highlight in library.highlights.list()]
        return chance.sample(there, min(len(there), chance.randint(1, 5)))

    def spots() -> list[tuple[str, int, int]]:
        starts = [chance.randrange(900) for _ in range(chance.randint(1, 30))]
        return [(document, start, start + chance.randint(1, 90)) for start in starts]

    with Library(path, coder) as library:
        highlights, codebook = library.highlights, library.codebook
        choices: list[Callable[[], object]] = [
            lambda: library.highlights.add(document, 3, 9, tags=chance.sample(PATHS, 2)),
            lambda: highlight_all(library, spots(), [coder]),
            lambda: library.highlights.tag(some(library), chance.sample(PATHS, 2)),
            lambda: library.highlights.untag(some(library), chance.sample(PATHS, 1)),
            lambda: library.highlights.note(some(library)[0], f"{chance.random()}"),
            lambda: library.highlights.remove(some(library)),
            lambda: library.highlights.join(some(library)),
            lambda: library.codebook.rename(*chance.sample(PATHS, 2)),
            lambda: library.codebook.merge(*chance.sample(PATHS, 2)),
            lambda: highlights.star(some(library)),
            lambda: highlights.colour(some(library), chance.choice(COLOURS)),
            lambda: highlights.move(some(library)[0], chance.randrange(400), 500),
            lambda: highlights.split(some(library)[0], chance.randrange(900)),
            lambda: codebook.add(chance.choice(PATHS)),
            lambda: codebook.move(*chance.sample(PATHS, 2)),
            lambda: codebook.split(chance.choice(PATHS), chance.choice(PATHS), some(library)),
            lambda: codebook.describe(chance.choice(PATHS), note=f"{chance.random()}"),
            lambda: codebook.recolour(chance.choice(PATHS), chance.choice(COLOURS)),
            lambda: codebook.assign_key(chance.choice(PATHS), chance.choice("123")),
            lambda: codebook.set_exclusive(chance.choice(PATHS), chance.random() < 0.5),
            lambda: codebook.order(chance.sample(PATHS, 2)),
            lambda: codebook.delete(chance.choice(PATHS), children=chance.random() < 0.5),
            lambda: library.queries.save(chance.choice("ab"), chance.choice(PATHS)),
            lambda: library.queries.rename(*chance.choices("ab", k=2)),
            lambda: library.queries.forget(chance.choice("ab")),
            lambda: library.documents.edit(document, note=f"{chance.random()}"),
            lambda: library.coding.apply(
                list(library.coding.of_passages(chance.choice(PATHS))), [chance.choice(PATHS)]
            ),
            lambda: library.journal.undo(),
            lambda: library.journal.redo(),
        ]
        for _ in range(acts):
            try:
                chance.choice(choices)()
            except (FlorilegiumError, IndexError):
                # What it wanted was gone, or the other program had changed it since.
                continue


@pytest.mark.parametrize("seed", [1, 2])
def test_all_of_it_is_undone_and_redone(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "library.sqlite"
    with Library(path, "librarian") as library:
        document = library.documents.add(imported("x" * 1000)).document.id
    first = tables(path, but=KEPT)
    code = (
        "import sys; from pathlib import Path; "
        "from tests.property.test_two_programs import do_anything; "
        "do_anything(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), 40)"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", code, path, document, coder, str(number)], cwd=ROOT)
        for coder, number in (("ann", 2 * seed), ("bob", 2 * seed + 1))
    ]
    assert [program.wait(100) for program in programs] == [0, 0]
    last = tables(path, but=KEPT)
    with Library(path, "ann") as ann, Library(path, "bob") as bob:
        assert ann.check() == []
        hands = {"ann": ann.journal, "bob": bob.journal}
        undone = []
        standing = [
            act
            for act in ann.journal.acts()
            if act.coder in hands and not act.undone and act.name not in ("undo", "redo")
        ]
        assert {act.coder for act in standing} == {"ann", "bob"}
        for act in standing:
            assert hands[act.coder].undo().id == act.id
            undone.append(act)
        assert tables(path, but=KEPT) == first
        for act in reversed(undone):
            assert hands[act.coder].redo().id == act.id
        assert tables(path, but=KEPT) == last
        assert ann.check() == []
