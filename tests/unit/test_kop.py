"""Heading sentences, with the values a careful reader gives them."""

from __future__ import annotations

import time
from datetime import date

import pytest
from cost import PATIENCE
from hypothesis import given
from hypothesis import strategies as st
from reading import parse_blocks

from etl.documents.block import Block, Kind
from etl.documents.grammar.kop import parse_kop

ASKED = "Vragen van het lid Podt (D66) aan de Minister van Financiën over geld"
SENT = "(ingezonden 3 juni 2021)."


def indieners(text: str) -> list[str]:
    kop = parse_kop(f"{text} aan de Minister van Financiën over geld {SENT}")
    return [f"{one.naam}/{one.fractie}" for one in kop.indieners]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Vragen van het lid Podt (D66)", ["Podt/D66"]),
        ("Vraag van het lid Van Houwelingen (FVD)", ["Van Houwelingen/FVD"]),
        (
            "Vragen van de leden Agnes Mulder (CDA) en Ceder (ChristenUnie)",
            ["Agnes Mulder/CDA", "Ceder/ChristenUnie"],
        ),
        (
            "Vragen van de leden Van Weyenberg, Romke de Jong en Kat (allen D66)",
            ["Van Weyenberg/D66", "Romke de Jong/D66", "Kat/D66"],
        ),
        (
            "Vragen van het lid Van Eijk en Aartsen (beiden VVD)",
            ["Van Eijk/VVD", "Aartsen/VVD"],
        ),
        (
            (
                "Vragen van de leden Beckerman (SP), Bushoff , Kröger (beiden "
                "GroenLinks-PvdA), Bamenga (D66) en Teunissen (PvdD)"
            ),
            [
                "Beckerman/SP",
                "Bushoff/GroenLinks-PvdA",
                "Kröger/GroenLinks-PvdA",
                "Bamenga/D66",
                "Teunissen/PvdD",
            ],
        ),
        ("Vragen van het lid Van Haga (Groep Van Haga)", ["Van Haga/Groep Van Haga"]),
        (
            "Vragen van het lid Boomsma (Nieuw Sociaal Contract)",
            ["Boomsma/Nieuw Sociaal Contract"],
        ),
        ("Vragen van het lid Inge vanDijk (CDA)", ["Inge vanDijk/CDA"]),
        (
            "Vragen van het lid Faber-van de Klashorst(PVV)",
            ["Faber-van de Klashorst/PVV"],
        ),
        (
            "Vragen van de leden Patijn(beiden GroenLinks-PvdA)",
            ["Patijn/GroenLinks-PvdA"],
        ),
        (
            "Vragen van de leden Kuzu en Öztürk (beiden Groep Kuzu/Öztürk)",
            ["Kuzu/Groep Kuzu/Öztürk", "Öztürk/Groep Kuzu/Öztürk"],
        ),
        (
            (
                "Vragen van de leden Azarkan, Kuzu en Öztürk (allen DENK) en Jasper van "
                "Dijk (SP)"
            ),
            ["Azarkan/DENK", "Kuzu/DENK", "Öztürk/DENK", "Jasper van Dijk/SP"],
        ),
        (
            (
                "Vragen van de leden Mei Li Vos (PvdA), Van Tongeren en Klaver (beiden "
                "GroenLinks)"
            ),
            ["Mei Li Vos/PvdA", "Van Tongeren/GroenLinks", "Klaver/GroenLinks"],
        ),
        (
            "Vragen van het lid Kostić (PvdD) en het lid Van den Hil (VVD)",
            ["Kostić/PvdD", "Van den Hil/VVD"],
        ),
        ("Vragen vande ledenPodt (D66)", ["Podt/D66"]),
        ("Schriftelijke vragen van het lid Wilders (PVV)", ["Wilders/PVV"]),
        ("Mondelinge vragen van het lid Krul (CDA)", ["Krul/CDA"]),
        ("Nadere vragen van het lid Omtzigt (CDA)", ["Omtzigt/CDA"]),
        ("Vragen van het lid Van 't Wout (VVD)", ["Van 't Wout/VVD"]),
        (
            "Vragen van het lid Baay-Timmerman (50PLUS)",
            ["Baay-Timmerman/50PLUS"],
        ),
        ("Vragen van hetlid Krul (hetCDA)", ["Krul/CDA"]),
        ("Vragen van de leden Kat en Krul (beidenD66)", ["Kat/D66", "Krul/D66"]),
        (
            "Vragen van de leden Kat, Vos en Krul(allen50PLUS)",
            ["Kat/50PLUS", "Vos/50PLUS", "Krul/50PLUS"],
        ),
        (
            "Vragen van de leden Kat (Groep Kat (v/h SP)) en Vos (VVD)",
            ["Kat/Groep Kat", "Vos/VVD"],
        ),
        ("Vervolgvragen van het lid Krul (CDA)", ["Krul/CDA"]),
        ("Aanvullende vragen van het lid Krul (CDA)", ["Krul/CDA"]),
        ("Vragen van Kat (D66)", ["Kat/D66"]),
        ("Vragen van de heer Kat (D66) en mevrouw Krul (CDA)", ["Kat/D66", "Krul/CDA"]),
        ("Vragen van de leden Kat (D66)enKrul (CDA)", ["Kat/D66", "Krul/CDA"]),
        ("Vragen van de leden Kat enKrul (beiden CDA)", ["Kat/CDA", "Krul/CDA"]),
        (
            "Vragen van de leden Kat, Krul, en Vos (allen SP)",
            ["Kat/SP", "Krul/SP", "Vos/SP"],
        ),
        (
            "Vragen van de leden Kat (SP) en van het lid Vos (VVD)",
            ["Kat/SP", "Vos/VVD"],
        ),
        (
            "Vragen van het lid Kat (SP), alsmede het lid Vos (VVD)",
            ["Kat/SP", "Vos/VVD"],
        ),
        ("Vragen van het lid Omtzigt c.s. (CDA)", ["Omtzigt/CDA"]),
        ("Vragen van het lid Omtzigt (Lid Omtzigt)", ["Omtzigt/Lid Omtzigt"]),
        ("Vragen van het lid J. de Vries (PvdA)", ["J. de Vries/PvdA"]),
        ("Vragen van het lid d’Hondt (CDA)", ["d’Hondt/CDA"]),
        ("Vragen van het lid IJzerman (SP)", ["IJzerman/SP"]),
        ("Vragen van het lid ’t Hart (SP)", ["’t Hart/SP"]),
        (
            "Vragen van het lid Faber – van de Klashorst (PVV)",
            ["Faber – van de Klashorst/PVV"],
        ),
        (
            (
                "Vragen van de leden Knip (VVD), Beuving (PvdA), D.J.H. vanDijk (SGP), "
                "Nagel (50PLUS) en Ten Hoeve (OSF)"
            ),
            [
                "Knip/VVD",
                "Beuving/PvdA",
                "D.J.H. vanDijk/SGP",
                "Nagel/50PLUS",
                "Ten Hoeve/OSF",
            ],
        ),
        (
            "Herziene versie Vragen van de leden Tielen en Van den Hil (beiden VVD)",
            ["Tielen/VVD", "Van den Hil/VVD"],
        ),
        ("Vragen van lid Podt (D66)", ["Podt/D66"]),
        ("Vragen van leden Podt (D66) en Piri (PvdA)", ["Podt/D66", "Piri/PvdA"]),
        ("Vragen door het lid Podt (D66)", ["Podt/D66"]),
        ("Vragen van het lid Podt [D66]", ["Podt/D66"]),
        (
            "Vragen van de leden Kuiken, Ploumen (allebei PvdA)",
            ["Kuiken/PvdA", "Ploumen/PvdA"],
        ),
    ],
)
def test_members_are_named_as_printed_with_their_party(
    text: str, members: list[str]
) -> None:
    assert indieners(text) == members


def test_a_name_without_party_gets_none() -> None:
    assert indieners("Vragen van de leden Van Eijk en Aartsen (VVD)") == [
        "Van Eijk/None",
        "Aartsen/VVD",
    ]


@pytest.mark.parametrize(
    ("about", "onderwerp"),
    [
        ("over de TOZO", "de TOZO"),
        ("over het bericht «Wat nu?»", "het bericht «Wat nu?»"),
        (
            "over de brief aan de Minister van Defensie over drones",
            "de brief aan de Minister van Defensie over drones",
        ),
        (
            "over juridische analyse(s) van het akkoord",
            "juridische analyse(s) van het akkoord",
        ),
        ("over «Ontslag: het hele team»", "«Ontslag: het hele team»"),
        (
            "over het bericht op https://nos.nl/artikel/1 en wat volgde",
            "het bericht op https://nos.nl/artikel/1 en wat volgde",
        ),
        ("over de kosten (in euro’s) daarvan.", "de kosten (in euro’s) daarvan"),
        ("inzake de stikstofcrisis", "de stikstofcrisis"),
        ("betreffende de stikstofcrisis", "de stikstofcrisis"),
        ("overhet bericht «Tol»", "het bericht «Tol»"),
        ("over«Tol»", "«Tol»"),
        ("overNAVO-verplichtingen", "NAVO-verplichtingen"),
        ("naar aanleiding van het bericht «Tol»", "het bericht «Tol»"),
        ("in verband met de stikstofcrisis", "de stikstofcrisis"),
        (
            "over zijn stuk, ingezonden door een lezer",
            "zijn stuk, ingezonden door een lezer",
        ),
        (
            "over de vragen van het lid Kat (ingezonden 4 mei 2020)",
            "de vragen van het lid Kat (ingezonden 4 mei 2020)",
        ),
        (
            "over «Geld (en [wie (dat)] betaalt)»: wat nu?",
            "«Geld (en [wie (dat)] betaalt)»: wat nu?",
        ),
    ],
)
def test_the_subject_is_what_stands_behind_over(about: str, onderwerp: str) -> None:
    text = f"Vragen van het lid Podt (D66) aan de Minister van Financiën {about} {SENT}"
    kop = parse_kop(text)
    assert kop.onderwerp == onderwerp
    assert [ambt.ministerie for ambt in kop.gericht_aan] == ["Financiën"]


@pytest.mark.parametrize(
    "sent",
    [
        "(ingezonden 3 juni 2021).",
        "(ingezonden 3 juni 2021)",
        "(ingezonden3 juni2021).",
        "(Ingezonden 3 juni 2021).",
        "(ingezonden 3 juni 2021.",
        "(ingezonden op 3 juni 2021).",
        "(ingezonden: 3 juni 2021);",
        ", ingezonden 3 juni 2021.",
        "( ingezonden 3 juni 2021 ) .",
        "(medegedeeld 3 juni 2021).",
    ],
)
def test_the_day_sent_is_found_in_every_print(sent: str) -> None:
    kop = parse_kop(f"{ASKED} {sent}")
    assert (kop.ingezonden, kop.onderwerp) == (date(2021, 6, 3), "geld")
    assert kop.signalen == ()


@pytest.mark.parametrize(
    "received",
    [
        "(ontvangen 7 juni 2024).",
        "(ontvangen 7 juni 2024)",
        "(ontvangen (ontvangen 7 juni 2024).",
        "(ontvangen7 juni 2024).",
        "( ontvangen 7 juni 2024 ) .",
        ", ontvangen 7 juni 2024.",
    ],
)
def test_the_day_received_is_found_in_every_print(received: str) -> None:
    text = f"{ASKED} {SENT} Antwoord van Minister Heinen (Financiën) {received}"
    kop = parse_kop(text)
    assert kop.ontvangen == date(2024, 6, 7)
    assert [(who.naam, who.ministerie) for who in kop.bewindspersonen] == [
        ("Heinen", "Financiën")
    ]


def test_a_day_that_does_not_exist_is_flagged() -> None:
    kop = parse_kop(f"{ASKED} (ingezonden 31 februari 2009).")
    assert kop.ingezonden is None
    assert [flag.code for flag in kop.signalen] == ["datum_onmogelijk"]
    assert "31 februari 2009" in kop.signalen[0].uitleg


def test_the_eerste_kamer_says_when_it_passed_the_questions_on() -> None:
    kop = parse_kop(
        "Vragen van het lid Nicolaï (PvdD) op 29 april 2020 medegedeeld aan de "
        "Minister van Landbouw, Natuur en Voedselkwaliteit inzake zoönosen. "
        "Antwoord van de Minister van Landbouw, Natuur en Voedselkwaliteit "
        "(ontvangen 26 mei 2020)."
    )
    assert [(one.naam, one.fractie) for one in kop.indieners] == [("Nicolaï", "PvdD")]
    assert [ambt.ministerie for ambt in kop.gericht_aan] == [
        "Landbouw, Natuur en Voedselkwaliteit"
    ]
    assert kop.onderwerp == "zoönosen"
    assert (kop.ingezonden, kop.ontvangen) == (date(2020, 4, 29), date(2020, 5, 26))


@pytest.mark.parametrize(
    ("text", "beantwoord", "mededeling", "nader"),
    [
        ("Antwoord van Minister Hoekstra (Financiën)", True, False, False),
        ("Nader antwoord van Minister Hoekstra (Financiën)", True, False, True),
        ("Aanvullend antwoord van Minister Hoekstra (Financiën)", True, False, True),
        ("Nadere antwoorden van Minister Hoekstra (Financiën)", True, False, True),
        ("Herzien antwoord van Minister Hoekstra (Financiën)", True, False, False),
        ("Nadere mededeling van Minister Hoekstra (Financiën)", False, True, True),
        ("Mededeling van Minister Hoekstra (Financiën)", False, True, False),
        ("", False, False, False),
    ],
)
def test_the_heading_says_what_it_brings(
    text: str, beantwoord: bool, mededeling: bool, nader: bool
) -> None:
    kop = parse_kop(f"{ASKED} {SENT} {text} (ontvangen 21 juni 2021).")
    assert (kop.beantwoord, kop.mededeling, kop.nader) == (
        beantwoord,
        mededeling,
        nader,
    )


def test_a_subject_may_speak_of_answers() -> None:
    kop = parse_kop(
        "Vragen van het lid Podt (D66) aan de Minister van Financiën over het "
        "antwoord van Minister Blok op eerdere vragen (ingezonden 3 juni 2021). "
        "Antwoord van Minister Hoekstra (Financiën) (ontvangen 21 juni 2021)."
    )
    assert kop.onderwerp == "het antwoord van Minister Blok op eerdere vragen"
    assert [who.naam for who in kop.bewindspersonen] == ["Hoekstra"]


def test_a_subject_may_speak_of_answers_before_there_is_one() -> None:
    kop = parse_kop(
        "Vragen van het lid Podt (D66) aan de Minister van Financiën over het "
        "antwoord van Minister Blok op eerdere vragen (ingezonden 3 juni 2021)."
    )
    assert kop.onderwerp == "het antwoord van Minister Blok op eerdere vragen"
    assert (kop.beantwoord, kop.bewindspersonen) == (False, ())


def test_a_subject_may_stand_before_who_is_asked() -> None:
    kop = parse_kop(
        f"Vragen van het lid Podt (D66) over geld aan de Minister van Financiën {SENT}"
    )
    assert [one.naam for one in kop.indieners] == ["Podt"]
    assert (kop.onderwerp, kop.gericht_aan[0].ministerie) == ("geld", "Financiën")


@pytest.mark.parametrize(
    "text",
    [
        "op 3 juni 2021 gesteld aan de Minister van Financiën over geld.",
        "aan de Minister van Financiën over geld (medegedeeld 3 juni 2021).",
        "aan de Minister van Financiën m.b.t. geld (ingezonden 3 juni 2021).",
    ],
)
def test_other_words_for_sending_and_about_are_known(text: str) -> None:
    kop = parse_kop(f"Vragen van het lid Podt (D66) {text}")
    assert [one.naam for one in kop.indieners] == ["Podt"]
    assert (kop.ingezonden, kop.onderwerp) == (date(2021, 6, 3), "geld")
    assert kop.gericht_aan[0].ministerie == "Financiën"


def test_questions_to_nobody_still_have_a_subject() -> None:
    kop = parse_kop(
        "Vragen van de leden Podt (D66) en Kat over geld (ingezonden 3 juni 2021)."
    )
    assert (kop.onderwerp, kop.gericht_aan) == ("geld", ())
    assert [(one.naam, one.fractie) for one in kop.indieners] == [
        ("Podt", "D66"),
        ("Kat", None),
    ]


def test_no_heading_is_nothing_at_all() -> None:
    kop = parse_kop("")
    assert (kop.onderwerp, kop.indieners, kop.bewindspersonen) == (None, (), ())


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    parse_kop(text)


@pytest.mark.parametrize(
    "printed",
    [
        "van Volksgezondheid, Welzijn en Sportover zorg voor kinderen",
        "van Volksgezondheid, Welzijn en Sport overzorg voor kinderen",
        "van Volksgezondheid, Welzijn en Sportover zorg voor kinderen over de grens",
    ],
)
def test_a_lost_blank_beside_over_loses_no_more(printed: str) -> None:
    kop = parse_kop(f"Vragen van het lid Podt (D66) aan de Minister {printed} {SENT}")
    assert [one.ministerie for one in kop.gericht_aan] == [
        "Volksgezondheid, Welzijn en Sport"
    ]
    assert kop.onderwerp is not None
    assert kop.onderwerp.startswith("zorg voor kinderen")


def test_who_stands_in_is_asked_and_the_absent_one_flagged() -> None:
    kop = parse_kop(
        "Mondelinge vragen van het lid Saris (Nieuw Sociaal Contract) aan de Minister "
        "van Economische Zaken, bij afwezigheid van de Staatssecretaris vanFinanciën, "
        "over de arbeidskorting (ingezonden 19 november\n2024)"
    )
    assert [one.ministerie for one in kop.gericht_aan] == ["Economische Zaken"]
    assert (kop.onderwerp, kop.mondeling) == ("de arbeidskorting", True)
    assert [flag.code for flag in kop.signalen] == ["bij_afwezigheid"]
    assert "de Staatssecretaris vanFinanciën" in kop.signalen[0].uitleg


def test_the_day_sent_may_stand_before_the_question() -> None:
    kop = parse_kop(
        "(ingezonden 20 november 2024) Vragen van het lid Kat (D66) aan de minister van "
        "Financiën over geld"
    )
    assert (kop.ingezonden, kop.onderwerp) == (date(2024, 11, 20), "geld")


@pytest.mark.parametrize(
    "sent", ["(ingezonden 14\n2024)", "(ingezonden ).", "(ingezonden"]
)
def test_a_day_sent_that_is_incomplete_stays_out_of_the_subject(sent: str) -> None:
    kop = parse_kop(f"{ASKED} {sent}")
    assert (kop.ingezonden, kop.onderwerp) == (None, "geld")


def test_the_answer_sentence_follows_the_day_sent() -> None:
    kop = parse_kop(
        f"{ASKED} en de ingezonden brief en het antwoord van Minister Blok {SENT} "
        "Antwoord van Minister Hoekstra (Financiën), ontvangen 21 juni 2021"
    )
    assert (
        kop.onderwerp == "geld en de ingezonden brief en het antwoord van Minister Blok"
    )
    assert [who.naam for who in kop.bewindspersonen] == ["Hoekstra"]
    assert kop.ontvangen == date(2021, 6, 21)


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        " ",
        "en ",
        "ontvangen ( ",
        "(ingezonden ",
        "ingezonden 3 juni 2021 ",
        "van de Minister ",
        "Minister A (",
        "Minister A (a (b) ",
        ", en de Minister van",
        "Antwoord van Minister ",
        "(ingezonden 3 juni 2021). Antwoord van Minister A (B), ",
        "mede namens ",
        "bij afwezigheid van ",
        "Vragen van het lid ",
        "Vragen van A",
        "aan de Minister over ",
        "over het ",
        "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1, ",
        ", vergaderjaar 2023–2024, nr. 1",
        "1 ",
        "1",
        "12 t/m ",
    ],
)
@pytest.mark.parametrize("before", ["", f"{ASKED} {SENT} Antwoord van Minister Kok ("])
def test_a_hostile_heading_costs_no_time(piece: str, before: str) -> None:
    text = before + piece * (100_000 // len(piece))
    started = time.process_time()
    publicatie = parse_blocks([Block(kind=Kind.HEADING, text=f"{ASKED} {text}")])
    assert publicatie.vragen == ()
    assert time.process_time() - started < PATIENCE
