"""What the tests of readers share: a document read to its end, in a form easy to compare."""

from __future__ import annotations

from annotations.errors import UnreadableFileError
from annotations.formats import read_source
from annotations.formats.source import from_bytes
from annotations.model import Block, BlockKind, ImportedDocument, MarkKind, Metadata


class Read:
    """A document with its passages joined; offsets count from its start."""

    def __init__(self, document: ImportedDocument) -> None:
        self.metadata: Metadata = document.metadata
        self.notices = document.notices
        self.passages = list(document.passages)
        self.text = "".join(passage.text for passage in self.passages)
        self._check()

    def _check(self) -> None:
        """What the model promises of every document: a test of each test's own file."""
        offset = 0
        for passage in self.passages:
            assert passage.start == offset
            assert passage.text
            offset = passage.end
            edges = [0, *(block.end for block in passage.blocks)]
            assert [block.start for block in passage.blocks] == edges[:-1]
            assert edges[-1] == len(passage.text)
            assert all(len(block_text) for block_text in self._texts(passage.text, passage.blocks))
            for mark in passage.marks:
                assert 0 <= mark.start <= mark.end
                assert any(b.start <= mark.start and mark.end <= b.end for b in passage.blocks)
        assert "\r" not in self.text
        self.text.encode("utf-8")

    @staticmethod
    def _texts(text: str, blocks: tuple[Block, ...]) -> list[str]:
        return [text[block.start : block.end] for block in blocks]

    @property
    def blocks(self) -> list[tuple[BlockKind, str]]:
        """Kind and text of each block, blank lines around it left out."""
        return [
            (block.kind, passage.text[block.start : block.end].strip())
            for passage in self.passages
            for block in passage.blocks
        ]

    @property
    def outline(self) -> list[tuple[int, str]]:
        """Level and text of each heading."""
        return [
            (block.level, " ".join(passage.text[block.start : block.end].split()))
            for passage in self.passages
            for block in passage.blocks
            if block.kind is BlockKind.HEADING
        ]

    def levels(self, kind: BlockKind) -> list[int]:
        """The levels of the blocks of a kind."""
        return [b.level for passage in self.passages for b in passage.blocks if b.kind is kind]

    def marks(self, *kinds: MarkKind) -> list[tuple[str, str]]:
        """Text and value of each mark of one of ``kinds``."""
        return [
            (passage.text[mark.start : mark.end], mark.value)
            for passage in self.passages
            for mark in passage.marks
            if mark.kind in kinds
        ]

    def whole(self, paragraphs: list[str]) -> float:
        """The share of ``paragraphs`` that are a block by themselves, white space aside."""
        blocks = {" ".join(text.split()) for _, text in self.blocks}
        return sum(" ".join(p.split()) in blocks for p in paragraphs) / len(paragraphs)


def read(data: bytes | str, name: str, **options: str) -> Read:
    """The file ``data``, as a person names it."""
    encoded = data.encode() if isinstance(data, str) else data
    return Read(read_source(from_bytes(encoded, name, **options)))


def outcome(data: bytes | str, name: str, **options: str) -> str:
    """What the reader says when it refuses the file; empty when it reads it."""
    try:
        read(data, name, **options)
    except UnreadableFileError as error:
        return str(error)
    return ""


def refusal(data: bytes | str, name: str, **options: str) -> str:
    """What the reader says when it refuses the file, in one line after the file's name."""
    message = outcome(data, name, **options)
    assert message, f"{name} was read"
    assert "\n" not in message
    assert message.startswith(f"{name}: ")
    return message.removeprefix(f"{name}: ")
