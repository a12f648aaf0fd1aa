"""Bodies: bounded, and never short."""

from __future__ import annotations

import gzip

import pytest

from etl.errors import DocumentFault, TransientError
from etl.sources.body import read_body

TEXT = bytes(range(256)) * 2000


def pieces(data: bytes, size: int = 1000) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def read(
    data: bytes, encoding: str = "gzip", wire: int = 10**7, cap: int = 10**7
) -> bytes:
    return read_body(pieces(data), encoding, wire, cap)


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_a_plain_body_is_read_as_it_is(encoding: str) -> None:
    assert read(TEXT, encoding) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip"])
def test_a_gzip_body_is_inflated(encoding: str) -> None:
    assert read(gzip.compress(TEXT), encoding) == TEXT


def test_several_gzip_members_are_one_body() -> None:
    assert read(gzip.compress(TEXT) + gzip.compress(b"end")) == TEXT + b"end"


def test_a_highly_compressed_body_is_read_to_its_end() -> None:
    assert read(gzip.compress(bytes(5_000_000))) == bytes(5_000_000)


def test_no_body_at_all_is_an_empty_one() -> None:
    assert read(b"") == b""


def test_a_gzip_body_cut_anywhere_is_noticed() -> None:
    whole = gzip.compress(b"Vraag 1. Klopt het bericht?" * 5)
    for length in range(1, len(whole)):
        with pytest.raises(TransientError):
            read(whole[:length])


@pytest.mark.parametrize("junk", [b"not gzip", gzip.compress(TEXT) + b"junk"])
def test_a_broken_gzip_body_is_tried_again(junk: bytes) -> None:
    with pytest.raises(TransientError, match="gzip"):
        read(junk)


def test_a_bomb_is_too_large_before_it_is_inflated() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    taken = []

    def chunks():
        for piece in pieces(bomb, 100):
            taken.append(piece)
            yield piece

    with pytest.raises(DocumentFault) as raised:
        read_body(chunks(), "gzip", 10**7, 1_000_000)
    assert raised.value.code == "document_too_large"
    assert len(taken) * 100 < len(bomb) / 10


def test_an_endless_body_ends_at_the_cap() -> None:
    def endless():
        while True:
            yield bytes(1000)

    with pytest.raises(DocumentFault, match="on the wire"):
        read_body(endless(), "", 5_000, 10**9)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(DocumentFault) as raised:
        read(b"x", encoding)
    assert raised.value.code == "format_unknown"
