"""Bytes to an XML tree: bounded, without DTD, and nothing else is ever opened."""

from __future__ import annotations

import html.entities
import re

from lxml import etree

from etl.documents.text import squeeze
from etl.errors import DocumentFault
from etl.xml import parse_untrusted

_INTERNAL_SUBSET = re.compile(rb"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*\[""")
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_READ = re.compile(rb"(?i)utf-?8|utf-?16(?:[lb]e)?|us-ascii|iso-8859-\d+|windows-125\d")
_OWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))

MAX_TAGS = 400_000
"""The largest publication has some 10,000; a tree of millions fills the memory."""


def refuse_dtd(body: bytes) -> None:
    """Refuse XML of an office document that has any DTD, or is out of bounds.

    Raises DocumentFault: `xml_dtd`, `xml_limits`, `xml_malformed`.
    """
    if b"<!DOCTYPE" in _plain(body):
        raise DocumentFault("xml_dtd", "a part of an office document has a DTD")


def parse_xml(body: bytes) -> etree._Element:
    """The root of well-formed XML; nothing outside the bytes is ever opened."""
    plain = _plain(body)
    if b"<!DOCTYPE" in plain:
        if _INTERNAL_SUBSET.search(plain):
            raise DocumentFault("xml_dtd", "the XML declares an internal DTD subset")
        body = _ENTITY.sub(_character, body)
    try:
        root = parse_untrusted(body)
    except (etree.XMLSyntaxError, ValueError) as error:
        text = squeeze(str(error))[:200]
        limit = re.search("huge|depth|limit", text, re.IGNORECASE)
        raise DocumentFault("xml_limits" if limit else "xml_malformed", text) from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise DocumentFault("xml_dtd", "the XML declares entities of its own")
    return root


def _plain(body: bytes) -> bytes:
    """The markup as ASCII-compatible bytes, of a size and encoding that is read."""
    if body.count(b"<") > MAX_TAGS:
        raise DocumentFault("xml_limits", f"over {MAX_TAGS} tags")
    plain = body.replace(b"\x00", b"") if b"\x00" in body[:64] else body
    encoding = _ENCODING.match(plain)
    if encoding and not _READ.fullmatch(encoding[1]):
        said = f"the encoding {encoding[1]!r} is not read"
        raise DocumentFault("xml_malformed", said)
    return plain


def _character(found: re.Match[bytes]) -> bytes:
    """A named character, which an external DTD would have declared.

    HTML took over the names of the ISO sets that the older DTDs refer to.
    """
    name = found[1]
    if name in _OWN:
        return found[0]
    signs = html.entities.html5.get(f"{name.decode()};")
    return "".join(f"&#{ord(sign)};" for sign in signs).encode() if signs else found[0]
