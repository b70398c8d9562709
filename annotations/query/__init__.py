"""The query languages: one to find passages (highlights), one to search the documents' text.

Pure: text in, a frozen tree out. What a tree finds is up to :mod:`annotations.library`.
"""

from annotations.query.parser import Language, parse, parse_passages, parse_search, why_nothing

__all__ = ["Language", "parse", "parse_passages", "parse_search", "why_nothing"]
