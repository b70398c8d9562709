"""What both languages of queries have in common: and, or, not, parentheses, fields.

``not`` binds tighter than ``and``, ``and`` than ``or``, and what a language has between two terms
tighter than all of them::

    query    = all { "or" all }
    all      = one { ["and"] one }
    one      = { "not" } related
    related  = single { BETWEEN single }
    single   = "(" query ")" | FIELD ":" value | BARE

Operators may be written in any case; in quotation marks they are ordinary words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from annotations.errors import QuerySyntaxError
from annotations.query.fields import CONTAINED, FORMS, MisreadError, read_tag
from annotations.query.nodes import And, Everything, Field, Not, Or, Query, Term
from annotations.query.tokens import Token, TokenKind, tokenize

MAX_DEPTH = 40
"""How many parentheses may stand inside each other: keeps every walk of a tree shallow."""
MAX_TERMS = 500
OPERATORS = frozenset({"and", "or", "not"})


class Grammar(ABC):
    """Reads one query.

    Args:
        text: The query.

    Raises:
        QuerySyntaxError: A quotation mark is not closed.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokenize(text, frozenset(FORMS)))
        self._next = 0
        self._depth = 0
        self._terms = 0

    def parse(self) -> Query:
        """The tree that it is.

        Raises:
            QuerySyntaxError: It cannot be read.
        """
        if self._peek().kind is TokenKind.END:
            return Everything()
        query = self._query()
        if self._peek().kind is not TokenKind.END:
            raise self._error("this parenthesis closes nothing", self._peek())
        return query

    # What a language says

    BETWEEN: ClassVar[frozenset[str]] = frozenset()
    """The words that may stand between two terms besides and, or and ``near/…``."""
    WANTED: ClassVar[str]
    """What a term is, for messages."""

    @abstractmethod
    def bare(self, token: Token) -> Query:
        """What a word stands for that is no operator and no field."""

    @abstractmethod
    def between(self, left: Query, operator: str, token: Token) -> Query:
        """What an operator that binds tighter than all others makes of what stands left of it and
        what follows."""

    # The tokens

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token

    def _error(self, problem: str, token: Token, offset: int = 0) -> QuerySyntaxError:
        is_last = self._peek().kind is TokenKind.END
        return QuerySyntaxError(problem, self._text, token.start + offset, is_unfinished=is_last)

    def _operator(self, token: Token) -> str:
        """The operator that ``token`` is, in lower case, or nothing."""
        if token.kind is not TokenKind.WORD or token.quoted or token.open_ended:
            return ""
        word = token.text.lower()
        if word in OPERATORS or word in self.BETWEEN:
            return word
        return "near" if word.startswith("near/") else ""

    # The grammar

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
            left = self.between(left, operator, self._take())
        return left

    def _single(self) -> Query:
        token = self._take()
        self._count_term(token)
        match token.kind:
            case TokenKind.OPEN:
                return self._parenthesis(token)
            case TokenKind.FIELD:
                return self._field(token)
            case TokenKind.WORD if not self._operator(token):
                return self.bare(token)
        raise self._missing(token)

    def _count_term(self, token: Token) -> None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise self._error(f"more than {MAX_TERMS} terms in one query", token)

    def _missing(self, token: Token) -> QuerySyntaxError:
        if self._operator(token) == "not":
            return self._error("here, not needs parentheses around it: (not …)", token)
        place = "at the end" if token.kind is TokenKind.END else f"before {token.text}"
        return self._error(f"{self.WANTED} is missing {place}", token)

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
        form = FORMS[name.text]
        # What holds a part of a word holds its beginning.
        is_part = form.field in CONTAINED
        written = value.text.strip() + "*" * (value.open_ended and not is_part)
        if value.kind is not TokenKind.WORD or not written:
            raise self._error(f"{name.text}: needs a value here", value)
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
