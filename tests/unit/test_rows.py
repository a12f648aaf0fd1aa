"""Publications as parameters, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import zstandard
from hand import publicatie, record
from hypothesis import given
from hypothesis import strategies as st

from etl.combine import Whole, combined
from etl.dedupe import Current, reading_of
from etl.model.publicatie import Metadata
from etl.model.reading import Reading
from etl.model.record import Bron, Formaat, Known
from etl.store import rows
from etl.store.rows import numbered

NUMBERED = "ah-tk-20222023-1505"
DRAFT = "ah-1234567"


def reading(identifier: str | None = NUMBERED, **changes: Any) -> Reading:
    value = publicatie(1505 if identifier else None, identifier=identifier, **changes)
    return reading_of(record(identifier or "word"), value, Formaat.XML)


def whole(identifier: str | None = NUMBERED, **changes: Any) -> Whole:
    return combined([reading(identifier, **changes)])


def current(**changes: Any) -> Current:
    whole = Current(
        publicatie_id=1,
        identifier=NUMBERED,
        herziening="",
        formaat=Formaat.XML,
        sha256="0" * 64,
        former=frozenset(),
        withdrawn=False,
    )
    return replace(whole, **changes)


@pytest.mark.parametrize(
    ("changes", "identifier", "reden"),
    [
        ({}, NUMBERED, "gewijzigd"),
        ({}, f"{NUMBERED}-h1", "herdruk"),
        ({}, f"{NUMBERED}-n1", "nieuwe versie"),
        ({"withdrawn": True}, f"{NUMBERED}-h1", "teruggekeerd"),
        ({"formaat": Formaat.PDF}, NUMBERED, "andere vorm"),
        ({"herziening": "h1"}, f"{NUMBERED}-h1", "gewijzigd"),
    ],
)
def test_why_a_version_starts(
    changes: dict[str, Any], identifier: str, reden: str
) -> None:
    found = whole(identifier)
    assert rows.reden_of(current(**changes), found, found.best) == reden


def test_places_are_numbered_from_one() -> None:
    assert numbered([{"a": 1}, {"a": 2}]) == [
        {"volgorde": 1, "a": 1},
        {"volgorde": 2, "a": 2},
    ]


def test_nothing_but_text_travels_in_a_row() -> None:
    """Otherwise psycopg prepares a statement for each mixture of types."""
    row = rows.publicatie_row(whole(), "p1")
    assert {type(value) for value in row.values()} == {str, type(None)}
    assert row["aanhangselnummer"] == "1505"
    assert row["ingezonden"] == "2023-01-12"


@given(st.binary(max_size=2000))
def test_any_body_comes_back(body: bytes) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    bron = Bron(body=body, url="https://x", media_type=None, fetched_at=moment)
    row = rows.bron_row(bron, zstandard.ZstdCompressor())
    assert rows.unpacked(row["body"], row["compressie"]) == body
    assert len(row["body"]) <= len(body)


@given(st.text())
def test_what_must_be_said_can_be_stored(text: str) -> None:
    stored = rows.storable(text)
    stored.encode()
    assert "\0" not in stored


def test_a_record_comes_back_from_quarantine() -> None:
    found = record(
        NUMBERED,
        metadata=Metadata(
            titel="Titel", zaaknummers=("2023Z1",), ontvangen=date(2023, 2, 13)
        ),
        changed_on=date(2023, 2, 14),
    )
    assert rows.record_of(json.loads(rows.record_json(found))) == found


def test_a_row_without_validators_is_known_all_the_same() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    row = {"fingerprint": "f", "fetched_at": moment, "validators": {}, "sha256": None}
    assert rows.known_of(row) == Known(
        fingerprint="f", fetched_at=moment, validators={}
    )


@pytest.mark.parametrize(
    ("identifier", "nummer", "herziening"),
    [
        (NUMBERED, 1505, ""),
        (f"{NUMBERED}-h1", 1505, "h1"),
        (DRAFT, None, ""),
        ("geen identifier", None, ""),
    ],
)
def test_what_an_identifier_names(
    identifier: str, nummer: int | None, herziening: str
) -> None:
    key, found = rows.key_of(identifier)
    assert (key.aanhangselnummer if key else None, found) == (nummer, herziening)


def test_the_house_and_year_of_a_number_stand_before_those_that_are_printed() -> None:
    row = rows.publicatie_row(whole(), "p1")
    assert (row["kamer"], row["vergaderjaar"]) == ("tk", "2022-2023")
    draft = whole(None, kamer="ek", vergaderjaar="2019-2020", aanhangselnummer=None)
    assert draft.key is None
    row = rows.publicatie_row(draft, "p1")
    assert (row["kamer"], row["vergaderjaar"]) == ("ek", "2019-2020")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("clear é", '"clear é"'),
        ("a\0b", '"a?b"'),
        ("a\ud800b", '"a?b"'),
        (r"a\u0000b", r'"a\\u0000b"'),
    ],
)
def test_json_for_a_row_is_short_and_holds_no_forbidden_character(
    text: str, stored: str
) -> None:
    assert rows.storable_text(text) == stored


@pytest.mark.parametrize(
    ("etag", "last_modified"), [('"e"', None), (None, "Mon, 23 Nov 2026 09:00:00 GMT")]
)
def test_one_validator_alone_is_remembered(
    etag: str | None, last_modified: str | None
) -> None:
    bron = Bron(
        body=b"x",
        url="https://example.org/x",
        media_type="text/plain",
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        etag=etag,
        last_modified=last_modified,
    )
    row = rows.settle_row(record("x"), [bron])
    assert json.loads(row["validators"]) == {
        bron.url: {"etag": etag, "last_modified": last_modified}
    }
