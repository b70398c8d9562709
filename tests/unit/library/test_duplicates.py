"""Documents that are nearly the same, found by what their texts share."""

from __future__ import annotations

import random
import stat
from itertools import pairwise

import pytest

from annotations.library.library import Library
from annotations.text.likeness import ALIKE, candidates, resemblance, sketch
from tests.unit.library.conftest import Open
from tests.unit.library.support import imported

WORDS = [f"word{number}" for number in range(3000)]


def text(seed: int, words: int = 800) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def changed(whole: str, share: float, seed: int = 1) -> str:
    """The text with a share of its words replaced, in runs of twenty."""
    chance, words = random.Random(seed), whole.split()
    for _ in range(int(len(words) * share / 20)):
        at = chance.randrange(len(words) - 20)
        words[at : at + 20] = chance.choices(WORDS, k=20)
    return " ".join(words)


def shingles(whole: str) -> set[tuple[str, ...]]:
    words = whole.split()
    return set(zip(*(words[at:] for at in range(5)), strict=False))


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0])
def test_the_estimate_is_near_the_resemblance(share: float) -> None:
    errors = []
    for seed in range(8):
        one = text(seed)
        other = changed(one, share, seed)
        exact = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
        errors.append(resemblance(sketch([one]), sketch([other])) - exact)
    assert abs(sum(errors) / len(errors)) < 0.06
    assert max(map(abs, errors)) < 0.2


def test_a_text_in_parts_is_the_same_text() -> None:
    whole = text(3)
    words = whole.split()
    parts = [" ".join(words[at : at + 97]) + " " for at in range(0, len(words), 97)]
    assert sketch(parts) == sketch([whole])
    chinese = "我们必须防止滥用所有国家都应当受益" * 30
    assert resemblance(sketch([chinese]), sketch([chinese + "谁也不应落后"])) > 0.7


def test_almost_all_alike_pairs_are_candidates() -> None:
    texts = [text(seed, 300) for seed in range(60)]
    sketches = [sketch([each]) for each in [*texts, *(changed(each, 0.1) for each in texts)]]
    found = set().union(*candidates(sketches))
    alike = [(at, at + 60) for at in range(60)]
    assert all(resemblance(sketches[one], sketches[other]) > ALIKE for one, other in alike)
    assert len(set(alike) & found) >= 59
    assert len(found) < 200


def test_near_duplicates_are_listed_the_likest_first(library: Library) -> None:
    originals = [text(seed) for seed in range(5)]
    for number, each in enumerate(originals):
        library.documents.add(imported(each, title=f"original {number}"))
    library.documents.add(imported(changed(originals[1], 0.15), title="far"))
    library.documents.add(imported(changed(originals[3], 0.03), title="near"))
    library.documents.add(imported("A short text", title="short"))
    library.documents.add(imported("A short text.", title="short too"))
    library.documents.add(imported("", title="empty"))
    seen: list[tuple[int, int]] = []
    found = library.duplicates.find(lambda done, total: seen.append((done, total)))
    assert seen == [(done, 9) for done in range(9)]
    names = [(each.older.title, each.newer.title) for each in found]
    assert set(names) == {
        ("original 1", "far"),
        ("original 3", "near"),
        ("short", "short too"),
    }
    assert all(one.resemblance >= other.resemblance for one, other in pairwise(found))
    assert found[0].older.title == "short"
    seen.clear()
    assert library.duplicates.find(lambda done, total: seen.append((done, total))) == found
    assert seen == []
    library.documents.delete([found[0].newer.id])
    assert library.duplicates.find() == found[1:]
    tally = library.revisions.link(found[1].older.id, found[1].newer.id)
    assert tally.revision == 2
    assert len(library.duplicates.find()) == 1
    assert library.check() == []


def test_of_many_alike_each_is_told_once(library: Library) -> None:
    whole = text(7)
    for number in range(20):
        library.documents.add(imported(changed(whole, 0.05, number), title=f"{number:02}"))
    found = library.duplicates.find()
    assert sorted(each.newer.title for each in found) == [f"{number:02}" for number in range(1, 20)]


def test_a_read_only_library_is_looked_at_too(open_library: Open) -> None:
    whole = text(7)
    library = open_library()
    library.documents.add(imported(whole, title="one"))
    library.documents.add(imported(changed(whole, 0.05), title="two"))
    library.path.chmod(stat.S_IRUSR)
    assert len(open_library().duplicates.find()) == 1
