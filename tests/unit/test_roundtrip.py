"""Any publication, set in a form and read from it again, is the same publication.

References are derived from the texts and flags say what is odd: neither is set by the
renderers, so neither is compared here.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made import as_read, publicaties
from rendering import as_html, as_pdf_text, as_xml

from etl.documents import understand
from etl.model.publicatie import Publicatie

DERIVED = ("verwijzingen", "signalen")


def no_pdf(_body: bytes) -> Any:
    raise AssertionError("no PDF is read here")


def compared(publicatie: Publicatie) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(json.dumps(publicatie.as_json()))
    return {name: value[name] for name in value if name not in DERIVED}


def read(body: bytes) -> dict[str, Any]:
    return compared(understand(body, read_pdf=no_pdf).publicatie)


@given(publicaties())
@settings(max_examples=30)
def test_a_publication_made_into_xml_is_read_back_the_same(made: Publicatie) -> None:
    assert read(as_xml(made)) == compared(as_read(made))


@given(publicaties())
@settings(max_examples=30)
def test_a_publication_made_into_html_is_read_back_the_same(made: Publicatie) -> None:
    assert read(as_html(made)) == compared(as_read(made))


@given(publicaties(), st.booleans())
@settings(max_examples=30)
def test_the_plain_text_of_a_pdf_is_read_back_the_same(
    made: Publicatie, lone: bool
) -> None:
    assert read(as_pdf_text(made, lone=lone)) == compared(as_read(made))
