"""What changed between two versions of a publication, in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tables import Tables

READER = "aanhangsel_reader"
FIRST = datetime(2024, 2, 15, 9, 0, tzinfo=UTC)
SECOND = datetime(2024, 2, 20, 9, 0, tzinfo=UTC)
THIRD = datetime(2024, 3, 12, 9, 0, tzinfo=UTC)
IDENTIFIER = "ah-tk-20232024-1045"
WRONG = "Ja. Dat is mij bekend sinds 3 mei."
RIGHT = "Ja. Dat is mij sinds 5 juni bekend, zoals gemeld."


def test_the_words_that_went(database: Any) -> None:
    for tekst, andere, weg in (
        ("Ja.", "Ja.", []),
        ("Ja, dat klopt.", "Nee, dat klopt niet.", ["Ja,", "klopt."]),
        ("Nee, dat klopt niet.", "Ja, dat klopt.", ["Nee,", "klopt", "niet."]),
        # as often as there are more of it, and the last ones
        ("de a de b de", "b de", ["a", "de", "de"]),
        ("c b a x", "a b c", ["x"]),
        ("z\n y  x", "a", ["z", "y", "x"]),
        (None, "Ja.", []),
        (" ", "Ja.", []),
        ("Ja. Nee.", None, ["Ja.", "Nee."]),
    ):
        query = "select aanhangsel.woorden_zonder(%s::text, %s::text)"
        assert database.query(query, tekst, andere) == [(weg,)], tekst


@pytest.fixture
def history(tables: Tables) -> History:
    return History(tables)


class History:
    """One publication and the versions that the store keeps of it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.query = tables.database.query
        self.id = tables.publicatie(
            IDENTIFIER, onderwerp="visa", ontvangen="2024-02-15", ingezonden=None
        )
        self.block("vraag", "Vraag 1", ["1"], "Klopt dit?")
        self.block("antwoord", "Antwoord 1", ["1"], WRONG)
        self.block("antwoord", "Antwoord 2 en 3", ["2", "3"], "Nee.")
        self.note("1", "NRC, 3 mei 2024")
        self.version(1, "eerste", geldig_van=FIRST)

    def block(self, soort: str, label: str, nummers: Sequence[str], tekst: str) -> None:
        ((volgorde,),) = self.query(f"select count(*) + 1 from aanhangsel.{soort}")
        self.tables.put(
            f"aanhangsel.{soort}",
            publicatie_id=self.id,
            volgorde=volgorde,
            label=label,
            nummers=list(nummers),
            tekst=tekst,
        )

    def note(self, nummer: str, tekst: str, *urls: str) -> None:
        ((volgorde,),) = self.query("select count(*) + 1 from aanhangsel.noot")
        self.tables.put(
            "aanhangsel.noot",
            publicatie_id=self.id,
            volgorde=volgorde,
            nummer=nummer,
            tekst=tekst,
            urls=list(urls),
        )

    def version(self, versie: int, reden: str, **values: Any) -> None:
        self.tables.put(
            "aanhangsel.publicatie_versie",
            publicatie_id=self.id,
            versie=versie,
            reden=reden,
            **values,
        )

    def replace(self, versie: int, reden: str, at: datetime) -> None:
        """Keep the content that holds, as the store does before it changes."""
        self.query(
            "update aanhangsel.publicatie_versie set geldig_tot = %s,"
            " inhoud = aanhangsel.inhoud(publicatie_id) where geldig_tot is null",
            at,
        )
        self.version(versie, reden, geldig_van=at)

    def changes(
        self, columns: str = "onderdeel, beschrijving", versie: int | None = None
    ) -> list[tuple[Any, ...]]:
        return self.query(
            f"select {columns} from aanhangsel.wijziging"
            " where publicatie_id = %s and versie = coalesce(%s, versie)"
            " order by op nulls first, plaats",
            self.id,
            versie,
            role=READER,
        )


def test_the_first_version_changes_nothing(history: History) -> None:
    assert history.changes() == []


def test_an_answer_that_was_changed_in_silence(history: History) -> None:
    history.replace(2, "gewijzigd", SECOND)
    history.query(
        "update aanhangsel.antwoord set tekst = %s where label = 'Antwoord 1'", RIGHT
    )
    assert history.changes(
        "identifier, versie, vorige_versie, op, reden, onderdeel, oud, nieuw"
    ) == [(IDENTIFIER, 2, 1, SECOND, "gewijzigd", "antwoord 1", WRONG, RIGHT)]
    assert history.changes("woorden_weg, woorden_bij, beschrijving") == [
        (
            ["bekend", "3", "mei."],
            ["5", "juni", "bekend,", "zoals", "gemeld."],
            "antwoord 1: 3 woorden weg, 5 erbij",
        )
    ]


def test_every_version_is_compared_with_the_one_before(history: History) -> None:
    history.replace(2, "gewijzigd", SECOND)
    history.query("update aanhangsel.publicatie set onderwerp = 'visa en paspoorten'")
    history.replace(3, "metadata gewijzigd", THIRD)
    history.query(
        "update aanhangsel.publicatie set onderwerp = 'paspoorten', titel = 'Titel'"
    )
    assert history.changes("versie, op, reden, onderdeel, oud, nieuw") == [
        (2, SECOND, "gewijzigd", "onderwerp", "visa", "visa en paspoorten"),
        (
            *(3, THIRD, "metadata gewijzigd", "onderwerp"),
            *("visa en paspoorten", "paspoorten"),
        ),
        (3, THIRD, "metadata gewijzigd", "titel", None, "Titel"),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("publicatie set onderwerp = 'x'", [("onderwerp", "onderwerp gewijzigd")]),
        (
            "publicatie set status = 'ingetrokken'",
            [("status", "status gewijzigd")],
        ),
        (
            "publicatie set ontvangen = null, ingezonden = '2024-01-01'",
            [
                ("ingezonden", "ingezonden toegevoegd"),
                ("ontvangen", "ontvangen vervallen"),
            ],
        ),
        (
            "publicatie set mededeling = 'Later.', formaat = 'html', parser = '3'",
            [
                ("mededeling", "mededeling toegevoegd"),
                ("formaat", "formaat gewijzigd"),
            ],
        ),
        (
            "antwoord set tekst = 'Nee. Nooit.' where tekst = 'Nee.'",
            [("antwoord 2 en 3", "antwoord 2 en 3: 1 woord erbij")],
        ),
        (
            "antwoord set tekst = 'Nee. Echt nooit.' where tekst = 'Nee.'",
            [("antwoord 2 en 3", "antwoord 2 en 3: 2 woorden erbij")],
        ),
        (
            "antwoord set tekst = '' where tekst = 'Nee.'",
            [("antwoord 2 en 3", "antwoord 2 en 3: 1 woord weg")],
        ),
        (
            "vraag set tekst = 'dit? Klopt'",
            [("vraag 1", "vraag 1: dezelfde woorden in een andere volgorde")],
        ),
        # typeset anew: the same question under another label
        (
            "antwoord set label = 'Antwoord op vraag 1' where label = 'Antwoord 1'",
            [("kopje van antwoord 1", "kopje van antwoord 1 gewijzigd")],
        ),
        (
            "antwoord set label = 'Antwoord 4', nummers = '{4}' where tekst = 'Nee.'",
            [
                ("antwoord 2 en 3", "antwoord 2 en 3 vervallen"),
                ("antwoord 4", "antwoord 4 toegevoegd"),
            ],
        ),
        ("noot set nummer = '4'", [("noot 1", "noot 1 vervallen"), ("noot 4", None)]),
        (
            "noot set urls = array['https://example.org/a']",
            [("adressen in noot 1", "adressen in noot 1 gewijzigd")],
        ),
    ],
)
def test_each_part_in_its_own_words(
    history: History, change: str, expected: list[tuple[str, str | None]]
) -> None:
    history.replace(2, "gewijzigd", SECOND)
    history.query(f"update aanhangsel.{change}")
    found = history.changes()
    assert sorted(name for name, _ in found) == sorted(name for name, _ in expected)
    for name, says in expected:
        assert says is None or (name, says) in found


def test_blocks_without_a_number_and_repeats(history: History) -> None:
    """`Vraag 7` printed twice, a bare `Antwoord`, an annex."""
    history.block("vraag", "Vraag 7", ["7"], "Eerste?")
    history.block("vraag", "Vraag 7", ["7"], "Tweede?")
    history.block("antwoord", "Antwoord", [], "Alles.")
    history.tables.put(
        "aanhangsel.bijlage",
        publicatie_id=history.id,
        volgorde=1,
        label="Tabel 1",
        tekst="1 2 3",
    )
    history.replace(2, "gewijzigd", SECOND)
    history.query("update aanhangsel.vraag set tekst = 'Derde?' where tekst like 'T%%'")
    history.query(
        "update aanhangsel.antwoord set tekst = 'Niets.' where label !~ '1|2'"
    )
    history.query("update aanhangsel.bijlage set tekst = '1 2'")
    history.block("vraag", "Vraag 9", ["9", "10", "11"], "Negen?")
    history.note("1", "Ook noot 1")
    assert [row[0] for row in history.changes()] == [
        "vraag 7 (2e keer)",
        "vraag 9, 10 en 11",
        "antwoord",
        "noot 1 (2e keer)",
        "bijlage Tabel 1",
    ]


def test_who_asked_and_who_answers(history: History) -> None:
    def office(volgorde: int, rol: str, functie: str, **more: Any) -> None:
        history.tables.put(
            "aanhangsel.bewindspersoon",
            publicatie_id=history.id,
            volgorde=volgorde,
            rol=rol,
            functie=functie,
            **more,
        )

    def member(volgorde: int, naam: str, fractie: str | None) -> None:
        history.tables.put(
            "aanhangsel.indiener",
            publicatie_id=history.id,
            volgorde=volgorde,
            naam=naam,
            fractie=fractie,
        )

    member(1, "Agnes Mulder", "CDA")
    office(1, "gericht aan", "Minister-President")
    history.replace(2, "gewijzigd", SECOND)
    member(2, "Boswijk", None)
    office(2, "antwoord", "Minister", naam="Hoekstra", ministerie="Financiën")
    office(3, "mede namens", "Staatssecretaris", ministerie="Defensie")
    history.tables.zaak("2024Z1")
    history.tables.link(history.id, "2024Z1")
    assert history.changes("onderdeel, oud, nieuw") == [
        ("zaaknummers", None, "2024Z1"),
        ("indieners", "Agnes Mulder (CDA)", "Agnes Mulder (CDA), Boswijk"),
        (
            "bewindspersonen",
            None,
            "Hoekstra, Minister (Financiën); mede namens Staatssecretaris (Defensie)",
        ),
    ]


def former(**changes: Any) -> str:
    """Content of a print that never held here, as the store keeps it."""
    inhoud: dict[str, Any] = {
        "identifier": IDENTIFIER,
        "soort": "antwoord",
        "onderwerp": "visa",
        "ontvangen": "2024-02-15",
        "formaat": "xml",
        "zaaknummers": [],
        "vragen": [{"label": "Vraag 1", "nummers": ["1"], "tekst": "Klopt dit?"}],
        "antwoorden": [
            {"label": "Antwoord 1", "nummers": ["1"], "tekst": WRONG},
            {"label": "Antwoord 2 en 3", "nummers": ["2", "3"], "tekst": "Nee."},
        ],
        "noten": [{"nummer": "1", "tekst": "NRC, 3 mei 2024", "urls": []}],
    }
    return json.dumps(inhoud | changes)


def test_a_herdruk_against_what_it_replaced(history: History) -> None:
    herdruk = IDENTIFIER + "-h1"
    history.replace(2, "herdruk", SECOND)
    history.query("update aanhangsel.publicatie set identifier = %s", herdruk)
    history.query(
        "update aanhangsel.antwoord set tekst = %s where label = 'Antwoord 1'", RIGHT
    )
    assert history.changes("reden, onderdeel, oud, nieuw") == [
        ("herdruk", "identifier", IDENTIFIER, herdruk),
        ("herdruk", "antwoord 1", WRONG, RIGHT),
    ]


def test_older_prints_that_came_later_go_before_the_first_version(
    history: History,
) -> None:
    """The second reprint came first, then the first print, then the reprint of it."""
    history.query(
        "update aanhangsel.publicatie set identifier = %s", IDENTIFIER + "-h2"
    )
    for versie, print_, onderwerp in ((2, "", "visum"), (3, "-h1", "visums")):
        identifier = IDENTIFIER + print_
        history.version(
            versie,
            "oudere druk",
            geldig_tot=FIRST,
            identifier=identifier,
            inhoud=former(onderwerp=onderwerp, identifier=identifier),
        )
    columns = "versie, vorige_versie, op, reden, onderdeel, oud, nieuw"
    assert history.changes(columns) == [
        (
            *(3, 2, None, "oudere druk", "identifier"),
            *(IDENTIFIER, IDENTIFIER + "-h1"),
        ),
        (3, 2, None, "oudere druk", "onderwerp", "visum", "visums"),
        (
            *(1, 3, FIRST, "oudere druk", "identifier"),
            *(IDENTIFIER + "-h1", IDENTIFIER + "-h2"),
        ),
        (1, 3, FIRST, "oudere druk", "onderwerp", "visums", "visa"),
    ]


def test_versions_of_a_row_that_proved_to_be_this_one_go_by_their_time(
    history: History,
) -> None:
    """The placeholder held from January; its versions got the numbers after ours."""
    history.version(
        2,
        "eerste",
        geldig_van=datetime(2024, 1, 9, tzinfo=UTC),
        geldig_tot=FIRST,
        inhoud=former(identifier="ah-1271549"),
    )
    assert history.changes("versie, vorige_versie, onderdeel, oud, nieuw") == [
        (1, 2, "identifier", "ah-1271549", IDENTIFIER)
    ]
