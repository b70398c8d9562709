"""Makes documents for benchmarks: words as frequent as Zipf's law says, in several scripts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from annotations.model import Block, ImportedDocument, Metadata, Passage

_PARAGRAPHS = 20


@dataclass(frozen=True, slots=True)
class Script:
    """How texts of a script look."""

    language: str
    letters: str
    words: int
    """How many different ones there are."""
    joint: str
    """Between words."""
    per_paragraph: int
    """Words in a paragraph of about 250 bytes."""
    share: int
    """Of ten documents, how many are in it."""


LATIN = Script("en", "etaoinshrdlucmfwypvbgkjqxz", 60_000, " ", 40, 6)
ACCENTED = Script("fr", "etaoinsrdlucméèàçêpvbgqfh", 40_000, " ", 36, 1)
CYRILLIC = Script("ru", "оеаинтсрвлкмдпуяыьгзбчйх", 40_000, " ", 20, 1)
ARABIC = Script("ar", "اليمنوتربدعفسقكحجشصطزخضذثأإةى", 40_000, " ", 22, 1)
CHINESE = Script("zh", "".join(map(chr, range(0x4E00, 0x4E00 + 3_000))), 30_000, "", 42, 1)
SCRIPTS = (LATIN, ACCENTED, CYRILLIC, ARABIC, CHINESE)


class Corpus:
    """An endless supply of documents of about 5 KB, always the same."""

    def __init__(self) -> None:
        self._chance = random.Random(20)
        self.words: dict[str, list[str]] = {}
        """Of each language, the commonest first."""
        self._weights: dict[str, list[float]] = {}
        for script in SCRIPTS:
            longest = 2 if script is CHINESE else 9
            self.words[script.language] = list(
                dict.fromkeys(
                    "".join(
                        self._chance.choices(script.letters, k=self._chance.randint(2, longest))
                    )
                    for _ in range(script.words)
                )
            )
            count = len(self.words[script.language])
            self._weights[script.language] = list(
                accumulate(1 / (rank + 3) for rank in range(count))
            )
        self._turns = [script for script in SCRIPTS for _ in range(script.share)]

    def documents(self, first: int, last: int) -> Iterator[ImportedDocument]:
        """Documents numbered ``first`` up to, not including, ``last``."""
        for number in range(first, last):
            script = self._turns[number % len(self._turns)]
            blocks, parts, at = [], [], 0
            for _ in range(_PARAGRAPHS):
                words = self._chance.choices(
                    self.words[script.language],
                    cum_weights=self._weights[script.language],
                    k=script.per_paragraph,
                )
                parts.append(script.joint.join(words) + ".\n\n")
                blocks.append(Block(at, at + len(parts[-1])))
                at += len(parts[-1])
            metadata = Metadata(
                title=f"Document {number}",
                author=f"Author {number % 97}",
                published=str(1990 + number % 35),
                language=script.language,
                path=f"/corpus/{number}.txt",
            )
            yield ImportedDocument([Passage(0, "".join(parts), tuple(blocks))], metadata)
