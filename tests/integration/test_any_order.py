"""A year of events in both houses, in whatever order they come in: the same tables.

`ORDERS=n` tries more orders than the few of every run.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from typing import Any

import pytest
from conftest import fresh_database
from houses import BOTH, Houses, houses
from year import AT_KAMER, AT_KOOP, Event

ORDERS = int(os.environ.get("ORDERS", "6"))

DUMP = """
    select jsonb_pretty(jsonb_build_object(
        'publicaties', (
            select jsonb_agg(
                (aanhangsel.inhoud(publicatie_id) - 'parser') || jsonb_build_object(
                    'herkomst', herkomst,
                    'voorlopig', voorlopige_sleutel,
                    'zaken', (
                        select jsonb_agg(to_jsonb(zaak) - 'publicatie_id' order by zaak)
                        from aanhangsel.publicatie_zaak as zaak
                        where zaak.publicatie_id = publicatie.publicatie_id
                    ),
                    'personen', (
                        select jsonb_agg(
                            jsonb_build_array(
                                persoon.naam, fractie_op_datum, bekend_door
                            ) order by volgorde
                        )
                        from aanhangsel.indiener
                        left join aanhangsel.persoon using (persoon_id)
                        where indiener.publicatie_id = publicatie.publicatie_id
                    ),
                    'gebleken', (
                        select jsonb_agg(code order by volgorde)
                        from aanhangsel.signaal
                        where signaal.publicatie_id = publicatie.publicatie_id
                            and volgorde > 1000
                    ),
                    'doelen', (
                        select jsonb_agg(doel.identifier order by volgorde)
                        from aanhangsel.verwijzing
                        left join aanhangsel.publicatie as doel
                            on doel.publicatie_id = verwijzing.doel_publicatie_id
                        where verwijzing.publicatie_id = publicatie.publicatie_id
                    )
                )
                order by coalesce(identifier, voorlopige_sleutel)
            )
            from aanhangsel.publicatie
        ),
        'zaken', (
            select jsonb_agg(to_jsonb(zaak) order by zaaknummer)
            from aanhangsel.zaak
        ),
        'signalen', (
            select jsonb_agg(jsonb_build_array(zaaknummer, code) order by 1)
            from aanhangsel.signaal
            where zaaknummer is not null
        ),
        'verbanden', (select jsonb_agg(to_jsonb(v) order by v) from aanhangsel.zaak_verband v),
        'keten', (
            select jsonb_agg(
                to_jsonb(een) - 'publicatie_id' order by zaaknummer, stap
            )
            from aanhangsel.uitstelketen as een
        ),
        'wachtrij', (select count(*) from etl.link_queue)
    ))
"""


def dump(database: Any) -> str:
    ((text,),) = database.query(DUMP)
    return str(text)


def happen(both: Houses, events: Sequence[Event | str]) -> None:
    """Play the events; a name is a pass over that source."""
    for event in events:
        if isinstance(event, str):
            both.well(event)
        else:
            event(both)
    both.well(*BOTH)
    both.well(*BOTH)


def shuffled(seed: int) -> list[Event | str]:
    """Each house in its own order, one through the other, with passes in between."""
    chance = random.Random(seed)
    left = {"koop": list(AT_KOOP), "kamer": list(AT_KAMER)}
    events: list[Event | str] = []
    while any(left.values()):
        name = chance.choice([name for name in left if left[name]])
        events.append(left[name].pop(0))
        if chance.random() < 0.4:
            events.append(chance.choice(BOTH))
    return events


@pytest.fixture(scope="module")
def undisturbed(server: Any, template: str) -> str:
    """All that happened, then one pass over each."""
    for database in fresh_database(server, template):
        with houses(database) as both:
            happen(both, [*AT_KOOP, *AT_KAMER])
            return dump(database)
    raise AssertionError


@pytest.mark.parametrize("seed", range(ORDERS))
def test_any_order_gives_the_same_tables(
    database: Any, undisturbed: str, seed: int
) -> None:
    with houses(database) as both:
        happen(both, shuffled(seed))
        assert dump(database) == undisturbed


def test_what_the_year_comes_to(undisturbed: str) -> None:
    """Read from the events by hand."""
    told = json.loads(undisturbed)
    found = {one["identifier"]: one for one in told["publicaties"]}
    assert sorted(found) == [
        "ah-tk-20252026-100",
        "ah-tk-20252026-200-h1",
        "ah-tk-20252026-300",
        "kv-tk-2026Z00001",
    ]
    answer = found["ah-tk-20252026-200-h1"]
    assert [one["tekst"] for one in answer["antwoorden"]] == [
        "Herdrukt antwoord 1.",
        "Herdrukt antwoord 2.",
    ]
    assert answer["personen"] == [["Lisa Westerveld", "GroenLinks-PvdA", "zaak"]]
    assert answer["zaaknummers"] == ["2026Z00001"]
    assert found["ah-tk-20252026-300"]["status"] == "ingetrokken"
    assert [(one["stap"], one["soort"], one["dagen"]) for one in told["keten"]] == [
        (1, "vraag", None),
        (2, "uitstel", 21),
        (3, "antwoord", 67),
    ]
    assert told["wachtrij"] == 0
