"""Small PDFs set like the publisher's: one column, notes at the bottom, a foot."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any

COLUMN = 221.0
TOP = 771.0
BOTTOM = 148.0


@dataclass(frozen=True)
class Shift:
    """Letters set smaller than the line and above or below it."""

    text: str
    rise: float


def up(text: str) -> Shift:
    """As a note marker or an exponent."""
    return Shift(text, 0.37)


def down(text: str) -> Shift:
    """As the 2 of CO₂."""
    return Shift(text, -0.15)


Piece = str | Shift
Text = Piece | tuple[Piece, ...]


@dataclass
class Typesetter:
    """Sets lines down the column; lengths in points, `leading` in letter sizes."""

    tagged: bool = True
    size: float = 8.5
    leading: float = 1.12
    identifier: str = "ah-tk-20232024-1999"
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = TOP
    foot_y: float = BOTTOM
    _contents: int = 0

    def head(self, *answer: str) -> Typesetter:
        """The first page's head and the heading; `answer` replaces its lines."""
        _, kamer, jaar, nummer = self.identifier.split("-")
        name = "Tweede" if kamer == "tk" else "Eerste"
        year = f"{jaar[:4]}–{jaar[4:]}"
        self.put(55, 740, f"{name} Kamer der Staten-Generaal", 51, "Artifact")
        self.put(55, 705, f"Vergaderjaar {year} Aanhangsel van de Handelingen", 10, "")
        lines = [
            "Vragen gesteld door de leden der Kamer, met de daarop door de",
            "regering gegeven antwoorden",
        ]
        self.put(COLUMN, 649, lines[0], 9.1, "P")
        self.put(COLUMN, 639, lines[1], 9.1, "P")
        self.put(COLUMN, 538, nummer, 12.8, "")
        self.y = 509 + self.leading * self.size
        self.text(
            "Vragen van het lid Podt (D66) aan de Minister van Financiën over",
            "geld (ingezonden 30 mei 2024).",
        )
        self.y -= 5
        self.text(
            *answer
            or (
                "Antwoord van Minister Hoekstra (Financiën) (ontvangen",
                "7 juni 2024).",
            )
        )
        return self

    def label(self, *lines: Text) -> Typesetter:
        self.gap()
        return self._lines(lines, "H")

    def text(self, *lines: Text) -> Typesetter:
        return self._lines(lines, "P")

    def rows(self, *rows: tuple[str, ...], step: float = 80.0) -> Typesetter:
        """Table rows, a cell every `step` points."""
        for cells in rows:
            self._down()
            for place, cell in enumerate(cells):
                self.put(COLUMN + place * step, self.y, cell, self.size, "TD")
        return self

    def notes(self, *notes: tuple[str, ...]) -> Typesetter:
        """Each a number and its lines, from the bottom of the page upwards set."""
        step = self.size * 1.06
        y = BOTTOM + step * (sum(len(note) - 1 for note in notes) - 1)
        for number, first, *more in notes:
            small = 0.81 * self.size
            ops = [
                self._font(small * 0.7),
                f"1 0 0 1 {COLUMN:.2f} {y + 2.5:.2f} Tm ({_escaped(number)}) Tj",
                self._font(small),
                f"1 0 0 1 {COLUMN + 6:.2f} {y:.2f} Tm ({_escaped(first)}) Tj",
            ]
            for line in more:
                y -= step
                ops.append(f"1 0 0 1 {COLUMN + 6:.2f} {y:.2f} Tm ({_escaped(line)}) Tj")
            self._operate(ops, "Note")
            y -= step
        return self

    def foot(self) -> Typesetter:
        """The page's foot; the first one carries the identifier."""
        _, kamer, jaar, _ = self.identifier.split("-")
        name = "Tweede" if kamer == "tk" else "Eerste"
        year = f"{jaar[:4]}–{jaar[4:]}"
        if len(self.pages) == 1:
            self.put(55, 82, self.identifier, 5.9, "")
            self.put(55, 76, "ISSN 0921 - 7398", 5.9, "")
        text = f"{name} Kamer, vergaderjaar {year}, Aanhangsel {len(self.pages)}"
        self.put(310, 69, text, 9.1, "Artifact")
        return self

    def page(self) -> Typesetter:
        """A new page, its cursor at the top."""
        self.pages.append([])
        self.y = TOP + self.leading * self.size
        return self

    def gap(self, size: float = 1.13) -> Typesetter:
        """White of some letter sizes, as before a label."""
        self.y -= size * self.size
        return self

    def put(self, x: float, y: float, text: Piece, size: float, tag: str) -> Typesetter:
        """A text at a place of its own."""
        ops = [f"1 0 0 1 {x:.2f} {y:.2f} Tm", *self._shown((text,), size)]
        self._operate(ops, tag)
        return self

    def raw(self, operators: str) -> Typesetter:
        """Operators as they are."""
        self.pages[-1].append(operators)
        return self

    def pdf(self, **options: Any) -> bytes:
        """The file."""
        return build(["\n".join(page) for page in self.pages], **options)

    def _lines(self, lines: tuple[Text, ...], tag: str) -> Typesetter:
        ops = []
        for line in lines:
            self._down()
            ops.append(f"1 0 0 1 {COLUMN:.2f} {self.y:.2f} Tm")
            ops += self._shown(line if isinstance(line, tuple) else (line,), self.size)
        self._operate(ops, tag)
        return self

    def _down(self) -> None:
        self.y -= self.leading * self.size

    def _shown(self, pieces: tuple[Piece, ...], size: float) -> list[str]:
        ops = []
        for piece in pieces:
            if isinstance(piece, Shift):
                ops.append(self._font(0.6 * size))
                ops.append(
                    f"{piece.rise * size:.2f} Ts ({_escaped(piece.text)}) Tj 0 Ts"
                )
            else:
                ops.append(f"{self._font(size)} ({_escaped(piece)}) Tj")
        return ops

    def _operate(self, ops: list[str], tag: str) -> None:
        body = "BT\n" + "\n".join(ops) + "\nET"
        if self.tagged and tag:
            self._contents += 1
            body = f"/{tag} <</MCID {self._contents}>> BDC\n{body}\nEMC"
        self.pages[-1].append(body)

    @staticmethod
    def _font(size: float) -> str:
        return f"/F1 {size:.2f} Tf"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def build(
    pages: list[str],
    *,
    xobjects: str = "",
    extra: tuple[str | bytes, ...] = (),
    compress: bool = False,
    page_entries: str = "",
) -> bytes:
    """A PDF of content streams. `extra` objects are numbered from 4 on."""
    first = 4 + len(extra)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects: list[bytes] = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>".encode(),
        (
            b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica"
            b" /Encoding /WinAnsiEncoding>>"
        ),
        *(part.encode("cp1252") if isinstance(part, str) else part for part in extra),
    ]
    for number, page in enumerate(pages):
        content = page.encode("cp1252")
        packed = zlib.compress(content) if compress else content
        flate = " /Filter /FlateDecode" if compress else ""
        objects.append(
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page_entries} "
            f"/Resources <</Font "
            f"<</F1 3 0 R>> /XObject <<{xobjects}>>>> /Contents "
            f"{first + 2 * number + 1} 0 R>>".encode()
        )
        objects.append(stream(packed, flate))
    return assemble(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object."""
    start = f"<</Length {len(content)}{entries}>>\nstream\n".encode()
    return start + content + b"\nendstream"


def assemble(objects: list[bytes]) -> bytes:
    """Objects numbered from 1, with a table of where they stand."""
    body, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {len(objects) + 1} /Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    )
    return body + trailer.encode()
