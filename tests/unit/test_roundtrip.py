"""Any publication, set in a form and read from it again, is the same publication.

References are derived from the texts and flags say what is odd: neither is set by the
renderers, so neither is compared here.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import as_read, publicaties
from rendering import NOTE, as_html, as_pdf_text, as_xml

from etl.documents import understand
from etl.model.publicatie import Blok, Deel, Publicatie

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


ROOT = Path(__file__).resolve().parents[2]
REAL = sorted(
    [
        *(ROOT / "tests" / "examples" / "publicatie").glob("*.xml"),
        *(ROOT / "etl" / "demo" / "data").glob("*/ah-*.xml"),
    ]
)
SET = ("kamer", "vergaderjaar", "identifier", "aanhangselnummer")
"""What the renderers print of their own: they know one vergaderjaar only."""


def referring(made: Publicatie) -> Publicatie:
    """A publication as read, with its notes marked at the end of their blocks."""

    def marked(deel: Deel, blokken: tuple[Blok, ...]) -> tuple[Blok, ...]:
        return tuple(
            replace(blok, tekst=blok.tekst + "".join(marks(deel, place)))
            for place, blok in enumerate(blokken, start=1)
        )

    def marks(deel: Deel, place: int) -> list[str]:
        there = [n for n in made.noten if (n.deel, n.deel_volgorde) == (deel, place)]
        return [NOTE.format(noot.nummer) for noot in there]

    return replace(
        made,
        vragen=marked(Deel.VRAAG, made.vragen),
        antwoorden=marked(Deel.ANTWOORD, made.antwoorden),
    )


def without_set(value: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in value.items() if k not in SET}


@pytest.mark.parametrize("render", [as_html, as_pdf_text], ids=["html", "pdf"])
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_publication_says_the_same_in_another_form(
    path: Path, render: Any
) -> None:
    publicatie = understand(path.read_bytes(), read_pdf=no_pdf).publicatie
    found = read(render(referring(publicatie)))
    assert without_set(found) == without_set(compared(publicatie))
