"""Twelve documents at both houses, and all that is left of a run over them."""

from __future__ import annotations

from typing import Any

from dump import dump
from faults.material import made, name_of, word, xml, zaak_of

from etl.demo.kamer import Kamer, guid
from etl.demo.kamer.builders import WORD
from etl.demo.replica import Replica

BEFORE = "2026-11-01"
AFTER = "2026-11-03"
COUNT = 12


def begin(koop: Replica, kamer: Kamer) -> None:
    """What is there before: three publications, two zaken and one answer in Word."""
    for number in (1, 2, 3):
        publish(koop, number, BEFORE)
    file(kamer, 2)
    kamer.zaak(zaak_of(4), "geld", "2020-09-20")


def happen(koop: Replica, kamer: Kamer) -> None:
    """One is changed, one withdrawn, one printed again, and nine are new.

    Of the new ones one cannot be read, one is printed only, three are at both houses
    and one is at the Kamer only, before it is printed.
    """
    koop.change(name_of(1), AFTER, {"xml": xml(1, 2)})
    koop.withdraw(name_of(3), AFTER)
    publish(koop, 2, AFTER, version=2, suffix="-h1")
    for number in (4, 5, 6, 7, 8):
        publish(koop, number, AFTER)
    koop.publish(name_of(9), {"xml": b"<officiele-publicatie><kamer"}, AFTER)
    for number in (4, 5, 10):
        file(kamer, number)
    kamer.change(guid(f"zaak {zaak_of(2)}"), afgedaan=True)


def publish(
    koop: Replica, number: int, day: str, version: int = 1, suffix: str = ""
) -> None:
    name = f"{name_of(number)}{suffix}"
    fields = {"w.vraagnummer": zaak_of(number)}
    koop.publish(name, {"xml": xml(number, version)}, day, fields)


def file(kamer: Kamer, number: int) -> None:
    """The zaak of a publication, who asked, and its answer in Word."""
    held = made(number)
    zaak = kamer.zaak(zaak_of(number), held.onderwerp or "", held.ingezonden)
    for indiener in held.indieners:
        kamer.zaak_actor(zaak, indiener.naam, fractie=indiener.fractie)
    kamer.document(
        "Antwoord schriftelijke vragen",
        held.onderwerp or "",
        held.ontvangen,
        [zaak],
        nummer=f"2021D{number:05}",
        aanhangselnummer=f"2021{number:05}",
        externe_identifier=name_of(number),
        body=word(number),
        content_type=WORD,
    )


def left(database: Any) -> dict[str, list[str]]:
    """All that analysts see, what is in quarantine, what was settled, and how far."""
    told = {
        "quarantine": "select source, identifier, code, sha256 from etl.run_problem"
        " where resolved_at is null",
        "records": "select source, identifier, fingerprint from etl.record",
        "cursors": "select source, position from etl.cursor",
        "readings": "select source, identifier, withdrawn from etl.reading",
        "waiting": "select kind, id from etl.link_queue",
    }
    return {
        **dump(database),
        **{name: sorted(map(str, database.query(q))) for name, q in told.items()},
    }


COLUMNS = """
    select format('%I.%I', table_schema, table_name),
        array_agg(column_name::text) filter (
            where data_type = 'timestamp with time zone'
        )
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema in ('aanhangsel', 'etl')
        and table_type = 'BASE TABLE'
        and table_name not in ('run', 'schema_migration', 'reference')
    group by 1
    order by 1
"""


def state(database: Any) -> str:
    """A hash of every row but those of runs, without times: numbers included.

    Two databases with the same one are in the same place, so that a run from either
    goes the same way.
    """
    parts = [
        f"(select md5(coalesce(string_agg(x::text, '|' order by x::text), '')) from"
        f" (select to_jsonb(t) - array{columns or []}::text[] as x from {table} as t) y)"
        for table, columns in database.query(COLUMNS)
    ]
    return str(database.query(f"select concat({', '.join(parts)})")[0][0])
