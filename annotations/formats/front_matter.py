"""The fields at the head of a Markdown file: simple YAML after ``---``, or TOML after ``+++``."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime

from annotations.formats.dates import iso_date
from annotations.model import Metadata

_MATTER = re.compile(
    r"\A(?P<rule>---|\+\+\+)[ \t]*\n(?P<body>.*?\n)?(?:(?P=rule)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w -]*):(?:[ \t]+(?P<value>.*))?\Z")
_LONGEST = 65_536
"""Code points; a longer beginning holds no fields."""


def front_matter(text: str) -> tuple[int, Metadata]:
    """How many code points of ``text`` the fields take, 0 if there are none, and what they say."""
    match = _MATTER.match(text[:_LONGEST])
    if match is None:
        return 0, Metadata()
    body = match["body"] or ""
    fields = _toml(body) if match["rule"] == "+++" else _yaml(body)
    if fields is None:
        return 0, Metadata()
    return match.end(), Metadata(
        title=_first(fields, "title"),
        author="; ".join(fields.get("author") or fields.get("authors") or ()),
        publisher=_first(fields, "publisher"),
        published=iso_date(_first(fields, "date") or _first(fields, "published")),
        language=_first(fields, "lang") or _first(fields, "language"),
        kind=_first(fields, "kind") or _first(fields, "type"),
        source=_first(fields, "source") or _first(fields, "url"),
    )


def _first(fields: dict[str, list[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _yaml(body: str) -> dict[str, list[str]] | None:
    """Scalars and lists of scalars by name; None where the lines are no fields at all."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in body.split("\n"):
        match = _FIELD.match(line.rstrip())
        if match:
            name = match["name"].strip().lower()
            fields[name] = _scalars(match["value"] or "")
        elif name and line.lstrip().startswith("- "):
            fields[name] += _scalars(line.lstrip()[2:])
        elif line.strip() and not (name and line[0] in " \t") and line[0] != "#":
            return None
    return fields or None


def _scalars(written: str) -> list[str]:
    """A value, or those of a list in brackets, without quotes and comments."""
    value = written.strip()
    if value.startswith("[") and value.endswith("]"):
        parts = re.findall(r"\s*(?:\"[^\"]*\"|'[^']*'|[^,\s][^,]*)", value[1:-1])
        return [part for item in parts for part in _scalars(item)]
    if value[:1] in ("'", '"'):
        return [value[1:].partition(value[0])[0]]
    value = re.sub(r"\s+#.*", "", value)
    return [value] if value and value not in ("|", ">", "~", "null") else []


def _toml(body: str) -> dict[str, list[str]] | None:
    try:
        table = tomllib.loads(body)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    fields: dict[str, list[str]] = {}
    for name, value in table.items():
        values = value if isinstance(value, list) else [value]
        known = [item for item in values if isinstance(item, str | int | float | date | datetime)]
        fields[name.lower()] = [str(item) for item in known]
    return fields
