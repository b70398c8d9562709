"""The bodies of Web Annotations (section 3.2 of the model): what somebody said of a passage."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.exchange.htmltext import text_of_html
from annotations.exchange.jsonstream import list_of, object_of, text_of
from annotations.exchange.report import LossReport


@dataclass(frozen=True, slots=True)
class Content:
    """All bodies of one annotation."""

    tags: tuple[str, ...]
    note: str
    motivations: frozenset[str]


def textual(value: str, purpose: str) -> dict[str, object]:
    """A body that holds its text itself."""
    kind = {} if purpose == "tagging" else {"format": "text/markdown"}
    return {"type": "TextualBody", "value": value, **kind, "purpose": purpose}


def read(annotation: dict[str, object], report: LossReport) -> Content:
    """Gather what the bodies say; several notes become one, parted by a blank line."""
    motivations = frozenset(
        text_of(each).removeprefix("oa:") for each in list_of(annotation.get("motivation"))
    )
    tags: list[str] = []
    notes: list[tuple[str, str]] = []
    bodies = [*list_of(annotation.get("body")), *list_of(annotation.get("bodyValue"))]
    for body in bodies:
        for each in _alternatives(body):
            purposes = frozenset(
                text_of(purpose).removeprefix("oa:")
                for purpose in list_of(object_of(each).get("purpose"))
            )
            text = _text(each)
            if not text:
                report.add("bodies without text", text_of(annotation.get("id")))
            elif "tagging" in (purposes or motivations):
                tags.append(text)
            else:
                notes.append((text_of(object_of(each).get("language")), text))
    languages = {language for language, _ in notes}
    return Content(
        tuple(dict.fromkeys(tags)),
        "\n\n".join(
            f"[{language}] {text}" if language and len(languages) > 1 else text
            for language, text in notes
        ),
        motivations,
    )


def agent(value: object) -> str:
    """What to call a creator: a name, an address, or nothing."""
    for each in list_of(value):
        said = object_of(each)
        names = (said.get(key) for key in ("nickname", "name", "email", "id"))
        found = text_of(each) or next(filter(None, (text_of(n) for n in names)), "")
        if found:
            return found.removeprefix("acct:").removeprefix("mailto:")
    return ""


def _alternatives(body: object) -> list[object]:
    """The members of a Choice, Composite, List or Independents, or the body itself."""
    items = object_of(body).get("items")
    return list_of(items) if items is not None else [body]


def _text(body: object) -> str:
    """The text of a body: its own, or the address of what it points to."""
    if isinstance(body, str):
        return text_of(body)
    said = object_of(body)
    for name in ("value", "chars", "rdf:value"):
        value = " ".join(filter(None, map(text_of, list_of(said.get(name)))))
        if value:
            return text_of_html(value) if said.get("format") == "text/html" else value
    source = said.get("source")
    if isinstance(source, dict):
        return _text({key: source[key] for key in source if key != "source"})
    return text_of(source) or text_of(said.get("id"))
