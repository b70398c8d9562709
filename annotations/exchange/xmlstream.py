"""Reading XML of any size one element at a time, without trusting it.

A document type is refused: no format here needs one, and entities (a billion laughs, a file of this
machine) hide in it. Depth is bounded. Memory is that of the largest element asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from annotations.errors import UnreadableFileError

_DEEPEST = 256
"""Levels of elements: what is deeper no format here means, and a tree of it no stack can walk."""


def local(element: Element) -> str:
    """The name of an element without its namespace: programs differ in theirs."""
    return element.tag.rpartition("}")[2]


def words(element: Element) -> str:
    """Everything that stands in an element: notes of some programs bring markup of their own."""
    return "".join(element.itertext())


def elements(
    reopen: Callable[[], AbstractContextManager[IO[bytes]]],
    name: str,
    wanted: Collection[str],
    starts: Collection[str] = (),
) -> Iterator[tuple[str, Element]]:
    """Yield ``("end", element)`` for complete ``wanted`` elements, and for those in ``starts``
    ``("start", element)`` when they begin and ``("end", element)`` when they end, of which nothing
    but the attributes is of use; by their local names, in file order.

    A ``wanted`` element inside another ``wanted`` one comes as its part only. Elements are
    forgotten once they have been passed.

    Args:
        reopen: Opens the file at its start; called twice.
        name: What errors call the file.

    Raises:
        UnreadableFileError: It is no XML, is cut short, has a document type or is too deep.
    """
    with reopen() as file:
        _refuse_doctype(file, name)
    with reopen() as file:
        try:
            yield from _pull(file, name, wanted, starts)
        except ParseError as error:
            raise malformed(name, error.code, error.position[0]) from error
        except (LookupError, ValueError) as error:
            raise UnreadableFileError(f"{name} is in an encoding that is not known") from error


def _pull(
    file: IO[bytes], name: str, wanted: Collection[str], starts: Collection[str]
) -> Iterator[tuple[str, Element]]:
    open_elements: list[Element] = []
    inside = 0
    for event, element in iterparse(file, ("start", "end")):
        tag = local(element)
        if event == "start":
            open_elements.append(element)
            if len(open_elements) > _DEEPEST:
                raise UnreadableFileError(f"{name} nests more than {_DEEPEST} levels deep")
            inside += tag in wanted
            if tag in starts and not inside:
                yield "start", element
            continue
        open_elements.pop()
        inside -= tag in wanted
        if inside:
            continue
        if tag in wanted or tag in starts:
            yield "end", element
        if open_elements:
            open_elements[-1].remove(element)


def _refuse_doctype(file: IO[bytes], name: str) -> None:
    """Read up to the root element, which is as far as a document type may stand."""
    parser = expat.ParserCreate()
    at_root = False

    def doctype(*_: object) -> None:
        raise UnreadableFileError(f"{name} declares a document type, which may hide entities")

    def root(*_: object) -> None:
        nonlocal at_root
        at_root = True
        parser.StartElementHandler = None

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        while not at_root and (chunk := file.read(4096)):
            parser.Parse(chunk, False)
        if not at_root:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        if not at_root:
            raise malformed(name, error.code, error.lineno) from error
    except (LookupError, ValueError) as error:
        raise UnreadableFileError(f"{name} is in an encoding that is not known") from error


def malformed(name: str, code: int, line: int) -> UnreadableFileError:
    """The error for what expat says with ``code``."""
    what = expat.ErrorString(code) or "malformed"
    if what in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN):
        return UnreadableFileError(f"{name} is cut short: its XML does not end")
    return UnreadableFileError(f"{name} is not XML: {what} in line {line}")
