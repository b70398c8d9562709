"""QualCoder: its project folder (``.qda``), or the SQLite file ``data.qda`` in it.

https://qualcoder.wordpress.com. Categories hold categories and codes, codes may hold codes; a coded
passage is one row a code, with the words that were coded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
from annotations.exchange.foreign import ForeignFile, Grouped, open_foreign, text, whole
from annotations.exchange.positions import Counting, SourceText
from annotations.exchange.qualcoder_facts import ProjectFacts
from annotations.exchange.report import LossReport
from annotations.exchange.texts import passages
from annotations.exchange.times import utc
from annotations.library.tagpath import fold

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
"""Categories in categories: the path of a tag holds no more."""


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
        coded = Grouped(self._codings())
        in_cases = Grouped(self._facts.case_passages())
        noted = Grouped(self._notes())
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
            own = whole(number) or 0
            yield from self._coded(key, coded.of(own), source)
            yield from self._in_cases(key, in_cases.of(own), source)
            yield from self._annotations(key, noted.of(own), source)

    def _codes(self) -> Iterator[TagRecord]:
        categories = {
            row[0]: row[1:]
            for row in self._file.rows("SELECT catid, name, supercatid, memo FROM code_cat")
        }
        nested = "supercid" if "supercid" in self._file.columns("code_name") else "NULL"
        codes = {
            row[0]: row[1:]
            for row in self._file.rows(
                f"SELECT cid, name, {nested}, memo, catid, color FROM code_name ORDER BY name, cid"
            )
        }
        # By their paths as they are compared: a code may be called like a category.
        found: dict[str, TagRecord] = {}
        for category, (_, _, memo) in categories.items():
            if text(memo).strip():
                path = _path(categories[each][0] for each in _chain(category, categories))
                found[fold(path)] = TagRecord(path, text(memo).strip())
        taken: set[str] = set()
        for code, (_, _, memo, _, colour) in codes.items():
            chain = _chain(code, codes)
            within = _chain(codes[chain[0]][3], categories)
            names = [categories[each][0] for each in within] + [codes[each][0] for each in chain]
            path = self._paths[code] = _unlike(_path(names), taken)
            taken.add(fold(path))
            category_memo = found[fold(path)].description if fold(path) in found else ""
            said = "\n\n".join(filter(None, (category_memo, text(memo).strip())))
            found[fold(path)] = TagRecord(path, said, from_hex(text(colour)))
        yield from found.values()

    def _codings(self) -> Iterator[tuple[object, ...]]:
        important = "important" if "important" in self._file.columns("code_text") else "0"
        return self._file.rows(
            f"SELECT fid, pos0, pos1, owner, ctid, cid, seltext, memo, date, {important} "
            "FROM code_text WHERE typeof(fid) = 'integer' ORDER BY fid, pos0, pos1, owner, ctid"
        )

    def _coded(
        self, key: str, rows: Iterable[tuple[object, ...]], content: SourceText
    ) -> Iterator[HighlightRecord]:
        """One highlight for all codes that one person gave to the same words."""
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

    def _in_cases(
        self, key: str, rows: Iterable[tuple[object, ...]], content: SourceText
    ) -> Iterator[HighlightRecord]:
        """What belongs to a case: a passage, or the document as a whole."""
        for number, case, start, end, memo, owner, date in rows:
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

    def _notes(self) -> Iterator[tuple[object, ...]]:
        if not self._file.columns("annotation"):
            return iter(())
        return self._file.rows(
            "SELECT fid, anid, pos0, pos1, memo, owner, date FROM annotation "
            "WHERE typeof(fid) = 'integer' ORDER BY fid, pos0, anid"
        )

    def _annotations(
        self, key: str, rows: Iterable[tuple[object, ...]], content: SourceText
    ) -> Iterator[HighlightRecord]:
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
    """A node and those that hold it, outermost first, each once; each has its holder second."""
    chain: dict[object, None] = {}
    while number in nodes and number not in chain and len(chain) < _DEEPEST:
        chain[number] = None
        number = nodes[number][1]
    return list(reversed(chain))


def _unlike(path: str, taken: Collection[str]) -> str:
    """A path that no other code has: they may differ in case there, or hold a slash."""
    free, number = path, 1
    while fold(free) in taken:
        number += 1
        free = f"{path} ({number})"
    return free


def _path(names: Iterable[object]) -> str:
    parts = "/".join(map(text, names)).split("/")
    return "/".join(filter(None, map(str.strip, parts)))
