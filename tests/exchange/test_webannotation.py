"""Web Annotations: valid by the W3C's own schemas on the way out, tolerant on the way in."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT4

from annotations.errors import UnreadableFileError
from annotations.exchange import webannotation
from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    ReplyRecord,
    Selector,
    TagRecord,
)
from annotations.exchange.report import LossReport
from annotations.model import Metadata, Span, Status
from annotations.text.offsets import Unit

SCHEMAS = Path(__file__).resolve().parents[2] / ".." / "shared" / "webannotation"
HIGHLIGHT = "7b0d6f5e-1111-4222-8333-444455556666"
DOCUMENT = "0c9d8e7f-1111-4222-8333-444455556666"

RECORDS: list[Record] = [
    TagRecord("risk/tiers", "levels of risk", "red"),
    DocumentRecord(
        DOCUMENT,
        Metadata("A title", "An author", "A publisher", "2023-10-30", "en", "letter"),
        note="about the whole",
        id=DOCUMENT,
    ),
    HighlightRecord(
        DOCUMENT,
        Selector(Span(10, 15), quote="wörds", prefix="before ", suffix=" after"),
        ("risk/tiers", "tone"),
        "a *note*",
        "yellow",
        "ann",
        HIGHLIGHT,
        "2026-01-01T00:00:00Z",
        "2026-01-02T00:00:00.123Z",
    ),
    ReplyRecord(HIGHLIGHT, "an answer", "ben", "2026-01-03T00:00:00Z", "r1"),
    HighlightRecord(DOCUMENT, Selector(quote="lost words"), id="h2", status=Status.LOST),
    DocumentRecord("d2", Metadata("Other", source="https://example.org/a?b=c"), id="d2"),
    HighlightRecord("d2", Selector(Span(0, 3), quote="abc"), id="h3", colour="#a0b1c2"),
]


def written(records: list[Record]) -> tuple[bytes, LossReport]:
    file, report = io.BytesIO(), LossReport()
    webannotation.write(records, file, report)
    return file.getvalue(), report


def read(path: Path, value: object) -> tuple[list[Record], LossReport]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    path.write_bytes(data)
    report = LossReport()
    return list(webannotation.read(path, report)), report


def only(path: Path, **parts: object) -> HighlightRecord:
    annotation = {"id": "urn:uuid:1", "type": "Annotation", "target": "https://a.org/", **parts}
    records, _ = read(path / "a.json", annotation)
    assert isinstance(records[-1], HighlightRecord)
    return records[-1]


def selected(path: Path, selector: object) -> Selector | None:
    return only(path, target={"source": "https://a.org/", "selector": selector}).selector


@cache
def musts() -> list[jsonschema.Draft4Validator]:
    if not SCHEMAS.exists():
        pytest.skip("the W3C schemas are not here")
    contents = {
        path.name: json.loads(path.read_text(encoding="utf-8-sig"))
        for path in SCHEMAS.rglob("*.json")
    }
    registry: Registry[bool | Mapping[str, Any]] = Registry().with_resources(
        (name, DRAFT4.create_resource(schema)) for name, schema in contents.items()
    )
    listed = json.loads(
        (SCHEMAS / "annotations" / "annotationMusts.test").read_text(encoding="utf-8-sig")
    )
    return [
        jsonschema.Draft4Validator(
            contents[Path(name).name],
            registry=registry,
            format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER,
        )
        for name in listed["assertions"]
    ]


def test_every_annotation_meets_every_must_of_the_model() -> None:
    data, _ = written(RECORDS)
    collection = json.loads(data)
    assert collection["total"] == len(collection["first"]["items"]) == 5
    for annotation in collection["first"]["items"]:
        for validator in musts():
            assert not [error.message for error in validator.iter_errors(annotation)]


def test_it_comes_back_as_it_went(tmp_path: Path) -> None:
    data, report = written(RECORDS)
    assert report.lines() == [
        "1 description of tags: risk/tiers",
        "1 colour of tags: risk/tiers",
        "1 state (moved or lost): h2",
    ]
    records, losses = read(tmp_path / "a.json", data)
    assert not losses
    documents = [record for record in records if isinstance(record, DocumentRecord)]
    assert [document.id for document in documents] == [DOCUMENT, "d2"]
    assert documents[0].metadata == Metadata(
        "A title", "An author", "A publisher", "2023-10-30", "en", "letter"
    )
    assert documents[1].metadata.source == "https://example.org/a?b=c"
    note, first, reply, second, third = (
        record for record in records if not isinstance(record, DocumentRecord)
    )
    assert isinstance(note, HighlightRecord)
    assert (note.selector, note.note) == (None, "about the whole")
    expected = RECORDS[2]
    assert isinstance(expected, HighlightRecord)
    assert first == expected._replace(document=documents[0].key)
    assert reply == ReplyRecord(HIGHLIGHT, "an answer", "ben", "2026-01-03T00:00:00Z", "r1")
    assert isinstance(second, HighlightRecord)
    assert second.selector == Selector(quote="lost words")
    assert isinstance(third, HighlightRecord)
    assert third.colour == "#a0b1c2"


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({"type": "TextPositionSelector", "start": 3, "end": 9}, Selector(Span(3, 9))),
        (
            [
                {"type": "XPathSelector", "value": "/p[1]"},
                {"type": "TextQuoteSelector", "exact": "q", "prefix": "p", "suffix": "s"},
                {"type": "TextPositionSelector", "start": 3, "end": 4},
            ],
            Selector(Span(3, 4), quote="q", prefix="p", suffix="s"),
        ),
        ({"type": "DataPositionSelector", "start": 3, "end": 9}, Selector(Span(3, 9), Unit.UTF8)),
        ({"type": "FragmentSelector", "value": "char=5,9"}, Selector(Span(5, 9))),
        ({"type": "FragmentSelector", "value": "line=1,2"}, Selector(Span(1, 2), Unit.LINE)),
        (
            {
                "type": "RangeSelector",
                "startSelector": {"type": "TextPositionSelector", "start": 3, "end": 4},
                "endSelector": {"type": "TextPositionSelector", "start": 8, "end": 9},
            },
            Selector(Span(3, 8)),
        ),
        (
            {
                "type": "RangeSelector",
                "startSelector": {"type": "TextQuoteSelector", "exact": "from here"},
                "endSelector": {"type": "TextQuoteSelector", "exact": "to there"},
            },
            Selector(bounds=(Selector(quote="from here"), Selector(quote="to there"))),
        ),
        (
            {
                "type": "XPathSelector",
                "value": "/html/body/p[2]",
                "refinedBy": {"type": "TextQuoteSelector", "exact": "q", "prefix": "p"},
            },
            Selector(quote="q", prefix="p"),
        ),
        (
            {
                "type": "TextPositionSelector",
                "start": 100,
                "end": 200,
                "refinedBy": {"type": "TextPositionSelector", "start": 3, "end": 4},
            },
            Selector(Span(103, 104)),
        ),
        (
            {
                "type": "FragmentSelector",
                "value": "chapter-2",
                "refinedBy": [
                    {"type": "TextQuoteSelector", "exact": "q"},
                    {"type": "TextPositionSelector", "start": 3, "end": 4},
                ],
            },
            Selector(quote="q"),
        ),
        ({"type": "TextPositionSelector", "start": 9, "end": 3}, Selector()),
        ({"type": "TextPositionSelector", "start": -1, "end": 3}, Selector()),
        ({"type": "SvgSelector", "value": "<svg/>"}, Selector()),
        ("https://a.org/selectors/1", Selector()),
    ],
)
def test_selectors(tmp_path: Path, selector: object, expected: Selector) -> None:
    assert selected(tmp_path, selector) == expected


def test_a_chain_of_refinements_ends(tmp_path: Path) -> None:
    selector: dict[str, object] = {"type": "TextQuoteSelector", "exact": "innermost"}
    for _ in range(200):
        selector = {"type": "FragmentSelector", "value": "x", "refinedBy": selector}
    assert selected(tmp_path, selector) == Selector()


@pytest.mark.parametrize(
    ("parts", "tags", "note"),
    [
        ({"bodyValue": "plain"}, (), "plain"),
        ({"body": "https://a.org/comment"}, (), "https://a.org/comment"),
        ({"body": {"type": "TextualBody", "value": "t"}, "motivation": "tagging"}, ("t",), ""),
        (
            {
                "body": [
                    {"type": "TextualBody", "value": "yes", "language": "en"},
                    {"type": "TextualBody", "value": "oui", "language": "fr"},
                    {"type": "TextualBody", "value": "t", "purpose": "tagging"},
                    {"type": "TextualBody", "value": "t", "purpose": "tagging"},
                ]
            },
            ("t",),
            "[en] yes\n\n[fr] oui",
        ),
        (
            {"body": {"type": "Choice", "items": [{"value": "a"}, {"value": "b"}]}},
            (),
            "a\n\nb",
        ),
        (
            {"body": {"source": "https://a.org/t", "purpose": "tagging"}},
            ("https://a.org/t",),
            "",
        ),
        ({"body": {"value": "<p>a<p>b &amp; c", "format": "text/html"}}, (), "a\n\nb & c"),
        ({"body": {"value": {"deep": 1}}}, (), ""),
        ({"body": [7, None, [], {"items": {}}]}, (), ""),
    ],
)
def test_bodies(tmp_path: Path, parts: dict[str, object], tags: tuple[str, ...], note: str) -> None:
    record = only(tmp_path, **parts)
    assert (record.tags, record.note) == (tags, note)


def test_several_targets_make_several_highlights(tmp_path: Path) -> None:
    annotation = {
        "id": "https://a.org/1",
        "target": ["https://a.org/x#char=1,2", {"source": "https://a.org/y"}, {}, 7],
    }
    records, report = read(tmp_path / "a.json", [annotation, 3])
    highlights = [record for record in records if isinstance(record, HighlightRecord)]
    assert [record.id for record in highlights] == ["https://a.org/1", "https://a.org/1#2"]
    assert highlights[0].selector == Selector(Span(1, 2))
    assert report.summary() == "2 targets without a source, 1 element other than annotations"
    parts = {"type": "Composite", "items": ["https://a.org/v", {"source": "https://a.org/w"}]}
    of_parts, report = read(tmp_path / "a.json", [{**annotation, "target": parts}])
    assert [each.key for each in of_parts if isinstance(each, DocumentRecord)] == [
        "https://a.org/v",
        "https://a.org/w",
    ]
    assert not report


def test_pages_and_graphs(tmp_path: Path) -> None:
    annotation = {"type": "Annotation", "id": "1", "target": "https://a.org/"}
    for value in (
        {"type": "AnnotationPage", "items": [annotation], "next": "https://a.org/page2"},
        {"@graph": [annotation]},
        {
            "type": ["AnnotationCollection"],
            "first": {"type": "AnnotationPage", "items": annotation},
        },
    ):
        records, _ = read(tmp_path / "a.json", value)
        assert [type(record) for record in records] == [DocumentRecord, HighlightRecord]


@pytest.mark.parametrize("value", [{}, {"type": "Person"}, 3, "text"])
def test_json_of_another_kind_is_refused(tmp_path: Path, value: object) -> None:
    if isinstance(value, dict):
        with pytest.raises(UnreadableFileError, match="no Web Annotation"):
            read(tmp_path / "a.json", value)
    else:
        records, report = read(tmp_path / "a.json", value)
        assert not records
        assert report
