"""Offices that are asked and persons who answer, as headings print them."""

from __future__ import annotations

from datetime import date

import pytest

from etl.documents.grammar.kop import parse_kop

ASKED = "Vragen van het lid Podt (D66) aan de Minister van Financiën over geld"
SENT = "(ingezonden 3 juni 2021)."


def gericht_aan(text: str) -> list[str]:
    kop = parse_kop(f"Vragen van het lid Podt (D66) {text} over geld {SENT}")
    assert kop.onderwerp == "geld"
    return [f"{ambt.functie}/{ambt.ministerie}" for ambt in kop.gericht_aan]


def bewindspersonen(text: str) -> list[str]:
    kop = parse_kop(f"{ASKED} {SENT} {text} (ontvangen 21 juni 2021).")
    assert kop.ontvangen == date(2021, 6, 21)
    return [
        f"{who.functie} {who.naam}/{who.ministerie}"
        + ("" if who.rol == "antwoord" else f" [{who.rol}]")
        for who in kop.bewindspersonen
    ]


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("aan de Minister van Financiën", ["Minister/Financiën"]),
        ("aan de minister van Financiën", ["Minister/Financiën"]),
        ("aan de Minister voor Medische Zorg", ["Minister/Medische Zorg"]),
        (
            "aan de Minister Justitie en Veiligheid",
            ["Minister/Justitie en Veiligheid"],
        ),
        (
            # As the title of kv-2989900822 has it.
            (
                "aan de staatssecretaris van Onderwijs, Cultuur en Wetenschappen, dhr. "
                "Van der Ploeg,"
            ),
            ["Staatssecretaris/Onderwijs, Cultuur en Wetenschappen"],
        ),
        (
            (
                "aan de Ministers van Binnenlandse Zaken en Koninkrijksrelaties en van "
                "Justitie en Veiligheid"
            ),
            [
                "Minister/Binnenlandse Zaken en Koninkrijksrelaties",
                "Minister/Justitie en Veiligheid",
            ],
        ),
        (
            (
                "aan de Ministers van Buitenlandse Zaken, voor Buitenlandse Handel en "
                "Ontwikkelingssamenwerking en van Defensie"
            ),
            [
                "Minister/Buitenlandse Zaken",
                "Minister/Buitenlandse Handel en Ontwikkelingssamenwerking",
                "Minister/Defensie",
            ],
        ),
        (
            (
                "aan de Staatssecretaris en de Minister van Volksgezondheid, Welzijn en "
                "Sport"
            ),
            [
                "Staatssecretaris/Volksgezondheid, Welzijn en Sport",
                "Minister/Volksgezondheid, Welzijn en Sport",
            ],
        ),
        (
            "aan de Minister en Staatssecretaris van Financiën",
            ["Minister/Financiën", "Staatssecretaris/Financiën"],
        ),
        (
            (
                "aan de Staatssecretarissen van Volksgezondheid, Welzijn en Sport en van "
                "Binnenlandse Zaken en Koninkrijksrelaties"
            ),
            [
                "Staatssecretaris/Volksgezondheid, Welzijn en Sport",
                "Staatssecretaris/Binnenlandse Zaken en Koninkrijksrelaties",
            ],
        ),
        (
            (
                "aan de Staatssecretaris van Financiën en de Minister voor Buitenlandse "
                "Handel en Ontwikkelingssamenwerking"
            ),
            [
                "Staatssecretaris/Financiën",
                "Minister/Buitenlandse Handel en Ontwikkelingssamenwerking",
            ],
        ),
        (
            (
                "aan de Staatssecretaris van Binnenlandse Zaken en Koninkrijksrelaties en "
                "de Minister Klimaat en Groene Groei"
            ),
            [
                "Staatssecretaris/Binnenlandse Zaken en Koninkrijksrelaties",
                "Minister/Klimaat en Groene Groei",
            ],
        ),
        (
            "aan de Minister van Defensie en aan de Minister van Financiën",
            ["Minister/Defensie", "Minister/Financiën"],
        ),
        ("aan de Minister-President", ["Minister-President/None"]),
        (
            "aan de Minister-President, Minister van Algemene Zaken,",
            ["Minister-President/Algemene Zaken"],
        ),
        (
            (
                "aan de Minister-President, Minister van Algemene Zaken en de Ministers "
                "van Financiën en van Defensie"
            ),
            [
                "Minister-President/Algemene Zaken",
                "Minister/Financiën",
                "Minister/Defensie",
            ],
        ),
        (
            "aan de minister-president en de minister van Financiën",
            ["Minister-President/None", "Minister/Financiën"],
        ),
        (
            "aan de Staatssecretaris van Financiën – Toeslagen en Douane",
            ["Staatssecretaris/Financiën – Toeslagen en Douane"],
        ),
        (
            "aan de Minister voor Basis- en Voortgezet Onderwijs en Media",
            ["Minister/Basis- en Voortgezet Onderwijs en Media"],
        ),
        (
            (
                "aan de Ministers van Economische Zaken en Klimaat, van Financiën, en voor "
                "Natuur en Stikstof"
            ),
            [
                "Minister/Economische Zaken en Klimaat",
                "Minister/Financiën",
                "Minister/Natuur en Stikstof",
            ],
        ),
        ("aande Minister vanFinanciën", ["Minister/Financiën"]),
        ("aan de minister van financiën", ["Minister/financiën"]),
        ("aan de Staatsecretaris van Defensie", ["Staatssecretaris/Defensie"]),
        ("aan minister Faber van Asiel en Migratie", ["Minister/Asiel en Migratie"]),
        ("aan de Minister - President", ["Minister-President/None"]),
        (
            "aan de Minister-President en Minister van Algemene Zaken",
            ["Minister-President/Algemene Zaken"],
        ),
        ("aan de Minister zonder portefeuille", ["Minister/zonder portefeuille"]),
        (
            "aan de Ministers van Financiën,van Defensie envan Justitie en Veiligheid",
            [
                "Minister/Financiën",
                "Minister/Defensie",
                "Minister/Justitie en Veiligheid",
            ],
        ),
        (
            "aan de Minister Financiën en van Defensie",
            ["Minister/Financiën", "Minister/Defensie"],
        ),
        (
            (
                "aan de Minister en Staatssecretaris van Binnenlandse Zaken en "
                "Koninkrijksrelaties"
            ),
            [
                "Minister/Binnenlandse Zaken en Koninkrijksrelaties",
                "Staatssecretaris/Binnenlandse Zaken en Koninkrijksrelaties",
            ],
        ),
        (
            (
                "aan de Staatssecretarissen van Financiën – Fiscaliteit en "
                "Belastingdienst en van Financiën – Toeslagen en Douane"
            ),
            [
                "Staatssecretaris/Financiën – Fiscaliteit en Belastingdienst",
                "Staatssecretaris/Financiën – Toeslagen en Douane",
            ],
        ),
        (
            (
                "aan de Ministers van Onderwijs, Cultuur enWetenschap en voor "
                "BuitenlandseHandel en Ontwikkelingshulp"
            ),
            [
                "Minister/Onderwijs, Cultuur en Wetenschap",
                "Minister/Buitenlandse Handel en Ontwikkelingshulp",
            ],
        ),
        (
            (
                "aan de Staatssecretaris van Infrastructuur en Waterstaat en de Ministers "
                "van Infrastructuur en Waterstaat, voor Volkshuisvesting en Ruimtelijke "
                "Ordening en voor Landbouw, Natuur en Voedselkwaliteit"
            ),
            [
                "Staatssecretaris/Infrastructuur en Waterstaat",
                "Minister/Infrastructuur en Waterstaat",
                "Minister/Volkshuisvesting en Ruimtelijke Ordening",
                "Minister/Landbouw, Natuur en Voedselkwaliteit",
            ],
        ),
        (
            "aan de Minister van Onderwijs en Wetenschappen, tevens Minister voor Media",
            ["Minister/Onderwijs en Wetenschappen", "Minister/Media"],
        ),
        ("aan de regering", []),
        ("aan het kabinet", []),
    ],
)
def test_the_offices_asked_are_told_apart(text: str, offices: list[str]) -> None:
    assert gericht_aan(text) == offices


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Antwoord van Minister Hoekstra (Financiën)", ["Minister Hoekstra/Financiën"]),
        ("Antwoord van minister Hoekstra (Financiën)", ["Minister Hoekstra/Financiën"]),
        ("Antwoord van Minister Bruins Slot (BZ)", ["Minister Bruins Slot/BZ"]),
        (
            (
                "Antwoord van Staatssecretaris Van Huffelen (Binnenlandse Zaken en "
                "Koninkrijksrelaties), mede namens de Staatssecretarissen van "
                "Volksgezondheid, Welzijn en Sport en van Justitie en Veiligheid"
            ),
            [
                (
                    "Staatssecretaris Van Huffelen/Binnenlandse Zaken en "
                    "Koninkrijksrelaties"
                ),
                "Staatssecretaris None/Volksgezondheid, Welzijn en Sport [mede namens]",
                "Staatssecretaris None/Justitie en Veiligheid [mede namens]",
            ],
        ),
        (
            (
                "Antwoord van Minister Van Weel (Justitie en Veiligheid) en antwoord van "
                "Staatssecretaris Coenradie (Justitie en Veiligheid)"
            ),
            [
                "Minister Van Weel/Justitie en Veiligheid",
                "Staatssecretaris Coenradie/Justitie en Veiligheid",
            ],
        ),
        (
            (
                "Antwoord van Staatssecretaris Van Marum (Binnenlandse Zaken en "
                "Koninkrijksrelaties) en van Minister Hermans (Klimaat en Groene Groei)"
            ),
            [
                "Staatssecretaris Van Marum/Binnenlandse Zaken en Koninkrijksrelaties",
                "Minister Hermans/Klimaat en Groene Groei",
            ],
        ),
        (
            (
                "Antwoord van Minister Bruins Slot (BZ) van Minister Schreinemacher "
                "(Buitenlandse Handel en Ontwikkelingssamenwerking)"
            ),
            [
                "Minister Bruins Slot/BZ",
                (
                    "Minister Schreinemacher/Buitenlandse Handel en "
                    "Ontwikkelingssamenwerking"
                ),
            ],
        ),
        (
            (
                "Antwoord van Staatssecretaris Van Rij (Financiën – Fiscaliteit en "
                "Belastingdienst), mede namens de Minister voor Buitenlandse Handel en "
                "Ontwikkelingssamenwerking"
            ),
            [
                "Staatssecretaris Van Rij/Financiën – Fiscaliteit en Belastingdienst",
                (
                    "Minister None/Buitenlandse Handel en Ontwikkelingssamenwerking "
                    "[mede namens]"
                ),
            ],
        ),
        (
            "Antwoord van Minister Faber – van de Klashorst (Asiel en Migratie)",
            ["Minister Faber – van de Klashorst/Asiel en Migratie"],
        ),
        (
            "Mededeling van Minister De Jonge (Volksgezondheid, Welzijn en Sport)",
            ["Minister De Jonge/Volksgezondheid, Welzijn en Sport"],
        ),
        (
            (
                "Antwoord van Minister-President Rutte (Algemene Zaken), mede namens de "
                "Minister van Financiën"
            ),
            [
                "Minister-President Rutte/Algemene Zaken",
                "Minister None/Financiën [mede namens]",
            ],
        ),
        (
            (
                "Antwoord van Minister Blok (Buitenlandse Zaken), mede namens de "
                "Minister-President, Minister van Algemene Zaken, en de Ministers van "
                "Justitie en Veiligheid, van Financiën en voor Rechtsbescherming"
            ),
            [
                "Minister Blok/Buitenlandse Zaken",
                "Minister-President None/Algemene Zaken [mede namens]",
                "Minister None/Justitie en Veiligheid [mede namens]",
                "Minister None/Financiën [mede namens]",
                "Minister None/Rechtsbescherming [mede namens]",
            ],
        ),
        (
            (
                "Antwoord van Ministers Kamp (Economische Zaken) en Dijsselbloem "
                "(Financiën)"
            ),
            ["Minister Kamp/Economische Zaken", "Minister Dijsselbloem/Financiën"],
        ),
        (
            (
                "Antwoord van de Staatssecretarissen Van Rijn (VWS) en Klijnsma (SZW) mede "
                "namens de Minister van Defensie"
            ),
            [
                "Staatssecretaris Van Rijn/VWS",
                "Staatssecretaris Klijnsma/SZW",
                "Minister None/Defensie [mede namens]",
            ],
        ),
        (
            (
                "Antwoord van Minister Schippers en Staatssecretaris Van Rijn "
                "(Volksgezondheid, Welzijn en Sport)"
            ),
            [
                "Minister Schippers/Volksgezondheid, Welzijn en Sport",
                "Staatssecretaris Van Rijn/Volksgezondheid, Welzijn en Sport",
            ],
        ),
        (
            (
                "Antwoord van de Minister van Justitie en Veiligheid, mede namens de "
                "Minister voor Rechtsbescherming"
            ),
            [
                "Minister None/Justitie en Veiligheid",
                "Minister None/Rechtsbescherming [mede namens]",
            ],
        ),
        (
            (
                "Antwoord van Minister Koolmees (Sociale Zaken en Werkgelegenheid), mede "
                "namens Staatssecretaris Van Ark (Sociale Zaken en Werkgelegenheid)"
            ),
            [
                "Minister Koolmees/Sociale Zaken en Werkgelegenheid",
                (
                    "Staatssecretaris Van Ark/Sociale Zaken en Werkgelegenheid "
                    "[mede namens]"
                ),
            ],
        ),
        (
            "Antwoord van Minister Beljaarts (Economische Zaken (EZ))",
            ["Minister Beljaarts/Economische Zaken (EZ)"],
        ),
        (
            "Antwoord van Minister Agema (Volksgezondheid, Welzijn en Sport",
            ["Minister Agema/Volksgezondheid, Welzijn en Sport"],
        ),
        ("Antwoord van MinisterKamp(Financiën)", ["Minister Kamp/Financiën"]),
        ("Antwoord door Minister Kamp (Financiën)", ["Minister Kamp/Financiën"]),
        ("Antwoord van minister Kamp van Financiën", ["Minister Kamp/Financiën"]),
        (
            "Antwoord van minister van Weel (Justitie en Veiligheid)",
            ["Minister van Weel/Justitie en Veiligheid"],
        ),
        (
            "Antwoord van Vice-Minister-President Yeşilgöz (Justitie en Veiligheid)",
            ["Minister Yeşilgöz/Justitie en Veiligheid"],
        ),
        (
            "Antwoord van Minister Kamp (Financiën en Staatssecretaris Bos (Defensie)",
            ["Minister Kamp/Financiën", "Staatssecretaris Bos/Defensie"],
        ),
        (
            "Antwoord van Minister Kamp (Financiën, mede namens de Minister van Defensie",
            ["Minister Kamp/Financiën", "Minister None/Defensie [mede namens]"],
        ),
        (
            (
                "Antwoord van Minister Kamp(Financiën),mede namens Minister Bos(Defensie) "
                "en mede namens de Minister en Staatssecretaris van Sociale Zaken en "
                "Werkgelegenheid"
            ),
            [
                "Minister Kamp/Financiën",
                "Minister Bos/Defensie [mede namens]",
                "Minister None/Sociale Zaken en Werkgelegenheid [mede namens]",
                "Staatssecretaris None/Sociale Zaken en Werkgelegenheid [mede namens]",
            ],
        ),
        (
            (
                "Antwoord van Staatssecretaris Heijnen (Infrastructuur en Waterstaat), "
                "mede namens de Ministers voor Volkshuisvesting en Ruimtelijke Ordening, "
                "van Landbouw, Natuur en Voedselkwaliteit en voor Armoedebeleid, "
                "Participatie en Pensioenen en de Staatssecretaris van Volksgezondheid, "
                "Welzijn en Sport"
            ),
            [
                "Staatssecretaris Heijnen/Infrastructuur en Waterstaat",
                "Minister None/Volkshuisvesting en Ruimtelijke Ordening [mede namens]",
                "Minister None/Landbouw, Natuur en Voedselkwaliteit [mede namens]",
                (
                    "Minister None/Armoedebeleid, Participatie en Pensioenen "
                    "[mede namens]"
                ),
                "Staatssecretaris None/Volksgezondheid, Welzijn en Sport [mede namens]",
            ],
        ),
        ("Antwoord Minister Hoekstra (Financiën)", ["Minister Hoekstra/Financiën"]),
        (
            "Antwoord van Minister Blok (BZ), namens de Minister van Defensie",
            ["Minister Blok/BZ", "Minister None/Defensie [mede namens]"],
        ),
        (
            "Antwoord van Minister Rutte (Minister-President, Minister van Algemene Zaken)",
            ["Minister Rutte/Minister-President, Minister van Algemene Zaken"],
        ),
    ],
)
def test_who_answers_is_read_with_name_office_and_part(
    text: str, persons: list[str]
) -> None:
    assert bewindspersonen(text) == persons


def test_two_titles_of_one_office_are_one() -> None:
    assert gericht_aan("aan de Viceminister-president, Minister van Defensie,") == [
        "Minister/Defensie"
    ]
