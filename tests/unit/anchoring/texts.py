"""Texts to change: small ones of several scripts, and ways to change them."""

from __future__ import annotations

from annotations.anchoring import Alignment, Placement, find_quote
from annotations.model import Span

POLICY = """\
Data security

Each provider shall keep a record of the systems that it operates, and of the purposes for which
they are used. The record is open to the supervisory authority on request.

A provider that learns of a breach shall notify the authority within three days. The notice says
what happened, whom it concerns, and what was done about it.

Providers of critical infrastructure shall test their systems once a year. The results of a test
are kept for five years, and may be published where no third party is harmed by it.
"""

CHINESE = """\
网络空间是人类共同的活动空间。各国应当尊重他国网络主权，不得要求本国企业将境外产生的数据存储在境内。

企业不得利用用户对产品的依赖谋取不正当利益，应当及时向合作伙伴及用户告知产品的安全缺陷。

各国应当反对利用信息技术破坏他国关键基础设施或者窃取重要数据的行为。
"""

ARABIC = """\
تعد البيانات أساسا للاقتصاد الرقمي، ويجب على الدول أن تحترم سيادة الدول الأخرى على بياناتها.

لا يجوز للشركات أن تستغل اعتماد المستخدمين على منتجاتها لتحقيق مكاسب غير مشروعة.
"""


def span_of(text: str, quote: str, nth: int = 0) -> Span:
    """Where the ``nth`` copy of a quote lies."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Span(start, start + len(quote))


def place(old: str, new: str, quote: str, nth: int = 0) -> Placement:
    """Where the ``nth`` copy of a quote in the old text lies in the new one."""
    return Alignment(old, new).place(span_of(old, quote, nth))


def find(old: str, new: str, quote: str, nth: int = 0) -> Placement:
    """The same, knowing of the old text only the quote and 32 code points on either side."""
    span = span_of(old, quote, nth)
    prefix = old[max(0, span.start - 32) : span.start]
    return find_quote(new, quote, prefix, old[span.end : span.end + 32])
