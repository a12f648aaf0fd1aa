"""What a body is, from its bytes."""

from __future__ import annotations

import pytest
from word import ODT, zipped

from etl.documents.formaat import formaat_of
from etl.errors import DocumentFault

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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
        (b"<div class='vraag'><h2>Vraag 1</h2></div>", "html"),
        (b"\n  <P>Vraag 1</P>", "html"),
        (b"<!-- een --> <!-- twee -->\n<h2>Vraag 1</h2>", "html"),
        (b"<?xml version='1.0'?><div/>", "html"),
        (b"<BODY BGCOLOR=white>", "html"),
        (b"<ol><li>x</li></ol>", "html"),
        (b"<table>", "html"),
        ("<div>x</div>".encode("utf-16"), "html"),
        (b"<vraagdoc><body/></vraagdoc>", "xml"),
        (b"<divers/>", "xml"),
        (b"<!-- <div> --><kamervragen/>", "xml"),
        (b"<!-- " * 800, "xml"),
        (b"Vragen van het lid Podt (D66)", "tekst"),
        ("Antwoord van Minister Koolmees – é".encode(), "tekst"),
        (zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "docx"),
        (zipped({"mimetype": ODT, "content.xml": "<x/>"}), "odt"),
        (zipped({"META-INF/manifest.xml": "<x/>", "content.xml": "<x/>"}), "odt"),
    ],
)
def test_the_bytes_say_the_form(body: bytes, formaat: str) -> None:
    assert formaat_of(body) == formaat


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"PK\x03\x04 photo.jpg", "a zip that is no Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (OLE + "WordDocument".encode("utf-16-le"), r"old Word file \(.doc\): save it"),
        (b"{\\rtf1\\ansi Vraag 1}", r"Rich Text file \(.rtf\): save it"),
        (b"\x00\x01\x02binary", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    ],
)
def test_other_bytes_are_refused_with_what_they_are(body: bytes, said: str) -> None:
    with pytest.raises(DocumentFault, match=said) as caught:
        formaat_of(body)
    assert caught.value.code == "format_unknown"


def test_a_word_file_that_needs_a_password_is_told_from_an_old_one() -> None:
    with pytest.raises(DocumentFault) as caught:
        formaat_of(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert caught.value.code == "archive_encrypted"
