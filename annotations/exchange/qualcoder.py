"""QualCoder: its project folder (``.qda``), or the SQLite file ``data.qda`` in it.

https://qualcoder.wordpress.com. Categories hold categories and codes, codes may hold codes; a coded
passage is one row a code, with the words that were coded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from annotations.exchange.bundle import (
    DocumentRecord,
    HighlightRecord,
    Record,
    Selector,
    TagRecord,
)
from annotations.exchange.colours import from_hex
from annotations.exchange.foreign import ForeignFile, open_foreign, text, whole
from annotations.exchange.positions import Counting, SourceText
from annotations.exchange.qualcoder_facts import ProjectFacts
from annotations.exchange.report import LossReport
from annotations.exchange.texts import passages
from annotations.exchange.times import utc

_TABLES = {
    "source": ("id", "name", "fulltext", "memo", "owner", "date"),
    "code_cat": ("catid", "name", "memo", "supercatid"),
    "code_name": ("cid", "name", "memo", "catid", "color"),
    "code_text": ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo"),
}
_FOREIGN = {
    "code_image": "areas of pictures",
    "code_av": "spans of sound and video",
}
_DEEPEST = 100
"""Categories in categories, after which they are taken to run in a circle."""


def read(path: Path, report: LossReport) -> Iterator[Record]:
    """Yield the codes, the text sources and what was coded and noted in them.

    Raises:
        UnreadableFileError: It is no QualCoder project, or of a version that is not known.
    """
    with open_foreign(path / "data.qda" if path.is_dir() else path, report) as file:
        file.require(_TABLES, "QualCoder")
        for table, what in _FOREIGN.items():
            if file.columns(table):
                ((count,),) = file.rows(f"SELECT count(*) FROM {table}")
                if count:
                    report.add(what, count=whole(count) or 0)
        yield from _Project(file, report).records()


class _Project:
    def __init__(self, file: ForeignFile, report: LossReport) -> None:
        self._file = file
        self._report = report
        self._facts = ProjectFacts(file, report)
        self._counting = Counting()
        self._paths: dict[object, str] = {}
        self._cases: dict[object, str] = {}
        made = list(file.rows("SELECT date, memo FROM project")) if file.columns("project") else []
        self._name = text(made[0][0]) if made else ""
        if made and text(made[0][1]).strip():
            report.add("memos on the project", text(made[0][1]))

    def records(self) -> Iterator[Record]:
        yield from self._codes()
        for case, tag in self._facts.cases():
            self._cases[case] = tag.path
            yield tag
        yield from self._facts.journal(self._name)
        sources = self._file.rows("SELECT id, name, fulltext, memo FROM source ORDER BY id")
        for number, name, content, memo in sources:
            if not text(content):
                self._report.add("sources without a text", text(name))
                continue
            source = SourceText(text(content))
            key = f"qualcoder/{self._name}/source/{number}"
            about, lines = self._facts.metadata(number, text(name))
            note = "\n\n".join(filter(None, (text(memo).strip(), lines)))
            yield DocumentRecord(key, about, passages(source.text), note)
            yield from self._coded(key, number, source)
            yield from self._in_cases(key, number, source)
            if self._file.columns("annotation"):
                yield from self._annotations(key, number, source)

    def _codes(self) -> Iterator[TagRecord]:
        categories = {
            row[0]: row[1:]
            for row in self._file.rows("SELECT catid, name, supercatid, memo FROM code_cat")
        }
        nested = "supercid" if "supercid" in self._file.columns("code_name") else "NULL"
        codes = {
            row[0]: row[1:]
            for row in self._file.rows(
                f"SELECT cid, name, {nested}, memo, catid, color FROM code_name ORDER BY name"
            )
        }
        for category, (_, _, memo) in categories.items():
            if text(memo).strip():
                names = [categories[each][0] for each in _chain(category, categories)]
                yield TagRecord(_path(names), text(memo).strip())
        for code, (_, _, memo, _, colour) in codes.items():
            chain = _chain(code, codes)
            within = _chain(codes[chain[0]][3], categories)
            names = [categories[each][0] for each in within] + [codes[each][0] for each in chain]
            self._paths[code] = _path(names)
            yield TagRecord(self._paths[code], text(memo).strip(), from_hex(text(colour)))

    def _coded(self, key: str, source: object, content: SourceText) -> Iterator[HighlightRecord]:
        """One highlight for all codes that one person gave to the same words."""
        important = "important" if "important" in self._file.columns("code_text") else "0"
        rows = self._file.rows(
            f"SELECT pos0, pos1, owner, ctid, cid, seltext, memo, date, {important} FROM code_text "
            "WHERE fid = ? ORDER BY pos0, pos1, owner, ctid",
            (source,),
        )
        for (start, end, owner), group in groupby(rows, itemgetter(0, 1, 2)):
            codings = list(group)
            own = f"qualcoder/{self._name}/coding/{codings[0][3]}"
            selector = self._selector(content, whole(start), whole(end), text(codings[0][5]), own)
            if selector is None:
                continue
            tags = [self._paths.get(each[4], "") for each in codings]
            if not all(tags):
                self._report.add("codes missing from the codebook", own)
            memos = [text(each[6]).strip() for each in codings]
            times = sorted(filter(None, (utc(text(each[7])) for each in codings)))
            yield HighlightRecord(
                key,
                selector,
                tuple(dict.fromkeys(filter(None, tags))),
                "\n\n".join(dict.fromkeys(filter(None, memos))),
                coder=text(owner),
                id=own,
                created_at=times[0] if times else "",
                updated_at=times[-1] if times else "",
                starred=any(each[8] == 1 for each in codings),
            )

    def _in_cases(self, key: str, source: object, content: SourceText) -> Iterator[HighlightRecord]:
        """What belongs to a case: a passage, or the document as a whole."""
        for number, case, start, end, memo, owner, date in self._facts.case_passages(source):
            own = f"qualcoder/{self._name}/case/{number}"
            if case not in self._cases:
                self._report.add("passages of missing cases", own)
                continue
            selector = self._selector(content, whole(start), whole(end), "", own)
            is_all = selector is not None and selector.quote.strip() == content.text.strip()
            if selector is not None:
                yield HighlightRecord(
                    key,
                    None if is_all else selector,
                    (self._cases[case],),
                    text(memo).strip(),
                    coder="" if is_all else text(owner),
                    id=own,
                    created_at=utc(text(date)),
                )

    def _annotations(
        self, key: str, source: object, content: SourceText
    ) -> Iterator[HighlightRecord]:
        rows = self._file.rows(
            "SELECT anid, pos0, pos1, memo, owner, date FROM annotation WHERE fid = ? "
            "ORDER BY pos0, anid",
            (source,),
        )
        for number, start, end, memo, owner, date in rows:
            own = f"qualcoder/{self._name}/annotation/{number}"
            selector = self._selector(content, whole(start), whole(end), "", own)
            if selector is not None:
                at = utc(text(date))
                note = text(memo).strip()
                yield HighlightRecord(key, selector, (), note, "", text(owner), own, at, at)

    def _selector(
        self, content: SourceText, start: int | None, end: int | None, words: str, own: str
    ) -> Selector | None:
        span = None
        if start is not None and end is not None:
            span = self._counting.place(content, start, end, words)
        if span is not None:
            return Selector(span, quote=content.text[span.start : span.end])
        self._report.add("passages outside the text", f"{words or own} ({start} to {end})")
        return Selector(quote=words) if words else None


def _chain(number: object, nodes: Mapping[object, tuple[object, ...]]) -> list[object]:
    """A node and those that hold it, outermost first; each has its holder second."""
    chain: list[object] = []
    while number in nodes and len(chain) < _DEEPEST:
        chain.insert(0, number)
        number = nodes[number][1]
    return chain


def _path(names: Iterable[object]) -> str:
    parts = "/".join(map(text, names)).split("/")
    return "/".join(filter(None, map(str.strip, parts)))
