"""How the parts are joined: which sources, which database, which exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.app.ask import without_password
from etl.app.backfill import FILLINGS
from etl.app.database import Database, configured
from etl.app.dry import DryStore
from etl.app.jobs import BY_HAND, Jobs, Request, followed
from etl.app.run import Done, check, exit_code
from etl.combine import PRECEDENCE
from etl.dedupe import Held
from etl.documents import understand
from etl.errors import (
    ConfigurationError,
    DocumentFault,
    EtlError,
    SourceUnreachable,
    StoreUnreachable,
)
from etl.model.run import Outcome, Tally
from etl.pipeline import Report
from etl.settings import Settings, read_settings
from etl.sources import SOURCES

KOOP = "officielebekendmakingen"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in list(os.environ):
        if name.startswith(("ETL_", "DATABASE_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def settings(**given: str) -> Settings:
    return read_settings(given)


def done(
    outcome: Outcome, error: EtlError | None = None, bug: Exception | None = None
) -> Done:
    report = Report(KOOP, Tally(), outcome, error, bug)
    return Done(report=report, quarantined=())


COMPLETE = done(Outcome.COMPLETE)
PARTIAL = done(Outcome.PARTIAL)
STOPPED = done(Outcome.INTERRUPTED)
AWAY = done(Outcome.FAILED, SourceUnreachable("no answer"))
LOST = done(Outcome.FAILED, StoreUnreachable("gone"))
WRONG = done(Outcome.FAILED, ConfigurationError("no directory"))
BUG = done(Outcome.FAILED, bug=KeyError("x"))


@pytest.mark.parametrize(
    ("reports", "code"),
    [
        ([COMPLETE], 0),
        ([PARTIAL], 3),
        ([AWAY], 4),
        ([LOST], 5),
        ([WRONG], 2),
        ([BUG], 1),
        ([STOPPED], 143),
        ([COMPLETE, PARTIAL], 3),
        ([PARTIAL, AWAY], 4),
        ([AWAY, LOST], 5),
        ([LOST, WRONG], 2),
        ([WRONG, BUG, LOST, AWAY, PARTIAL], 1),
        ([PARTIAL, STOPPED], 143),
        ([AWAY, STOPPED], 4),
        ([], 0),
    ],
)
def test_the_worst_of_several_is_the_exit_code(reports: list[Done], code: int) -> None:
    assert exit_code(reports) == code


def test_every_source_but_the_directory_is_followed() -> None:
    assert followed(settings()) == (KOOP, "tweedekamer")
    assert followed(settings(ETL_SOURCES=f"{KOOP},{KOOP}")) == (KOOP,)


def test_every_source_has_its_run_its_backfill_and_its_rank() -> None:
    jobs: Any = Jobs(
        settings=settings(),
        request=Request(sources=SOURCES, path=Path()),
        store=DryStore(None),
        client=None,  # type: ignore[arg-type] # nothing is asked
        understand=understand,
        stopping=lambda: False,
    )
    runs = [jobs.run(name, lambda name, **details: None) for name in SOURCES]
    assert [run.source.name for run in runs] == list(SOURCES)
    assert {*FILLINGS, BY_HAND} == set(SOURCES)
    assert set(PRECEDENCE) == set(SOURCES)


def test_a_directory_cannot_be_followed() -> None:
    with pytest.raises(ConfigurationError, match="map"):
        followed(settings(ETL_SOURCES="map"))


@pytest.mark.parametrize(
    "request_",
    [
        Request(sources=["map"]),
        Request(sources=[KOOP], path=Path()),
        Request(sources=["map"], path=Path("nowhere")),
        Request(sources=["kamer"]),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(request_: Request) -> None:
    with pytest.raises(ConfigurationError):
        check(settings(), request_)


def test_a_directory_may_be_run_beside_a_source() -> None:
    check(settings(), Request(sources=[KOOP, "map"], path=Path()))


def test_without_any_address_the_database_is_embedded() -> None:
    assert configured(settings()) == {}


def test_one_address_serves_all_roles() -> None:
    found = configured(settings(DATABASE_URL="postgresql://a@b/c"))
    assert found == dict.fromkeys(("owner", "writer", "reader"), "postgresql://a@b/c")


def test_each_role_may_have_its_own_address() -> None:
    found = configured(
        settings(
            DATABASE_URL="postgresql://w@b/c",
            DATABASE_OWNER_URL="postgresql://o@b/c",
            DATABASE_READER_URL="postgresql://r@b/c",
        )
    )
    assert found == {
        "owner": "postgresql://o@b/c",
        "writer": "postgresql://w@b/c",
        "reader": "postgresql://r@b/c",
    }


def test_a_readers_address_alone_lets_nobody_write() -> None:
    urls = configured(settings(DATABASE_READER_URL="postgresql://r@b/c"))
    database = Database(urls=urls)
    assert database.url("reader") == "postgresql://r@b/c"
    with pytest.raises(ConfigurationError, match="set DATABASE_URL as well"):
        database.url("writer")


def test_a_database_does_not_show_its_addresses() -> None:
    database = Database(urls={"writer": "postgresql://w:hunter2@b/c"})
    assert "hunter2" not in repr(database)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://a:b@c:5/d", "postgresql://a@c:5/d"),
        (
            "postgresql://a:b%40@c/d?sslmode=require",
            "postgresql://a@c/d?sslmode=require",
        ),
        ("postgresql://c/d?user=a&password=b", "postgresql://c/d?user=a"),
        ("postgresql:///d?host=%2Frun%2Fpg", "postgresql:///d?host=/run/pg"),
        ("postgresql://a@/d?host=%2Frun&port=5", "postgresql://a@/d?host=/run&port=5"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_password(address) == shown


class Real:
    """A store that remembers what was asked of it, and that rolls back."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def call(*_arguments: object) -> Any:
            self.calls.append(name)
            answers = {"position": "2026-11-01", "held": Held(current=None)}
            return answers.get(name)

        return call

    def transact(self, _run_id: int, work: Any) -> Any:
        self.calls.append("begin")
        try:
            result = work(self)
        except Exception:
            self.calls.append("rollback")
            raise
        self.calls.append("commit")
        return result


def test_a_dry_store_reads_and_rolls_back() -> None:
    real = Real()
    dry = DryStore(real)
    assert dry.open_run(KOOP) == 0
    assert dry.position(KOOP) == "2026-11-01"

    def work(unit: Any) -> str:
        assert unit.held("reading") == Held(current=None)
        unit.load("new", Held(current=None), "whole", "reading")
        unit.attach(0, KOOP, "bron")
        unit.settle("record")
        unit.advance(KOOP, "2026-11-02")
        unit.rewind(KOOP, "2026-11-01")
        unit.quarantine("record", "fault", ())
        assert unit.withdraw("record")
        return "result"

    assert dry.transact(0, work) == "result"
    dry.close_run(0, Outcome.COMPLETE, Tally(), None)
    assert real.calls == ["position", "begin", "held", "rollback"]


def test_a_dry_store_lets_a_documents_fault_through() -> None:
    dry = DryStore(Real())

    def work(_unit: Any) -> None:
        raise DocumentFault("row_refused", "too long")

    with pytest.raises(DocumentFault):
        dry.transact(0, work)


def test_a_dry_store_over_nothing_knows_nothing() -> None:
    dry = DryStore(None)
    assert dry.position(KOOP) is None
    assert dry.known(KOOP, ["a"]) == {}
    assert list(dry.due(KOOP)) == []
    assert dry.waiting(KOOP) == {}
    assert dry.transact(0, lambda unit: unit.held(None)) == Held(current=None)
