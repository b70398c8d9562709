"""Markdown for Obsidian and Logseq: a folder with a file for each document.

Each highlight is a block quote with a block id, its tags, its note and a link back to its place.
What the user writes between them stays when the folder is written again, and so does what the user
changes in them, until it is imported; a file in which nothing changed is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotations.errors import InvalidError, UnreadableFileError
from annotations.exchange.atomic import replacing
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector, TagRecord
from annotations.exchange.gathering import Gathered, by_document
from annotations.exchange.jsonstream import integer_of, text_of
from annotations.exchange.links import link
from annotations.exchange.markdownfile import (
    MarkdownFile,
    Stretch,
    is_cut,
    merge,
    ours,
    parse,
    quoted,
    render,
    value,
)
from annotations.exchange.report import LossReport
from annotations.exchange.textfile import open_text
from annotations.exchange.times import utc
from annotations.library.rows import TEXTS
from annotations.library.wording import plain_lines
from annotations.model import Metadata, Span, Status

_FIELDS = ("title", "author", "publisher", "published", "language", "kind", "source")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f]+')
_is_plain_tag = re.compile(r"(?=.*[^\d/])[\w/-]+").fullmatch
_TAGS = re.compile(r"#(?:\[\[(.+?)\]\](?!\])|([^\s#]+))")
_CLOSED = re.compile(r"\]\\*(?=\])")
_TITLE = re.compile(r"^# .*\n", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(flor:[^)]*\)")
_is_device = re.compile(
    r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE
).fullmatch
"""Names that Windows keeps for devices, whatever their ending."""
_LONGEST_NAME = 100
_LARGEST = 1 << 28
"""Code points of a file that is read."""
_STATUSES = {each.value: each for each in Status}


def write_folder(records: Iterable[Record], folder: Path, report: LossReport) -> None:
    """Write a file for each document, into the file that it has already where there is one.

    Raises:
        InvalidError: ``folder`` is a file.
        UnwritableFileError: The system does not let us write there.
    """
    if folder.exists() and not folder.is_dir():
        raise InvalidError(
            f"{folder} is a file: Markdown goes to a folder, a file for each document"
        )
    folder.mkdir(parents=True, exist_ok=True)
    here = _files(folder)
    taken = {path.name.casefold() for path in folder.glob("*.md")}
    tags: dict[str, TagRecord] = {}
    for gathered in by_document(records, tags):
        document = gathered.document
        own = document.id or document.key
        path = here.get(own) or _new_path(folder, document.metadata.title, taken)
        old = parse(_text(path)) if path.exists() else MarkdownFile({}, ())
        merged, edited = merge(old, _drawn(gathered))
        content = render(merged)
        for stretch in edited:
            report.add("passages changed outside, to be imported", stretch.text)
        if not path.exists() or content != _text(path):
            with replacing(path) as file:
                file.write(content.encode("utf-8", "replace"))
        if document.passages is not None:
            report.add(TEXTS, document.metadata.title)
        for reply in gathered.replies:
            report.add("replies", reply.text)
    for tag in tags.values():
        report.add_what_is_said_of(tag)


def _files(folder: Path) -> dict[str, Path]:
    """The files of ours in a folder by the documents that they are of, whatever their names."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.md")):
        own = value(parse(_text(path)).head, "florilegium")
        if own:
            found.setdefault(own, path)
    return found


def _new_path(folder: Path, title: str, taken: set[str]) -> Path:
    stem = " ".join(_FORBIDDEN.sub(" ", title).split())[:_LONGEST_NAME].strip(" .") or "Untitled"
    if _is_device(stem):
        stem = f"_{stem}"
    name = f"{stem}.md"
    number = 2
    while name.casefold() in taken:
        name = f"{stem} {number}.md"
        number += 1
    taken.add(name.casefold())
    return folder / name


def _text(path: Path) -> str:
    with open_text(path) as file:
        text = file.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise UnreadableFileError(f"{path.name} is too large for a file of notes")
    return text


def _drawn(gathered: Gathered) -> MarkdownFile:
    document = gathered.document
    about = document.metadata
    head = {"florilegium": quoted(document.id or document.key)}
    head |= {name: quoted(getattr(about, name)) for name in _FIELDS if getattr(about, name)}
    title = f"# {' '.join(about.title.split())}\n"
    if document.note:
        title += f"\n{_guarded(document.note)}\n"
    stretches = [ours(title, {"id": "document"})]
    for record in gathered.highlights:
        stretches.append(_stretch(record, document))
    return MarkdownFile(head, tuple(stretches))


def _stretch(record: HighlightRecord, document: DocumentRecord) -> Stretch:
    selector = record.selector or Selector()
    about: dict[str, object] = {"id": record.id}
    if selector.span is not None:
        about |= {"start": selector.span.start, "end": selector.span.end}
    said = {
        "colour": record.colour,
        "coder": record.coder,
        "created": record.created_at,
        "updated": record.updated_at,
        "status": "" if record.status is Status.PLACED else record.status.value,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
        "was": record.former,
    }
    about |= {name: text for name, text in said.items() if text}
    if record.starred:
        about["starred"] = True
    lines = [f"> {line}" for line in plain_lines(selector.quote).split("\n")]
    lines += [
        "",
        f"^{_block_id(record.id)}",
        "",
        " ".join([*map(_tag, record.tags), _link(record, document)]),
    ]
    if record.note:
        lines += ["", _guarded(record.note)]
    return ours("\n".join(lines) + "\n", about)


def _block_id(identifier: str) -> str:
    return "flor-" + re.sub(r"[^A-Za-z0-9-]", "-", identifier)


def _tag(path: str) -> str:
    """A tag as both programs know it; with double brackets where it has blanks or is a number.

    Between two closing brackets of its own stands a backslash, or one more.
    """
    if _is_plain_tag(path):
        return f"#{path}"
    return "#[[" + _CLOSED.sub(r"\g<0>\\", path) + "]]"


def _tag_in(match: re.Match[str]) -> str:
    """The reverse of :func:`_tag`."""
    return match[2] or re.sub(r"(\]\\*)\\(?=\])", r"\1", match[1])


def _link(record: HighlightRecord, document: DocumentRecord) -> str:
    span = record.selector.span if record.selector else None
    where = f"{span.start}–{span.end}" if span else "no place"
    return f"[{where}]({link(document.id or document.key, record.id)})"


def _guarded(note: str) -> str:
    """A note whose own comments cannot be taken for ours."""
    return re.sub(r"(?m)^(\\*)<!--", r"\1\\<!--", plain_lines(note))


def _unguarded(note: str) -> str:
    return re.sub(r"(?m)^(\\*)\\<!--", r"\1<!--", note)


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield what we wrote to a file or to the files of a folder, as it is now.

    Raises:
        UnreadableFileError: Nothing of ours is there.
    """
    files = sorted(path.glob("*.md")) if path.is_dir() else [path]
    found = False
    for each in files:
        parsed = parse(_text(each))
        own = value(parsed.head, "florilegium")
        if not own:
            report.add("files of other programs", each.name)
            continue
        found = True
        yield from _records(parsed, own, each.stem, report)
    if not found:
        raise UnreadableFileError(f"{path.name} holds no highlights that Florilegium wrote")


def _records(file: MarkdownFile, own: str, stem: str, report: LossReport) -> Iterator[Record]:
    fields = {name: value(file.head, name) for name in _FIELDS}
    fields["title"] = fields["title"] or stem
    note = ""
    highlights: list[HighlightRecord] = []
    for stretch in file.stretches:
        if stretch.about is None:
            if is_cut(stretch):
                report.add("highlights without the mark of an end", stretch.text)
            continue
        if stretch.id == "document":
            note = _unguarded(_TITLE.sub("", stretch.text, count=1).strip("\n"))
        elif stretch.id:
            highlights.append(_highlight(stretch, stretch.about, own))
        else:
            report.add("highlights without an id", stretch.text)
    yield DocumentRecord(own, Metadata(**fields), note=note, id=own)
    yield from highlights


def _highlight(stretch: Stretch, about: dict[str, object], own: str) -> HighlightRecord:
    lines = stretch.text.split("\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(">")), len(lines))
    quote = "\n".join(line[2:] if line.startswith("> ") else line[1:] for line in lines[:count])
    rest = [line for line in lines[count:] if line != f"^{_block_id(stretch.id)}"]
    while rest and not rest[0].strip():
        rest.pop(0)
    labels = rest.pop(0) if rest and _LINK.search(rest[0]) else ""
    tags = tuple(map(_tag_in, _TAGS.finditer(_LINK.sub("", labels))))
    start, end = integer_of(about.get("start")), integer_of(about.get("end"))
    is_span = start is not None and end is not None and 0 <= start < end
    said = {name: text_of(about.get(name)) for name in _SAID}
    return HighlightRecord(
        own,
        Selector(
            Span(start or 0, end or 0) if is_span else None,
            quote=quote,
            prefix=said["prefix"],
            suffix=said["suffix"],
        ),
        tags,
        _unguarded("\n".join(rest).removeprefix("\n").removesuffix("\n")),
        said["colour"],
        said["coder"],
        stretch.id,
        utc(said["created"]),
        utc(said["updated"]),
        _STATUSES.get(said["status"], Status.PLACED),
        about.get("starred") is True,
        # Without its line of tags too much may be gone.
        exact=stretch.is_edited and bool(labels),
    )


_SAID = ("prefix", "suffix", "colour", "coder", "created", "updated", "status")
