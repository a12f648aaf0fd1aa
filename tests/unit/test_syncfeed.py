"""Pages of the Kamer's feed, real ones and odd ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from kamer import DATA, ZAAK, entry, feed, fields, guid, ref, row

from etl.errors import SourceChanged
from etl.model.entity import Category, Entity
from etl.sources.syncfeed import read_feed

EXAMPLES = Path(__file__).parents[1] / "examples" / "syncfeed"
ZETEL = Category.FRACTIE_ZETEL_PERSOON


def example(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


def only(body: bytes, category: Category = Category.ZAAK) -> Entity:
    (one,) = read_feed(body, category).entries
    assert one.entity is not None, one.problem
    return one.entity


def zetel(body: str, attributes: str = "") -> bytes:
    """The real entry, printed without namespaces, put back into a feed."""
    text = example("fractieZetelPersoon_entry.xml").decode()
    return feed([text.replace("<fractieZetelPersoon ", f"<{body} {attributes}", 1)])


# Real pages


def test_the_places_of_a_real_page_are_those_of_its_links() -> None:
    page = read_feed(example("stemming_page.xml"), Category.ZAAK)
    assert page.following == "3560496"
    assert page.resume is None
    tokens = ["3547906", "3547907", "3560438", "3560439", "3560440"]
    assert [each.token for each in page.entries] == tokens
    assert page.entries[2].updated == datetime(2019, 7, 19, 11, 50, 56, 199948, UTC)
    # They are votes, which were not asked for.
    assert {each.entity for each in page.entries} == {None}
    assert page.drift == ("Zaak: an entry of category 'stemming'",)


def test_the_end_of_the_feed_says_where_to_resume() -> None:
    page = read_feed(example("feed_envelope_resume_issue37.xml"), Category.ZAAK)
    assert (page.entries, page.following, page.resume) == ((), None, "5426068")


@pytest.mark.parametrize(
    "attributes", ["", 'xmlns="" ', f'xmlns="{DATA}" '], ids=["atom", "none", "data"]
)
def test_a_row_needs_no_prefix_and_no_namespace(attributes: str) -> None:
    entity = only(zetel("fractieZetelPersoon", attributes), ZETEL)
    assert entity == Entity(
        category=ZETEL,
        id="808fcd50-a0dc-4f60-8b9d-c404a2eb5b2e",
        deleted=False,
        changed_at=datetime(2023, 8, 29, 11, 10, 24, tzinfo=UTC),
        fields={"functie": "Lid", "van": "2002-05-23", "totenmet": "2010-10-11"},
        refs={
            "fractiezetel": ("ca826e72-cf57-4cca-b090-d5c444ec6c2d",),
            "persoon": ("ec273841-069f-408b-b434-8524904ae314",),
        },
    )


# Rows


def test_another_prefix_is_the_same_row() -> None:
    body = feed([entry(row("zaak", ZAAK))])
    other = body.replace(b"tk:", b"ns1:").replace(b":tk=", b":ns1=")
    assert only(other) == only(body)
    assert only(body).fields["gestartop"] == "2024-09-20T00:00:00"
    assert read_feed(body, Category.ZAAK).drift == ()


def test_names_are_known_however_they_are_cased() -> None:
    given = row("DOCUMENTVERSIE", fields(ExterneIdentifier="ah-tk-20232024-1"))
    entity = only(feed([entry(given)]), Category.DOCUMENT_VERSIE)
    assert entity.fields == {"externeidentifier": "ah-tk-20232024-1"}


def test_references_repeat_and_a_repeated_one_counts_once() -> None:
    body = "".join(
        ref(name, guid(number))
        for name, number in [
            ("zaak", 7),
            ("zaak", 3),
            ("huidigeDocumentVersie", 9),
            ("zaak", 7),
            ("activiteit", 4),
        ]
    )
    nil = '<tk:bronDocument xsi:nil="true" />'
    entity = only(feed([entry(row("document", body + nil))]), Category.DOCUMENT)
    assert entity.refs == {
        "huidigedocumentversie": (guid(9),),
        "zaak": (guid(7), guid(3)),
    }


def test_the_size_of_a_file_is_an_attribute_and_null_when_it_is_absent() -> None:
    sized = row("document", extra='tk:contentType="a/b" tk:contentLength="29669"')
    bare = row("document", fields(soort="Mededeling"))
    page = read_feed(feed([entry(sized), entry(bare)]), Category.DOCUMENT)
    first, second = (each.entity for each in page.entries)
    assert first is not None
    assert first.fields == {"contenttype": "a/b", "contentlength": "29669"}
    assert second is not None
    assert second.fields["contentlength"] is None
    assert not any("content" in line for line in page.drift)


@pytest.mark.parametrize("body", ["", fields(onderwerp=None, nummer="2024Z00001")])
@pytest.mark.parametrize("flag", ["true", "True", "1"])
def test_a_tombstone_says_nothing_but_that(flag: str, body: str) -> None:
    given = row("zaak", body + ref("gerelateerdVanuit", guid(2)), verwijderd=flag)
    page = read_feed(feed([entry(given)]), Category.ZAAK)
    entity = page.entries[0].entity
    assert entity is not None
    assert (entity.deleted, entity.fields, entity.refs) == (True, {}, {})
    assert page.drift == ()


def test_a_row_that_does_not_say_whether_it_is_deleted_is_not() -> None:
    entity = only(feed([entry(row("zaak", ZAAK, verwijderd=None))]))
    assert not entity.deleted
    assert entity.fields["nummer"] == "2024Z13931"


def test_a_row_of_nothing_but_nulls_is_a_placeholder() -> None:
    empty = row("fractie", fields(afkorting=None, naamNl=None), verwijderd=None)
    (one,) = read_feed(feed([entry(empty, 8)]), Category.FRACTIE).entries
    assert (one.token, one.entity) == ("8", None)
    assert "placeholder" in (one.problem or "")


@pytest.mark.parametrize("bad", [None, "", "14dbee20", guid(1) + "0", "1' or '1'='1"])
def test_a_row_without_a_guid_costs_only_itself(bad: str | None) -> None:
    body = feed([entry(row("zaak", ZAAK, id=bad), 5), entry(row("zaak", ZAAK), 6)])
    page = read_feed(body, Category.ZAAK)
    first, second = page.entries
    assert first.entity is None
    assert "is no guid" in (first.problem or "")
    assert second.entity is not None
    assert page.drift == (f"{first.problem}: the entry before skiptoken 5 is left out",)


def test_a_character_that_xml_forbids_costs_no_other_row() -> None:
    rows = [row("zaak", fields(onderwerp=f"Nummer {n}"), id=guid(n)) for n in (1, 2)]
    body = feed([entry(each) for each in rows]).replace(b"Nummer 1", b"Nummer&#x1F; 1")
    entities = [each.entity for each in read_feed(body, Category.ZAAK).entries]
    subjects = [each and each.fields["onderwerp"] for each in entities]
    assert subjects == ["Nummer\ufffd 1", "Nummer 2"]


def test_impossible_values_are_dropped_and_told() -> None:
    odd = fields(gestartOp="2023-02-31T00:00:00", volgnummer="geen", nummer="2024Z1")
    given = row("zaak", odd + ref("vervangenVanuit", "x"), bijgewerkt="gisteren")
    entity = only(feed([entry(given)]))
    assert entity.fields == {"gestartop": None, "nummer": "2024Z1", "volgnummer": None}
    assert (entity.changed_at, entity.refs) == (None, {})
    assert sorted(entity.oddities) == [
        "bijgewerkt: 'gisteren' is no time",
        "gestartop: '2023-02-31T00:00:00' is no time",
        "vervangenvanuit: 'x' is no guid",
        "volgnummer: 'geen' is no number",
    ]


def test_where_a_member_was_born_or_lives_is_not_kept_and_no_news() -> None:
    private = fields(geboortedatum="1981-11-16", geboorteplaats="Aalten", land="NL")
    given = row("persoon", fields(achternaam="Westerveld") + private)
    page = read_feed(feed([entry(given)]), Category.PERSOON)
    entity = page.entries[0].entity
    assert entity is not None
    assert set(entity.fields) == {"achternaam", "contenttype", "contentlength"}
    assert not any("unknown" in line for line in page.drift)


# What appears, vanishes and repeats


def test_names_that_appear_or_vanish_are_reported_once_a_page() -> None:
    changed = ZAAK.replace("onderwerp>", "betreft>") + ref("dossierstuk", guid(4))
    page = read_feed(feed([entry(row("zaak", changed))] * 3), Category.ZAAK)
    assert page.drift == (
        "Zaak: unknown field 'betreft'",
        "Zaak: unknown reference 'dossierstuk'",
        "Zaak: field 'onderwerp' is gone",
    )
    assert page.entries[0].entity is not None


def test_of_a_field_that_repeats_the_first_counts() -> None:
    given = row("zaak", ZAAK + fields(nummer="2024Z99999"))
    page = read_feed(feed([entry(given)]), Category.ZAAK)
    assert only(feed([entry(given)])).fields["nummer"] == "2024Z13931"
    assert page.drift == ("Zaak: field 'nummer' repeated",)


def test_a_flood_of_new_names_is_cut() -> None:
    names = {f"veld{number}": "x" for number in range(5000)}
    page = read_feed(feed([entry(row("zaak", ZAAK + fields(**names)))]), Category.ZAAK)
    assert len(page.drift) == 21
    assert page.drift[-1] == "and 4980 more"


# Links


def test_the_token_is_found_wherever_it_stands_in_the_link() -> None:
    body = feed([entry(row("zaak", ZAAK))], following=9)
    swapped = body.replace(
        b"skiptoken=9&amp;category=Zaak", b"category=Zaak&amp;skiptoken=9"
    )
    assert swapped != body
    assert read_feed(swapped, Category.ZAAK) == read_feed(body, Category.ZAAK)


@pytest.mark.parametrize("token", ["", "-1", "1e9", "9" * 19, "%27", "١"])
def test_an_absurd_token_is_no_place_to_resume_at(token: str) -> None:
    page = read_feed(feed([entry(row("zaak", ZAAK), token)]), Category.ZAAK)
    assert page.entries[0].token is None
    assert "next link" in page.drift[0]
    with pytest.raises(SourceChanged, match="whose link"):
        read_feed(feed([entry(row("zaak", ZAAK))], following=token), Category.ZAAK)


# No feed at all


@pytest.mark.parametrize(
    "body",
    [
        example("error_issue84.xml"),
        b'{"error":{"code":"","message":"An error has occurred."}}',
        b"<html><body><h1>Onderhoud</h1></body></html>",
        b"",
        b"\0" * 50,
        feed([entry(row("zaak", ZAAK))])[:-9],
        feed().replace(b"2005/Atom", b"2005/Atomic"),
        b'<!DOCTYPE feed [<!ENTITY a "aaaa">]>' + feed(),
        b"<feed>" * 5000,
        b"<entry/>",
    ],
)
def test_what_is_no_feed_is_never_an_empty_one(body: bytes) -> None:
    with pytest.raises(SourceChanged, match="no feed"):
        read_feed(body, Category.ZAAK)


@pytest.mark.parametrize("given", ["", "text", "<zaak xmlns='urn:anders'/>"])
def test_entries_without_any_known_row_are_a_changed_source(given: str) -> None:
    with pytest.raises(SourceChanged, match="2 entries, and no content"):
        read_feed(feed([entry(given)] * 2), Category.ZAAK)


def test_deep_rows_and_pages_of_ten_thousand_entries_are_read() -> None:
    deep = row("zaak", ZAAK + "<tk:annotatie>" * 200 + "</tk:annotatie>" * 200)
    page = read_feed(feed([entry(deep)] * 10_000), Category.ZAAK)
    assert len(page.entries) == 10_000
    assert page.drift == ()
