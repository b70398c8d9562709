"""A text as words: what is compared when two texts, or a quote and a text, are aligned.

White space is no token, so that a text whose lines are wrapped anew has the same tokens; case,
typographic quotation marks and dashes, compatibility forms, accents and invisible characters are
folded away in a token's key. Scripts that put no blanks between words give a token a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

# Han, kana, Thai, Lao, Myanmar, Khmer, Tibetan, Yi: no blanks between words.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff66-\uff9d"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# What Python's \w leaves out although it stands inside words: the soft hyphen, joiners, combining
# accents, Hebrew and Arabic points, and the vowel signs of the Indic blocks (not their full stops).
_INSIDE = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
_LETTERS = rf"[^\W{_UNSPACED}]+"
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}]")
_TOKEN = re.compile(rf"([{_UNSPACED}]|{_LETTERS}(?:[{_INSIDE}]+(?:{_LETTERS})?)*|[^\w\s])")
_PECULIAR = re.compile(f"[{_UNSPACED}{_INSIDE}]")
_PLAIN_TOKEN = re.compile(r"(\w+|[^\w\s])")
"""The same where there are none of these, which takes half the time."""

_SAME_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛‹›′´`ʼ＇", "'"),
        **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘－", "-"),
    }
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and punctuation marks of a text, in order."""

    keys: Sequence[str]
    """What is compared: the folded form."""
    spans: Sequence[tuple[int, int]]
    """Where each lies: start and end in code points."""


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens between two offsets; their spans count from the text's own beginning."""
    own = text[start:end]
    is_ascii = own.isascii()
    # What is no token and what is one, in turn.
    if is_ascii:
        pieces = _PLAIN_TOKEN.split(own.lower().replace("`", "'"))
    else:
        pieces = (_TOKEN if _PECULIAR.search(own) else _PLAIN_TOKEN).split(own)
    edges = list(accumulate(map(len, pieces), initial=start))
    spans = list(zip(edges[1:-1:2], edges[2::2], strict=True))
    keys = pieces[1::2] if is_ascii else list(map(fold, pieces[1::2]))
    if all(keys):
        return Tokens(keys, spans)
    return Tokens(
        [key for key in keys if key], [span for key, span in zip(keys, spans, strict=True) if key]
    )


@lru_cache(maxsize=1 << 16)
def fold(token: str) -> str:
    """What stays of a token when the differences that say nothing are taken away."""
    return token.replace("`", "'").lower() if token.isascii() else plain(token).casefold()


@lru_cache(maxsize=1 << 16)
def plain(token: str) -> str:
    """What stays of it when its capitals count."""
    if token.isascii():
        return token.replace("`", "'")
    apart = unicodedata.normalize("NFKD", token.translate(_SAME_PUNCTUATION))
    return "".join(
        c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )


def weight(text: str) -> float:
    """How much of a text there is to compare: its letters and digits, and a little for signs."""
    words = sum(map(str.isalnum, text))
    signs = len(text) - words - sum(map(str.isspace, text))
    return words + signs / 4


def information(text: str) -> int:
    """How telling a text is: its letters and digits, a Han character counting as three."""
    return sum(map(str.isalnum, text)) + 2 * len(_UNSPACED_LETTER.findall(text))


def is_unspaced(text: str) -> bool:
    """Whether it is mostly in a script that puts no blanks between words."""
    return 2 * len(_UNSPACED_LETTER.findall(text)) > len(text)


def inside_word(text: str, offset: int) -> bool:
    """Whether an offset parts two letters or digits of one word."""
    if not 0 < offset < len(text):
        return False
    pair = text[offset - 1 : offset + 1]
    return pair[0].isalnum() and pair[1].isalnum() and not _UNSPACED_LETTER.search(pair)
