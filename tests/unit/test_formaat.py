"""What a body is, from its bytes."""

from __future__ import annotations

import pytest

from etl.documents.formaat import formaat_of
from etl.errors import DocumentFault


@pytest.mark.parametrize(
    ("body", "formaat"),
    [
        (b"%PDF-1.4\n...", "pdf"),
        (b"junk" * 250 + b"%PDF-1.4", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.7", "pdf"),
        (b"<?xml version='1.0'?><officiele-publicatie/>", "xml"),
        (b"\n\n <kamervragen/>", "xml"),
        (b"\xef\xbb\xbf<officiele-publicatie/>", "xml"),
        ("<officiele-publicatie/>".encode("utf-16"), "xml"),
        ("<officiele-publicatie/>".encode("utf-16-be"), "xml"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html>", "html"),
        (b"<HTML lang=nl>", "html"),
        ("<html><p>x</p></html>".encode("utf-16"), "html"),
        (b"Vragen van het lid Podt (D66)", "tekst"),
        ("Antwoord van Minister Koolmees – é".encode(), "tekst"),
    ],
)
def test_the_bytes_say_the_form(body: bytes, formaat: str) -> None:
    assert formaat_of(body) == formaat


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"PK\x03\x04 word/document.xml", "Word or zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word or zip"),
        (b"\x00\x01\x02binary", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    ],
)
def test_other_bytes_are_refused_with_what_they_are(body: bytes, said: str) -> None:
    with pytest.raises(DocumentFault, match=said) as caught:
        formaat_of(body)
    assert caught.value.code == "format_unknown"
