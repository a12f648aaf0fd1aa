"""Reference tables to which others add: what the file rules, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from etl import lookup
from etl.store import reference
from etl.store.migrations import migrate, pending
from etl.store.statements import script

OWNER = "aanhangsel_owner"
SHARED = ("ambtsperiode", "reces", "reces_dekking")

WRITER = "aanhangsel_writer"

Edit = Callable[[str, str, str], None]


def read(database: Any, text: str) -> Any:
    return database.query(text, role="aanhangsel_reader")


@pytest.fixture
def edit(monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Replace one text by another in a file of sql/reference, for this test."""
    texts: dict[str, str] = {}
    for module in (lookup, reference):
        monkeypatch.setattr(
            module, "script", lambda path: texts.get(path) or script(path)
        )

    def change(table: str, old: str, new: str) -> None:
        path = f"reference/{table}.tsv"
        text = texts.get(path) or script(path)
        assert text.count(old) == 1
        texts[path] = text.replace(old, new)

    return change


@pytest.mark.parametrize("table", [*SHARED, "prinsjesdag"])
def test_a_table_holds_its_file(table: str, database: Any) -> None:
    rows = lookup.table(table)
    columns = ", ".join(f"coalesce({name}::text, '')" for name in rows[0])
    found = read(database, f"select {columns} from {table}")
    assert sorted(found) == sorted(tuple(row.values()) for row in rows)
    if table in SHARED:
        assert read(database, f"select distinct herkomst from {table}") == [
            ("meegeleverd",)
        ]


def test_a_term_that_changes_keeps_its_number(database: Any, edit: Edit) -> None:
    heinen = (
        "select ambtsperiode_id, tot::text from ambtsperiode"
        " where achternaam = 'Heinen' and kabinet = 'Schoof'"
    )
    versions = "select ambtsperiode_id, xmin::text from ambtsperiode"
    ((nummer, tot),) = read(database, heinen)
    before = set(read(database, versions))
    assert tot == "2026-02-23"
    edit(
        "ambtsperiode",
        "Schoof\t2024-07-02\t2026-02-23\tbron\tparlement.com, Kabinet-Schoof\n",
        "Schoof\t2024-07-02\t2026-02-24\tbron\tparlement.com, Kabinet-Schoof\n",
    )
    assert pending(database.url("aanhangsel_reader")) == ["reference_ambtsperiode"]
    assert migrate(database.url(OWNER)) == ["reference_ambtsperiode"]
    assert read(database, heinen) == [(nummer, "2026-02-24")]
    after = set(read(database, versions))
    assert [row[0] for row in before - after] == [nummer]
    assert len(before) == len(after)


def test_of_one_term_the_file_rules_over_what_was_observed_only(
    database: Any, edit: Edit
) -> None:
    for naam, code, herkomst in (
        ("A. Een", "SZW", "waargenomen"),
        ("B. Twee", "Jus", "zelf ingevuld"),
        ("C. Drie", "Def", "waargenomen"),
    ):
        database.query(
            "insert into ambtsperiode (naam, achternaam, functie, ministerie_code, van,"
            " herkomst, bron) values (%s, 'Eigen', 'Staatssecretaris', %s,"
            " '2007-02-22', %s, 'ah-tk-20262027-1')",
            naam,
            code,
            herkomst,
            role=WRITER,
        )
    edit("ambtsperiode", "A. Aboutaleb\t", "A. Een\t")
    edit("ambtsperiode", "Nebahat Albayrak (N.)\t", "B. Twee\t")
    assert migrate(database.url(OWNER)) == ["reference_ambtsperiode"]
    assert read(
        database,
        "select naam, achternaam, herkomst from ambtsperiode where achternaam in"
        " ('Eigen', 'Aboutaleb', 'Albayrak') order by naam",
    ) == [
        ("A. Een", "Aboutaleb", "meegeleverd"),
        ("B. Twee", "Eigen", "zelf ingevuld"),
        ("C. Drie", "Eigen", "waargenomen"),
    ]


def test_a_recess_of_an_operator_replaces_what_it_overlaps(
    database: Any, edit: Edit
) -> None:
    autumn = ("herfstreces", "2024-10-25", "2024-11-04")
    longer = ("kerstreces", "2023-12-21", "2024-01-14")
    for row in (autumn, longer):
        database.query(
            "insert into reces (naam, van, tot) values (%s, %s, %s)",
            *row,
            role=WRITER,
        )
    database.query(
        "insert into reces_dekking (van, tot, bron)"
        " values ('2024-09-03', '2024-12-01', 'eigen agenda')",
        role=WRITER,
    )
    edit("reces", "2016-07-08\t2016-09-05", "2016-07-08\t2016-09-06")
    edit("reces_dekking", "2025-07-04\t2026-08-31", "2024-09-03\t2026-08-31")
    changed = ["reference_reces", "reference_reces_dekking"]
    assert migrate(database.url(OWNER)) == changed
    assert read(
        database,
        "select naam, van::text, tot::text, herkomst from reces"
        " where van between '2023-12-01' and '2024-12-01' or extract(year from van) = 2016"
        " order by van",
    ) == [
        ("zomerreces", "2016-07-08", "2016-09-06", "meegeleverd"),
        (*longer, "zelf ingevuld"),
        ("voorjaarsreces", "2024-02-16", "2024-02-26", "meegeleverd"),
        ("meireces", "2024-04-26", "2024-05-13", "meegeleverd"),
        ("zomerreces", "2024-07-05", "2024-09-02", "meegeleverd"),
        (*autumn, "zelf ingevuld"),
    ]
    assert read(
        database,
        "select van::text, tot::text, herkomst from reces_dekking order by van",
    ) == [
        ("2023-04-21", "2024-09-02", "meegeleverd"),
        ("2024-09-03", "2024-12-01", "zelf ingevuld"),
    ]
    assert migrate(database.url(OWNER)) == []


def test_the_writer_leaves_prinsjesdag_alone(database: Any) -> None:
    with pytest.raises(Exception, match="permission denied"):
        database.query("delete from prinsjesdag where jaar = 2024", role=WRITER)
