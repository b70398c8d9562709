"""Every command of the reader, declared once.

The key bindings, the footer, the help page and the palette all come from :data:`COMMANDS`. What a
command does lies in :mod:`tui.actions`, which is imported when a command of it is first run; this
package knows neither widgets nor the library.
"""

from __future__ import annotations

from tui.commands.bindings import FIELDS, bindings, keymap
from tui.commands.command import Command, Group, Scope, State
from tui.commands.labels import key_label, key_name
from tui.commands.table import (
    BY_ID,
    COMMANDS,
    DEFAULT_KEYS,
    FOOTERS,
    Keys,
    footer,
    footer_of,
    grouped,
)

__all__ = [
    "BY_ID",
    "COMMANDS",
    "DEFAULT_KEYS",
    "FIELDS",
    "FOOTERS",
    "Command",
    "Group",
    "Keys",
    "Scope",
    "State",
    "bindings",
    "footer",
    "footer_of",
    "grouped",
    "key_label",
    "key_name",
    "keymap",
]
