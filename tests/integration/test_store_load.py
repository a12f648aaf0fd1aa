"""Publications become rows, once, and keep what they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hand import START, Loader, antwoord, publicatie, understood, vraag

from etl.dedupe import Decision
from etl.errors import DocumentFault
from etl.model.publicatie import Blok, Metadata, Noot, Signaal, Soort, ZieOok
from etl.model.record import Formaat
from etl.store import open_store, rows
from etl.store.checks import violations

Digest = Callable[[], Any]


def test_a_publication_becomes_rows(load: Any, database: Any) -> None:
    decision, publicatie_id = load(understood())
    assert decision is Decision.NEW
    assert database.query(
        "select publicatie_id, kamer, vergaderjaar, aanhangselnummer, toevoeging,"
        " identifier, soort, titel, ingezonden, ontvangen, status, eerst_gezien"
        " from aanhangsel.publicatie"
    ) == [
        (
            publicatie_id, "tk", "2022-2023", 1505, "", "ah-tk-20222023-1505",
            "antwoord", "Titel", date(2023, 1, 12), date(2023, 2, 13), "geldig", START,
        )
    ]  # fmt: skip
    assert database.query(
        "select volgorde, label, nummers, tekst from aanhangsel.antwoord order by 1"
    ) == [
        (1, "Antwoord 1", ["1"], "Ja."),
        (2, "Antwoord 2", ["2"], "Tekst van Antwoord 2."),
    ]
    assert database.query(
        "select volgorde, rol, naam, functie, ministerie, ministerie_code"
        " from aanhangsel.bewindspersoon order by 1"
    ) == [
        (1, "gericht aan", None, "Minister", "Buitenlandse Zaken", "BZ"),
        (2, "antwoord", "Hoekstra", "Minister", "Buitenlandse Zaken", "BZ"),
    ]
    assert database.query(
        "select soort, tekst, doel_identifier from aanhangsel.verwijzing"
        " order by volgorde"
    ) == [
        (
            "zie ook",
            "Aanhangsel Handelingen, vergaderjaar 2022-2023, nr. 1200",
            "ah-tk-20222023-1200",
        ),
        ("url", "https://example.org/a", "https://example.org/a"),
    ]
    assert database.query(
        "select zaaknummer, rol, bekend_door from aanhangsel.publicatie_zaak"
    ) == [("2023Z00306", "antwoord", "vraagnummer")]
    assert violations(database.url("aanhangsel_reader"), START) == []


def test_the_body_comes_back_as_received(load: Any, database: Any) -> None:
    body = b"<x>" + b"abc " * 1000
    load(publicatie(), body=body)
    ((packed, compressie, lengte),) = database.query(
        "select body, compressie, lengte from aanhangsel.bron"
    )
    assert compressie == "zstd"
    assert len(packed) < len(body) == lengte
    assert rows.unpacked(packed, compressie) == body


def test_an_incompressible_body_stays_as_it_is(load: Any, database: Any) -> None:
    load(publicatie(), body=b"%PDF")
    assert database.query("select body, compressie from aanhangsel.bron") == [
        (b"%PDF", "geen")
    ]


def test_the_same_again_writes_no_row(load: Any, digest: Digest, clock: Any) -> None:
    load(publicatie())
    load(publicatie(1506, zaaknummers=("2023Z00400",)))
    before = digest()
    clock.forward(days=1)
    assert load(publicatie())[0] is Decision.UNCHANGED
    assert load(publicatie(1506, zaaknummers=("2023Z00400",)))[0] is Decision.UNCHANGED
    assert digest() == before


def test_a_change_keeps_ids_and_the_former_version(
    load: Any, database: Any, clock: Any
) -> None:
    _, publicatie_id = load(publicatie())
    ids = "select vraag_id from aanhangsel.vraag order by volgorde"
    before = database.query(ids)
    clock.forward(days=1)
    changed = publicatie(
        vragen=(vraag("1", tekst="Anders?"), vraag("2")),
        antwoorden=(antwoord("1", "2", tekst="Nee."),),
        noten=(),
    )
    assert load(changed) == (Decision.CHANGED, publicatie_id)
    assert database.query(ids) == before
    assert database.query("select tekst from aanhangsel.antwoord") == [("Nee.",)]
    assert database.query("select count(*) from aanhangsel.noot") == [(0,)]
    versions = database.query(
        "select versie, geldig_van, geldig_tot, reden, inhoud"
        " from aanhangsel.publicatie_versie order by versie"
    )
    (first, second) = versions
    later = START + timedelta(days=1)
    assert first[:4] == (1, START, later, "eerste")
    assert second == (2, later, None, "gewijzigd", None)
    old = first[4]
    assert [blok["tekst"] for blok in old["antwoorden"]] == [
        "Ja.",
        "Tekst van Antwoord 2.",
    ]
    assert old["noten"] == [
        {
            "nummer": "1",
            "tekst": "NRC",
            "urls": ["https://example.org/a"],
            "deel": None,
            "deel_volgorde": None,
        }
    ]
    assert old["zaaknummers"] == ["2023Z00306"]
    assert old["ontvangen"] == "2023-02-13"


def test_only_the_rows_that_differ_are_written(load: Any, database: Any) -> None:
    load(publicatie())
    same = "select xmin::text from aanhangsel.vraag where volgorde = 2"
    other = "select xmin::text from aanhangsel.vraag where volgorde = 1"
    before, before_other = database.query(same), database.query(other)
    load(publicatie(vragen=(vraag("1", tekst="Anders?"), vraag("2"))))
    assert database.query(same) == before
    assert database.query(other) != before_other


def test_the_same_bytes_read_otherwise_are_a_rereading(
    database: Any, clock: Any
) -> None:
    url = database.url("aanhangsel_writer")
    with open_store(url, now=clock, parser="p1") as store:
        Loader(store, clock)(publicatie(), body=b"same")
    with open_store(url, now=clock, parser="p2") as store:
        load = Loader(store, clock)
        load(publicatie(onderwerp="beter gelezen"), body=b"same")
        load(
            publicatie(onderwerp="beter gelezen"),
            body=b"same",
            metadata=Metadata(titel="Nieuwe titel"),
        )
    assert database.query(
        "select reden from aanhangsel.publicatie_versie order by versie"
    ) == [("eerste",), ("herlezen",), ("metadata gewijzigd",)]


def test_a_herdruk_supersedes_the_first_print(load: Any, database: Any) -> None:
    _, publicatie_id = load(publicatie())
    reprint = publicatie(
        identifier="ah-tk-20222023-1505-h1", onderwerp="de verbeterde tekst"
    )
    assert load(reprint) == (Decision.CHANGED, publicatie_id)
    assert database.query(
        "select identifier, herziening, onderwerp from aanhangsel.publicatie"
    ) == [("ah-tk-20222023-1505-h1", "h1", "de verbeterde tekst")]
    assert database.query(
        "select reden, identifier from aanhangsel.publicatie_versie order by versie"
    ) == [("eerste", "ah-tk-20222023-1505"), ("herdruk", "ah-tk-20222023-1505-h1")]
    assert database.query("select identifier from aanhangsel.publicatie_alias") == [
        ("ah-tk-20222023-1505",)
    ]


def test_an_older_print_is_kept_beside_the_one_that_holds(
    load: Any, database: Any, digest: Digest
) -> None:
    reprint = publicatie(identifier="ah-tk-20222023-1505-h1")
    load(reprint)
    older = publicatie(onderwerp="de eerste tekst")
    assert load(older)[0] is Decision.FORMER
    assert database.query("select onderwerp from aanhangsel.publicatie") == [
        (reprint.onderwerp,)
    ]
    assert database.query(
        "select versie, reden, inhoud ->> 'onderwerp', geldig_tot is null"
        " from aanhangsel.publicatie_versie order by versie"
    ) == [
        (1, "eerste", None, True),
        (2, "oudere druk", "de eerste tekst", False),
    ]
    before = digest()
    assert load(older)[0] is Decision.UNCHANGED
    assert load(reprint)[0] is Decision.UNCHANGED
    assert digest() == before


def test_withdrawn_and_returned(load: Any, database: Any, clock: Any) -> None:
    _, publicatie_id = load(publicatie())
    clock.forward(days=1)
    assert load.withdraw("ah-tk-20222023-1505") is True
    assert load.withdraw("ah-tk-20222023-1505") is False
    assert database.query(
        "select status, onderwerp is not null from aanhangsel.publicatie"
    ) == [("ingetrokken", True)]
    assert database.query("select count(*) from aanhangsel.vraag_antwoord") == [(0,)]
    clock.forward(days=1)
    assert load(publicatie()) == (Decision.CHANGED, publicatie_id)
    assert database.query("select status from aanhangsel.publicatie") == [("geldig",)]
    assert database.query(
        "select reden, inhoud ->> 'status' from aanhangsel.publicatie_versie"
        " order by versie"
    ) == [("eerste", "geldig"), ("ingetrokken", "ingetrokken"), ("teruggekeerd", None)]
    assert violations(database.url("aanhangsel_reader"), START) == []


def test_withdrawn_before_it_was_ever_read(load: Any, database: Any) -> None:
    assert load.withdraw("ah-tk-20222023-7") is True
    assert load.withdraw("ah-tk-20222023-7") is False
    assert database.query(
        "select identifier, aanhangselnummer, status, soort from aanhangsel.publicatie"
    ) == [("ah-tk-20222023-7", 7, "ingetrokken", None)]
    assert violations(database.url("aanhangsel_reader"), START) == []
    assert load(publicatie(7))[0] is Decision.CHANGED
    assert database.query("select status, soort from aanhangsel.publicatie") == [
        ("geldig", "antwoord")
    ]


def test_withdrawing_the_first_print_leaves_its_herdruk(
    load: Any, database: Any
) -> None:
    load(publicatie(identifier="ah-tk-20222023-1505-h1"))
    assert load.withdraw("ah-tk-20222023-1505") is False
    assert database.query("select status from aanhangsel.publicatie") == [("geldig",)]


def test_a_placeholder_becomes_the_numbered_publication(
    load: Any, database: Any, digest: Digest
) -> None:
    draft = publicatie(None, identifier="ah-1234567")
    _, publicatie_id = load(draft, formaat=Formaat.PDF)
    assert load(publicatie()) == (Decision.CHANGED, publicatie_id)
    assert database.query(
        "select identifier, aanhangselnummer from aanhangsel.publicatie"
    ) == [("ah-tk-20222023-1505", 1505)]
    assert database.query("select identifier from aanhangsel.publicatie_alias") == [
        ("ah-1234567",)
    ]
    before = digest()
    assert load(publicatie())[0] is Decision.UNCHANGED
    # its poorer form, found again under the old name, changes nothing
    assert load(draft, formaat=Formaat.PDF) == (Decision.UNCHANGED, publicatie_id)
    assert digest() == before


def test_a_word_file_is_the_publication_that_follows(load: Any, database: Any) -> None:
    word = publicatie(None, identifier=None)
    _, publicatie_id = load(word, formaat=Formaat.DOCX)
    assert database.query(
        "select identifier, voorlopige_sleutel from aanhangsel.publicatie"
    ) == [(None, "2023Z00306-antwoord")]
    assert load(word, formaat=Formaat.DOCX) == (Decision.UNCHANGED, publicatie_id)
    assert load(publicatie()) == (Decision.CHANGED, publicatie_id)
    assert load(word, formaat=Formaat.DOCX) == (Decision.UNCHANGED, publicatie_id)
    assert database.query(
        "select identifier, voorlopige_sleutel, aanhangselnummer"
        " from aanhangsel.publicatie"
    ) == [("ah-tk-20222023-1505", None, 1505)]


def test_question_and_answer_of_one_zaak_stay_two(load: Any, database: Any) -> None:
    kv = publicatie(
        None,
        identifier="kv-tk-2023Z00306",
        soort=Soort.VRAAG,
        antwoorden=(),
        ontvangen=None,
    )
    _, first = load(kv)
    _, second = load(publicatie())
    assert first != second
    assert database.query(
        "select rol from aanhangsel.publicatie_zaak order by publicatie_id"
    ) == [("vraag",), ("antwoord",)]


def test_two_rows_that_turn_out_to_be_one_are_joined(load: Any, database: Any) -> None:
    _, stays = load(publicatie())
    load(
        publicatie(None, identifier="ah-77", zaaknummers=("2023Z09999",)),
        formaat=Formaat.PDF,
        body=b"draft",
    )
    # the placeholder now prints the number of the other one
    numbered = publicatie(identifier="ah-77", onderwerp="genummerd")
    assert load(numbered) == (Decision.CHANGED, stays)
    assert database.query(
        "select publicatie_id, identifier from aanhangsel.publicatie"
    ) == [(stays, "ah-tk-20222023-1505")]
    assert database.query(
        "select count(*) from aanhangsel.publicatie_bron where publicatie_id = %s",
        stays,
    ) == [(3,)]
    assert violations(database.url("aanhangsel_reader"), START) == []


def test_6_and_6a_are_two(load: Any, database: Any) -> None:
    load(publicatie(6))
    load(publicatie(6, identifier="ah-tk-20222023-6a", toevoeging="a"))
    assert database.query(
        "select aanhangselnummer, toevoeging from aanhangsel.publicatie order by 2"
    ) == [(6, ""), (6, "a")]


def test_a_reference_finds_its_target_when_it_arrives(load: Any, database: Any) -> None:
    query = (
        "select doel_publicatie_id from aanhangsel.verwijzing where soort = 'zie ook'"
    )
    load(publicatie())
    assert database.query(query) == [(None,)]
    _, target = load(publicatie(1200, zie_ook=(), zaaknummers=("2022Z1111",)))
    assert database.query(query) == [(target,)]
    _, later = load(
        publicatie(
            1600,
            zaaknummers=("2023Z02222",),
            zie_ook=(ZieOok(vergaderjaar="2022-2023", aanhangselnummer=1200),),
        )
    )
    assert database.query(query + " and publicatie_id = %s", later) == [(target,)]


@pytest.mark.parametrize(
    "tekst",
    [
        "100% van de %s en %(naam)s, '%%'",
        "'); drop table aanhangsel.publicatie; --",
        'aanhaling "recht" en ‘krom’ en \\ backslash',
        "emoji 🦆 en 𝕏, combinerend e\u0301",
        "עברית العربية rechts naar links",
        "regel\nander\ttab",
        "x" * 300_000,
    ],
)
def test_any_text_comes_back_as_it_was(load: Any, database: Any, tekst: str) -> None:
    value = publicatie(
        vragen=(vraag("2a", tekst=tekst),),
        noten=(Noot(nummer="1", tekst=tekst),),
        signalen=(Signaal(code="nummer_dubbel", uitleg=tekst),),
        indieners=(replace(publicatie().indieners[0], naam=tekst),),
    )
    load(value)
    assert database.query("select nummers, tekst from aanhangsel.vraag") == [
        (["2a"], tekst)
    ]
    assert database.query("select tekst from aanhangsel.noot") == [(tekst,)]
    assert database.query("select uitleg from aanhangsel.signaal") == [(tekst,)]
    assert database.query("select naam from aanhangsel.indiener") == [(tekst,)]
    assert load(value)[0] is Decision.UNCHANGED


@pytest.mark.parametrize("tekst", ["nul \x00 byte", "lone \ud800 surrogate"])
def test_a_text_that_no_row_accepts_is_the_documents_fault(
    load: Any, digest: Digest, tekst: str
) -> None:
    bad = Blok(label="Vraag 1", nummers=("1",), tekst=tekst)
    before = digest()
    with pytest.raises((DocumentFault, UnicodeEncodeError)) as caught:
        load(publicatie(vragen=(bad,)), body=b"bad")
    if isinstance(caught.value, DocumentFault):
        assert caught.value.code == "row_refused"
    assert digest() == before
    # the store is still of use
    assert load(publicatie())[0] is Decision.NEW


def test_an_impossible_row_leaves_nothing_behind(
    load: Any, digest: Digest, naps: list[float]
) -> None:
    before = digest()
    nameless = replace(publicatie().indieners[0], naam="")
    with pytest.raises(DocumentFault, match=r"indiener_naam"):
        load(publicatie(indieners=(nameless,)))
    assert digest() == before
    assert naps == []


def test_a_late_moment_is_kept_in_utc(load: Any, database: Any, clock: Any) -> None:
    clock.time = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    load(publicatie())
    assert database.query("select laatst_gewijzigd from aanhangsel.publicatie") == [
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC),)
    ]


STANDING = """
    select identifier, aanhangselnummer, onderwerp, status, metadata, herkomst,
        (select count(*) from aanhangsel.vraag where publicatie_id = p.publicatie_id),
        array(
            select zaaknummer from aanhangsel.publicatie_zaak
            where publicatie_id = p.publicatie_id order by 1
        ),
        array(
            select identifier from aanhangsel.publicatie_alias
            where publicatie_id = p.publicatie_id order by 1
        ),
        array(
            select code from aanhangsel.signaal
            where publicatie_id = p.publicatie_id order by 1
        )
    from aanhangsel.publicatie as p order by identifier
"""


def test_a_record_that_gave_the_file_of_another_for_a_while_leaves_it_as_it_was(
    load: Any, database: Any
) -> None:
    """A publisher may put up the wrong file, and then the right one."""
    one, two = publicatie(1), publicatie(2, onderwerp="Een ander onderwerp")
    listed = Metadata(titel="Titel", zaaknummers=("2023Z09999",))
    load(one, identifier="word-1", metadata=listed)
    load(two, identifier="word-2")
    before = database.query(STANDING)
    assert len(before) == 2
    load(two, identifier="word-1", metadata=listed)
    assert len(database.query(STANDING)) == 1
    load(one, identifier="word-1", metadata=listed)
    assert database.query(STANDING) == before
    assert violations(database.url("aanhangsel_reader"), START) == []
