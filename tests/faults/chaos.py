"""All faults at random for an hour, then well again: does it end as a clean load would?

`python -m faults.chaos --minutes 60 --documents 10000 --seed 1`; see `scripts/soak`.

Two sources change all the time. `python -m etl run` follows them as cron would, in bad
weather (tests/faults/weather.py), killed and terminated at random, over a database that
crashes and a road to it (tests/faults/proxy.py) that cuts, delays and loses answers. At the end the weather clears, and what was loaded
must be byte-equal to what a fresh database gets of the same sources in peace; but for
the history of versions and bodies, which is of what was seen on the way.

Quarantined documents wait for hours before they are tried again; an hour is too short
for that, so their waiting is cut short by hand now and then, and once at the end.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from dump import dump
from faults.command import Command, Deed, Ended, kill, terminate
from faults.proxy import Proxy, proxy
from faults.weather import Weather
from faults.world import World
from hand import make_folder

from etl.demo.kamer import Kamer
from etl.demo.replica import Replica
from etl.store.checks import violations
from etl.store.embedded import ADMIN, LocalPostgres, Server
from etl.store.home import SOCKET
from etl.store.migrations import migrate

HISTORY = {"publicatie_versie", "publicatie_bron", "bron"}
"""What was seen on the way, by when it was looked at."""

SHARES = (0.0, 0.0, 0.01, 0.02, 0.05, 0.05, 0.15, 0.3, 1.0)
"""Parts of all requests that go wrong; one is chosen for each run."""

EXPECTED = {0, 3, 4, 5, 6, 143, -9, -15}
"""How a run may end here. 1 would be a bug, 2 a wrong start. -15 is 143 to a shell: the
signal came before the command was listening, or after it had ended its work."""

DRAIN = 10.0
"""Seconds that a run may take to end once it is asked to."""

CLEARING = 20
"""Most runs that it may take to become well again."""

Doing = Callable[[subprocess.Popen[bytes]], object]


@dataclass(slots=True)
class Database:
    """One database of the server."""

    server: Server
    name: str

    def url(self, role: str = ADMIN) -> str:
        return self.server.url(role, self.name)

    def query(self, text: str, *args: object) -> list[tuple[Any, ...]]:
        """Rows of an ad-hoc statement, as the superuser."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            cursor = connection.execute(text, args or None)
            return cursor.fetchall() if cursor.description else []

    def errors(self) -> list[str]:
        """Names of the checks of severity error that find rows."""
        found = violations(self.url("aanhangsel_reader"), datetime.now(UTC))
        return [f"{one.name}: {one.table.rows[:3]}" for one in found if is_error(one)]


def is_error(finding: Any) -> bool:
    return bool(finding.severity == "error")


@dataclass(slots=True)
class Chaos:
    """The hour; `told` hears a line a minute."""

    world: World
    weather: Weather
    database: Database
    road: Proxy
    command: Command
    chance: random.Random
    told: Callable[[str], None]
    deeds: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest_end: float = 0.0

    def rage(self, minutes: float, documents: int) -> None:
        """One run after the other, each with a plan of its own."""
        started = time.monotonic()
        minute = 0
        while (spent := (time.monotonic() - started) / 60) < minutes:
            part = min(1.0, 1.05 * spent / minutes + 0.01)
            self.world.tick(int(documents * part), self.chance.randrange(0, 8))
            self.weather.share = self.chance.choice(SHARES)
            self._run(self._plan())
            if self.chance.random() < 0.3:
                age(self.database)
            if spent >= minute + 1:
                minute = int(spent)
                self._look(minute)
        self.world.tick(documents, 5)

    def clear(self) -> int:
        """Well again: run until there is nothing left to do; returns how often."""
        self.weather.share = 0.0
        for number in range(1, CLEARING + 1):
            age(self.database)
            ended = self._run([])
            query = "select count(*) from etl.run_problem where resolved_at is null"
            left = self.database.query(query)[0][0]
            if ended.code == 0 and not left and "new 0, changed 0" in ended.out:
                return number
        self.wrong.append(f"not well after {CLEARING} runs: {ended.out} {ended.err}")
        return CLEARING

    def _plan(self) -> list[Deed]:
        """What is done to the next run, by chance: nothing to one in four."""
        some: list[Deed] = []
        draw = self.chance.random()
        if draw < 0.35:
            some.append((self._moment(), self._counted("SIGKILL", kill)))
        elif draw < 0.5:
            some.append((self._moment(), self._counted("SIGTERM", self._terminated)))
        if self.chance.random() < 0.2:
            some.append((self._moment(), self._counted("cut", self._cut)))
        if self.chance.random() < 0.4:
            name, fault = self.chance.choice(self._road_faults())
            moment = self._moment()
            some.append((moment, self._counted(name, fault)))
            some.append((moment + 1, self._well_road))
        if self.chance.random() < 0.08:
            some.append((self._moment(), self._counted("crash", self._crash)))
        return some

    def _road_faults(self) -> list[tuple[str, Doing]]:
        def put(name: str, value: object) -> Doing:
            return lambda _process: setattr(self.road, name, value)

        return [
            ("lost commit", put("lose_commits", 1)),
            ("cut in a statement", put("cut_after", self.chance.randrange(20_000))),
            ("slow road", put("delay", 0.05)),
            ("closed road", self._close_road),
        ]

    def _close_road(self, process: subprocess.Popen[bytes]) -> None:
        del process
        self.road.closed = True
        self.road.cut()

    def _well_road(self, process: subprocess.Popen[bytes] | None = None) -> None:
        del process
        self.road.lose_commits, self.road.cut_after = 0, None
        self.road.delay, self.road.closed = 0.0, False

    def _moment(self) -> float:
        return self.chance.uniform(0.1, 4)

    def _counted(self, name: str, deed: Doing) -> Doing:
        def do(process: subprocess.Popen[bytes]) -> None:
            self.deeds[name] += 1
            deed(process)

        return do

    def _terminated(self, process: subprocess.Popen[bytes]) -> None:
        asked = time.monotonic()
        terminate(process)
        try:
            process.wait(DRAIN * 3)
        except subprocess.TimeoutExpired:
            self._note("a run did not end on SIGTERM")
        took = time.monotonic() - asked
        self.slowest_end = max(self.slowest_end, took)
        if took > DRAIN:
            self._note(f"a run took {took:.1f} s to end on SIGTERM")

    def _cut(self, process: subprocess.Popen[bytes]) -> None:
        """End every connection of the run."""
        del process
        self.database.query(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )

    def _crash(self, process: subprocess.Popen[bytes]) -> None:
        """The server dies at once and starts again."""
        del process
        crash(self.database.server)

    def _run(self, plan: list[Deed]) -> Ended:
        self._well_road()
        ended = self.command("run", deeds=plan)
        self.codes[ended.code] += 1
        if ended.code not in EXPECTED:
            self._note(f"exit {ended.code}: {ended.err[-3000:]}")
        return ended

    def _note(self, line: str) -> None:
        self.wrong.append(line)
        self.told(f"WRONG {line}")

    def _look(self, minute: int) -> None:
        for one in self.database.errors():
            self._note(f"minute {minute}: {one}")
        query = (
            "select (select count(*) from aanhangsel.publicatie),"
            " (select count(*) from etl.run_problem where resolved_at is null)"
        )
        loaded, waiting = self.database.query(query)[0]
        happened = len(self.world.versions)
        self.told(
            f"minute {minute}: published {happened}, loaded {loaded}, in quarantine"
            f" {waiting}, runs {self.codes.total()}, HTTP faults"
            f" {self.weather.hits.total()}, {dict(self.deeds)}, wrong {len(self.wrong)}"
        )


def age(database: Database) -> None:
    """As if the patience with what is in quarantine were over."""
    database.query(
        "update etl.run_problem set next_try_at = last_seen_at"
        " where resolved_at is null"
    )


def crash(server: Server) -> None:
    """Immediate shutdown, which is a crash to its clients, and a new start."""
    postgres = server.postgres
    postgres._ctl("stop", "-m", "immediate")
    postgres.ensure()


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """What either has and the other has not, a few lines a table."""
    found = []
    for table in sorted({*one, *other}):
        here, there = set(one.get(table, ())), set(other.get(table, ()))
        if one.get(table) != other.get(table):
            found.append(f"{table}: {len(here - there)} and {len(there - here)} differ")
            found += [f"  chaos: {line}" for line in sorted(here - there)[:3]]
            found += [f"  clean: {line}" for line in sorted(there - here)[:3]]
    return found


def untrue(world: World, database: Database) -> list[str]:
    """Numbers whose values are not as they were published last."""
    query = (
        "select aanhangselnummer, onderwerp, (select array_agg(tekst order by volgorde) from"
        " aanhangsel.antwoord where publicatie_id = p.publicatie_id)"
        " from aanhangsel.publicatie p where status <> 'ingetrokken'"
    )
    held = {number: rest for number, *rest in database.query(query)}
    truth = {
        number: [one.onderwerp, [blok.tekst for blok in one.antwoorden]]
        for number, one in world.truth()
    }
    return [f"{n}" for n in {*held, *truth} if held.get(n) != truth.get(n)]


@contextmanager
def stage(folder: Path, seed: int) -> Iterator[tuple[World, Weather, Server, Proxy]]:
    """Two replicas with weather before them, and a server at the end of a road."""
    with ExitStack() as stack:
        koop = stack.enter_context(Replica())
        kamer = stack.enter_context(Kamer())
        server = stack.enter_context(LocalPostgres(folder / "cluster").serve())
        world = World(koop, kamer, random.Random(seed))
        road = stack.enter_context(proxy(server.postgres.at.sockets / SOCKET))
        yield world, Weather(random.Random(seed + 1), koop, kamer), server, road


def database_of(server: Server, name: str) -> Database:
    """A fresh database with all migrations applied."""
    with psycopg.connect(server.url(ADMIN), autocommit=True) as admin:
        admin.execute(f"create database {name} owner aanhangsel_owner".encode())
    migrate(server.url("aanhangsel_owner", name))
    return Database(server, name)


def command_on(world: World, database: Database, folder: Path, **more: str) -> Command:
    """The command between these sources and this database."""
    folder.mkdir(exist_ok=True)
    variables = {
        "DATABASE_URL": database.url("aanhangsel_writer"),
        "DATABASE_OWNER_URL": database.url("aanhangsel_owner"),
        "DATABASE_READER_URL": database.url("aanhangsel_reader"),
        "ETL_SRU_URL": world.koop.sru_url,
        "ETL_PUBLICATIONS_URL": world.koop.publications_url,
        "ETL_SYNCFEED_URL": world.kamer.syncfeed_url,
        "ETL_ODATA_URL": world.kamer.odata_url,
        "ETL_SINCE": "1994-09-01",
        **more,
    }
    return Command(folder, variables, limit=1800)


def clean(world: World, server: Server, folder: Path) -> Database:
    """The same sources loaded in peace: what was withdrawn is seen before that."""
    database = database_of(server, "clean")
    command = command_on(world, database, folder / "clean")
    with world.before_withdrawal():
        well(command("run"))
    well(command("run", "--since", "1994-09-01"))
    return database


def well(ended: Ended) -> None:
    if ended.code != 0:
        raise AssertionError(f"exit {ended.code}: {ended.out} {ended.err[-3000:]}")


def play(minutes: float, documents: int, seed: int) -> int:
    """The whole of it; 0 when all was as it has to be."""
    folder, started = make_folder("etl-chaos-"), time.monotonic()

    def told(line: str) -> None:
        sys.stdout.write(f"{time.monotonic() - started:6.0f} s  {line}\n")
        sys.stdout.flush()

    told(f"seed {seed}, {minutes:g} minutes, {documents} documents")
    try:
        with stage(folder, seed) as (world, weather, server, road):
            database = database_of(server, "chaos")
            world.loaded = lambda name, sha256: bool(
                database.query(HOLDS, name, sha256)
            )
            url = road.url("aanhangsel_writer", database.name)
            command = command_on(world, database, folder / "chaos", DATABASE_URL=url)
            chance = random.Random(seed + 2)
            chaos = Chaos(world, weather, database, road, command, chance, told)
            chaos.rage(minutes, documents)
            told(f"well again after {chaos.clear()} runs")
            wrong = chaos.wrong + judged(world, database, server, folder, told)
            if not (weather.hits and chaos.deeds):
                wrong.append("hardly anything was done to the runs")
            told(f"happened: {dict(world.happened)}")
            told(f"HTTP faults: {dict(weather.hits)}")
            told(f"on the road to the database: {dict(road.done)}")
            told(f"done to runs: {dict(chaos.deeds)}; exit codes {dict(chaos.codes)}")
            told(f"slowest end after SIGTERM: {chaos.slowest_end:.1f} s")
            for line in wrong:
                told(f"WRONG {line}")
            told("FAILED" if wrong else "equal, nothing lost, nothing doubled")
            return int(bool(wrong))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


HOLDS = """
    select 1 from aanhangsel.publicatie
    join aanhangsel.publicatie_bron using (publicatie_id)
    where identifier = %s and sha256 = %s
"""


def judged(
    world: World,
    database: Database,
    server: Server,
    folder: Path,
    told: Callable[[str], None],
) -> list[str]:
    """What is not as it has to be at the end."""
    wrong = database.errors()
    wrong += [f"not as published: {one}" for one in untrue(world, database)[:20]]
    mine = dump(database, HISTORY)
    told(f"rows at the end: { {table: len(rows) for table, rows in mine.items()} }")
    wrong += [
        f"doubled in {table}"
        for table, rows in mine.items()
        if len(rows) != len(set(rows))
    ]
    theirs = clean(world, server, folder)
    told("clean load done")
    wrong += [f"clean load: {one}" for one in untrue(world, theirs)[:20]]
    return wrong + differences(mine, dump(theirs, HISTORY))


def main() -> int:
    """Parse, play."""
    parser = argparse.ArgumentParser(prog="faults.chaos")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0, help="0 draws one")
    given = parser.parse_args()
    seed = given.seed or random.SystemRandom().randrange(1, 10**6)
    return play(given.minutes, given.documents, seed)


if __name__ == "__main__":
    sys.exit(main())
