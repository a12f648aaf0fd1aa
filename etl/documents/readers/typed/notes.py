"""Notes that were typed: "1)" in the text, and "1) Kamerstuk …" at the end.

A list looks the same. Its items are not pointed at from the text above them; notes are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from etl.documents.block import Block, Kind
from etl.documents.label import parse_label
from etl.documents.readers.typed.line import Line

_STYLES = {
    ")": (
        re.compile(r"(\d{1,3})\)\s*(?=\S)"),
        re.compile(r"(?<![\d(/.,-])(\d{1,3})\)"),
    ),
    "[]": (re.compile(r"\[(\d{1,3})\]\s*(?=\S)"), re.compile(r"\[(\d{1,3})\]")),
    "()": (re.compile(r"\((\d{1,3})\)\s*(?=\S)"), re.compile(r"\((\d{1,3})\)")),
}
"""How a note begins, and how the text points at it, in each style of brackets."""

_BEGINS = re.compile(r"\s*(?:https?:|[A-ZÀ-Þ])")
_AFTER = re.compile(r"Toelichting\b")
MAX_NOTES = 500


@dataclass(slots=True)
class _Typed:
    """A note that is being read."""

    number: str
    style: str
    lines: list[Line]

    def named(self, *, bare: bool) -> str:
        """Its number, with the bracket it is printed with unless it can go bare."""
        opens = self.style[:-1]
        return self.number if bare else f"{opens}{self.number}{self.style[-1]}"


def without_notes(
    lines: Sequence[Line], taken: AbstractSet[str | None]
) -> tuple[list[Line], list[Block]]:
    """The lines without typed notes and their markers, and the notes.

    `taken` are the numbers of real notes: where a typed one has the same number, all
    typed ones keep their bracket, so that two notes are not one.
    """
    body, blocks = list(lines), list[Block]()
    named = {number for number in taken if number}
    # Who asks and who answers may each have typed notes, in two styles.
    while len(blocks) < MAX_NOTES and (found := _region(body)):
        start, end = found
        notes = list(_notes(body[start:end]))
        bare = named.isdisjoint(note.number for note in notes)
        numbers = {note.number: note.named(bare=bare) for note in notes}
        rest = [*body[:start], *body[end:]]
        body = list(_unmarked(rest, notes[0].style, numbers))
        blocks = [_block(note, numbers[note.number]) for note in notes] + blocks
        named.update(numbers.values())
    return body, blocks


def _region(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Where notes stand: from the last note 1 on, up to a Toelichting or the end."""
    for start in range(len(lines) - 1, -1, -1):
        line = lines[start]
        if parse_label(line.text) is not None and not _AFTER.match(line.text):
            return None
        opened = _opening(line)
        if opened is None or opened[0] != "1":
            continue
        introduced = start > 0 and lines[start - 1].text.endswith(":")
        if introduced or not _is_pointed_at(lines[:start], opened[1]):
            return None
        after = (n for n in range(start, len(lines)) if _AFTER.match(lines[n].text))
        return start, next(after, len(lines))
    return None


def _opening(line: Line, style: str | None = None) -> tuple[str, str, int] | None:
    """Number and style of the note that a line begins, and where its text starts."""
    for name, (begins, _) in _STYLES.items():
        if style in (None, name) and (found := begins.match(line.shown)):
            return found[1], name, found.end()
    return None


def _is_pointed_at(lines: Sequence[Line], style: str) -> bool:
    return any(
        number == "1" for line in lines for number, _ in _markers(line.text, style)
    )


def _notes(lines: Sequence[Line]) -> Iterator[_Typed]:
    note: _Typed | None = None
    for line in lines:
        opened = _opening(line, note.style if note else None)
        rising = note is None or (
            opened and int(note.number) < int(opened[0]) <= int(note.number) + 3
        )
        if opened and rising:
            if note:
                yield from _apart(note)
            number, style, at = opened
            text = line.shown[at:]
            note = _Typed(number, style, [replace(line, text=text, marker="")])
        elif note:
            note.lines.append(line)
    if note:
        yield from _apart(note)


def _apart(note: _Typed) -> Iterator[_Typed]:
    """A note with the next one typed behind it, without a new line, is two."""
    text = " ".join(line.shown for line in note.lines)
    following = str(int(note.number) + 1)
    begins = [
        found
        for found in _STYLES[note.style][1].finditer(text)
        if found[1] == following and _BEGINS.match(text, found.end())
    ]
    if len(begins) != 1:
        yield note
        return
    cut = begins[0]
    pieces = (note.number, text[: cut.start()]), (following, text[cut.end() :])
    for number, piece in pieces:
        line = Line(text=piece.strip(), rule=note.lines[0].rule)
        yield _Typed(number, note.style, [line])


def _block(note: _Typed, number: str) -> Block:
    urls = [url for line in note.lines for url in line.urls]
    return Block(
        kind=Kind.NOTE,
        text=" ".join(line.shown for line in note.lines),
        number=number,
        urls=tuple(dict.fromkeys(urls)),
        rule=f"typed note {note.style}",
    )


def _markers(text: str, style: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The markers in a text but for its first sign: a line may begin with an item."""
    depth = place = 0
    for found in _STYLES[style][1].finditer(text):
        between = text[place : found.start()]
        depth += between.count("(") - between.count(")")
        place = found.start() if style == ")" else found.end()
        # A bracket that was opened before is closed here: "(artikel 1)".
        closes = style == ")" and depth > 0
        if text[: min(found.start(), 8)].strip() and not closes:
            yield found[1], found.span()
            place = found.end()


def _unmarked(
    lines: Sequence[Line], style: str, numbers: dict[str, str]
) -> Iterator[Line]:
    """Take the markers out, in the style of the notes.

    One more in brackets of another style, next in number, is a marker whose note is
    missing: it is taken out too, and flagged as such.
    """
    stray = _stray(lines, style, numbers)
    for line in lines:
        cuts = [
            (span, numbers[number])
            for number, span in _markers(line.text, style)
            if number in numbers
        ]
        cuts += [
            (span, number)
            for other in stray
            for number, span in _markers(line.text, other)
            if number == str(len(numbers) + 1)
        ]
        yield _cut(line, sorted(cuts)) if cuts else line


def _stray(lines: Sequence[Line], style: str, numbers: dict[str, str]) -> list[str]:
    """Other styles that hold only the number behind the last note, and that once."""
    following = [str(len(numbers) + 1)]
    return [
        other
        for other in ("()", "[]")
        if other != style
        and [n for line in lines for n, _ in _markers(line.text, other)] == following
    ]


def _cut(line: Line, cuts: Sequence[tuple[tuple[int, int], str]]) -> Line:
    text, place = "", 0
    for (start, end), _ in cuts:
        text += line.text[place:start].rstrip()
        place = end
        if line.text[end : end + 1].isalnum():
            text += " "
    text += line.text[place:]
    refs = (*line.refs, *(number for _, number in cuts))
    return replace(line, text=text.strip(), refs=refs)
