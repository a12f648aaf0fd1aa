"""Blocks to parts: every text goes with the label it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl.documents.block import Block, Kind
from etl.documents.label import Label, numbers_alone, parse_label
from etl.model.publicatie import Deel

# Bound once: CPython 3.11 looks a member of an enum up in ten times the usual time.
_LABEL = Kind.LABEL
_TEXT = (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_ROW)
_VRAAG, _ANTWOORD = Deel.VRAAG, Deel.ANTWOORD

_TOELICHTING = re.compile(r"Toelichting\s*:\s+(?=\S)")


@dataclass(slots=True, eq=False)
class Part:
    """One labelled block of the publication; `refs` are the notes it refers to."""

    label: Label
    texts: list[str] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)

    @property
    def tekst(self) -> str:
        """Its paragraphs as running text."""
        return " ".join(self.texts)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the part that the grammar put it in.

    `part` is None for a block that is no part of the text: a heading, furniture, a
    note, or (`stray`) a text before the first label.
    """

    block: Block
    part: Part | None = None
    stray: bool = False


@dataclass(slots=True)
class Parts:
    """Everything the stream holds, sorted by what it is."""

    placed: list[Placed] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    heading_refs: list[str] = field(default_factory=list)
    counted: bool = False
    """Whether some number is that of the order, for want of a printed one."""

    @property
    def furniture(self) -> list[str]:
        """Page heads and feet, and what names the publication."""
        return [block.text for block in self._all(Kind.FURNITURE)]

    @property
    def heading(self) -> str:
        """The sentences of the heading."""
        return " ".join(block.text for block in self._all(Kind.HEADING))

    @property
    def noten(self) -> list[Block]:
        """The notes, in order."""
        return list(self._all(Kind.NOTE))

    @property
    def stray(self) -> str:
        """What belongs to no part."""
        return " ".join(each.block.text for each in self.placed if each.stray)

    @property
    def refs(self) -> list[str]:
        """The numbers of all notes referred to."""
        return [ref for each in self.placed for ref in each.block.refs]

    def _all(self, kind: Kind) -> Iterator[Block]:
        return (each.block for each in self.placed if each.block.kind is kind)

    def add(self, block: Block) -> None:
        """Put one block where it belongs; they come in reading order."""
        if block.kind in _TEXT:
            if block.text:
                self._add_text(block)
        elif block.kind is _LABEL:
            self._open(Part(_label(block)), block)
        else:
            if block.kind is Kind.HEADING:
                self.heading_refs += block.refs
            self.placed.append(Placed(block))

    def _open(self, part: Part, block: Block) -> None:
        self.parts.append(part)
        part.refs += block.refs
        self.placed.append(Placed(block, part))

    def _add_text(self, block: Block) -> None:
        """Running text belongs to the label before it."""
        spelled = block.text.startswith("Toelichting")
        opening = _TOELICHTING.match(block.text) if spelled else None
        if opening and self.parts:
            label = Label(Deel.TOELICHTING, opening[0].strip())
            self._open(Part(label, [block.text[opening.end() :]]), block)
        elif self.parts:
            self.parts[-1].texts.append(block.text)
            self.parts[-1].refs += block.refs
            self.placed.append(Placed(block, self.parts[-1]))
        else:
            self.heading_refs += block.refs
            self.placed.append(Placed(block, stray=True))


def sort_blocks(blocks: Iterable[Block]) -> Parts:
    """The parts that the blocks make, numbers filled in where labels have none."""
    parts = Parts()
    for block in blocks:
        parts.add(block)
    parts.counted = _count(parts.parts)
    _number(parts.parts)
    return parts


def _label(block: Block) -> Label:
    """A reader is sure that this is a label; markup says whose where words do not."""
    found = parse_label(block.text)
    deel = block.deel or _VRAAG
    if found and (block.deel is None or not found.nummers):
        deel = found.deel
    nummers = found.nummers if found else numbers_alone(block.text)
    if block.number and not nummers:
        nummers = (block.number,)
    return Label(deel, block.text, nummers)


def _count(parts: Sequence[Part]) -> bool:
    """Number what has no number by its order, and say whether that was done.

    Only where every question has an answer of its own, or there is no answer at all,
    and every number in print is that of the order too.
    """
    vragen = [part for part in parts if part.label.deel is _VRAAG]
    antwoorden = [part for part in parts if part.label.deel is _ANTWOORD]
    in_order = _follows(vragen) and _follows(antwoorden)
    if not in_order or len(vragen) < 2 or len(antwoorden) not in (0, len(vragen)):
        return False
    # an answer right behind its question needs no number: see _number
    paired = bool(antwoorden) and parts.index(antwoorden[0]) < parts.index(vragen[-1])
    needed = vragen if paired else [*vragen, *antwoorden]
    if all(part.label.nummers for part in needed):
        return False
    for blocks in (vragen, antwoorden):
        for number, part in enumerate(blocks, 1):
            part.label = replace(part.label, nummers=(str(number),))
    return True


def _follows(parts: Sequence[Part]) -> bool:
    """Whether all printed numbers are 1, 2, 3 in the order of the blocks."""
    return all(
        part.label.nummers in ((), (str(number),))
        for number, part in enumerate(parts, 1)
    )


def _number(parts: Sequence[Part]) -> None:
    """Give a bare "Antwoord" the numbers of the questions that stand right before it.

    A bare "Vraag" is question 1 when it is the only one.
    """
    vragen = [part for part in parts if part.label.deel is _VRAAG]
    if len(vragen) == 1 and not vragen[0].label.nummers:
        vragen[0].label = Label(Deel.VRAAG, vragen[0].label.text, ("1",))
    waiting: list[str] = []
    for part in parts:
        if part.label.deel is _VRAAG:
            waiting.extend(part.label.nummers)
        elif part.label.deel is _ANTWOORD:
            if not part.label.nummers:
                part.label = Label(Deel.ANTWOORD, part.label.text, tuple(waiting))
            waiting = []
