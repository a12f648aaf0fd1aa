"""Bytes to publication. Pure: no network, clock, environment or database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from etl.documents.block import Reading
from etl.documents.formaat import formaat_of
from etl.documents.grammar.dekking import dekking
from etl.documents.grammar.kamervragen import parse_publicatie
from etl.documents.grammar.normalise import normalised
from etl.documents.grammar.parts import Placed, sort_blocks
from etl.documents.readers.html import read_html
from etl.documents.readers.plain import read_plain_text
from etl.documents.readers.word.docx import read_docx
from etl.documents.readers.word.odt import read_odt
from etl.documents.readers.xml import read_xml
from etl.model.lookup import Lookup
from etl.model.publicatie import Publicatie
from etl.model.record import Formaat

PARSER = "3"
"""Raised with every change that can alter what a document is read as."""

Reader = Callable[[bytes], Reading]

READERS: dict[Formaat, Reader] = {
    Formaat.XML: read_xml,
    Formaat.HTML: read_html,
    Formaat.DOCX: read_docx,
    Formaat.ODT: read_odt,
    Formaat.TEKST: read_plain_text,
}
"""The readers that run in this process; PDF has a worker of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A publication and the form it was read from.

    `dekking` is the share (0 to 1) of the document's letters that came into the
    publication, its heading, or what is known as page furniture. `placed` tells
    block by block how it was understood.
    """

    publicatie: Publicatie
    formaat: Formaat
    dekking: float = 1.0
    placed: Sequence[Placed] = ()


def understand(
    body: bytes, *, read_pdf: Reader, lookup: Lookup | None = None
) -> Understood:
    """Read a publication from its bytes alone; the form is found from them too.

    `read_pdf` is `PdfWorker.read`, or `read_pdf` itself where the bytes can be
    trusted. With `lookup` printed names get their normal form beside them. Raises
    DocumentFault.
    """
    formaat, reading = read(body, read_pdf=read_pdf)
    return understood(formaat, reading, lookup=lookup)


def understood(
    formaat: Formaat, reading: Reading, *, lookup: Lookup | None = None
) -> Understood:
    """As `understand`, from what `read` gave. Raises DocumentFault `no_publication`."""
    parts = sort_blocks(reading)
    publicatie = parse_publicatie(parts)
    if lookup is not None:
        publicatie = normalised(publicatie, lookup)
    share, flags = dekking(parts, reading, publicatie)
    flags = [*reading.signalen, *flags]
    if flags:
        publicatie = replace(publicatie, signalen=(*publicatie.signalen, *flags))
    return Understood(
        publicatie=publicatie, formaat=formaat, dekking=share, placed=parts.placed
    )


def read(body: bytes, *, read_pdf: Reader) -> tuple[Formaat, Reading]:
    """The form of a body and its blocks, not understood yet. Raises DocumentFault."""
    formaat = formaat_of(body)
    reader = read_pdf if formaat is Formaat.PDF else READERS[formaat]
    return formaat, reader(body)
