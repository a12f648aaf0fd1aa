"""The plain text of a PDF, as an extractor leaves it, to blocks.

Without positions the evidence is thin: labels stand on lines of their own,
page feet have a fixed wording, and notes start a group of lines with their
number between a page's text and its foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl.documents.block import Block, Kind
from etl.documents.join import Words, joined, words_of
from etl.documents.label import parse_label
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

HEAD = re.compile(
    r"(?:(?:Mondelinge|Schriftelijke|Nadere|Aanvullende)\s+)?(?:Vragen|Vraag)\s*van\s*"
    r"|(?:Nader(?:e)?\s+)?(?:Antwoord|Mededeling)\s*van\s*",
    re.IGNORECASE,
)
"""How the sentences of the heading begin."""

_LONE = re.compile(r"\d{1,3}(?:[ ,]+\d{1,3})*")
_ATTACHED = re.compile(r"(?<=[^\W\d_]|[?!.,;:»)”’\]])(\d{1,3})(?![\w%€]|[.,]\d)")
_LEADING = re.compile(r"(\d{1,3})(?=[\s.,;:?!»)])\s*")
_CAPITALS = re.compile(r"\b[A-Z]{1,4}$")


@dataclass(slots=True)
class _Sorted:
    """The lines of a text by what they are, body lines in reading order."""

    furniture: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    notes: list[tuple[str, list[str]]] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)
    """The numbers seen as markers in the body so far."""

    def add_body(self, line: str) -> None:
        self.body.append(line)
        self.marked |= _marks(squeeze(line))


def read_tekst(body: bytes) -> Iterator[Block]:
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
    lines = [compose_loose(line) for line in text.splitlines()]
    if not HEAD.search(text) and not any(parse_label(squeeze(x)) for x in lines):
        raise DocumentFault("no_publication", "a text without question or answer")
    return _blocks(_sorted(lines), words_of(lines))


def _sorted(lines: Sequence[str]) -> _Sorted:
    """Tell heading, body, notes and furniture apart, line by line.

    A note starts where a line begins with the next note number, once that number
    was seen as a marker; it ends at a blank line, a label, a page foot, or a line
    that starts with a blank (how extraction shows the top of a page).
    """
    found = _Sorted()
    in_note = labelled = False
    for line in lines:
        flat = squeeze(line)
        expected = str(len(found.notes) + 1)
        label = parse_label(flat) is not None
        if not flat:
            in_note = False
        elif FURNITURE.fullmatch(flat) and not label:
            in_note = False
            found.furniture.append(flat)
        elif label:
            in_note, labelled = False, True
            found.add_body(flat)
        elif not labelled and (found.heading or HEAD.match(flat)):
            found.heading.append(line)
        elif not labelled:
            found.furniture.append(flat)
        elif _starts_note(flat, expected, found.marked):
            in_note = True
            found.notes.append((expected, [flat[len(expected) :]]))
        elif in_note and not line.startswith(" "):
            found.notes[-1][1].append(line)
        else:
            in_note = False
            found.add_body(line)
    return found


def _starts_note(line: str, number: str, marked: set[str]) -> bool:
    rest = line.removeprefix(number)
    if rest == line or not rest.strip() or rest[0] in "0123456789.,)%":
        return False
    return number in marked


def _marks(line: str) -> set[str]:
    """The numbers that a line may refer to."""
    if _LONE.fullmatch(line):
        return set(re.findall(r"\d+", line))
    found = {match[1] for match in _ATTACHED.finditer(line)}
    leading = _LEADING.match(line)
    return found | {leading[1]} if leading else found


def _blocks(found: _Sorted, words: Words) -> Iterator[Block]:
    for line in found.furniture:
        if line:
            yield Block(kind=Kind.FURNITURE, text=line)
    if found.heading:
        yield Block(kind=Kind.HEADING, text=joined(found.heading, words))
    markers = _Markers(len(found.notes))
    group: list[str] = []
    refs: list[str] = []
    for line in found.body:
        if parse_label(line) is None:
            text, marked = markers.taken(line, group[-1] if group else "")
            refs += marked
            group.append(text)
        else:
            yield from _paragraph(group, refs, words)
            group, refs = [], []
            yield Block(kind=Kind.LABEL, text=line)
    yield from _paragraph(group, refs, words)
    for number, lines in found.notes:
        yield Block(kind=Kind.NOTE, number=number, text=joined(lines, words))


def _paragraph(
    lines: Sequence[str], refs: Sequence[str], words: Words
) -> Iterator[Block]:
    text = joined(lines, words)
    if text:
        yield Block(kind=Kind.PARAGRAPH, text=text, refs=tuple(refs))


@dataclass(slots=True)
class _Markers:
    """Takes note markers out of body lines; they come in order: only the next fits."""

    count: int
    last: int = 0

    def taken(self, line: str, before: str) -> tuple[str, list[str]]:
        """The line without its markers, and their numbers."""
        flat = line.strip()
        if _LONE.fullmatch(flat) and self._fits(flat):
            refs = re.findall(r"\d+", flat)
            self.last = int(refs[-1])
            return "", refs
        refs = []
        leading = _LEADING.match(flat)
        broken = not before.rstrip().endswith((".", ":", ";")) or flat[1:2] != "."
        if leading and before and broken and self._fits(leading[1]):
            self.last = int(leading[1])
            refs.append(leading[1])
            flat = flat[leading.end() :]

        def drop(found: re.Match[str]) -> str:
            if not self._fits(found[1]) or _CAPITALS.search(flat[: found.start()]):
                return found[0]
            self.last = int(found[1])
            refs.append(found[1])
            return ""

        return _ATTACHED.sub(drop, flat), refs

    def _fits(self, text: str) -> bool:
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        return numbers[0] == self.last + 1 and numbers[-1] <= self.count
