"""Bytes to publication. Pure: no network, clock, environment or database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from etl.documents.block import Block
from etl.documents.formaat import formaat_of
from etl.documents.html import read_html
from etl.documents.kamervragen import parse_publicatie
from etl.documents.plain_text import read_plain_text
from etl.documents.xml import read_xml
from etl.model.publicatie import Publicatie
from etl.model.record import Formaat

PARSER = "1"
"""Raised with every change that can alter what a document is read as."""

Reader = Callable[[bytes], Iterable[Block]]

READERS: dict[Formaat, Reader] = {
    Formaat.XML: read_xml,
    Formaat.HTML: read_html,
    Formaat.TEKST: read_plain_text,
}
"""The readers that run in this process; PDF has a worker of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A publication and the form it was read from."""

    publicatie: Publicatie
    formaat: Formaat


def understand(body: bytes, *, read_pdf: Reader) -> Understood:
    """Read a publication from its bytes alone; the form is found from them too.

    `read_pdf` is `PdfWorker.read`, or `read_pdf` itself where the bytes can be
    trusted. Raises DocumentFault.
    """
    formaat = formaat_of(body)
    reader = read_pdf if formaat is Formaat.PDF else READERS[formaat]
    return Understood(publicatie=parse_publicatie(reader(body)), formaat=formaat)
