"""MHTML: a web page that a browser saved with its pictures in one file, in the form of a mail."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from annotations.formats import html
from annotations.formats.detect import MHTML
from annotations.formats.source import Source, from_bytes
from annotations.model import ImportedDocument


def read(source: Source) -> ImportedDocument:
    """The page in ``source``; pictures, styles and frames are left out.

    Raises:
        UnreadableFileError: there is no page in it.
    """
    message = message_from_bytes(source.whole(), policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    data = page.get_payload(decode=True) if isinstance(page, EmailMessage) else None
    if page is None or not isinstance(data, bytes):
        raise source.unreadable("holds no page")
    address = str(message.get("Snapshot-Content-Location", ""))
    charset = page.get_content_charset("")
    inner = from_bytes(
        data, source.name, encoding=source.encoding, charset=charset, address=address
    )
    document = html.read(replace(inner, path=source.path))
    return replace(document, metadata=replace(document.metadata, media_type=MHTML.media_type))
