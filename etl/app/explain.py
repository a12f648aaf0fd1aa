"""`etl parse --explain`: how each piece of a document was understood, for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from etl.app.parse import body_of, name_of
from etl.console.harmless import printable
from etl.console.screen import write_table
from etl.documents import Understood, read, understood
from etl.documents.block import Kind, Reading
from etl.documents.grammar.parts import Placed, sort_blocks
from etl.documents.readers.pdf.worker import PdfWorker
from etl.errors import DocumentFault
from etl.lookup import lookup
from etl.model.publicatie import Publicatie
from etl.model.record import Formaat

HEADER = ("page", "kind", "rule", "becomes", "text")
SHOWN = 60
"""Letters of a block that are shown from its start; of its end a third of that."""

Line = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One file: its blocks line by line, then its facts and signals.

    `fault` says whether it ends up without a publication.
    """

    file: str
    summary: str
    lines: Sequence[Line] = ()
    facts: Sequence[tuple[str, str]] = ()
    fault: bool = False


def write_explained(files: Sequence[str], out: TextIO) -> bool:
    """Write what was made of each file; returns whether one gave no publication.

    Raises ConfigurationError for a file that cannot be read from disk.
    """
    faults = False
    with PdfWorker() as pdf:
        for file in files:
            found = _explanation(file, pdf)
            _write(found, out)
            faults = faults or found.fault
    return faults


def _write(found: Explanation, out: TextIO) -> None:
    out.write(f"{printable(found.file)}: {found.summary}\n\n")
    for header, rows in ((HEADER, found.lines), (("fact", "value"), found.facts)):
        if rows:
            write_table(header, rows, out)
            out.write("\n")
    out.flush()


def _explanation(file: str, pdf: PdfWorker) -> Explanation:
    name = name_of(file)
    try:
        body = body_of(file)
        formaat, reading = read(body, read_pdf=pdf.read)
    except DocumentFault as fault:
        return Explanation(name, f"not read: {fault}", fault=True)
    try:
        found = understood(formaat, reading, lookup=lookup())
    except DocumentFault as fault:
        placed = sort_blocks(reading).placed
        summary = f"{formaat.value}, not understood: {fault}"
        return Explanation(name, summary, _lines(placed), fault=True)
    return Explanation(
        name,
        _summary(formaat, reading, found),
        _lines(found.placed),
        [*_facts(found.publicatie), *_signals(found.publicatie)],
    )


def _summary(formaat: Formaat, reading: Reading, found: Understood) -> str:
    return (
        f"{formaat.value}, read as {found.publicatie.soort.value}: "
        f"{len(reading.blocks)} blocks, {found.dekking:.2%} of the letters placed"
    )


def _lines(placed: Sequence[Placed]) -> list[Line]:
    return [
        (
            str(each.block.page or ""),
            each.block.kind.value,
            each.block.rule,
            _becomes(each),
            _shown(each.block.text, each.block.refs),
        )
        for each in placed
    ]


def _becomes(placed: Placed) -> str:
    """The part of the publication, in the words of its tables."""
    block = placed.block
    if placed.part is not None:
        return " ".join((placed.part.label.deel.value, *placed.part.label.nummers))
    if placed.stray:
        return "nothing: signaal tekst_buiten_blokken"
    if block.kind is Kind.NOTE:
        return f"noot {block.number or ''}".strip()
    return "kop" if block.kind is Kind.HEADING else "names and page furniture"


def _shown(text: str, refs: Sequence[str]) -> str:
    """Both ends of a text: wrong joins show there."""
    end = SHOWN // 3
    if len(text) > SHOWN + end + 5:
        text = f"{text[:SHOWN]} […] {text[-end:]}"
    marks = f" [noot {', '.join(refs)}]" if refs else ""
    return printable(text) + marks


def _facts(publicatie: Publicatie) -> Iterator[tuple[str, str]]:
    """What the heading and the furniture say, in the names of the JSON."""
    value = publicatie.as_json()
    for name in ("identifier", "zaaknummers", "onderwerp", "ingezonden", "ontvangen"):
        yield name, _text(value[name])
    for name in ("indieners", "gericht_aan", "bewindspersonen", "zie_ook"):
        for item in value[name]:
            said = ", ".join(f"{k} {_text(v)}" for k, v in item.items() if v)
            yield name, said


def _signals(publicatie: Publicatie) -> Iterator[tuple[str, str]]:
    for flag in publicatie.signalen:
        yield f"signaal {flag.code}", printable(flag.uitleg)


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return printable(", ".join(map(str, value))) or "-"
    return "-" if value is None else printable(str(value))
