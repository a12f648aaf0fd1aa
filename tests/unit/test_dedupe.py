"""Deciding what an incoming publication is, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from etl.combine import combined, kind_and_day
from etl.dedupe import Current, Decision, Held, decide, reading_of
from etl.errors import DocumentFault
from etl.model.identity import Key
from etl.model.publicatie import Metadata, Publicatie, Soort
from etl.model.reading import Reading
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


def reading(identifier: str = "ah-tk-20222023-1505", **changes: object) -> Reading:
    changed = replace(PUBLICATIE, identifier=identifier, **changes)
    return reading_of(record(identifier), changed, Formaat.XML)


def held(like: Reading, **changes: object) -> Held:
    whole = combined([like])
    current = Current(
        publicatie_id=1,
        identifier=whole.identifier,
        herziening=whole.herziening,
        formaat=whole.formaat,
        sha256=whole.sha256,
        former=frozenset(),
        withdrawn=like.withdrawn,
    )
    return Held(current=replace(current, **changes), readings=(like,))


def decided(held: Held, incoming: Reading) -> Decision:
    """As the pipeline does it: a record replaces its own former reading."""
    others = tuple(one for one in held.readings if one.record != incoming.record)
    whole = replace(held, readings=others).whole(incoming)
    return decide(held, whole, incoming)


def test_a_publication_nobody_holds_is_new() -> None:
    assert decided(Held(current=None), reading()) is Decision.NEW


def test_the_same_content_is_unchanged() -> None:
    assert decided(held(reading()), reading()) is Decision.UNCHANGED


def test_other_words_are_a_change() -> None:
    corrected = reading(onderwerp="de blokkade")
    assert decided(held(reading()), corrected) is Decision.CHANGED


def of_another_record(like: Reading, **changes: object) -> Reading:
    return replace(like, record="4f398871-cbae-4f92-b03b-427e22e9a2f5", **changes)


def test_a_poorer_form_never_replaces_a_richer_one() -> None:
    pdf = of_another_record(reading(onderwerp="de blok- kade"), formaat=Formaat.PDF)
    assert decided(held(reading()), pdf) is Decision.UNCHANGED


def test_a_richer_form_replaces_a_poorer_one() -> None:
    pdf = of_another_record(reading(onderwerp="de blok- kade"), formaat=Formaat.PDF)
    assert decided(held(pdf), reading()) is Decision.CHANGED


def test_a_herdruk_replaces_the_first_print() -> None:
    herdruk = reading("ah-tk-20222023-1505-h1", onderwerp="herdrukt")
    assert herdruk.key == reading().key
    assert decided(held(reading()), herdruk) is Decision.CHANGED


def test_the_first_print_arriving_after_its_herdruk_is_a_former_version() -> None:
    herdruk = reading("ah-tk-20222023-1505-h1", onderwerp="herdrukt")
    assert decided(held(herdruk), reading()) is Decision.FORMER


def test_a_former_version_is_kept_once() -> None:
    herdruk = reading("ah-tk-20222023-1505-h1", onderwerp="herdrukt")
    former = frozenset({combined([reading()]).sha256})
    assert decided(held(herdruk, former=former), reading()) is Decision.UNCHANGED


def test_a_withdrawn_publication_that_returns_is_a_change() -> None:
    withdrawn = held(replace(reading(), withdrawn=True))
    assert decided(withdrawn, reading()) is Decision.CHANGED


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
    found = reading_of(listed, printed, Formaat.XML)
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
    found = reading_of(record("ah-ek-19951995-1"), odd, Formaat.XML)
    assert combined([found]).publicatie.vergaderjaar == "1995-1995"
    assert [s.code for s in found.publicatie.signalen] == ["vergaderjaar_onmogelijk"]


@pytest.mark.parametrize("soort", [Soort.ANTWOORD, Soort.UITSTEL])
@pytest.mark.parametrize("listed", [None, "Antwoord schriftelijke vragen (nader)"])
@pytest.mark.parametrize("printed", [None, date(2023, 2, 10)])
@pytest.mark.parametrize("told", [None, date(2023, 2, 13)])
def test_what_a_reading_is_looked_up_by_is_what_it_gives_alone(
    soort: Soort, listed: str | None, printed: date | None, told: date | None
) -> None:
    found = reading_of(
        record(soort=listed, ontvangen=told),
        replace(PUBLICATIE, soort=soort, ontvangen=printed),
        Formaat.XML,
    )
    alone = combined([found]).publicatie
    assert kind_and_day(found) == (alone.soort, alone.ontvangen)


def test_a_placeholder_takes_the_key_that_its_document_prints() -> None:
    found = reading_of(record("ah-1251487"), PUBLICATIE, Formaat.PDF)
    assert found.identifier == "ah-1251487"
    assert found.key == reading().key


@pytest.mark.parametrize("identifier", ["kv-59461", "kv-tk-2026Z13248"])
def test_a_question_has_no_number_whatever_its_document_prints(identifier: str) -> None:
    listed = record(
        identifier, kamer="tk", vergaderjaar="2022-2023", aanhangselnummer=1505
    )
    found = reading_of(listed, PUBLICATIE, Formaat.XML)
    assert (found.identifier, found.key) == (identifier, None)


def test_a_file_with_any_name_is_known_by_what_it_prints() -> None:
    found = reading_of(record("map/document (3).pdf"), PUBLICATIE, Formaat.PDF)
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
        reading_of(record("scan.pdf"), nameless, Formaat.PDF)


def test_a_listed_date_fills_in_but_never_overrules() -> None:
    listed = record(ontvangen=date(2023, 2, 13))
    kept = combined([reading_of(listed, PUBLICATIE, Formaat.XML)]).publicatie
    unsaid = replace(PUBLICATIE, ontvangen=None)
    filled = combined([reading_of(listed, unsaid, Formaat.XML)]).publicatie
    assert kept.ontvangen == date(2023, 2, 10)
    assert [signaal.code for signaal in kept.signalen] == ["ontvangen_wijkt_af"]
    assert filled.ontvangen == date(2023, 2, 13)


WORD = replace(
    PUBLICATIE, identifier=None, kamer=None, vergaderjaar=None, aanhangselnummer=612
)
"""A pre-publication in Word prints "AH 612" alone."""


def half_printed(publicatie: Publicatie = WORD, **metadata: object) -> Key | None:
    listed = {"vergaderjaar": "2022-2023", "documentnummer": "2023D00001", **metadata}
    listed["zaaknummers"] = ("2023Z00306",)
    return reading_of(record("91b9be8b", **listed), publicatie, Formaat.DOCX).key


def test_a_number_alone_gets_its_year_from_the_source() -> None:
    assert half_printed() == Key("tk", "2022-2023", 612)


@pytest.mark.parametrize("metadata", [{"vergaderjaar": None}, {"documentnummer": None}])
def test_a_number_alone_is_no_key_without_a_year_or_for_who_prints_both(
    metadata: dict[str, object],
) -> None:
    assert half_printed(**metadata) is None


@pytest.mark.parametrize("ontvangen", [None, date(2022, 9, 20)])
def test_a_number_alone_is_no_key_where_the_year_is_uncertain(
    ontvangen: date | None,
) -> None:
    """Prinsjesdag of 2022 was 20 September."""
    assert half_printed(replace(WORD, ontvangen=ontvangen)) is None


def test_the_zaaknummer_of_the_listing_serves_where_none_is_printed() -> None:
    bare = replace(WORD, aanhangselnummer=None)
    listed = record("91b9be8b", zaaknummers=("2023Z00306",))
    assert reading_of(listed, bare, Formaat.DOCX).key is None
    with pytest.raises(DocumentFault, match="key_missing"):
        reading_of(record("91b9be8b"), bare, Formaat.DOCX)
