"""A zip (Word, OpenDocument) inflated within bounds, before any library opens it.

Everything the header of a zip says is a claim of its maker: only what was really
inflated counts. Limits of ours; the largest real letter has 31 members and 0.5 MB.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from etl.documents.readers.xml.tree import MAX_TAGS, refuse_dtd
from etl.errors import DocumentFault

MAX_MEMBERS = 2_000
MAX_INFLATED = 64 * 1024 * 1024
"""Bytes of all members together."""
MAX_XML = 16 * 1024 * 1024
"""Bytes of one XML part: its tree takes some ten times that."""
MAX_RATIO = 200
"""Inflated to packed, of a member that is large at all; XML comes to some 20."""
_LARGE = 1024 * 1024
_STEP = 256 * 1024
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_XML_NAME = re.compile(r"(?i).*\.(?:xml|rels|rdf|vml)")


def members_of(body: bytes) -> Mapping[str, bytes]:
    """The members of a zip by name, inflated; every XML part is free of a DTD.

    Raises DocumentFault: `archive_corrupt`, `archive_encrypted`, `archive_limits`,
    and `xml_dtd`, `xml_limits` or `xml_malformed` for a part that is refused.
    """
    # Counted in the bytes: the library builds an object for every entry it is told.
    if body.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise DocumentFault("archive_limits", f"over {MAX_MEMBERS} members")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _inflated(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise _corrupt(str(error)) from None
    except (NotImplementedError, RuntimeError, ValueError, UnicodeError) as error:
        raise _corrupt(str(error)) from None


def _inflated(archive: zipfile.ZipFile) -> Mapping[str, bytes]:
    members: dict[str, bytes] = {}
    room, tags = MAX_INFLATED, 0
    for info in archive.infolist():
        if info.flag_bits & _ENCRYPTED:
            raise DocumentFault("archive_encrypted", f"{info.filename!r} is encrypted")
        if info.filename in members:
            raise _corrupt(f"{info.filename!r} is there twice")
        if info.file_size > room:
            raise _too_large()
        content = _member(archive, info, room)
        room -= len(content)
        members[info.filename] = content
        if _XML_NAME.fullmatch(info.filename):
            _inspect(info.filename, content)
            # Every part becomes a tree, so they count together.
            tags += content.count(b"<")
            if tags > MAX_TAGS:
                raise DocumentFault("xml_limits", f"over {MAX_TAGS} tags in all parts")
    return members


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with archive.open(info) as stream:
        while piece := stream.read(_STEP):
            size += len(piece)
            if size > room:
                raise _too_large()
            if size > max(_LARGE, MAX_RATIO * info.compress_size):
                said = f"{info.filename!r} inflates to over {MAX_RATIO} times its size"
                raise DocumentFault("archive_limits", said)
            pieces.append(piece)
    return b"".join(pieces)


def _inspect(name: str, content: bytes) -> None:
    if len(content) > MAX_XML:
        raise DocumentFault("xml_limits", f"{name!r} has over {MAX_XML:,} bytes")
    if content:
        refuse_dtd(content)


def _too_large() -> DocumentFault:
    said = f"more than {MAX_INFLATED:,} bytes inflated"
    return DocumentFault("document_too_large", said)


def _corrupt(said: str) -> DocumentFault:
    return DocumentFault("archive_corrupt", said[:200] or "the zip is cut off")
