"""A response body, bounded on the wire and inflated; a short one is noticed.

httpx accepts a gzip stream that lacks its end, and inflates a whole network chunk
at once, however large it becomes. So the bytes are inflated here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from etl.errors import DocumentFault, TransientError

WIRE_CAP = 64 * 1024 * 1024
"""Bytes of a body as it is sent."""

DECODED_CAP = 75_000_000
"""Bytes of a body once it is inflated, and of a file."""

_PIECE = 65_536


def read_body(
    chunks: Iterable[bytes], encoding: str, wire_cap: int, decoded_cap: int
) -> bytes:
    """The whole body. `encoding` is the Content-Encoding, empty for none.

    Raises DocumentFault (`document_too_large`, or `format_unknown` for an encoding
    that was not asked for), TransientError for a body that ends early.
    """
    bounded = _within(chunks, wire_cap, "on the wire")
    if encoding in ("", "identity"):
        return b"".join(_within(bounded, decoded_cap, "in all"))
    if encoding in ("gzip", "x-gzip"):
        return b"".join(_within(_inflated(bounded), decoded_cap, "inflated"))
    raise DocumentFault(
        "format_unknown", f"sent in an encoding that was not asked for: {encoding!r}"
    )


def _within(chunks: Iterable[bytes], cap: int, where: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > cap:
            raise DocumentFault(
                "document_too_large", f"more than {cap:,} bytes {where}"
            )
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(wbits=31)
    empty = True
    try:
        for chunk in chunks:
            rest, empty = chunk, empty and not chunk
            while rest:
                if inflater.eof:
                    inflater = zlib.decompressobj(wbits=31)
                yield inflater.decompress(rest, _PIECE)
                rest = inflater.unconsumed_tail or inflater.unused_data
        while not inflater.eof and (piece := inflater.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise TransientError(f"a broken gzip body ({error})") from error
    if not inflater.eof and not empty:
        raise TransientError("a gzip body that ends early")
