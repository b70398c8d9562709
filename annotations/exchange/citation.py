"""Citing a document in a line of text."""

from __future__ import annotations

from annotations.model import Document


def citation(document: Document) -> str:
    """Author, title, publisher, date and source, as far as they are known."""
    author = "" if document.author == document.publisher else document.author
    parts = (author, document.title, document.publisher, document.published, document.source)
    return ", ".join(" ".join(part.split()) for part in parts if part.strip())


def cited(quote: str, document: Document) -> str:
    """A quote in quotation marks with its citation; line ends in the quote become blanks."""
    return f"“{' '.join(quote.split())}” ({citation(document)})"
