"""Reading a REFI-QDA project (``.qdpx``): its text sources with what was coded in them.

The XML is read twice: notes, users and codes stand after, or apart from, the sources that refer to
them. What is no text (areas of pictures, spans of time) is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from annotations.errors import UnreadableFileError
from annotations.exchange import xmlstream
from annotations.exchange.archive import open_archive
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.jsonstream import integer_of
from annotations.exchange.positions import Counting, SourceText, is_same
from annotations.exchange.refi import codes
from annotations.exchange.refi.codes import guid, references
from annotations.exchange.refi.facts import SOURCES, STARTS, WANTED, Facts, gather
from annotations.exchange.refi.files import SourceFiles
from annotations.exchange.refi.project_writer import ORIGIN, VARIABLES
from annotations.exchange.report import LossReport, shorten
from annotations.exchange.texts import passages
from annotations.exchange.times import utc
from annotations.exchange.xmlstream import local, words
from annotations.model import Metadata
from annotations.text.offsets import Unit

_CODED = ("PlainTextSelection", "PDFSelection", "Coding")


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the tags, the text sources and their selections.

    Raises:
        UnreadableFileError: It is no project, is cut short or is hostile.
    """
    with open_archive(path) as archive:
        projects = [name for name in archive.names if name.lower().endswith(".qde")]
        if not projects:
            raise UnreadableFileError(f"{path.name} is no REFI-QDA project: it has no project.qde")
        files = SourceFiles(path, archive, report)

        def elements(
            wanted: tuple[str, ...], starts: tuple[str, ...]
        ) -> Iterator[tuple[str, Element]]:
            return xmlstream.elements(
                lambda: archive.open(projects[0]), shorten(projects[0]), wanted, starts
            )

        facts = gather(elements(WANTED, STARTS), files, report)
        if not facts.is_project:
            raise UnreadableFileError(f"{path.name} is no REFI-QDA project")
        for code in facts.codes:
            yield from codes.read(code, facts.notes, report)
        facts.codes.clear()
        wanted = ("PlainTextContent", *_CODED, "Note", "Code", "Case", "Set")
        starts = (*SOURCES, "Representation", "TextDescription")
        yield from _Sources(facts, files, report).records(elements(wanted, starts))


@dataclass(slots=True)
class _Source:
    """The source that is being read."""

    element: Element
    text: SourceText | None = None
    announced: bool = False
    waiting: list[Element] = field(default_factory=list)
    """Selections that came before the text did."""

    @property
    def key(self) -> str:
        return guid(self.element.get("guid"))

    @property
    def name(self) -> str:
        return self.element.get("name") or ""


class _Sources:
    def __init__(self, facts: Facts, files: SourceFiles, report: LossReport) -> None:
        self._facts = facts
        self._files = files
        self._report = report
        is_nvivo = facts.origin.startswith("NVivo")
        self._counting = Counting(Unit.UTF16 if is_nvivo else Unit.CODE_POINT)

    def records(self, elements: Iterator[tuple[str, Element]]) -> Iterator[Record]:
        source: _Source | None = None
        for event, element in elements:
            name = local(element)
            if event == "start":
                if name in SOURCES:
                    yield from self._finish(source)
                    source = _Source(element)
                where = element.get("plainTextPath")
                if where and source is not None:
                    raw = self._files.text(where, source.name)
                    if raw is not None:
                        self._set_text(source, raw)
            elif source is None:
                continue
            elif name == "PlainTextContent":
                self._set_text(source, words(element))
            elif name == "PDFSelection":
                source.waiting.append(element)
            elif name in _CODED:
                yield from self._announce(source)
                yield from self._coded(element, source)
        yield from self._finish(source)

    def _set_text(self, source: _Source, raw: str) -> None:
        source.text = SourceText(raw)
        if self._facts.origin != ORIGIN:
            self._counting.judge(source.text, self._facts.positions.get(source.key, ()))

    def _finish(self, source: _Source | None) -> Iterator[Record]:
        if source is None:
            return
        if source.text is None:
            self._report.add("sources without a text", source.name or source.key)
        if source.text is not None or source.waiting:
            yield from self._announce(source)
        for element in source.waiting:
            yield from self._coded(element, source)
        for note in self._facts.source_notes.get(source.key, ()):
            if note in self._facts.remarks:
                yield from self._announce(source)
                yield from self._remark(note, self._facts.remarks[note], source)

    def _remark(self, note: str, element: Element, source: _Source) -> Iterator[HighlightRecord]:
        """The highlight that a note makes by selecting a passage itself."""
        for selection in element:
            if local(selection) != "PlainTextSelection":
                continue
            selector = self._selector(selection, source.text)
            if selector is not None:
                yield HighlightRecord(
                    source.key,
                    selector,
                    note=self._facts.notes[note],
                    coder=self._facts.users.get(_maker(element), ""),
                    id=guid(selection.get("guid")) or note,
                    created_at=utc(element.get("creationDateTime") or ""),
                    updated_at=utc(element.get("modifiedDateTime") or ""),
                )

    def _announce(self, source: _Source) -> Iterator[DocumentRecord]:
        """The document itself, before the first highlight in it."""
        if source.announced:
            return
        source.announced = True
        facts = self._facts
        values = facts.values.get(source.key, {})
        for name in values.keys() - set(VARIABLES):
            self._report.add("variables of sources", name)
        own = [each for each in facts.source_notes.get(source.key, ()) if each not in facts.remarks]
        about = [*own, *facts.links.get(source.key, ())]
        notes = [facts.descriptions.get(source.key, ""), *(facts.notes.get(n, "") for n in about)]
        known = {name: values.get(name, "") for name in VARIABLES}
        yield DocumentRecord(
            source.key,
            Metadata(title=source.name, **known),
            None if source.text is None else passages(source.text.text),
            note="\n\n".join(filter(None, notes)),
            id=source.key,
        )

    def _coded(self, element: Element, source: _Source) -> Iterator[HighlightRecord]:
        if local(element) == "Coding":
            yield from self._by_user(element, [element], source.key, None)
            return
        if local(element) == "PDFSelection":
            found = (each for each in element.iter() if local(each) == "PlainTextContent")
            selector = _quoted(next(map(words, found), ""))
            if selector is None:
                self._report.add("areas of pages", element.get("name") or "")
        else:
            selector = self._selector(element, source.text)
        if selector is not None:
            codings = [child for child in element if local(child) == "Coding"]
            yield from self._by_user(element, codings, source.key, selector)

    def _selector(self, element: Element, text: SourceText | None) -> Selector | None:
        start = integer_of(element.get("startPosition"))
        end = integer_of(element.get("endPosition"))
        name = element.get("name") or ""
        span = None
        if start is not None and end is not None and text is not None:
            span = self._counting.place(text, start, end, name, _described(element))
            if span is not None:
                return Selector(span, quote=text.text[span.start : span.end])
        where = name or guid(element.get("guid"))
        self._report.add("selections outside the text", f"{where} ({start} to {end})")
        return _quoted(name)

    def _by_user(
        self, element: Element, codings: list[Element], key: str, selector: Selector | None
    ) -> Iterator[HighlightRecord]:
        """One highlight for each user who coded a selection; the first keeps its id."""
        own, maker = guid(element.get("guid")), _maker(element)
        shares: dict[str, list[Element]] = {} if codings else {maker: []}
        for coding in codings:
            shares.setdefault(_maker(coding) or maker, []).append(coding)
        first = maker if maker in shares else next(iter(shares))
        for user in sorted(shares, key=lambda user: user != first):
            notes = [self._notes(coding) for coding in shares[user]]
            if user == first and element not in codings:
                said = _described(element)
                if selector is not None and is_same(said, selector.quote):
                    said = ""  # some programs put the words there
                notes = [said, self._notes(element), *notes]
            yield HighlightRecord(
                key,
                selector,
                self._tags(shares[user]),
                "\n\n".join(filter(None, map(str.strip, notes))),
                coder=self._facts.users.get(user, ""),
                id=own if user == first else codes.made_guid(own, user),
                created_at=utc(element.get("creationDateTime") or ""),
                updated_at=utc(element.get("modifiedDateTime") or ""),
            )

    def _tags(self, codings: list[Element]) -> tuple[str, ...]:
        targets = (
            guid(child.get("targetGUID"))
            for coding in codings
            for child in coding
            if local(child) == "CodeRef"
        )
        paths = {target: self._facts.paths.get(target, "") for target in targets}
        for target, path in paths.items():
            if not path:
                self._report.add("codes missing from the codebook", target)
        return tuple(dict.fromkeys(filter(None, paths.values())))

    def _notes(self, element: Element) -> str:
        found = [guid(each.get("targetGUID")) for each in references(element)]
        found += self._facts.links.get(guid(element.get("guid")), [])
        texts = (self._facts.notes.get(each, "") for each in found)
        return "\n\n".join(filter(None, texts))


def _maker(element: Element) -> str:
    """The id of who made something, or at least was the last to change it."""
    return guid(element.get("creatingUser")) or guid(element.get("modifyingUser"))


def _described(element: Element) -> str:
    return "\n\n".join(words(child) for child in element if local(child) == "Description")


def _quoted(words: str) -> Selector | None:
    return Selector(quote=words.strip()) if words.strip() else None
