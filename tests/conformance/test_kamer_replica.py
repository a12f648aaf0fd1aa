"""The replica of the Kamer beside real pages and rows, and what it remembers."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from zaken import MANY, odd_nummers, real_zaken

from etl.demo import faults
from etl.demo.kamer import Kamer, guid
from etl.demo.kamer.shape import COMMON, SHAPES, Kind, Link, Shape

FEEDS = Path(__file__).parents[1] / "feeds"
REAL = "https://gegevensmagazijn.tweedekamer.nl"
ATOM = "{http://www.w3.org/2005/Atom}"
TK = "{http://www.tweedekamer.nl/xsd/tkData/v1-0}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def words(text: str) -> dict[str, Kind]:
    return dict.fromkeys(text.split(), Kind.TEXT)


OTHERS = {
    "Besluit": Shape(
        name="Besluit",
        local_time=True,
        downloadable=False,
        fields=words("stemmingsSoort besluitSoort besluitTekst opmerking status")
        | {"agendapuntZaakBesluitVolgorde": Kind.WHOLE},
        refs=("agendapunt", "zaak"),
        columns=(
            *"Id Agendapunt_Id StemmingsSoort BesluitSoort BesluitTekst".split(),
            *"Opmerking Status AgendapuntZaakBesluitVolgorde".split(),
            *COMMON,
        ),
        links={"Zaak": Link(target="Zaak", ref="zaak")},
    ),
    "Stemming": Shape(
        name="Stemming",
        local_time=True,
        downloadable=False,
        fields=words(
            "soort fractieGrootte actorNaam actorFractie vergissing sidActorLid"
            " sidActorFractie"
        ),
        refs=("besluit", "fractie"),
        columns=("Id", *COMMON),
        links={},
    ),
}
"""Not served otherwise: of these there are pages with every namespace in its place."""


@pytest.fixture
def kamer() -> Iterator[Kamer]:
    with Kamer(SHAPES | OTHERS) as kamer:
        yield kamer


def got(address: str) -> bytes:
    with urlopen(address) as answer:
        return bytes(answer.read())


def failed(address: str) -> tuple[int, bytes]:
    with pytest.raises(HTTPError) as raised:
        got(address)
    with raised.value as error:
        return error.code, error.read()


def feed(kamer: Kamer, query: str) -> ET.Element:
    return ET.fromstring(got(f"{kamer.syncfeed_url}/Feed?{query}"))


def rows(kamer: Kamer, path: str, **options: str) -> dict[str, Any]:
    asked = "&".join(f"${name}={quote(value)}" for name, value in options.items())
    answer: dict[str, Any] = json.loads(got(f"{kamer.odata_url}/{path}?{asked}"))
    return answer


def entries(page: ET.Element) -> list[ET.Element]:
    return page.findall(f"{ATOM}entry")


def ids(page: ET.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(page)]


def link(element: ET.Element, relation: str) -> str | None:
    for each in element.findall(f"{ATOM}link"):
        if each.get("rel") == relation:
            return each.get("href")
    return None


def token(address: str | None) -> int:
    found = re.search(r"skiptoken=(\d+)", address or "")
    assert found
    return int(found[1])


def take_over(kamer: Kamer, category: str, entry: ET.Element) -> str:
    """Put what a real entry says into the replica."""
    payload = next(iter(entry.find(f"{ATOM}content") or ()))
    fields: dict[str, Any] = {}
    refs: dict[str, list[str]] = {}
    for child in payload:
        name = child.tag.removeprefix(TK)
        if "ref" in child.attrib:
            refs.setdefault(name, []).append(child.attrib["ref"])
        else:
            fields[name] = None if child.get(NIL) else child.text
    local = payload.attrib[f"{TK}bijgewerkt"]
    known = kamer.put(
        category,
        payload.attrib["id"],
        fields,
        refs,
        # In these pages only summer time and, in two, the winter time of 2008 occur.
        changed=local + ("+01:00" if "-11-" in local else "+02:00"),
        updated=entry.findtext(f"{ATOM}updated"),
    )
    if payload.get(f"{TK}verwijderd") == "true":
        held = kamer.held[known]
        held.deleted = True
    return known


def shape(element: ET.Element, base: str) -> object:
    """A tree to compare: without tokens, hosts and the moment of asking."""
    if element.tag == f"{ATOM}updated" and "Z" not in (element.text or ""):
        return element.tag
    children = [shape(child, base) for child in element]
    if element.tag.startswith(TK):
        children.sort(key=str)
    attributes = {name: plain(value, base) for name, value in element.attrib.items()}
    return element.tag, attributes, plain(element.text or "", base), children


def plain(text: str, base: str) -> str:
    return re.sub(r"skiptoken=\d+", "skiptoken=…", text.replace(base, "…").strip())


@pytest.mark.parametrize(
    ("name", "category", "query"),
    [
        ("stemming_page", "Stemming", "category=Stemming"),
        ("besluit_feed", "Besluit", "skiptoken=25000000&category=Besluit"),
    ],
)
def test_a_page_is_like_the_real_one(
    kamer: Kamer, name: str, category: str, query: str
) -> None:
    real = ET.parse(FEEDS / f"replica_{name}.xml").getroot()
    for entry in entries(real):
        take_over(kamer, category, entry)
    served = feed(kamer, query)
    assert shape(served, kamer.address) == shape(real, REAL)
    assert len(entries(real)) in {1, 5}


def test_an_entry_is_like_the_real_one_but_for_its_namespaces(kamer: Kamer) -> None:
    real = ET.parse(FEEDS / "replica_fractieZetelPersoon_entry.xml").getroot()
    kamer.put(
        "FractieZetelPersoon",
        "808fcd50-a0dc-4f60-8b9d-c404a2eb5b2e",
        {"functie": "Lid", "van": "2002-05-23", "totEnMet": "2010-10-11"},
        {
            "fractieZetel": ["ca826e72-cf57-4cca-b090-d5c444ec6c2d"],
            "persoon": ["ec273841-069f-408b-b434-8524904ae314"],
        },
        changed="2023-08-29T11:10:24Z",
        updated="2023-08-29T13:23:13Z",
    )
    kamer.writing.namespace = "none"
    (served,) = entries(feed(kamer, "category=FractieZetelPersoon"))
    for element in served.iter():
        element.tag = element.tag.removeprefix(ATOM)
    # The order of the parameters is another than in 2026.
    href = real.find("link")
    assert href is not None
    href.set(
        "href", f"{REAL}/SyncFeed/2.0/Feed?skiptoken=1&category=FractieZetelPersoon"
    )
    assert shape(served, kamer.address) == shape(real, REAL)


def test_a_fractie_has_the_fields_and_attributes_of_a_real_one(kamer: Kamer) -> None:
    text = (FEEDS / "replica_fractie_entry.txt").read_text(encoding="utf-8")
    real = ast.literal_eval(text)["content"]
    own = {"refs", "tagname", "id", "bijgewerkt", "verwijderd"}
    fields = {name: value for name, value in real.items() if name not in own}
    changed = real["bijgewerkt"]
    kamer.put("Fractie", real["id"], fields, changed=changed)
    payload = kamer_payload(kamer, "Fractie")
    assert payload.tag == TK + real["tagname"]
    assert {name.removeprefix(TK): value for name, value in payload.attrib.items()} == {
        name: real[name]
        for name in ("id", "bijgewerkt", "verwijderd", "contentType", "contentLength")
    }
    assert {child.tag: child.text for child in payload} == {
        TK + name: value
        for name, value in fields.items()
        if not name.startswith("content")
    }


def test_a_tombstone_has_nothing_but_its_attributes(kamer: Kamer) -> None:
    text = (FEEDS / "replica_document_tombstones.txt").read_text(encoding="utf-8")
    real = ast.literal_eval(text)[0]["content"]
    kamer.put("Document", real["id"], {"soort": "Motie", "kamer": 2})
    kamer.delete(real["id"])
    payload = kamer_payload(kamer, "Document")
    assert len(payload) == 0
    assert {name.removeprefix(TK) for name in payload.attrib} == set(real) - {
        "refs",
        "tagname",
    }
    assert payload.get(f"{TK}verwijderd") == real["verwijderd"]
    assert re.fullmatch(r"[\d-]+T[\d:]+\.\d{7}", payload.get(f"{TK}bijgewerkt", ""))


def kamer_payload(kamer: Kamer, category: str) -> ET.Element:
    (entry,) = entries(feed(kamer, f"category={category}"))
    return next(iter(entry.find(f"{ATOM}content") or ()))


def test_the_end_of_the_feed_says_where_to_resume(kamer: Kamer) -> None:
    real = ET.parse(FEEDS / "replica_feed_envelope_resume_issue37.xml").getroot()
    kamer.zaak("2026Z00001", "Een", "2026-01-05")
    kamer.fractie("SP")
    served = feed(kamer, f"skiptoken={kamer.head}")
    relations = [each.get("rel") for each in served.findall(f"{ATOM}link")]
    assert relations == [each.get("rel") for each in real.findall(f"{ATOM}link")]
    assert entries(served) == entries(real) == []
    # Of a category too, where another category has moved on since.
    (only,) = entries(feed(kamer, "category=Zaak"))
    end = feed(kamer, (link(only, "next") or "").partition("?")[2])
    late = kamer.zaak("2026Z00002", "Twee", "2026-01-06")
    assert ids(ET.fromstring(got(link(end, "resume") or ""))) == [late]


def test_pages_hold_everything_once_in_the_order_of_tokens(kamer: Kamer) -> None:
    kamer.page = 4
    made = [kamer.zaak(f"2026Z{n:05}", "Over", "2026-01-05") for n in range(10)]
    kamer.persoon("Leijten")
    seen: list[str | None] = []
    tokens: list[int] = []
    address: str | None = f"{kamer.syncfeed_url}/Feed?category=Zaak"
    while address:
        served = ET.fromstring(got(address))
        seen += ids(served)
        tokens += [token(link(entry, "next")) for entry in entries(served)]
        if entries(served):
            assert token(link(served, "next")) == tokens[-1]
        address = link(served, "next")
    assert seen == made
    assert tokens == sorted(set(tokens))
    assert ids(feed(kamer, f"skiptoken={tokens[2]}&category=Zaak")) == made[3:7]
    assert len(ids(feed(kamer, ""))) == 4


def test_an_entity_stands_at_its_last_change_only(kamer: Kamer) -> None:
    one, two, three = (kamer.zaak(f"2026Z0000{n}", "Over", None) for n in (1, 2, 3))
    document = kamer.document("Motie", "Over", None, [one, two], nummer="2026D00001")
    kamer.change(one, onderwerp="Anders")
    kamer.link(document, "zaak", [three, one])
    kamer.delete(two)
    assert ids(feed(kamer, "category=Zaak")) == [three, one, two]
    refs = kamer_payload(kamer, "Document").findall(f"{TK}zaak")
    assert [each.get("ref") for each in refs] == [three, one]
    kamer.restore(two)
    last = entries(feed(kamer, "category=Zaak"))[-1]
    assert last.findtext(f".//{TK}nummer") == "2026Z00002"


@pytest.mark.parametrize("many", [3, 150])
def test_a_mass_republication_changes_tokens_and_times_only(
    kamer: Kamer, many: int
) -> None:
    made = [kamer.zaak(f"2026Z{n:05}", "Over", "2026-01-05") for n in range(many)]
    kamer.fractie("SP")
    kamer.change(made[0], afgedaan=True)
    before, head = feed(kamer, "category=Zaak"), kamer.head
    kamer.republish(made)
    after = feed(kamer, "category=Zaak")
    assert ids(after) == ids(before)
    assert all(token(link(entry, "next")) > head for entry in entries(after))
    moments = {each.get(f"{TK}bijgewerkt") for each in after.iter(f"{TK}zaak")}
    assert len(moments) == 1
    for old, new in zip(before.iter(f"{TK}zaak"), after.iter(f"{TK}zaak"), strict=True):
        assert [(child.tag, child.text) for child in old] == [
            (child.tag, child.text) for child in new
        ]
    assert len(ids(feed(kamer, "category=Fractie"))) == 1


def test_updated_goes_back_now_and_then(kamer: Kamer) -> None:
    for number in range(50):
        kamer.zaak(f"2026Z{number:05}", "Over", "2026-01-05")
    page = entries(feed(kamer, "category=Zaak"))
    times = [entry.findtext(f"{ATOM}updated") or "" for entry in page]
    assert times != sorted(times)


@pytest.mark.parametrize("namespace", ["prefix", "default"])
def test_a_payload_means_the_same_under_either_namespace(
    kamer: Kamer, namespace: str
) -> None:
    kamer.zaak("2026Z00001", "A & <B>", "2026-01-05")
    kamer.writing.namespace = namespace
    payload = kamer_payload(kamer, "Zaak")
    assert payload.tag == f"{TK}zaak"
    assert f"{TK}bijgewerkt" in payload.attrib
    assert payload.findtext(f"{TK}onderwerp") == "A & <B>"


def test_expanded_rows_are_like_the_real_ones_key_by_key(kamer: Kamer) -> None:
    text = (FEEDS / "replica_besluit_rows.json").read_text(encoding="utf-8")
    real = [zaak for row in json.loads(text)["value"] for zaak in row["Zaak"]]
    for zaak in real:
        kamer.load_row("Zaak", zaak)
        for actor in zaak["ZaakActor"]:
            kamer.load_row("ZaakActor", actor)
        for document in zaak["Document"]:
            kamer.load_row("Document", document, {"zaak": [zaak["Id"]]})
    served = rows(kamer, "Zaak", expand="ZaakActor,Document")["value"]
    for each in served:
        for document in each["Document"]:
            # The property is younger than these rows.
            del document["HuidigeDocumentVersie_Id"]
    assert {each["Id"]: each for each in served} == {each["Id"]: each for each in real}


@pytest.mark.parametrize(
    "category", ["Fractie", "Persoon", "FractieZetelPersoon", "FractieZetel"]
)
def test_days_are_local_midnights_in_rows(kamer: Kamer, category: str) -> None:
    text = (FEEDS / "replica_partial_rows.json").read_text(encoding="utf-8")
    (real,) = json.loads(text)[category]
    kamer.load_row(category, real)
    (served,) = rows(kamer, category)["value"]
    assert served.items() >= real.items()


def test_feed_and_rows_show_the_same_entity(kamer: Kamer) -> None:
    (entry,) = entries(ET.parse(FEEDS / "replica_besluit_feed.xml").getroot())
    real = json.loads((FEEDS / "replica_besluit_row.json").read_text(encoding="utf-8"))
    take_over(kamer, "Besluit", entry)
    kamer.put("Zaak", real["Zaak"][0]["Id"], {})
    (served,) = rows(kamer, "Besluit", expand="Zaak($select=Id)")["value"]
    # Half a second apart, as they were.
    assert served.pop("ApiGewijzigdOp")[:19] == real.pop("ApiGewijzigdOp")[:19]
    assert served == real


def test_the_real_zaken_come_out_of_the_replica_as_they_went_in(kamer: Kamer) -> None:
    some = list(islice(real_zaken(), 600))
    kamer.load_zaak_rows(some)
    served: list[dict[str, Any]] = []
    answer = rows(kamer, "Zaak", filter="Verwijderd eq false", expand="ZaakActor")
    assert len(answer["value"]) == 250
    served += answer["value"]
    while following := answer.get("@odata.nextLink"):
        answer = json.loads(got(following))
        served += answer["value"]
    actors = {row["Id"]: row.pop("ZaakActor") for row in served}
    assert {row["Id"]: row for row in served} == {
        row["Id"]: {name: row[name] for name in row if not name.startswith("x:")}
        for row in some
    }
    for row in some:
        names = [
            each["ActorNaam"]
            for each in actors[row["Id"]]
            if each["Relatie"] == "Gericht aan"
        ]
        assert ", ".join(names) == row["x:Gericht aan"]


def test_all_real_zaken_are_here_and_the_odd_ones_marked() -> None:
    nummers = {row["Nummer"] for row in real_zaken()}
    assert len(nummers) == MANY
    assert len(odd_nummers()) == 321
    assert set(odd_nummers()) <= nummers


def test_actors_without_a_name_and_committees_with_commas(kamer: Kamer) -> None:
    row = next(real_zaken())
    row["x:actor zonder relatie"] = ", , "
    row["x:Volgcommissie"] = (
        "vaste commissie voor Justitie en Veiligheid, vaste commissie voor"
        " Volksgezondheid, Welzijn en Sport"
    )
    row["x:Indiener"] = "Jasper van Dijk (J.J.)"
    kamer.load_zaak_rows([row], people=True)
    actors = rows(kamer, "ZaakActor", filter=f"Zaak_Id eq {row['Id']}")["value"]
    found = [(each["Relatie"], each["ActorNaam"]) for each in actors]
    assert found.count((None, None)) == 3
    assert ("Indiener", "J.J. van Dijk") in found
    committees = {name for relatie, name in found if relatie == "Volgcommissie"}
    assert committees == {
        "vaste commissie voor Justitie en Veiligheid",
        "vaste commissie voor Volksgezondheid, Welzijn en Sport",
    }
    (person,) = rows(kamer, "Persoon")["value"]
    names = ("Roepnaam", "Tussenvoegsel", "Achternaam", "Initialen")
    assert [person[name] for name in names] == ["Jasper", "van", "Dijk", "J.J."]


def test_deleted_rows_and_placeholders_are_there_unless_filtered(kamer: Kamer) -> None:
    kept = kamer.fractie("SP")
    gone = kamer.fractie("LPF")
    empty = kamer.placeholder("Fractie", guid("nobody"))
    kamer.delete(gone)
    by_id = {row["Id"]: row for row in rows(kamer, "Fractie")["value"]}
    assert by_id[gone]["Afkorting"] is None
    assert by_id[gone]["Verwijderd"] is True
    assert by_id[gone]["GewijzigdOp"]
    assert {name for name, value in by_id[empty].items() if value is not None} == {"Id"}
    (only,) = rows(kamer, "Fractie", filter="Verwijderd eq false")["value"]
    assert only["Id"] == kept


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nummer eq '2026Z00002'", [2]),
        ("Nummer in ('2026Z00001', '2026Z00003') and Afgedaan eq false", [1, 3]),
        ("GestartOp ge 2026-01-04T23:00:00Z and year(GestartOp) eq 2026", [2, 3]),
        ("not (month(GestartOp) eq 1) or startswith(Onderwerp,'O''')", [1]),
        ("Termijn eq null and Volgnummer lt 0 and Vergaderjaar ne null", [1, 2, 3]),
    ],
)
def test_filters_that_are_understood(kamer: Kamer, text: str, found: list[int]) -> None:
    days = {1: "2025-12-05", 2: "2026-01-05T00:00:00", 3: "2026-01-06"}
    for number, day in days.items():
        kamer.zaak(f"2026Z0000{number}", "Over", day)
    answer = rows(kamer, "Zaak", filter=text, count="true", select="Nummer")
    nummers = sorted(row["Nummer"] for row in answer["value"])
    assert nummers == [f"2026Z0000{number}" for number in found]
    assert answer["@odata.count"] == len(found)


@pytest.mark.parametrize(
    ("path", "options", "said"),
    [
        (
            "v4/2.0/Zaak",
            {"filter": " or ".join(["Nummer eq 'x'"] * 21)},
            "limit of '100'",
        ),
        ("v4/2.0/Zaak", {"filter": f"Id eq guid'{guid('a')}'"}, "not valid"),
        ("v4/2.0/Zaak", {"filter": "Kleur eq 'rood'"}, "Kleur"),
        ("v4/2.0/Zaak", {"filter": "Afgedaan eq 'true'"}, "incompatible"),
        ("v4/2.0/Zaak", {"expand": "Besluit"}, "Besluit"),
        ("v4/2.0/Document", {"select": "Ondernummer"}, "Ondernummer"),
        ("v5/Document", {"filter": "DocumentNummer eq 'x'"}, "DocumentNummer"),
        ("v5/Zaak", {"top": "101"}, "'100'"),
    ],
)
def test_what_is_refused(
    kamer: Kamer, path: str, options: dict[str, str], said: str
) -> None:
    kamer.zaak("2026Z00001", "Over", "2026-01-05")
    kamer.document("Motie", "Over", "2026-01-05")
    asked = "&".join(f"${name}={quote(value)}" for name, value in options.items())
    code, body = failed(f"{kamer.address}/OData/{path}?{asked}")
    assert code == 400
    assert said in json.loads(body)["error"]["message"]


def test_names_of_v5_and_its_pages(kamer: Kamer) -> None:
    for number in range(101):
        kamer.document("Motie", "Over", "2026-01-05", nummer=f"2026D{number:05}")
    first = json.loads(got(f"{kamer.odata_v5_url}/Document"))
    assert len(first["value"]) == 100
    assert {"Nummer", "Ondernummer"} <= set(first["value"][0])
    assert len(json.loads(got(first["@odata.nextLink"]))["value"]) == 1
    topped = json.loads(got(f"{kamer.odata_v5_url}/Document?$top=100"))
    assert "@odata.nextLink" not in topped


def test_a_replaced_file_is_another_version_of_the_same_document(kamer: Kamer) -> None:
    document = kamer.document("Antwoord", "Over", "2026-01-05", body=b"PK word")
    (former,) = rows(kamer, "DocumentVersie")["value"]
    kamer.resource(document, b"%PDF-1.7", new_version=True, externe_identifier="ah-1")
    asked = "DocumentVersie,HuidigeDocumentVersie($select=Versienummer)"
    (row,) = rows(kamer, "Document", expand=asked)["value"]
    assert row["ContentLength"] == 8
    assert row["HuidigeDocumentVersie"] == {"Versienummer": 2}
    assert [each["ExterneIdentifier"] for each in row["DocumentVersie"]] == ["ah-1"]
    old = json.loads(got(f"{kamer.odata_url}/DocumentVersie({former['Id']})"))
    assert old["Verwijderd"] is True
    for address in (
        f"{kamer.syncfeed_url}/Resources/{document}",
        f"{kamer.odata_url}/Document({document})/resource",
    ):
        assert got(address) == b"%PDF-1.7"


@pytest.mark.parametrize(("missing", "code"), [("500", 500), ("json404", 404)])
def test_a_file_that_is_not_there(kamer: Kamer, missing: str, code: int) -> None:
    kamer.missing = missing
    document = kamer.document("Antwoord", "Over", "2026-01-05")
    assert failed(f"{kamer.syncfeed_url}/Resources/{document}")[0] == code
    kamer.missing = "html200"
    assert b"<html" in got(f"{kamer.syncfeed_url}/Resources/{document}")


def test_names_that_drift(kamer: Kamer) -> None:
    zaak = kamer.zaak("2026Z00001", "Over", "2026-01-05")
    document = kamer.document("Motie", "Over", "2026-01-05", [zaak])
    kamer.rename_field("onderwerp", "omschrijving")
    kamer.drop_field("kamer")
    kamer.add_field("kleur", "rood")
    payload = kamer_payload(kamer, "Document")
    assert payload.findtext(f"{TK}omschrijving") == "Over"
    assert payload.findtext(f"{TK}kleur") == "rood"
    row = json.loads(got(f"{kamer.odata_url}/Document({document})"))
    assert (row["Omschrijving"], row["Kleur"]) == ("Over", "rood")
    for name in ("onderwerp", "kamer"):
        assert payload.find(TK + name) is None
        assert name.capitalize() not in row
    assert payload.find(f"{TK}zaak") is not None


def test_faults_are_played_and_requests_kept(kamer: Kamer) -> None:
    kamer.fault_at("category=Zaak", faults.status(503))
    assert failed(f"{kamer.syncfeed_url}/Feed?category=Zaak")[0] == 503
    feed(kamer, "category=Zaak")
    assert [request.query for request in kamer.asked("/Feed")] == [
        {"category": "Zaak"},
        {"category": "Zaak"},
    ]
