"""Names as printed, and what of them is the surname."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lookup import lookup
from etl.model.naam import Naam, naam_of


@pytest.mark.parametrize(
    ("printed", "tussenvoegsel", "achternaam"),
    [
        ("Boswijk", None, "Boswijk"),
        ("Kostić", None, "Kostić"),
        ("Gill’ard", None, "Gill'ard"),
        ("Agnes Mulder", None, "Mulder"),
        ("Tjeerd de Groot", "de", "Groot"),
        ("Romke de Jong", "de", "Jong"),
        ("Jan Jacob van Dijk", "van", "Dijk"),
        ("Van der Plas", "van der", "Plas"),
        ("Van Weyenberg", "van", "Weyenberg"),
        ("Van den Berge", "van den", "Berge"),
        ("Van Haersma Buma", "van", "Haersma Buma"),
        ("Van Kooten-Arissen", "van", "Kooten-Arissen"),
        ("Ten Broeke", "ten", "Broeke"),
        ("Uit den Boogaard", "uit den", "Boogaard"),
        ("’t Wout", "'t", "Wout"),
        ("Van ’t Wout", "van 't", "Wout"),
        ("van’t Hoff", "van 't", "Hoff"),
        ("in 't Veld", "in 't", "Veld"),
        ("inge vanDijk", "van", "Dijk"),
        ("Inge vanDijk", "van", "Dijk"),
        ("DeGroot", "de", "Groot"),
        ("Yeşilgöz-Zegerius", None, "Yeşilgöz-Zegerius"),
        ("Faber – van de Klashorst", None, "Faber-van de Klashorst"),
        ("Faber-Van de Klashorst", None, "Faber-Van de Klashorst"),
        ("Marjolein Faber-van de Klashorst", None, "Faber-van de Klashorst"),
        ("Esmé Wiegman-van Meppelen Scheppink", None, "Wiegman-van Meppelen Scheppink"),
        ("El Abassi", None, "El Abassi"),
        ("Zohair El Yassini", None, "El Yassini"),
        ("A.B. Visser", None, "Visser"),
        ("Ch. van der Wal", "van der", "Wal"),
        ("dr. H.G.J. Kamp", None, "Kamp"),
        ("Koşer Kaya", None, "Koşer Kaya"),
        ("Koser Kaya", None, "Koser Kaya"),
        ("Jesse Six Dijkstra", None, "Six Dijkstra"),
        ("McDonald", None, "McDonald"),
    ],
)
def test_the_surname_of_a_member(
    printed: str, tussenvoegsel: str | None, achternaam: str
) -> None:
    found = naam_of(printed, lookup().achternamen, first_names=True)
    assert found == Naam(achternaam, tussenvoegsel)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Van",
        "de",
        "Jan Kees Mulder",
        "Agnes mulder",
        "Mulder 3",
        "Mulder (CDA",
        "de heer X Y",
        "Vragen van",
        "M. ",
        "x" * 101,
    ],
)
def test_what_is_not_certain_is_left_open(printed: str) -> None:
    assert naam_of(printed, lookup().achternamen, first_names=True) is None


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("De Jonge", Naam("Jonge", "de")),
        ("Bruins Slot", Naam("Bruins Slot", None)),
        ("Schultz van Haegen", Naam("Schultz van Haegen", None)),
        ("J.C. de Jager", Naam("Jager", "de")),
        # a first name, or the first half of a surname that nobody wrote down
        ("Mona Keijzer", None),
        ("Jansen van Haegen", None),
    ],
)
def test_a_minister_is_printed_by_surname_only(
    printed: str, found: Naam | None
) -> None:
    assert naam_of(printed, lookup().achternamen, first_names=False) == found


@given(st.text(alphabet="aA vVdDeEnNtT'’-–.éşX", max_size=100))
def test_a_surname_is_never_a_particle(printed: str) -> None:
    found = naam_of(printed, frozenset(), first_names=True)
    assert found is None or found.achternaam[:1].isupper()
