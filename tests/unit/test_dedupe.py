"""Deciding what an incoming publication is, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from etl.dedupe import Current, Decision, Incoming, decide, incoming_of, merged
from etl.errors import DocumentFault
from etl.model.publicatie import Metadata, Publicatie, Soort
from etl.model.record import Formaat, Record

PUBLICATIE = Publicatie(
    identifier="ah-tk-20222023-1505",
    kamer="tk",
    vergaderjaar="2022-2023",
    aanhangselnummer=1505,
    soort=Soort.ANTWOORD,
    onderwerp="een blokkade",
    ingezonden=date(2023, 1, 11),
    ontvangen=date(2023, 2, 10),
)


def record(identifier: str = "ah-tk-20222023-1505", **metadata: object) -> Record:
    return Record(
        source="test",
        identifier=identifier,
        position="2023-02-10",
        fingerprint="f",
        metadata=Metadata(**metadata),
    )


def incoming(identifier: str = "ah-tk-20222023-1505", **changes: object) -> Incoming:
    changed = replace(PUBLICATIE, identifier=identifier, **changes)
    return incoming_of(record(identifier), changed, Formaat.XML)


def held(like: Incoming, **changes: object) -> Current:
    current = Current(
        publicatie_id=1,
        identifier=like.identifier,
        herziening=like.herziening,
        formaat=like.formaat,
        sha256=like.sha256,
        metadata=like.metadata,
        former=frozenset(),
        withdrawn=False,
    )
    return replace(current, **changes)


def test_a_publication_nobody_holds_is_new() -> None:
    assert decide(None, incoming()) is Decision.NEW


def test_the_same_content_is_unchanged() -> None:
    assert decide(held(incoming()), incoming()) is Decision.UNCHANGED


def test_other_words_are_a_change() -> None:
    corrected = incoming(onderwerp="de blokkade")
    assert decide(held(incoming()), corrected) is Decision.CHANGED


def test_a_poorer_form_never_replaces_a_richer_one() -> None:
    pdf = replace(incoming(onderwerp="de blok- kade"), formaat=Formaat.PDF)
    assert decide(held(incoming()), pdf) is Decision.UNCHANGED


def test_a_richer_form_replaces_a_poorer_one() -> None:
    pdf = replace(incoming(onderwerp="de blok- kade"), formaat=Formaat.PDF)
    assert decide(held(pdf), incoming()) is Decision.CHANGED


def test_a_herdruk_replaces_the_first_print() -> None:
    herdruk = incoming("ah-tk-20222023-1505-h1", onderwerp="herdrukt")
    assert herdruk.key == incoming().key
    assert decide(held(incoming()), herdruk) is Decision.CHANGED


def test_the_first_print_arriving_after_its_herdruk_is_a_former_version() -> None:
    herdruk = incoming("ah-tk-20222023-1505-h1", onderwerp="herdrukt")
    assert decide(held(herdruk), incoming()) is Decision.FORMER


def test_a_former_version_is_kept_once() -> None:
    herdruk = incoming("ah-tk-20222023-1505-h1", onderwerp="herdrukt")
    current = held(herdruk, former=frozenset({incoming().sha256}))
    assert decide(current, incoming()) is Decision.UNCHANGED


def test_a_withdrawn_publication_that_returns_is_a_change() -> None:
    assert decide(held(incoming(), withdrawn=True), incoming()) is Decision.CHANGED


def test_metadata_of_an_earlier_source_survives_a_source_without() -> None:
    known = Metadata(titel="Antwoord op vragen", zaaknummers=("2023Z00306",))
    current = held(incoming(), metadata=known)
    whole = merged(current, incoming())
    assert whole.metadata.titel == "Antwoord op vragen"
    assert whole.publicatie.zaaknummers == ("2023Z00306",)


def test_the_identifier_decides_the_key_and_a_conflict_is_flagged() -> None:
    listed = record(
        "ah-tk-20182019-36548",
        kamer="tk",
        vergaderjaar="2018-2019",
        aanhangselnummer=3548,
    )
    printed = replace(
        PUBLICATIE, identifier=None, vergaderjaar="2018-2019", aanhangselnummer=3548
    )
    found = incoming_of(listed, printed, Formaat.XML)
    assert found.key is not None
    assert found.key.aanhangselnummer == 36548
    codes = {signaal.code for signaal in found.publicatie.signalen}
    assert codes == {"nummer_wijkt_af", "metadata_wijkt_af"}


def test_an_impossible_vergaderjaar_is_kept_and_flagged() -> None:
    odd = replace(
        PUBLICATIE,
        identifier=None,
        kamer="ek",
        vergaderjaar=None,
        aanhangselnummer=None,
    )
    found = incoming_of(record("ah-ek-19951995-1"), odd, Formaat.XML)
    assert found.publicatie.vergaderjaar == "1995-1995"
    assert [s.code for s in found.publicatie.signalen] == ["vergaderjaar_onmogelijk"]


def test_a_placeholder_takes_the_key_that_its_document_prints() -> None:
    found = incoming_of(record("ah-1251487"), PUBLICATIE, Formaat.PDF)
    assert found.identifier == "ah-1251487"
    assert found.key == incoming().key


def test_a_file_with_any_name_is_known_by_what_it_prints() -> None:
    found = incoming_of(record("map/document (3).pdf"), PUBLICATIE, Formaat.PDF)
    assert found.identifier == "ah-tk-20222023-1505"


def test_a_document_that_nothing_names_is_a_fault() -> None:
    nameless = replace(
        PUBLICATIE,
        identifier=None,
        kamer=None,
        vergaderjaar=None,
        aanhangselnummer=None,
    )
    with pytest.raises(DocumentFault, match="key_missing"):
        incoming_of(record("scan.pdf"), nameless, Formaat.PDF)


def test_a_listed_date_fills_in_but_never_overrules() -> None:
    listed = record(ontvangen=date(2023, 2, 13))
    kept = incoming_of(listed, PUBLICATIE, Formaat.XML).publicatie
    filled = incoming_of(
        listed, replace(PUBLICATIE, ontvangen=None), Formaat.XML
    ).publicatie
    assert kept.ontvangen == date(2023, 2, 10)
    assert [signaal.code for signaal in kept.signalen] == ["ontvangen_wijkt_af"]
    assert filled.ontvangen == date(2023, 2, 13)
