"""docutils, so that it keeps what it does not know.

Most reStructuredText is written for Sphinx or another program with directives and roles of its
own. docutils puts an error in their place, and what they hold would be missing from the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from optparse import Values
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, Parser, directives, roles, states
from docutils.parsers.rst.languages import en
from docutils.readers import standalone
from docutils.transforms import Transform, references

if TYPE_CHECKING:
    from docutils.parsers.rst.roles import _RoleFn

    _Standalone = standalone.Reader[str]
else:
    _Standalone = standalone.Reader

_SETTINGS: dict[str, object] = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "halt_level": 5,
    "input_encoding": "unicode",
    "line_length_limit": 2**31,
    "raw_enabled": False,
    "report_level": 5,
    "syntax_highlight": "none",
    # Without it docutils ends the whole program on an error.
    "traceback": True,
}
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|[^|\n]*\|[ \t]+)?([\w+.:-]+?)[ \t]?::(?!\S)")
_ROLE = re.compile(r"(?:(?<=`):|:(?=[\w+.:-]+:`))([\w+.:-]+):")
_CODE = frozenset({"code", "code-block", "sourcecode"})
"""Known to docutils too, but not with the options that they have elsewhere."""
_EXACT_NAMES = (
    "digraph doctest graph graphviz hlist ipython mermaid plantuml productionlist prompt testcode "
    "testoutput toctree uml"
)
_EXACT = _CODE | frozenset(_EXACT_NAMES.split())
"""Directives whose content is no reStructuredText, or a list of names a line each."""
_WORDLESS_NAMES = (
    "currentmodule highlight index py:currentmodule tabularcolumns testcleanup testsetup"
)
_WORDLESS = frozenset(_WORDLESS_NAMES.split())
"""Directives that set something and show nothing."""
_ENDS = (
    "emphasis",
    "strong",
    "literal",
    "interpreted_or_phrase_ref",
    "target",
    "substitution_ref",
)
"""docutils' names for the patterns that end what is marked."""
_MOST_ENDLESS = 3_000
_TITLED = re.compile(r"(?P<title>.*\S)\s*<[^<>]*>", re.DOTALL)


def parsed(text: str) -> nodes.document:
    """The tree of ``text``; references without a target are left in it as they are.

    What docutils itself raises is not caught.
    """
    # docutils has a table of each for the whole process; what is put there twice does no harm.
    for name in {*map(str.lower, _DIRECTIVE.findall(text))}:
        if name in _CODE or name not in en.directives:
            directives.register_directive(name, _Foreign)
    for name in {*map(str.lower, _ROLE.findall(text))} - en.roles.keys():
        roles.register_local_role(name, cast("_RoleFn", _foreign_role))
    return publish_doctree(
        text,
        reader=_Reader(),
        parser=Parser(inliner=_Inliner()),
        settings_overrides=_SETTINGS,
    )


class _EndPattern:
    """Finds the end of what is marked, and looks no further where a text is known to have none.

    docutils asks for the rest of a paragraph behind each mark that may be a beginning: where none
    of them has an end, that takes the square of their number.
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._endless = ""
        self._missed = 0

    def search(self, text: str) -> re.Match[str] | None:
        """The first end in ``text``.

        Raises:
            ValueError: more beginnings had none than anybody writes who means them.
        """
        if not self._endless.endswith(text):
            found = self._pattern.search(text)
            if found is not None:
                return found
            self._endless = text
        self._missed += 1
        if self._missed > _MOST_ENDLESS:
            raise ValueError("marks without end")
        return None


class _Inliner(states.Inliner):
    def init_customizations(self, settings: Values) -> None:
        """As the base class says."""
        super().init_customizations(settings)
        for name in _ENDS:
            setattr(self.patterns, name, _EndPattern(getattr(self.patterns, name)))


# The base class looks for the parts of its patterns in the very class of its object.
for _name, _part in vars(states.Inliner).items():
    if isinstance(_part, str) and not _name.startswith("__"):
        setattr(_Inliner, _name, _part)


class _Substitutions(references.Substitutions):
    def apply(self) -> None:
        if self.document.substitution_defs:
            super().apply()


class _Reader(_Standalone):
    """Reports no references without a target: that takes the square of their number."""

    def get_transforms(self) -> list[type[Transform]]:
        ours = {references.DanglingReferences: None, references.Substitutions: _Substitutions}
        return list(filter(None, (ours.get(each, each) for each in super().get_transforms())))


class _AnyOption(dict[str, Callable[[str], str]]):
    """Takes options of any name."""

    def __missing__(self, name: str) -> Callable[[str], str]:
        return _as_written


def _as_written(value: str | None) -> str:
    return value or ""


class _Foreign(Directive):
    """A directive of another program: its name and argument as a line, then its content."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], str]] | None] = _AnyOption(class_=_as_written)

    def run(self) -> list[nodes.Node]:
        """Its nodes."""
        name = self.name.lower()
        if name in _WORDLESS:
            return []
        if name in _EXACT and self.content:
            code = "\n".join(self.content)
            caption = self._line(self.options.get("caption", ""))
            return [*caption, nodes.literal_block(code, code)]
        body = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, body)
        return [*self._line(" ".join([self.name, *self.arguments])), *body.children]

    def _line(self, text: str) -> list[nodes.Node]:
        if not text:
            return []
        words, messages = self.state.inline_text(text, self.lineno)
        return [nodes.paragraph(text, "", *words), *messages]


def _foreign_role(
    role: str, rawtext: str, text: str, lineno: int, inliner: states.Inliner, *_: object
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """What a role of another program would show of ``text``."""
    shown = nodes.unescape(text)
    if titled := _TITLED.fullmatch(shown):
        shown = titled["title"]
    elif shown.startswith("~"):
        shown = shown.rpartition(".")[2].lstrip("~")
    return [nodes.title_reference(rawtext, shown.removeprefix("!"))], []
