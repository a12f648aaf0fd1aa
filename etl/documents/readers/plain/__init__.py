"""The plain text of a PDF, as an extractor leaves it, to blocks.

Without positions the evidence is thin: labels stand on lines of their own,
page feet have a fixed wording, and notes start a group of lines with their
number between a page's text and its foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl.documents.block import Block, Kind, Reading, letters
from etl.documents.functie import FUNCTIE
from etl.documents.kopzin import ANSWERS, BY, QUESTIONS
from etl.documents.label import parse_label
from etl.documents.readers.join import NOTE_COLUMN, Words, joined, words_of
from etl.documents.readers.plain.markers import possible, without_markers
from etl.documents.readers.plain.text_layer import signals_of
from etl.documents.readers.typed.text import is_typed, read_typed
from etl.documents.text import compose_loose, squeeze
from etl.errors import DocumentFault

FURNITURE = re.compile(
    r"""(?:Tweede|Eerste)\s*Kamer\s*der\s*Staten-Generaal\s*[12]?
    |(?:ISSN\s*0921\s*-\s*7398\s*)?(?:[’']s-Gravenhage\s*\d{4}\s*)?
      (?:Tweede|Eerste)\s*Kamer,\s*vergaderjaar\s*\d{4}[–-]\d{4},\s*
      (?:Aanhangsel|Vragen)(?:\s*van\s*de\s*Handelingen)?(?:\s*\d+)?
    |ISSN\s*0921\s*-\s*7398(?:\s*[’']s-Gravenhage\s*\d{4})?
    |[’']s-Gravenhage\s*\d{4}
    |Vergaderjaar\s*\d{4}[–-]\d{4}(?:\s*Aanhangsel\s*van\s*de\s*Handelingen)?
    |Vergaderjaar\s*\d{4}[–-]\d{4}\s*Vragen\s*gesteld\s*door\s*de\s*leden\s*der\s*Kamer
    |Aanhangsel\s*van\s*de\s*Handelingen
    |Vragen\s*gesteld\s*door\s*de\s*leden\s*der\s*Kamer,?\s*met\s*de\s*daarop\s*door\s*de
      (?:\s*regering\s*gegeven\s*antwoorden)?
    |regering\s*gegeven\s*antwoorden
    |(?:ah|kv)-(?:tk|ek)-[0-9A-Za-z-]+|ah-\d{3,}|[Kk][Vv][Rr]?\d{4,}|\d{4}Z\d{5}""",
    re.VERBOSE,
)
"""Lines of the page head and foot, whole lines only."""

_FOOT = re.compile(
    r"(?:Tweede|Eerste)\s*Kamer,\s*vergaderjaar\s*\d{4}[–-]\d{4},\s*"
    r"(?:Aanhangsel|Vragen)(?:\s*van\s*de\s*Handelingen)?\s*(?=\d)"
)
"""The foot of a page up to its number."""

HEAD = re.compile(
    rf"{QUESTIONS}\s*{BY}\s*|{ANSWERS}\s*(?:{BY}\s*|(?={FUNCTIE}))",
    re.IGNORECASE,
)
"""How the sentences of the heading begin."""

_TITLE = (
    "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven "
    "antwoorden"
)
_PROSE = 60
"""Letters: nothing that is printed above the heading is so long, but its title."""


def is_above(line: str) -> bool:
    """Whether a line before the heading can be part of the page head."""
    if len(line) < _PROSE or line in _TITLE:
        return True
    return sum(map(str.isalpha, FURNITURE.sub("", line))) < _PROSE


_COMPLETE = re.compile(
    r"\(\s*(?:ingezonden|ontvangen|medegedeeld)\b[^()]*\)\s*\.?$"
    r"|\bnrs?\.?\s*\d[\d,en ]*\.?$",
    re.IGNORECASE,
)
_MORE = re.compile(rf"{HEAD.pattern}|Zie\s*(?:ook|tevens|Aanhangsel)", re.IGNORECASE)


def in_heading(heading: Sequence[str], line: str) -> bool:
    """Whether a line before the first label belongs to the heading."""
    if not heading:
        return HEAD.match(line) is not None
    said = squeeze(" ".join(heading[-2:]))
    return _COMPLETE.search(said) is None or _MORE.match(line) is not None


_ADDITION = re.compile(r"Toelichting\b\s*:?\s*(?=Deze vragen\b)")
_HEAD_MARKER = re.compile(r"(?<=[a-zà-ÿ»”?!)])1(?=\s*\(\s*ingezonden)")

_AGAINST = re.compile(r"[A-ZÀ-Þ«‘“(]|https?:|www\.|(?:19|20)\d\d [A-Z]")
"""A note whose number stands against its text, as one way of extraction has all."""


_SMALL = re.compile(r"[a-z]{3}")


def _stands_against(line: str, number: str, text: re.Pattern[str]) -> bool:
    """Whether a line begins with a number and, without a blank, such a text."""
    return line.startswith(number) and text.match(line, len(number)) is not None


@dataclass(slots=True)
class _Sorted:
    """The lines of a text by what they are, body lines in reading order."""

    glued: bool
    furniture: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    notes: list[tuple[str, list[str]]] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)
    """The numbers seen as markers in the body so far."""

    def add_body(self, line: str) -> None:
        self.body.append(line)
        self.marked |= possible(squeeze(line))

    def note_in(self, line: str) -> str | None:
        """The number of the note that a line begins, if it does."""
        expected = len(self.notes) + 1
        if not self.glued:
            return str(expected) if self._is_next(line, str(expected)) else None
        for number in range(expected, expected + 3):
            if _stands_against(line, str(number), _AGAINST):
                return str(number)
        return str(expected) if _stands_against(line, str(expected), _SMALL) else None

    def _is_next(self, line: str, number: str) -> bool:
        rest = line.removeprefix(number)
        if rest == line or not rest.strip() or rest[0] in "0123456789.,)%":
            return False
        return number in self.marked

    def add_note(self, number: str, line: str) -> None:
        """Begin a note; one that was passed over begins inside the note before it."""
        while self.notes and int(number) > len(self.notes) + 1:
            missed = str(len(self.notes) + 1)
            last = self.notes[-1][1]
            at = next(
                (n for n, x in enumerate(last) if n and x.startswith(missed)), None
            )
            split = last[at:] if at else [missed]
            del last[at or len(last) :]
            self.notes.append((missed, [split[0][len(missed) :], *split[1:]]))
        self.notes.append((number, [line[len(number) :]]))


def read_plain_text(body: bytes) -> Reading:
    """The blocks of a PDF's plain text.

    Raises DocumentFault (`format_unknown`, `no_publication`) when the bytes are
    no text, or a text without heading and labels.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentFault(
            "format_unknown", "the bytes are neither XML, HTML, PDF nor UTF-8 text"
        ) from None
    typed = [compose_loose(line) for line in text.splitlines()]
    if is_typed(typed, FURNITURE):
        return read_typed(typed)
    lines = _page_ends(typed)
    if not HEAD.search(text) and not any(parse_label(squeeze(x)) for x in lines):
        raise DocumentFault("no_publication", "a text without question or answer")
    found = _sorted(lines)
    # Only a printed page has a head and a foot, and hyphens at the ends of lines.
    words = words_of(lines, run_together=any("Kamer" in x for x in found.furniture))
    signalen = tuple(signals_of(found.body))
    return Reading([*_blocks(found, words)], letters("".join(lines)), signalen)


def _page_ends(lines: Sequence[str]) -> list[str]:
    """Part a page foot from what an extractor set against it: the next page's start.

    The number in the foot counts the pages, so it tells where the foot ends.
    """
    parted: list[str] = []
    page = 1
    for line in lines:
        foot = _FOOT.search(line) if "vergaderjaar" in line else None
        if foot is None:
            parted.append(line)
            continue
        rest = line[foot.end() :].strip()
        if rest.isdecimal() and len(rest) < 4:
            # Whole as it stands, also where the feet of earlier pages were lost.
            parted.append(line)
            page = int(rest) + 1
            continue
        if not line.startswith(str(page), foot.end()):
            parted.append(line)
            continue
        end = foot.end() + len(str(page))
        page += 1
        ends = (line[: foot.start()], line[foot.start() : end], line[end:])
        parted += [end for end in ends if end.strip()]
    return parted


def _sorted(lines: Sequence[str]) -> _Sorted:
    """Tell heading, body, notes and furniture apart, line by line.

    A note starts where a line begins with the next note number, once that number
    was seen as a marker or where numbers stand against the text of notes; it ends
    at a blank line, a label, a page foot, or a line that starts with a blank (how
    extraction shows the top of a page).
    """
    found = _Sorted(any(_stands_against(line, "1", _AGAINST) for line in lines))
    in_note = labelled = False
    for line in lines:
        flat = squeeze(line)
        label = parse_label(flat) is not None
        if not flat:
            in_note = False
        elif FURNITURE.fullmatch(flat) and not label:
            in_note = False
            found.furniture.append(flat)
        elif label:
            in_note, labelled = False, True
            found.add_body(flat)
        elif not labelled and in_heading(found.heading, flat):
            found.heading.append(line)
        elif not labelled and not found.heading and is_above(flat):
            found.furniture.append(flat)
        elif (number := found.note_in(flat)) is not None:
            in_note = True
            found.add_note(number, flat)
        elif in_note and not line.startswith(" "):
            found.notes[-1][1].append(line)
        else:
            in_note = False
            found.add_body(line)
    return found


def _blocks(found: _Sorted, words: Words) -> Iterator[Block]:
    for line in found.furniture:
        if line:
            known = FURNITURE.fullmatch(line) is not None
            rule = "page foot wording" if known else "above the heading"
            yield Block(kind=Kind.FURNITURE, text=line, rule=rule)
    if found.heading:
        yield _heading(found, words)
    small = replace(words, column=NOTE_COLUMN)
    group: list[str] = []
    refs: list[str] = []
    for line, marked in without_markers(found.body, len(found.notes)):
        label = _label_of(line)
        if label:
            yield from _paragraph(group, refs, words)
            group, refs = [], []
            yield Block(kind=Kind.LABEL, text=label, rule="start of its line")
        text = line[len(label) :].lstrip() if label else line
        if text or not label:
            refs += marked
            _add(group, text, behind_marker=bool(marked))
    yield from _paragraph(group, refs, words)
    for number, lines in found.notes:
        text = joined(lines, small)
        yield Block(kind=Kind.NOTE, number=number, text=text, rule="next number")


def _label_of(line: str) -> str:
    """The label that a line is, or that stands before an explanation of questions."""
    if parse_label(line) is not None:
        return line
    typed = _ADDITION.match(line)
    return typed[0].rstrip() if typed else ""


def _heading(found: _Sorted, words: Words) -> Block:
    """The heading, where only the first note can be referred to: before its date."""
    text = joined(found.heading, words)
    refs: tuple[str, ...] = ()
    marked = _HEAD_MARKER.search(text)
    if marked and found.notes and "1" not in found.marked:
        text = text[: marked.start()] + text[marked.end() :]
        refs = ("1",)
    return Block(kind=Kind.HEADING, text=text, refs=refs, rule="heading wording")


def _add(group: list[str], text: str, *, behind_marker: bool) -> None:
    """Add a line; a comma behind a marker belongs to the word before the marker."""
    if behind_marker and group and text[:1] in tuple(",.;:?!)»"):
        group[-1] = group[-1].rstrip() + text
    else:
        group.append(text)


def _paragraph(
    lines: Sequence[str], refs: Sequence[str], words: Words
) -> Iterator[Block]:
    text = joined(lines, words)
    if text:
        yield Block(kind=Kind.PARAGRAPH, text=text, refs=tuple(refs))
