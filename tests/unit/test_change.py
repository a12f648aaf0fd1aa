"""What is said of the difference between two readings."""

from __future__ import annotations

from dataclasses import replace

from hand import antwoord, publicatie, vraag

from etl.model.change import SHORT, changes
from etl.model.publicatie import Noot, Publicatie


def said(before: Publicatie, after: Publicatie) -> list[str]:
    return [str(one) for one in changes(before.as_json(), after.as_json())]


def test_equal_says_nothing() -> None:
    assert said(publicatie(), publicatie()) == []


def test_a_value_that_comes_or_goes() -> None:
    before = publicatie(mededeling=None, onderwerp="visa")
    after = publicatie(mededeling="Uitstel.", onderwerp=None)
    assert said(before, after) == [
        "onderwerp: «visa» -> nothing",
        "mededeling: nothing -> «Uitstel.»",
    ]


def test_a_long_text_is_shown_where_it_differs() -> None:
    start, end = "De vraag is " * 20, " en zo verder" * 20
    (one,) = changes(
        publicatie(toelichting=f"{start}oud{end}").as_json(),
        publicatie(toelichting=f"{start}nieuw{end}").as_json(),
    )
    assert one.old is not None
    assert one.new is not None
    assert one.old.startswith("…")
    assert one.old.endswith("…")
    assert "vraag is oud en zo" in one.old
    assert "vraag is nieuw en zo" in one.new
    assert len(one.old) <= SHORT + 2


def test_blocks_are_compared_by_their_label() -> None:
    before = publicatie(antwoorden=(antwoord("1"), antwoord("2", tekst="Ja.")))
    after = publicatie(antwoorden=(antwoord("2", tekst="Nee."), antwoord("3")))
    assert said(before, after) == [
        "Antwoord 1: «Tekst van Antwoord 1.» -> nothing",
        "Antwoord 2: «Ja.» -> «Nee.»",
        "Antwoord 3: nothing -> «Tekst van Antwoord 3.»",
    ]


def test_the_second_block_of_a_label_is_another_one() -> None:
    before = publicatie(vragen=(vraag("7", tekst="a"), vraag("7", tekst="b")))
    after = publicatie(vragen=(vraag("7", tekst="a"), vraag("7", tekst="c")))
    assert said(before, after) == ["Vraag 7 (2): «b» -> «c»"]


def test_what_stands_beside_an_equal_text() -> None:
    noot = Noot(nummer="1", tekst="NRC", urls=("https://a",))
    before = publicatie(noten=(noot,), verwijzingen=publicatie().verwijzingen)
    after = replace(before, noten=(replace(noot, urls=("https://b",)),))
    assert said(before, after) == [
        'noot 1: «{"urls": ["https://a"]}» -> «{"urls": ["https://b"]}»'
    ]


def test_blocks_in_another_order() -> None:
    before = publicatie(vragen=(vraag("1"), vraag("2")))
    after = publicatie(vragen=(vraag("2"), vraag("1")))
    assert said(before, after) == [
        "order of vragen: «Vraag 1, Vraag 2» -> «Vraag 2, Vraag 1»"
    ]


def test_of_a_list_only_what_came_and_went() -> None:
    before = publicatie(zaaknummers=("2023Z00306", "2023Z00307"))
    after = publicatie(zaaknummers=("2023Z00306", "2023Z00308"))
    assert said(before, after) == ["zaaknummers: «2023Z00307» -> «2023Z00308»"]
