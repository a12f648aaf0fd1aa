"""One document in all its forms, in both houses: one row, and its former words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from houses import Houses, houses, rows
from typeset import Typesetter
from year import AH200, ANTWOORD, HEAD, VRAGEN, ZAAK, answers, typed, xml

from etl.demo.kamer.builders import PDF, WORD

KOOP, KAMER = "officielebekendmakingen", "tweedekamer"

TYPED = typed(
    "AH 200",
    ZAAK,
    HEAD,
    "Vraag 1",
    "Klopt het bericht nummer 1?",
    "Antwoord",
    "Getypt antwoord.",
)
SET = (
    Typesetter(identifier=AH200)
    .head(
        "Antwoord van Minister Heinen (Financiën) (ontvangen 20 maart",
        "2026).",
    )
    .gap()
    .label("Vraag 1")
    .text("Klopt het bericht nummer 1?")
    .gap()
    .label("Antwoord 1")
    .text("Gezet antwoord.")
    .foot()
    .pdf()
)
EDITED = xml("200", ANTWOORD, VRAGEN, answers("Opgemaakt antwoord"))

STATE = """
    select identifier, status, formaat,
        (
            select string_agg(tekst, ' ' order by volgorde)
            from aanhangsel.antwoord
            where antwoord.publicatie_id = publicatie.publicatie_id
        )
    from aanhangsel.publicatie
    order by 1
"""
VERSIONS = """
    select reden, inhoud -> 'antwoorden' -> 0 ->> 'tekst', geldig_tot is null
    from aanhangsel.publicatie_versie
    order by versie
"""


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


def publish(both: Houses, body: bytes, content_type: str = WORD) -> str:
    zaak = both.kamer.zaak(ZAAK, "Geld", "2026-01-12")
    return both.kamer.document(
        "Antwoord schriftelijke vragen",
        "Antwoord over geld",
        "2026-03-20",
        [zaak],
        aanhangselnummer="252600200",
        body=body,
        content_type=content_type,
    )


def publish_at_koop(both: Houses) -> None:
    both.koop.publish(AH200, {"xml": EDITED}, "2026-03-23", {"w.vraagnummer": ZAAK})


OPGEMAAKT = "Opgemaakt antwoord 1. Opgemaakt antwoord 2."


def test_typed_then_set_then_edited_is_one_publication(
    both: Houses, database: Any
) -> None:
    # the source calls its Word files PDF
    document = publish(both, TYPED, PDF)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "docx", "Getypt antwoord.")]
    both.kamer.resource(document, SET, new_version=True, externe_identifier=AH200)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "pdf", "Gezet antwoord.")]
    publish_at_koop(both)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "xml", OPGEMAAKT)]
    assert rows(database, VERSIONS) == [
        ("eerste", "Getypt antwoord.", False),
        ("andere vorm", "Gezet antwoord.", False),
        ("andere vorm", None, True),
    ]
    # all three bodies are kept, whoever gave them
    query = (
        "select source, count(*) from aanhangsel.publicatie_bron group by 1 order by 1"
    )
    assert rows(database, query) == [(KOOP, 1), (KAMER, 2)]


def test_what_was_edited_first_stays_when_a_typed_one_follows(
    both: Houses, database: Any
) -> None:
    publish_at_koop(both)
    both.well()
    publish(both, TYPED)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "xml", OPGEMAAKT)]


def test_a_document_taken_back_withdraws_what_no_other_house_has(
    both: Houses, database: Any
) -> None:
    document = publish(both, TYPED)
    both.well()
    both.kamer.delete(document)
    both.well()
    assert rows(database, STATE) == [(AH200, "ingetrokken", "docx", "Getypt antwoord.")]
    both.kamer.restore(document)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "docx", "Getypt antwoord.")]
    assert [reden for reden, _, _ in rows(database, VERSIONS)] == [
        "eerste",
        "ingetrokken",
        "teruggekeerd",
    ]


def test_a_document_taken_back_leaves_what_the_other_house_has(
    both: Houses, database: Any
) -> None:
    document = publish(both, TYPED)
    publish_at_koop(both)
    both.well()
    both.kamer.delete(document)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "xml", OPGEMAAKT)]
    both.koop.withdraw(AH200, "2026-06-09")
    both.well()
    ((_, status, _, _),) = rows(database, STATE)
    assert status == "ingetrokken"
    both.kamer.restore(document)
    both.well()
    # what stands goes before what was taken back
    assert rows(database, STATE) == [(AH200, "geldig", "docx", "Getypt antwoord.")]


def test_a_document_taken_back_by_the_publisher_alone_stays_the_kamers(
    both: Houses, database: Any
) -> None:
    publish(both, SET, PDF)
    publish_at_koop(both)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "xml", OPGEMAAKT)]
    both.koop.withdraw(AH200, "2026-06-09")
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "pdf", "Gezet antwoord.")]


def test_a_file_that_changed_in_silence_is_read_again(
    both: Houses, database: Any
) -> None:
    document = publish(both, TYPED)
    both.well()
    longer = typed("AH 200", ZAAK, HEAD, "Vraag 1", "Wat?", "Antwoord", "Toch niet.")
    both.kamer.resource(document, longer, WORD)
    both.well()
    assert rows(database, STATE) == [(AH200, "geldig", "docx", "Toch niet.")]
    assert rows(database, VERSIONS) == [
        ("eerste", "Getypt antwoord.", False),
        ("gewijzigd", None, True),
    ]


@pytest.mark.parametrize("missing", ["500", "json404", "html200"])
def test_files_that_are_not_there_yet_come_later(
    both: Houses, database: Any, missing: str
) -> None:
    """So many that there is no other document to ask whether the source is there."""
    both.kamer.missing = missing
    document = publish(both, TYPED)
    held = both.kamer.files.pop(document)
    for number in range(7):
        other = both.kamer.document("Mededeling (uitstel antwoord)", f"{number}", None)
        both.kamer.change(other, contentLength=9)
    (_, report) = both.run()
    assert (report.tally.quarantined, report.error) == (8, None)
    assert rows(database, "select zaaknummer from aanhangsel.zaak") == [(ZAAK,)]
    both.kamer.files[document] = held
    database.query("update etl.run_problem set next_try_at = '2020-01-01'")
    both.run()
    assert rows(database, STATE) == [(AH200, "geldig", "docx", "Getypt antwoord.")]
