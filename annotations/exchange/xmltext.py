"""Text on its way into XML 1.0, which cannot hold every character."""

from __future__ import annotations

import re

from annotations.exchange.report import LossReport

# Most text holds nothing that is special; to look is quicker than to translate.
_ABOVE = "'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_is_special = re.compile(f"[^\t\n -%{_ABOVE}]").search
_is_special_in_attributes = re.compile(f"[^ !#-%{_ABOVE}]").search
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class XmlText:
    """Escapes text for XML and tells a report what had to go."""

    def __init__(self, report: LossReport) -> None:
        self._report = report

    def content(self, text: str) -> str:
        """``text`` between tags; what XML forbids becomes U+FFFD, so that places stay."""
        if not _is_special(text):
            return text
        sound, count = _FORBIDDEN.subn("\ufffd", text)
        if count:
            self._report.add("control characters", count=count)
        return sound.translate(_MARKUP)

    def element(self, name: str, text: str) -> str:
        """An element that holds ``text``; nothing where that is empty."""
        return f"<{name}>{self.content(text)}</{name}>" if text else ""

    def attributes(self, **values: str) -> str:
        """Attributes, each after a blank; those without a value are left out."""
        return "".join(
            f' {name}="{self._attribute(value)}"' for name, value in values.items() if value
        )

    def _attribute(self, text: str) -> str:
        if not _is_special_in_attributes(text):
            return text
        return self.content(text).translate(_ATTRIBUTE)
