"""Modern XML: what it says, and what hostile or broken XML costs."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from cost import PATIENCE
from rendering import document

from etl.documents import understand
from etl.documents.block import Kind
from etl.documents.readers.xml import read_xml
from etl.errors import DocumentFault
from etl.model.publicatie import (
    Bijlage,
    Deel,
    Noot,
    Publicatie,
)


def no_pdf(_body: bytes) -> list[Any]:
    raise AssertionError("no PDF is read here")


def read(body: bytes | str) -> Publicatie:
    body = body.encode() if isinstance(body, str) else body
    return understand(body, read_pdf=no_pdf).publicatie


def as_printed(publicatie: Publicatie) -> dict[str, Any]:
    """The JSON that a user gets."""
    value: dict[str, Any] = json.loads(json.dumps(publicatie.as_json()))
    return value


def fault_of(body: bytes) -> str:
    with pytest.raises(DocumentFault) as caught:
        read(body)
    return caught.value.code


def one(inner: str) -> str:
    """The text of the only question that some elements make."""
    (vraag,) = read(document(f"<vraag><nr>Vraag 1</nr>{inner}</vraag>")).vragen
    return vraag.tekst


VRAAG = "<vraag><nr>Vraag 1</nr><al>Wat nu?</al></vraag>"
ANTWOORD = "<antwoord><nr>Antwoord 1</nr><al>Niets.</al></antwoord>"


def test_a_publication_is_read_whole() -> None:
    publicatie = read(document(VRAAG + ANTWOORD, "3235"))
    assert as_printed(publicatie) == {
        "identifier": "ah-tk-20202021-3235",
        "kamer": "tk",
        "vergaderjaar": "2020-2021",
        "aanhangselnummer": 3235,
        "toevoeging": "",
        "zaaknummers": [],
        "soort": "antwoord",
        "onderwerp": "geld",
        "ingezonden": "2021-06-03",
        "ontvangen": "2021-06-21",
        "indieners": [
            {
                "naam": "Podt",
                "fractie": "D66",
                "fractie_code": None,
                "achternaam": None,
                "tussenvoegsel": None,
            },
        ],
        "gericht_aan": [
            {"functie": "Minister", "ministerie": "Financiën", "ministerie_code": None},
        ],
        "bewindspersonen": [
            {
                "naam": "Hoekstra",
                "functie": "Minister",
                "ministerie": "Financiën",
                "rol": "antwoord",
                "ministerie_code": None,
                "achternaam": None,
                "tussenvoegsel": None,
            },
        ],
        "zie_ook": [],
        "vragen": [{"label": "Vraag 1", "nummers": ["1"], "tekst": "Wat nu?"}],
        "antwoorden": [{"label": "Antwoord 1", "nummers": ["1"], "tekst": "Niets."}],
        "noten": [],
        "bijlagen": [],
        "verwijzingen": [],
        "mededeling": None,
        "reden_uitstel": None,
        "toelichting": None,
        "signalen": [],
    }


@pytest.mark.parametrize(
    ("inner", "tekst"),
    [
        ("<al>Een</al><al>twee</al>", "Een twee"),
        (
            "<al-groep><al>Een</al></al-groep><al-groep><al>twee</al></al-groep>",
            "Een twee",
        ),
        ("<al>Ten <nadruk type='vet'>eerste</nadruk>ling</al>", "Ten eersteling"),
        ("<al>CO<inf>2</inf> en m<sup>2</sup></al>", "CO2 en m2"),
        ("<al>Een<?xpp lead;-1?> twee<!-- drie --></al>", "Een twee"),
        (
            "<al>Zie <extref soort='URL' doc='http://a.nl'>a.nl</extref>.</al>",
            "Zie a.nl.",
        ),
        (
            "<al>in <extref soort='document' doc='stb-2020-118'>Stb. 118</extref>)</al>",
            "in Stb. 118)",
        ),
        (
            (
                "<al>Te weten:</al><lijst type='expliciet'><li><li.nr>–</li.nr><al>een;</al>"
                "</li><li><li.nr>–</li.nr><al>twee.</al><al>Meer.</al></li></lijst>"
            ),
            "Te weten: – een; – twee. Meer.",
        ),
        (
            (
                "<lijst><li><li.nr>1.</li.nr><al>een:</al><lijst><li><li.nr>a.</li.nr>"
                "<al>aa</al></li></lijst></li><li><li.nr>2.</li.nr><al>twee</al></li></lijst>"
            ),
            "1. een: a. aa 2. twee",
        ),
        ("<lijst><li><li.nr>1.</li.nr>los en <b>vet</b></li></lijst>", "1. los en vet"),
        ("<lijst><li>– een<nadruk>twee</nadruk>drie</li></lijst>", "– eentweedrie"),
        ("<lijst><li>a:<lijst><li>b</li></lijst>c</li></lijst>", "a: c b"),
        ("<bijschrift>Bij <i>de</i> foto</bijschrift><plaatje/>", "Bij de foto"),
        (
            "<al>Dus:<lijst><li><li.nr>•</li.nr><al>een</al></li></lijst></al>",
            "Dus: • een",
        ),
        (
            (
                "<table><title>Tabel</title><tgroup><thead><row><entry><al>Jaar</al></entry>"
                "<entry>Aantal</entry></row></thead><tbody><row><entry><al>2020</al></entry>"
                "<entry><al>1</al><al>2</al></entry></row></tbody></tgroup></table>"
            ),
            "Tabel Jaar Aantal 2020 1 2",
        ),
        ("<tussenkop>Kop</tussenkop><al>tekst</al>", "Kop tekst"),
        ("los <al>vast</al> weer los", "los vast weer los"),
        ("<onbekend>nieuw <b>element</b></onbekend>", "nieuw element"),
        ("<x:al xmlns:x='urn:x'>in een naamruimte</x:al>", "in een naamruimte"),
        ("<al><![CDATA[a < b]]> &amp; c</al>", "a < b & c"),
        ("<al>\n  over\t regels\n heen </al>", "over regels heen"),
        ("<al/>", ""),
        ("<al>Het antwoord op</al><al>vraag 3</al>", "Het antwoord op vraag 3"),
    ],
)
def test_text_is_joined_in_reading_order(inner: str, tekst: str) -> None:
    assert one(inner) == tekst


def test_a_note_leaves_the_text_where_it_is_referred_to() -> None:
    noot = (
        "<noot id='n1' type='voet'><noot.nr>1</noot.nr><noot.al>Nu.nl: "
        "<extref soort='URL' doc='http://nu.nl/1' status='actief'>http://nu.nl/1</extref>"
        "</noot.al><noot.al>(later)</noot.al></noot>"
    )
    publicatie = read(
        document(f"<vraag><nr>Vraag 1</nr><al>Bekend?{noot} Zo ja</al></vraag>")
    )
    assert publicatie.vragen[0].tekst == "Bekend? Zo ja"
    assert publicatie.noten == (
        Noot(
            nummer="1",
            tekst="Nu.nl: http://nu.nl/1 (later)",
            urls=("http://nu.nl/1",),
            deel=Deel.VRAAG,
            deel_volgorde=1,
        ),
    )


def test_a_note_without_paragraph_keeps_its_text() -> None:
    noot = "<noot type='voet'><noot.nr>1</noot.nr>Nu.nl, <i>3 mei</i> 2024</noot>"
    publicatie = read(document(f"<vraag><nr>Vraag 1</nr><al>Wat?{noot}</al></vraag>"))
    assert [(n.nummer, n.tekst) for n in publicatie.noten] == [
        ("1", "Nu.nl, 3 mei 2024")
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "<lijst><li><li.nr>1.</li.nr><al>een{}</al></li></lijst>",
        "<table><tgroup><tbody><row><entry>een{}</entry></row></tbody></tgroup></table>",
        "<al><nadruk type='cur'>een{}</nadruk></al>",
        "<al-groep><al>een{}</al></al-groep>",
        "{}<al>een</al>",
    ],
)
def test_a_note_is_found_wherever_it_stands(inner: str) -> None:
    noot = (
        "<noot id='a' type='voet'><noot.nr>12)</noot.nr><noot.al>A</noot.al><noot.lijst>"
        "<noot.li>b</noot.li><noot.li>c</noot.li></noot.lijst></noot>"
    )
    publicatie = read(
        document(f"<vraag><nr>Vraag 1</nr>{inner.format(noot)}</vraag>{ANTWOORD}")
    )
    assert [(n.nummer, n.tekst) for n in publicatie.noten] == [("12", "A b c")]
    assert "A" not in publicatie.vragen[0].tekst


def test_a_note_at_a_label_leaves_it_and_keeps_its_place() -> None:
    noot = "<noot id='a' type='voet'><noot.nr>1</noot.nr><noot.al>A</noot.al></noot>"
    publicatie = read(document(f"<vraag><nr>Vraag 1{noot}</nr><al>Wat?</al></vraag>"))
    assert labels(publicatie) == [("Vraag 1", ("1",), "Wat?")]
    (found,) = publicatie.noten
    assert (found.tekst, found.deel, found.deel_volgorde) == ("A", Deel.VRAAG, 1)


def labels(publicatie: Publicatie) -> list[tuple[str, tuple[str, ...], str]]:
    return [(b.label, b.nummers, b.tekst) for b in publicatie.vragen]


@pytest.mark.parametrize(
    ("inner", "read_as"),
    [
        ("<vraag><nr>1</nr><al>Wat?</al></vraag>", ("1", ("1",), "Wat?")),
        ("<vraag><nr>1.</nr><al>Wat?</al></vraag>", ("1.", ("1",), "Wat?")),
        ("<vraag><nr/><al>Wat?</al></vraag>", ("Vraag", ("1",), "Wat?")),
        ("<vraag><al>Wat?</al></vraag>", ("Vraag", ("1",), "Wat?")),
        ("<vraag><al>Vraag 1</al><al>Wat?</al></vraag>", ("Vraag 1", ("1",), "Wat?")),
        ("<vraag><al>1</al><al>Wat?</al></vraag>", ("1", ("1",), "Wat?")),
        ("<vraag><al>1. Wat?</al></vraag>", ("1", ("1",), "Wat?")),
        ("<vraag><al>1 Wat?</al></vraag>", ("1", ("1",), "Wat?")),
        (
            "<vraag><nummer>Vraag 1</nummer><al>Wat?</al></vraag>",
            ("Vraag 1", ("1",), "Wat?"),
        ),
        (
            "<vraag><kop><label>Vraag</label><nr>1</nr></kop><al>Wat?</al></vraag>",
            ("Vraag 1", ("1",), "Wat?"),
        ),
        (
            "<vraag><nr>Vraag <nadruk>1</nadruk></nr><al>Wat?</al></vraag>",
            ("Vraag 1", ("1",), "Wat?"),
        ),
    ],
)
def test_a_question_is_numbered_wherever_its_number_stands(
    inner: str, read_as: tuple[str, tuple[str, ...], str]
) -> None:
    assert labels(read(document(inner + ANTWOORD))) == [read_as]


def test_a_note_at_a_label_is_kept_and_leaves_the_label() -> None:
    noot = "<noot id='a' type='voet'><noot.nr>1</noot.nr><noot.al>A</noot.al></noot>"
    publicatie = read(document(f"<vraag><nr>Vraag 1{noot}</nr><al>Wat?</al></vraag>"))
    assert labels(publicatie) == [("Vraag 1", ("1",), "Wat?")]
    assert [(n.tekst, n.deel, n.deel_volgorde) for n in publicatie.noten] == [
        ("A", Deel.VRAAG, 1)
    ]


def test_a_number_that_opens_a_sentence_is_none_at_another_place() -> None:
    publicatie = read(
        document(f"{VRAAG}<vraag><al>3 Kamerleden willen dit, waarom?</al></vraag>")
    )
    assert labels(publicatie) == [
        ("Vraag 1", ("1",), "Wat nu?"),
        ("Vraag", ("2",), "3 Kamerleden willen dit, waarom?"),
    ]
    assert "vraag_ongenummerd" in [flag.code for flag in publicatie.signalen]


def test_an_answer_stays_an_answer_whatever_its_label_says() -> None:
    publicatie = read(
        document(
            "<vraag><nr>1</nr><al>Wat?</al></vraag><antwoord><nr>1</nr><al>Dit.</al>"
            "</antwoord><vraag><nr>2</nr><al>En?</al></vraag>"
            "<antwoord><nr>Reactie op vraag twee</nr><al>Dat.</al></antwoord>"
        )
    )
    assert [(b.label, b.nummers, b.tekst) for b in publicatie.antwoorden] == [
        ("1", ("1",), "Dit."),
        ("Reactie op vraag twee", ("2",), "Dat."),
    ]
    assert [b.nummers for b in publicatie.vragen] == [("1",), ("2",)]


def test_a_year_before_the_text_is_no_number() -> None:
    publicatie = read(document(f"<vraag><al>12 maart 2020 was?</al></vraag>{ANTWOORD}"))
    assert labels(publicatie) == [("Vraag", ("1",), "12 maart 2020 was?")]


def test_several_blocks_typed_in_one_element_are_told_apart() -> None:
    publicatie = read(
        document(
            "<vraag><nr>Vraag 1</nr><al>Wat?</al><al>Vraag 2</al><al>Wie?</al>"
            "<al>Antwoord 1 en 2</al><al>Niemand.</al></vraag>"
        )
    )
    assert [b.tekst for b in publicatie.vragen] == ["Wat?", "Wie?"]
    assert [(b.nummers, b.tekst) for b in publicatie.antwoorden] == [
        (("1", "2"), "Niemand.")
    ]


def test_a_sub_heading_in_an_answer_is_text() -> None:
    inner = (
        "<antwoord><nr>Antwoord 1</nr><al>Ja.</al><al>Toelichting</al><al>Het ging goed."
        "</al><al>Opmerking</al><al>Slot.</al></antwoord>"
    )
    publicatie = read(document(VRAAG + inner))
    assert publicatie.antwoorden[0].tekst == (
        "Ja. Toelichting Het ging goed. Opmerking Slot."
    )
    assert (publicatie.mededeling, publicatie.toelichting) == (None, None)


UITSTEL = (
    "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord omdat "
    "afstemming tijd behoeft."
)
AANVULLING = (
    "Deze vragen dienen ter aanvulling op eerdere vragen van het lid Van Nispen (SP), "
    "ingezonden 25 september 2024 (vraagnummer 2024Z14250)."
)


@pytest.mark.parametrize(
    "inner",
    [
        f"<kamervraagopmerking><al>{UITSTEL}</al></kamervraagopmerking>",
        f"<kamervraagopmerking><nr>Mededeling</nr><al>{UITSTEL}</al></kamervraagopmerking>",
        (
            "<kamervraagopmerking><kop><titel>Mededeling</titel></kop>"
            f"<al>{UITSTEL}</al></kamervraagopmerking>"
        ),
        (
            "<kamervraagopmerking><al><nadruk type='vet'>Mededeling</nadruk></al>"
            f"<al>{UITSTEL}</al></kamervraagopmerking>"
        ),
        f"<antwoord><nr>Mededeling</nr><al>{UITSTEL}</al></antwoord>",
    ],
)
def test_a_notice_stands_in_its_own_field(inner: str) -> None:
    publicatie = read(document(VRAAG + inner))
    assert (publicatie.mededeling, publicatie.soort) == (UITSTEL, "uitstel")
    assert publicatie.antwoorden == ()
    assert [b.tekst for b in publicatie.vragen] == ["Wat nu?"]


@pytest.mark.parametrize(
    "inner",
    [
        f"<toelicht><al>{AANVULLING}</al></toelicht>",
        f"<kamervraagopmerking><al>{AANVULLING}</al></kamervraagopmerking>",
        f"<kamervraagopmerking><al>Toelichting: {AANVULLING}</al></kamervraagopmerking>",
        (
            f"<kamervraagopmerking><al>Toelichting:</al><al>{AANVULLING}</al>"
            "</kamervraagopmerking>"
        ),
        (
            f"<kamervraagopmerking><kop><titel>Toelichting</titel></kop><al>{AANVULLING}</al>"
            "</kamervraagopmerking>"
        ),
        f"<al>Toelichting: {AANVULLING}</al>",
        f"<al>Toelichting:</al><al>{AANVULLING}</al>",
    ],
)
def test_an_addition_is_never_glued_to_the_last_answer(inner: str) -> None:
    publicatie = read(document(VRAAG + ANTWOORD + inner))
    assert publicatie.toelichting == AANVULLING
    assert publicatie.antwoorden[0].tekst == "Niets."
    assert (publicatie.mededeling, publicatie.soort) == (None, "antwoord")


def test_an_annex_is_kept_and_no_part_of_the_last_answer() -> None:
    bijlage = "<kamervraagbijlage><al>Een tabel.</al></kamervraagbijlage>"
    publicatie = read(document(VRAAG + ANTWOORD + bijlage))
    assert publicatie.antwoorden[0].tekst == "Niets."
    assert publicatie.bijlagen == (Bijlage(label="Bijlage", tekst="Een tabel."),)
    assert publicatie.signalen == ()


def test_the_case_number_is_taken_from_the_metadata() -> None:
    body = document(VRAAG).replace(
        b"</metadata>",
        b"<meta name='OVERHEIDop.vraagnummer' content='2021Z09739'/></metadata>",
    )
    assert read(body).zaaknummers == ("2021Z09739",)


DTDS = {
    "billion laughs": """<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;">]><kamervragen>&c;</kamervragen>""",
    "quadratic": f"""<!DOCTYPE a [<!ENTITY a "{"a" * 50_000}">]><kamervragen>
        {"&a;" * 150}</kamervragen>""",
    "external general entity": """<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hosts">]>
        <kamervragen>&a;</kamervragen>""",
    "external parameter entity": """<!DOCTYPE a [<!ENTITY % a SYSTEM
        "http://127.0.0.1:9/x.dtd"> %a;]><kamervragen/>""",
    "cyclic": """<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]>
        <kamervragen>&a;</kamervragen>""",
    "attribute default": """<!DOCTYPE a [<!ATTLIST kamervragen x CDATA "y">]>
        <kamervragen/>""",
    "empty subset": "<!DOCTYPE a []><kamervragen/>",
    "bracket behind quotes": """<!DOCTYPE a SYSTEM "x>y" [<!ENTITY a "b">]>
        <kamervragen>&a;</kamervragen>""",
    "behind a long comment": f"""<!--{"x" * 70_000}--><!DOCTYPE a [<!ENTITY a "b">]>
        <kamervragen>&a;</kamervragen>""",
}


@pytest.mark.parametrize("name", DTDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_dtd_of_its_own_is_refused(name: str, encoding: str) -> None:
    assert fault_of(DTDS[name].encode(encoding)) == "xml_dtd"


def test_a_doctype_that_points_elsewhere_is_read_and_never_fetched() -> None:
    doctype = '<!DOCTYPE officiele-publicatie SYSTEM "http://127.0.0.1:9/op.dtd">'
    body = document(
        "<vraag><nr>Vraag 1</nr><al>Caf&eacute; &amp; &euro; 5?</al></vraag>"
    )
    body = body.replace(b"?>\n", b"?>\n" + doctype.encode(), 1)
    assert read(body).vragen[0].tekst == "Café & € 5?"


def test_includes_and_schemas_are_never_fetched() -> None:
    inner = (
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' parse='text' "
        "href='file:///etc/hosts'/>" + VRAAG
    )
    assert [b.tekst for b in read(document(inner)).vragen] == ["Wat nu?"]


@pytest.mark.parametrize(
    "body",
    [
        b"<kamervragen>&nbsp;</kamervragen>",
        b"<kamervragen>a\x00b</kamervragen>",
        b"<kamervragen>a\x01b</kamervragen>",
        b"<kamervragen>&#xD800;</kamervragen>",
        b"<kamervragen>\xff\xfe\xfd</kamervragen>",
        b"<?xml version='1.0' encoding='utf-8'?><kamervragen>\xe9</kamervragen>",
        b"<?xml version='1.0' encoding='utf-7'?><kamervragen>+AGE-</kamervragen>",
        b"<?xml version='1.0' encoding='latin'?><kamervragen/>",
        b"<kamervragen><al></kamervragen>",
        b"<kamervragen/><kamervragen/>",
        b"<kamervragen a='1' a='2'/>",
    ],
)
def test_what_is_not_well_formed_is_refused(body: bytes) -> None:
    assert fault_of(body) == "xml_malformed"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("latin-1", "ISO-8859-1"),
        ("windows-1252", "windows-1252"),
    ],
)
def test_every_declared_encoding_is_read_without_mojibake(
    encoding: str, declared: str
) -> None:
    text = document(
        "<vraag><nr>Vraag 1</nr><al>Curaçao en België?</al></vraag>"
    ).decode()
    body = text.replace('"UTF-8"', f'"{declared}"').encode(encoding)
    assert read(body).vragen[0].tekst == "Curaçao en België?"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<officiele-publicatie/>", "no_publication"),
        (
            (
                b"<officiele-publicatie><metadata/><kamervragen><kamervraagkop/></kamervragen>"
                b"</officiele-publicatie>"
            ),
            "no_publication",
        ),
        (b"<rss><channel/></rss>", "no_publication"),
        (b"<html><head><title>Storing</title></head><body/></html>", "error_page"),
        (
            b"<!DOCTYPE html><html><body><p>Niet gevonden</p></body></html>",
            "error_page",
        ),
    ],
)
def test_what_holds_no_publication_is_named(body: bytes, code: str) -> None:
    assert fault_of(body) == code


def test_cut_anywhere_it_is_refused() -> None:
    body = document((VRAAG + ANTWOORD) * 24)
    assert len(body) >= 3_000
    for end in range(len(body.rstrip()) - 1):
        with pytest.raises(DocumentFault):
            read(body[:end])


@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 150_000 + "</a>" * 150_000,
        "<a>" * 200_000 + "</a>" * 200_000,
        "<al/>" * 1_000_000,
        f"<al>{'x' * 20_000_000}</al>",
    ],
    ids=["150,000 nested", "200,000 nested", "1,000,000 siblings", "20 MB of text"],
)
def test_xml_beyond_the_limits_is_refused_at_once(inner: str) -> None:
    start = time.process_time()
    assert fault_of(document(inner)) == "xml_limits"
    assert time.process_time() - start < PATIENCE


def test_elements_nested_as_deep_as_parsed_are_walked() -> None:
    inner = "<a>" * 200 + "<al>diep</al>" + "</a>" * 200
    assert one(inner) == "diep"


def test_unknown_markup_loses_no_text() -> None:
    blocks = read_xml(document("<nieuw><kop>A</kop>b<al>c</al>d</nieuw>"))
    texts = [b.text for b in blocks if b.kind is Kind.PARAGRAPH]
    assert " ".join(texts) == "A b c d"
