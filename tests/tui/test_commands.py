"""The table of commands: complete, without ambiguity, and the same everywhere it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import import_module

import pytest
from textual._context import visible_screen_stack
from textual.binding import Binding
from textual.command import CommandPalette
from textual.geometry import Region

from tests.tui.conftest import Open
from tui.commands import (
    BY_ID,
    COMMANDS,
    DEFAULT_KEYS,
    FOOTERS,
    Command,
    Group,
    Scope,
    grouped,
    key_label,
)
from tui.config import ALIASES, Config, load_config
from tui.screens.help import Help, KeyTable
from tui.screens.reader import Reader
from tui.screens.station import Station
from tui.screens.tag_picker import TagPicker
from tui.settings import ConfigError
from tui.widgets.key_line import KeyLine
from tui.widgets.keybar import KeyBar
from tui.widgets.path_field import PathField

ISSUED = {
    "left": "h",
    "right": "l",
    "up": "k",
    "down": "j",
    "word-next": "w",
    "word-back": "b",
    "word-end": "e",
    "sentence-back": "(",
    "sentence-next": ")",
    "paragraph-back": "{",
    "paragraph-next": "}",
    "line-start": "0",
    "line-end": "$",
    "top": "g",
    "bottom": "G",
    "page-down": "space",
    "page-up": "pageup",
    "half-down": "ctrl+d",
    "half-up": "ctrl+u",
    "select": "v",
    "select-sentence": "s",
    "select-paragraph": "p",
    "highlight": "m",
    "tag": "t",
    "note": "c",
    "remove": "x",
    "highlight-next": "]",
    "highlight-back": "[",
    "copy": "y",
    "undo": "u",
    "redo": "ctrl+r",
    "find": "/",
    "find-next": "n",
    "find-back": "N",
    "export": "e",
    "pane-next": "tab",
    "sidebar": "ctrl+b",
    "margin": "ctrl+e",
    "wider": "+",
    "narrower": "-",
    "help": "?",
    "quit": "q",
}
"""The keys that people learn first."""


IN_TURN = {
    ("drop", "stop"),
    ("adjust-keep", "follow"),
    ("adjust", "adjust-swap"),
    ("place-here", "adjust-keep"),
    ("place-here", "follow"),
    ("place-leave", "drop"),
    ("place-leave", "stop"),
}
"""Commands that share a key: the one that is declared first goes first, or they are one act."""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_does_something(command: Command) -> None:
    module, _, function = command.run.partition(".")
    assert callable(getattr(import_module(f"tui.actions.{module}"), function))
    assert command.help
    assert command.keys


def test_ids_are_unique() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1


def test_the_default_keys() -> None:
    assert {id_: DEFAULT_KEYS[id_][0] for id_ in ISSUED} == ISSUED


def test_no_default_key_reaches_a_program_as_another() -> None:
    assert not {key for command in COMMANDS for key in command.keys} & set(ALIASES)


def test_no_key_means_two_things_at_once() -> None:
    for number, command in enumerate(COMMANDS):
        for other in COMMANDS[number + 1 :]:
            if command.rivals(other) and (command.id, other.id) not in IN_TURN:
                assert not set(command.keys) & set(other.keys), (command.id, other.id)


def test_the_footers_have_at_most_six_keys_of_real_commands() -> None:
    for ids in FOOTERS.values():
        assert len(ids) <= 6
        assert all(id_ in BY_ID for id_ in ids)


def test_the_help_page_has_every_command() -> None:
    assert sum(map(len, grouped().values())) == len(COMMANDS)


@pytest.mark.parametrize(
    ("key", "label"),
    [("m", "m"), ("G", "G"), ("ctrl+r", "Ctrl+R"), ("escape", "Esc"), ("alt+left", "Alt+←")],
)
def test_keys_are_labelled_as_people_read_them(key: str, label: str) -> None:
    assert key_label(key) == label


async def test_the_footer_shows_only_what_would_do_something(reader: Open) -> None:
    async with reader() as screen:
        bar = screen.reader.query_one(KeyBar)
        assert "remove" not in screen.seen(bar)
        await screen.press("}", "}", "m")
        assert "x remove" in screen.seen(bar)
        await screen.press("v", "w")
        assert "Esc drop" in screen.seen(bar)
        await screen.press("/")
        assert "Enter stay" in screen.seen(bar)


async def test_a_key_of_the_footer_can_be_clicked(reader: Open) -> None:
    async with reader() as screen:
        bar = screen.reader.query_one(KeyBar)
        at = screen.seen(bar).index("? help")
        await screen.click(bar, at, 0)
        assert isinstance(screen.screen, Help)


async def test_keys_can_be_given_otherwise(reader: Open) -> None:
    keys = {**DEFAULT_KEYS, "highlight": ("H", "f5")}
    async with reader(config=Config(keys=keys)) as screen:
        await screen.press("}", "}", "m")
        assert screen.highlights == []
        assert "H highlight" in screen.seen(screen.reader.query_one(KeyBar))
        await screen.press("f5")
        assert len(screen.highlights) == 1


async def test_the_palette_runs_commands(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("}", "}", "ctrl+p")
        names = [command.title for command in screen.app.get_system_commands(screen.reader)]
        assert "Highlight" in names
        assert "Remove the highlight" not in names


async def test_the_palette_offers_what_can_be_done_where_one_is(reader: Open) -> None:
    async with reader() as screen:
        commands = list(screen.app.get_system_commands(screen.reader))
        names = Counter(command.title for command in commands)
        assert max(names.values()) == 1
        assert "Merge the tag into another" not in names
        assert "Rename the folder" not in names
        assert any(command.help.startswith("Ctrl+T ") for command in commands)
        await screen.press("ctrl+t")
        names = Counter(each.title for each in screen.app.get_system_commands(screen.screen))
        assert names["Merge the tag into another"] == 1
        assert "Highlight" not in names


async def test_the_help_begins_with_what_can_be_done_where_one_is(reader: Open) -> None:
    async with reader() as screen:
        for keys, first in ((("?",), Group.MOVE), (("ctrl+t", "?"), Group.CODEBOOK)):
            await screen.press(*keys)
            assert screen.lines(screen.screen.query_one(KeyTable))[0] == first
            await screen.press("escape")


async def test_the_palette_opens_from_the_help_and_over_no_other_dialog(reader: Open) -> None:
    async with reader() as screen:
        opened = []
        for keys in (("t", "ctrl+p"), ("escape", "?", "ctrl+p"), ("escape",)):
            await screen.press(*keys)
            opened.append(type(screen.screen))
        assert opened == [TagPicker, CommandPalette, Reader]


def _stations(kind: type[Station[object]] = Station) -> Iterator[type[Station[object]]]:
    for each in kind.__subclasses__():
        yield each
        yield from _stations(each)


def test_screens_bind_the_keys_that_their_footers_show() -> None:
    for name in ("changes", "codebook", "duplicates", "history", "passages", "review", "search"):
        import_module(f"tui.screens.{name}")
    for station in _stations():
        for scope in filter(None, [vars(station).get("SCOPE")]):
            bound = {each.id for each in station.BINDINGS if isinstance(each, Binding)}
            shown = {command.id for command in COMMANDS if command.scope is scope}
            assert bound == shown | station.ALSO
            assert "help" in bound


async def test_a_key_that_can_do_nothing_now_says_why(reader: Open) -> None:
    async with reader() as screen:
        await screen.press("R", "n", "]", "]", "]")
        assert screen.notices == [
            "No highlight of this document was moved or lost",
            "Nothing has been found that one could go to",
            "This document has no highlights yet",
        ]


async def test_the_footer_of_a_narrow_screen_keeps_the_way_back_and_to_help(reader: Open) -> None:
    async with reader(size=(60, 24)) as screen:
        await screen.press("ctrl+t", "/")
        bar = screen.screen.query_one(KeyBar)
        assert "Esc text" in screen.seen(bar)
        await screen.click(bar, screen.seen(bar).index("Enter to the list"), 0)
        assert "Esc text" in screen.seen(bar)
        assert "x delete" not in screen.seen(bar)
        await screen.click(bar, screen.seen(bar).index("? help"), 0)
        assert isinstance(screen.screen, Help)


async def test_a_small_terminal_shows_the_keys_of_a_dialog_and_the_field_of_a_long_one(
    reader: Open,
) -> None:
    async with reader(size=(40, 12)) as screen:
        for key, seen in (("t", KeyLine), ("c", KeyLine), ("I", PathField)):
            await screen.press(key)
            await screen.settle()
            widget = screen.screen.query_one(seen)
            assert widget.region
            assert screen.screen.region.contains_region(widget.region), key
            await screen.press("escape")
        await screen.press("ctrl+e")
        assert screen.reader.margin.region.width == 40


def test_a_scope_is_known_for_every_command() -> None:
    assert {command.scope for command in COMMANDS} == set(Scope)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("measure = ", "Invalid"),
        ("measure = 5000", "“measure” is a number"),
        ("measure = true", "“measure” is a number"),
        ('colour = "red"', "“colour” is no setting"),
        ('theme = "mauve"', "“mauve” is no theme"),
        ("coder = 3", "“coder” is a text"),
        ('keys = "m"', "“keys” is a table"),
        ('[keys]\nhighlght = "m"', "“highlght” is no command"),
        ("[keys]\nhighlight = 3", "a key is a text"),
        ("[keys]\nhighlight = []", "a key is a text"),
        ('[keys]\nhighlight = "hyper+q"', "“hyper+q” is no key"),
        ('[keys]\nhighlight = "ctrl+i"', "sends ctrl+i as Tab"),
        ('[keys]\nhighlight = "x"', "x is the key of “remove” already"),
    ],
)
def test_a_wrong_configuration_gives_one_clear_line(
    text: str, part: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("config") / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    message = str(caught.value)
    assert part in message
    assert message.startswith(str(path))
    assert "\n" not in message


def test_keys_may_be_swapped(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("config") / "config.toml"
    path.write_text('[keys]\nhighlight = "x"\nremove = ["m", "delete"]\n', encoding="utf-8")
    keys = load_config(path).keys
    assert keys["highlight"] == ("x",)
    assert keys["remove"] == ("m", "delete")


async def test_a_dialog_is_whole_before_the_screen_below_it_has_grown(reader: Open) -> None:
    async with reader(size=(60, 20)) as screen:
        below = screen.screen
        await screen.press("?")
        visible_screen_stack.set([below])
        rows = screen.screen.render_lines(Region(0, 0, 90, 30))
        assert [row.cell_length for row in rows] == [90] * 30
