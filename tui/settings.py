"""The user's configuration file as it is read, before anybody knows what its entries mean.

Knows no screen, so that the command line can ask it too; :mod:`tui.config` has what the reader
makes of it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from annotations.errors import FlorilegiumError


class ConfigError(FlorilegiumError):
    """The configuration file says something that cannot be followed."""


def config_path() -> Path:
    """Where the file is looked for: ``FLORILEGIUM_CONFIG``, else the platform's place."""
    if named := os.environ.get("FLORILEGIUM_CONFIG"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("florilegium", appauthor=False) / "config.toml"


def read_settings(path: Path) -> Mapping[str, object]:
    """The entries of the file; none where there is no file.

    Raises:
        ConfigError: The file cannot be read or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: it is no UTF-8") from error
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error


def coder_of(settings: Mapping[str, object]) -> str:
    """Who annotates, by the entry ``coder``; empty: nobody is named.

    Raises:
        ConfigError: The entry is no text.
    """
    coder = settings.get("coder", "")
    if not isinstance(coder, str):
        raise ConfigError("“coder” is a text in quotes")
    return coder


def chosen_coder(given: str | None) -> str | None:
    """Who annotates: ``given``, else FLORILEGIUM_CODER, else the configuration; None: the login
    name.

    Raises:
        ConfigError: It has to be looked up in the file, and the file is wrong.
    """
    if given or os.environ.get("FLORILEGIUM_CODER", "").strip():
        return given
    path = config_path()
    settings = read_settings(path)
    try:
        return coder_of(settings) or None
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error
