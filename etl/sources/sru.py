"""SRU 2.0 as KOOP speaks it: one response in, a page of plain records out. Pure.

Elements are known by namespace, never by prefix. Status 200 proves nothing: errors
come as diagnostics, and as HTML.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from etl.errors import EtlError
from etl.xml import parse_untrusted

_SRU = "{http://docs.oasis-open.org/ns/search-ws/sruResponse}"
_DIAGNOSTIC = "{http://docs.oasis-open.org/ns/search-ws/diagnostic}"
_GZD = "{http://standaarden.overheid.nl/sru}"
DCTERMS = "{http://purl.org/dc/terms/}"
WETGEVING = "{http://standaarden.overheid.nl/wetgeving/}"
CUP = "{http://standaarden.overheid.nl/cup/data}"
_DECLARED = re.compile(rb"\s*<\?xml[^>]*\sencoding\s*=\s*[\"']([^\"']*)")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}));", re.IGNORECASE)


class Nonsense(EtlError):
    """An answer that is no page of results; the text says what it is instead."""

    exit_code = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One record as listed: every leaf value by its full name, in document order.

    `forms` are the manifestations that it says exist.
    """

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    def first(self, name: str) -> str | None:
        """The first value that is not blank, trimmed."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> tuple[str, ...]:
        """All values that are not blank, trimmed."""
        trimmed = (value.strip() for value in self.values.get(name, ()))
        return tuple(value for value in trimmed if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One response. `total` is an estimate and may be missing."""

    records: tuple[Listed, ...]
    total: int | None
    following: int | None
    diagnostics: tuple[str, ...]
    query: str | None
    start: int | None


def read_page(body: bytes) -> Page:
    """Raises Nonsense for anything but a searchRetrieveResponse."""
    root = parse_xml(body)
    if root is None or root.tag != f"{_SRU}searchRetrieveResponse":
        raise Nonsense(f"no searchRetrieveResponse but {opening(body)}")
    echoed = f"{_SRU}echoedSearchRetrieveRequest/{_SRU}"
    return Page(
        records=tuple(_listed(one) for one in root.iterfind(f".//{_SRU}record")),
        total=_number(root.findtext(f"{_SRU}numberOfRecords")),
        following=_number(root.findtext(f"{_SRU}nextRecordPosition")),
        diagnostics=tuple(_diagnostics(root)),
        query=root.findtext(f"{echoed}query"),
        start=_number(root.findtext(f"{echoed}startRecord")),
    )


def parse_xml(body: bytes) -> etree._Element | None:
    """The root of a well-formed document without a DTD; None for all else.

    Nothing is fetched or expanded. A character that XML does not know becomes U+FFFD,
    so that one in one record does not cost all that are listed beside it.
    """
    root = _parsed(body)
    if root is None and (mended := _mended(body)) is not None:
        root = _parsed(mended)
    # KOOP's answers carry no DOCTYPE at all; one that does is not theirs.
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        return None
    return root


def _parsed(body: bytes) -> etree._Element | None:
    try:
        return parse_untrusted(body)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _mended(body: bytes) -> bytes | None:
    """The body with U+FFFD for each byte and character that XML forbids.

    None if it has none, or is in another encoding than UTF-8.
    """
    declared = _DECLARED.match(body.removeprefix(BOM_UTF8))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        return None
    text = _FORBIDDEN.sub("\ufffd", body.decode("utf-8", "replace"))
    mended = _REFERENCE.sub(_allowed_reference, text).encode()
    return mended if mended != body else None


def _allowed_reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    fits = code <= 0x10FFFF and not _FORBIDDEN.match(chr(code))
    return found[0] if fits else "\ufffd"


def opening(body: bytes) -> str:
    """How a body begins, fit for one line."""
    if not body.strip():
        return "an empty body"
    text = " ".join(body[:400].decode("utf-8", "replace").split())
    kind = "an HTML page" if looks_like_html(body) else "a body"
    return f"{kind} that begins with {text[:80]!r}"


def looks_like_html(body: bytes) -> bool:
    """Whether the first kilobyte is that of an HTML page."""
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or b"<html" in head


def _listed(record: etree._Element) -> Listed:
    values: dict[str, list[str]] = {}
    data = record.find(f".//{_GZD}originalData")
    if data is not None:
        for leaf in data.iter(etree.Element):
            if len(leaf) == 0:
                values.setdefault(str(leaf.tag), []).append(leaf.text or "")
    items = record.findall(f".//{_GZD}itemUrl")
    forms = sorted({item.get("manifestation", "") for item in items} - {""})
    urls = [leaf.text or "" for leaf in record.iterfind(f".//{_GZD}preferredUrl")]
    versions = record.iterfind(f".//{DCTERMS}hasVersion")
    return Listed(
        values={name: tuple(held) for name, held in values.items()},
        forms=tuple(str(form) for form in forms),
        urls=(*urls, *(str(one.get("resourceIdentifier", "")) for one in versions)),
    )


def _diagnostics(root: etree._Element) -> Iterator[str]:
    """Those of the response, and those that stand in the place of a record."""
    for one in root.iter(f"{_DIAGNOSTIC}diagnostic"):
        parts = (one.findtext(f"{_DIAGNOSTIC}{name}") for name in _PARTS)
        yield " ".join(" ".join(part.split()) for part in parts if part)[:500]


_PARTS = ("uri", "message", "details")


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
