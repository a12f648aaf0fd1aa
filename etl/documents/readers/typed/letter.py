"""A ministry's letter with questions and answers in an annex.

The letter says in its own sentence whose questions these are ("In antwoord op uw brief
van …, nr. 2023Z14759, deel ik u mede dat de vragen van het lid … worden beantwoord"),
who signs stands under it, and the annex has a title. The heading sentences that an
Aanhangsel prints are made of these, so that one grammar reads both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.documents.block import Block, Kind
from etl.documents.datum import PATTERN as DATUM
from etl.documents.functie import FUNCTIE
from etl.documents.label import parse_label
from etl.documents.readers.typed.head import Head
from etl.documents.readers.typed.line import Line
from etl.documents.readers.typed.numbers import number_of
from etl.documents.uitstel import is_late
from etl.model.publicatie import Deel

_LETTER = re.compile(
    r"\bop\s+uw\s+brief\b|\bdeel\s+ik\s+uw?\b"
    r"|\b(?:bied(?:en)?|zend(?:en)?|stu(?:ur|ren)|doe|delen)\s+(?:ik|wij)\b"
    r"|\b(?:treft|ontvangt)\s+(?:u|uw\s+Kamer)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(rf"(?:{_LETTER.pattern}).*vragen\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:kamer)?vragen\s*(?:die\s+(?:zijn\s+)?)?(?:(?:van|gesteld\s+door|door)\s+)?"
    r"(?P<wie>(?:de\s+)?(?:kamer)?leden\s+.+|(?:het\s+)?(?:kamer)?lid\s+.+)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:Antwoord(?:en)?|Beantwoording)\s+(?:van|op|door)\s", re.IGNORECASE
)
_BY = re.compile(
    rf"(?:Antwoord(?:en)?|Beantwoording)\s+(?:van|door)\s+(?:de\s+)?(?P<wie>{FUNCTIE}\b.+?)"
    r"\s+op\s+(?:de\s+)?(?:schriftelijke\s+)?(?:kamer)?vragen\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*\((?:ingezonden|(?:uw\s+)?kenmerk|nr\.|\d{4}Z\d)[^()]*\).*$"
    r"|,?\s+(?:die\s+(?:zijn|werden)\s+|met\s+)?(?:ingezonden|kenmerk)\b.*$"
    r"|,?\s+niet\s+(?:binnen|tijdig)\b.*$"
    r"|,?\s+(?:(?:als\s+volgt|hierbij)\s+)?(?:worden|zijn|kunnen|is)\s+(?:hierbij\s+)?"
    r"(?:niet\b|beantwoord|als\s+volgt|zoals).*$"
    r"|,?\s+(?:aan|toe)\s*[.]?$|[.]\s+(?-i:[A-ZÀ-Þ]).*$",
    re.IGNORECASE,
)
_SENT = re.compile(rf"\bingezonden\s+(?:op\s+)?({DATUM})", re.IGNORECASE)
_OFFICE = re.compile(
    rf"(?:De\s+)?(?P<functie>{FUNCTIE})\s+(?P<ambt>(?:van|voor)\s+.+?)\s*,?",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"(?:Hoogachtend|Met\s+vriendelijke\s+groet)\b.*|{_OFFICE.pattern}", re.IGNORECASE
)
_ALSO = re.compile(
    rf"mede\s+namens\s+(?P<wie>(?:de\s+)?{FUNCTIE}\b.+?)\s*[,.]?", re.IGNORECASE
)
_ALSO_BY = re.compile(r",?\s*mede\s+namens\s+(.+)$", re.IGNORECASE)
_PUT_TO = re.compile(rf"\baan\s+(?:de\s+|het\s+)?{FUNCTIE}", re.IGNORECASE)
_NAME = re.compile(
    r"(?!(?:De|Mede|Het|Aan)\b)(?:(?:mr|drs|dr|ir|prof|ing)\.\s*)*"
    r"[A-ZÀ-Þ][^\d:;?!,]{1,60}"
)
LONGEST = 4_000
"""Characters of a sentence that are looked at; the longest real one has some 600."""
TITLE_LINES = 4
SIGNED_LENGTH = 150
"""Characters of an office or a name under a letter."""


def is_letter(lines: Sequence[Line]) -> bool:
    """Whether the text above the first label speaks of questions as a letter does."""
    above = lines[: _first_label(lines)]
    if not any(_SPEAKS.search(line.text[:LONGEST]) for line in above):
        return False
    return len(above) < len(lines) or _notice(lines) is not None


def letter_of(lines: Sequence[Line]) -> Head:
    """The head of an Aanhangsel, from what the letter says; the letter is furniture."""
    first = _first_label(lines)
    late = _notice(lines) if first == len(lines) else None
    title = _title(lines[:first])
    annex = title[1] if title else _first_number(lines[:first])
    end = late if late is not None else annex
    letter = lines[:end] if late is None else lines
    named = _title_text(lines, title)
    blocks = [line.block(Kind.FURNITURE, "letter") for line in lines[:end]]
    blocks += _question(letter, named)
    blocks += _answer(letter, named, "Mededeling" if late is not None else "Antwoord")
    stop = _signed_at(lines, late) if late is not None else len(lines)
    return Head(blocks=blocks, end=end, stop=stop, notice=late is not None)


def _signed_at(lines: Sequence[Line], start: int) -> int:
    """Where the signature below a notice begins."""
    for place in range(start, len(lines)):
        if _ENDS.fullmatch(lines[place].text[:150]):
            return place
    return len(lines)


def _first_label(lines: Sequence[Line]) -> int:
    """The first question or answer; a number counts from the annex on only."""
    title = None
    for place, line in enumerate(lines):
        label = parse_label(line.text)
        if (
            label
            and label.deel in (Deel.VRAAG, Deel.ANTWOORD)
            and (label.nummers or title is not None)
        ):
            return place
        title = place if _TITLE.match(line.text) else title
    return len(lines)


def _notice(lines: Sequence[Line]) -> int | None:
    """The paragraph that says that the answer comes later."""
    for place, line in enumerate(lines):
        if _ABOUT.search(line.text[:LONGEST]) and is_late(line.text[:LONGEST]):
            return place
    return None


def _title(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Where the title of the annex stands, below the sentence of the letter."""
    spoken = _spoken(lines)
    for start in range(len(lines) - 1, spoken, -1):
        if not _TITLE.match(lines[start].text):
            continue
        for end in range(start + 1, min(start + TITLE_LINES, len(lines)) + 1):
            text = " ".join(line.text for line in lines[start:end])[:LONGEST]
            more = lines[end].text[:1].islower() if end < len(lines) else False
            if _ABOUT.search(text) and not more:
                return start, end
    return None


def _spoken(lines: Sequence[Line]) -> int:
    """The last line that speaks as a letter does, -1 without one."""
    found = (n for n, x in enumerate(lines) if _LETTER.search(x.text[:LONGEST]))
    return max(found, default=-1)


def _first_number(lines: Sequence[Line]) -> int:
    """Where questions begin that have only a number and no title above them."""
    for place in range(_spoken(lines) + 1, len(lines)):
        numbered = number_of(lines[place])
        if numbered is not None and numbered.number == 1:
            return place
    return len(lines)


def _title_text(lines: Sequence[Line], title: tuple[int, int] | None) -> str:
    return " ".join(x.text for x in lines[slice(*title)])[:LONGEST] if title else ""


def _question(letter: Sequence[Line], title: str) -> Iterator[Block]:
    """The question sentence: of the letter, else of the annex if that says more."""
    spoken = [
        line.text[:LONGEST] for line in letter if _LETTER.search(line.text[:LONGEST])
    ]
    found = [each for text in [*spoken, title] if (each := _ABOUT.search(text))]
    # The first one that names whom it is put to says more than one that does not.
    full = [each for each in found if _PUT_TO.search(each["wie"])]
    for each in (full or found)[:1]:
        wie = _CLOSING.sub("", each["wie"]).rstrip(" .,")
        wie = _MEMBER.sub(lambda found: _ARTICLE[found[1].lower()], wie)
        sent = _SENT.search(each.string)
        date = f" (ingezonden {sent[1]})" if sent else ""
        yield _made(f"Vragen van {wie}{date}.", "sentence of the letter")


_MEMBER = re.compile(r"^(?:de\s+|het\s+)?(?:kamer)?(lid|leden)\b", re.IGNORECASE)
_ARTICLE = {"lid": "het lid", "leden": "de leden"}


def _answer(letter: Sequence[Line], title: str, wat: str) -> Iterator[Block]:
    """Who signs, with the office above the name; else who answers by the title."""
    signed = list(_signatures(letter))
    by = _BY.search(title)
    also = _ALSO_BY.search(by["wie"]) if by else None
    also_said = [f for line in letter if (f := _ALSO.fullmatch(line.text[:LONGEST]))]
    others = also[1] if also else also_said[0]["wie"] if also_said else ""
    if signed:
        who = " en ".join(signed)
    elif by:
        who = by["wie"][: also.start()] if also else by["wie"]
    else:
        return
    tail = f", mede namens {others}" if others else ""
    yield _made(f"{wat} van {who}{tail}.", "signature of the letter")


def _signatures(letter: Sequence[Line]) -> Iterator[str]:
    """Each office on a line with the name that stands under it."""
    texts = [line.text[:SIGNED_LENGTH] for line in letter if line.text]
    for place in range(len(texts) - 1):
        # A long name of a ministry goes on in a second line.
        for lines in (1, 2):
            office = _OFFICE.fullmatch(" ".join(texts[place : place + lines]))
            name = "".join(texts[place + lines : place + lines + 1])
            if office and _NAME.fullmatch(name) and not _OFFICE.match(name):
                ministerie = re.sub(r"^(?:van|voor)\s+", "", office["ambt"])
                yield f"{office['functie']} {name} ({ministerie})"
                break


def _made(text: str, rule: str) -> Block:
    return Block(kind=Kind.HEADING, text=text, rule=rule, implied=True)
