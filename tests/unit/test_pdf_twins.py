"""What a person read in real publications, set as a PDF again, is read back."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from typeset import BOTTOM, Text, Typesetter, up

from etl.documents import understand
from etl.documents.pdf import read_pdf

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "publicatie"
EXPECTED = sorted(
    path
    for path in EXAMPLES.glob("*.expected.json")
    if path.read_text("utf-8").count('"tekst"')
    >= path.read_text("utf-8").count('"nummers"')
    > 0
)
"""Those of which a person read every text, and not the labels alone."""

Blok = dict[str, Any]


class Setting:
    """Sets blocks down the pages, a note at the foot of the page that refers to it."""

    def __init__(self, *, tagged: bool, width: int) -> None:
        self.page = Typesetter(tagged=tagged).head()
        self.width = width
        self.notes: list[tuple[str, ...]] = []

    def block(self, blok: Blok, noten: list[Blok]) -> None:
        """One block, referring to the notes at its end."""
        lines: list[Text] = list(self._wrapped(blok["tekst"], self.width))
        markers = (up(noot["nummer"]) for noot in noten)
        lines[-1] = (str(lines[-1]), *markers)
        new = [
            (noot["nummer"], *self._wrapped(noot["tekst"], self.width + 20))
            for noot in noten
        ]
        if self._room() < 60 or self._height(self.notes + new) > 400:
            self.turn()
        self.page.label(blok["label"])
        for line in lines:
            needed = 12 + (self._height(new) if line is lines[-1] else 0)
            if self._room() < needed:
                self.turn()
            self.page.text(line)
        self.notes += new

    def turn(self) -> None:
        """End the page with its notes and foot."""
        self.page.notes(*self.notes).foot()
        self.page.page()
        self.notes = []

    def _room(self) -> float:
        return self.page.y - BOTTOM - self._height(self.notes) - 20

    @staticmethod
    def _height(notes: list[tuple[str, ...]]) -> float:
        return 9.0 * sum(len(note) - 1 for note in notes)

    @staticmethod
    def _wrapped(text: str, width: int) -> list[str]:
        return textwrap.wrap(
            text, width, break_long_words=False, break_on_hyphens=False
        )


def first_number(blok: Blok) -> int:
    return int(re.findall(r"\d+", blok["nummers"][0])[0])


def pdf_of(expected: Blok, *, tagged: bool, width: int) -> bytes:
    """Questions and answers in the order of their numbers, notes spread over them."""
    setting = Setting(tagged=tagged, width=width)
    blocks = sorted(expected["vragen"] + expected["antwoorden"], key=first_number)
    noten = list(expected["noten"])
    share = -(-len(noten) // len(blocks))
    for blok in blocks:
        setting.block(blok, noten[:share])
        del noten[:share]
    setting.turn()
    return setting.page.pdf()


@pytest.mark.parametrize("width", [62, 76])
@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_a_publication_set_as_a_pdf_is_read_back(
    path: Path, tagged: bool, width: int
) -> None:
    expected = json.loads(path.read_text("utf-8"))
    body = pdf_of(expected, tagged=tagged, width=width)
    publicatie = understand(body, read_pdf=read_pdf).publicatie
    for kind in ("vragen", "antwoorden"):
        read = [
            {"label": blok.label, "nummers": list(blok.nummers), "tekst": blok.tekst}
            for blok in getattr(publicatie, kind)
        ]
        assert read == expected[kind]
    assert [noot.tekst for noot in publicatie.noten] == [
        noot["tekst"] for noot in expected["noten"]
    ]
    # A notice's own text is no block, so its questions go without answer here.
    assert {flag.code for flag in publicatie.signalen} <= {"antwoord_ontbreekt"}
