"""Each check finds what it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hand import SOURCE, START, publicatie, record
from tables import guid

from etl.errors import DocumentFault
from etl.model.publicatie import Signaal
from etl.model.run import Outcome, Tally
from etl.store.checks import Finding, violations


def found(database: Any, name: str, **later: float) -> Finding | None:
    moment = START + timedelta(**later)
    everything = violations(database.url("aanhangsel_reader"), moment)
    return next((each for each in everything if each.name == name), None)


def test_a_run_that_stays_open_is_found_by_the_callers_clock(
    load: Any, database: Any
) -> None:
    assert found(database, "run_open_too_long", hours=24) is None
    finding = found(database, "run_open_too_long", hours=25)
    assert finding is not None
    assert finding.severity == "warning"
    assert finding.table.rows == [(load.run_id, SOURCE, START)]


def test_signals_are_counted_by_code(load: Any, database: Any) -> None:
    blank = Signaal(code="blok_leeg", uitleg="een blok zonder tekst: Vraag 1")
    twice = replace(blank, uitleg="een blok zonder tekst: Vraag 2")
    odd = Signaal(code="onderwerp_ontbreekt", uitleg="geen onderwerp herkend")
    for nummer in range(1, 6):
        signalen = (blank, twice, odd) if nummer == 1 else (blank,)
        load(publicatie(nummer, zaaknummers=(), signalen=signalen))
    load.withdraw("ah-tk-20222023-5")
    finding = found(database, "signaal_by_code")
    assert finding is not None
    first = [f"ah-tk-20222023-{nummer}" for nummer in (1, 2, 3)]
    assert finding.table.rows == [
        ("blok_leeg", "een blok zonder tekst", 4, first, 0),
        ("onderwerp_ontbreekt", "geen onderwerp herkend", 1, first[:1], 0),
    ]


def test_letters_without_a_place_are_found(load: Any, database: Any) -> None:
    low = Signaal(code="dekking_laag", uitleg="weinig letters: 99.4%")
    load(publicatie(1, zaaknummers=()), dekking=0.995)
    load(publicatie(2, zaaknummers=(), signalen=(low,)), dekking=0.9949)
    load(publicatie(3, zaaknummers=()))
    finding = found(database, "dekking_low")
    assert finding is not None
    assert [row[1] for row in finding.table.rows] == ["ah-tk-20222023-2"]


def test_an_open_problem_is_found_until_it_is_resolved(
    load: Any, database: Any
) -> None:
    bad = record("ah-tk-20222023-3")
    fault = DocumentFault("pdf_corrupt", "no cross-reference table")
    load.store.transact(load.run_id, lambda unit: unit.quarantine(bad, fault, []))
    finding = found(database, "problem_open")
    assert finding is not None
    assert finding.table.rows[0][:3] == (SOURCE, "ah-tk-20222023-3", "pdf_corrupt")
    load.store.transact(load.run_id, lambda unit: unit.settle(bad))
    assert found(database, "problem_open") is None


def test_a_reference_to_itself_is_an_error(load: Any, database: Any) -> None:
    load(publicatie())
    database.query("update aanhangsel.verwijzing set doel_publicatie_id = 1")
    finding = found(database, "verwijzing_to_itself")
    assert finding is not None
    assert finding.severity == "error"


def test_a_number_that_should_be_here_is_missed_in_a_whole_year_only(
    load: Any, database: Any
) -> None:
    load(publicatie(101, zaaknummers=(), zie_ook=(), noten=()))
    database.query(
        "insert into aanhangsel.verwijzing"
        " (publicatie_id, volgorde, soort, tekst, doel_identifier) values"
        " (1, 1, 'zie ook', 'nr. 7', 'ah-tk-20222023-7'),"
        " (1, 2, 'zie ook', 'nr. 2000', 'ah-tk-20222023-2000'),"
        " (1, 3, 'zie ook', 'nr. 7', 'ah-tk-20212022-7')"
    )
    assert found(database, "verwijzing_without_doel") is None
    database.query(
        "insert into aanhangsel.publicatie (kamer, vergaderjaar, aanhangselnummer,"
        " identifier, status, eerst_gezien, laatst_gewijzigd)"
        " select 'tk', '2022-2023', n, 'ah-tk-20222023-' || n, 'ingetrokken',"
        "   now(), now()"
        " from generate_series(1, 100) as n where n <> 7"
    )
    finding = found(database, "verwijzing_without_doel")
    assert finding is not None
    assert [row[3] for row in finding.table.rows] == ["ah-tk-20222023-7"]


def test_what_was_left_to_be_joined_is_an_error_once_a_run_ended_well(
    load: Any, database: Any
) -> None:
    database.query("insert into etl.link_queue values ('people', '*')")
    assert found(database, "link_queue_left") is None
    failed = load.store.open_run(SOURCE)
    load.store.close_run(failed, Outcome.FAILED, Tally(), "the source is away")
    assert found(database, "link_queue_left") is None
    load.run_id = load.store.open_run(SOURCE)
    load.store.close_run(load.run_id, Outcome.COMPLETE, Tally(), None)
    finding = found(database, "link_queue_left")
    assert finding is not None
    assert (finding.severity, finding.table.rows) == ("error", [("people", "*")])


def test_an_entity_that_waits_for_a_month_is_found(tables: Any, database: Any) -> None:
    for name, state in (("orphan", "waiting"), ("actor", "kept")):
        tables.entity(name, "ZaakActor", state=state, first_seen_at=START)
    assert found(database, "entity_waiting_long", days=30) is None
    finding = found(database, "entity_waiting_long", days=30, seconds=1)
    assert finding is not None
    assert [str(row[0]) for row in finding.table.rows] == [guid("orphan")]


def test_a_case_without_its_day_is_found_where_the_tweede_kamer_should_know(
    tables: Any, database: Any
) -> None:
    tables.zaak("2024Z1", gestart_op=START.date())
    tables.zaak("2024Z2", tk_id=None, soort=None)
    tables.zaak("2024Z3", ingetrokken=True)
    assert found(database, "zaak_without_gestart") is None
    tables.zaak("2024Z4")
    finding = found(database, "zaak_without_gestart")
    assert finding is not None
    assert [row[0] for row in finding.table.rows] == ["2024Z4"]


def test_a_member_who_sat_for_nobody_on_the_day_of_asking_is_found(
    tables: Any, database: Any
) -> None:
    tables.put("aanhangsel.persoon", naam="Van Haga")
    tables.put("aanhangsel.fractie", afkorting="VVD")
    tables.put(
        "aanhangsel.lidmaatschap",
        persoon_id=1,
        fractie_id=1,
        van="2023-01-01",
        tot="2023-01-31",
    )
    for nummer, kamer, ingezonden, persoon_id in (
        (1, "tk", "2023-01-31", 1),
        (2, "tk", "2023-02-01", 1),
        (3, "tk", "2023-02-01", None),
        (4, "ek", "2023-02-01", 1),
        (5, "tk", None, 1),
    ):
        publicatie_id = tables.publicatie(
            f"ah-{kamer}-20222023-{nummer}", ingezonden=ingezonden
        )
        tables.put(
            "aanhangsel.indiener",
            publicatie_id=publicatie_id,
            volgorde=1,
            naam="Van Haga",
            persoon_id=persoon_id,
        )
    finding = found(database, "indiener_without_lidmaatschap")
    assert finding is not None
    assert [row[1] for row in finding.table.rows] == ["ah-tk-20222023-2"]


def test_signals_of_joining_and_of_a_case_leave_no_gap_in_the_order(
    tables: Any, database: Any
) -> None:
    publicatie_id = tables.publicatie("ah-tk-20222023-1")
    tables.zaak("2024Z1")
    for owner, volgorde in (
        ({"publicatie_id": publicatie_id}, 1),
        ({"publicatie_id": publicatie_id}, 1002),
        ({"zaaknummer": "2024Z1"}, 1001),
    ):
        tables.put(
            "aanhangsel.signaal", **owner, volgorde=volgorde, code="a", uitleg="x"
        )
    assert found(database, "volgorde_with_gaps") is None
    finding = found(database, "signaal_by_code")
    assert finding is not None
    assert finding.table.rows == [("a", "x", 1, ["2024Z1", "ah-tk-20222023-1"], 1)]
    tables.put(
        "aanhangsel.signaal",
        publicatie_id=publicatie_id,
        volgorde=3,
        code="a",
        uitleg="x",
    )
    assert found(database, "volgorde_with_gaps") is not None
