"""Names as printed, and what of them is the surname."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lookup import lookup
from etl.model.naam import ActorNaam, Naam, naam_of, name_of_actor


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


@pytest.mark.parametrize(
    ("written", "roepnaam", "tussenvoegsel", "achternaam", "initialen"),
    [
        ("Songül Mutluer (S.)", "Songül", None, "Mutluer", "S."),
        ("Wybren van Haga (W.R.)", "Wybren", "van", "Haga", "W.R."),
        ("Hanke Bruins Slot (H.G.J.)", "Hanke", None, "Bruins Slot", "H.G.J."),
        ("E.N.A.J. Schreinemacher", None, None, "Schreinemacher", "E.N.A.J."),
        ("Th.J.A.M. de Bruijn", None, "de", "Bruijn", "Th.J.A.M."),
        ("Ch. van der Wal-Zeggelink", None, "van der", "Wal-Zeggelink", "Ch."),
        ("F.Q. Gräper-van Koolwijk", None, None, "Gräper-van Koolwijk", "F.Q."),
        ("R.A. (Rik) Janssen", "Rik", None, "Janssen", "R.A."),
        ("Rosenthal (U)", None, None, "Rosenthal", "U"),
        ("Hirsch Ballin (EMH)", None, None, "Hirsch Ballin", "EMH"),
        ("Piet Hein Donner (J.P.H.)", "Piet Hein", None, "Donner", "J.P.H."),
        ("Aant Jelle Soepboer (A.J.)", "Aant Jelle", None, "Soepboer", "A.J."),
        ("Jan Jacob van Dijk (J.J.)", "Jan Jacob", "van", "Dijk", "J.J."),
        ("Fatma Koşer Kaya (F.)", "Fatma", None, "Koşer Kaya", "F."),
        ("Ismail el Abassi (I.)", "Ismail", "el", "Abassi", "I."),
        ("Zohair El Yassini (Z.)", "Zohair", None, "El Yassini", "Z."),
        ("Bas van 't Wout (B.)", "Bas", "van 't", "Wout", "B."),
        (
            "Ine Aasted-Madsen-van Stiphout (J.D.M.P.)",
            "Ine",
            None,
            "Aasted-Madsen-van Stiphout",
            "J.D.M.P.",
        ),
        (
            "Frans de Nerée tot Babberich (F.J.F.M.)",
            "Frans",
            "de",
            "Nerée tot Babberich",
            "F.J.F.M.",
        ),
    ],
)
def test_an_actor_of_a_zaak(
    written: str,
    roepnaam: str | None,
    tussenvoegsel: str | None,
    achternaam: str,
    initialen: str,
) -> None:
    assert name_of_actor(written, lookup().achternamen) == ActorNaam(
        roepnaam=roepnaam,
        tussenvoegsel=tussenvoegsel,
        achternaam=achternaam,
        initialen=initialen,
    )


@pytest.mark.parametrize(
    "written",
    [
        "",
        "TK",
        "Songül Mutluer",
        "Vaste commissie voor Financiën (Fin)",
        "S. Mutluer (S.)",
        "S. (Songül) Özen Mutluer",
        "Anna Berg Maas (J.)",
        "Anna (A.) Maas",
        "A" * 200 + " (A.)",
    ],
)
def test_no_actor_is_taken_apart_by_guess(written: str) -> None:
    assert name_of_actor(written, lookup().achternamen) is None


@given(st.text(alphabet="AbJ.() -'vane", max_size=60))
def test_any_words_of_an_actor_are_taken_apart_or_not(written: str) -> None:
    found = name_of_actor(written)
    assert found is None or found.achternaam in " ".join(written.split())
