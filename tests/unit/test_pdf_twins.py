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
from etl.documents.readers.pdf import read_pdf

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "publicatie"
EXPECTED = sorted(
    path
    for path in EXAMPLES.glob("ah-*.expected.json")
    if path.read_text("utf-8").count('"tekst"')
    >= path.read_text("utf-8").count('"nummers"')
    > 0
)
"""Those of which a person read every text, and not the labels alone."""

Blok = dict[str, Any]


SYLLABLE = re.compile(
    r"(?<=[aeiouyéëïöü])(?=[bcdfghjklmnpqrstvwz][aeiouéëïöü])"
    r"|(?<=[aeiou][bcdfgklmnprst])(?=[bdfghklmnprstvwz][aeiou])"
)
"""Where a typesetter may break a Dutch word."""


def broken(text: str, width: int) -> list[str]:
    """Lines of at most so many letters, filled up with the first part of a word."""
    lines = [""]
    for word in text.split(" "):
        room = width - len(lines[-1]) - 2
        if len(word) > room + 1 and lines[-1]:
            cut = _cut(word, room)
            if cut:
                hyphen = "" if word[cut - 1] == "-" else "-"
                lines[-1] += f" {word[:cut]}{hyphen}"
            lines.append(word[cut:])
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def _cut(word: str, room: int) -> int:
    """How many letters go on the line: up to an own hyphen, or a syllable."""
    if "http" in word or "www" in word:
        return 0
    own = word.rfind("-", 0, room) + 1
    core = re.fullmatch(r"[«(]?([a-zà-ÿ]{4,})[.,;:?!»)]*", word)
    if own > 1 or core is None or room < 4:
        return max(own, 0) if own > 1 else 0
    start = core.start(1)
    places = [m.start() + start for m in SYLLABLE.finditer(core[1])]
    return max(
        (p for p in places if start + 2 <= p <= min(room, len(word) - 3)), default=0
    )


class Setting:
    """Sets blocks down the pages, a note at the foot of the page that refers to it."""

    def __init__(self, *, tagged: bool, width: int, hyphens: bool = False) -> None:
        self.page = Typesetter(tagged=tagged).head()
        self.width = width
        self.hyphens = hyphens
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

    def _wrapped(self, text: str, width: int) -> list[str]:
        if self.hyphens:
            return broken(text, width)
        return textwrap.wrap(
            text, width, break_long_words=False, break_on_hyphens=False
        )


def first_number(blok: Blok) -> int:
    return int(re.findall(r"\d+", blok["nummers"][0])[0])


def pdf_of(expected: Blok, *, tagged: bool, width: int, hyphens: bool = False) -> bytes:
    """Questions and answers in the order of their numbers, notes spread over them."""
    setting = Setting(tagged=tagged, width=width, hyphens=hyphens)
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


@pytest.mark.parametrize("width", [72, 76])
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_words_broken_at_the_ends_of_lines_are_made_whole(
    path: Path, width: int
) -> None:
    expected = json.loads(path.read_text("utf-8"))
    body = pdf_of(expected, tagged=True, width=width, hyphens=True)
    publicatie = understand(body, read_pdf=read_pdf).publicatie
    for kind in ("vragen", "antwoorden"):
        read = [blok.tekst for blok in getattr(publicatie, kind)]
        assert read == [blok["tekst"] for blok in expected[kind]]
    assert [noot.tekst for noot in publicatie.noten] == [
        noot["tekst"] for noot in expected["noten"]
    ]


def test_enough_words_are_broken() -> None:
    count = 0
    for path in EXPECTED:
        expected = json.loads(path.read_text("utf-8"))
        body = pdf_of(expected, tagged=True, width=76, hyphens=True)
        count += body.count(b"-) Tj")
    assert count > 300
