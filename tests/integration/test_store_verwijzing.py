"""References lead to what they name, whatever arrived first."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hand import publicatie

from etl.documents.grammar.verwijzing import LONGEST_ADDRESS, LONGEST_DOEL
from etl.model.publicatie import Deel, Publicatie, Soort, Verwijzing, Verwijzingsoort

ZAAK = "2023Z00306"


def naar(
    doel: str | None, soort: Verwijzingsoort = Verwijzingsoort.AANHANGSEL
) -> Verwijzing:
    return Verwijzing(
        soort=soort, tekst=f"zie {doel}", doel=doel, deel=Deel.NOOT, deel_volgorde=2
    )


def referring(*verwijzingen: Verwijzing, **changes: Any) -> Publicatie:
    """Number 9, of a zaak of its own."""
    given = {"zaaknummers": ("2023Z09999",), "noten": (), "zie_ook": ()} | changes
    return publicatie(9, verwijzingen=verwijzingen, **given)


def other(nummer: int | None, **changes: Any) -> Publicatie:
    given = {"zaaknummers": (), "noten": (), "zie_ook": ()} | changes
    return publicatie(nummer, **given)


def targets(database: Any) -> list[str | None]:
    return [
        found
        for (found,) in database.query(
            "select doel.identifier from aanhangsel.verwijzing as verwijzing"
            " left join aanhangsel.publicatie as doel"
            "   on doel.publicatie_id = verwijzing.doel_publicatie_id"
            " order by verwijzing.publicatie_id, verwijzing.volgorde"
        )
    ]


def test_a_reference_is_stored_with_its_place(load: Any, database: Any) -> None:
    load(referring(naar("kst-36471-64", Verwijzingsoort.KAMERSTUK), naar(None)))
    assert database.query(
        "select volgorde, soort, tekst, doel_identifier, deel, deel_volgorde"
        " from aanhangsel.verwijzing order by volgorde"
    ) == [
        (1, "kamerstuk", "zie kst-36471-64", "kst-36471-64", "noot", 2),
        (2, "aanhangsel", "zie None", None, "noot", 2),
    ]


@pytest.mark.parametrize("soort", Verwijzingsoort)
def test_every_kind_of_reference_has_its_row(
    load: Any, database: Any, soort: Verwijzingsoort
) -> None:
    load(referring(naar("x", soort)))
    assert database.query("select soort from aanhangsel.verwijzing") == [(soort.value,)]


def test_the_longest_targets_that_are_read_have_room(load: Any, database: Any) -> None:
    load(
        referring(
            naar("a" * LONGEST_ADDRESS, Verwijzingsoort.URL),
            naar("k" * LONGEST_DOEL, Verwijzingsoort.KAMERSTUK),
        )
    )
    assert database.query(
        "select char_length(doel_identifier) from aanhangsel.verwijzing"
        " order by volgorde"
    ) == [(LONGEST_ADDRESS,), (LONGEST_DOEL,)]


@pytest.mark.parametrize(
    "doel",
    ["kst-1-2-99999999999999", "ah-tk-20222023-99999999999", "ah-tk-x-y-z", "-", "%s"],
)
def test_any_name_of_a_target_can_be_looked_up(
    load: Any, database: Any, doel: str
) -> None:
    load(referring(naar(doel)))
    load(referring(naar(doel), onderwerp="anders"))
    assert targets(database) == [None]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("doel", "target"),
    [
        ("ah-tk-20222023-1200", other(1200)),
        # whatever print is here, under its number
        (
            "ah-tk-20222023-1200",
            other(1200, identifier="ah-tk-20222023-1200-h1"),
        ),
        (
            "ah-tk-20222023-6a",
            other(6, identifier="ah-tk-20222023-6a", toevoeging="a"),
        ),
        (
            "kv-tk-2023Z00306",
            other(None, identifier="kv-tk-2023Z00306", soort=Soort.VRAAG),
        ),
        (
            "2023Z00400",
            other(1200, zaaknummers=("2023Z00400",)),
        ),
    ],
)
def test_a_reference_finds_its_target_before_and_after_it(
    load: Any, database: Any, doel: str, target: Publicatie, first: bool
) -> None:
    both = [target, referring(naar(doel))]
    for value in both if first else reversed(both):
        load(value)
    assert targets(database) == [target.identifier]


def test_6_is_not_6a(load: Any, database: Any) -> None:
    load(referring(naar("ah-tk-20222023-6")))
    load(other(6, identifier="ah-tk-20222023-6a", toevoeging="a"))
    assert targets(database) == [None]
    load(other(6))
    assert targets(database) == ["ah-tk-20222023-6"]


OF_ONE_ZAAK = (
    other(20, zaaknummers=(ZAAK,), soort=Soort.UITSTEL),
    other(31, zaaknummers=(ZAAK,), onderwerp="een"),
    other(
        None,
        identifier="kv-tk-2023Z00306",
        zaaknummers=(ZAAK,),
        soort=Soort.VRAAG,
    ),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("place", range(4))
def test_a_zaak_leads_to_its_answer_whatever_came_first(
    load: Any, database: Any, order: tuple[int, ...], place: int
) -> None:
    values = [OF_ONE_ZAAK[number] for number in order]
    values.insert(place, referring(naar(ZAAK, Verwijzingsoort.ZAAK)))
    for value in values:
        load(value)
    assert targets(database) == ["ah-tk-20222023-31"]


def test_of_two_answers_the_lowest_number_is_the_target(
    load: Any, database: Any
) -> None:
    load(referring(naar(ZAAK, Verwijzingsoort.AANVULLING_OP)))
    load(other(100, zaaknummers=(ZAAK,)))
    load(other(99, zaaknummers=(ZAAK,)))
    assert targets(database) == ["ah-tk-20222023-99"]


def test_a_withdrawn_answer_gives_way(load: Any, database: Any) -> None:
    for value in (*OF_ONE_ZAAK, referring(naar(ZAAK, Verwijzingsoort.ZAAK))):
        load(value)
    load.withdraw("ah-tk-20222023-31")
    assert targets(database) == ["ah-tk-20222023-20"]


def test_what_was_withdrawn_unread_is_found_by_its_number(
    load: Any, database: Any
) -> None:
    load(referring(naar("ah-tk-20222023-7")))
    load.withdraw("ah-tk-20222023-7")
    assert targets(database) == ["ah-tk-20222023-7"]


def test_a_publication_never_refers_to_itself(load: Any, database: Any) -> None:
    load(
        referring(
            naar("ah-tk-20222023-9"),
            naar("2023Z09999", Verwijzingsoort.ZAAK),
            naar(ZAAK),
        )
    )
    load(other(31, zaaknummers=(ZAAK,)))
    assert targets(database) == [None, None, "ah-tk-20222023-31"]


def test_a_placeholders_name_leads_to_the_publication_it_became(
    load: Any, database: Any
) -> None:
    load(referring(naar("ah-1234567"), naar("ah-tk-20222023-1505")))
    load(publicatie(None, identifier="ah-1234567", zie_ook=(), noten=()))
    load(publicatie(zie_ook=(), noten=(), onderwerp="genummerd"))
    assert targets(database) == ["ah-tk-20222023-1505", "ah-tk-20222023-1505"]


def test_joining_two_rows_leaves_no_reference_to_itself(
    load: Any, database: Any
) -> None:
    load(other(1505, verwijzingen=(naar("ah-77"),)))
    load(other(None, identifier="ah-77", zaaknummers=("2023Z07777",)), body=b"draft")
    load(referring(naar("ah-77")))
    load(other(1505, identifier="ah-77", onderwerp="x", verwijzingen=(naar("ah-77"),)))
    assert targets(database) == [None, "ah-tk-20222023-1505"]


def test_another_target_is_found_after_a_change(load: Any, database: Any) -> None:
    load(other(20))
    load(other(21))
    load(referring(naar("ah-tk-20222023-20")))
    load(referring(naar("ah-tk-20222023-21"), naar("ah-tk-20222023-20")))
    assert targets(database) == ["ah-tk-20222023-21", "ah-tk-20222023-20"]
    load(referring(naar("ah-tk-20222023-22")))
    assert targets(database) == [None]
