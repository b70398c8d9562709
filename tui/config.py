"""The user's configuration: one TOML file, read once, before the screen opens.

coder = "ada"
theme = "sepia"
measure = 66
citation = "apa"

[keys]
highlight = ["m", "f2"]
find = ["/", "f3"]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui.commands import BY_ID, DEFAULT_KEYS, Keys
from tui.settings import ConfigError, coder_of, config_path, read_settings

MEASURE = 72
"""Cells of a line of text, unless the user says otherwise."""
MEASURES = range(24, 201)
"""The measures that make sense."""

CITATION = "plain"
"""How a copied quote is cited, unless the user says otherwise."""

ALIASES: Mapping[str, str] = {
    "ctrl+i": "Tab",
    "ctrl+m": "Enter",
    "ctrl+h": "Backspace",
    "ctrl+[": "Escape",
}
"""Keys that reach a program as another key."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the user wants otherwise than by default."""

    coder: str = ""
    """Whose highlights are made; empty: see :func:`annotations.open_library`."""
    theme: str = ""
    """A name of :data:`tui.themes.THEMES`; empty: the default."""
    measure: int = MEASURE
    citation: str = CITATION
    """How a copied quote is cited: one of :data:`annotations.exchange.citation.STYLES`."""
    keys: Keys = field(default_factory=lambda: DEFAULT_KEYS)


def load_config(path: Path | None = None) -> Config:
    """Read the configuration; a file that is not there is an empty one.

    Args:
        path: The file; ``None``: :func:`config_path`.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or holds what the reader does not know;
            the message is one line and names the file and the entry.
    """
    path = path or config_path()
    settings = read_settings(path)
    try:
        return _from_table(settings)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def _from_table(table: Mapping[str, object]) -> Config:
    """The configuration in a parsed file."""
    known = ("coder", "theme", "measure", "citation", "keys")
    if unknown := sorted(set(table).difference(known)):
        raise ConfigError(f"“{unknown[0]}” is no setting (coder, theme, measure, citation, [keys])")
    theme = table.get("theme", "")
    if not isinstance(theme, str):
        raise ConfigError("“theme” is a text in quotes")
    measure = table.get("measure", MEASURE)
    if not isinstance(measure, int) or isinstance(measure, bool) or measure not in MEASURES:
        raise ConfigError(f"“measure” is a number from {MEASURES.start} to {MEASURES.stop - 1}")
    if theme:
        _check_theme(theme)
    citation = table.get("citation", CITATION)
    if not isinstance(citation, str):
        raise ConfigError("“citation” is a text in quotes")
    if "citation" in table:
        _check_citation(citation)
    keys = table.get("keys", {})
    if not isinstance(keys, dict):
        raise ConfigError("“keys” is a table: [keys]")
    return Config(coder_of(table), theme, measure, citation, _remapped(keys))


def _check_theme(name: str) -> None:
    from tui.themes import THEMES

    if name not in THEMES:
        raise ConfigError(f"“{name}” is no theme ({', '.join(THEMES)})")


def _check_citation(name: str) -> None:
    from annotations.exchange.citation import STYLES

    if name not in STYLES:
        raise ConfigError(f"“{name}” is no style of citation ({', '.join(STYLES)})")


def _remapped(changes: Mapping[str, object]) -> Keys:
    """The default keys with the user's in their place."""
    keys = dict(DEFAULT_KEYS)
    for id_, value in changes.items():
        if id_ not in BY_ID:
            raise ConfigError(f"keys: “{id_}” is no command; ? in the reader lists them")
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names:
            raise ConfigError(f'keys.{id_}: a key is a text such as "m" or a list of them')
        keys[id_] = tuple(_checked_key(id_, name) for name in names)
    _check_clashes(keys, changes)
    return keys


def _checked_key(id_: str, key: object) -> str:
    """A key that a terminal can send.

    Raises:
        ConfigError: It is none, or the terminal sends it as another.
    """
    from textual.keys import Keys as Known

    if not isinstance(key, str) or not key.strip():
        raise ConfigError(f'keys.{id_}: a key is a text such as "m" or "ctrl+r"')
    if key in ALIASES:
        raise ConfigError(f"keys.{id_}: a terminal sends {key} as {ALIASES[key]}; take another key")
    if len(key) == 1:
        return key
    *modifiers, last = key.split("+")
    known = key in {known.value for known in Known} or len(last) == 1
    if not known or not set(modifiers) <= {"ctrl", "alt", "shift"}:
        raise ConfigError(f"keys.{id_}: “{key}” is no key (write m, ctrl+r, alt+left, f5, space)")
    return key


def _check_clashes(keys: Keys, changes: Mapping[str, object]) -> None:
    """No key that the user gives may have two meanings at once.

    Raises:
        ConfigError: One has.
    """
    for id_ in changes:
        for other, taken in keys.items():
            both = set(keys[id_]) & set(taken)
            if both and id_ != other and BY_ID[id_].rivals(BY_ID[other]):
                raise ConfigError(
                    f"keys.{id_}: {min(both)} is the key of “{other}” already; give that another"
                )
