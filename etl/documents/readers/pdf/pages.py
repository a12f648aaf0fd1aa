"""The bytes of a PDF to lines: where pypdf is called, within its limits."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass, field

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import (
    DependencyError,
    FileNotDecryptedError,
    LimitReachedError,
    PyPdfError,
)

from etl.documents.readers.pdf.fonts import Fonts
from etl.documents.readers.pdf.lines import Line, build_lines
from etl.documents.readers.pdf.runs import Drawn, read_runs
from etl.documents.text import squeeze
from etl.errors import DocumentFault

MAX_PAGES = 1_000
_LIMITS = Configuration(
    zlib_maximum_output_length=20_000_000,
    lzw_maximum_output_length=20_000_000,
    run_length_maximum_output_length=20_000_000,
    array_based_stream_maximum_output_length=20_000_000,
    stream_parsing_work_maximum_count=1_500_000,
    jbig2dec_binary=None,
)
"""A page of these publications inflates to some 20 KB; images are never decoded."""

_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on broken files; found by flipping bytes."""


@dataclass(slots=True)
class Pages:
    """What all pages show: `lost` counts the letters that came into no line.

    `pictured` are the pages, from 1, of which one picture covers a fifth or more.
    """

    lines: list[Line] = field(default_factory=list)
    lost: int = 0
    pictured: set[int] = field(default_factory=set)

    def add(self, number: int, drawn: Drawn) -> None:
        """Add what was drawn on the page with this number."""
        self.lines += build_lines(number, drawn.runs)
        self.lost += drawn.lost
        if drawn.pictured:
            self.pictured.add(number)


def read_pages(body: bytes) -> Pages:
    """The lines of all pages, in the order in which they are drawn.

    Raises DocumentFault (`pdf_corrupt`, `pdf_encrypted`, `pdf_limits`).
    """
    try:
        with apply_configuration(_LIMITS):
            return _open(body)
    except LimitReachedError as error:
        raise DocumentFault("pdf_limits", squeeze(str(error))[:200]) from None
    except RecursionError:
        raise DocumentFault("pdf_limits", "objects nested too deeply") from None
    except (DependencyError, FileNotDecryptedError) as error:
        raise DocumentFault("pdf_encrypted", squeeze(str(error))[:200]) from None
    except _BROKEN as error:
        reason = f"{type(error).__name__}: {squeeze(str(error))[:200]}"
        raise DocumentFault("pdf_corrupt", reason) from None


def _open(body: bytes) -> Pages:
    if b"%%EOF" not in body.rstrip(b"\x00\t\n\f\r ")[-1024:]:
        raise DocumentFault("pdf_corrupt", "cut off: no %%EOF in the last 1,024 bytes")
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentFault("pdf_encrypted", "the PDF asks for a password")
    if len(reader.pages) > MAX_PAGES:
        raise DocumentFault("pdf_limits", f"over {MAX_PAGES} pages")
    fonts, pages = Fonts(), Pages()
    for number, page in enumerate(reader.pages, start=1):
        pages.add(number, read_runs(page, fonts))
    return pages
