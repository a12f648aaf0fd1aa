"""What a person read in real publications, typed as a ministry would, is read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from word import docx, note, numbering, p, paragraphs, ref

from etl.documents import understand

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "publicatie"
EXPECTED = sorted(EXAMPLES.glob("ah-*.expected.json"))
HEAD = paragraphs(
    "AH 1", "2024Z15295", "Antwoord van minister X (Y) (ontvangen 9 mei 2024)"
)

Blok = dict[str, Any]

STYLES = {
    "labels": ("Vraag {}\n", "Antwoord {}:\n"),
    "labels before text": ("Vraag {}: ", "Antwoord op vraag {}: "),
    "numbers": ("{}.\t", "Antwoord op vraag {}\n"),
    "lone numbers": ("{}\n", "Antwoord vraag {}:\n"),
}
"""How a question and an answer begin; {} is the number."""


def known(path: Path) -> tuple[list[Blok], list[Blok]]:
    """The questions with one number each, and the answers to them.

    None where a person read the labels alone.
    """
    whole = json.loads(path.read_text("utf-8"))
    if not all("tekst" in blok for blok in whole["vragen"] + whole["antwoorden"]):
        return [], []
    vragen = [v for v in whole["vragen"] if v["tekst"] and len(v["nummers"]) == 1]
    numbers = [v["nummers"][0] for v in vragen]
    antwoorden = [a for a in whole["antwoorden"] if set(a["nummers"]) <= set(numbers)]
    whole_run = numbers == [str(n + 1) for n in range(len(numbers))]
    return (vragen, antwoorden) if whole_run else ([], [])


def typed(vragen: list[Blok], antwoorden: list[Blok], style: str) -> str:
    """Each answer behind the last question that it answers, with a note and a list."""
    asks, answers = STYLES[style]
    body = ""
    for vraag in vragen:
        number = vraag["nummers"][0]
        body += p(asks.format(number) + vraag["tekst"]) + p()
        for antwoord in antwoorden:
            if antwoord["nummers"] and antwoord["nummers"][-1] == number:
                label = answers.format(", ".join(antwoord["nummers"]))
                body += p(label + antwoord["tekst"], ref(1)) + p("a", num="1")
                body += p("b", num="1") + p("1. een") + p("2. twee")
    return body


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "path", [x for x in EXPECTED if known(x)[0]], ids=lambda path: path.stem
)
def test_a_publication_typed_in_word_is_read_back(path: Path, style: str) -> None:
    vragen, antwoorden = known(path)
    body = HEAD + p() + typed(vragen, antwoorden, style)
    file = docx(
        body,
        numbering=numbering(("decimal", "%1.")),
        footnotes=note(1, "Een noot."),
    )
    found = understand(file, read_pdf=lambda _: []).publicatie
    assert [(b.nummers, b.tekst) for b in found.vragen] == [
        (tuple(v["nummers"]), v["tekst"]) for v in vragen
    ]
    for blok, antwoord in zip(found.antwoorden, antwoorden, strict=True):
        assert blok.nummers == tuple(antwoord["nummers"])
        assert blok.tekst.startswith(antwoord["tekst"])
        assert blok.tekst.endswith("1. een 2. twee")
