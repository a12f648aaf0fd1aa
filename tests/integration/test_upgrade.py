"""An older database comes to the new schema with what it holds."""

from __future__ import annotations

from typing import Any

import pytest
from hand import Clock, Loader, publicatie
from schema import SCHEMA

from etl import lookup
from etl.dedupe import Decision
from etl.store import migrations, open_store, reference
from etl.store.checks import violations
from etl.store.migrations import migrate, pending, unmigrated
from etl.store.statements import script

OWNER = "aanhangsel_owner"
OLD_ROWS = """
insert into aanhangsel.publicatie (
    kamer, vergaderjaar, aanhangselnummer, identifier, soort, onderwerp, formaat,
    inhoud_sha256, eerst_gezien, laatst_gewijzigd
)
select
    'tk', '2022-2023', nummer, 'ah-tk-20222023-' || nummer, 'antwoord', 'visa', 'xml',
    repeat('a', 64), now(), now()
from unnest(array[1505, 1200]) as nummer;
insert into aanhangsel.publicatie_versie (
    publicatie_id, versie, geldig_van, reden, inhoud_sha256
)
select publicatie_id, 1, now(), 'eerste', inhoud_sha256 from aanhangsel.publicatie;
insert into aanhangsel.indiener values (1, 1, 'Agnes Mulder', 'CDA');
insert into aanhangsel.bewindspersoon values (
    1, 1, 'antwoord', 'Hoekstra', 'Minister', 'Buitenlandse Zaken', 'BZ'
);
insert into aanhangsel.noot values (1, 1, '1', 'NRC', array['https://example.org/a']);
insert into aanhangsel.verwijzing values
    (1, 1, 'zie ook', 'nr. 1200', 'ah-tk-20222023-1200', 2),
    (1, 2, 'url', 'https://example.org/a', null, null),
    (1, 3, 'zie ook', 'nr. 1', 'ah-tk-20222023-1', null);
insert into aanhangsel.bron (sha256, body, compressie, lengte, ontvangen_op)
values (repeat('b', 64), 'x', 'geen', 1, now());
insert into aanhangsel.publicatie_bron
select publicatie_id, repeat('b', 64), repeat('c', 64), 'map', 'file:x', now()
from aanhangsel.publicatie;
"""
KEPT = """
select publicatie.identifier, indiener.naam, bewindspersoon.ministerie_code, noot.tekst
from aanhangsel.publicatie
left join aanhangsel.indiener using (publicatie_id)
left join aanhangsel.bewindspersoon using (publicatie_id)
left join aanhangsel.noot using (publicatie_id)
order by publicatie_id
"""


MORE_ROWS = {
    1: """
    insert into aanhangsel.vraag (publicatie_id, volgorde, label, nummers, tekst)
    values (1, 1, 'Vraag 1', '{1}', 'Klopt dit?');
    insert into aanhangsel.antwoord (publicatie_id, volgorde, label, nummers, tekst)
    values (1, 1, 'Antwoord 1', '{1}', 'Ja.');
    insert into aanhangsel.zaak (zaaknummer) values ('2023Z00306');
    insert into aanhangsel.publicatie_zaak values (1, '2023Z00306', 'antwoord', 'vraagnummer');
    insert into etl.run (source, started_at, finished_at, outcome)
    values ('officielebekendmakingen', now(), now(), 'complete');
    insert into etl.cursor values ('officielebekendmakingen', '2023-02-13 x', now());
    """,
    5: """
    insert into aanhangsel.bijlage values (1, 1, 'Bijlage', 'Een tabel.');
    """,
    6: """
    insert into etl.entity (entity_id, category, state, first_seen_at, last_changed_at)
    values (gen_random_uuid(), 'Zaak', 'passed', now(), now());
    """,
    7: """
    insert into etl.gap (kamer, vergaderjaar, aanhangselnummer) values ('tk', '2022-2023', 7);
    """,
}
"""What a version could hold beside `OLD_ROWS`, which the first one holds already."""

MADE = {
    "schema_migration", "reference", "ministerie", "fractie_schrijfwijze", "reces",
    "reces_dekking", "prinsjesdag", "ambtsperiode",
    # what waits to be joined anew is put there by the migration itself
    "link_queue", "document_queue",
}  # fmt: skip
"""Tables that migrations fill."""


def counts(database: Any) -> dict[str, int]:
    """Rows of every table that is not filled by migrations."""
    tables = database.query(
        "select schemaname || '.' || tablename from pg_tables where schemaname in"
        " ('aanhangsel', 'etl') and tablename <> all(%s)",
        list(MADE),
    )
    return {
        table: database.query(f"select count(*) from {table}")[0][0]
        for (table,) in tables
    }


def as_of(database: Any, number: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    """At the first so many migrations, with rows as they were then."""
    with monkeypatch.context() as then:
        first = migrations.migrations()[:number]
        then.setattr(migrations, "migrations", lambda: first)
        # the reference files of then are not at hand, and those of now need its tables
        then.setattr(migrations, "outdated", lambda _: [])
        migrate(database.url(OWNER))
    database.query(OLD_ROWS)
    for since, rows in MORE_ROWS.items():
        if since <= number:
            database.query(rows)
    return database


@pytest.fixture
def old_database(empty_database: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """At the first four migrations, which knew no reference files, with rows."""
    return as_of(empty_database, 4, monkeypatch)


EARLIER = range(1, len(migrations.migrations()))


@pytest.mark.parametrize("number", EARLIER)
def test_every_earlier_schema_becomes_the_same_as_a_new_one(
    empty_database: Any, database: Any, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every column, index, constraint, view, function, comment and right."""
    as_of(empty_database, number, monkeypatch)
    migrate(empty_database.url(OWNER))
    assert empty_database.query(SCHEMA) == database.query(SCHEMA)


@pytest.mark.parametrize("number", EARLIER)
def test_every_earlier_schema_keeps_what_it_holds(
    empty_database: Any, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_of(empty_database, number, monkeypatch)
    before, kept = counts(empty_database), empty_database.query(KEPT)
    assert before["aanhangsel.vraag"] == 1
    migrate(empty_database.url(OWNER))
    after = counts(empty_database)
    assert {table: after[table] for table in before} == before
    assert empty_database.query(KEPT) == kept
    found = violations(empty_database.url("aanhangsel_reader"), Clock().time)
    assert [each.name for each in found if each.severity == "error"] == []
    # and the job goes on with it
    clock = Clock()
    writer = empty_database.url("aanhangsel_writer")
    with open_store(writer, now=clock, parser="p2") as store:
        load = Loader(store, clock)
        assert load(publicatie())[0] is Decision.CHANGED
        assert store.position("officielebekendmakingen") is not None


def test_an_older_database_is_upgraded_with_all_it_holds(old_database: Any) -> None:
    before = old_database.query(KEPT)
    assert pending(old_database.url("aanhangsel_reader"))[0].startswith("0005")
    migrate(old_database.url(OWNER))
    assert pending(old_database.url("aanhangsel_reader")) == []
    assert old_database.query(KEPT) == before
    assert old_database.query(
        "select soort, doel_publicatie_id, deel from aanhangsel.verwijzing"
        " order by volgorde"
    ) == [("zie ook", 2, None), ("url", None, None), ("zie ook", None, None)]
    found = violations(old_database.url("aanhangsel_reader"), Clock().time)
    assert [each.name for each in found if each.severity == "error"] == []


def test_an_upgraded_database_takes_what_is_new(old_database: Any) -> None:
    migrate(old_database.url(OWNER))
    clock = Clock()
    writer = old_database.url("aanhangsel_writer")
    with open_store(writer, now=clock, parser="p2") as store:
        load = Loader(store, clock)
        assert load(publicatie())[0] is Decision.CHANGED
        # an old reference that waited
        load(publicatie(1, zaaknummers=(), zie_ook=()))
    assert old_database.query(
        "select soort, doel_publicatie_id, deel from aanhangsel.verwijzing"
        " where publicatie_id = 1 order by volgorde"
    ) == [("zie ook", 2, "kop"), ("url", None, "noot")]
    assert old_database.query(
        "select inhoud -> 'verwijzingen' -> 0 from aanhangsel.publicatie_versie"
        " where publicatie_id = 1 and versie = 1"
    ) == [
        (
            {
                "soort": "zie ook",
                "tekst": "nr. 1200",
                "doel_identifier": "ah-tk-20222023-1200",
                "deel": None,
                "deel_volgorde": None,
            },
        )
    ]


def test_the_file_rules_what_a_migration_once_filled_in(old_database: Any) -> None:
    migrate(old_database.url(OWNER))
    for table, name in (
        ("ministerie", "ministerie"),
        ("fractie_schrijfwijze", "fractie"),
    ):
        expected = {
            (row["code"], spelling.lower(), row["van"], row["tot"], row["bron"])
            for row in lookup.table(name)
            for spelling in lookup.spellings(row)
        }
        found = old_database.query(
            "select code, schrijfwijze, coalesce(van::text, ''),"
            f" coalesce(tot::text, ''), bron from aanhangsel.{table}"
        )
        assert len(found) == len(expected)
        assert set(found) == expected


def test_a_file_that_changed_is_loaded_again_and_only_its_change_written(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = "select code, schrijfwijze, xmin::text from fractie_schrijfwijze"
    before = set(database.query(versions, role="aanhangsel_reader"))
    edited = script("reference/fractie.tsv").replace("VVD|V.V.D.", "VVD|De VVD", 1)
    texts = {"reference/fractie.tsv": edited}
    for module in (lookup, reference):
        monkeypatch.setattr(
            module, "script", lambda path: texts.get(path) or script(path)
        )
    assert pending(database.url("aanhangsel_reader")) == ["reference_fractie"]
    assert unmigrated(database.url("aanhangsel_reader")) == []
    assert migrate(database.url(OWNER)) == ["reference_fractie"]
    after = set(database.query(versions, role="aanhangsel_reader"))
    assert {row[:2] for row in before - after} == {("VVD", "v.v.d.")}
    assert {row[:2] for row in after - before} == {("VVD", "de vvd")}
    assert migrate(database.url(OWNER)) == []
    assert set(database.query(versions, role="aanhangsel_reader")) == after
