"""Everything that a publication says is in its rows, and in its former versions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hand import understood

from etl.dedupe import Decision
from etl.model.publicatie import Bijlage, Deel, Noot, Publicatie, Soort


def whole(**changes: Any) -> Publicatie:
    """With all that a row can hold."""
    given: dict[str, Any] = {
        "bijlagen": (Bijlage(label="Bijlage 1", tekst="Tabel."),),
        "noten": (
            Noot(nummer="1", tekst="NRC", deel=Deel.ANTWOORD, deel_volgorde=2),
            Noot(nummer="2", tekst="FD", deel=Deel.KOP),
        ),
        "soort": Soort.UITSTEL,
        "reden_uitstel": "omdat afstemming meer tijd behoeft",
        **changes,
    }
    return understood(**given)


def test_names_have_their_normal_form_beside_them(load: Any, database: Any) -> None:
    load(whole())
    assert database.query(
        "select naam, fractie, fractie_code, tussenvoegsel, achternaam"
        " from aanhangsel.indiener order by volgorde"
    ) == [
        ("Agnes Mulder", "CDA", "CDA", None, "Mulder"),
        ("Boswijk", "CDA", "CDA", None, "Boswijk"),
    ]
    assert database.query(
        "select naam, ministerie_code, tussenvoegsel, achternaam"
        " from aanhangsel.bewindspersoon order by volgorde"
    ) == [(None, "BZ", None, None), ("Hoekstra", "BZ", None, "Hoekstra")]


def test_where_notes_stand_and_what_is_annexed_is_stored(
    load: Any, database: Any
) -> None:
    load(whole(), dekking=0.9975)
    assert database.query(
        "select nummer, deel, deel_volgorde from aanhangsel.noot order by volgorde"
    ) == [("1", "antwoord", 2), ("2", "kop", None)]
    assert database.query("select volgorde, label, tekst from aanhangsel.bijlage") == [
        (1, "Bijlage 1", "Tabel.")
    ]
    assert database.query(
        "select reden_uitstel, dekking from aanhangsel.publicatie"
    ) == [("omdat afstemming meer tijd behoeft", Decimal("0.9975"))]


def test_a_change_writes_what_is_new_and_cuts_what_is_gone(
    load: Any, database: Any
) -> None:
    load(whole())
    changed = whole(
        bijlagen=(),
        reden_uitstel=None,
        noten=(Noot(nummer="1", tekst="NRC", deel=Deel.VRAAG, deel_volgorde=1),),
    )
    assert load(changed, dekking=1.0)[0] is Decision.CHANGED
    assert database.query("select deel, deel_volgorde from aanhangsel.noot") == [
        ("vraag", 1)
    ]
    assert database.query("select count(*) from aanhangsel.bijlage") == [(0,)]
    assert database.query(
        "select reden_uitstel, dekking from aanhangsel.publicatie"
    ) == [(None, Decimal("1.0"))]


def test_another_share_alone_is_no_change(load: Any, digest: Any) -> None:
    load(whole(), dekking=0.99)
    before = digest()
    assert load(whole(), dekking=1.0)[0] is Decision.UNCHANGED
    assert digest() == before


def test_the_same_with_everything_in_it_writes_no_row(load: Any, digest: Any) -> None:
    load(whole())
    before = digest()
    assert load(whole())[0] is Decision.UNCHANGED
    assert digest() == before


def test_a_former_version_looks_the_same_whether_it_ever_held(
    load: Any, database: Any
) -> None:
    """`versie_replace` builds it from the tables, `former_json` from the value."""
    load(whole(), dekking=0.9975)
    load(
        whole(identifier="ah-tk-20222023-1505-h1", onderwerp="herdrukt"), dekking=0.9975
    )
    load(whole(onderwerp="een oudere druk"), dekking=0.9975)
    ((held,), (never,)) = database.query(
        "select inhoud from aanhangsel.publicatie_versie"
        " where inhoud is not null order by versie"
    )
    assert never.pop("onderwerp") == "een oudere druk"
    del held["onderwerp"]
    # of a print that never held there is no such thing
    assert held.pop("status") == "geldig"
    assert held.pop("parser") == "p1"
    assert held == never
