"""Reads a query: text -> tree, or an error that knows the wrong character.

Both languages have this grammar; ``not`` binds tighter than ``and``, ``and`` than ``or``, and a
relation tighter than all of them::

    query    = all { "or" all }
    all      = one { ["and"] one }
    one      = { "not" } related
    related  = single { RELATION single }                 passages queries only
    RELATION = "overlaps" | "within" | "contains" | "before" | "after"
             | "near" [ "/" NUMBER UNIT | NUMBER UNIT ]
    UNIT     = "s" | "sentence(s)" | "p" | "paragraph(s)"
    single   = "(" query ")" | FIELD ":" value | "untagged" | "starred" | TAG | words
    words    = WORD ["*"] | "phrase" ["*"]                searches only
             | "NEAR(" WORD WORD ... ["," NUMBER] ")" | words "near/" NUMBER words

Operators may be written in any case; in quotation marks they are ordinary words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from annotations.errors import QuerySyntaxError
from annotations.query.fields import FORMS, MisreadError, read_tag
from annotations.query.nodes import (
    DEFAULT_DISTANCE,
    And,
    Distance,
    Everything,
    Field,
    Near,
    Not,
    Or,
    Query,
    Related,
    Relation,
    Starred,
    Tagged,
    Term,
    Unit,
    Words,
)
from annotations.query.tokens import Token, TokenKind, tokenize
from annotations.text.terms import terms

MAX_DEPTH = 40
"""How many parentheses may stand inside each other: keeps every walk of a tree shallow."""
MAX_TERMS = 500
MAX_RELATIONS = 40
"""Each is a pass over the highlights of both its sides."""
MAX_PHRASE = 100
"""Words, or characters in a script without blanks between words."""
MAX_NEAR = 20
"""Words in one NEAR: every place of each is held against those of all others."""
DEFAULT_WORDS_APART = 10


class Language(StrEnum):
    """What a bare word stands for."""

    PASSAGES = "passages"
    """A tag."""
    SEARCH = "search"
    """A word of the text."""


def parse(text: str, language: Language) -> Query:
    """Reads a query of either language.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    return _Parser(text, language).parse()


def parse_passages(text: str) -> Query:
    """Reads a query for highlights; an empty one asks for all of them.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    return parse(text, Language.PASSAGES)


def parse_search(text: str) -> Query:
    """Reads a search for documents; an empty one asks for all of them.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    return parse(text, Language.SEARCH)


OPERATORS = frozenset({"and", "or", "not"})
_RELATIONS = frozenset(Relation)
_UNITS = {
    name: unit
    for unit, names in (
        (Unit.SENTENCES, ("s", "sentence", "sentences")),
        (Unit.PARAGRAPHS, ("p", "paragraph", "paragraphs")),
    )
    for name in names
}
_NEAR = re.compile(r"near(?:/(\d*)(\w*))?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_LAST_WORD = re.compile(r"(.*),(\d{0,6})", re.ASCII | re.DOTALL)
"""``b,`` or ``b,5``: the end of the words in NEAR(…)."""
_UNIT_NEEDED = "a distance is written near/3s for sentences or near/2p for paragraphs"


class _Parser:
    def __init__(self, text: str, language: Language) -> None:
        self._text = text
        self._language = language
        self._tokens = list(tokenize(text, frozenset(FORMS)))
        self._next = 0
        self._depth = 0
        self._terms = 0
        self._relations = 0

    def parse(self) -> Query:
        if self._peek().kind is TokenKind.END:
            return Everything()
        query = self._query()
        if self._peek().kind is not TokenKind.END:
            raise self._error("this parenthesis closes nothing", self._peek())
        return query

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token

    def _error(self, problem: str, token: Token, offset: int = 0) -> QuerySyntaxError:
        return QuerySyntaxError(problem, self._text, token.start + offset)

    def _operator(self, token: Token) -> str:
        """The operator that ``token`` is, in lower case, or nothing."""
        if token.kind is not TokenKind.WORD or token.quoted or token.open_ended:
            return ""
        word = token.text.lower()
        if word in OPERATORS:
            return word
        if self._language is Language.PASSAGES:
            return "near" if word.startswith("near/") else word if word in _RELATIONS else ""
        return "near" if word.startswith("near/") else ""

    def _query(self) -> Query:
        operands = [self._all()]
        while self._operator(self._peek()) == "or":
            self._take()
            operands.append(self._all())
        return operands[0] if len(operands) == 1 else Or(tuple(operands))

    def _all(self) -> Query:
        operands = [self._one()]
        while True:
            operator = self._operator(self._peek())
            if operator == "and":
                self._take()
            elif operator == "or" or self._peek().kind in (TokenKind.END, TokenKind.CLOSE):
                return operands[0] if len(operands) == 1 else And(tuple(operands))
            operands.append(self._one())

    def _one(self) -> Query:
        negated = False
        while self._operator(self._peek()) == "not":
            self._take()
            negated = not negated
        query = self._related()
        return Not(query) if negated else query

    def _related(self) -> Query:
        left = self._single()
        while (operator := self._operator(self._peek())) and operator not in OPERATORS:
            token = self._take()
            if self._language is Language.SEARCH:
                left = self._words_near(left, token)
                continue
            self._relations += 1
            if self._relations > MAX_RELATIONS:
                raise self._error(f"more than {MAX_RELATIONS} relations in one query", token)
            relation = Relation(operator)
            distance = self._distance(token) if relation is Relation.NEAR else None
            left = Related(left, relation, self._single(), distance)
        return left

    def _single(self) -> Query:
        token = self._take()
        self._count_term(token)
        match token.kind:
            case TokenKind.OPEN:
                return self._parenthesis(token)
            case TokenKind.FIELD:
                return self._field(token)
            case TokenKind.WORD if self._is_near_call(token):
                return self._near_call(token)
            case TokenKind.WORD if not self._operator(token):
                passages = self._language is Language.PASSAGES
                return self._tag(token) if passages else self._words(token)
        raise self._missing(token)

    def _count_term(self, token: Token) -> None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise self._error(f"more than {MAX_TERMS} terms in one query", token)

    def _missing(self, token: Token) -> QuerySyntaxError:
        if self._operator(token) == "not":
            return self._error("here, not needs parentheses around it: (not …)", token)
        wanted = "a tag or a term" if self._language is Language.PASSAGES else "a word or a term"
        place = "at the end" if token.kind is TokenKind.END else f"before {token.text}"
        return self._error(f"{wanted} is missing {place}", token)

    def _parenthesis(self, opening: Token) -> Query:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"more than {MAX_DEPTH} parentheses inside each other", opening)
        query = self._query()
        if self._take().kind is not TokenKind.CLOSE:
            raise self._error("this parenthesis is not closed", opening)
        self._depth -= 1
        return query

    def _field(self, name: Token) -> Query:
        value = self._take()
        written = value.text.strip() + "*" * value.open_ended
        if value.kind is not TokenKind.WORD or not written:
            raise self._error(f"{name.text}: needs a value here", value)
        form = FORMS[name.text]
        is_tag = form.field is Field.TAG
        return self._read(self._tag_reader(value) if is_tag else form.read, written, value)

    def _read(self, read: Callable[[str], Term], written: str, token: Token) -> Term:
        try:
            return read(written)
        except MisreadError as error:
            # What is quoted may be written in more characters than it has.
            raise self._error(str(error), token, 0 if token.quoted else error.at) from None

    def _tag_reader(self, token: Token) -> Callable[[str], Term]:
        return partial(read_tag, is_quoted=token.quoted, is_named_star=token.named_star)

    def _tag(self, token: Token) -> Query:
        if not token.quoted:
            match token.text.lower():
                case "untagged":
                    return Not(Tagged("", below=True))
                case "starred":
                    return Starred()
            name, colon, _ = token.text.partition(":")
            if colon:
                fields = ", ".join(sorted(FORMS))
                raise self._error(
                    f"no field is called {_clip(name)} (there are {fields});"
                    " a tag with a colon is written in quotation marks",
                    token,
                )
        written = token.text + "*" * token.open_ended
        return self._read(self._tag_reader(token), written, token)

    def _distance(self, near: Token) -> Distance:
        written = _NEAR.fullmatch(near.text)
        if written is None or written[1] == "":
            raise self._error(_UNIT_NEEDED, near, len("near/"))
        count, unit = written[1], written[2]
        if count is None:
            number, name = self._peek(), self._peek(1)
            if not _NUMBER.fullmatch(number.text) or name.text.lower() not in _UNITS:
                return DEFAULT_DISTANCE
            count, unit = self._take().text, self._take().text
        if unit.lower() not in _UNITS:
            raise self._error(_UNIT_NEEDED, near, len("near/") + len(count))
        if not _NUMBER.fullmatch(count):
            raise self._error("this distance is too large", near, len("near/"))
        return Distance(int(count), _UNITS[unit.lower()])

    def _words_near(self, left: Query, near: Token) -> Query:
        distance = near.text.partition("/")[2]
        if not _NUMBER.fullmatch(distance):
            raise self._error("words apart are written near/5", near, len("near/"))
        right_token = self._peek()
        right = self._single()
        if not isinstance(left, Words) or not isinstance(right, Words):
            raise self._error("near stands between two words or phrases", right_token)
        return Near((left, right), int(distance))

    def _is_near_call(self, token: Token) -> bool:
        """Whether ``token`` is NEAR with its opening parenthesis directly after it."""
        return (
            self._language is Language.SEARCH
            and token.text == "NEAR"
            and not token.quoted
            and self._text.startswith("(", token.end)
        )

    def _words(self, token: Token) -> Words:
        count = len(terms(token.text))
        if not count:
            shown = _clip(token.text) or "this"
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


def _clip(text: str) -> str:
    """Enough of ``text`` to know it by in a message of one line."""
    return text if len(text) <= 40 else text[:39] + "…"
