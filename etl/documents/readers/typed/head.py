"""The head of loose text: "AH 612", the case number, and the heading sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.documents.block import Block, Kind
from etl.documents.datum import PATTERN as DATUM
from etl.documents.functie import FUNCTIE
from etl.documents.kopzin import ANSWERS, BY, QUESTIONS
from etl.documents.label import parse_label
from etl.documents.readers.typed.line import Line

_QUESTION = re.compile(
    rf"{QUESTIONS}\s+{BY}\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    rf"(?P<wat>{ANSWERS})\s+(?:{BY}\s+)?(?:de\s+)?(?={FUNCTIE})", re.IGNORECASE
)
_SEE = re.compile(r"zie(?:\s*(?:ook|tevens))?\b.{0,20}aanhangsel", re.IGNORECASE)
_DATED = re.compile(rf"\(?\s*(?:ingezonden|ontvangen)\b.{{0,20}}{DATUM}", re.IGNORECASE)
_SENT_ALONE = re.compile(
    rf"\(?\s*ingezonden\s*:?\s*(?:op\s*)?{DATUM}\s*\)?\s*\.?", re.IGNORECASE
)
_RECEIVED = re.compile(rf"\(\s*ontvangen\b.{{0,20}}{DATUM}", re.IGNORECASE)
_ENDED = re.compile(
    r"[.?!]$|\b(?:ingezonden|ontvangen)\b[^()]*\)?\s*\)?$|\bnr\.?\s*\d+$"
)
HEAD_LINES = 60
"""The heading stands in the first lines, or there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The blocks of the head, and the index of the first line behind it.

    `stop` is where the text ends and only a signature follows. `notice`: a mededeling
    takes the place of an answer. `asks`: it holds questions only, so that paragraphs
    without a number are questions too.
    """

    blocks: Sequence[Block] = ()
    end: int = 0
    stop: int | None = None
    notice: bool = False
    asks: bool = False


def head_of(lines: Sequence[Line]) -> Head:
    """Take the head off; what stands above the first sentence names the publication."""
    start = _start(lines)
    if start is None:
        return Head()
    sentences: list[list[Line]] = []
    end = start
    while end < len(lines) and _goes_on(sentences, lines[end]):
        if sentences and not _opens(lines[end]):
            sentences[-1].append(lines[end])
        else:
            sentences.append([lines[end]])
        end += 1
    above = lines[:start]
    sent = [line for line in above if _SENT_ALONE.fullmatch(line.text)]
    blocks = [
        line.block(Kind.FURNITURE, "above the heading")
        for line in above
        if line not in sent
    ]
    blocks += _headings(sentences, sent)
    kinds = [found["wat"].lower() for each in sentences if (found := _answer(each))]
    return Head(
        blocks=blocks,
        end=end,
        notice=any("mededeling" in kind for kind in kinds),
        asks=not kinds,
    )


def is_headed(lines: Sequence[Line]) -> bool:
    """Whether a heading sentence says who answers and when that was received."""
    start = _start(lines)
    near = [] if start is None else lines[start : start + 3]
    answered = any(_ANSWER.match(line.text) for line in near)
    return answered and any(_RECEIVED.search(line.text) for line in near)


def _start(lines: Sequence[Line]) -> int | None:
    """The first heading sentence, if it stands above every label."""
    for place, line in enumerate(lines[:HEAD_LINES]):
        if _QUESTION.match(line.text) or _ANSWER.match(line.text):
            return place
        if parse_label(line.text) is not None:
            return None
    return None


def _opens(line: Line) -> bool:
    patterns = (_QUESTION, _ANSWER, _SEE)
    return any(pattern.match(line.text) is not None for pattern in patterns)


def _goes_on(sentences: Sequence[Sequence[Line]], line: Line) -> bool:
    """Whether a line is still heading: a sentence of its own, or the rest of one."""
    if not sentences or _opens(line) or _DATED.match(line.text):
        return True
    before = sentences[-1][-1].text
    if _ENDED.search(before) or line.marker or parse_label(line.text) is not None:
        return False
    if line.text.endswith("?"):
        return False
    return line.joins or line.text[:1].islower()


def _answer(sentence: Sequence[Line]) -> re.Match[str] | None:
    return _ANSWER.match(sentence[0].text)


def _headings(sentences: Sequence[Sequence[Line]], sent: Sequence[Line]) -> list[Block]:
    """The sentences in the order of print, "(ingezonden …)" behind the question."""
    blocks: list[Block] = []
    dated = [line.block(Kind.HEADING, "date of the questions") for line in sent]
    for sentence in sentences:
        if _QUESTION.match(sentence[0].text):
            blocks += [_joined(sentence), *dated]
            dated = []
        else:
            blocks.append(_joined(sentence))
    return blocks + dated


def _joined(sentence: Sequence[Line]) -> Block:
    return Block(
        kind=Kind.HEADING,
        text=" ".join(line.shown for line in sentence),
        refs=tuple(ref for line in sentence for ref in line.refs),
        rule="heading sentence",
    )
