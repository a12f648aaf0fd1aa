"""Text as ministries type it: labels of every style, lists inside, notes at the end."""

from __future__ import annotations

import pytest
from word import docx, numbering, p, paragraphs, typed

from etl.documents import understand
from etl.model.publicatie import Publicatie

HEAD = """AH 612
2024Z15295
Antwoord van minister Keijzer (Volkshuisvesting en Ruimtelijke Ordening) (ontvangen 19 november 2024)
Zie ook Aanhangsel Handelingen, vergaderjaar 2024-2025, nr. 507

"""
ASKS = """2024Z18885

(ingezonden 20 november 2024)

Vragen van het lid Podt (D66) aan de staatssecretaris van Landbouw over de Ontbossingswet

"""


def read(text: str) -> Publicatie:
    """The publication; a Word file of the same text must say the same."""
    found = understand(text.encode(), read_pdf=lambda _: []).publicatie
    word = understand(typed(text), read_pdf=lambda _: []).publicatie
    assert word == found
    return found


def pairs(found: Publicatie) -> dict[str, str]:
    """The questions and answers as "v1: text"."""
    return {
        f"{kind}{','.join(blok.nummers)}": blok.tekst
        for kind, blokken in (("v", found.vragen), ("a", found.antwoorden))
        for blok in blokken
    }


def codes(found: Publicatie) -> list[str]:
    return [signaal.code for signaal in found.signalen]


def test_the_head_names_number_case_minister_and_earlier_answer() -> None:
    found = read(f"{HEAD}Vraag 1\nWat?\n\nAntwoord 1\nDat.")
    assert (found.identifier, found.kamer, found.vergaderjaar) == (None, None, None)
    assert found.aanhangselnummer == 612
    assert found.zaaknummers == ("2024Z15295",)
    assert str(found.ontvangen) == "2024-11-19"
    assert [b.naam for b in found.bewindspersonen] == ["Keijzer"]
    assert [z.aanhangselnummer for z in found.zie_ook] == [507]


def test_follow_up_questions_head_a_typed_text_too() -> None:
    found = read(
        "AH 612\n2024Z15295\n"
        "Vervolgvragen van het lid Podt (D66) aan de minister van Financiën over geld"
        " (ingezonden 3 juni 2024)\n"
        "Antwoord van minister Heinen (Financiën) (ontvangen 21 juni 2024)\n\n"
        "1\nWat?\n\nAntwoord\nDit."
    )
    assert found.onderwerp == "geld"
    assert [i.naam for i in found.indieners] == ["Podt"]
    assert str(found.ingezonden) == "2024-06-03"
    assert pairs(found) == {"v1": "Wat?", "a1": "Dit."}


def test_a_number_with_a_letter_and_a_case_with_a_blank_are_read() -> None:
    text = "AH 612a\n\n2024Z 17972\n\nAntwoord van minister Brekelmans (Defensie) "
    found = read(text + "(ontvangen 20 november 2024)\n\n1\nWat?\n\nAntwoord\nDat.")
    assert (found.aanhangselnummer, found.toevoeging) == (612, "a")
    assert found.zaaknummers == ("2024Z17972",)


def test_a_vergaderjaar_that_is_none_above_the_heading_is_no_error() -> None:
    head = HEAD.replace("2024Z15295", "2024Z15295\nTweede Kamer, vergaderjaar 2020-221")
    text = f"{head}Vraag 1\nWat?\n\nAntwoord 1\nDat."
    found = understand(typed(text), read_pdf=lambda _: []).publicatie
    assert (found.kamer, found.vergaderjaar) == ("tk", None)


def test_a_bracket_that_was_forgotten_ends_at_the_date() -> None:
    found = read(
        "AH 618\n2024Z15295\nAntwoord van minister Agema (Volksgezondheid, Welzijn en "
        "Sport (ontvangen 20 november 2024)\n\nVraag 1\nWat?\n\nAntwoord 1\nDat."
    )
    (wie,) = found.bewindspersonen
    assert (wie.naam, wie.ministerie) == ("Agema", "Volksgezondheid, Welzijn en Sport")
    assert str(found.ontvangen) == "2024-11-20"


@pytest.mark.parametrize(
    ("vraag", "antwoord"),
    [
        ("Vraag {}\n", "Antwoord {}\n"),
        ("Vraag {} \n", "Antwoord {}:\n"),
        ("Vraag {}:\n", "Antwoord:\n"),
        ("Vraag {}: ", "Antwoord {}: "),
        ("Vraag {}. ", "Antwoord {}. "),
        ("Vraag {}\t", "Antwoord op vraag {}\n"),
        ("{}\n", "Antwoord\n"),
        ("{}. ", "Antwoord: "),
        ("{}) ", "Antwoord op vraag {}:\n"),
        ("{} ", "Antwoord vraag {}:\n"),
        ("{}.\n", "Antwoord op vraag {}: "),
        ("{}.\t", "Nader antwoord {}\n"),
    ],
)
def test_labels_of_every_style_are_read(vraag: str, antwoord: str) -> None:
    text = "".join(
        f"{vraag.format(n)}Wat is {n}?\n\n{antwoord.format(n)}Dat is {n}.\n\n"
        for n in (1, 2, 3)
    )
    found = read(HEAD + text)
    assert pairs(found) == {
        **{f"v{n}": f"Wat is {n}?" for n in (1, 2, 3)},
        **{f"a{n}": f"Dat is {n}." for n in (1, 2, 3)},
    }


@pytest.mark.parametrize(
    ("label", "nummers"),
    [
        ("Antwoord op vraag 1 en 2", "1,2"),
        ("Antwoord op vragen 1 en 2:", "1,2"),
        ("Antwoord vraag 1-2:", "1,2"),
        ("Antwoord op de vragen 1 t/m 2", "1,2"),
        ("Antwoord vragen 1,2", "1,2"),
        ("Antwoorden op vraag 1 en vraag 2", "1,2"),
        ("Antwoord", "1,2"),
    ],
)
def test_one_answer_serves_the_questions_before_it(label: str, nummers: str) -> None:
    found = read(f"{HEAD}1. Wat?\n\n2. Hoe?\n\n{label}\nZo.\n\n3. En?\n\nAntwoord\nJa.")
    assert pairs(found) == {
        "v1": "Wat?", "v2": "Hoe?", "v3": "En?", f"a{nummers}": "Zo.", "a3": "Ja."
    }  # fmt: skip


@pytest.mark.parametrize("style", ["{}. ", "{}) "])
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_list_in_an_answer_makes_no_questions(style: str, count: int) -> None:
    items = [f"{style.format(n)}Punt {n}." for n in range(1, count + 1)]
    lines = "\n\n".join(items)
    text = (
        f"1. Wat?\n\nAntwoord\nZo:\n\n{lines}\n\n2. Hoe?\n\nAntwoord\nDit:\n\n{lines}"
    )
    found = read(HEAD + text + "\n\n3. En?\n\nAntwoord\nJa, drie:\n\n" + lines)
    inside = " ".join(items)
    assert pairs(found) == {
        "v1": "Wat?", "a1": f"Zo: {inside}",
        "v2": "Hoe?", "a2": f"Dit: {inside}",
        "v3": "En?", "a3": f"Ja, drie: {inside}",
    }  # fmt: skip


def test_a_list_in_a_question_makes_no_questions() -> None:
    text = "1. Kunt u zeggen:\n\n1. wie;\n\n2. wat?\n\n2. Hoe?\n\nAntwoord\nZo."
    found = read(HEAD + text)
    assert pairs(found) == {
        "v1": "Kunt u zeggen: 1. wie; 2. wat?", "v2": "Hoe?", "a1,2": "Zo."
    }  # fmt: skip


def test_a_list_in_the_answer_to_labelled_questions_stays() -> None:
    text = "Vraag 1\nWat?\n\nAntwoord 1\n1. Dit.\n\n2. Dat.\n\nVraag 2\nHoe?\n\n"
    found = read(f"{HEAD}{text}Antwoord 2\nZo.")
    assert pairs(found)["a1"] == "1. Dit. 2. Dat."
    assert len(found.vragen) == 2


def test_the_list_of_the_questions_tells_them_from_other_lists() -> None:
    lists = numbering(("decimal", "%1.")) + numbering(("decimal", "%1."), num="2")
    body = paragraphs(*HEAD.splitlines())
    for number in (1, 2):
        body += p(f"Wat is {number}?", num="1") + paragraphs("Antwoord", "Namelijk:")
        body += p("dit", num="2") + p("dat", num="2")
    found = understand(docx(body, numbering=lists), read_pdf=lambda _: []).publicatie
    assert pairs(found) == {
        "v1": "Wat is 1?", "a1": "Namelijk: 1. dit 2. dat",
        "v2": "Wat is 2?", "a2": "Namelijk: 3. dit 4. dat",
    }  # fmt: skip
    assert [blok.label for blok in found.vragen] == ["1.", "2."]


@pytest.mark.parametrize("style", ["{}. ", "{}\n"])
def test_a_question_that_was_never_answered_is_still_one(style: str) -> None:
    text = f"{style.format(1)}Wat?\n\nAntwoord\nDat.\n\n{style.format(2)}Hoe?"
    found = read(HEAD + text)
    assert pairs(found) == {"v1": "Wat?", "a1": "Dat.", "v2": "Hoe?"}
    assert "antwoord_ontbreekt" in codes(found)


def test_word_may_count_whole_labels() -> None:
    lists = numbering(("decimal", "Vraag %1")) + numbering(
        ("decimal", "Antwoord %1:"), num="2"
    )
    body = paragraphs(*HEAD.splitlines())
    for number in (1, 2):
        body += p(f"Wat is {number}?", num="1") + p("Dat.", num="2")
    found = understand(docx(body, numbering=lists), read_pdf=lambda _: []).publicatie
    assert pairs(found) == {
        "v1": "Wat is 1?",
        "v2": "Wat is 2?",
        "a1": "Dat.",
        "a2": "Dat.",
    }


def test_a_sentence_that_begins_like_a_label_is_text() -> None:
    text = "Vraag 1\nWat?\n\nAntwoord 1\nAntwoord op vraag 3 volgt: later.\n\n"
    found = read(f"{HEAD}{text}20 mensen. 2 dagen.\n\n19 november 2024 was het.")
    assert pairs(found)["a1"] == (
        "Antwoord op vraag 3 volgt: later. 20 mensen. 2 dagen. 19 november 2024 was het."
    )


def test_paragraphs_without_number_are_counted_and_flagged() -> None:
    found = read(f"{ASKS}Wat is dit?\n\nKunt u zeggen:\n\n- wie;\n\n- hoe?\n\nEn nu?")
    assert found.soort == "vraag"
    assert str(found.ingezonden) == "2024-11-20"
    assert found.onderwerp == "de Ontbossingswet"
    assert pairs(found) == {
        "v1": "Wat is dit?", "v2": "Kunt u zeggen: - wie; - hoe?", "v3": "En nu?"
    }  # fmt: skip
    assert codes(found) == ["vraag_ongenummerd"]


def test_numbered_questions_of_a_question_file_are_not_counted_anew() -> None:
    found = read(f"{ASKS}1. Wat?\n\n2. Hoe?\n\nEen tweede alinea van 2.")
    assert pairs(found) == {"v1": "Wat?", "v2": "Hoe? Een tweede alinea van 2."}
    assert codes(found) == []


@pytest.mark.parametrize("style", ["{})", "[{}]", "({})"])
def test_typed_notes_leave_the_text_in_every_style(style: str) -> None:
    one, two = style.format(1), style.format(2)
    found = read(
        f"{ASKS}Wat zegt «dit» {one}, en dat{two}?\n\nEn nu (artikel 1)?\n\n"
        f"{one} NOS, https://nos.nl/a\n\n{two} Kamerstuk 1, nr. 2\n\n"
        "Toelichting: Deze vragen zijn een aanvulling."
    )
    assert pairs(found) == {"v1": "Wat zegt «dit», en dat?", "v2": "En nu (artikel 1)?"}
    assert [(n.nummer, n.tekst, n.urls) for n in found.noten] == [
        ("1", "NOS, https://nos.nl/a", ("https://nos.nl/a",)),
        ("2", "Kamerstuk 1, nr. 2", ()),
    ]
    assert found.toelichting == "Deze vragen zijn een aanvulling."


def test_two_styles_of_notes_stay_apart() -> None:
    found = read(
        f"{HEAD}Vraag 1\nWat 1)?\n\nAntwoord 1\nDat [1] en dit [2].\n\n1) NOS\n\n"
        "[1] Kamerstuk 1\n\n[2] Kamerstuk 2"
    )
    assert pairs(found) == {"v1": "Wat?", "a1": "Dat en dit."}
    assert [(n.nummer, n.tekst, n.deel) for n in found.noten] == [
        ("1)", "NOS", "vraag"),
        ("1", "Kamerstuk 1", "antwoord"),
        ("2", "Kamerstuk 2", "antwoord"),
    ]


def test_questions_with_a_bare_label_are_counted_and_flagged() -> None:
    found = read(
        f"{HEAD}Vraag\nWat?\n\nAntwoord\nDat.\n\nVraag:\nHoe?\n\nAntwoord\nZo."
    )
    assert pairs(found) == {"v1": "Wat?", "a1": "Dat.", "v2": "Hoe?", "a2": "Zo."}
    assert "vraag_ongenummerd" in codes(found)


def test_a_list_that_the_text_introduces_is_no_notes() -> None:
    text = "Vraag 1\nWat?\n\nAntwoord 1\nZie onder 1) en verder:\n\n1) dit\n\n2) dat"
    found = read(HEAD + text)
    assert pairs(found)["a1"] == "Zie onder 1) en verder: 1) dit 2) dat"


def test_a_list_that_nothing_points_at_is_no_notes() -> None:
    found = read(f"{HEAD}Vraag 1\nWat?\n\nAntwoord 1\nZo:\n\n1) dit\n\n2) dat")
    assert pairs(found)["a1"] == "Zo: 1) dit 2) dat"
    assert found.noten == ()


def test_a_notice_alone_is_a_mededeling_without_odd_questions() -> None:
    head = HEAD.replace("Antwoord van", "Mededeling van")
    found = read(
        f"{head}De vragen van het lid Flach (SGP) kunnen niet binnen de gebruikelijke "
        "termijn worden beantwoord, omdat de afstemming meer tijd behoeft.\n\nIk streef."
    )
    assert found.soort == "uitstel"
    assert found.mededeling is not None
    assert found.mededeling.endswith("behoeft. Ik streef.")
    assert "vragen_ontbreken" not in codes(found)


def test_a_notice_that_speaks_as_a_letter_keeps_its_own_heading() -> None:
    found = read(
        "AH 615\n2024Z16999\nMededeling van minister Faber (Asiel en Migratie) "
        "(ontvangen 20 november 2024)\n\nHierbij deel ik u mede dat de vragen van het "
        "lid Podt (D66) over opvang (ingezonden 24 oktober 2024) niet binnen de "
        "gebruikelijke termijn kunnen worden beantwoord, aangezien nog niet alle "
        "informatie is ontvangen."
    )
    assert (found.soort, found.aanhangselnummer) == ("uitstel", 615)
    assert str(found.ontvangen) == "2024-11-20"
    assert [b.naam for b in found.bewindspersonen] == ["Faber"]
    assert found.reden_uitstel == "nog niet alle informatie is ontvangen"


LETTER = """> Retouradres Postbus 20301

Aan de Voorzitter van de Tweede Kamer

Onderwerp Beantwoording Kamervragen over de Wet

In antwoord op uw brief van 7 mei 2024, nr. 2024Z07859, deel ik u mede dat de vragen van de leden Mutluer en Bikker (beiden X) aan de staatssecretaris van Justitie en Veiligheid over de Wet d.w.z. de regeling worden beantwoord zoals aangegeven in de bijlage.

De Staatssecretaris van Justitie en Veiligheid,

I. Coenradie

Antwoorden van de staatssecretaris van Justitie en Veiligheid op Kamervragen van de leden Mutluer en Bikker (beiden X) over de Wet

"""


@pytest.mark.parametrize(
    "body",
    [
        "Vraag 1\nWat?\n\nAntwoord op vraag 1\nDat.",
        "1. Wat?\n\nAntwoord\nDat.",
    ],
)
def test_a_letter_says_who_asks_and_who_signs(body: str) -> None:
    found = understand(typed(LETTER + body), read_pdf=lambda _: []).publicatie
    assert [(i.naam, i.fractie) for i in found.indieners] == [
        ("Mutluer", "X"), ("Bikker", "X")
    ]  # fmt: skip
    assert found.onderwerp == "de Wet d.w.z. de regeling"
    assert [(a.functie, a.ministerie) for a in found.gericht_aan] == [
        ("Staatssecretaris", "Justitie en Veiligheid")
    ]
    (wie,) = found.bewindspersonen
    assert (wie.naam, wie.functie) == ("I. Coenradie", "Staatssecretaris")
    assert found.zaaknummers == ("2024Z07859",)
    assert (found.kamer, found.soort) == ("tk", "antwoord")
    assert (found.ingezonden, found.ontvangen) == (None, None)
    assert pairs(found) == {"v1": "Wat?", "a1": "Dat."}


def test_a_letter_that_puts_off_the_answer_is_an_uitstel() -> None:
    text = (
        "Aan de Voorzitter van de Tweede Kamer\n\nHierbij deel ik u mede dat de vragen "
        "van het lid Podt (D66) aan de minister van Financiën over geld (ingezonden 3 "
        "mei 2024) niet binnen de gebruikelijke termijn kunnen worden beantwoord, omdat "
        "het overleg nog loopt.\n\nDe Minister van Financiën,\n\nE. Heinen"
    )
    found = understand(typed(text), read_pdf=lambda _: []).publicatie
    assert (found.soort, found.onderwerp) == ("uitstel", "geld")
    assert str(found.ingezonden) == "2024-05-03"
    assert [b.naam for b in found.bewindspersonen] == ["E. Heinen"]
    assert found.mededeling is not None
    assert found.mededeling.startswith("Hierbij deel ik u mede")
    assert found.mededeling.endswith("omdat het overleg nog loopt.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Hierbij bied ik u de antwoorden aan op de schriftelijke vragen die zijn gesteld door het lid Podt (D66) over geld. Deze vragen werden ingezonden op 5 juli 2024 met kenmerk 2024Z11859.",
        "Hierbij zend ik u, mede namens de staatssecretaris van Financiën, de antwoorden op de vragen van het lid Podt (D66) over geld (kenmerk 2024Z11859, ingezonden op 5 juli 2024).",
        "Graag bieden wij hierbij de beantwoording aan van de vragen gesteld door Kamerlid Podt (D66) over geld, ingezonden op 5 juli 2024 (2024Z11859).",
        "Hierbij stuur ik uw Kamer de antwoorden op vragen van het Kamerlid Podt (D66) over geld (2024Z11859), ingezonden 5 juli 2024.",
        "Hierbij ontvangt u de antwoorden op de Kamervragen van het lid Podt (D66) over geld met kenmerk 2024Z11859 (ingezonden 5 juli 2024).",
    ],
)
def test_letters_say_the_same_in_many_ways(sentence: str) -> None:
    text = (
        f"{sentence}\n\nHoogachtend,\n\nde minister van Volksgezondheid,\nWelzijn en "
        "Sport,\n\n\n\nFleur Agema\n\n1\n\nWat?\n\nAntwoord vraag 1\n\nDat."
    )
    found = understand(typed(text), read_pdf=lambda _: []).publicatie
    assert [(i.naam, i.fractie) for i in found.indieners] == [("Podt", "D66")]
    assert found.onderwerp == "geld"
    assert str(found.ingezonden) == "2024-07-05"
    assert found.zaaknummers == ("2024Z11859",)
    wie = found.bewindspersonen[0]
    assert (wie.naam, wie.ministerie) == (
        "Fleur Agema", "Volksgezondheid, Welzijn en Sport"
    )  # fmt: skip
    assert [(b.nummers, b.tekst) for b in found.vragen] == [(("1",), "Wat?")]
