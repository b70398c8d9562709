"""W3C Web Annotations as JSON-LD: one collection with one page, and whatever others write.

https://www.w3.org/TR/annotation-model/. A highlight is an annotation with one target. Its tags are
bodies for ``tagging``, its note is one for ``commenting``, its colour is a style sheet, its star
the motivation ``bookmarking``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urldefrag

from annotations.errors import UnreadableFileError
from annotations.exchange import webbodies, webselectors
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
    TagRecord,
)
from annotations.exchange.jsonstream import elements, list_of, object_of, text_of
from annotations.exchange.report import LossReport
from annotations.exchange.times import utc
from annotations.library.rows import TEXTS
from annotations.model import Metadata, Status

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_COLLECTION = "urn:uuid:5f0c7ac1-4a43-5d4c-9b1e-2f0a6d0d3a11"
_PAGE = "urn:uuid:0d8f6a34-6f0b-5c5b-8f7e-6b8f1f1f9c52"
_UUID = "urn:uuid:"
_STYLE = re.compile(r"background-color:\s*(#[0-9a-fA-F]{6}|[a-z]+)")
_STARRED = "bookmarking"
"""The motivation that stands for a star."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def write(records: Iterable[Record], file: BinaryIO, report: LossReport) -> None:
    """Write an AnnotationCollection whose first page holds everything, as it comes."""
    head = {
        "@context": _CONTEXT,
        "id": _COLLECTION,
        "type": "AnnotationCollection",
        "label": "Highlights from Florilegium",
    }
    page = {"id": _PAGE, "type": "AnnotationPage", "partOf": _COLLECTION, "startIndex": 0}
    encode = json.JSONEncoder(ensure_ascii=False).encode
    file.write(f'{encode(head)[:-1]}, "first": {encode(page)[:-1]}, "items": ['.encode())
    total = 0
    for annotation in _annotations(records, report):
        file.write(f"{',' if total else ''}\n{encode(annotation)}".encode())
        total += 1
    file.write(f'\n]}}, "total": {total}}}\n'.encode())


def _annotations(records: Iterable[Record], report: LossReport) -> Iterator[dict[str, object]]:
    sources: dict[str, dict[str, object]] = {}
    for record in records:
        match record:
            case DocumentRecord():
                source = _source(record)
                sources = {record.key: source}
                if record.passages is not None:
                    report.add(TEXTS, record.metadata.title)
                if record.note:
                    yield {
                        "@context": _CONTEXT,
                        "id": f"{_UUID}{record.id or record.key}#note",
                        "type": "Annotation",
                        "motivation": "describing",
                        "body": webbodies.textual(record.note, "describing"),
                        "target": source,
                    }
            case HighlightRecord():
                yield _annotation(record, sources[record.document], report)
            case ReplyRecord():
                yield {
                    "@context": _CONTEXT,
                    "id": _iri(record.id),
                    "type": "Annotation",
                    "motivation": "replying",
                    "body": webbodies.textual(record.text, "replying"),
                    "target": _iri(record.to),
                    **_made(record.coder, record.created_at, ""),
                }
            case TagRecord():
                report.add_what_is_said_of(record)


def _annotation(
    record: HighlightRecord, source: dict[str, object], report: LossReport
) -> dict[str, object]:
    bodies = [webbodies.textual(record.note, "commenting")] if record.note else []
    bodies += [webbodies.textual(tag, "tagging") for tag in record.tags]
    target: dict[str, object] = source
    if record.selector is not None:
        selectors = webselectors.written(record.selector)
        target = {"type": "SpecificResource", "source": source, "selector": selectors}
        if not selectors:
            report.add("highlights without a quote or a place", record.id)
            del target["selector"]
    if record.status is not Status.PLACED:
        report.add("states (moved or lost)", record.id)
    if record.former:
        report.add("former quotes of moved highlights", record.former)
    motivation = "commenting" if record.note else "tagging" if record.tags else "highlighting"
    style: dict[str, object] = {}
    if record.colour:
        value = f".highlight {{ background-color: {record.colour} }}"
        style = {"stylesheet": {"type": "CssStylesheet", "value": value}}
        if target is not source:
            target["styleClass"] = "highlight"
    return {
        "@context": _CONTEXT,
        "id": _iri(record.id),
        "type": "Annotation",
        "motivation": [motivation, _STARRED] if record.starred else motivation,
        **({"body": bodies} if bodies else {}),
        "target": target,
        **style,
        **_made(record.coder, record.created_at, record.updated_at),
    }


def _made(coder: str, created_at: str, updated_at: str) -> dict[str, object]:
    found: dict[str, object] = {}
    if coder:
        found["creator"] = {"type": "Person", "nickname": coder}
    if created_at:
        found["created"] = created_at
    if updated_at:
        found["modified"] = updated_at
    return found


def _source(record: DocumentRecord) -> dict[str, object]:
    about = record.metadata
    own = _UUID + (record.id or record.key)
    named = {
        "format": about.media_type,
        "language": about.language,
        "dcterms:title": about.title,
        "dcterms:creator": about.author,
        "dcterms:publisher": about.publisher,
        "dcterms:date": about.published,
        "dcterms:type": about.kind,
        "dcterms:source": "" if _ABSOLUTE.fullmatch(about.source) else about.source,
        "dcterms:identifier": own,
    }
    return {
        "id": about.source if _ABSOLUTE.fullmatch(about.source) else own,
        "type": "Text",
        **{name: value for name, value in named.items() if value},
    }


def _iri(identifier: str) -> str:
    return identifier if _ABSOLUTE.fullmatch(identifier) else _UUID + identifier


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the records of an annotation, a list of them, a page or a collection.

    Raises:
        UnreadableFileError: It is no JSON, is cut short, or holds no annotation.
    """
    seen: set[str] = set()
    top: dict[str, object] = {}
    found = 0
    for name, value in elements(path, {"first", "items", "@graph"}):
        if name in ("", "items", "@graph"):
            found += 1
            yield from _records(value, seen, report)
        else:
            top[name] = value
    if "Annotation" in list_of(top.get("type")):
        yield from _records(top, seen, report)
    elif isinstance(top.get("next"), str) or isinstance(top.get("first"), str):
        report.add("pages elsewhere", text_of(top.get("next") or top.get("first")))
    elif not found and not {"AnnotationPage", "AnnotationCollection"} & set(
        map(text_of, list_of(top.get("type")))
    ):
        raise UnreadableFileError(f"{path.name} holds no Web Annotation")


def _records(value: object, seen: set[str], report: LossReport) -> Iterator[Record]:
    annotation = object_of(value)
    identifier = text_of(annotation.get("id") or annotation.get("@id")).removeprefix(_UUID)
    targets = [each for one in list_of(annotation.get("target")) for each in _members(one)]
    if not targets:
        report.add("elements other than annotations", identifier)
        return
    content = webbodies.read(annotation, report)
    coder = webbodies.agent(annotation.get("creator"))
    created = utc(text_of(annotation.get("created")))
    if "replying" in content.motivations and isinstance(targets[0], str):
        to = targets[0].removeprefix(_UUID)
        yield ReplyRecord(to, content.note, coder, created, identifier)
        return
    for number, target in enumerate(targets, 1):
        document, selector = _target(target)
        if document is None:
            report.add("targets without a source", identifier)
            continue
        if document.key not in seen:
            seen.add(document.key)
            yield document
        if selector is not None and selector.says_nothing:
            report.add("selectors that plain text does not have", identifier)
        yield HighlightRecord(
            document.key,
            selector,
            content.tags,
            content.note,
            _colour(annotation),
            coder,
            identifier if number == 1 else f"{identifier}#{number}",
            created,
            utc(text_of(annotation.get("modified"))),
            starred=_STARRED in content.motivations,
        )


def _members(target: object) -> list[object]:
    """A target, or those that it holds where it is a set of some kind (section 4.4)."""
    resource = object_of(target)
    if resource.keys() & {"source", "selector"}:
        return [target]
    return list_of(resource.get("items", resource.get("members"))) or [target]


def _target(target: object) -> tuple[DocumentRecord | None, Selector | None]:
    """The document that a target lies in, and where; None for the document as a whole."""
    resource = object_of(target)
    source = resource.get("source", target)
    about = object_of(source)
    address = source if isinstance(source, str) else text_of(about.get("id") or about.get("@id"))
    address, part = urldefrag(address)
    if not address:
        return None, None
    selector = webselectors.fragment(part) if part else None
    if "selector" in resource:
        selector = webselectors.read(resource["selector"]) or selector or Selector()
    own = text_of(about.get("dcterms:identifier")) or address
    said = {name: text_of(about.get(f"dcterms:{name}")) for name in _DUBLIN_CORE}
    metadata = Metadata(
        title=said["title"],
        author=said["creator"],
        publisher=said["publisher"],
        published=said["date"],
        kind=said["type"],
        language=text_of(about.get("language")),
        source=said["source"] or ("" if address.startswith(_UUID) else address),
    )
    identifier = own.removeprefix(_UUID) if own.startswith(_UUID) else ""
    return DocumentRecord(own, metadata, id=identifier), selector


_DUBLIN_CORE = ("title", "creator", "publisher", "date", "type", "source")


def _colour(annotation: dict[str, object]) -> str:
    style = _STYLE.search(text_of(object_of(annotation.get("stylesheet")).get("value")))
    return style[1] if style else ""
