"""PDFs: what position, size and tags tell of markers, notes, labels and feet."""

from __future__ import annotations

import pytest
from typeset import COLUMN, Text, Typesetter, build, down, stream, up

from etl.documents import understand
from etl.documents.readers.pdf import read_pdf
from etl.model.publicatie import Bijlage, Publicatie

Both = pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])


def read(body: bytes) -> Publicatie:
    return understand(body, read_pdf=read_pdf).publicatie


def codes(publicatie: Publicatie) -> list[str]:
    return [flag.code for flag in publicatie.signalen]


def answer(
    *lines: Text, notes: tuple[tuple[str, ...], ...] = (), tagged: bool = True
) -> Publicatie:
    """A one-page publication whose only answer has these lines."""
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat nu?")
    page.label("Antwoord 1").text(*lines).notes(*notes).foot()
    return read(page.pdf())


def text_of(*lines: Text, notes: tuple[tuple[str, ...], ...] = ()) -> str:
    return answer(*lines, notes=notes).antwoorden[0].tekst


@Both
def test_a_publication_is_read_whole(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head()
    page.label("Vraag 1").text("Wat is er gebeurd in de ge-", "meente?")
    page.label("Antwoord 1").text("Niets,", "en verder niets.").foot()
    publicatie = read(page.pdf())
    assert publicatie.identifier == "ah-tk-20232024-1999"
    assert (publicatie.onderwerp, str(publicatie.ontvangen)) == ("geld", "2024-06-07")
    assert [(b.label, b.nummers, b.tekst) for b in publicatie.vragen] == [
        ("Vraag 1", ("1",), "Wat is er gebeurd in de gemeente?")
    ]
    assert [b.tekst for b in publicatie.antwoorden] == ["Niets, en verder niets."]
    assert publicatie.signalen == ()


@Both
def test_markers_leave_the_text_and_notes_leave_the_page(tagged: bool) -> None:
    publicatie = answer(
        ("Bekend uit het artikel", up("1"), "?"),
        ("en de brief", up("2"), " van 3 mei", up("3, 4"), " en later."),
        notes=(
            ("1", "Nu.nl, 3 mei 2024"),
            ("2", "Kamerstuk 28 828, nr. 70, waarin staat dat de", "brief volgt"),
            ("3", "https://www.nrc.nl/nieuws/2024/06/26/stiekem-in-", "het-rood-a48)."),
            ("4", "Idem"),
        ),
        tagged=tagged,
    )
    assert publicatie.antwoorden[0].tekst == (
        "Bekend uit het artikel? en de brief van 3 mei en later."
    )
    assert [(n.nummer, n.tekst) for n in publicatie.noten] == [
        ("1", "Nu.nl, 3 mei 2024"),
        ("2", "Kamerstuk 28 828, nr. 70, waarin staat dat de brief volgt"),
        ("3", "https://www.nrc.nl/nieuws/2024/06/26/stiekem-in-het-rood-a48)."),
        ("4", "Idem"),
    ]
    assert publicatie.noten[2].urls == (
        "https://www.nrc.nl/nieuws/2024/06/26/stiekem-in-het-rood-a48",
    )
    assert publicatie.signalen == ()


ONE = (("1", "Een noot"),)
TWO = (("1", "Een noot"), ("2", "Nog een noot"))


@pytest.mark.parametrize(
    ("lines", "notes", "text"),
    [
        ([("de uitstoot van CO", down("2"), " daalt", up("1"))], ONE, "CO2 daalt"),
        ([("CO", down("2"), " op 5 m", up("2"), " grond", up("1"))], ONE, "5 m2 grond"),
        (
            [("a", up("1"), " op 5 m", up("2"), " en b", up("2"))],
            TWO,
            "a op 5 m2 en b",
        ),
        (
            [("een km", up("2"), " land", up("1"), " en b", up("2"))],
            TWO,
            "km2 land en b",
        ),
        ([("10", up("6"), " euro", up("1"))], ONE, "106 euro"),
        ([("het artikel", up("1"), ".")], ONE, "het artikel."),
        ([("het artikel.", up("1"), "Toekomstige")], ONE, "artikel.Toekomstige"),
        ([("het artikel. ", up("1"), " Daarna")], ONE, "het artikel. Daarna"),
        ([("het artikel ", up("1"), ".")], ONE, "het artikel ."),
        (["Het begint", (up("1"), " hier.")], ONE, "Het begint hier."),
        ([("«citaat»", up("1"), ",")], ONE, "«citaat»,"),
        ([("samen", up("1 2"), " uit")], TWO, "samen uit"),
        ([("a", up("1"), " "), ("b", up("2"), " c")], TWO, "a b c"),
    ],
)
def test_a_raised_number_is_a_marker_only_where_it_refers(
    lines: list[Text], notes: tuple[tuple[str, ...], ...], text: str
) -> None:
    publicatie = answer(*lines, notes=notes)
    assert publicatie.antwoorden[0].tekst.endswith(text)
    assert publicatie.signalen == ()


def test_a_raised_number_without_note_stays() -> None:
    assert (
        text_of(("op 5 m", up("2"), " en 3", up("e"), " keer")) == "op 5 m2 en 3e keer"
    )


@Both
def test_an_answer_goes_on_behind_notes_and_feet(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text(("Wat?", up("1")))
    page.label("Antwoord 1").text("Dit is een antwoord dat over de pagi-")
    page.notes(("1", "Een noot die op deze bladzijde", "in twee regels staat")).foot()
    page.page().text(("nagrens loopt", up("2"), " en eindigt."))
    page.label("Vraag 2").text("En?").label("Antwoord 2").text("Nee.")
    page.notes(("2", "Nog een noot")).foot()
    publicatie = read(page.pdf())
    assert [b.tekst for b in publicatie.antwoorden] == [
        "Dit is een antwoord dat over de paginagrens loopt en eindigt.",
        "Nee.",
    ]
    assert [n.tekst for n in publicatie.noten] == [
        "Een noot die op deze bladzijde in twee regels staat",
        "Nog een noot",
    ]
    assert publicatie.signalen == ()


@Both
def test_a_note_goes_on_at_the_bottom_of_the_next_page(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text(("Wat?", up("1")))
    page.label("Antwoord 1").text("Dit is een antwoord dat")
    page.notes(("1", "Een noot die begint")).foot()
    page.page().text("verder gaat", "op de volgende bladzijde.")
    small = 0.81 * page.size
    page.put(COLUMN + 6, 148, "en hier eindigt.", small, "Note").foot()
    publicatie = read(page.pdf())
    assert publicatie.antwoorden[0].tekst == (
        "Dit is een antwoord dat verder gaat op de volgende bladzijde."
    )
    assert [n.tekst for n in publicatie.noten] == [
        "Een noot die begint en hier eindigt."
    ]


@Both
def test_a_label_may_stand_at_the_top_of_a_page(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat?").foot()
    page.page()._lines(("Antwoord 1",), "H").text("Dit.").foot()
    publicatie = read(page.pdf())
    assert [b.tekst for b in publicatie.antwoorden] == ["Dit."]


@Both
def test_a_line_that_reads_like_a_label_may_be_prose(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat?")
    page.label("Antwoord 1").text("Zie verder het antwoord op", "Vraag 3", "hieronder.")
    publicatie = read(page.foot().pdf())
    assert [b.tekst for b in publicatie.antwoorden] == [
        "Zie verder het antwoord op Vraag 3 hieronder."
    ]
    assert len(publicatie.vragen) == 1


def test_a_label_may_run_over_two_lines() -> None:
    numbers = [*range(1, 20)]
    lines = (
        "Vraag " + ", ".join(map(str, numbers[:12])) + ",",
        ", ".join(map(str, numbers[12:-1])) + " en 19",
    )
    page = Typesetter().head().label(*lines).text("Wat?").foot()
    publicatie = read(page.pdf())
    assert [b.tekst for b in publicatie.vragen] == ["Wat?"]
    assert publicatie.vragen[0].nummers == tuple(map(str, numbers))


MANY = [str(number) for number in range(1, 34)]


@Both
@pytest.mark.parametrize(
    ("lines", "nummers"),
    [
        (("Antwoord 1, 2, 3, 4, 5, 6, 7 8", "en 9"), MANY[:9]),
        (("Antwoord 1, 2, 3, 4, 5, 6, 7, 8,", "9"), MANY[:9]),
        (("Antwoord 1 tot", "en met 9"), MANY[:9]),
        (
            (
                f"Antwoord {', '.join(MANY[:19])},",
                f"{', '.join(MANY[19:32])} en {MANY[32]}",
            ),
            MANY,
        ),
    ],
)
def test_a_label_of_many_numbers_runs_over_two_lines(
    lines: tuple[str, ...], nummers: list[str], tagged: bool
) -> None:
    page = Typesetter(tagged=tagged).head().label(f"Vraag 1 t/m {nummers[-1]}")
    page.text("Wat?").label(*lines).text("Dat.").foot()
    publicatie = read(page.pdf())
    assert [(b.label, list(b.nummers), b.tekst) for b in publicatie.antwoorden] == [
        (" ".join(lines), nummers, "Dat.")
    ]
    assert publicatie.signalen == ()


@Both
def test_a_number_at_the_start_of_prose_is_no_part_of_the_label(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat?")
    page.label("Antwoord 1").text("2 of 3.", "en 4.").foot()
    assert [b.tekst for b in read(page.pdf()).antwoorden] == ["2 of 3. en 4."]


@Both
def test_paragraphs_and_items_are_joined_in_order(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat?")
    page.label("Antwoord 1").text("Te weten:", "• een lang punt dat", "doorloopt;")
    page.text("– twee;", "1. drie.").gap().text("Nieuwe alinea.")
    publicatie = read(page.foot().pdf())
    assert publicatie.antwoorden[0].tekst == (
        "Te weten: • een lang punt dat doorloopt; – twee; 1. drie. Nieuwe alinea."
    )


@Both
def test_table_cells_are_read_row_by_row(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat?")
    page.label("Antwoord 1").text("De cijfers:")
    page.rows(("Jaar", "Aantal", "Deel"), ("2020", "12", "5%"), ("2021", "13", "6%"))
    publicatie = read(page.foot().pdf())
    assert publicatie.antwoorden[0].tekst == (
        "De cijfers: Jaar Aantal Deel 2020 12 5% 2021 13 6%"
    )


def shown(operators: str) -> str:
    """The answer whose only line is drawn by these operators."""
    page = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    y = page.y - page.leading * page.size
    page.raw(f"BT /F1 8.5 Tf 1 0 0 1 221 {y:.2f} Tm {operators} ET").foot()
    return read(page.pdf()).antwoorden[0].tekst


@pytest.mark.parametrize(
    ("operators", "text"),
    [
        ("[(Een)-278(twee)] TJ", "Een twee"),
        ("[(V)80(raag)-20(teken)] TJ", "Vraagteken"),
        ("(Een) Tj 20 0 Td (twee) Tj", "Een twee"),
        ("(Een) Tj 14.5 0 Td (twee) Tj", "Eentwee"),
        ("3 Tw (Een twee) Tj", "Een twee"),
        ("0.2 Tc (Een twee) Tj", "Een twee"),
        (r"(Een \(twee\)) Tj", "Een (twee)"),
        ("<45656E> Tj", "Een"),
        ("9 TL (Een) Tj T* (twee) Tj", "Een twee"),
        ("9 TL (Een) Tj (twee) '", "Een twee"),
        ('9 TL (Een) Tj 0 0 (twee) "', "Een twee"),
        ("0 -9 TD (Een) Tj T* (twee) Tj", "Een twee"),
        ("[(Yes)480(\xb8)-140(ilg)(\xf6)(z)] TJ", "Yeşilgöz"),
        ("120 Tz (Een twee) Tj", "Een twee"),
        ("/Geen 9 Tf (weg) Tj /F1 8.5 Tf (Een) Tj", "Een"),
    ],
)
def test_operators_move_the_pen_as_the_standard_says(operators: str, text: str) -> None:
    assert shown(operators) == text


@pytest.mark.parametrize(
    ("before", "width", "accent", "after", "text"),
    [
        ("Yes", 14.65, "\xb8", "ilg\xf6z", "Yeşilgöz"),
        ("Kostic", 23.15, "\xb4", "", "Kostić"),
        ("Kostic", 23.15, "\xb4", " en", "Kostić en"),
    ],
)
def test_an_accent_drawn_over_a_letter_joins_it(
    before: str, width: float, accent: str, after: str, text: str
) -> None:
    page = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    y = page.y - page.leading * page.size
    page.put(COLUMN, y, before, 8.5, "P").put(COLUMN + width - 3.5, y, accent, 8.5, "P")
    page.put(COLUMN + width, y, after, 8.5, "P").foot()
    assert read(page.pdf()).antwoorden[0].tekst == text


def test_text_in_a_form_is_read_where_it_is_drawn() -> None:
    page = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    page._down()
    page.raw(f"q 1 0 0 1 221 {page.y:.2f} cm /X1 Do Q").text("En daarna.").foot()
    form = stream(
        b"BT /F1 8.5 Tf (In een vorm.) Tj ET",
        " /Type /XObject /Subtype /Form /BBox [0 0 300 20]"
        " /Resources <</Font <</F1 3 0 R>>>>",
    )
    body = page.pdf(xobjects="/X1 4 0 R", extra=(form,))
    assert read(body).antwoorden[0].tekst == "In een vorm. En daarna."


def test_letters_of_two_bytes_are_read_by_their_map() -> None:
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        "3 beginbfchar <0001> <0057> <0002> <0061> <0003> <0074> endbfchar "
        "endcmap end end"
    )
    below = (
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo <</Registry "
        "(Adobe) /Ordering (Identity) /Supplement 0>> /DW 500 /FontDescriptor "
        "<</Type /FontDescriptor /FontName /X /Flags 4>>>>"
    )
    font = (
        "<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        "/DescendantFonts [5 0 R] /ToUnicode 4 0 R>>"
    )
    form = stream(
        b"BT /F2 8.5 Tf <000100020003> Tj ET",
        " /Type /XObject /Subtype /Form /BBox [0 0 300 20]"
        " /Resources <</Font <</F2 6 0 R>>>>",
    )
    page = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    page._down()
    page.raw(f"q 1 0 0 1 221 {page.y:.2f} cm /X1 Do Q").foot()
    extra = (stream(cmap.encode()), below, font, form)
    body = page.pdf(xobjects="/X1 7 0 R", extra=extra)
    assert read(body).antwoorden[0].tekst == "Wat"


def test_turned_text_and_pictures_are_no_text() -> None:
    page = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    page.text("Dit.").raw("BT /F1 8.5 Tf 0 1 -1 0 30 400 Tm (Aan de rand) Tj ET").foot()
    assert read(page.pdf()).antwoorden[0].tekst == "Dit."


@pytest.mark.parametrize("size", [7.0, 8.5, 10.0, 12.0])
@pytest.mark.parametrize("leading", [1.05, 1.12, 1.3, 1.45])
def test_size_and_leading_may_differ(size: float, leading: float) -> None:
    page = Typesetter(tagged=False, size=size, leading=leading).head()
    page.label("Vraag 1").text(("Wat is", up("1")), "dat?")
    page.label("Antwoord 1").text("Zie het antwoord op", "Vraag 1", "en verder.")
    page.notes(("1", "Een noot", "in twee regels")).foot()
    publicatie = read(page.pdf())
    assert publicatie.vragen[0].tekst == "Wat is dat?"
    assert publicatie.antwoorden[0].tekst == "Zie het antwoord op Vraag 1 en verder."
    assert [n.tekst for n in publicatie.noten] == ["Een noot in twee regels"]


@Both
def test_a_notice_stands_in_its_own_field(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head(
        "Mededeling van Minister Hoekstra (Financiën) (ontvangen (ontvangen",
        "7 juni 2024).",
    )
    page.label("Vraag 1").text("Wat?").label("Mededeling").text(
        "De vragen kunnen niet binnen de gebruikelijke termijn wor-",
        "den beantwoord.",
    )
    publicatie = read(page.foot().pdf())
    assert publicatie.soort == "uitstel"
    assert publicatie.mededeling == (
        "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord."
    )
    assert publicatie.signalen == ()


@Both
def test_an_addition_is_not_glued_to_the_last_answer(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat?")
    page.label("Antwoord 1").text("Dit.").label("Toelichting:")
    page.text("Deze vragen dienen ter aanvulling op eerdere vragen (vraag-")
    page.text("nummer 2024Z14250).").foot()
    publicatie = read(page.pdf())
    assert publicatie.antwoorden[0].tekst == "Dit."
    assert publicatie.toelichting == (
        "Deze vragen dienen ter aanvulling op eerdere vragen (vraagnummer 2024Z14250)."
    )


def test_the_eerste_kamer_is_read_too() -> None:
    page = Typesetter(identifier="ah-ek-20192020-10").head()
    page.label("Vraag 1").text("Wat?").label("Antwoord 1").text("Dit.").foot()
    publicatie = read(page.pdf())
    assert publicatie.identifier == "ah-ek-20192020-10"
    assert (publicatie.kamer, publicatie.vergaderjaar) == ("ek", "2019-2020")


def test_page_numbers_and_note_numbers_may_be_long() -> None:
    page = Typesetter().head()
    for number in range(1, 13):
        first = 9 * number - 8
        markers = [(f"tekst {n}", up(str(n)), ",") for n in range(first, first + 9)]
        page.label(f"Vraag {number}").text(*markers)
        page.notes(*((str(n), f"Noot {n}") for n in range(first, first + 9))).foot()
        page.page()
    publicatie = read(page.foot().pdf())
    assert [n.tekst for n in publicatie.noten] == [f"Noot {n}" for n in range(1, 109)]
    assert publicatie.vragen[11].tekst.endswith("tekst 107, tekst 108,")
    assert "paginatekst_vermoed" not in codes(publicatie)


@Both
@pytest.mark.parametrize(
    "text",
    [
        "2024 was een goed jaar",
        "https://nos.nl/artikel/1",
        "1 januari 2024",
        "«Citaat»",
        "Vraag 3",
        "Antwoord",
    ],
)
def test_a_note_may_begin_with_anything(text: str, tagged: bool) -> None:
    publicatie = answer(("Dit.", up("1")), notes=(("1", text),), tagged=tagged)
    assert [(n.nummer, n.tekst) for n in publicatie.noten] == [("1", text)]
    assert publicatie.antwoorden[0].tekst == "Dit."


def test_a_line_of_a_note_may_begin_with_the_next_number() -> None:
    publicatie = answer(
        ("Dit.", up("1"), " Dat.", up("2")),
        notes=(("1", "Het Financieel Dagblad,", "2 oktober 2022."), ("2", "Idem")),
    )
    assert [n.tekst for n in publicatie.noten] == [
        "Het Financieel Dagblad, 2 oktober 2022.",
        "Idem",
    ]


def test_a_word_broken_in_a_table_cell_is_joined() -> None:
    page = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    page._lines(("ge-", "meente"), "TD")._lines(("tweede cel",), "TD").foot()
    assert read(page.pdf()).antwoorden[0].tekst == "gemeente tweede cel"


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, "0 1 -1 0 300 40"), (180, "-1 0 0 -1 500 400"), (270, "0 -1 1 0 300 800")],
)
def test_a_page_set_on_its_side_is_read_as_shown(turn: int, matrix: str) -> None:
    label = f"BT /F1 8.5 Tf {matrix} Tm (Vraag 1) Tj 0 -19 Td (Wat is er in deze) Tj "
    body = build(
        [f"{label}0 -9 Td (tabel te zien, en wat is er niet?) Tj ET"],
        page_entries=f"/Rotate {turn}",
    )
    assert read(body).vragen[0].tekst == (
        "Wat is er in deze tabel te zien, en wat is er niet?"
    )


def test_an_answer_of_nothing_but_a_marker_is_flagged_as_empty() -> None:
    publicatie = answer((up("1"),), notes=(("1", "Zie de bijlage."),))
    assert publicatie.antwoorden[0].tekst == ""
    assert "blok_leeg" in codes(publicatie)
    assert [n.tekst for n in publicatie.noten] == ["Zie de bijlage."]


@Both
def test_an_annex_is_no_part_of_the_last_answer(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vraag 1").text("Wat?")
    page.label("Antwoord 1").text("Zie de bijlage.").foot().page()
    page.label("Bijlage").text("Een tabel.").foot()
    publicatie = read(page.pdf())
    assert publicatie.antwoorden[0].tekst == "Zie de bijlage."
    assert publicatie.bijlagen == (Bijlage(label="Bijlage", tekst="Een tabel."),)
    assert codes(publicatie) == []


@Both
def test_text_between_heading_and_first_label_is_flagged(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head(
        "Antwoord van Minister Hoekstra (Financiën) (ontvangen",
        "7 juni 2024). Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024,",
        "nr. 2147 en 2148.",
    )
    page.gap().text("Wat is hier aan de hand?").label("Antwoord 1").text("Niets.")
    publicatie = read(page.foot().pdf())
    assert [z.aanhangselnummer for z in publicatie.zie_ook] == [2147, 2148]
    stray, lost = publicatie.signalen[-2:]
    assert "Wat is hier aan de hand?" in stray.uitleg
    assert (stray.code, lost.code) == ("tekst_buiten_blokken", "dekking_laag")


def test_text_in_a_size_between_body_and_note_is_text() -> None:
    page = Typesetter().head().label("Vraag 1").text("Wat?").label("Antwoord 1")
    page.text("Dit staat boven een tabel.")
    page._down()
    page.put(COLUMN, page.y, "1 Kleine tabelregel", 7.0, "P").foot()
    publicatie = read(page.pdf())
    assert publicatie.noten == ()
    assert publicatie.antwoorden[0].tekst == (
        "Dit staat boven een tabel. 1 Kleine tabelregel"
    )


def test_a_file_without_tags_or_feet_is_still_read() -> None:
    body = build(
        [
            (
                "BT /F1 10 Tf 1 0 0 1 50 700 Tm (Vragen van het lid Podt \\(D66\\) aan de "
                "Minister van Financi\xebn over geld \\(ingezonden 3 juni 2021\\).) Tj "
                "1 0 0 1 50 670 Tm (Vraag 1) Tj 1 0 0 1 50 658 Tm (Wat nu?) Tj ET"
            )
        ]
    )
    publicatie = read(body)
    assert [b.tekst for b in publicatie.vragen] == ["Wat nu?"]
    assert publicatie.identifier is None


def test_small_print_with_a_tag_of_its_own_is_no_note() -> None:
    page = Typesetter().head().label("Vraag 1").text(("Wat?", up("1")))
    page.label("Antwoord 1").text("Zie de grafiek.").notes(*ONE)
    page.size = 6.9
    page.text("Bron: CBS, 2024.")
    page.size = 8.5
    publicatie = read(page.foot().pdf())
    assert publicatie.antwoorden[0].tekst == "Zie de grafiek. Bron: CBS, 2024."
    assert [noot.tekst for noot in publicatie.noten] == ["Een noot"]


@Both
def test_a_misprint_in_a_label_costs_no_block(tagged: bool) -> None:
    page = Typesetter(tagged=tagged).head().label("Vrag 1").text("Wat?")
    page.label("Anwoord 1").text("Dat.").foot()
    publicatie = read(page.pdf())
    assert [(b.label, b.tekst) for b in publicatie.vragen] == [("Vrag 1", "Wat?")]
    assert [(b.label, b.tekst) for b in publicatie.antwoorden] == [
        ("Anwoord 1", "Dat.")
    ]
    assert set(codes(publicatie)) == {"label_verschreven"}


def test_every_block_says_by_what_it_was_told() -> None:
    page = Typesetter().head().label("Vraag 1").text("Wat is dit?", "• een ding")
    page.label("Antwoord 1").text(("Dit.", up("1"))).rows(("een", "twee"))
    page.notes(*ONE).foot()
    rules = {(block.kind.value, block.rule) for block in read_pdf(page.pdf())}
    assert rules == {
        ("furniture", "tag /Artifact"),
        ("furniture", "page foot wording"),
        ("furniture", "above the heading"),
        ("heading", "heading wording"),
        ("label", "tag /H"),
        ("paragraph", "tag /P"),
        ("list item", "sign •"),
        ("table row", "tag /TD"),
        ("note", "raised number"),
    }
    untagged = (
        Typesetter(tagged=False).head().label("Vraag 1").text("Wat is dit?").foot()
    )
    untagged.page().label("Antwoord 1").text("Dit.").foot()
    rules = {(block.kind.value, block.rule) for block in read_pdf(untagged.pdf())}
    assert {("label", "gap above"), ("label", "top of page")} <= rules
