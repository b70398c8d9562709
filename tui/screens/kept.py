"""Dialogs that stay mounted while they are closed, since mounting is most of what opening costs."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.app import App
from textual.screen import Screen

S = TypeVar("S", bound=Screen[Any])


def kept(app: App[None], kind: type[S]) -> S:
    """The one dialog of a kind; what it asks is still that of the last time."""
    name = kind.__name__
    if not app.is_screen_installed(name):
        app.install_screen(kind(), name)
    return app.get_screen(name, kind)


def mount_kept(app: App[None], dialog: Screen[Any]) -> None:
    """Mount a dialog that is kept before it is first shown."""
    if not dialog.is_running:
        with app.batch_update():
            app.push_screen(dialog)
            app.pop_screen()


def paint_ahead(dialog: Screen[Any]) -> None:
    """Lay out and paint a mounted dialog where nobody sees it: what its styles and rows are made of
    is kept, and takes longer than the rest of showing it for the first time."""
    # Textual offers this for the screen that is shown alone, which is told that it is to be done.
    dialog._refresh_layout()
    dialog._layout_required = False
    dialog._compositor.render_strips()
