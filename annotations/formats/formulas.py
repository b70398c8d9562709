"""Formulas as a line of text: MathML of web pages and books, and Word's own form of the same.

``x^2``, ``a_i``, ``(a + b)/c``, ``√x``: what people write where they cannot set a formula.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING

from annotations.formats.markup import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SIGNS = {
    **dict.fromkeys(("msup", "ssup", "mover", "limupp"), "^"),
    **dict.fromkeys(("msub", "ssub", "munder", "limlow"), "_"),
    **dict.fromkeys(("msubsup", "munderover", "ssubsup"), "_^"),
    **dict.fromkeys(("mfrac", "f"), "/"),
}
"""What stands before the second part of an element, and before the third."""
_LIMITS = frozenset({"munderover", "msubsup", "munder", "msub"})
_TABLES = frozenset({"mtable", "m"})
_ROWS = frozenset({"mtr", "mr"})
_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom"})
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms", "t"})
_SPACED = frozenset("=<>≤≥≠≈≡→⇒⇔∈∉⊂⊆+−±-")
_SCRIPT = re.compile(r"[_^]\w+\Z")
_DEEPEST = 60
"""Elements in each other; the deeper ones give their bare text."""


def linear(formula: Element) -> str:
    """The formula as a line of text."""
    return " ".join(_written(formula, 0).split())


def flatten(root: Element) -> None:
    """Put a line of text in the place of what each formula of MathML in ``root`` holds."""
    for formula in list(root.iter("{*}math")):
        text, tail = linear(formula), formula.tail
        formula.clear()
        formula.text, formula.tail = text, tail


def _written(element: Element, depth: int) -> str:
    name = name_of(element)
    if name in _UNSEEN or name.endswith("pr"):
        return ""
    if name in _LEAVES or not len(element) or depth > _DEEPEST:
        text = "".join(str(part) for part in element.itertext())
        return f" {text} " if text.strip() in _SPACED else text
    parts = [_written(child, depth + 1) for child in element if _is_part(child)]
    if parts and (signs := _SIGNS.get(name)):
        first, *others = map(_grouped, parts)
        after = "" if first[:1].isalnum() or name not in _LIMITS else " "
        return first + "".join(map("".join, zip(signs, others, strict=False))) + after
    if name == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if parts and name in ("mroot", "rad"):
        # Word writes the degree first, MathML last; that of a square root is empty.
        *degree, radicand = reversed(parts) if name == "mroot" else parts
        return f"{''.join(degree).strip()}√{_grouped(radicand)}"
    if name == "nary" and len(parts) > 1:
        low, high, *body = parts
        limits = (f"{mark}{_grouped(part)}" for mark, part in (("_", low), ("^", high)) if part)
        return f"{_property(element, 'chr', '∫')}{''.join(limits)} {''.join(body)}"
    if name == "d":
        inside = _property(element, "sepchr", "|").join(parts)
        return f"{_property(element, 'begchr', '(')}{inside}{_property(element, 'endchr', ')')}"
    if name in _ROWS:
        return ", ".join(parts)
    return f"[{'; '.join(parts)}]" if name in _TABLES else reduce(_beside, parts, "")


def _beside(before: str, part: str) -> str:
    """Two parts one after the other, set apart where the second would go on with a script."""
    goes_on = _SCRIPT.search(before) is not None and part[:1].isalnum()
    return f"{before} {part}" if goes_on else before + part


def _is_part(child: Element) -> bool:
    name = name_of(child)
    return bool(name) and name not in _UNSEEN and not name.endswith("pr")


def _grouped(part: str) -> str:
    """A part in brackets where it would otherwise be taken for less than it is."""
    part = part.strip()
    whole = len(part) < 2 or part.isalnum() or (part[0] in "([{|" and part[-1] in ")]}|")
    return part if whole else f"({part})"


def _property(element: Element, name: str, default: str) -> str:
    """The value of one of an element's properties in Word's form."""
    properties = next((child for child in element if name_of(child).endswith("pr")), ())
    for found in properties:
        if name_of(found) == name:
            return next(map(str, found.attrib.values()), default)
    return default
