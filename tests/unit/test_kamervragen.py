"""The grammar: blocks to a publication, with what is odd kept and flagged."""

from __future__ import annotations

from datetime import date

import pytest
from reading import parse_blocks

from etl.documents.block import Block, Kind
from etl.errors import DocumentFault
from etl.model.publicatie import Deel, Publicatie, Soort

QUESTION = "Vragen van het lid Podt (D66) aan de Minister van Financiën over geld"
SENT = "(ingezonden 3 juni 2021)."
ANSWER = "Antwoord van Minister Hoekstra (Financiën) (ontvangen 21 juni 2021)."
NOTICE = "Mededeling van Minister Hoekstra (Financiën) (ontvangen 21 juni 2021)."


def of(*texts: str, heading: str = f"{QUESTION} {SENT} {ANSWER}") -> Publicatie:
    """Blocks from short texts: "# …" is a label, "1) …" a note, "= …" furniture."""
    blocks = [Block(kind=Kind.HEADING, text=heading)] if heading else []
    for text in texts:
        if text.startswith("# "):
            blocks.append(Block(kind=Kind.LABEL, text=text[2:]))
        elif text.startswith("= "):
            blocks.append(Block(kind=Kind.FURNITURE, text=text[2:]))
        elif text[1:3] == ") ":
            blocks.append(Block(kind=Kind.NOTE, text=text[3:], number=text[0]))
        else:
            blocks.append(Block(kind=Kind.PARAGRAPH, text=text))
    return parse_blocks(blocks)


def numbers(publicatie: Publicatie) -> tuple[list[str], list[str]]:
    return (
        [" ".join(b.nummers) for b in publicatie.vragen],
        [" ".join(b.nummers) for b in publicatie.antwoorden],
    )


def codes(publicatie: Publicatie) -> list[str]:
    return [flag.code for flag in publicatie.signalen]


PAIR = ("# Vraag 1", "Wat?", "# Antwoord 1", "Dit.")


def test_questions_and_answers_are_joined_by_number_not_by_place() -> None:
    publicatie = of(
        "# Vraag 1", "a", "# Vraag 2", "b", "# Antwoord 2", "B", "# Antwoord 1"
    )
    assert numbers(publicatie) == (["1", "2"], ["2", "1"])


def test_paragraphs_of_a_block_are_joined_by_a_blank() -> None:
    publicatie = of("# Vraag 1", "Een.", "Twee.", "# Antwoord 1", "Drie.")
    assert publicatie.vragen[0].tekst == "Een. Twee."


def test_one_block_may_hold_several_questions() -> None:
    publicatie = of("# Vraag 3, 4, 5 en 6", "a", "# Antwoord 3, 4, 5 en 6", "b")
    assert numbers(publicatie) == (["3 4 5 6"], ["3 4 5 6"])


def test_one_answer_may_serve_several_questions() -> None:
    publicatie = of("# Vraag 1", "a", "# Vraag 2", "b", "# Antwoord 1 en 2", "c")
    assert numbers(publicatie) == (["1", "2"], ["1 2"])
    assert codes(publicatie) == []


def test_a_bare_answer_serves_the_questions_right_before_it() -> None:
    publicatie = of(*PAIR, "# Vraag 2", "a", "# Vraag 3", "b", "# Antwoord", "c")
    assert numbers(publicatie) == (["1", "2", "3"], ["1", "2 3"])
    assert publicatie.antwoorden[1].label == "Antwoord"


def test_a_single_question_without_number_is_question_1() -> None:
    publicatie = of("# Vraag", "Wat?", "# Antwoord", "Dit.")
    assert numbers(publicatie) == (["1"], ["1"])
    assert codes(publicatie) == []


def test_two_questions_without_number_are_counted_and_flagged() -> None:
    publicatie = of("# Vraag", "a", "# Vraag", "b")
    assert numbers(publicatie) == (["1", "2"], [])
    assert codes(publicatie) == ["vraag_ongenummerd", "antwoord_ontbreekt"]


def test_two_questions_with_one_answer_are_flagged_not_counted() -> None:
    publicatie = of("# Vraag", "a", "# Vraag", "b", "# Antwoord", "c")
    assert numbers(publicatie) == (["", ""], [""])
    assert "label_zonder_nummer" in codes(publicatie)
    assert "vragen_ontbreken" not in codes(publicatie)


def test_a_number_printed_twice_is_kept_and_flagged() -> None:
    publicatie = of(
        *("# Vraag 6", "a", "# Antwoord 6", "b", "# Vraag 7", "c", "# Vraag 7", "d"),
        *("# Antwoord 8", "e", "# Vraag 9", "f", "# Antwoord 9", "g"),
    )
    assert numbers(publicatie) == (["6", "7", "7", "9"], ["6", "8", "9"])
    assert [b.tekst for b in publicatie.vragen] == ["a", "c", "d", "f"]
    flags = {flag.code: flag.uitleg for flag in publicatie.signalen}
    assert flags["nummer_dubbel"].endswith("vraag 7")
    assert flags["nummer_ontbreekt"].endswith("1, 2, 3, 4, 5, 8")
    assert flags["antwoord_ontbreekt"].endswith("7")
    assert flags["antwoord_zonder_vraag"].endswith("8")


def test_rounds_of_answers_keep_their_letters() -> None:
    publicatie = of("# Vraag 2", "a", "# Antwoord 2l", "b", "# Antwoord 2m", "c")
    assert numbers(publicatie) == (["2"], ["2l", "2m"])
    assert "antwoord_zonder_vraag" in codes(publicatie)


def test_an_empty_block_is_kept_and_flagged() -> None:
    publicatie = of("# Vraag 1", "Wat?", "# Antwoord 1")
    assert publicatie.antwoorden[0].tekst == ""
    assert codes(publicatie) == ["blok_leeg"]


LATE = [
    (
        "Hierbij deel ik u mede dat de schriftelijke vragen van het lid Podt (D66) van uw "
        "Kamer (ingezonden 24 oktober 2024) niet binnen de gebruikelijke termijn kunnen "
        "worden beantwoord, aangezien nog niet alle benodigde informatie is ontvangen. Ik "
        "streef ernaar de vragen zo spoedig mogelijk te beantwoorden."
    ),
    (
        "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord, omdat de "
        "benodigde afstemming meer tijd behoeft."
    ),
    (
        "Vanwege de nodige afstemming kunnen de vragen niet binnen de gebruikelijke termijn "
        "van drie weken worden beantwoord."
    ),
    "Binnen de gestelde termijn van drie weken is beantwoording niet mogelijk.",
    (
        "Het is niet mogelijk deze vragen, gelet op de afstemming die nodig is tussen de "
        "departementen, binnen de gestelde termijn te beantwoorden."
    ),
    "Het lukt niet de vragen tijdig te beantwoorden.",
    "Het is mij helaas niet gelukt uw vragen binnen drie weken te beantwoorden.",
    "De beantwoording vergt meer tijd. U ontvangt de antwoorden in mei.",
    "Ik verzoek u om uitstel van de beantwoording.",
    "De vragen zal ik zo spoedig mogelijk beantwoorden.",
    (
        "De antwoorden in mijn brief van 3 mei konden niet binnen de gebruikelijke termijn "
        "worden afgestemd."
    ),
]
FINAL = [
    (
        "De schriftelijke vragen van de leden Sneller, Chakor, Van Nispen (ingezonden 30 mei "
        "2024) zijn beantwoord middels een brief over Ambtelijke analyses (36 471-64) op 7 "
        "juni 2024."
    ),
    "De vragen over uitstel van betaling zijn beantwoord in mijn brief van 7 juni 2024.",
    "De vragen zijn door het lid ingetrokken.",
    "De vragen zijn beantwoord tijdens het debat van 4 juni 2024.",
]


@pytest.mark.parametrize("text", LATE)
def test_a_notice_of_delay_is_an_uitstel(text: str) -> None:
    publicatie = of(
        *("# Vraag 1", "Wat?", "# Mededeling", text),
        heading=f"{QUESTION} {SENT} {NOTICE}",
    )
    assert publicatie.soort is Soort.UITSTEL
    assert publicatie.mededeling == text
    assert publicatie.antwoorden == ()
    assert [one.rol for one in publicatie.bewindspersonen] == ["antwoord"]
    assert codes(publicatie) == []


@pytest.mark.parametrize("text", FINAL)
def test_another_notice_is_a_mededeling(text: str) -> None:
    publicatie = of("# Vraag 1", "Wat?", "# Mededeling", text)
    assert (publicatie.soort, publicatie.mededeling) == (Soort.MEDEDELING, text)


def test_answers_decide_against_a_heading_that_says_notice() -> None:
    assert of(*PAIR, heading=f"{QUESTION} {SENT} {NOTICE}").soort is Soort.ANTWOORD


def test_a_further_answer_says_so_in_its_heading() -> None:
    publicatie = of(*PAIR, heading=f"{QUESTION} {SENT} Nader {ANSWER.lower()}")
    assert publicatie.soort is Soort.NADER_ANTWOORD


def test_questions_alone_are_a_vraag() -> None:
    publicatie = of("# Vraag 1", "Wat?", heading=f"{QUESTION} {SENT}")
    assert publicatie.soort is Soort.VRAAG
    assert codes(publicatie) == []


def test_an_answer_announced_but_absent_is_flagged() -> None:
    publicatie = of("# Vraag 1", "Wat?")
    assert publicatie.soort is Soort.ANTWOORD
    assert "antwoord_ontbreekt" in codes(publicatie)


ADDITION = (
    "Deze vragen dienen ter aanvulling op eerdere vragen terzake van de leden Van Nispen "
    "(SP) en Bamenga (D66), ingezonden 25 september 2024 (vraagnummer 2024Z14250)."
)


@pytest.mark.parametrize(
    "texts", [["# Toelichting:", ADDITION], [f"Toelichting: {ADDITION}"]]
)
def test_the_closing_explanation_stands_in_its_own_field(texts: list[str]) -> None:
    publicatie = of(*PAIR, *texts)
    assert publicatie.toelichting == ADDITION
    assert publicatie.antwoorden[0].tekst == "Dit."
    assert publicatie.zaaknummers == ()


@pytest.mark.parametrize(
    ("furniture", "identifier", "number"),
    [
        (["ah-tk-20232024-1999", "ISSN 0921 - 7398"], "ah-tk-20232024-1999", 1999),
        (
            ["Tweede Kamer der Staten-Generaal 2", "Vergaderjaar 2023–2024", "1999"],
            "ah-tk-20232024-1999",
            1999,
        ),
        (
            ["Eerste Kamer der Staten-Generaal 1", "Vergaderjaar 2019-2020", "10"],
            "ah-ek-20192020-10",
            10,
        ),
        (
            ["Tweede Kamer der Staten-Generaal", "2", "Vergaderjaar 2009-2010", "6 a"],
            "ah-tk-20092010-6a",
            6,
        ),
        (
            ["Tweede Kamer der Staten-Generaal", "2", "Vergaderjaar 2009-2010", "6A"],
            "ah-tk-20092010-6a",
            6,
        ),
        (["kv-tk-2024Z18775"], "kv-tk-2024Z18775", None),
        (["Vergaderjaar 2023–2024"], None, None),
    ],
)
def test_head_and_foot_name_the_publication(
    furniture: list[str], identifier: str | None, number: int | None
) -> None:
    publicatie = of(*(f"= {line}" for line in furniture), *PAIR)
    assert (publicatie.identifier, publicatie.aanhangselnummer) == (identifier, number)


def test_a_question_publication_names_its_case() -> None:
    publicatie = of("= kv-tk-2024Z18775", "# Vraag 1", "Wat?")
    assert publicatie.zaaknummers == ("2024Z18775",)


def test_notes_keep_their_numbers_and_addresses() -> None:
    publicatie = of(*PAIR, "1) Nu.nl, https://nu.nl/1.", "2) Geen adres")
    assert [(n.nummer, n.urls) for n in publicatie.noten] == [
        ("1", ("https://nu.nl/1",)),
        ("2", ()),
    ]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("", "kop_ontbreekt"),
        (f"{QUESTION} {ANSWER}", "ingezonden_ontbreekt"),
        (
            f"{QUESTION} {SENT} Antwoord van Minister Hoekstra (Financiën).",
            "ontvangen_ontbreekt",
        ),
        (
            f"{QUESTION} (ingezonden 22 juni 2021). {ANSWER}",
            "ontvangen_voor_ingezonden",
        ),
        (f"{QUESTION} (ingezonden 31 april 2021). {ANSWER}", "datum_onmogelijk"),
        (
            (
                "Vragen van het lid Podt (D66) aan de Minister van Financiën "
                f"{SENT} {ANSWER}"
            ),
            "onderwerp_ontbreekt",
        ),
    ],
)
def test_what_the_heading_lacks_is_flagged(heading: str, code: str) -> None:
    assert code in codes(of(*PAIR, heading=heading))


def test_a_page_foot_left_in_a_text_is_flagged() -> None:
    foot = "Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel 2"
    publicatie = of("# Vraag 1", f"Wat? {foot} Nu.", "# Antwoord 1", "Dit.")
    assert codes(publicatie) == ["paginatekst_vermoed"]


@pytest.mark.parametrize(
    "foot",
    [
        "Tweede Kamer,vergaderjaar 2024–2025,Vragen 2",
        "kv-tk-2024Z18563 ’s-Gravenhage 2024",
        "Vragen gesteld door de leden der Kamer",
        "ISSN 0921 - 7398",
    ],
)
def test_other_words_of_a_page_are_flagged_too(foot: str) -> None:
    publicatie = of("# Vraag 1", f"Wat? {foot} Nu.", "# Mededeling", f"Later. {foot}")
    assert codes(publicatie) == ["paginatekst_vermoed", "paginatekst_vermoed"]


def test_a_reference_to_a_sitting_is_no_page_foot() -> None:
    cited = (
        "Zie Tweede Kamer, vergaderjaar 2023–2024, 19 637, nr. 3198 en ’s-Gravenhage."
    )
    publicatie = of("# Vraag 1", f"Wat? {cited}", "# Antwoord 1", cited)
    assert codes(publicatie) == []


def test_a_misprint_in_a_label_is_flagged() -> None:
    publicatie = of("# Vraag 1", "Wat?", "# Anwoord 1", "Dit.")
    assert [blok.label for blok in publicatie.antwoorden] == ["Anwoord 1"]
    assert codes(publicatie) == ["label_verschreven"]


def test_notes_and_references_that_miss_each_other_are_flagged() -> None:
    publicatie = parse_blocks(
        [
            Block(kind=Kind.HEADING, text=f"{QUESTION} {SENT} {ANSWER}"),
            Block(kind=Kind.LABEL, text="Vraag 1"),
            Block(kind=Kind.PARAGRAPH, text="Wat?", refs=("1", "3")),
            Block(kind=Kind.LABEL, text="Antwoord 1"),
            Block(kind=Kind.PARAGRAPH, text="Dit."),
            Block(kind=Kind.NOTE, text="Een", number="1"),
            Block(kind=Kind.NOTE, text="Twee", number="2"),
        ]
    )
    assert [(f.code, f.uitleg.rsplit(": ")[-1]) for f in publicatie.signalen] == [
        ("noot_zonder_verwijzing", "2"),
        ("verwijzing_zonder_noot", "3"),
    ]


def test_text_before_the_first_label_is_flagged_with_what_it_says() -> None:
    publicatie = of("Los.", *PAIR)
    assert [
        f.uitleg for f in publicatie.signalen if f.code == "tekst_buiten_blokken"
    ] == ["tekst die bij geen vraag, antwoord of noot hoort: Los."]


def test_markup_says_whose_an_unknown_label_is() -> None:
    publicatie = parse_blocks(
        [
            Block(kind=Kind.LABEL, text="1", deel=Deel.VRAAG),
            Block(kind=Kind.PARAGRAPH, text="Wat?"),
            Block(kind=Kind.LABEL, text="Reactie", deel=Deel.ANTWOORD),
            Block(kind=Kind.PARAGRAPH, text="Dit."),
        ]
    )
    assert numbers(publicatie) == (["1"], ["1"])


def test_nothing_readable_is_no_publication() -> None:
    with pytest.raises(DocumentFault) as caught:
        of("Los.", "= Foot", heading="")
    assert caught.value.code == "no_publication"


def test_a_heading_alone_is_a_publication() -> None:
    publicatie = of(heading=f"Mondelinge {QUESTION.lower()} {SENT}")
    assert (publicatie.soort, publicatie.vragen) == (Soort.VRAAG, ())
    assert codes(publicatie) == ["mondelinge_vragen"]


def test_written_questions_without_a_block_are_missed_not_oral() -> None:
    assert codes(of(heading=f"{QUESTION} {SENT}")) == ["vragen_ontbreken"]


@pytest.mark.parametrize("word", ["Nader", "Aanvullend"])
def test_a_further_answer_is_filed_as_one(word: str) -> None:
    publicatie = of(*PAIR, heading=f"{QUESTION} {SENT} {word} {ANSWER.lower()}")
    assert publicatie.soort is Soort.NADER_ANTWOORD
    assert codes(publicatie) == []


def test_the_absent_office_is_flagged_once() -> None:
    absent = "Financiën, bij afwezigheid van de Minister van Defensie, over"
    publicatie = of(
        *PAIR, heading=f"{QUESTION.replace('Financiën over', absent)} {SENT} {ANSWER}"
    )
    assert codes(publicatie) == ["bij_afwezigheid"]


YEAR = ("= Tweede Kamer der Staten-Generaal", "= Vergaderjaar 1998–1999")


@pytest.mark.parametrize(
    "title",
    [
        ("= Vragen gesteld door de leden der Kamer",),
        ("= Vragen gesteld door de leden", "= der Kamer"),
    ],
)
def test_the_number_of_a_question_publication_is_none_of_the_aanhangsel(
    title: tuple[str, ...],
) -> None:
    publicatie = of(*YEAR, *title, "= 59461", "# Vraag 1", "Wat?", heading=QUESTION)
    assert (publicatie.identifier, publicatie.aanhangselnummer) == (None, None)
    assert (publicatie.kamer, publicatie.vergaderjaar) == ("tk", "1998-1999")
    assert publicatie.soort is Soort.VRAAG


@pytest.mark.parametrize(
    "title",
    [
        (
            "= Vragen gesteld door de leden der Kamer, met de daarop door de",
            "= regering gegeven antwoorden",
        ),
        ("= Aanhangsel van de Handelingen", "= Vragen gesteld door de leden der Kamer"),
        (),
    ],
)
def test_the_number_of_an_aanhangsel_without_answer_is_its_number(
    title: tuple[str, ...],
) -> None:
    publicatie = of(*YEAR, *title, "= 594", "# Vraag 1", "Wat?", heading=QUESTION)
    assert publicatie.identifier == "ah-tk-19981999-594"


def test_a_question_publication_of_oral_questions_has_a_subject_only() -> None:
    # The title of kv-2989900822, which the search files under written questions.
    heading = (
        "Mondelinge vragen van het lid Atsma (CDA) aan de staatssecretaris van"
        " Onderwijs, Cultuur en Wetenschappen, dhr. Van der Ploeg, over diens"
        " uitlatingen inzake de omroepgidsen. (Ingezonden 28 september 1998)"
    )
    publicatie = of(*YEAR, heading=heading)
    assert (publicatie.soort, codes(publicatie)) == (
        Soort.VRAAG,
        ["mondelinge_vragen"],
    )
    assert publicatie.onderwerp == "diens uitlatingen inzake de omroepgidsen"
    assert publicatie.ingezonden == date(1998, 9, 28)
