"""The language that asks for documents: a bare word is a word of their texts.

On top of :mod:`annotations.query.grammar`::

    BETWEEN  = "near/" NUMBER
    BARE     = WORD ["*"] | "phrase" ["*"] | "NEAR(" WORD WORD ... ["," NUMBER] ")"
"""

from __future__ import annotations

import re
from typing import ClassVar

from annotations.query.fields import clip
from annotations.query.grammar import Grammar
from annotations.query.nodes import Near, Query, Words
from annotations.query.tokens import Token, TokenKind, tokenize
from annotations.text.terms import terms

MAX_PHRASE = 100
"""Words, or characters in a script without blanks between words."""
MAX_NEAR = 20
"""Words in one NEAR: every place of each is held against those of all others."""
DEFAULT_WORDS_APART = 10

_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_LAST_WORD = re.compile(r"(.*),(\d{0,6})", re.ASCII | re.DOTALL)
"""``b,`` or ``b,5``: the end of the words in NEAR(…)."""


_NAME = re.compile(r"([A-Za-z]+):(?!//)")
"""What may have been meant for a field; an address is not."""


class SearchGrammar(Grammar):
    """Reads a search for documents."""

    WANTED: ClassVar[str] = "a word or a term"

    @property
    def names(self) -> list[str]:
        """What stands before a colon and is no field: all of it is looked for as words."""
        words = (token for token in self._tokens if token.kind is TokenKind.WORD)
        found = (_NAME.match(self._text, word.start) for word in words)
        return [name[1].lower() for name in found if name]

    def bare(self, token: Token) -> Query:
        """Words, or several near each other."""
        return self._near_call(token) if self._is_near_call(token) else self._words(token)

    def between(self, left: Query, operator: str, token: Token) -> Query:
        """Words near each other."""
        distance = token.text.partition("/")[2]
        if not _NUMBER.fullmatch(distance):
            raise self._error("words apart are written near/5", token, len("near/"))
        right_token = self._peek()
        right = self._single()
        if not isinstance(left, Words) or not isinstance(right, Words):
            raise self._error("near stands between two words or phrases", right_token)
        return Near((left, right), int(distance))

    def _is_near_call(self, token: Token) -> bool:
        """Whether ``token`` is NEAR with its opening parenthesis directly after it."""
        is_near = token.text.lower() == "near" and not token.quoted
        return is_near and self._text.startswith("(", token.end)

    def _words(self, token: Token) -> Words:
        count = len(terms(token.text))
        if not count:
            shown = clip("".join(filter(str.isprintable, token.text)).strip()) or "this"
            raise self._error(f"{shown} holds no letter or digit to search for", token)
        if count > MAX_PHRASE:
            raise self._error(f"more than {MAX_PHRASE} words in one phrase", token)
        return Words(token.text, token.open_ended)

    def _near_call(self, near: Token) -> Near:
        self._take()
        operands: list[Words] = []
        distance = DEFAULT_WORDS_APART
        while (token := self._take()).kind is not TokenKind.CLOSE:
            if token.kind is not TokenKind.WORD:
                raise self._error("NEAR(…) holds words, then perhaps a comma and a number", token)
            self._count_term(token)
            if len(operands) > MAX_NEAR:
                raise self._error(f"more than {MAX_NEAR} words in one NEAR(…)", near)
            last = _LAST_WORD.fullmatch(self._text, token.start, token.end)
            if last is None:
                operands.append(self._words(token))
                continue
            if last[1]:
                operands.append(self._words(next(tokenize(last[1], frozenset()))))
            number = self._take() if not last[2] else token
            if not _NUMBER.fullmatch(last[2] or number.text):
                raise self._error("a number of words belongs here", number)
            if self._peek().kind is not TokenKind.CLOSE:
                raise self._error("NEAR(…) is closed after its number", self._peek())
            distance = int(last[2] or number.text)
        if len(operands) < 2:
            raise self._error("NEAR(…) needs two words or more", near)
        return Near(tuple(operands), distance)
