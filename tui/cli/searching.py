"""``flor search`` and ``flor code``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotations.library.wording import counted
from annotations.model import Status, Tag
from annotations.query import why_nothing
from tui.bars import bar
from tui.cli import output
from tui.cli.arguments import TAG
from tui.cli.files import destination, force_option
from tui.cli.highlights import tell_clashes
from tui.cli.progress import ByteProgress
from tui.cli.queries import asked_query, tell_unknown_tags
from tui.cli.session import SHORT_ID, Session, command, json_option

if TYPE_CHECKING:
    from annotations.library.coding import Candidate
    from annotations.library.library import Library
    from annotations.library.search import Found, Places, Snippet

_BAR = 40
"""Cells of the longest bar."""


@command("search")
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The first N only.")
@click.option("--saved", metavar="NAME", help="Ask the query of this name: see flor queries.")
@click.option(
    "--by",
    type=click.Choice(["document", "year"]),
    help="Print only the places in each document, or the documents of each year.",
)
@click.option("--tags", is_flag=True, help="Find tags, by their name, description and rules.")
@click.option("--hits", is_flag=True, help="Print every place, with what stands around it.")
@click.option(
    "--output",
    "target",
    metavar="FILE",
    help="Write every place to this table: .csv, .tsv, .json, .jsonl, .xlsx; - prints CSV.",
)
@force_option
@json_option
def search_command(
    session: Session,
    query: tuple[str, ...],
    limit: int | None,
    saved: str | None,
    by: str | None,
    tags: bool,
    hits: bool,
    target: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Find documents by their words, the best first.

    Below them, the tags whose name, description or rules hold the words.

    \b
    risk assessment              both words; or, not, parentheses
    "risk assessment"  assess*   a phrase; the beginning of a word
    NEAR(risk tier, 5)           at most 5 words apart
    doc:title author:name published:2019..2023 language:en tag:risk/tiers

    Without a query: all documents.
    """
    if (by is not None) + tags + (hits or target is not None) > 1:
        raise click.UsageError("take one of --by, --tags and --hits")
    with session.library() as library:
        asked = asked_query(library, query, saved)
        if hits or target is not None:
            name = "json" if as_json else "csv" if target is not None else ""
            _write_hits(library, asked, limit, destination(target, force), name)
            return
        if by == "document":
            _print_places(library.search.places(asked)[:limit], as_json)
            return
        if by == "year":
            _print_years(library.search.years(asked), as_json)
            return
        about = library.search.tags(asked) if asked and (tags or not as_json) else []
        if tags and as_json:
            output.json_values(Tag, about)
        elif as_json:
            output.json_objects(map(_as_object, library.search.find(asked, limit=limit)))
        else:
            nothing = not about
            for each in () if tags else library.search.find(asked, limit=limit):
                nothing = False
                _print(each)
            if nothing:
                output.tell(f"nothing was found; {why_nothing(asked)}")
            for tag in about[:limit]:
                output.line(f"#{tag.path}  {output.one_line(tag.description)}".rstrip())


def _write_hits(
    library: Library, asked: str, limit: int | None, path: Path | None, name: str
) -> None:
    """Write every place to a file, print them in the format ``name``, or for people."""
    from annotations.exchange.formats import format_for
    from annotations.exchange.occurrences import export_hits, rows

    found = islice(library.search.hits(asked), limit)
    if path is not None:
        with ByteProgress() as progress:
            name = format_for(path).name
            export_hits(library, found, path, format_name=name, progress=progress.reach)
    elif name:
        export_hits(library, found, output.stream(), format_name=name)
    else:
        for document, *_, start, _, before, text, after in rows(library, found):
            around = output.one_line(f"{before}»{text}«{after}")
            output.line(f"{str(document)[:SHORT_ID]}  {start:>8}  {around}")


def _print_years(years: dict[str, int], as_json: bool) -> None:
    if as_json:
        output.json_object({"count": sum(years.values()), "years": years})
        return
    most = max(years.values(), default=1)
    rows = [
        (year or "undated", str(number), bar(number, most, _BAR)) for year, number in years.items()
    ]
    for row in output.columns([*rows, ("all", str(sum(years.values())), "")]):
        output.line(row)


def _print_places(places: Sequence[Places], as_json: bool) -> None:
    if as_json:
        output.json_objects(
            {"document": each.document.id, "title": each.document.title, "hits": each.hits}
            for each in places
        )
        return
    most = max((each.hits for each in places), default=1)
    rows = [
        (
            each.document.id[:SHORT_ID],
            str(each.hits),
            bar(each.hits, most, _BAR // 2),
            output.one_line(each.document.title),
        )
        for each in places
    ]
    for row in output.columns(rows):
        output.line(row)


def _print(found: Found) -> None:
    document = found.document
    hits = counted(found.hits, "place") if found.counted else f"over {found.hits} places"
    title = output.one_line(document.title)
    where = f"  ({hits})" if found.hits else ""
    output.line(f"{document.id[:SHORT_ID]}  {document.published:10}  {title}{where}")
    for snippet in found.snippets:
        output.line(f"  {snippet.hits[0].start}: {output.one_line(_marked(snippet))}")
    for highlight in found.notes:
        lost = f"lost: {output.quoted(highlight.quote)}" if highlight.status is Status.LOST else ""
        note = output.quoted(highlight.note) if highlight.note else ""
        output.line(f"  {highlight.id[:SHORT_ID]}: {f'{lost}  {note}'.strip()}")


def _marked(snippet: Snippet) -> str:
    """The snippet with its hits between angle quotes."""
    parts, at = [], 0
    for hit in snippet.hits:
        start, end = hit.start - snippet.start, hit.end - snippet.start
        parts += [snippet.text[at:start], "»", snippet.text[start:end], "«"]
        at = end
    return "".join([*parts, snippet.text[at:]])


def _as_object(found: Found) -> dict[str, object]:
    return {
        "document": found.document.id,
        "title": found.document.title,
        "source": found.document.source,
        "published": found.document.published,
        "hits": found.hits,
        "counted": found.counted,
        "snippets": [
            {
                "start": snippet.start,
                "text": snippet.text,
                "hits": [{"start": hit.start, "end": hit.end} for hit in snippet.hits],
            }
            for snippet in found.snippets
        ],
        "notes": [{"id": note.id, "note": note.note} for note in found.notes],
    }


@command("code")
@click.argument("query")
@click.option(
    "--tag", "tags", metavar="PATH", type=TAG, multiple=True, required=True, help="What to give."
)
@click.option("--passages", is_flag=True, help="QUERY is one of flor passages, not flor search.")
@click.option(
    "--extent",
    type=click.Choice(["match", "sentence", "paragraph"]),
    default="match",
    help="How much around each place.",
)
@click.option("--dry-run", is_flag=True, help="List what would be tagged, and change nothing.")
@json_option
def code_command(
    session: Session,
    query: str,
    tags: tuple[str, ...],
    passages: bool,
    extent: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Highlight and tag all that a search finds, as one act."""
    from annotations.library.coding import Candidate, Extent

    with session.library() as library:
        if passages:
            tell_unknown_tags(library, query)
        find = library.coding.of_passages if passages else library.coding.of_search
        candidates = find(query, Extent(extent))
        if not dry_run:
            number = library.coding.apply(list(candidates), tags)
            tell_clashes(library.codebook.clashes_of(tags if number else ()))
            if as_json:
                output.json_object({"count": number})
            else:
                output.line(f"tagged {counted(number, 'passage')}")
        elif as_json:
            output.json_values(Candidate, candidates)
        else:
            for line in _lines(candidates):
                output.line(line)


def _lines(candidates: Iterable[Candidate]) -> Iterator[str]:
    for each in candidates:
        place = f"{each.start}-{each.end}"
        yield f"{each.document[:SHORT_ID]}  {place}  {output.quoted(each.quote)}"
