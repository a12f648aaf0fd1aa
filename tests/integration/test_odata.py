"""The second road to the Kamer's rows, over HTTP: the same entities as SyncFeed's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from kamer import ZAAK, entry, feed, fields, guid, ref, row
from stub import Stub, client_of, stub

from etl.errors import SourceChanged, SourceUnreachable
from etl.model.entity import Category, Entity, Page
from etl.sources.odata import OData
from etl.sources.odata_rows import VERSIONS, read_answer, read_rows
from etl.sources.syncfeed import read_feed

EXAMPLES = Path(__file__).parents[1] / "examples" / "odata"
JAAR = "2024-2025"
V4, V5 = "/OData/v4/2.0", "/OData/v5"


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_bytes())


def by_feed(category: Category, row: str) -> Entity:
    (one,) = read_feed(feed([entry(row)]), category).entries
    assert one.entity is not None, one.problem
    return one.entity


def by_odata(
    category: Category, value: dict[str, Any], version: str = "v4/2.0"
) -> Entity:
    entity = read_rows(category, [value], VERSIONS[version]).entries[0].entity
    assert entity is not None
    return entity


ZAAK_ROW: dict[str, Any] = {
    "Id": "14dbee20-cf82-420c-aefd-bc22bb3d5d6d",
    "Nummer": "2024Z13931",
    "Soort": "Schriftelijke vragen",
    "Titel": None,
    "Citeertitel": None,
    "Alias": None,
    "Status": "Vrijgegeven",
    "Onderwerp": "Het artikel 'The brutal truth behind Italy’s migrant reduction:"
    " beatings and rape by EU-funded forces in Tunisia'",
    "GestartOp": "2024-09-20T00:00:00+02:00",
    "Organisatie": "Tweede Kamer",
    "Grondslagvoorhang": None,
    "Termijn": None,
    "Vergaderjaar": "2024-2025",
    "Volgnummer": -1,
    "HuidigeBehandelstatus": None,
    "Afgedaan": False,
    "GrootProject": False,
    "GewijzigdOp": "2024-09-20T12:25:46.72+02:00",
    "ApiGewijzigdOp": "2024-09-23T06:50:28.1621419Z",
    "Verwijderd": False,
    "Kabinetsappreciatie": None,
}
"""The real row, whole."""

DOCUMENT_ROW: dict[str, Any] = {
    "Id": guid(2),
    "Soort": "Antwoord schriftelijke vragen",
    "DocumentNummer": "2025D05422",
    "Titel": None,
    "Onderwerp": " Antwoord op vragen over drones\r\nboven de PI Vught ",
    "Datum": "2025-02-07T00:00:00+01:00",
    "Vergaderjaar": "2024-2025",
    "Kamer": 2,
    "Volgnummer": -1,
    "Citeertitel": None,
    "Alias": None,
    "DatumRegistratie": "2025-02-07T00:00:00+01:00",
    "DatumOntvangst": None,
    "Aanhangselnummer": "242501244",
    "KenmerkAfzender": None,
    "Organisatie": "Tweede Kamer",
    "ContentType": "application/pdf",
    "ContentLength": 29669,
    "GewijzigdOp": "2025-02-07T14:10:11.1+01:00",
    "ApiGewijzigdOp": "2025-02-07T13:10:12.0000001Z",
    "Verwijderd": False,
    "HuidigeDocumentVersie_Id": guid(9).upper(),
    "Zaak": [{"Id": guid(7), "Nummer": "2025Z00007"}, {"Id": guid(3)}],
    "DocumentVersie": [
        {
            "Id": guid(9),
            "Status": "Vrijgegeven",
            "Versienummer": 2,
            "Bestandsgrootte": 29669,
            "Extensie": ".pdf",
            "Datum": "2025-02-07T14:09:00+01:00",
            "Document_Id": guid(2),
            "ExterneIdentifier": "ah-tk-20242025-1244",
            "GewijzigdOp": "2025-02-07T14:10:11.1+01:00",
            "Verwijderd": False,
        }
    ],
    "DocumentActor": [],
}


def document(**values: str) -> str:
    told = {
        "soort": "Antwoord schriftelijke vragen",
        "documentNummer": "2025D05422",
        "titel": None,
        "onderwerp": " Antwoord op vragen over drones\nboven de PI Vught ",
        "datum": "2025-02-07T00:00:00",
        "volgnummer": "-1",
        "vergaderjaar": "2024-2025",
        "kamer": "2",
        "citeertitel": None,
        "alias": None,
        "datumRegistratie": "2025-02-07T00:00:00",
        "datumOntvangst": None,
        "aanhangselnummer": "242501244",
        "kenmerkAfzender": None,
        "organisatie": "Tweede Kamer",
    }
    refs = [("huidigeDocumentVersie", 9), ("zaak", 7), ("zaak", 3), ("activiteit", 5)]
    return row(
        "document",
        "".join(ref(name, guid(to)) for name, to in refs) + fields(**told),
        id=guid(2),
        bijgewerkt="2025-02-07T14:10:11.1000000",
        extra='tk:contentType="application/pdf" tk:contentLength="29669"',
    )


VERSIE = row(
    "documentVersie",
    ref("document", guid(2))
    + fields(
        status="Vrijgegeven",
        versienummer="2",
        bestandsgrootte="29669",
        extensie=".pdf",
        datum="2025-02-07T14:09:00",
        externeidentifier="ah-tk-20242025-1244",
    ),
    id=guid(9),
    bijgewerkt="2025-02-07T14:10:11.1000000",
)


# The same row by both roads


def test_a_zaak_is_the_same_by_both_roads() -> None:
    given = row("zaak", ZAAK, id="14dbee20-cf82-420c-aefd-bc22bb3d5d6d")
    assert by_odata(Category.ZAAK, ZAAK_ROW) == by_feed(Category.ZAAK, given)


def test_a_document_and_its_version_are_the_same_by_both_roads() -> None:
    page = read_rows(Category.DOCUMENT, [DOCUMENT_ROW], VERSIONS["v4/2.0"])
    assert [each.entity for each in page.entries] == [
        by_feed(Category.DOCUMENT, document()),
        by_feed(Category.DOCUMENT_VERSIE, VERSIE),
    ]
    assert page.drift == ()


def test_a_real_persoon_is_the_same_by_both_roads() -> None:
    (value,) = example("fractie_persoon_rows_partial.json")["Persoon"]
    given = row(
        "persoon",
        fields(
            nummer="2491",
            titels="MA",
            initialen="M.",
            achternaam="Agema",
            voornamen="Marie-Fleur",
            roepnaam="Fleur",
            geslacht="vrouw",
            functie="Tweede Kamerlid",
            geboortedatum="1976-09-16",
            geboorteplaats="Purmerend",
        ),
        id="1c889902-6ede-427c-8682-000f683fffaa",
        bijgewerkt="2023-12-01T14:59:58Z",
        extra='tk:contentType="image/jpeg" tk:contentLength="456668"',
    )
    persoon = by_odata(Category.PERSOON, value)
    assert persoon == by_feed(Category.PERSOON, given)
    assert not any("1976" in str(each) for each in persoon.fields.values())


def test_a_real_fractie_is_dated_by_the_local_day() -> None:
    (value,) = example("fractie_persoon_rows_partial.json")["Fractie"]
    fractie = by_odata(Category.FRACTIE, value)
    assert fractie.fields["datumactief"] == "2012-03-20"
    assert fractie.fields["datuminactief"] == "2012-09-19"


def test_a_real_zaak_comes_with_its_actors() -> None:
    zaak = example("zaak_document_zaakactor_expand_excerpt.json")["value"][0]["Zaak"][0]
    page = read_rows(Category.ZAAK, [zaak], VERSIONS["v4/2.0"])
    first, second = (each.entity for each in page.entries)
    assert first is not None
    assert first.fields["gestartop"] == "2022-10-04T00:00:00"
    assert second == by_feed(
        Category.ZAAK_ACTOR,
        row(
            "zaakActor",
            ref("zaak", "28e3a47e-4602-4f9d-b051-4c5c3e05b0d8")
            + ref("persoon", "e6cc253d-14cb-437b-be88-4966f5fcb1f5")
            + ref("fractie", "a3689bb6-3914-4d5c-a6a8-42e24582e299")
            + fields(
                actorNaam="R.M. Leijten",
                actorFractie="SP",
                actorAfkorting=None,
                functie="Tweede Kamerlid",
                relatie="Indiener",
                sidActor="S-1-365867521-2120874753-1412743394-1308211813-2509345428-2854331504",
            ),
            id="f6465073-daca-46e2-ab60-6788c6262a6d",
            bijgewerkt="2022-09-27T15:28:42.5570000",
        ),
    )


def test_v5_calls_two_fields_differently_and_means_the_same() -> None:
    renamed = {"DocumentNummer": "Nummer", "Volgnummer": "Ondernummer"}
    value = {renamed.get(name, name): each for name, each in DOCUMENT_ROW.items()}
    v4, v5 = (
        read_rows(Category.DOCUMENT, [rows], VERSIONS[version]).entries
        for rows, version in ((DOCUMENT_ROW, "v4/2.0"), (value, "v5"))
    )
    assert v5 == v4


@pytest.mark.parametrize("bad", [None, "", "14dbee20"])
def test_a_row_without_a_guid_is_told(bad: str | None) -> None:
    rows = [{**ZAAK_ROW, "Id": bad}, ZAAK_ROW]
    page = read_rows(Category.ZAAK, rows, VERSIONS["v4/2.0"])
    first, second = page.entries
    assert first.entity is None
    assert second.entity is not None
    assert page.drift == (f"{first.problem}: its row is left out",)


def test_fields_that_appear_or_vanish_are_drift_and_no_crash() -> None:
    gone = ("Aanhangselnummer", "DatumRegistratie", "ApiGewijzigdOp")
    value = {name: each for name, each in DOCUMENT_ROW.items() if name not in gone}
    page = read_rows(Category.DOCUMENT, [{**value, "Taal": "nl"}], VERSIONS["v4/2.0"])
    assert page.drift == (
        "Document: unknown field 'taal'",
        "Document: field 'datumregistratie' is gone",
        "Document: field 'aanhangselnummer' is gone",
    )
    assert page.entries[0].updated is None
    assert page.entries[0].entity is not None


@pytest.mark.parametrize(
    ("changes", "deleted"),
    [({"Verwijderd": True}, True), ({"Verwijderd": None}, False)],
)
def test_a_row_of_nulls_is_a_tombstone_or_a_placeholder(changes, deleted) -> None:
    nulls = dict.fromkeys(ZAAK_ROW)
    value = {**nulls, "Id": ZAAK_ROW["Id"], **changes}
    (one,) = read_rows(Category.ZAAK, [value], VERSIONS["v5"]).entries
    if deleted:
        assert one.entity is not None
        assert (one.entity.deleted, one.entity.fields) == (True, {})
    else:
        assert one.entity is None
        assert "placeholder" in (one.problem or "")


@pytest.mark.parametrize(
    "odd", [7, None, [], {"Id": 5}, {"Id": [guid(1)]}, {}, {"Nummer": "2024Z00001"}]
)
def test_an_odd_row_costs_only_itself(odd: object) -> None:
    first, second = read_rows(Category.ZAAK, [odd, ZAAK_ROW], {}).entries
    assert first.entity is None
    assert first.problem
    assert second.entity is not None


# Walking


@pytest.fixture
def server() -> Iterator[Stub]:
    with stub() as it:
        yield it


@pytest.fixture
def odata(server: Stub) -> Iterator[OData]:
    with client_of(server) as client:
        yield OData(client, f"{server.url}{V4}/")


def query(target: str) -> dict[str, str]:
    return {name: one for name, (one,) in parse_qs(urlsplit(target).query).items()}


def page(rows: list[Any], following: str | None = None, **more: Any) -> bytes:
    link = {"@odata.nextLink": following} if following is not None else {}
    return json.dumps({"@odata.context": "x", "value": rows, **link, **more}).encode()


def zaken(*numbers: int) -> list[dict[str, Any]]:
    return [{**ZAAK_ROW, "Id": guid(number)} for number in numbers]


def ids(pages: list[Page]) -> list[str]:
    return [each.entity.id for page in pages for each in page.entries if each.entity]


def test_a_session_year_is_asked_for_and_its_links_followed(server, odata) -> None:
    following = "Zaak?$filter=x&$skiptoken=Id-'2'"

    def answer(target: str) -> tuple[int, bytes]:
        if "skiptoken" in target:
            return 200, page(zaken(3))
        return 200, page(zaken(1, 2), f"{server.url}{V4}/{following}")

    server.answer = answer
    pages = list(odata.pages(Category.ZAAK, vergaderjaar=JAAR))
    assert ids(pages) == [guid(1), guid(2), guid(3)]
    assert {page.following for page in pages} == {None}
    first, second = server.asked
    assert urlsplit(first).path == f"{V4}/Zaak"
    assert query(first) == {
        "$filter": "Soort eq 'Schriftelijke vragen' and Vergaderjaar eq '2024-2025'"
        " and Verwijderd eq false",
        "$expand": "ZaakActor,GerelateerdVanuit($select=Id),VervangenVanuit($select=Id)",
    }
    assert second == f"{V4}/{following}"


def test_documents_are_asked_for_by_their_soort(server, odata) -> None:
    server.answer = lambda target: (200, page([]))
    assert ids(list(odata.pages(Category.DOCUMENT, vergaderjaar=JAAR))) == []
    asked = [query(target)["$filter"].split("'")[1] for target in server.asked]
    assert asked == [
        "Schriftelijke vragen",
        "Antwoord schriftelijke vragen",
        "Antwoord schriftelijke vragen (nader)",
        "Mededeling (uitstel antwoord)",
        "Mededeling",
        "Aanhangsel van de Handelingen",
    ]
    assert not any("$top" in target for target in server.asked)


def test_a_server_that_knows_fewer_lists_is_asked_for_fewer(server, odata) -> None:
    def answer(target: str) -> tuple[int, bytes]:
        if "BronDocument" in target:
            return 400, b"Could not find a property named 'BronDocument'"
        return 200, page([DOCUMENT_ROW])

    server.answer = answer
    assert len(ids(list(odata.pages(Category.DOCUMENT, vergaderjaar=JAAR)))) == 12
    assert len([each for each in server.asked if "BronDocument" in each]) == 1
    assert query(server.asked[-1])["$expand"] == (
        "Zaak($select=Id,Nummer),DocumentVersie,DocumentActor"
    )


def test_a_list_that_goes_on_elsewhere_is_read_to_its_end(server, odata) -> None:
    actors = [{"Id": guid(n), "ActorNaam": "x", "Verwijderd": False} for n in (11, 12)]
    whole = {
        **ZAAK_ROW,
        "ZaakActor": actors[:1],
        "ZaakActor@odata.nextLink": f"{V4}/Zaak/ZaakActor?$skip=1",
    }
    server.answer = lambda target: (
        200,
        page(actors[1:]) if "skip" in target else page([whole]),
    )
    (one,) = odata.pages(Category.ZAAK, vergaderjaar=JAAR)
    assert ids([one]) == [ZAAK_ROW["Id"], guid(11), guid(12)]
    last = one.entries[-1].entity
    assert last is not None
    assert last.refs == {"zaak": (ZAAK_ROW["Id"],)}


def test_the_estimate_is_the_sum_of_the_counts(server, odata) -> None:
    server.answer = lambda target: (200, page([], **{"@odata.count": 7}))
    assert odata.count(Category.DOCUMENT, vergaderjaar=JAAR) == 42
    asked = query(server.asked[0])
    assert (asked["$count"], asked["$top"]) == ("true", "0")
    assert "$expand" not in asked


@pytest.mark.parametrize("count", [None, "veel", -1, True, 1.5])
def test_no_count_is_no_estimate_of_zero(server, odata, count: object) -> None:
    server.answer = lambda target: (200, page([], **{"@odata.count": count}))
    with pytest.raises(SourceChanged, match="a count of"):
        odata.count(Category.ZAAK, vergaderjaar=JAAR)


# What makes no sense


@pytest.mark.parametrize(
    "link",
    [
        "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/Zaak?$skiptoken=1",
        "//elders.nl/Zaak",
        "file:///etc/passwd",
        "http://[",
        7,
        ["x"],
        "",
    ],
)
def test_a_link_to_elsewhere_is_not_followed(server, odata, link: Any) -> None:
    server.answer = lambda target: (200, page(zaken(1), link))
    with pytest.raises(SourceChanged, match="the next page"):
        list(odata.pages(Category.ZAAK, vergaderjaar=JAAR))
    assert len(server.asked) == 1


def test_links_in_a_circle_are_noticed(server, odata) -> None:
    server.answer = lambda target: (
        200,
        page(zaken(1), f"{V4}/Zaak?{'b' if 'Zaak?a' in target else 'a'}"),
    )
    with pytest.raises(SourceChanged, match="read before"):
        list(odata.pages(Category.ZAAK, vergaderjaar=JAAR))
    assert len(server.asked) == 3


def test_empty_pages_without_end_are_noticed(server, odata) -> None:
    server.answer = lambda target: (200, page([], f"{V4}/Zaak?{len(server.asked)}"))
    with pytest.raises(SourceChanged, match="an empty page"):
        list(odata.pages(Category.ZAAK, vergaderjaar=JAAR))


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (400, (EXAMPLES / "odata_400_issue187.txt").read_bytes(), "node count limit"),
        (404, b"", "HTTP 404"),
        (200, b"<html><h1>Onderhoud</h1></html>", "an HTML page"),
        (200, b"[" * 100_000, "no JSON"),
        (200, b'{"value":[' + b'{"a":' * 100_000, "no JSON"),
        (200, b'{"value":[' + b"9" * 5000 + b"]}", "no JSON"),
        (200, b'{"value":[NaN]}', "no JSON"),
        (200, b'{"value":[{"Id":', "no JSON"),
        (200, b'{"value":{}}', "no rows"),
        (200, b'["value"]', "no rows"),
        (200, b"\xff\xfe\xff", "no JSON"),
        (200, b"", "an empty body"),
    ],
)
def test_nonsense_is_never_an_empty_year(
    server, odata, status: int, body: bytes, told: str
) -> None:
    server.answer = lambda target: (status, body)
    with pytest.raises(SourceChanged, match=told) as raised:
        list(odata.pages(Category.ZAAK, vergaderjaar=JAAR))
    assert f"{server.url}{V4}/Zaak?$filter=Soort" in unquote(str(raised.value))


@pytest.mark.parametrize("status", [200, 500])
def test_the_servers_own_error_is_its_failure(server, odata, status: int) -> None:
    body = (EXAMPLES / "odata_500_issue137.json").read_bytes()
    server.answer = lambda target: (status, body)
    with pytest.raises(SourceUnreachable):
        list(odata.pages(Category.ZAAK, vergaderjaar=JAAR))


def test_the_real_empty_page_is_empty() -> None:
    answer = read_answer((EXAMPLES / "empty_page.json").read_bytes())
    assert (answer.rows, answer.following) == ([], None)


@pytest.mark.parametrize(
    ("path", "version"), [(V4, "v4/2.0"), ("/odata/V5/", "v5"), (V5, "v5")]
)
def test_the_version_is_that_of_the_address(server, path: str, version: str) -> None:
    with client_of(server) as client:
        assert OData(client, f"{server.url}{path}").version == version


@pytest.mark.parametrize("path", ["/OData/v6", "/OData/v4", "/OData", "", "/v5/x"])
def test_an_unknown_version_is_named(server, path: str) -> None:
    with client_of(server) as client, pytest.raises(SourceChanged, match="v5") as told:
        OData(client, f"{server.url}{path}")
    assert f"{server.url}{path}" in str(told.value)


@pytest.mark.parametrize("jaar", ["2024", "2024-2025' or '1' eq '1", ""])
def test_only_a_session_year_is_asked_for(server, odata, jaar: str) -> None:
    with pytest.raises(ValueError, match="vergaderjaar"):
        list(odata.pages(Category.ZAAK, vergaderjaar=jaar))
    with pytest.raises(ValueError, match="Persoon"):
        odata.count(Category.PERSOON, vergaderjaar=JAAR)
    assert server.asked == []
