"""The closed list of oddities a publication can be flagged with.

Codes and explanations are Dutch: analysts read them in `aanhangsel.signaal`.
"""

from __future__ import annotations

from etl.model.publicatie import Signaal

SIGNALEN = {
    "nummer_dubbel": "een nummer komt meer dan eens voor",
    "nummer_ontbreekt": "de nummers lopen niet door van 1 tot het laatste",
    "label_zonder_nummer": "een blok zonder vraagnummer",
    "label_verschreven": "het woord van een label is niet goed gespeld",
    "antwoord_ontbreekt": "een vraag zonder antwoord",
    "antwoord_zonder_vraag": "een antwoord op een nummer waarvan de vraag ontbreekt",
    "blok_leeg": "een blok zonder tekst",
    "vraag_ongenummerd": "vragen zonder gedrukt nummer, geteld in volgorde",
    "vragen_ontbreken": "geen enkele vraag herkend",
    "mondelinge_vragen": (
        "alleen het onderwerp van mondelinge vragen, geen genummerde vragen"
    ),
    "indiener_ontbreekt": "geen indiener herkend",
    "bewindspersoon_ontbreekt": "geen bewindspersoon herkend",
    "onderwerp_ontbreekt": "geen onderwerp herkend",
    "ingezonden_ontbreekt": "geen datum van indiening herkend",
    "ontvangen_ontbreekt": "geen datum van ontvangst herkend",
    "datum_onmogelijk": "een afgedrukte datum bestaat niet",
    "ontvangen_voor_ingezonden": "ontvangen voor de dag van indiening",
    "fractie_ontbreekt": "een lid van de Tweede Kamer zonder gedrukte fractie",
    "fractie_onbekend": "de gedrukte fractie wijst niet zeker één fractie aan",
    "fractie_buiten_periode": "de fractie bestond niet op de dag van indiening",
    "fractie_wijkt_af": "het lid zat die dag voor een andere fractie dan gedrukt",
    "persoon_onbekend": (
        "de gedrukte naam wijst niet zeker één Kamerlid van die dag aan"
    ),
    "ministerie_onbekend": "de gedrukte naam wijst niet zeker één ministerie aan",
    "bij_afwezigheid": "het gevraagde ambt vervangt een ander",
    "kop_ontbreekt": "geen kopzin met vragen of antwoord herkend",
    "kop_onvolledig": "woorden in de kopzin die in geen veld terechtkwamen",
    "paginatekst_vermoed": "een tekst bevat mogelijk kop- of voettekst van de pagina",
    "noot_zonder_verwijzing": "naar een noot wordt nergens verwezen",
    "verwijzing_zonder_noot": "een nootverwijzing waarvan de noot ontbreekt",
    "dekking_laag": "van minder dan 99,5 procent van de letters is de plaats bekend",
    "tekstlaag_slecht": "veel tekens of woorden van de tekstlaag zijn onleesbaar",
    "tekstlaag_onvolledig": "van een bladzijde met een afbeelding ontbreekt de tekst",
    "woorden_verkleefd": "woorden staan aaneen waar een spatie hoort",
    "tekst_buiten_blokken": "tekst die bij geen vraag, antwoord of noot hoort",
    "nummer_wijkt_af": "het gedrukte nummer wijkt af van dat in de identifier",
    "metadata_wijkt_af": "de metadata van de bron wijken af van de identifier",
    "ontvangen_wijkt_af": "de datum van ontvangst in de metadata wijkt af",
    "bron_wijkt_af": "een andere bron zegt het anders",
    "zaak_jaar_wijkt_af": "het jaar in het zaaknummer is niet dat van de indiening",
    "zaak_vergaderjaar_wijkt_af": (
        "het vergaderjaar van de zaak is niet dat van de dag van indiening"
    ),
    "zaak_titel": "een titel, die schriftelijke vragen gewoonlijk niet hebben",
    "zaak_onderwerp_ontbreekt": "de zaak heeft geen onderwerp",
    "zaak_gestart_ontbreekt": "de zaak heeft geen dag van indiening",
    "zaak_zonder_geadresseerde": "de zaak noemt niemand aan wie de vragen gericht zijn",
    "zaak_zonder_indiener": "de zaak noemt geen indiener",
    "zaak_actor_zonder_naam": "betrokkenen bij de zaak zonder naam",
    "zaaknummer_dubbel": "het zaaknummer is meer dan eens uitgegeven",
    "waarde_onleesbaar": "een waarde van de Tweede Kamer is niet van haar soort",
    "vergaderjaar_onmogelijk": "het vergaderjaar beslaat geen twee volgende jaren",
}
"""Code of each oddity with its explanation."""


def signaal(code: str, detail: str = "") -> Signaal:
    """A flag from the closed list, with what exactly was seen behind the explanation.

    Raises KeyError for a code that is not in the list.
    """
    uitleg = SIGNALEN[code]
    return Signaal(code=code, uitleg=f"{uitleg}: {detail}" if detail else uitleg)
