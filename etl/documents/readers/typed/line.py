"""What the readers of loose text (Word, OpenDocument, typed text) hand on: lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.documents.block import Block, Kind
from etl.documents.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as typed: a paragraph, or a piece of one between two line breaks.

    `marker` is the number or bullet that the program prints before it, which is no
    part of `text`; lines of one list level share `series`. `joins` says that it goes
    on in the paragraph of the line before. `number` is that of a real note.
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    marker: str = ""
    series: str = ""
    joins: bool = False
    refs: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    number: str | None = None
    rule: str = ""

    @property
    def shown(self) -> str:
        """The line as printed, with its marker."""
        return f"{self.marker} {self.text}".strip()

    def block(self, kind: Kind | None = None, rule: str = "") -> Block:
        """The block that it is, of its own kind unless another one is known."""
        return Block(
            kind=kind or self.kind,
            text=self.shown,
            refs=self.refs,
            urls=self.urls,
            number=self.number,
            rule=rule or self.rule,
        )


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a note, in the running text of a reader; Word prints `number`."""

    number: str


BREAK = "\n"
"""A line break in the pieces of a paragraph."""


def lines_of(
    pieces: Iterable[str | Ref],
    *,
    kind: Kind = Kind.PARAGRAPH,
    marker: str = "",
    series: str = "",
    urls: tuple[str, ...] = (),
    rule: str = "",
) -> list[Line]:
    """The lines of one paragraph from its texts and note references, in order."""
    texts: list[list[str]] = [[]]
    refs: list[list[str]] = [[]]
    for piece in pieces:
        if isinstance(piece, Ref):
            refs[-1].append(piece.number)
            continue
        first, *rest = piece.split(BREAK)
        texts[-1].append(first)
        for more in rest:
            texts.append([more])
            refs.append([])
    found: list[Line] = []
    for parts, numbers in zip(texts, refs, strict=True):
        text = squeeze("".join(parts))
        if not (text or numbers or (marker and not found)):
            continue
        found.append(
            Line(
                text=text,
                kind=kind,
                marker="" if found else marker,
                series="" if found else series,
                joins=bool(found),
                refs=tuple(numbers),
                urls=urls,
                rule=rule,
            )
        )
    return found
