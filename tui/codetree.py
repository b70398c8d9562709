"""The codebook as a tree that can be folded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from annotations.model import Tag


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the tree: a tag, or a path that only tags below it have."""

    path: str
    tag: Tag | None
    depth: int
    below: int
    """How many tags are below it."""
    folded: bool = False

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """The path above, empty at the top."""
        return self.path.rpartition("/")[0]


def tree(tags: Iterable[Tag], folded: Set[str] = frozenset(), query: str = "") -> list[Node]:
    """The lines of the tree in the order of the tags.

    Args:
        tags: In the order of the tree: children follow their parent.
        folded: Paths whose descendants are hidden.
        query: Words that the path or the description of a tag must hold, in any case; the paths
            above a tag that has them are shown too, and nothing is folded.
    """
    words = query.casefold().split()
    listed = [tag for tag in tags if _fits(tag, words)]
    below: dict[str, int] = {}
    for tag in listed:
        for path in above(tag.path):
            below[path] = below.get(path, 0) + 1
    nodes: dict[str, Node] = {}
    for tag in listed:
        for path in above(tag.path):
            if path not in nodes:
                nodes[path] = Node(path, None, path.count("/"), below[path])
        nodes[tag.path] = Node(tag.path, tag, tag.path.count("/"), below.get(tag.path, 0))
    if words:
        return list(nodes.values())
    return list(_unfolded(nodes.values(), folded))


def above(path: str) -> Iterator[str]:
    """The paths above a path, the topmost first."""
    parts = path.split("/")
    for depth in range(1, len(parts)):
        yield "/".join(parts[:depth])


def _fits(tag: Tag, words: list[str]) -> bool:
    text = f"{tag.path} {tag.description}".casefold()
    return all(word in text for word in words)


def _unfolded(nodes: Iterable[Node], folded: Set[str]) -> Iterator[Node]:
    hidden = ""
    for node in nodes:
        if hidden and node.path.startswith(hidden):
            continue
        hidden = f"{node.path}/" if node.path in folded and node.below else ""
        yield Node(node.path, node.tag, node.depth, node.below, bool(hidden))
