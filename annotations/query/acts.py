"""What to look for in the history: ``tag:risk/tiers coder:ann day:2026-11 removed``. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotations.errors import InvalidError
from annotations.model import Act
from annotations.query.fields import in_quotes, read_period

_TOKEN = re.compile(
    r'(?P<field>coder|tag|doc|document|day):(?P<value>"(?:[^"]|"")*"?|\S*)|"[^"]*"?|\S+',
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ActsAsked:
    """Which acts are looked for: those for which all that is said holds."""

    words: tuple[str, ...] = ()
    """Folded; each stands in the sentence, the name of the coder or the time."""
    coder: str | None = None
    tag: str | None = None
    document: str | None = None
    """As a person names it."""
    since: str | None = None
    """A day, month or year by the local clock."""
    until: str | None = None
    """The first day, month or year after."""

    def says(self, act: Act, at: str) -> bool:
        """Whether an act holds the words.

        Args:
            act: What was done.
            at: When, as people read it.
        """
        if not self.words:
            return True
        text = f"{at} {act.coder} {act.name} {act.summary}".casefold()
        return all(word in text for word in self.words)


def parse_acts(query: str) -> ActsAsked:
    """Read a question to the history: words, and ``coder:``, ``tag:``, ``doc:`` and ``day:``.

    A value with blanks stands in quotation marks, which are written twice inside. A day may be a
    month, a year, or a period like ``2026-01..2026-03``. What stands before a colon and is none of
    these names is a word.

    Raises:
        InvalidError: A field has no value, or a day is none.
    """
    asked = ActsAsked()
    for token in _TOKEN.finditer(query):
        field, value = (token["field"] or "").casefold(), token["value"] or ""
        if value.startswith('"'):
            value = (value[1:-1] if value[1:].endswith('"') else value[1:]).replace('""', '"')
        if field and not value:
            raise InvalidError(f"{field}: needs something after it")
        match field:
            case "coder":
                asked = replace(asked, coder=value)
            case "tag":
                asked = replace(asked, tag=value)
            case "doc" | "document":
                asked = replace(asked, document=value)
            case "day":
                since, until = _period(value)
                asked = replace(asked, since=since, until=until)
            case _:
                word = token[0].replace('"', "").casefold()
                asked = replace(asked, words=(*asked.words, word))
    return asked


def _period(written: str) -> tuple[str | None, str | None]:
    """The first day and the day after the last of a period."""
    try:
        since, until = read_period(written)
    except ValueError as error:
        raise InvalidError(str(error)) from error
    return since or None, until or None


def with_field(query: str, field: str, value: str) -> str:
    """``query`` asking for another value of a field; for none, where it asks for this one."""
    needs_quotes = re.search(r'[\s"]', value)
    written = f"{field}:{in_quotes(value) if needs_quotes else value}"
    kept = [token[0] for token in _TOKEN.finditer(query)]
    others = [each for each in kept if not each.casefold().startswith(f"{field}:")]
    return " ".join(others if written in kept else [*others, written])
