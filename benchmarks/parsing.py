"""Bytes to publication, beside the bare library that reads the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml import etree, html
from pypdf import PdfReader

from benchmarks.material import LARGE, bodies, xml_documents
from benchmarks.measure import Result, Spent, best, each
from etl.documents import Reader, understand
from etl.documents.block import Reading
from etl.documents.readers.pdf import read_pdf
from etl.documents.readers.pdf.worker import PdfWorker
from etl.lookup import lookup

ROUNDS = 3


def results(documents: int) -> Iterator[Result]:
    """XML, HTML and PDF."""
    yield from xml(documents)
    yield from page(documents)
    yield from pdf(max(50, documents // 4))


def xml(documents: int) -> Iterator[Result]:
    """Modern XML of about 30 KB."""
    texts = [text for _, text in xml_documents(documents, LARGE)]
    size = sum(map(len, texts)) / len(texts) / 1024
    ours = best(ROUNDS, lambda: each(ours_with(no_pdf), texts))
    bare = best(ROUNDS, lambda: each(etree.fromstring, texts))
    name = f"xml, {size:.0f} KB"
    yield Result.at_least(name, documents / ours.cpu, "documents/s", 500)
    yield Result(f"{name}: bare lxml", documents / bare.cpu, "documents/s")


def page(documents: int) -> Iterator[Result]:
    """The publisher's HTML page."""
    texts = bodies("html") * documents
    ours = best(ROUNDS, lambda: each(ours_with(no_pdf), texts))
    bare = best(ROUNDS, lambda: each(html.document_fromstring, texts))
    name = f"html, {len(texts[0]) / 1024:.0f} KB"
    yield Result(name, len(texts) / ours.cpu, "documents/s")
    yield Result(f"{name}: bare lxml", len(texts) / bare.cpu, "documents/s")


def pdf(documents: int) -> Iterator[Result]:
    """The shipped PDFs, each as often as it takes."""
    shipped = bodies("pdf")
    texts = (shipped * (documents // len(shipped) + 1))[:documents]
    # In turn, so that a busy moment of the machine hits both.
    pairs = [
        (each(ours_with(read_pdf), texts), each(bare_pdf, texts)) for _ in range(ROUNDS)
    ]
    ours, bare = least(pair[0] for pair in pairs), least(pair[1] for pair in pairs)
    name = f"pdf, {documents} readings"
    yield Result(name, documents / ours.cpu, "documents/s")
    yield Result(f"{name}: bare pypdf", documents / bare.cpu, "documents/s")
    yield Result.at_most("pdf: CPU beside pypdf", ours.cpu / bare.cpu, "times", 1.5)
    with PdfWorker() as worker:
        worker.read(texts[0])
        isolated = each(ours_with(worker.read), texts)
    yield Result(f"{name}, isolated", documents / isolated.wall, "documents/s")


def ours_with(reader: Reader) -> Reader:
    """`understand` as a function of the bytes alone, its result thrown away."""

    def work(text: bytes) -> Reading:
        understand(text, read_pdf=reader, lookup=lookup())
        return Reading((), 0)

    return work


def no_pdf(body: bytes) -> Reading:
    """Stands in where no PDF is read."""
    raise AssertionError(f"a PDF of {len(body)} bytes among XML or HTML")


def bare_pdf(body: bytes) -> None:
    """The text of every page, as pypdf gives it."""
    for each_page in PdfReader(BytesIO(body)).pages:
        each_page.extract_text()


def least(rounds: Iterable[Spent]) -> Spent:
    """The round with the least CPU."""
    return min(rounds, key=lambda spent: spent.cpu)
