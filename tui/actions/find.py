"""Finding in the document, going to a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotations.errors import InvalidError

if TYPE_CHECKING:
    from tui.screens.reader import Reader

_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")


def start(reader: Reader) -> None:
    """Open the line in which one types what to find."""
    from tui.widgets.find_bar import FindBar

    reader.finder.begin()
    reader.foot.mount(FindBar(reader.finder, reader.panes.to_page), before=0)


def following(reader: Reader) -> None:
    """Go to the next hit."""
    reader.finder.step(1)


def preceding(reader: Reader) -> None:
    """Go to the hit before."""
    reader.finder.step(-1)


def goto(reader: Reader) -> None:
    """Go to a share of the document."""
    from tui.screens.prompt import Prompt

    reader.ask(
        Prompt("Go to", share_of, hint="50%"),
        lambda text: reader.page.go_to_share(share_of(text)),
    )


def share_of(text: str) -> float:
    """``50%`` as 0.5.

    Raises:
        InvalidError: It is no percentage up to 100.
    """
    match = _SHARE.fullmatch(text.strip())
    share = float(match[1].replace(",", ".")) / 100 if match else 2.0
    if share > 1:
        raise InvalidError("Write a percentage, such as 50%")
    return share
