"""`etl sql`, `etl status` and `etl demo`: what a person gets to see."""

from __future__ import annotations

import csv
import json
import re
import shlex
import signal
from typing import Any

import psycopg
import pytest

from etl.demo.replica import Replica
from etl.store.embedded import LocalPostgres


def test_a_query_is_answered_as_a_table(etl: Any) -> None:
    lines = etl("sql", "select 1 as een, 'twee' as woord").out.splitlines()
    assert re.fullmatch(r"een ┃ woord", lines[0].strip())
    assert re.fullmatch(r"1 │ twee", lines[2].strip())


def test_a_table_folds_long_texts_and_leaves_short_values_whole(etl: Any) -> None:
    etl("run")
    wide = etl("sql", "select * from aanhangsel.vraag_antwoord limit 3").out
    assert max(map(len, wide.splitlines())) < 200
    assert len(re.findall(r"\bah-tk-\d{8}-\d+ ", wide)) == 3
    narrow = "select identifier, vraag_tekst from aanhangsel.vraag_antwoord limit 3"
    assert max(map(len, etl("sql", narrow).out.splitlines())) <= 100


VALUES = """select null as leeg, true as ja, 1.50::numeric as getal, 7 as heel,
    date '2024-02-20' as dag, array['a', 'b,"c"'] as lijst, E'twee\\nregels ë' as tekst,
    jsonb_build_object('x', 1) as j, '\\x00ff'::bytea as bytes, 1 as heel"""


def test_a_query_is_answered_as_json(etl: Any) -> None:
    (row,) = json.loads(etl("sql", "--format", "json", VALUES).out)
    assert row == {
        "leeg": None,
        "ja": True,
        "getal": 1.5,
        "heel": 7,
        "dag": "2024-02-20",
        "lijst": ["a", 'b,"c"'],
        "tekst": "twee\nregels ë",
        "j": {"x": 1},
        "bytes": "\\x00ff",
        "heel_2": 1,
    }


def test_a_query_is_answered_as_csv(etl: Any) -> None:
    out = etl("sql", "--format", "csv", VALUES).out
    header, row = csv.reader(out.splitlines(keepends=True))
    assert header[:4] == ["leeg", "ja", "getal", "heel"]
    assert row == [
        "",
        "true",
        "1.50",
        "7",
        "2024-02-20",
        '["a", "b,\\"c\\""]',
        "twee\nregels ë",
        '{"x": 1}',
        "\\x00ff",
        "1",
    ]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_answer_without_rows_is_no_error(form: str, etl: Any) -> None:
    out = etl("sql", "--format", form, "select 1 as a where false").out
    assert out.strip() in {"a", "[]", "a\n━"} or out.startswith("a")


@pytest.mark.parametrize(
    "query",
    [
        "delete from aanhangsel.publicatie",
        "create table aanhangsel.x ()",
        "set default_transaction_read_only = off; delete from aanhangsel.publicatie",
        "selec",
        "select 1; select 2",
        "commit; begin read write; delete from aanhangsel.publicatie; commit",
        "select * from nergens",
        "select date 'infinity'",
    ],
)
def test_a_query_that_is_wrong_or_writes_is_one_line(query: str, etl: Any) -> None:
    result = etl("sql", query, expect=2)
    (line,) = result.err.splitlines()
    assert line.startswith("etl: the query fails: ")


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_a_query_is_read_as_typed_whatever_the_locale(variables: Any, etl: Any) -> None:
    assert "ë…" in etl("sql", "select 'ë…' as letters", **variables).out


def test_without_a_query_the_address_has_no_password(etl: Any) -> None:
    secret = "postgresql://lezer:hunter2@db.example.org:5433/a?password=hunter2&x=1"
    result = etl("sql", DATABASE_READER_URL=secret)
    assert result.out == "postgresql://lezer@db.example.org:5433/a?x=1\n"
    assert "hunter2" not in result.err


def test_a_port_is_for_the_embedded_database(etl: Any) -> None:
    (line,) = etl("sql", "--port", 0, expect=2).said
    assert line.startswith("etl: --port is for the embedded database")


def test_the_embedded_database_stays_up_until_ctrl_c(bare: Any) -> None:
    process = bare.start("--data-dir", "data", "sql")
    address = process.stdout.readline().decode().strip()
    said = process.stderr.readline().decode()
    with psycopg.connect(address) as connection:
        row = connection.execute("select current_user").fetchone()
        assert row == ("aanhangsel_reader",)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert said == "the database stays up until Ctrl-C\n"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_a_port_lets_programs_in_by_password(bare: Any) -> None:
    process = bare.start("--data-dir", "data", "sql", "--port", "0")
    address = process.stdout.readline().decode().strip()
    secret = process.stderr.readline().decode().removeprefix("password: ").strip()
    assert secret not in address
    with psycopg.connect(address, password=secret) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, password="wrong")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_status_before_the_first_run_is_7_and_says_what_to_do(
    bare: Any, empty_database: Any
) -> None:
    address = empty_database.url("aanhangsel_owner")
    result = bare("status", expect=7, DATABASE_URL=address)
    assert result.out.splitlines()[1] == "  it never ran: do `etl run`"


def test_status_after_a_run_is_well(etl: Any) -> None:
    etl("run")
    assert etl("status").out.startswith("officielebekendmakingen: ok; last good run 2")
    told = json.loads(etl("status", "--json").out)
    assert told["ok"] is True
    assert told["sources"][0]["last_run"]["outcome"] == "complete"


def test_status_after_a_failed_run_says_why(etl: Any) -> None:
    etl("run")
    nowhere = "http://127.0.0.1:9"
    variables = {"ETL_SRU_URL": nowhere, "ETL_PUBLICATIONS_URL": nowhere}
    etl("run", expect=4, **variables)
    assert "  the last run failed: SourceUnreachable: " in etl("status", expect=7).out


def test_status_of_old_data_is_7(etl: Any, database: Any) -> None:
    etl("run")
    database.query(
        "update etl.run set started_at = started_at - interval '3 days',"
        " finished_at = finished_at - interval '3 days'"
    )
    assert "the last good run was 3 d 0 h ago" in etl("status", expect=7).out


def test_the_demo_tells_the_truth_and_how_to_go_on(bare: Any) -> None:
    result = bare("demo", ETL_DATA_DIR="data")
    assert (
        "first pass: officielebekendmakingen: complete: seen 11, new 11" in result.out
    )
    assert "first pass: tweedekamer: complete: seen " in result.out
    assert "second pass: 0 rows written" in result.out
    # two in Word form have no number yet; nine of the eleven are at both
    assert re.search(r"^publicatie +│ +13$", result.out, re.MULTILINE)
    assert re.search(r"^zaak +│ +14$", result.out, re.MULTILINE)
    assert max(map(len, result.out.split("Your turn")[0].splitlines())) <= 120
    assert result.err == ""
    asks = result.out.rstrip().splitlines()[-2]
    arguments = shlex.split(asks)[3:]
    assert shlex.split(asks)[1:3] == ["-m", "etl"]
    # it works whatever DATABASE_URL says
    again = bare(*arguments, DATABASE_URL="postgresql://nobody@127.0.0.1:9/x")
    assert "ah-tk-" in again.out


def test_the_demo_can_be_shown_twice(bare: Any) -> None:
    bare("demo", ETL_DATA_DIR="data")
    again = bare("demo", ETL_DATA_DIR="data").out
    assert "first pass: officielebekendmakingen: complete: seen 11, new 0" in again
    assert re.search("first pass: tweedekamer: complete: seen [0-9]+, new 0,", again)
    assert "second pass: 0 rows written" in again


def test_the_demo_leaves_the_configured_database_alone(etl: Any, database: Any) -> None:
    etl("demo", ETL_DATA_DIR="data")
    assert database.query("select count(*) from aanhangsel.publicatie") == [(0,)]


def test_without_a_database_run_makes_one_and_the_next_run_finds_it(
    bare: Any, replica: Replica
) -> None:
    bare.variables |= {
        "ETL_DATA_DIR": "data",
        "ETL_SOURCES": "officielebekendmakingen",
        "ETL_SRU_URL": replica.sru_url,
        "ETL_PUBLICATIONS_URL": replica.publications_url,
        "ETL_SINCE": "1994-09-01",
    }
    assert "new 11" in bare("run").out
    query = "select count(*) as n from aanhangsel.publicatie"
    assert json.loads(bare("sql", "--format", "json", query).out) == [{"n": 11}]
    server = LocalPostgres(bare.folder / "data")
    assert not server._answers()


def test_commands_share_the_embedded_database(bare: Any) -> None:
    processes = [
        bare.start("--data-dir", "data", "sql", "--format", "csv", "select 1 as a")
        for _ in range(3)
    ]
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (0, b"a\n1\n"), err
