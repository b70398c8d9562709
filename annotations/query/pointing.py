"""Shows where a query went wrong, as compilers do: the query's line and a caret under it."""

from __future__ import annotations

from annotations.errors import QuerySyntaxError
from annotations.text.graphemes import width


def point_at(error: QuerySyntaxError, columns: int = 72) -> tuple[str, str]:
    """A line of the query, and one with ``^`` under the wrong character.

    Control characters are shown as blanks, so that both lines are safe to print.

    Args:
        error: What went wrong.
        columns: How many code points of a longer query are shown around the place.
    """
    query = "".join(each if each.isprintable() else " " for each in error.query)
    start = max(0, min(error.position - columns // 2, len(query) - columns))
    shown = query[start : start + columns]
    return shown, " " * width(query[start : error.position]) + "^"
