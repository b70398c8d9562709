from __future__ import annotations

import pytest

from annotations.errors import InvalidError, NotFoundError, QuerySyntaxError
from annotations.library.library import Library
from annotations.query import Language


def test_a_query_is_kept_under_its_name(library: Library) -> None:
    saved = library.queries.save(" High  risk ", "risk/* not starred")
    assert (saved.name, saved.language) == ("High risk", Language.PASSAGES)
    assert library.queries.get("high RISK") == saved
    assert library.queries.list() == [saved]


def test_saving_again_replaces_what_was_kept(library: Library) -> None:
    first = library.queries.save("fog", "fog")
    second = library.queries.save("Fog", "fog near/3 sea", Language.SEARCH)
    assert library.queries.list() == [second]
    assert (second.id, second.name, second.query) == (first.id, "Fog", "fog near/3 sea")


def test_saving_and_forgetting_are_acts(library: Library) -> None:
    saved = library.queries.save("fog", "fog")
    library.queries.forget("FOG")
    assert library.queries.list() == []
    library.journal.undo()
    assert library.queries.list() == [saved]
    library.journal.undo()
    assert library.queries.list() == []


def test_a_name_is_changed(library: Library) -> None:
    saved = library.queries.save("fog", "fog")
    library.queries.save("sea", "sea")
    renamed = library.queries.rename("FOG", " Fog  bank ")
    assert (renamed.id, renamed.name, renamed.query) == (saved.id, "Fog bank", "fog")
    with pytest.raises(InvalidError, match="sea"):
        library.queries.rename("fog bank", "SEA")
    with pytest.raises(InvalidError):
        library.queries.rename("fog bank", " ")
    with pytest.raises(NotFoundError):
        library.queries.rename("fog", "mist")
    assert library.queries.rename("fog bank", "FOG BANK").name == "FOG BANK"
    library.journal.undo()
    library.journal.undo()
    assert library.queries.get("fog") == saved


def test_saving_the_same_again_is_no_act(library: Library) -> None:
    library.queries.save("fog", "fog")
    acts = len(list(library.journal.acts()))
    library.queries.save("fog", "fog")
    assert len(list(library.journal.acts())) == acts


def test_a_wrong_query_is_not_kept(library: Library) -> None:
    with pytest.raises(QuerySyntaxError):
        library.queries.save("fog", "fog and")
    with pytest.raises(InvalidError):
        library.queries.save("  ", "fog")
    with pytest.raises(NotFoundError):
        library.queries.get("fog")
    with pytest.raises(NotFoundError):
        library.queries.forget("fog")
