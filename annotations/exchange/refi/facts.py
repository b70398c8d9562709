"""What a REFI-QDA project says apart from its sources, or behind the places that need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from annotations.exchange.jsonstream import integer_of
from annotations.exchange.refi import codes
from annotations.exchange.refi.codes import guid
from annotations.exchange.refi.files import SourceFiles
from annotations.exchange.report import LossReport
from annotations.exchange.xmlstream import local, words

SOURCES = (
    "TextSource",
    "PDFSource",
    "PictureSource",
    "AudioSource",
    "VideoSource",
    "Transcript",
)
"""The elements that become documents; a transcript is one of its own."""

_FOREIGN = {
    "PictureSelection": "areas of pictures",
    "AudioSelection": "spans of sound",
    "VideoSelection": "spans of video",
    "TranscriptSelection": "spans of time in transcripts",
    "Case": "cases",
    "Set": "sets",
    "Graph": "graphs",
}

WANTED = (
    *("User", "Code", "Note", "Variable", "VariableValue", "NoteRef", "Link", "Description"),
    # Asked for so that what is in them is not taken for the source's own.
    *("PlainTextSelection", "PDFSelection", "Coding"),
    *_FOREIGN,
)
STARTS = ("Project", *SOURCES)
_OF_SOURCES = frozenset({"Description", "PlainTextSelection", "NoteRef", "VariableValue"})
_POSITIONS = 200
"""Selections of a source that show how its program counts."""


@dataclass(slots=True)
class Facts:
    """What the first reading gathers. Ids are those of the file, folded."""

    is_project: bool = False
    origin: str = ""
    """The program that wrote it."""
    users: dict[str, str] = field(default_factory=dict)
    """Names by ids."""
    codes: list[Element] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    """Tag paths by the ids of codes."""
    notes: dict[str, str] = field(default_factory=dict)
    """Texts by ids."""
    remarks: dict[str, Element] = field(default_factory=dict)
    """Notes that select the passage that they are about (QualCoder), by ids."""
    links: dict[str, list[str]] = field(default_factory=dict)
    """Ids of notes by ids of what a link ties them to (NVivo)."""
    descriptions: dict[str, str] = field(default_factory=dict)
    """What is said of sources in their own elements, by ids."""
    source_notes: dict[str, list[str]] = field(default_factory=dict)
    """Ids of notes by ids of sources."""
    positions: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Starts and ends of the first selections in sources, by ids of sources."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """Values of variables by their names in small letters, by ids of sources."""


def gather(
    elements: Iterator[tuple[str, Element]], files: SourceFiles, report: LossReport
) -> Facts:
    """Read a project through for the first time.

    Args:
        elements: The elements in :data:`WANTED`, and the starts of those in :data:`STARTS`.
        files: Finds the texts of notes.
        report: Is told of what has no counterpart here.
    """
    facts = Facts()
    variables: dict[str, str] = {}
    links: list[Element] = []
    referred: set[str] = set()
    open_sources: list[str] = []
    for event, element in elements:
        name, own = local(element), guid(element.get("guid"))
        source = open_sources[-1] if open_sources else ""
        if name == "Project":
            facts.is_project = True
            facts.origin = element.get("origin") or ""
            files.base = element.get("basePath") or ""
        elif name in SOURCES:
            if event == "start":
                open_sources.append(own)
            else:
                open_sources.pop()
        elif name == "User":
            facts.users[own] = element.get("name") or element.get("id") or own
        elif name == "Code":
            facts.codes.append(element)
            facts.paths.update(
                (guid(each.get("guid")), path) for path, each in codes.walk(element) if path
            )
        elif name == "Note":
            facts.notes[own] = _note(element, files, report)
            if any(local(child) == "PlainTextSelection" for child in element):
                facts.remarks[own] = element
        elif name == "Link":
            links.append(element)
        elif source and name in _OF_SOURCES:
            _take_of_source(facts, source, element, variables)
        elif name == "Description" and words(element).strip():
            report.add("descriptions of the project", words(element))
        elif name == "Variable":
            variables[own] = (element.get("name") or "").strip().lower()
        elif name in _FOREIGN:
            report.add(_FOREIGN[name], element.get("name") or own)
        referred.update(
            guid(each.get("targetGUID")) for each in element.iter() if local(each) == "NoteRef"
        )
    _tie(facts, links, report)
    referred.update(note for notes in facts.links.values() for note in notes)
    for note, text in facts.notes.items():
        if note not in referred:
            about = "passages of no source" if note in facts.remarks else "the project as a whole"
            report.add(f"notes on {about}", text)
    return facts


def _take_of_source(
    facts: Facts, source: str, element: Element, variables: Mapping[str, str]
) -> None:
    """Note what an element of :data:`_OF_SOURCES` says of its source.

    Args:
        facts: Where to.
        source: Its id.
        element: In it.
        variables: Names by ids.
    """
    match local(element):
        case "Description":
            facts.descriptions[source] = words(element).strip()
        case "PlainTextSelection":
            _take_position(facts.positions.setdefault(source, []), element)
        case "NoteRef":
            facts.source_notes.setdefault(source, []).append(guid(element.get("targetGUID")))
        case "VariableValue":
            variable, value = _value(element)
            facts.values.setdefault(source, {})[variables.get(variable, variable)] = value


def _take_position(positions: list[tuple[int, int]], selection: Element) -> None:
    start, end = (integer_of(selection.get(f"{edge}Position")) for edge in ("start", "end"))
    if start is not None and end is not None and len(positions) < _POSITIONS:
        positions.append((start, end))


def _tie(facts: Facts, links: list[Element], report: LossReport) -> None:
    """Find the notes among the ends of links, whichever way those point."""
    for link in links:
        ends = guid(link.get("originGUID")), guid(link.get("targetGUID"))
        notes = [end for end in ends if end in facts.notes]
        if len(notes) == 1:
            facts.links.setdefault(ends[notes[0] == ends[0]], []).append(notes[0])
        else:
            report.add("links", link.get("name") or guid(link.get("guid")))


def _note(element: Element, files: SourceFiles, report: LossReport) -> str:
    texts = [
        words(child) for child in element if local(child) in ("Description", "PlainTextContent")
    ]
    where = element.get("plainTextPath")
    if where:
        texts.append(files.text(where, element.get("name") or "a note") or "")
    found = "\n\n".join(filter(None, map(str.strip, texts)))
    if not found and element.get("richTextPath"):
        report.add("notes in rich text alone", element.get("name") or "")
    return found


def _value(element: Element) -> tuple[str, str]:
    """The id of the variable, and its value as text."""
    variable, value = "", ""
    for child in element:
        if local(child) == "VariableRef":
            variable = guid(child.get("targetGUID"))
        else:
            value = (child.text or "").strip()
    return variable, value
