"""Tags and text of HTML that may be anything, in one pass.

The parser of the standard library takes quadratic time for some malformed pages in the versions of
Python that people have. Here every character is looked at a few times at most. What is malformed is
read as browsers do (https://html.spec.whatwg.org/multipage/parsing.html), as far as text is
concerned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_RAW = ("script", "style", "xmp", "iframe", "noembed", "noframes")
_name = re.compile(r"/?([a-zA-Z][^\s/>]*)").match
_edge = re.compile(r"[\"'>]").search
_attributes = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or an end of an element."""

    name: str
    """In small letters."""
    is_end: bool
    source: str
    """What stands between the name and the end of the tag."""

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names in small letters; the first of one name counts."""
        found: dict[str, str] = {}
        for name, *values in _attributes.findall(self.source):
            found.setdefault(name.lower(), unescape("".join(values)))
        return found


def tokens(html: str) -> Iterator[Tag | str]:
    """Yield the tags, and the character data between them with its references resolved.

    Comments, processing instructions and document types are left out, and so is everything behind
    one that does not end.
    """
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            yield unescape(html[at:])
            return
        match = _name(html, start + 1)
        if match is None and html[start + 1 : start + 2] not in ("!", "?", "/"):
            # A less-than sign that begins no tag is text, up to the next one.
            following = html.find("<", start + 1)
            following = len(html) if following < 0 else following
            yield unescape(html[at:following])
            at = following
            continue
        if start > at:
            yield unescape(html[at:start])
        if match is None:
            at = _behind_comment(html, start)
            continue
        end = _behind_tag(html, match.end())
        if end < 0:
            return
        is_end = html[start + 1] == "/"
        tag = Tag(match[1].lower(), is_end, html[match.end() : end - 1])
        yield tag
        at = end
        if tag.name in _RAW and not is_end:
            close = re.compile(f"</{tag.name}", re.IGNORECASE).search(html, at)
            stop = close.start() if close else len(html)
            if stop > at:
                yield html[at:stop]
            at = stop


def _behind_comment(html: str, start: int) -> int:
    """The place behind a comment, or behind what counts as one; the end where it has no end."""
    closing = "-->" if html.startswith("<!--", start) else ">"
    end = html.find(closing, start + 2)
    return len(html) if end < 0 else end + len(closing)


def _behind_tag(html: str, at: int) -> int:
    """The place behind the tag that began before ``at``; -1 where it has no end."""
    while (match := _edge(html, at)) is not None:
        if match[0] == ">":
            return match.end()
        # A quotation mark opens a value only behind an equals sign.
        if html[at : match.start()].rstrip().endswith("="):
            close = html.find(match[0], match.end())
            if close < 0:
                return -1
            at = close + 1
        else:
            at = match.end()
    return -1
