"""Migrations, comments, roles and every statement in sql/."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from etl.errors import SchemaMismatch
from etl.store import migrations
from etl.store.checks import names, violations
from etl.store.embedded import ADMIN
from etl.store.migrations import everything, migrate, pending
from etl.store.statements import root, script

OWNER = "aanhangsel_owner"
QUERIES = sorted(path.stem for path in (root() / "queries").glob("*.sql"))
NOW = datetime(2026, 11, 24, tzinfo=UTC)
COMMANDS = {"migration_build_as_owner"}
"""Not explainable: they set something."""


def test_migrating_twice_applies_once(empty_database: Any) -> None:
    url = empty_database.url(OWNER)
    all_of_them = pending(url)
    assert all_of_them == everything()
    assert all_of_them[0] == "0001_initial"
    assert all_of_them[-1] == "reference_reces_dekking"
    assert migrate(url) == all_of_them
    assert migrate(url) == []
    assert pending(empty_database.url("aanhangsel_reader")) == []


def test_who_asks_while_another_migrates_is_told_what_is_missing(
    empty_database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two daemons on a new database: rights come with what they are on."""
    seen: list[int] = []

    def info(*_event: object, **_more: object) -> None:
        seen.append(len(pending(empty_database.url("aanhangsel_writer"))))

    monkeypatch.setattr(migrations.log, "info", info)
    migrate(empty_database.url(OWNER))
    assert seen == list(reversed(range(len(everything()))))


def test_two_migrations_at_once_take_turns(empty_database: Any) -> None:
    url = empty_database.url(OWNER)
    done: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: done.append(migrate(url))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(len, done)) == [0, len(everything())]


def test_a_failing_migration_leaves_the_earlier_ones(
    empty_database: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "migrations").mkdir()
    for folder in ("bootstrap.sql", "roles.sql", "grants.sql", "session.sql"):
        (tmp_path / folder).write_text(script(folder))
    (tmp_path / "queries").symlink_to(root() / "queries")
    first = tmp_path / "migrations" / "0001_a.sql"
    first.write_text("create table etl.a (x integer)")
    second = tmp_path / "migrations" / "0002_b.sql"
    second.write_text("create table etl.b (x integer); select 1 / 0")
    monkeypatch.setattr(migrations, "outdated", lambda _: [])
    monkeypatch.setattr(migrations, "root", lambda: tmp_path)
    monkeypatch.setattr(
        migrations, "script", lambda path: (tmp_path / path).read_text()
    )
    migrations.migrations.cache_clear()
    url = empty_database.url(OWNER)
    try:
        with pytest.raises(Exception, match="division by zero"):
            migrate(url)
        assert pending(url) == ["0002_b"]
        assert empty_database.query("select to_regclass('etl.b')") == [(None,)]
        first.write_text("create table etl.a (x bigint)")
        with pytest.raises(SchemaMismatch, match="0001_a was edited"):
            migrate(url)
    finally:
        migrations.migrations.cache_clear()


def test_a_database_newer_than_the_code_is_left_alone(database: Any) -> None:
    database.query(
        "insert into etl.schema_migration (name, sha256)"
        " values ('9999_tomorrow', repeat('0', 64))"
    )
    with pytest.raises(SchemaMismatch, match="9999_tomorrow"):
        pending(database.url("aanhangsel_reader"))
    with pytest.raises(SchemaMismatch, match="upgrade"):
        migrate(database.url(OWNER))


def test_the_writer_may_not_migrate(empty_database: Any) -> None:
    with pytest.raises(SchemaMismatch, match="etl migrate"):
        migrate(empty_database.url("aanhangsel_writer"))


def test_a_plain_owner_without_the_roles_migrates_for_itself(
    server: Any, empty_database: Any
) -> None:
    """A database at a provider: one user, who may create no roles."""
    empty_database.query("drop role if exists plain")
    empty_database.query("create role plain login")
    empty_database.query(f"alter database {empty_database.name} owner to plain")
    try:
        url = empty_database.url("plain")
        assert migrate(url)
        assert empty_database.query(
            "select tableowner from pg_tables where tablename = 'publicatie'"
        ) == [("plain",)]
    finally:
        empty_database.query("reassign owned by plain to " + ADMIN)
        empty_database.query("drop owned by plain")
        empty_database.query("drop role plain")


def test_what_the_superuser_migrates_belongs_to_the_owner(empty_database: Any) -> None:
    migrate(empty_database.url(ADMIN))
    assert empty_database.query(
        "select distinct tableowner from pg_tables"
        " where schemaname in ('aanhangsel', 'etl')"
    ) == [(OWNER,)]


def test_every_table_view_column_and_function_is_explained(database: Any) -> None:
    assert (
        database.query(
            "select c.oid::regclass::text, a.attname from pg_class c"
            " left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
            "   and not a.attisdropped"
            " where c.relnamespace in ('aanhangsel'::regnamespace, 'etl'::regnamespace)"
            " and c.relkind in ('r', 'v') and (obj_description(c.oid) is null"
            "   or col_description(c.oid, a.attnum) is null)"
        )
        == []
    )
    assert (
        database.query(
            "select nspname from pg_namespace where nspname in ('aanhangsel', 'etl')"
            " and obj_description(oid, 'pg_namespace') is null"
        )
        == []
    )


CONTRACT = {
    "aanhangsel.publicatie": "publicatie_id kamer vergaderjaar aanhangselnummer"
    " toevoeging identifier soort onderwerp titel ingezonden ontvangen gepubliceerd"
    " mededeling toelichting reden_uitstel dekking status eerst_gezien laatst_gewijzigd",
    "aanhangsel.indiener": "publicatie_id volgorde naam fractie fractie_code"
    " achternaam tussenvoegsel persoon_id",
    "aanhangsel.bewindspersoon": "publicatie_id volgorde rol naam functie ministerie"
    " ministerie_code achternaam tussenvoegsel",
    "aanhangsel.vraag": "vraag_id publicatie_id volgorde label nummers tekst",
    "aanhangsel.antwoord": "antwoord_id publicatie_id volgorde label nummers tekst",
    "aanhangsel.noot": "publicatie_id nummer tekst urls deel deel_volgorde",
    "aanhangsel.verwijzing": "publicatie_id soort tekst doel_identifier"
    " doel_publicatie_id deel deel_volgorde",
    "aanhangsel.zaak": "zaaknummer onderwerp gestart_op termijn afgedaan",
    "aanhangsel.publicatie_zaak": "publicatie_id zaaknummer rol bekend_door",
    "aanhangsel.persoon": "persoon_id",
    "aanhangsel.fractie": "fractie_id",
    "aanhangsel.lidmaatschap": "lidmaatschap_id",
    "aanhangsel.publicatie_versie": "publicatie_id versie geldig_van geldig_tot reden"
    " inhoud_sha256",
    "aanhangsel.bron": "sha256 media_type body",
    "aanhangsel.publicatie_bron": "publicatie_id sha256 source url opgehaald_op",
    "aanhangsel.signaal": "publicatie_id code uitleg",
    "aanhangsel.bijlage": "publicatie_id volgorde label tekst",
    "aanhangsel.fractie_schrijfwijze": "code schrijfwijze naam soort van tot opvolger"
    " bron",
    "aanhangsel.ministerie": "code schrijfwijze naam soort van tot opvolger"
    " ondergebracht_bij bron",
    "etl.reference": "name sha256 loaded_at",
    "etl.run": "run_id source started_at finished_at outcome seen new changed"
    " unchanged withdrawn quarantined cursor_before cursor_after",
    "etl.run_problem": "run_id identifier url sha256 code explanation attempts"
    " next_try_at resolved_at",
    "etl.cursor": "source position updated_at",
    "etl.schema_migration": "name",
    "aanhangsel.vraag_antwoord": "publicatie_id identifier nummer vraag_tekst"
    " antwoord_tekst vraag_id antwoord_id koppeling",
    "aanhangsel.antwoordtermijn": "publicatie_id identifier ingezonden ontvangen dagen"
    " dagen_zonder_reces uitgesteld te_laat",
    "aanhangsel.ministerie_maand": "maand ministerie_code vragen antwoorden"
    " mediaan_dagen te_laat",
    "aanhangsel.fractie_maand": "maand fractie vragen antwoorden mediaan_dagen te_laat",
    "aanhangsel.versheid": "source laatste_geslaagde_run nieuwste_publicatie"
    " achterstand open_problemen",
    "aanhangsel.zoek": "publicatie_id identifier deel tekst document",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_the_columns_that_others_rely_on_are_there(database: Any, table: str) -> None:
    columns = ", ".join(f'"{name}"' for name in CONTRACT[table].split())
    database.query(f"select {columns} from {table}", role="aanhangsel_reader")


REFUSED = [
    "drop table aanhangsel.publicatie",
    "truncate aanhangsel.publicatie",
    "alter table aanhangsel.publicatie add column x integer",
    "create table aanhangsel.x (x integer)",
    "create table public.x (x integer)",
    "create schema x",
    "copy aanhangsel.publicatie to program 'true'",
    "copy aanhangsel.publicatie to '/tmp/x'",
    "create extension dblink",
    f"set role {OWNER}",
    f"set role {ADMIN}",
    "select pg_read_file('/etc/passwd')",
    "select * from pg_authid",
    "alter role aanhangsel_writer superuser",
    "create role x",
    "delete from etl.schema_migration",
    "delete from etl.reference",
    "delete from aanhangsel.ministerie",
    "update aanhangsel.fractie_schrijfwijze set code = 'X'",
]


@pytest.mark.parametrize("statement", REFUSED)
@pytest.mark.parametrize("role", ["aanhangsel_writer", "aanhangsel_reader"])
def test_a_role_is_refused_what_it_does_not_need(
    database: Any, role: str, statement: str
) -> None:
    with pytest.raises(
        (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
    ):
        database.query(statement, role=role)


@pytest.mark.parametrize(
    "statement",
    [
        "insert into aanhangsel.zaak (zaaknummer) values ('x')",
        "update aanhangsel.publicatie set titel = 'x'",
        "delete from etl.cursor",
        "insert into etl.cursor values ('x', 'y', now())",
    ],
)
def test_the_reader_cannot_write_even_when_it_says_so(
    database: Any, statement: str
) -> None:
    with psycopg.connect(database.url("aanhangsel_reader")) as connection:
        connection.execute("set transaction read write")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_roles_find_the_tables_by_their_bare_names(database: Any) -> None:
    for role in ("aanhangsel_reader", "aanhangsel_writer", OWNER):
        database.query("select count(*) from publicatie, run", role=role)


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_is_understood_by_the_database(database: Any, name: str) -> None:
    text = script(f"queries/{name}.sql")
    values = dict.fromkeys(re.findall(r"%\((\w+)\)[sb]", text))
    prefix = "" if name in COMMANDS else "explain "
    with psycopg.connect(database.url(ADMIN)) as connection:
        if name == "row_versions":
            text = text.replace("{}", "aanhangsel.publicatie")
        connection.execute(prefix + text, values or None)
        connection.rollback()


def test_no_lookup_of_the_job_reads_a_whole_table(database: Any) -> None:
    """With sequential scans priced out, one that is left has no index to use."""
    whole = {
        "row_versions", "status", "summary", "table_list", "metrics_runs",
        # small tables: a calendar, and what is wrong at the moment
        "calendar_list", "problem_list", "incident_open", "incident_untold",
        # the days of which anybody's seat is known are one range of all of them
        "link_requeue",
    }  # fmt: skip
    with psycopg.connect(database.url("aanhangsel_writer")) as connection:
        connection.execute(script("writer.sql"))
        for name in QUERIES:
            if name in whole or name.startswith("migration_"):
                continue
            text = script(f"queries/{name}.sql")
            values = dict.fromkeys(re.findall(r"%\((\w+)\)[sb]", text))
            plan = connection.execute("explain " + text, values or None).fetchall()
            scans = [
                line
                for (line,) in plan
                if re.search(r"Seq Scan on (?!.*(?:gegeven|nieuw))", line)
            ]
            assert scans == [], name


@pytest.mark.parametrize("name", names())
def test_every_check_finds_nothing_in_an_empty_database(
    database: Any, name: str
) -> None:
    with psycopg.connect(database.url("aanhangsel_reader")) as connection:
        text = script(f"checks/{name}.sql")
        assert connection.execute(text, {"now": NOW}).fetchall() == []


def test_a_check_names_what_it_finds(database: Any) -> None:
    database.query(
        "insert into aanhangsel.bron (sha256, body, compressie, lengte, ontvangen_op)"
        " values (repeat('a', 64), '', 'geen', 0, now())"
    )
    (found,) = violations(database.url("aanhangsel_reader"), NOW)
    assert found.name == "bron_without_publicatie_or_problem"
    assert found.severity == "error"
    assert "archived body" in found.says
    assert found.table.rows[0][0] == "a" * 64
