"""Attacks: section J of the catalogue that no other test holds."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faults.material import name_of, xml
from hand import Clock, Loader, antwoord, publicatie, vraag
from houses import Houses, houses

from etl.demo.faults import status
from etl.demo.replica import Replica
from etl.errors import DocumentFault, EtlError
from etl.model.publicatie import Indiener, Metadata
from etl.sources.client import Client, Rates
from etl.sources.map import Map

SEED = 20_261_128

HEADS = ("'", '"', "')", "\\'", "$$", "%s", "%(now)s", "{0}", "\u2019", "\n--\n")
TAILS = (
    "; drop table aanhangsel.publicatie; --",
    "); delete from aanhangsel.vraag; select (",
    " or 1=1 --",
    "; create role boef superuser; --",
    "; copy etl.run to program 'touch /tmp/etl-was-here'; --",
    "; select pg_sleep(60); --",
    "; alter table etl.run rename to weg; --",
    "; set role aanhangsel_owner; --",
    "' || (select current_user) || '",
    "; grant all on schema etl to public; --",
    "\\; truncate etl.cursor; --",
    "*/; drop schema etl cascade; /*",
    "; do $x$ begin raise exception 'ja'; end $x$; --",
    "\x1b[2J\x1b]0;titel\x07",
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}#{7*7}",
    "../../../../etc/passwd",
    "\u202e gnirts \u2066",
    "%00 %n %x %p",
    "`touch /tmp/etl-was-here`",
)
PAYLOADS = [head + tail for head in HEADS for tail in TAILS]

SHAPE = """
    select string_agg(concat_ws(' ', c.relname, c.relkind, c.relowner::regrole, c.relacl,
        (select count(*) from pg_attribute where attrelid = c.oid)), '|' order by c.oid)
    from pg_class as c
    where c.relnamespace in ('aanhangsel'::regnamespace, 'etl'::regnamespace)
"""


def test_there_are_two_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) == 200


def test_hostile_text_is_only_text(
    load: Loader, database: Any, clock: Clock, folder: Path
) -> None:
    """As title, name, subject, text, category, address, file name and cursor."""
    shape = database.query(SHAPE)
    roles = database.query("select count(*) from pg_roles")
    for number, payload in enumerate(PAYLOADS, start=1):
        load(
            publicatie(
                number,
                onderwerp=payload,
                indieners=(Indiener(naam=payload, fractie=payload),),
                vragen=(vraag("1", tekst=payload),),
                antwoorden=(antwoord("1", tekst=payload),),
            ),
            metadata=Metadata(titel=payload),
        )
        source = f"odd {payload}"
        load.store.transact(
            load.run_id, lambda unit, it=(source, payload): unit.advance(*it)
        )
        clean = payload.replace("\0", "?")
        assert load.store.position(source) == clean
    stored = database.query(
        "select onderwerp, titel from aanhangsel.publicatie order by aanhangselnummer"
    )
    assert [row[0] for row in stored] == PAYLOADS
    assert [row[1] for row in stored] == PAYLOADS
    names = database.query(
        "select naam from aanhangsel.indiener order by publicatie_id"
    )
    assert [name for (name,) in names] == PAYLOADS
    assert database.query(SHAPE) == shape
    assert database.query("select count(*) from pg_roles") == roles
    assert not Path("/tmp/etl-was-here").exists()


def test_hostile_file_names_are_only_names(folder: Path, clock: Clock) -> None:
    chosen = [one for one in PAYLOADS if "/" not in one and "\n" not in one]
    for payload in chosen:
        (folder / f"{payload}.xml").write_bytes(b"<a/>")
    found = Map(folder, clock, lambda *_, **__: None).records(None)
    assert len(found) == len(chosen)


def test_nobody_owns_what_it_uses(database: Any) -> None:
    owners = database.query(
        "select distinct relowner::regrole::text from pg_class where relnamespace in"
        " ('aanhangsel'::regnamespace, 'etl'::regnamespace)"
    )
    assert owners == [("aanhangsel_owner",)]


ELSEWHERE = [
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/",
    "http://127.0.0.1/",
    "http://127.0.0.1:1/",
    "http://127.1/",
    "http://0.0.0.0/",
    "http://0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://localhost/",
    "http://localhost.localdomain/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://zoek.example.org.evil.example/",
    "http://zoek.example.org@127.0.0.1/",
    "http://user:pass@zoek.example.org/",
    "http://zoek.example.org:8080/",
    "http://zoek.example.org:22/",
    "https://zoek.example.org:80/",
    "http://xn--zoek-example-org.example/",
    "http://ｚoek.example.org.evil.example/",
    "http://zoek。example。org.evil.example/",
    "http://ZOEK.EXAMPLE.ORG.EVIL.EXAMPLE/",
    "//evil.example/",
    "file:///etc/passwd",
    "ftp://zoek.example.org/",
    "gopher://127.0.0.1:6379/_",
    "jar:http://zoek.example.org!/",
    "data:text/plain,x",
    "javascript:alert(1)",
    "http://zoek.example.org\\@evil.example/",
    "http:///etc/passwd",
    "http://evil.example#@zoek.example.org/",
    "http://evil.example?@zoek.example.org/",
    "",
    "http://\n127.0.0.1/",
]


def test_there_are_forty_addresses() -> None:
    assert len(set(ELSEWHERE)) >= 40


@pytest.mark.parametrize("url", ELSEWHERE)
def test_no_address_of_data_is_ever_called(url: str) -> None:
    """Only the exact scheme, host and port of the base; nothing is even looked up."""
    called: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        called.append(f"{host}:{port}")
        raise AssertionError(host)

    client = Client(
        bases=["https://zoek.example.org/base"],
        rates=Rates(),
        user_agent="test",
        sleep=lambda _: None,
        resolve=resolve,
    )
    with client, pytest.raises(DocumentFault, match="request_refused"):
        client.get(url)
    assert called == []


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "/etc/passwd",
        "ah-tk-20232024-1/../../../x",
        "ah-tk-20232024-1?x=/etc/passwd",
        "ah-tk-20232024-1#/../x",
        "http://127.0.0.1:1/ah-tk-20232024-1",
        "ah-tk-20232024-1\\..\\..\\x",
        "ah-tk-20232024-1;rm -rf x",
        "C:\\windows\\system32",
    ],
)
def test_no_name_of_a_source_becomes_a_path(
    both: Houses, database: Any, name: str
) -> None:
    """Neither of a file here nor of another page there."""
    both.koop.publish(name_of(1), {"xml": xml(1, 1)}, "2026-11-01")
    both.koop.publish(name, {"xml": xml(2, 1)}, "2026-11-01")
    (report,) = both.run("officielebekendmakingen")
    assert not report.bug
    for request in both.koop.requests:
        assert re.fullmatch(
            r"/sru|/ah-tk-\d{8}-\d+(\.\w+|/metadata\.xml)", request.path
        )
    assert database.query(
        "select identifier from aanhangsel.publicatie where identifier = %s", name_of(1)
    ) == [(name_of(1),)]


CANARY = "kanarie-7f3a9c51"
CANARIES = int(os.environ.get("CANARIES", "1"))
"""Commands beside `run` for each way of failing; 6 by night."""

ROOT = Path(__file__).resolve().parents[2]


def test_a_secret_is_nowhere_after_runs_that_failed(
    database: Any, folder: Path
) -> None:
    """A password and a token, through every way of failing: nobody can read them after."""
    chance = random.Random(SEED)
    url = f"postgresql://aanhangsel_writer:{CANARY}@127.0.0.1:{{port}}/x"
    good = database.url("aanhangsel_writer").replace("@", f":{CANARY}@", 1)
    environments = [
        {"DATABASE_URL": good},
        {"DATABASE_URL": url.format(port=9)},
        {"DATABASE_URL": good, "DATABASE_READER_URL": url.format(port=9)},
        {"DATABASE_URL": good.replace("postgresql", "mysql", 1)},
        {"DATABASE_URL": f"{good}&onzin=1"},
        {"DATABASE_URL": good + "@nog-een"},
        {"DATABASE_URL_FILE": str(secret(folder, good))},
    ]
    commands = (
        ["run"], ["status"], ["check"], ["migrate"], ["sql", "select 1"], ["sql", "fout"],
        ["run", "--dry-run"], ["status", "--problems", "--json"],
    )  # fmt: skip
    with Replica() as koop:
        koop.fault_at("/sru", status(400), times=-1)
        for environment in environments:
            for command in (["run"], *chance.sample(commands, CANARIES)):
                said, shown = performed(command, environment, folder, koop.sru_url)
                assert CANARY not in said, (command, said)
                assert CANARY not in shown, "on the command line"
    rows = database.query(
        "select to_jsonb(r)::text from etl.run as r union all"
        " select to_jsonb(p)::text from etl.run_problem as p union all"
        " select to_jsonb(i)::text from etl.incident as i"
    )
    assert rows, "no run got as far as the database"
    assert CANARY not in str(rows)


def secret(folder: Path, text: str) -> Path:
    file = folder / "secret"
    file.write_text(text)
    file.chmod(0o600)
    return file


def performed(
    command: list[str], environment: dict[str, str], folder: Path, sru: str
) -> tuple[str, str]:
    """All that a command says at its loudest, and what others can see of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "ETL_LOG_LEVEL": "debug",
            "ETL_SRU_URL": sru,
            "ETL_SOURCES": "officielebekendmakingen",
            "ETL_ALERT_URL": f"http://127.0.0.1:9/{CANARY}",
            **environment,
        },
    )
    line = Path(f"/proc/{process.pid}/cmdline")
    shown = line.read_bytes().decode() if line.exists() else ""
    said, _ = process.communicate(timeout=110)
    return said.decode("utf-8", "replace"), shown


def test_errors_do_not_show_what_they_were_given() -> None:
    for kind in EtlError.__subclasses__():
        if kind.__init__ is EtlError.__init__:
            assert "geheim" not in repr(kind("een regel"))
