"""Printed lines into prose: which hyphen is the typesetter's, which the word's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.readers.join import Words, joined, words_of

TYPESETTERS = """
    en|kele of|ficiële augustus|besluitvorming Handelin|gen vergade|ring ziekenhuis|rekeningen gezonds|heidszorg stikstofcri|sis
    aange|boden ver|antwoordelijk beoor|deling samen|werking Rechts|bescherming
    geïnfor|meerd coördi|natie financi|eel controversi|eel individu|eel niet|temin
    oud|heidkundige oud|ste oud|ere ex|port ex|treem ex|clusief non|sens non|chalant
    vi|ce part|ner par|tijen rea|liteit muse|um zo|iets eco|nomische politie|agenten
    internati|onaal appreci|atie beïn|vloeden ge|ïnstalleerd reactie|termijn
    onder|wijs over|heid op|treden in|stelling uit|voering pro|vincie anti|biotica
    zorgverzeke|raars verduurza|ming mini|mumnormen tweestaten|oplossing
    EU-waarne|mingsmissie mbo-instel|lingen niet-gecontrac|teerde maatre|gelen
    vertegen|woordiging autoritei|ten bevoegd|heden vreemdelin|genketen
    regen|boogprovincie toekomst|bestendig kabinets|standpunt zorgaanbie|ders eco|systeem eco|logisch gemeen|ten
""".split()

OWN = """
    EU-|waarnemingsmissie NAVO-|bondgenoten CO2-|uitstoot COVID-|19 2024-|2025
    VWS-|breed e-|mail e-|mailadres mbo-|instelling mvo-|standaarden ggz-|cliënten
    hiv-|besmettingen lhbti-|personen pgb-|houders tv-|programma ov-|chipkaart
    zzp-|constructies niet-|medische niet-|nakomen non-|discriminatiebeginsel
    oud-|collega ex-|woordvoerder ex-|minister vice-|president quasi-|wetenschappelijk
    medisch-|ethische technisch-|inhoudelijk sociaal-|economische publiek-|private
    procureurs-|generaal directeur-|generaal top-|down start-|up scale-|ups spin-|off
    ex-|vrouw ex-|partner pick-|up low-|budget real-|time part-|time een-op-|een end-to-|end kant-en-|klare
    energie-|infrastructuur defensie-|industrie informatie-|uitwisseling
    politie-|experiment stage-|instellingen data-|analyses zee-|eend twee-|eiige
    micro-|ondernemingen zij-|instroom geboorte-|uitkomsten auto-|industrie
    batterij-|elektrische minister-|president proces-|verbaal processen-|verbaal
    extreem-|rechtse bijna-|ongeluk student-|assistent ex-|gedeputeerde ai-|systemen
    januari-|juni ic-|bed kinder-|ic covid-|cijfers covid-|19 evidence-|based evidence-|basedstandaard data-|driven front-|end back-|ups eco-|demonstranten audit-|functie Bibob-|toets Tozo-|lening
    GroenLinks-|leden DigiD-|gebruikers kpn-|monteur nctv-|rapport jeugd-|tbs
    Noord-|Holland Lee-|Kröger jeugd-|ggz 65-|plussers 13-|jarige
""".split()


@pytest.mark.parametrize("word", TYPESETTERS)
def test_the_typesetters_hyphen_goes(word: str) -> None:
    before, after = word.split("|")
    assert joined([f"de {before}-", f"{after} van"]) == f"de {before}{after} van"


@pytest.mark.parametrize("word", OWN)
def test_the_words_own_hyphen_stays(word: str) -> None:
    before, after = word.split("|")
    assert joined([f"de {before}", f"{after} van"]) == f"de {before}{after} van"


def test_enough_hyphens_are_tried() -> None:
    assert len(TYPESETTERS) >= 60
    assert len(OWN) >= 60


@pytest.mark.parametrize(
    ("lines", "prose"),
    [
        (["aanloop-", "en volloopverliezen"], "aanloop- en volloopverliezen"),
        (
            ["vestigings-", "of ondernemingsklimaat"],
            "vestigings- of ondernemingsklimaat",
        ),
        (["korte-", "dan wel langetermijn"], "korte- dan wel langetermijn"),
        (["mensenhandel en", "-smokkel is"], "mensenhandel en -smokkel is"),
        (["gesprek –", "verdergaand – met"], "gesprek – verdergaand – met"),
        (["een streepje -", "los daarvan"], "een streepje - los daarvan"),
        (["zach\u00ad", "te afbre\u00adking"], "zachte afbreking"),
        (["zach\u00ad ", "", "te"], "zachte"),
        (["aan het eind\u00ad"], "aan het eind"),
        (["gebruik-", "ende partijen"], "gebruikende partijen"),
        (["", "  twee  ", "\n", "woorden"], "twee woorden"),
        ([], ""),
    ],
)
def test_lines_join_with_a_blank_or_none(lines: list[str], prose: str) -> None:
    assert joined(lines) == prose


def test_an_abbreviation_in_capitals_is_no_evidence_for_a_word() -> None:
    words = words_of(["de EU-missie en de AI-wet"])
    assert joined(["in Eu-", "ropees verband"], words) == "in Europees verband"
    assert joined(["de EU-", "missie"], words) == "de EU-missie"


def test_the_rest_of_a_broken_word_is_no_word() -> None:
    lines = ["blijkt dat en-", "kele zaken"]
    assert joined(lines, words_of(lines)) == "blijkt dat enkele zaken"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("in 2019–", "2020 en", "in 2019–2020 en"),
        ("Nederland–", "België", "Nederland–België"),
        ("dit betreft –", "zo gezegd –", "dit betreft – zo gezegd –"),
        ("de landbouw/", "landelijk gebied", "de landbouw/landelijk gebied"),
        ("de landbouw/ ", "landelijk gebied", "de landbouw/ landelijk gebied"),
        ("mail naar info@", "rijksoverheid.nl", "mail naar info@rijksoverheid.nl"),
        ("de zorg- ", "instelling en", "de zorg- instelling en"),
        ("de aanloop- ", "en kosten", "de aanloop- en kosten"),
    ],
)
def test_a_sign_at_the_end_of_a_line_stands_as_close_as_before(
    before: str, after: str, text: str
) -> None:
    assert joined([before, after]) == text


def test_a_word_seen_with_its_hyphen_keeps_it() -> None:
    words = words_of(["De transparantie-verslagen van 2023 zijn"])
    assert joined(["deze transparantie-", "verslagen."], words) == (
        "deze transparantie-verslagen."
    )


def test_a_word_seen_whole_is_joined() -> None:
    words = words_of(["De stageinstellingen van 2023"])
    assert joined(["deze stage-", "instellingen."], words) == "deze stageinstellingen."


def test_a_name_broken_before_its_capital_is_joined() -> None:
    words = words_of(["van het lid Kröger (GroenLinks-PvdA)"])
    assert joined(["de leden van Groen-", "Links"], words) == "de leden van GroenLinks"
    assert joined(["in Noord-", "Holland"], words) == "in Noord-Holland"


def test_a_first_part_with_its_own_hyphen_is_evidence() -> None:
    words = words_of(["de ekv-faciliteit duurde"])
    assert joined(["een ekv-", "besluit"], words) == "een ekv-besluit"


@pytest.mark.parametrize(
    "seen",
    [
        "https://nos.nl/artikel/12-kabinet-wil-meer",
        "nos.nl/kabinet-plan",
        "een-op-een",
        "informatie-uitwisseling",
        "zij-instroom",
    ],
)
def test_other_hyphens_are_no_evidence(seen: str) -> None:
    words = words_of([seen])
    for before, after in [
        ("kabinet", "ten"),
        ("een", "heid"),
        ("informatie", "voorziening"),
        ("zij", "de"),
    ]:
        assert joined([f"{before}-", after], words) == f"{before}{after}"


def test_lines_run_together_are_repaired_inside() -> None:
    line = (
        "medewer-kers van de EU-missie en de niet-medische mbo-instelling zien dat "
        "het ongehoord onderwe-gen is, zie https://nos.nl/een-adres en aanbeve-lingen"
    )
    assert joined([line]) == line
    assert joined([line], Words(run_together=True)) == (
        "medewerkers van de EU-missie en de niet-medische mbo-instelling zien dat "
        "het ongehoord onderwegen is, zie https://nos.nl/een-adres en aanbevelingen"
    )


def test_a_printed_line_is_not_repaired_inside() -> None:
    line = "een scherpe context-specifieke blik"
    assert joined([line], Words(run_together=True)) == line


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(https://www.hartvannederland.nl/regio/", "sinterklaasintocht-afgelast)."),
        (
            "zie www.ad.nl/geen-vergunning-met-zwarte-",
            "pieten-in-rijswijk~a9/",
        ),
        ("Regenboogprovincies, https://", "www.movisie.nl/sites/files/2022"),
        ("https://x.nl/220315_%20Regenboogbeleid%20provincies", "%202022.pdf"),
        ("(https://www.tweedekamer.nl/kamerstukken/moties/", "detail?id=2022D25169)"),
        ("https://tuchtrecht.nl/over-", "rekeninggluren/"),
        ("https://liander.nl/capaciteit-van-het-", "elektriciteitsnet"),
        ("https://nos.nl/", "nieuwsuur/artikel/2484088-te-weinig"),
        ("https://www.icao.int/icao-frequently-", "asked-questions-faq-4.aspx)"),
        ("https://open.overheid.nl/documenten/ronl-", "0126c35b4360/pdf"),
        ("https://www.rijksoverheid.nl/x.", "html"),
        ("https://www.rtl.nl/artikel?id=", "12345"),
        ("https://www.nrc.nl/nieuws/", "artikel). Zie ook"),
        ("http://www.", "elsevier.nl/nieuws"),
    ],
)
def test_a_broken_address_is_made_whole(before: str, after: str) -> None:
    assert joined([before, after]) == before + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Zie www.firsteetkit.nl", "Zie ook het antwoord op vraag 2"),
        ("zie https://www.aob.nl,", "d.d. 16 oktober 2024"),
        ("https://nos.nl/artikel/2505780-werkgevers", "d.d. 22 januari 2024"),
        ("op https://www.rijksoverheid.nl/", "Daarnaast is de Kamer geïnformeerd"),
        ("op https://www.rijksoverheid.nl/", "en via de gemeenten"),
        ("https://nos.nl/l/2077649", "https://nos.nl/l/2077650"),
        ("https://nos.nl/l/2077649/", "www.nu.nl"),
        ("https://transparency.meta.com/sep2024-facebook", "[A/C Priv] – [IG] Draft"),
        ("https://x.nl/kabinet", "EU-lidstaten hebben"),
        ("https://www.vng.nl/stuk", "en/of het register"),
        ("www.svb.nl", "2,5 miljoen mensen"),
    ],
)
def test_an_address_ends_where_prose_goes_on(before: str, after: str) -> None:
    assert joined([before, after]) == f"{before} {after}"


@given(st.lists(st.text(max_size=60), max_size=8))
def test_joining_loses_no_letter(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters(joined(lines)) == letters("".join(map(joined, ([x] for x in lines))))


@given(st.lists(st.text(max_size=60), max_size=8))
def test_prose_is_one_line(lines: list[str]) -> None:
    prose = joined(lines)
    assert prose == " ".join(prose.split())
