"""A year of one set of questions, as it happens in both houses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from houses import Houses
from word import docx, paragraphs

from etl.demo.kamer import guid

ZAAK, OTHER = "2026Z00001", "2026Z00555"
Event = Callable[[Houses], object]
"""What happens at one of the two houses."""


def xml(nummer: str, heading: str, *blocks: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie><kamervragen>
 <kamervraagkop>
  <tekstregel inhoud="vergaderjaar">Vergaderjaar 2025-2026</tekstregel>
  <tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel>
 </kamervraagkop>
 <kamervraagnummer>{nummer}</kamervraagnummer>
 <kamervraagomschrijving type="vraag">Vragen van het lid
  <naam><achternaam>Westerveld</achternaam></naam> (GroenLinks-PvdA) aan de Minister van
  Financiën over <kamervraagonderwerp>geld</kamervraagonderwerp> (ingezonden
  <datum isodatum="2026-01-12">12 januari 2026</datum>).</kamervraagomschrijving>
 <kamervraagomschrijving type="antwoord">{heading}</kamervraagomschrijving>
 {"".join(blocks)}
</kamervragen></officiele-publicatie>""".encode()


VRAGEN = "".join(
    f"<vraag><nr>Vraag {n}</nr><al>Klopt het bericht nummer {n}?</al></vraag>"
    for n in (1, 2)
)
ANTWOORD = (
    "Antwoord van Minister <naam><achternaam>Heinen</achternaam></naam> (Financiën)"
    ' (ontvangen <datum isodatum="2026-03-20">20 maart 2026</datum>).'
)
MEDEDELING = (
    "Mededeling van Minister <naam><achternaam>Heinen</achternaam></naam> (Financiën)"
    ' (ontvangen <datum isodatum="2026-02-02">2 februari 2026</datum>).'
)
UITSTEL = (
    "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord, omdat"
    " de benodigde afstemming meer tijd behoeft."
)


def answers(text: str) -> str:
    return "".join(
        f"<antwoord><nr>Antwoord {n}</nr><al>{text} {n}.</al></antwoord>"
        for n in (1, 2)
    )


def typed(*lines: str) -> bytes:
    return docx(paragraphs(*lines))


HEAD = "Antwoord van minister Heinen (Financiën) (ontvangen 20 maart 2026)"
WORD = typed(
    "AH 200",
    ZAAK,
    HEAD,
    "Vraag 1",
    "Klopt het bericht nummer 1?",
    "Antwoord",
    "Nee, nog niet.",
    "Vraag 2",
    "Klopt het bericht nummer 2?",
    "Antwoord",
    "Ja.",
)
WORD_UITSTEL = typed(
    "AH 100",
    ZAAK,
    "Mededeling van minister Heinen (Financiën) (ontvangen 2 februari 2026)",
    UITSTEL,
)
WORD_VRAGEN = typed(
    ZAAK,
    "(ingezonden 12 januari 2026)",
    "Vragen van het lid Westerveld (GroenLinks-PvdA) aan de minister van Financiën"
    " over geld",
    "1. Klopt het bericht nummer 1?",
    "2. Klopt het bericht nummer 2?",
)
AH100, AH200 = "ah-tk-20252026-100", "ah-tk-20252026-200"
KV_NAME = f"kv-tk-{ZAAK}"


KV = """<!DOCTYPE html><html><head><title></title></head><body><div id="broodtekst">
<h1 class="kamervraagomschrijving_kop no-toc">Vragen van het lid Westerveld
(GroenLinks-PvdA) aan de Minister van Financiën over geld (ingezonden 12 januari 2026).
</h1><div class="vraag"><h2 class="stuktitel no-toc">Vraag 1</h2><p>Klopt het bericht
nummer 1?</p></div><div class="vraag"><h2 class="stuktitel no-toc">Vraag 2</h2><p>Klopt
het bericht nummer 2?</p></div></div></body></html>""".encode()

ONOPGEMAAKT = KV.replace(
    b'<div class="vraag"><h2 class="stuktitel no-toc">Vraag 1',
    b'<h1 class="kamervraagomschrijving_kop no-toc">Antwoord van Minister Heinen'
    b" (Financi\xc3\xabn) (ontvangen 20 maart 2026).</h1>"
    b'<div class="antwoord"><h2 class="stuktitel no-toc">Antwoord 1</h2><p>Ja.</p></div>'
    b'<div class="vraag"><h2 class="stuktitel no-toc">Vraag 1',
)

AT_KOOP: Sequence[Event] = (
    lambda both: both.koop.publish(
        KV_NAME,
        {"html": KV},
        "2026-01-14",
        {"w.vraagnummer": ZAAK, "w.datumIndiening": "2026-01-12"},
    ),
    lambda both: both.koop.publish(
        AH100,
        {
            "xml": xml(
                "100",
                MEDEDELING,
                VRAGEN,
                f"<kamervraagopmerking><kop>Mededeling</kop><al>{UITSTEL}</al>"
                "</kamervraagopmerking>",
            )
        },
        "2026-02-04",
        {"w.vraagnummer": ZAAK},
    ),
    lambda both: both.koop.change(
        KV_NAME, "2026-02-05", fields={"w.aanhangsel": (AH100,)}
    ),
    lambda both: both.koop.publish(
        "ah-1271549", {"html": ONOPGEMAAKT}, "2026-03-21", {"w.vraagnummer": ZAAK}
    ),
    # the number of the answer comes without a vraagnummer: the question names it
    lambda both: both.koop.replace(
        "ah-1271549",
        AH200,
        {"xml": xml("200", ANTWOORD, VRAGEN, answers("Ja, dat klopt"))},
        "2026-03-23",
        {},
    ),
    lambda both: both.koop.change(
        KV_NAME, "2026-03-24", fields={"w.aanhangsel": (AH100, AH200)}
    ),
    # a silent correction, then a reprint
    lambda both: both.koop.change(
        AH200,
        "2026-04-01",
        {"xml": xml("200", ANTWOORD, VRAGEN, answers("Nee, dat klopt niet"))},
    ),
    lambda both: both.koop.publish(
        f"{AH200}-h1",
        {"xml": xml("200", ANTWOORD, VRAGEN, answers("Herdrukt antwoord"))},
        "2026-05-01",
        {"w.vraagnummer": ZAAK},
    ),
    # another question, answered by one that is withdrawn
    lambda both: both.koop.publish(
        "ah-tk-20252026-300",
        {"xml": xml("300", ANTWOORD, VRAGEN, answers("Ingetrokken antwoord"))},
        "2026-06-01",
        {"w.vraagnummer": OTHER},
    ),
    # what is withdrawn before it was ever seen is no more than a name
    lambda both: both.well("officielebekendmakingen"),
    lambda both: both.koop.withdraw("ah-tk-20252026-300", "2026-06-09"),
)


def people(both: Houses) -> None:
    gl = both.kamer.fractie("GL", "GroenLinks", "1990-01-01", "2023-10-26")
    new = both.kamer.fractie("GroenLinks-PvdA", "GroenLinks-PvdA", "2023-10-27")
    lisa = both.made["lisa"] = both.kamer.persoon(
        "Westerveld", roepnaam="Lisa", initialen="E.M."
    )
    both.kamer.lidmaatschap(lisa, gl, "2017-03-23", "2023-10-26")
    both.kamer.lidmaatschap(lisa, new, "2023-10-27")


def case(both: Houses) -> None:
    zaak = both.kamer.zaak(ZAAK, "Geld", "2026-01-12")
    both.kamer.zaak_actor(
        zaak,
        "Lisa Westerveld (E.M.)",
        fractie="GroenLinks-PvdA",
        persoon=both.made["lisa"],
    )
    both.kamer.zaak_actor(zaak, "E. Heinen", "Gericht aan", functie="Minister")


def document(name: str, soort: str, datum: str, body: bytes, **more: Any) -> Event:
    def happen(both: Houses) -> None:
        both.made[name] = both.kamer.document(
            soort,
            f"{soort} over geld",
            datum,
            [guid(f"zaak {ZAAK}")],
            nummer=name,
            body=body,
            **more,
        )

    return happen


AT_KAMER: Sequence[Event] = (
    people,
    case,
    document("2026D00001", "Schriftelijke vragen", "2026-01-12", WORD_VRAGEN),
    document(
        "2026D00100",
        "Mededeling (uitstel antwoord)",
        "2026-02-02",
        WORD_UITSTEL,
        aanhangselnummer="252600100",
    ),
    document(
        "2026D00200",
        "Antwoord schriftelijke vragen",
        "2026-03-20",
        WORD,
        aanhangselnummer="252600200",
        externe_identifier="ah-1271549",
    ),
    lambda both: both.kamer.change(guid(f"zaak {ZAAK}"), afgedaan=True),
    lambda both: both.kamer.resource(
        both.made["2026D00200"],
        typed("AH 200", ZAAK, HEAD, "Vraag 1", "Wat?", "Antwoord", "Toch wel."),
        "application/pdf",
        new_version=True,
        externe_identifier=AH200,
    ),
    lambda both: both.kamer.republish(),
)
