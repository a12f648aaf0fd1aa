"""PDF to blocks: letter size, position and tags part notes, labels and page feet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from etl.documents.block import Block, Kind, Reading, letters
from etl.documents.label import parse_label
from etl.documents.readers.join import Words, joined, words_of
from etl.documents.readers.pdf.lines import Line, Markers, body_size
from etl.documents.readers.pdf.pages import Pages, read_pages
from etl.documents.readers.plain import FURNITURE, in_heading, is_above
from etl.documents.readers.plain.text_layer import signals_of
from etl.documents.text import squeeze
from etl.errors import DocumentFault
from etl.model.publicatie import Signaal
from etl.model.signaal import signaal

MIN_LETTERS = 40
"""Fewer letters than this beside heads and feet is a scan or a bomb."""

_SHORT = 5_000
"""Letters: who has more holds a text; 100 page feet have fewer."""

_SMALL = 0.92
_PARAGRAPH_GAP = 1.5
"""In letter sizes: within a paragraph lines are 1.12 apart, between blocks 2.25."""

_ITEM = re.compile(r"(?:[•·▪●○◦–—-]|\d{1,2}[.)]|[a-z][.)])\s+\S")
_PLAIN_NUMBER = re.compile(r"(\d{1,3})[.)]?\s+(?=\S)")
_TABLE = frozenset(("/TR", "/TD", "/TH"))
_PROSE = frozenset((Kind.PARAGRAPH, Kind.LIST_ITEM))


def read_pdf(body: bytes) -> Reading:
    """The blocks of a PDF in reading order, notes where they are printed.

    Hostile bytes can cost seconds and hundreds of megabytes here: call it
    through `PdfWorker`. Raises DocumentFault (`pdf_corrupt`, `pdf_encrypted`,
    `pdf_no_text`, `pdf_limits`, `no_publication`).
    """
    pages = read_pages(body)
    shown = sum(letters(squeeze(line.unraised)) for line in pages.lines)
    if shown < _SHORT and _is_empty(pages.lines):
        raise DocumentFault("pdf_no_text", "the PDF holds no text: a scan?")
    blocks = [*_blocks(pages.lines)]
    return Reading(blocks, shown + pages.lost, (*_signals(pages, blocks),))


def _is_empty(lines: Sequence[Line]) -> bool:
    """Whether there is nothing to read but heads and feet."""
    read = sum(len(line.text) for line in lines if not _is_furniture(line))
    return read < MIN_LETTERS


def _signals(pages: Pages, blocks: Sequence[Block]) -> Iterator[Signaal]:
    """Flags for pages that are pictures, and for text that cannot be trusted."""
    yield from signals_of([block.text for block in blocks if block.kind in _PROSE])
    if not pages.pictured:
        return
    read = {line.page for line in pages.lines if not _is_furniture(line)}
    silent = sorted(pages.pictured - read)
    if silent:
        yield signaal(
            "tekstlaag_onvolledig", f"bladzijde {', '.join(map(str, silent))}"
        )


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    size = body_size(lines)
    sorted_ = _Sorter(size)
    for line in lines:
        sorted_.add(line)
    words = words_of(line.text for line in lines)
    right = max((line.end for line in sorted_.body), default=0.0)
    for line in sorted_.body:
        line.raise_alone(size)
    markers = Markers.of(
        (number for number, _ in sorted_.notes), [*sorted_.heading, *sorted_.body]
    )
    yield from map(_furniture, sorted_.furniture)
    if sorted_.heading:
        yield _heading(sorted_.heading, markers, words)
    for group in _paragraphs(sorted_.body):
        yield _block(group, markers, words, right)
    for number, note in sorted_.notes:
        edge = max(
            (line.end for _, all_ in sorted_.notes for line in all_), default=right
        )
        text = _prose([(line, text) for line, text in _note_texts(note)], words, edge)
        rule = "raised number" if note[0].number else "small print, next number"
        page = note[0].page
        yield Block(kind=Kind.NOTE, text=text, number=number, page=page, rule=rule)


def _heading(lines: Sequence[Line], markers: Markers, words: Words) -> Block:
    taken = [markers.taken(line) for line in lines]
    return Block(
        kind=Kind.HEADING,
        text=joined([text for text, _ in taken], words),
        refs=tuple(ref for _, found in taken for ref in found),
        page=lines[0].page,
        rule="heading wording",
    )


def _furniture(line: Line) -> Block:
    rule = "above the heading"
    if line.tag == "/Artifact":
        rule = "tag /Artifact"
    elif FURNITURE.fullmatch(squeeze(line.text)):
        rule = "page foot wording"
    text = squeeze(line.text)
    return Block(kind=Kind.FURNITURE, text=text, page=line.page, rule=rule)


class _Sorter:
    """Puts each line with the heading, the body, a note or the furniture."""

    def __init__(self, size: float) -> None:
        self.furniture: list[Line] = []
        self.heading: list[Line] = []
        self.body: list[Line] = []
        self.notes: list[tuple[str, list[Line]]] = []
        self._size = size
        self._in_note = False
        self._labelled = False
        self._raised = False

    def add(self, line: Line) -> None:
        """Sort one line; lines come in the order in which they are set."""
        text = squeeze(line.text)
        if not text:
            return
        if _is_furniture(line):
            self._in_note = False
            self.furniture.append(line)
        elif self._is_note(line, text):
            self._in_note = True
        elif self._is_label(line, text):
            self._in_note, self._labelled = False, True
            self.body.append(line)
        elif not self._labelled and in_heading([x.text for x in self.heading], text):
            self.heading.append(line)
        elif not (self._labelled or self.heading) and is_above(text):
            self.furniture.append(line)
        else:
            self._in_note = False
            self.body.append(line)

    def _is_note(self, line: Line, text: str) -> bool:
        """Small print that starts with the next number, or goes on from such a line."""
        if line.size > _SMALL * self._size or line.tag in _TABLE:
            return False
        number = self._number(line, text)
        if number is not None:
            self.notes.append((number, [line]))
        elif self.notes and self._is_more(line):
            self.notes[-1][1].append(line)
        else:
            return False
        return True

    def _is_more(self, line: Line) -> bool:
        """Whether small print goes on the last note; a tag may say that it does not."""
        if line.tag:
            return line.tag == "/Note" or (self._in_note and line.tag != "/P")
        return self._in_note or self._goes_on(line)

    def _goes_on(self, line: Line) -> bool:
        """Whether untagged small print goes on a note of the page before."""
        apart = line.gap is not None and line.gap > _PARAGRAPH_GAP * self._size
        return apart and self.notes[-1][1][-1].page == line.page - 1

    def _number(self, line: Line, text: str) -> str | None:
        if line.number is not None and line.number.isdigit():
            self._raised = True
            return line.number
        if self._raised:
            # Then a plain number begins a line of a note: "2 oktober 2022".
            return None
        plain = _PLAIN_NUMBER.match(text)
        expected = str(len(self.notes) + 1)
        low = line.tag == "/Note" or (self._in_note and line.tag != "/P")
        return expected if plain and plain[1] == expected and low else None

    def _is_label(self, line: Line, text: str) -> bool:
        """A label stands alone: tagged a heading, behind a gap, or first on a page."""
        behind = line.gap is None or line.gap > _PARAGRAPH_GAP * line.size
        if parse_label(text) is None:
            untagged = not line.tag and behind and text.endswith((",", " en"))
            return (line.tag.startswith("/H") or untagged) and _opens(text)
        return line.tag.startswith("/H") or behind or not self._labelled


def _is_furniture(line: Line) -> bool:
    return (
        line.tag == "/Artifact" or FURNITURE.fullmatch(squeeze(line.text)) is not None
    )


def _opens(text: str) -> bool:
    """A heading that starts like a label: its numbers run on over the line's end."""
    return (
        re.match(r"(?:Vraag|Vragen|Antwoord(?:en)?)\s+\d+[\d,a-z\s/]*$", text)
        is not None
    )


def _goes_on(label: str, text: str) -> bool:
    """Whether more numbers of a label stand in the next line: "Vraag 3, 4", "en 5"."""
    return text.startswith(("en ", "t/m ", ", ")) or label.endswith((",", " en"))


def _paragraphs(body: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines in groups that are one label, table row, list item or paragraph."""
    group: list[Line] = []
    for line in body:
        if group and _starts_group(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _starts_group(group: Sequence[Line], line: Line) -> bool:
    last = group[-1]
    text, before = squeeze(line.text), squeeze(" ".join(part.text for part in group))
    if last.tag.startswith("/H") and line.content == last.content:
        return (
            parse_label(before) is not None and parse_label(f"{before} {text}") is None
        )
    if parse_label(before) is not None:
        whole = parse_label(f"{before} {text}") is not None
        return bool(line.tag) or not (whole and _goes_on(before, text))
    if line.tag in _TABLE or last.tag in _TABLE:
        return line.content != last.content
    if parse_label(text) is not None and (
        line.tag.startswith("/H")
        or line.gap is None
        or line.gap > _PARAGRAPH_GAP * line.size
    ):
        return True
    if line.gap is not None and line.gap > _PARAGRAPH_GAP * max(line.size, last.size):
        return line.page == last.page
    return _ITEM.match(text) is not None and line.page == last.page


def _block(
    group: Sequence[Line], markers: Markers, words: Words, right: float
) -> Block:
    taken = [markers.taken(line) for line in group]
    refs = tuple(ref for _, found in taken for ref in found)
    text = _prose(
        [(line, t) for line, (t, _) in zip(group, taken, strict=True)], words, right
    )
    kind, rule = _kind(group[0], text)
    return Block(kind=kind, text=text, refs=refs, page=group[0].page, rule=rule)


def _kind(line: Line, text: str) -> tuple[Kind, str]:
    """What a group of lines is, and by what evidence; `line` is its first."""
    if parse_label(text) is not None:
        if line.tag.startswith("/H"):
            return Kind.LABEL, f"tag {line.tag}"
        return Kind.LABEL, "top of page" if line.gap is None else "gap above"
    if line.tag in _TABLE:
        return Kind.TABLE_ROW, f"tag {line.tag}"
    if found := _ITEM.match(text):
        return Kind.LIST_ITEM, f"sign {found[0].split()[0]}"
    return Kind.PARAGRAPH, f"tag {line.tag}" if line.tag else "body size"


def _note_texts(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    for place, line in enumerate(lines):
        if place == 0:
            number = line.number
            yield (
                line,
                line.rest if number else _PLAIN_NUMBER.sub("", line.text, count=1),
            )
        else:
            yield line, line.text


def _prose(lines: Iterable[tuple[Line, str]], words: Words, right: float) -> str:
    """Join the lines; an address is only broken where the line was full."""
    numbered = [(line, text) for line, text in lines]
    pieces: list[list[str]] = [[]]
    for line, text in numbered:
        pieces[-1].append(text)
        room = right - line.end > 0.3 * (right - line.x)
        if room and not text.rstrip().endswith(("-", "://")):
            pieces.append([])
    return " ".join(filter(None, (joined(piece, words) for piece in pieces)))
