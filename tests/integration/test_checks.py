"""Each check finds what it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hand import SOURCE, START, publicatie, record

from etl.errors import DocumentFault
from etl.model.publicatie import Signaal
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
        ("blok_leeg", "een blok zonder tekst", 4, first),
        ("onderwerp_ontbreekt", "geen onderwerp herkend", 1, first[:1]),
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
