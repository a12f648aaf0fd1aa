"""Labels in loose text: on their own line, before the text, or only as a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.documents.block import Block, Kind
from etl.documents.label import Label, parse_label
from etl.documents.readers.typed.line import Line
from etl.documents.readers.typed.numbers import Numbered, number_of, questions
from etl.model.publicatie import Deel

_BEFORE_TEXT = re.compile(
    r"((?:Vraag|Vragen|(?:(?:Nader|Aanvullend)e?\s+)?Antwoord(?:en)?"
    r"|Reactie|Beantwoording)\b[^:.?!]{0,80}?\s*[:.])\s+(?=\S)"
    r"|((?:Vraag|Antwoord(?:\s+op)?(?:\s+vraag)?)\s+\d{1,2})\s+(?=[A-ZÀ-Þ‘“«\"'])"
)
"""A label and its text on one line: "Vraag 3: Bent u …", "Antwoord 3 Ja."."""

_TOELICHTING = re.compile(r"Toelichting\b")
_POINTED = re.compile(r"[-–•▪*]\s|[a-z][.)]\s")


def split_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with every label on a line of its own."""
    for line in lines:
        if line.marker and parse_label(line.marker) is not None:
            yield replace(line, text=line.marker, marker="", refs=(), urls=())
            yield replace(line, marker="", kind=Kind.PARAGRAPH, joins=True)
            continue
        found = _BEFORE_TEXT.match(line.text) if not line.marker else None
        label = parse_label((found[1] or found[2]).strip()) if found else None
        if found and label and (label.nummers or found[0].rstrip().endswith(":")):
            yield replace(line, text=label.text, refs=(), urls=())
            yield replace(line, text=line.text[found.end() :], joins=True)
        else:
            yield line


def labelled(lines: Sequence[Line], *, asks: bool) -> Iterator[Block]:
    """Blocks with their labels, whatever way these are printed.

    `asks`: where nothing has a number, paragraphs are the questions, in order.
    """
    labels = [_label(line) for line in lines]
    counted = any(
        label and label.deel is Deel.VRAAG and label.nummers for label in labels
    )
    numbered = {} if counted else questions(lines, labels)
    if asks and not numbered and not any(_is_part(label) for label in labels):
        yield from _uncounted(lines)
        return
    bare = 0 if counted or numbered else _bare(labels)
    count = 0
    for place, line in enumerate(lines):
        label = labels[place]
        if label is not None:
            block = line.block(Kind.LABEL, f"label of its own, {line.rule}")
            if bare > 1 and label.deel is Deel.VRAAG:
                count += 1
                block = replace(block, number=str(count))
            yield block
        elif place in numbered:
            yield from _question(line, numbered[place])
        else:
            yield line.block()


def _label(line: Line) -> Label | None:
    """The label that a line is; one that Word counts is a list item."""
    return None if line.marker else parse_label(line.text)


def _bare(labels: Sequence[Label | None]) -> int:
    """How many questions have a label without a number; a single one needs none."""
    return sum(1 for each in labels if each and each.deel is Deel.VRAAG)


def _is_part(label: Label | None) -> bool:
    return label is not None and label.deel in (Deel.VRAAG, Deel.ANTWOORD)


def _question(line: Line, found: Numbered) -> Iterator[Block]:
    """A question with only a number: the number is its label."""
    rule = f"next number in the document's count, {line.rule}"
    yield Block(kind=Kind.LABEL, text=found.printed, rule=rule)
    text = line.shown[found.end :].strip()
    if text or line.refs:
        rest = replace(line, text=text, marker="", kind=Kind.PARAGRAPH)
        yield rest.block(Kind.PARAGRAPH)


def _uncounted(lines: Sequence[Line]) -> Iterator[Block]:
    """Each paragraph is a question, up to the toelichting."""
    count = 0
    open_end = closed = False
    for line in lines:
        closed = closed or _TOELICHTING.match(line.text) is not None
        if closed:
            label = parse_label(line.text) is not None
            yield line.block(Kind.LABEL if label else None)
            continue
        item = bool(line.marker) and number_of(line) is None
        inside = line.joins or open_end or item or _POINTED.match(line.text)
        if not count or not inside:
            count += 1
            yield Block(
                kind=Kind.LABEL,
                text="Vraag",
                number=str(count),
                rule="a paragraph of its own, no number printed",
                implied=True,
            )
        open_end = line.text.endswith(":")
        yield line.block()
