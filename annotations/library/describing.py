"""What is known of single tags: descriptions, colours, keys, places among siblings."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.errors import InvalidError
from annotations.library.colours import clean_colour
from annotations.library.tagpath import fold
from annotations.library.tags import KEYS, Tags
from annotations.library.wording import listed, quoted
from annotations.model import Tag

WORDS = ("description", "inclusion", "exclusion", "note")
"""What can be written about a tag."""


class Described(Tags):
    """The acts on what is known of a tag; it stays where it is."""

    def describe(
        self,
        path: str,
        *,
        description: str | None = None,
        inclusion: str | None = None,
        exclusion: str | None = None,
        note: str | None = None,
    ) -> Tag:
        """Write about a tag; what is None stays as it is.

        Args:
            path: the tag.
            description: what it is for.
            inclusion: when to use it.
            exclusion: when not to, although it looks like it.
            note: what there is to say besides.

        Raises:
            NotFoundError: there is no such tag.
        """
        told = {
            "description": description,
            "inclusion": inclusion,
            "exclusion": exclusion,
            "note": note,
        }
        words = {name: text for name, text in told.items() if text is not None}
        what = "the note on" if set(words) == {"note"} else f"the {listed(list(words))} of"
        return self._set("describe tag", path, f"wrote {what} {{}}", **words)

    def recolour(self, path: str, colour: str) -> Tag:
        """Set the colour of a tag.

        Raises:
            NotFoundError: there is no such tag.
            InvalidError: there is no such colour.
        """
        colour = clean_colour(colour)
        return self._set(
            "recolour tag", path, f"coloured {{}} {colour or 'no more'}", colour=colour
        )

    def assign_key(self, path: str, key: str) -> Tag:
        """Give a tag one of :data:`KEYS`, which whatever tag had it loses; or none, if empty.

        Raises:
            NotFoundError: there is no such tag.
            InvalidError: ``key`` is no digit from 1 to 9.
        """
        if key and key not in KEYS:
            raise InvalidError(f"{quoted(key)} cannot apply a tag: use a digit from 1 to 9")
        with self._journal.act("assign key") as act:
            tag = self.get(path)
            act.summary = f"put {tag.path} on {key}" if key else f"took {tag.path} from its key"
            self._connection.run(
                "UPDATE tags SET key = '' WHERE key = ? AND key <> '' AND id <> ?", (key, tag.id)
            )
            self._set("assign key", path, "", key=key)
        return self.get(path)

    def order(self, paths: Iterable[str]) -> None:
        """Put sibling tags in order: low, medium, high.

        Raises:
            NotFoundError: there is no such tag.
            InvalidError: they are no siblings.
        """
        with self._journal.act("order tags") as act:
            tags = [self.get(path) for path in paths]
            if len({fold(tag.path).rpartition("/")[0] for tag in tags}) > 1:
                raise InvalidError("only the children of one tag can be put in order")
            for level, tag in enumerate(tags, 1):
                self._set("order tags", tag.path, "", level=level)
            act.summary = f"put {listed([tag.path for tag in tags])} in order"

    def _set(self, name: str, path: str, summary: str, **values: str | int) -> Tag:
        with self._journal.act(name) as act:
            tag = self.get(path)
            act.summary = summary.format(tag.path)
            if not values:
                return tag
            settings = ", ".join(f"{column} = :{column}" for column in values)
            differs = " OR ".join(f"{column} IS NOT :{column}" for column in values)
            self._connection.run(
                f"UPDATE tags SET {settings}, updated_at = :at WHERE id = :id AND ({differs})",
                {**values, "at": act.at, "id": tag.id},
            )
        return self.get(path)
