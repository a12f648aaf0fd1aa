"""Publications made at will: what a renderer sets and a reader has to give back.

In the texts `NOTE` marks where a note is referred to and `PARAGRAPH` where a new
paragraph begins; `as_read` is the same publication as a reader knows it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st
from rendering import NOTE, PARAGRAPH

from etl.documents.uitstel import reason_of
from etl.model.publicatie import (
    Ambt,
    Bewindspersoon,
    Bijlage,
    Blok,
    Deel,
    Indiener,
    Noot,
    Publicatie,
    Rol,
    Soort,
    ZieOok,
)

# Plain text cannot tell a number of up to three digits at the beginning of a line or
# stuck to a word from a note marker, so the words hold years and prices only.
WORDS = st.sampled_from(
    [
        "aan- en uitbouw",
        *(
            "het de een bericht Yeşilgöz Kostić geïnformeerd coördinatie «gratis» “vrij” ’s "
            "CO₂ € 2019 Europese EU-lidstaten verantwoordelijkheid en of – naïef (zie "
            "hierna) België; Financiën, over van Çelik c.q. m.b.t. vraag antwoord & Kamer "
            "zee-eend beantwoording gemeenten: Toelichting bijlage ontvangen"
        ).split(),
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=24).flatmap(
    lambda words: st.sampled_from(".?").map(
        lambda end: f"Zo {' '.join(words)} verder{end}"
    )
)
MARKERS = ("", "– ", "• ", "a. ")
NAMES = st.sampled_from(["Podt", "Van der Lee", "Inge van Dijk", "Kostić", "El Abassi"])
PARTIES = st.sampled_from(["D66", "GroenLinks-PvdA", "Groep Van Haga", "50PLUS"])
OFFICES = st.builds(
    Ambt,
    functie=st.sampled_from(["Minister", "Staatssecretaris"]),
    ministerie=st.sampled_from(
        ["Financiën", "Justitie en Veiligheid", "Volksgezondheid, Welzijn en Sport"]
    ),
)
DAYS = st.dates(date(2010, 1, 1), date(2026, 1, 1))
SUBJECTS = st.lists(
    st.sampled_from("de TOZO «vrij reizen» geïnde CO₂-heffing € over België".split()),
    min_size=1,
    max_size=14,
).map(lambda words: f"het bericht {' '.join(words)}")
NOTICES = (
    (
        "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord, omdat "
        "de benodigde afstemming meer tijd behoeft."
    ),
    "De vragen zijn beantwoord middels een brief over het akkoord.",
)
ADDITION = "Deze vragen dienen ter aanvulling op eerdere vragen van het lid Podt (D66)."


def label_of(subject: str, numbers: list[int], *, run: bool) -> str:
    """As printed: "Vraag 2, 3 en 5", "Antwoord 1 t/m 4"."""
    *before, last = map(str, numbers)
    if run and numbers == list(range(numbers[0], numbers[-1] + 1)) and len(before) > 1:
        return f"{subject} {before[0]} t/m {last}"
    return f"{subject} {', '.join(before)} en {last}" if before else f"{subject} {last}"


class Writer:
    """Draws texts and, in the order of reading, the notes that they refer to."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.noten: list[Noot] = []

    def text(self) -> str:
        """One to three paragraphs, some of them items of a list."""
        markers = self.draw(st.lists(st.sampled_from(MARKERS), max_size=2))
        paragraphs = [marker + self._sentence() for marker in ("", *markers)]
        return PARAGRAPH.join(paragraphs)

    def _sentence(self) -> str:
        text: str = self.draw(SENTENCES)
        for _ in range(self.draw(st.sampled_from((0, 0, 0, 1, 2)))):
            text += self._note()
        return text if self.draw(st.booleans()) else f"{text} {self.draw(SENTENCES)}"

    def _note(self) -> str:
        url = self.draw(st.sampled_from(["", "https://nos.nl/artikel/1-een-bericht"]))
        number = str(len(self.noten) + 1)
        text = f"{self.draw(SENTENCES)} {url}".strip()
        self.noten.append(Noot(nummer=number, tekst=text, urls=(url,) if url else ()))
        return NOTE.format(number)

    def blok(self, subject: str, numbers: list[int]) -> Blok:
        label = label_of(subject, numbers, run=self.draw(st.booleans()))
        return Blok(label=label, nummers=tuple(map(str, numbers)), tekst=self.text())


def _groups(draw: st.DrawFn) -> list[list[int]]:
    """The numbers 1 to n, those answered together in one list."""
    places = draw(st.lists(st.integers(0, 5), min_size=1, max_size=6))
    return [
        [number for number, place in enumerate(places, 1) if place == group]
        for group in dict.fromkeys(places)
    ]


@st.composite
def publicaties(draw: st.DrawFn) -> Publicatie:
    """An answer or a notice of the Tweede Kamer in 2020-2021."""
    writer, vragen, antwoorden = Writer(draw), [], []
    notice = draw(st.sampled_from([None, None, None, *NOTICES]))
    for numbers in _groups(draw):
        together = draw(st.booleans())
        parts = [numbers] if together else [[number] for number in numbers]
        vragen += [writer.blok("Vraag", part) for part in parts]
        if notice is None:
            antwoorden.append(writer.blok("Antwoord", numbers))
    toelichting = ADDITION if draw(st.booleans()) else None
    labels = ["Bijlage"] if draw(st.booleans()) else []
    bijlagen = [Bijlage(label=label, tekst=writer.text()) for label in labels]
    number = draw(st.integers(3, 4000))
    late = notice == NOTICES[0]
    return Publicatie(
        identifier=f"ah-tk-20202021-{number}",
        kamer="tk",
        vergaderjaar="2020-2021",
        aanhangselnummer=number,
        soort=Soort.ANTWOORD
        if notice is None
        else (Soort.UITSTEL if late else Soort.MEDEDELING),
        **_heading(draw),
        vragen=tuple(vragen),
        antwoorden=tuple(antwoorden),
        noten=tuple(writer.noten),
        bijlagen=tuple(bijlagen),
        mededeling=notice,
        reden_uitstel=reason_of(notice) if notice and late else None,
        toelichting=toelichting,
    )


def _heading(draw: st.DrawFn) -> dict[str, Any]:
    main = draw(OFFICES)
    along = draw(st.lists(OFFICES, max_size=2, unique=True))
    first = Bewindspersoon(
        naam=draw(NAMES),
        functie=main.functie,
        ministerie=main.ministerie,
        rol=Rol.ANTWOORD,
    )
    others = (
        Bewindspersoon(
            naam=None, functie=a.functie, ministerie=a.ministerie, rol=Rol.MEDE_NAMENS
        )
        for a in along
    )
    names = draw(st.lists(NAMES, min_size=1, max_size=3))
    numbers = draw(st.lists(st.integers(1, 4000), max_size=2))
    return {
        "onderwerp": draw(SUBJECTS),
        "ingezonden": draw(DAYS),
        "ontvangen": draw(DAYS),
        "indieners": tuple(Indiener(naam=n, fractie=draw(PARTIES)) for n in names),
        "gericht_aan": tuple(
            draw(st.lists(OFFICES, min_size=1, max_size=2, unique=True))
        ),
        "bewindspersonen": (first, *others),
        "zie_ook": tuple(
            ZieOok(vergaderjaar="2019-2020", aanhangselnummer=n) for n in numbers
        ),
    }


def as_read(made: Publicatie) -> Publicatie:
    """Texts without marks, and at each note where it is referred to."""
    places = dict(_places(made))
    return replace(
        made,
        vragen=tuple(map(_plain, made.vragen)),
        antwoorden=tuple(map(_plain, made.antwoorden)),
        bijlagen=tuple(map(_plain, made.bijlagen)),
        noten=tuple(
            replace(n, deel=places[n.nummer][0], deel_volgorde=places[n.nummer][1])
            for n in made.noten
        ),
    )


def _plain(blok: Any) -> Any:
    text = re.sub("\x02[^\x03]*\x03", "", blok.tekst)
    return replace(blok, tekst=" ".join(text.replace(PARAGRAPH, " ").split()))


def _places(made: Publicatie) -> Any:
    for deel, blokken in (
        (Deel.VRAAG, made.vragen),
        (Deel.ANTWOORD, made.antwoorden),
        (Deel.BIJLAGE, made.bijlagen),
    ):
        for place, blok in enumerate(blokken, start=1):
            for number in re.findall("\x02([^\x03]*)\x03", blok.tekst):
                yield number, (deel, place)
