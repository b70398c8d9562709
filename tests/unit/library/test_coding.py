from __future__ import annotations

import pytest

from annotations.errors import InvalidError, QuerySyntaxError
from annotations.library.coding import Candidate, Extent
from annotations.library.library import Library
from annotations.model import Document, Status
from tests.unit.library.support import imported, tables

PARTS = (
    "The fog came in. It was thick fog!  Nobody saw\nthe sea.\n\n",
    "No weather here.\n\n",
    "Fog again, “fog”. The end.\n",
)


@pytest.fixture
def report(library: Library) -> Document:
    return library.documents.add(imported(*PARTS, title="Weather")).document


def quotes(library: Library, query: str, extent: Extent) -> list[str]:
    return [each.quote for each in library.coding.of_search(query, extent)]


@pytest.mark.usefixtures("report")
def test_the_match_its_sentence_or_its_paragraph_is_offered_once(library: Library) -> None:
    assert quotes(library, "fog", Extent.MATCH) == ["fog", "fog", "Fog", "fog"]
    assert quotes(library, "fog", Extent.SENTENCE) == [
        "The fog came in.",
        "It was thick fog!",
        "Fog again, “fog”.",
    ]
    assert quotes(library, "fog", Extent.PARAGRAPH) == [PARTS[0].strip(), PARTS[2].strip()]


@pytest.mark.usefixtures("report")
def test_a_match_over_an_edge_takes_both_sides(library: Library) -> None:
    assert quotes(library, '"in it was"', Extent.SENTENCE) == ["The fog came in. It was thick fog!"]
    assert quotes(library, '"here fog again"', Extent.PARAGRAPH) == []


def test_what_is_left_of_the_offer_is_coded_in_one_act(library: Library, report: Document) -> None:
    library.codebook.add("weather")
    before = tables(library.path)
    offer = list(library.coding.of_search("fog", Extent.SENTENCE))
    assert library.coding.apply(offer[1:], ["weather", "weather/fog"]) == 2
    coded = list(library.highlights.list(report.id))
    assert [each.quote for each in coded] == ["It was thick fog!", "Fog again, “fog”."]
    assert {each.tags for each in coded} == {("weather", "weather/fog")}
    act = library.journal.undo()
    assert act.summary == "coded 2 passages with weather and weather/fog"
    assert tables(library.path) == before


def test_a_passage_that_is_highlighted_already_gets_the_tag(
    library: Library, report: Document
) -> None:
    there = library.highlights.add(report.id, 0, 16, tags=["old"])
    offer = list(library.coding.of_search("fog", Extent.SENTENCE))
    library.coding.apply(offer, ["new"])
    assert library.highlights.get(there.id).tags == ("old", "new")
    assert len(list(library.highlights.list())) == 3


def test_highlights_that_a_query_finds_are_offered_too(library: Library, report: Document) -> None:
    library.highlights.add(report.id, 4, 7, tags=["fog"])
    library.highlights.add(report.id, 24, 33, tags=["sea"])
    offer = list(library.coding.of_passages("fog or sea", Extent.SENTENCE))
    assert [each.quote for each in offer] == ["The fog came in.", "It was thick fog!"]
    assert library.coding.apply(library.coding.of_passages("fog"), ["again"]) == 1
    assert [each.tags for each in library.highlights.list(tag="again")] == [("fog", "again")]


def test_lost_highlights_are_not_offered(library: Library, report: Document) -> None:
    lost = library.highlights.add(report.id, 4, 7, tags=["fog"])
    with library.journal.act("lose"):
        library._connection.run(
            "UPDATE highlights SET status = ? WHERE id = ?", (Status.LOST, lost.id)
        )
    assert list(library.coding.of_passages("fog")) == []


def test_progress_is_told_and_nothing_comes_of_nothing(library: Library, report: Document) -> None:
    told: list[int] = []
    library.coding.apply(library.coding.of_search("fog"), ["a"], progress=told.append)
    assert told == [1, 2, 3, 4]
    assert library.coding.apply([], ["never made"]) == 0
    assert [tag.path for tag in library.codebook.tags()] == ["a"]
    with pytest.raises(InvalidError):
        library.coding.apply([Candidate(report.id, 0, 3, "The")], [])
    with pytest.raises(QuerySyntaxError):
        list(library.coding.of_search('"fog'))


def test_a_passage_outside_the_text_codes_nothing(library: Library, report: Document) -> None:
    before = tables(library.path)
    wrong = [Candidate(report.id, 0, 3, "The"), Candidate(report.id, 0, 9999, "?")]
    with pytest.raises(InvalidError):
        library.coding.apply(wrong, ["fog"])
    assert tables(library.path) == before
