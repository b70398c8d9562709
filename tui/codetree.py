"""The codebook as a tree that can be folded. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from annotations.model import TagNames


class Node(NamedTuple):
    """A line of the tree: a tag, or a path that only tags below it have.

    A tuple, since thousands are made whenever the tree is folded.
    """

    path: str
    is_tag: bool
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


def tree(names: TagNames, folded: Set[str] = frozenset(), query: str = "") -> list[Node]:
    """The lines of the tree in the order of the tags.

    Args:
        names: Of all tags.
        folded: Paths whose descendants are hidden.
        query: Words that the path or the description of a tag must hold, in any case; the paths
            above a tag that has them are shown too, and nothing else is folded.
    """
    words = query.casefold().split()
    below = _below(names.paths)
    if not words:
        nodes = _lines(names.paths, frozenset(), below)
        return list(_unfolded(nodes, folded) if folded else nodes)
    listed = list(_fitting(names, words))
    shown = _below(listed)
    return [
        node._replace(folded=node.below > 0 and not shown[node.path])
        for node in _lines(listed, frozenset(names.paths), below)
    ]


def closest(nodes: Sequence[Node], query: str) -> int:
    """The index of the line whose name the query fits best; the first of equal ones."""
    wanted = query.casefold().strip()

    def fit(index: int) -> tuple[bool, ...]:
        path, name = nodes[index].path.casefold(), nodes[index].name.casefold()
        return name != wanted, not name.startswith(wanted), wanted not in name, wanted not in path

    return min(range(len(nodes)), key=fit, default=0)


def _below(paths: Iterable[str]) -> Counter[str]:
    """How many of some tags are below each path."""
    return Counter(parent for path in paths if "/" in path for parent in above(path))


def above(path: str) -> Iterator[str]:
    """The paths above a path, the topmost first."""
    at = path.find("/")
    while at > 0:
        yield path[:at]
        at = path.find("/", at + 1)


def _lines(listed: Sequence[str], tags: Set[str], below: Counter[str]) -> Iterator[Node]:
    """Some tags, each after the paths above it.

    Args:
        listed: In the order of the tree.
        tags: Those that may be above one of them without being listed.
        below: How many tags are below each path.
    """
    shown = set()
    for path in listed:
        if "/" in path:
            for parent in above(path):
                if parent not in shown:
                    shown.add(parent)
                    yield Node(parent, parent in tags, parent.count("/"), below[parent])
        shown.add(path)
        yield Node(path, True, path.count("/"), below[path])


def _fitting(names: TagNames, words: Iterable[str]) -> Iterator[str]:
    for path, description in zip(names.paths, names.descriptions, strict=True):
        text = f"{path} {description}".casefold()
        if all(word in text for word in words):
            yield path


def _unfolded(nodes: Iterable[Node], folded: Set[str]) -> Iterator[Node]:
    hidden = ""
    for node in nodes:
        if hidden and node.path.startswith(hidden):
            continue
        hidden = f"{node.path}/" if node.path in folded and node.below else ""
        yield node._replace(folded=True) if hidden else node
