"""Documents as references: BibTeX, CSL-JSON, RIS, and the styles of a citation."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.errors import UnreadableFileError
from annotations.exchange import bibtex, csl, ris
from annotations.exchange.bundle import DocumentRecord, HighlightRecord, Record, Selector
from annotations.exchange.citation import Name, citation, cited, joined, names
from annotations.exchange.latex import from_text, to_text
from annotations.exchange.report import LossReport
from annotations.model import Metadata

LETTER = Metadata(
    "Global AI Governance Initiative",
    "Zhang, Jun",
    "United Nations General Assembly",
    "2023-10-30",
    "en",
    "letter",
    "https://undocs.org/A/78/540",
)
NEWS = Metadata(
    "Digital Divides & “Opportunities”", "Xinhua", "Xinhua", "2021-05", "", "news", "p. 3"
)
MODULES = {"bibtex": bibtex, "csl": csl, "ris": ris}


def written(module: ModuleType, records: list[Record]) -> tuple[bytes, LossReport]:
    file, report = io.BytesIO(), LossReport()
    module.write(records, file, report)
    return file.getvalue(), report


def read(module: ModuleType, path: Path, data: bytes | str) -> tuple[list[Record], LossReport]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    report = LossReport()
    return list(module.read(path, report)), report


def metadata(records: list[Record]) -> list[Metadata]:
    return [record.metadata for record in records if isinstance(record, DocumentRecord)]


@pytest.mark.parametrize("name", MODULES)
def test_documents_come_back_as_they_went(name: str, tmp_path: Path) -> None:
    records: list[Record] = [
        DocumentRecord("d1", LETTER, note="a note"),
        HighlightRecord("d1", Selector(quote="q")),
        DocumentRecord("d2", NEWS),
        DocumentRecord("d3", replace(LETTER, author="Doe, Jane; Roe, Richard; The Institute")),
    ]
    data, report = written(MODULES[name], records)
    assert report.summary() == "1 highlight"
    back, losses = read(MODULES[name], tmp_path / "a", data)
    assert not losses
    assert metadata(back) == metadata(records)
    assert isinstance(back[0], DocumentRecord)
    assert back[0].note == "a note"


LINE = st.text(st.characters(min_codepoint=33, exclude_categories=["Cs", "Z", "Cc"]), max_size=20)


@pytest.mark.parametrize("name", MODULES)
@given(LINE.filter(bool), LINE, LINE, st.sampled_from(["", "1999", "1999-02", "1999-02-03"]))
@example("\\", "}\\", "", "")
@settings(max_examples=40)
def test_any_characters_come_back(
    name: str, tmp_path: Path, title: str, publisher: str, language: str, published: str
) -> None:
    if name == "bibtex":
        language = "en"
    about = Metadata(title, "", publisher, published, language)
    data, _ = written(MODULES[name], [DocumentRecord("d", about)])
    back, _ = read(MODULES[name], tmp_path / "a", data)
    assert metadata(back) == [about]


BIBTEX = r"""
A comment with an address: someone@example.org
@string{un = "United Nations"}
@comment{ignored {really}}
@Article{doe2020,
  author = {Doe, Jane and G{\"o}del, Kurt and {The Institute} and Richard P. Roe},
  title  = "{The} \'Etude of na\"{\i}ve stra{\ss}e --- {\aa}nd \& more",
  publisher = un # { Press},
  year = 2020, month = mar,
  doi = {10.1000/x},
}
@book(key2, title = {In parentheses}, year = "1999")
@inbook{key4, title = {Of $\Sigma^{0}$ and~more}, crossref = {Key5}, url = {https://a.org/~b--c}}
@book{key5, title = {The Whole}, publisher = {Press}, year = 2001, author = {Roe, Richard}}
@misc{key3, author = {Nobody}}
"""


def test_bibtex_of_others(tmp_path: Path) -> None:
    records, report = read(bibtex, tmp_path / "a.bib", BIBTEX)
    assert metadata(records) == [
        Metadata(
            "The Étude of naïve straße — ånd & more",
            "Doe, Jane; Gödel, Kurt; The Institute; Roe, Richard P.",
            "United Nations Press",
            "2020-03",
            "",
            "article",
            "https://doi.org/10.1000/x",
        ),
        Metadata("In parentheses", "", "", "1999", "", "book"),
        Metadata("Of Σ^0 and more", "", "Press", "2001", "", "", "https://a.org/~b--c"),
        Metadata("The Whole", "Roe, Richard", "Press", "2001", "", "book"),
    ]
    assert report.lines() == ["1 entry without a title: key3"]


def test_an_address_goes_out_as_it_is(tmp_path: Path) -> None:
    about = Metadata("T", source="https://a.org/~x?y=1&z=2%20--#p_q")
    data, _ = written(bibtex, [DocumentRecord("d", about)])
    assert f"url = {{{about.source}}}".encode() in data
    back, _ = read(bibtex, tmp_path / "a.bib", data)
    assert metadata(back) == [about]


def test_keys_are_readable_and_unique() -> None:
    data, _ = written(bibtex, [DocumentRecord(str(n), LETTER) for n in range(3)])
    keys = [line for line in data.decode().splitlines() if line.startswith("@")]
    assert keys == ["@misc{zhang2023global,", "@misc{zhang2023globala,", "@misc{zhang2023globalb,"]


@pytest.mark.parametrize(
    ("module", "text", "message"),
    [
        (bibtex, "@article{a, title = {open", "cut short"),
        (bibtex, "nothing", "no entries"),
        (bibtex, "@string{a={%s}}@string{b=a#a#a}@misc{k,title=b}" % ("a" * 400_000), "too long"),
        (ris, "TY  - BOOK\nTI  - A\n", "cut short"),
        (ris, "hello\n", "no entries"),
        (csl, "[{", "cut short"),
        (csl, "[]", "no items"),
    ],
)
def test_references_that_are_refused(
    module: ModuleType, text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read(module, tmp_path / "a", text)


def test_ris_of_others(tmp_path: Path) -> None:
    text = (
        "\ufeffTY  - JOUR\r\nA1  - Doe, Jane\r\nT1  - A title that\r\n goes on\r\n"
        "PY  - 2020/03/04/\r\n"
        "DO  - 10.1000/x\r\nER  -\r\nTY  - GEN\r\nER  - \r\n"
        "TY  - JOUR\r\nTI  - Two\r\nM3  - doi: 10.1000/y\r\n"
        "DO  - http://doi.org/10.1000/y\r\nER  - \r\n"
        "TY  - BOOK\r\nTI  - Three\r\nUR  - http://a.org;http://b.org\r\nER  - \r\n"
    )
    records, report = read(ris, tmp_path / "a.ris", text)
    assert metadata(records) == [
        Metadata(
            "A title that goes on",
            "Doe, Jane",
            "",
            "2020-03-04",
            "",
            "article",
            "https://doi.org/10.1000/x",
        ),
        Metadata("Two", "", "", "", "", "article", "https://doi.org/10.1000/y"),
        Metadata("Three", "", "", "", "", "book", "http://a.org"),
    ]
    assert report.summary() == "1 entry without a title"


def test_csl_is_what_csl_says() -> None:
    data, _ = written(csl, [DocumentRecord("d", LETTER), DocumentRecord("e", NEWS)])
    first, second = json.loads(data)
    assert first["type"] == "personal_communication"
    assert first["author"] == [{"family": "Zhang", "given": "Jun"}]
    assert first["issued"] == {"date-parts": [[2023, 10, 30]]}
    assert second["author"] == [{"literal": "Xinhua"}]


def test_styles() -> None:
    assert citation(LETTER) == (
        "Zhang, Jun, Global AI Governance Initiative, United Nations General Assembly, "
        "2023-10-30, https://undocs.org/A/78/540"
    )
    assert citation(LETTER, "apa") == (
        "Zhang, J. (2023, October 30). Global AI Governance Initiative. "
        "United Nations General Assembly. https://undocs.org/A/78/540"
    )
    assert citation(LETTER, "chicago") == (
        "Zhang, Jun. “Global AI Governance Initiative.” United Nations General Assembly, "
        "October 30, 2023. https://undocs.org/A/78/540."
    )
    assert citation(LETTER, "mla") == (
        "Zhang, Jun. “Global AI Governance Initiative.” United Nations General Assembly, "
        "30 October 2023, https://undocs.org/A/78/540."
    )
    assert citation(Metadata("Alone"), "apa") == "Alone. (n.d.)."
    assert cited("two\nlines", Metadata("Alone")) == "“two lines” (Alone)"


def test_names_part_and_join() -> None:
    assert names("Doe, Jane; The Institute;; ") == (Name("Doe", "Jane"), Name("The Institute"))
    assert joined(names("Doe, Jane; The Institute")) == "Doe, Jane; The Institute"


@given(st.text(st.sampled_from("ab {}\\&%$#_é本~^-`'\""), max_size=20))
def test_special_characters_of_latex_come_back(text: str) -> None:
    assert to_text(from_text(text)) == " ".join(text.split())
