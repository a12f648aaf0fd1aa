"""Loose text to blocks: no typesetter gave it a head, labels on lines and a foot.

Word files, OpenDocument and copied text come as lines in order. What is a heading, a
label, a question or a note is found by their words and by the document's own counting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from etl.documents.block import Block, Kind
from etl.documents.readers.typed.head import Head, head_of, is_headed
from etl.documents.readers.typed.labels import labelled, split_labels
from etl.documents.readers.typed.letter import is_letter, letter_of
from etl.documents.readers.typed.line import Line
from etl.documents.readers.typed.notes import without_notes


def arranged(lines: Iterable[Line]) -> list[Block]:
    """The blocks that lines in reading order make: head, parts, notes last."""
    whole = list(lines)
    furniture = [line.block() for line in whole if line.kind is Kind.FURNITURE]
    real = [line for line in whole if line.kind is Kind.NOTE]
    apart = (Kind.FURNITURE, Kind.NOTE)
    body = [line for line in whole if line.kind not in apart]
    body, typed = without_notes(body, taken={line.number for line in real})
    body = list(split_labels(body))
    letter = not is_headed(body) and is_letter(body)
    head = letter_of(body) if letter else head_of(body)
    stop = len(body) if head.stop is None else head.stop
    signed = [line.block(Kind.FURNITURE, "signature") for line in body[stop:]]
    text = _text(head, body[head.end : stop])
    blocks = [*furniture, *head.blocks, *text, *signed]
    return [*blocks, *typed, *(line.block() for line in real)]


def _text(head: Head, body: Sequence[Line]) -> Iterator[Block]:
    """What stands under the head; a notice prints no label of its own."""
    blocks = list(labelled(body, asks=head.asks))
    if head.notice and not any(block.kind is Kind.LABEL for block in blocks):
        yield Block(kind=Kind.LABEL, text="Mededeling", implied=True)
    yield from blocks
