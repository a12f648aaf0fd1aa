"""What KOOP says about a publication, in three spellings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.model.publicatie import Metadata
from etl.sources.metadata import (
    completed,
    metadata_of,
    parse_day,
    read_metadata,
    zaaknummers,
)
from etl.sources.officielebekendmakingen import record_of
from etl.sources.sru import read_page

EXAMPLES = Path(__file__).parents[1] / "examples" / "sru"
TOZO = Metadata(
    titel="Antwoord op vragen van de leden Van Weyenberg, Romke de Jong en Kat"
    " over de Tozo",
    kamer="tk",
    vergaderjaar="2020-2021",
    aanhangselnummer=3235,
    zaaknummers=("2021Z09739",),
    ontvangen=date(2021, 6, 21),
    gepubliceerd=date(2021, 6, 21),
    documentstatus="Opgemaakt na onopgemaakt",
)


def read(name: str) -> Metadata:
    values = read_metadata((EXAMPLES / name).read_bytes())
    assert values is not None
    return metadata_of(values)


def test_metadata_xml_says_the_same_as_the_search() -> None:
    page = read_page((EXAMPLES / "two-records.xml").read_bytes())
    record = record_of(page.records[0], None, date(2026, 11, 24))
    assert record.metadata == read("ah-tk-20202021-3235.metadata.xml") == TOZO
    assert record.position == "2021-07-22 ah-tk-20202021-3235"
    assert record.changed_on is None


def test_metadata_owms_of_the_eerste_kamer_is_read() -> None:
    metadata = read("ah-ek-20192020-10.metadata_owms.xml")
    assert (metadata.kamer, metadata.aanhangselnummer) == ("ek", 10)
    assert metadata.titel is not None
    assert metadata.titel.startswith("Vragen van het lid Van Rooijen (50PLUS)")
    assert metadata.ontvangen == date(2020, 6, 10)
    # Its vraagnummer 219200007 is of another kind than the Tweede Kamer's.
    assert metadata.zaaknummers == ()


def test_metadata_owms_of_a_question_name_its_answer() -> None:
    assert read("kv-tk-2020Z13248.metadata_owms.xml") == Metadata(
        titel="Huisbazen die weigeren loden leidingen te vervangen",
        kamer="tk",
        vergaderjaar="2019-2020",
        zaaknummers=("2020Z13248",),
        gepubliceerd=date(2020, 7, 2),
        documentstatus="Opgemaakt na onopgemaakt",
        ingezonden=date(2020, 7, 2),
        aanhangsels=("ah-tk-20192020-3799",),
    )


def test_a_question_of_the_eerste_kamer_was_published_days_after_it_was_asked() -> None:
    metadata = read("kv-ek-215160000.metadata_owms.xml")
    assert (metadata.kamer, metadata.zaaknummers) == ("ek", ())
    assert metadata.ingezonden == date(2015, 9, 25)
    assert metadata.gepubliceerd == date(2015, 10, 1)
    assert metadata.aanhangsels == ("ah-ek-20152016-3",)


def test_only_answers_with_a_usable_name_are_aanhangsels() -> None:
    named = ("ah-tk-20162017-2129", "ah-1271549", "kst-1-2", "kv-tk-2017Z07318", "")
    twice = (*named, "ah-tk-20162017-2338", "ah-tk-20162017-2129")
    assert metadata_of({"aanhangsel": twice}).aanhangsels == (
        "ah-tk-20162017-2129",
        "ah-1271549",
        "ah-tk-20162017-2338",
    )


@pytest.mark.parametrize(
    ("identifier", "vraagnummers", "zaaknummers"),
    [
        ("kv-tk-2017Z07318", (), ("2017Z07318",)),
        ("kv-tk-2017Z07318-n1", ("219200007",), ("2017Z07318",)),
        ("kv-tk-2017Z07318", ("2017Z07319",), ("2017Z07319",)),
        ("kv-2989900822", (), ()),
        ("kv-tk-20118Z12345", (), ()),
    ],
)
def test_the_name_of_a_question_is_its_zaaknummer_where_nothing_else_is(
    identifier: str, vraagnummers: tuple[str, ...], zaaknummers: tuple[str, ...]
) -> None:
    values = {"identifier": (identifier,), "vraagnummer": vraagnummers}
    assert metadata_of(values).zaaknummers == zaaknummers


def test_a_bare_record_falls_back_to_the_day_it_became_available() -> None:
    page = read_page((EXAMPLES / "one-record.xml").read_bytes())
    record = record_of(page.records[0], date(2020, 1, 1), date(2026, 11, 24))
    assert record.position == "2020-09-08 ah-tk-20192020-4046"
    assert record.changed_on is None


def test_the_question_of_another_series_has_its_title_trimmed() -> None:
    page = read_page((EXAMPLES / "two-records.xml").read_bytes())
    record = record_of(page.records[1], None, date(2026, 11, 24))
    assert record.identifier == "kv-2989900822"
    assert record.metadata.titel is not None
    assert record.metadata.titel.endswith("28 september 1998)")
    assert record.changed_on == date(2014, 7, 11)
    assert record.metadata.ingezonden == date(1998, 9, 28)
    assert record.metadata.ontvangen is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-06-21", date(2021, 6, 21)),
        (" 2021-06-21 ", date(2021, 6, 21)),
        ("2021-07-22T13:03:34.3574627+02:00", date(2021, 7, 22)),
        ("2021-07-22Z", date(2021, 7, 22)),
        ("2021-07-22+02:00", date(2021, 7, 22)),
        ("21-06-2021", date(2021, 6, 21)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2009-02-31", None),
        ("2009-02-30", None),
        ("20090-02-03", None),
        ("0000-01-01", None),
        ("2021-6-1", None),
        ("٢٠٢١-٠٦-٢١", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_only_when_it_exists(text: str | None, day: date | None) -> None:
    assert parse_day(text) == day


def test_zaaknummers_are_picked_out_of_whatever_stands_there() -> None:
    texts = ["2021Z09739", "2024Z 17972, 2024Z17973", "219200007", "2021Z09739", "Z1"]
    assert zaaknummers(texts) == ("2021Z09739", "2024Z17972", "2024Z17973")


def test_what_cannot_be_read_counts_as_absent() -> None:
    values = {
        "identifier": ("ah-ek-19951995-1",),
        "aanhangselnummer": ("tien",),
        "vergaderjaar": ("onbekend",),
        "datumontvangst": ("2009-02-31",),
    }
    assert metadata_of(values) == Metadata(kamer="ek")


def test_an_aanhangselnummer_may_be_spelt_as_in_old_identifiers() -> None:
    numbers = [
        metadata_of({"aanhangselnummer": (text,)}).aanhangselnummer
        for text in ("0041", "AH2134", "6a", "3235 ")
    ]
    assert numbers == [41, 2134, 6, None]


def test_only_what_is_lacking_is_taken_from_elsewhere() -> None:
    first = Metadata(titel="Listed", kamer="tk")
    other = Metadata(titel="Other", zaaknummers=("2021Z09739",))
    whole = Metadata(titel="Listed", kamer="tk", zaaknummers=("2021Z09739",))
    assert completed(first, other) == whole


@pytest.mark.parametrize(
    "body", [b"", b"<a/>", b"<html>", b"<!DOCTYPE a><metadata_gegevens/>", b"\0"]
)
def test_what_is_no_metadata_is_nothing(body: bytes) -> None:
    assert read_metadata(body) is None
