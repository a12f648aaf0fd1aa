"""What form a body has, from its bytes: names and Content-Types are not believed."""

from __future__ import annotations

import re

from etl.errors import DocumentFault
from etl.model.record import Formaat

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"
_SAVE = "save it as .docx or .odt"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
"""How an OpenDocument text begins: its first member, stored as it is."""
_FRAGMENT = re.compile(
    rb"\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*"
    rb"<(?:head|body|meta|title|script|style|link|div|p|h[1-6]|span|section|article|"
    rb"main|header|nav|table|ul|ol|dl|blockquote|center|font|form|hr|br|a|b|i|em|strong)"
    rb"(?:[\s>]|/>)",
    re.IGNORECASE | re.DOTALL,
)
"""Part of a page: its first element is one of HTML."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def formaat_of(body: bytes) -> Formaat:
    """The form of a body.

    Raises DocumentFault: `format_unknown` for an empty body, another zip, an old Word
    file or other bytes that are no text; `archive_encrypted` for an encrypted .docx.
    """
    head = body[:4096]
    if not head.strip():
        raise DocumentFault("format_unknown", "the body is empty")
    if b"%PDF-" in head[:1029]:
        return Formaat.PDF
    if head.startswith(b"PK"):
        return _of_zip(body)
    if head.startswith(_OLE):
        raise _of_ole(body)
    if head.lstrip().startswith(b"{\\rtf"):
        raise DocumentFault("format_unknown", f"a Rich Text file (.rtf): {_SAVE}")
    if _HTML.search(_plain(head)) or _FRAGMENT.match(_plain(head)):
        return Formaat.HTML
    if _plain(head).lstrip().startswith(b"<"):
        return Formaat.XML
    if b"\x00" in head:
        raise DocumentFault("format_unknown", f"binary data starting {head[:8]!r}")
    return Formaat.TEKST


def _of_zip(body: bytes) -> Formaat:
    """By the names in the zip's directory, which no file name can belie.

    Only the bytes are searched: whether the zip is sound is for its reader to say.
    """
    if body[30 : 30 + len(_ODT)] == _ODT:
        return Formaat.ODT
    if b"word/document" in body and b"[Content_Types].xml" in body:
        return Formaat.DOCX
    if b"content.xml" in body and b"META-INF/manifest.xml" in body:
        return Formaat.ODT
    raise DocumentFault("format_unknown", "a zip that is no Word or OpenDocument text")


def _of_ole(body: bytes) -> DocumentFault:
    """What the old container of Office holds; its names are in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in body:
        return DocumentFault("archive_encrypted", "a Word file that needs a password")
    if "WordDocument".encode("utf-16-le") in body:
        return DocumentFault("format_unknown", f"an old Word file (.doc): {_SAVE}")
    return DocumentFault("format_unknown", "an old Office file that is no text")


def _plain(head: bytes) -> bytes:
    """The head as ASCII-compatible bytes, whatever its byte order mark says."""
    for mark in _BOMS:
        if head.startswith(mark):
            head = head[len(mark) :]
            return head if mark == _BOMS[0] else head.replace(b"\x00", b"")
    # UTF-16 without a mark still shows in its first sign.
    return head.replace(b"\x00", b"") if head[:2] in (b"\x00<", b"<\x00") else head
