"""Bringing records into the library: one act, which undo takes back whole.

A file is read to its end first, and the places of its highlights are looked for, while others may
write; only then is everything written at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from tempfile import SpooledTemporaryFile

from annotations.errors import UnreadableFileError
from annotations.exchange.arrival import Arrival, Outcome
from annotations.exchange.bundle import READING, Record, TagRecord
from annotations.exchange.detect import detect, require_file
from annotations.exchange.formats import Format, format_named
from annotations.exchange.rehearsal import Progress, Rehearsal
from annotations.exchange.report import LossReport, shorten
from annotations.exchange.spool import Spool
from annotations.library.library import Library

_IN_MEMORY = 8 << 20
"""Bytes of records up to which none are laid aside on disk."""


def import_file(
    library: Library,
    path: Path,
    *,
    format_name: str | None = None,
    tags_only: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> tuple[Format, Outcome, LossReport]:
    """Take a file of another program, or one of ours, into the library.

    Args:
        library: Where to.
        path: The file, or the folder where the format is one.
        format_name: One of :data:`~annotations.exchange.formats.FORMATS`; None: by what it holds.
        tags_only: Leave everything but the codebook.
        dry_run: Find out what would come in, and change nothing.
        progress: Told how far it is, first of the reading, then of the writing; returns False to
            stop.

    Returns:
        The format, what came in, and what did not come across.

    Raises:
        ImportCancelled: ``progress`` returned False; the library is as it was.
        InvalidError: There is no such format, or it cannot be read.
        UnreadableFileError: The file cannot be read; the library is as it was.
        LibraryError: The library cannot be written; it is as it was.
    """
    require_file(path)
    chosen = detect(path) if format_name is None else format_named(format_name)
    report = LossReport()
    records = _sound(chosen.read(path, report), path, chosen, report)
    if tags_only:
        records = (record for record in records if isinstance(record, TagRecord))
    with library.for_trial() if dry_run else nullcontext(library) as target:
        outcome = bring_in(
            target, records, report, name=path.name, dry_run=dry_run, progress=progress
        )
    return chosen, outcome, report


def _sound(
    records: Iterable[Record], path: Path, chosen: Format, report: LossReport
) -> Iterator[Record]:
    """The records of a file, which is refused if nothing in it is sound."""
    found = False
    for record in records:
        found = found or record is not READING
        yield record
    if report and not found:
        raise UnreadableFileError(
            f"{path.name} holds nothing that {chosen.name} can take in: {report.summary()}"
        )


def bring_in(
    library: Library,
    records: Iterable[Record],
    report: LossReport,
    *,
    name: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Take records into the library.

    Args:
        library: Where to.
        records: Of a reader in this package.
        report: The one that the reader fills; it is told too of what finds no place here.
        name: Of the file, for the history.
        dry_run: Find out what would come in, and change nothing.
        progress: Told how far it is, first of the reading, then of the writing; returns False to
            stop.

    Raises:
        ImportCancelled: ``progress`` returned False; the library is as it was.
        UnreadableFileError: The reader met what it cannot read; the library is as it was.
        LibraryError: The library cannot be written; it is as it was.
    """
    library.merging.require_writable()
    with SpooledTemporaryFile(_IN_MEMORY) as file, library.merging.staging() as staging:
        spool = Spool(file)
        rehearsal = Rehearsal(library, spool, staging, report, progress)
        rehearsal.read(records)
        with library.merging.act(dry_run=dry_run) as act:
            arrival = Arrival(library, staging, rehearsal.named, report, act.at, progress)
            tags = library.merging.count_tags()
            for record in spool:
                arrival.take(record)
            arrival.finish()
            outcome = arrival.outcome
            outcome.unchanged += rehearsal.unchanged
            outcome.tags = library.merging.count_tags() - tags
            act.summary = f"imported {outcome} from “{shorten(name)}”"
    return outcome
