"""What form a body has, from its bytes: names and Content-Types are not believed."""

from __future__ import annotations

import re

from etl.errors import DocumentFault
from etl.model.record import Formaat

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def formaat_of(body: bytes) -> Formaat:
    """The form of a body.

    Raises DocumentFault `format_unknown` for an empty body, an archive or
    other bytes that are no text.
    """
    head = body[:4096]
    if not head.strip():
        raise DocumentFault("format_unknown", "the body is empty")
    if b"%PDF-" in head[:1029]:
        return Formaat.PDF
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DocumentFault(
            "format_unknown", "a Word or zip file, which is not read yet"
        )
    if _HTML.search(_plain(head)):
        return Formaat.HTML
    if _plain(head).lstrip().startswith(b"<"):
        return Formaat.XML
    if b"\x00" in head:
        raise DocumentFault("format_unknown", f"binary data starting {head[:8]!r}")
    return Formaat.TEKST


def _plain(head: bytes) -> bytes:
    """The head as ASCII-compatible bytes, whatever its byte order mark says."""
    for mark in _BOMS:
        if head.startswith(mark):
            head = head[len(mark) :]
            return head if mark == _BOMS[0] else head.replace(b"\x00", b"")
    # UTF-16 without a mark still shows in its first sign.
    return head.replace(b"\x00", b"") if head[:2] in (b"\x00<", b"<\x00") else head
