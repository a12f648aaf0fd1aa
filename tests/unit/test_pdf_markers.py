"""PDFs: note markers in every shape that publications print them in."""

from __future__ import annotations

import pytest
from typeset import Text, Typesetter, down, up

from etl.documents import understand
from etl.documents.readers.pdf import read_pdf

NOTES = (("1", "Een noot"), ("2", "Nog een noot"), ("3", "De derde noot"))
Case = tuple[Text, int, str]

CASES: list[Case] = [
    (("samen", up("1, 2 en 3"), " uit"), 3, "samen uit"),
    (("samen", up("1–3"), "."), 3, "samen."),
    (("samen", up("1 t/m 3"), "."), 3, "samen."),
    (("samen", up("1,2"), " uit"), 2, "samen uit"),
    (("samen", up("1"), up(","), up("2"), " uit"), 2, "samen uit"),
    (("samen", up("1"), up(", "), up("2"), up(" en "), up("3"), "."), 3, "samen."),
    (("samen", up("1"), " ", up("2"), "."), 2, "samen."),
    (("«Zo", up("1"), "», zei hij"), 1, "«Zo», zei hij"),
    (("10", up("2"), " mol", up("1"), " en b", up("2")), 2, "102 mol en b"),
    (("10", up("3"), " mol", up("1"), " en b", up("2"), up("3")), 3, "103 mol en b"),
    (("in 2010", up("1"), " en 2022", up("2"), " dus"), 2, "in 2010 en 2022 dus"),
    (("NO", down("x"), " en PM", down("2,5"), up("1"), "."), 1, "NOx en PM2,5."),
    (("5 kWh/m", up("2"), up("1"), " en", up("2")), 2, "5 kWh/m2 en"),
    (("de 19", up("de"), " eeuw", up("1")), 1, "de 19de eeuw"),
    (("2", up("½"), " jaar", up("1")), 1, "2½ jaar"),
]


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])
@pytest.mark.parametrize(("line", "notes", "text"), CASES)
def test_a_line_keeps_its_text_and_loses_its_markers(
    line: Text, notes: int, text: str, tagged: bool
) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat nu?")
    page.label("Antwoord 1").text(line).notes(*NOTES[:notes]).foot()
    found = understand(page.pdf(), read_pdf=read_pdf)
    assert [blok.tekst for blok in found.publicatie.antwoorden] == [text]
    assert [noot.deel for noot in found.publicatie.noten] == ["antwoord"] * notes
    assert (found.publicatie.signalen, found.dekking) == ((), 1.0)


def test_a_number_that_is_drawn_digit_by_digit_is_one() -> None:
    notes = [(str(number), f"Noot {number}") for number in range(1, 13)]
    page = Typesetter().head().label("Vraag 1")
    page.text(*((f"regel {number}", up(number)) for number, _ in notes[:11]))
    page.label("Antwoord 1").text(("Ja", up("1"), up("2"), "."))
    page.notes(*notes).foot()
    publicatie = understand(page.pdf(), read_pdf=read_pdf).publicatie
    assert publicatie.antwoorden[0].tekst == "Ja."
    assert publicatie.signalen == ()


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])
def test_the_heading_may_refer_to_a_note(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head()
    page.pages[-1] = [ops for ops in page.pages[-1] if "Podt" not in ops]
    page.y += 33
    page.text(
        "Vragen van het lid Podt (D66) aan de Minister van Financiën over het",
        ("bericht «Geld»", up("1"), " (ingezonden 30 mei 2024)."),
        "Antwoord van Minister Hoekstra (Financiën) (ontvangen 7 juni 2024).",
    )
    page.label("Vraag 1").text(("Wat nu?", up("2"))).label("Antwoord 1").text("Dit.")
    found = understand(page.notes(*NOTES[:2]).foot().pdf(), read_pdf=read_pdf)
    assert found.publicatie.onderwerp == "het bericht «Geld»"
    assert str(found.publicatie.ingezonden) == "2024-05-30"
    assert [noot.deel for noot in found.publicatie.noten] == ["kop", "vraag"]
    assert found.publicatie.signalen == ()
