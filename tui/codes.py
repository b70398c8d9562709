"""The codebook as screens look at it: the names of all tags, and the rest of each where it is
looked at. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from annotations.errors import NotFoundError
from annotations.model import Tag, TagNames
from tui.fuzzy import TagIndex


class Codes(Mapping[str, Tag]):
    """Tags by their paths, in the order of the tree.

    A tag that another program has deleted meanwhile is missing although its name is still listed.

    Args:
        names: Of all tags.
        look: Reads one by its path.
    """

    def __init__(self, names: TagNames, look: Callable[[str], Tag]) -> None:
        self.names = names
        self._look = look
        self._seen: dict[str, Tag] = {}

    @cached_property
    def colours(self) -> Mapping[str, str]:
        """The colour of each tag by its path; empty where it has none."""
        return dict(zip(self.names.paths, self.names.colours, strict=True))

    @property
    def index(self) -> TagIndex:
        """All of them, to be found by a few letters."""
        return _index(self.names)

    def index_of(self, paths: Iterable[str]) -> TagIndex:
        """Some of them, in this order."""
        described = dict(zip(self.names.paths, self.names.descriptions, strict=True))
        listed = list(paths)
        return TagIndex(listed, [described[path] for path in listed])

    def __getitem__(self, path: str) -> Tag:
        found = self._seen.get(path)
        if found is None:
            if path not in self:
                raise KeyError(path)
            try:
                found = self._seen[path] = self._look(path)
            except NotFoundError:
                raise KeyError(path) from None
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.names.paths)

    def __len__(self) -> int:
        return len(self.names.paths)

    def __contains__(self, path: object) -> bool:
        return path in self.colours


@lru_cache(maxsize=1)
def _index(names: TagNames) -> TagIndex:
    """Made once for the same names: every act makes the codebook be looked at anew."""
    return TagIndex(names.paths, names.descriptions)
