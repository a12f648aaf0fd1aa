"""All real Zaak rows through the feed: each comes in, once, and what is odd is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from houses import houses, rows
from zaken import MANY, odd_nummers, real_zaken

from etl.demo.kamer import Kamer
from etl.demo.kamer.builders import vergaderjaar_of
from etl.demo.kamer.rows import NAMELESS

KAMER = "tweedekamer"
ACTORS = 161_948
XML_SPACE = " \t\r\n"

HELD = """
    select zaaknummer, onderwerp, gestart_op, vergaderjaar, afgedaan, titel, tk_id::text
    from aanhangsel.zaak
"""
FLAGS = "select zaaknummer, code from aanhangsel.signaal"
MIRRORED = """
    select category, state, count(*)
    from etl.entity
    group by 1, 2
    order by 1
"""
PLACES = """
    select source, position::bigint
    from etl.cursor
    where source like 'tweedekamer/Zaak%%'
    order by 1
"""


def expected(row: dict[str, Any]) -> tuple[Any, ...]:
    """What the table should hold of a row."""
    return (
        row["Nummer"],
        row["Onderwerp"].strip(XML_SPACE),
        date.fromisoformat(row["GestartOp"][:10]),
        row["Vergaderjaar"],
        row["Afgedaan"],
        row["Titel"] and row["Titel"].strip(XML_SPACE),
        row["Id"],
    )


def flags(row: dict[str, Any]) -> set[tuple[str, str]]:
    """What is odd about a row, by looking at it."""
    seen = {
        "zaak_jaar_wijkt_af": row["Nummer"][:4] != row["GestartOp"][:4],
        "zaak_titel": row["Titel"] is not None,
        "zaak_zonder_geadresseerde": not row.get("x:Gericht aan"),
        "zaak_actor_zonder_naam": bool(row.get(NAMELESS)),
        "zaak_vergaderjaar_wijkt_af": row["Vergaderjaar"]
        != vergaderjaar_of(row["GestartOp"]),
    }
    return {(row["Nummer"], code) for code, is_so in seen.items() if is_so}


def serve(kamer: Kamer) -> tuple[set[tuple[Any, ...]], set[tuple[str, str]]]:
    """Put all rows into the replica; what they should become, and their flags."""
    wanted: set[tuple[Any, ...]] = set()
    odd: set[tuple[str, str]] = set()

    def passing() -> Any:
        for row in real_zaken():
            wanted.add(expected(row))
            odd.update(flags(row))
            yield row

    kamer.load_zaak_rows(passing())
    return wanted, odd


def republished(kamer: Kamer) -> list[str]:
    """Every zaak, and of its actors, of which there are so many more, a tenth."""
    zaken = [one.id for one in kamer.of("Zaak")]
    actors = [one.id for one in kamer.of("ZaakActor")]
    return zaken + actors[::10]


def versions(database: Any, digest: Any) -> Sequence[Any]:
    """Which row versions there are, but for those of runs and checkpoints."""
    mirror = "select entity_id::text, xmin::text, ctid::text from etl.entity order by 1"
    return [*digest(), *rows(database, mirror)]


def test_every_real_zaak_comes_in_once(database: Any, digest: Any) -> None:
    """One test of three passes, because the first one takes a while."""
    with houses(database) as both:
        wanted, odd = serve(both.kamer)
        both.well(KAMER)
        assert len(wanted) == MANY
        assert set(rows(database, HELD)) == wanted
        assert rows(database, MIRRORED) == [
            ("Zaak", "kept", MANY),
            ("ZaakActor", "kept", ACTORS),
        ]
        flagged = set(rows(database, FLAGS))
        assert flagged == odd
        # Beyond those marked as odd only nameless actors and sessions are flagged.
        assert {nummer for nummer, _ in flagged} >= set(odd_nummers())
        rest = [code for nummer, code in flagged if nummer not in set(odd_nummers())]
        assert sorted(rest) == sorted(
            42 * ["zaak_actor_zonder_naam"] + 5 * ["zaak_vergaderjaar_wijkt_af"]
        )
        assert [name for name, _ in both.events if name == "drift"] == []

        before, places = versions(database, digest), rows(database, PLACES)
        (again,) = both.well(KAMER)
        assert again.tally.seen == 0
        assert versions(database, digest) == before
        assert rows(database, PLACES) == places

        chosen = republished(both.kamer)
        both.kamer.republish(chosen)
        (passing,) = both.well(KAMER)
        assert (passing.tally.seen, passing.tally.unchanged) == (len(chosen),) * 2
        assert versions(database, digest) == before
        moved = rows(database, PLACES)
        assert [
            place > old for (_, place), (_, old) in zip(moved, places, strict=True)
        ] == [True, True]
