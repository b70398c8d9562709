"""Where the inline parts of Markdown stand in its source: markdown-it-py does not say.

Its tokens are followed through the source from left to right; each says what must come next. Where
that does not hold the rest of the paragraph stays unmarked, so a mark is never in a wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from markdown_it.token import Token

from annotations.model import Mark, MarkKind

_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_HARD_BREAK = re.compile(r"(\\| {2,})\n[ \t]*")
_KINDS = {"em": MarkKind.EMPHASIS, "strong": MarkKind.STRONG}
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]", re.DOTALL)
_TARGET = re.compile(
    r"""\(\s*
    (?: <(?:[^<>\n\\]|\\.)*> | (?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))* )
    (?: \s+ (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \((?:[^()\\]|\\.)*\) ) )?
    \s*\)""",
    re.VERBOSE | re.DOTALL,
)


def inline_marks(source: str, tokens: Sequence[Token]) -> list[Mark]:
    """The marks in a paragraph, with offsets from its start.

    Args:
        source: the paragraph's own Markdown, without the prefixes of its lines.
        tokens: what markdown-it-py made of it, in order.
    """
    follower = _Follower(source)
    for token in tokens:
        if not follower.follow(token):
            break
    return follower.marks


class _Follower:
    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._open: list[tuple[str, int, str]] = []
        """What is open: its name, where its text begins, and the target of a link."""
        self.marks: list[Mark] = []

    def follow(self, token: Token) -> bool:
        """Go past ``token``; False where the source does not read as it says."""
        name, _, rest = token.type.partition("_")
        if token.type == "text":
            return self._text(token.content)
        if token.type == "softbreak":
            return self._match(_SOFT_BREAK) is not None
        if token.type == "hardbreak":
            return self._hard_break()
        if token.type == "code_inline":
            return self._code(token.markup)
        if token.type == "html_inline":
            return self._markup(token.content)
        if token.type == "image":
            return self._image()
        if token.type == "footnote_ref":
            return self._footnote(str(token.meta.get("label", "")))
        if name == "link":
            return self._open_link(token) if rest == "open" else self._close_link(token)
        if rest == "open":
            return self._markup(token.markup) and self._opened(name)
        if rest == "close":
            self._closed(name)
            return self._markup(token.markup)
        return False

    def _opened(self, name: str, target: str = "") -> bool:
        self._open.append((name, self._place, target))
        return True

    def _closed(self, name: str) -> None:
        if self._open and self._open[-1][0] == name:
            _, start, target = self._open.pop()
            kind = MarkKind.LINK if name == "link" else _KINDS.get(name)
            if kind is not None and start < self._place:
                self.marks.append(Mark(start, self._place, kind, target))

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._source, self._place)
        if match:
            self._place = match.end()
        return match

    def _hide(self, end: int) -> bool:
        """Mark the source up to ``end`` as markup, and go there."""
        if end > self._place:
            self.marks.append(Mark(self._place, end, MarkKind.MARKUP))
            self._place = end
        return True

    def _markup(self, expected: str) -> bool:
        if not self._source.startswith(expected, self._place):
            return False
        return self._hide(self._place + len(expected))

    def _text(self, content: str) -> bool:
        source = self._source
        if not ("\\" in content or "&" in content) and source.startswith(content, self._place):
            self._place += len(content)
            return True
        position = 0
        while position < len(content):
            place = self._place
            if source[place : place + 1] == "\\" and source[place + 1 : place + 2] in _ESCAPED:
                self._hide(place + 1)
                place += 1
            elif source[place : place + 1] == "&" and (entity := _ENTITY.match(source, place)):
                character = unescape(entity.group())
                if content.startswith(character, position):
                    self._place = entity.end()
                    position += len(character)
                    continue
            if source[place : place + 1] != content[position]:
                return False
            self._place = place + 1
            position += 1
        return True

    def _hard_break(self) -> bool:
        match = _HARD_BREAK.match(self._source, self._place)
        if match is None:
            return False
        if match[1] == "\\":
            self._hide(self._place + 1)
        self._place = match.end()
        return True

    def _code(self, ticks: str) -> bool:
        closing = re.compile(rf"(?<!`){ticks}(?!`)")
        if not self._markup(ticks):
            return False
        match = closing.search(self._source, self._place)
        if match is None:
            return False
        self.marks.append(Mark(self._place, match.start(), MarkKind.CODE))
        self._place = match.start()
        return self._hide(match.end())

    def _open_link(self, token: Token) -> bool:
        opening = "<" if token.markup == "autolink" else "["
        target = str(token.attrs.get("href", ""))
        return self._markup(opening) and self._opened("link", target)

    def _close_link(self, token: Token) -> bool:
        self._closed("link")
        if token.markup == "autolink":
            return self._markup(">")
        return self._tail()

    def _tail(self) -> bool:
        """Hide the end of a link or picture: ``](target "title")``, ``][label]`` or ``]``."""
        source, place = self._source, self._place
        if source[place : place + 1] != "]":
            return False
        match = _TARGET.match(source, place + 1) or _LABEL.match(source, place + 1)
        return self._hide(match.end() if match else place + 1)

    def _image(self) -> bool:
        if not self._markup("!["):
            return False
        depth = 1
        for place in range(self._place, len(self._source)):
            character = self._source[place]
            escaped = self._source[place - 1] == "\\"
            depth += (character == "[") - (character == "]") if not escaped else 0
            if depth == 0:
                self._place = place
                return self._tail()
        return False

    def _footnote(self, label: str) -> bool:
        if not label or not self._markup("[^"):
            return False
        start = self._place
        if not self._source.startswith(f"{label}]", start):
            return False
        self._place = start + len(label)
        self.marks.append(Mark(start, self._place, MarkKind.FOOTNOTE, label))
        return self._markup("]")
