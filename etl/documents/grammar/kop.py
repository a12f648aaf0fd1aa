"""The head of a publication (kop): who asks whom about what, who answers, and when.

Every variant is read by shape, not by name: the parts are found by the words that
the publisher always prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.documents.datum import PATTERN as DATUM
from etl.documents.datum import parse_datum
from etl.documents.functie import FUNCTIE
from etl.documents.grammar.ambt import ABSENT, ambten, bewindspersonen
from etl.documents.grammar.zie_ook import ZIE_OOK, zie_ook
from etl.documents.kopzin import ANSWERS, BY, QUESTIONS
from etl.documents.text import squeeze
from etl.model.publicatie import Ambt, Bewindspersoon, Indiener, Signaal, ZieOok
from etl.model.signaal import signaal

_ANSWER = re.compile(
    rf"(?:^|(?<=[.)\]\s]))\s*(?P<wat>{ANSWERS})\s*"
    rf"(?:{BY}\s*(?:de\s*)?|(?-i:(?<=Antwoord\s)|(?<=Mededeling\s)))(?={FUNCTIE})",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    rf"(?P<mondeling>mondelinge\s*)?{QUESTIONS}\s*"
    rf"(?:{BY}\s*(?:lid|leden)\b"
    rf"|(?:{BY}\s*)?(?:de\s*leden|het\s*lid|de\s*lid|het\s*leden|de\s*heer|mevrouw)"
    r"|van\s(?-i:(?=[A-ZÀ-Þ][^()]{1,80}\()))\s*",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"(?:\s+op\s+(?P<op>{DATUM})\s+(?:(?:mede)?gedeeld|gesteld))?\s*\baan\s*(?:de\s*|het\s*)?"
    rf"(?={FUNCTIE})",
    re.IGNORECASE,
)
_ABOUT_FIRST = re.compile(r"\)\s*(?=(?:over|inzake|betreffende)\s)", re.IGNORECASE)
"""Right behind who asks: whom they ask then stands behind the subject."""

_TO_OTHERS = re.compile(r"\s\baan\s+(?:de|het|alle)\s", re.IGNORECASE)
"""To whoever else: the cabinet is no office, and no member either."""

_ABOUT = re.compile(
    r",?\s*\b(?:over|inzake|betreffende|omtrent|aangaande|(?:met\s+betrekking\s+tot"
    r"|ten\s+aanzien\s+van|naar\s+aanleiding\s+van|in\s+verband\s+met)|m\.b\.t\.|n\.a\.v\.)(?:\s+|(?=[«“‘\"']))"
    r"|(?:,?\s*\b|(?<=[a-zà-ÿ]))over"
    r"(?:(?=(?:het|de|een|dat)\b|(?-i:[A-ZÀ-Þ]))|(?<=[a-zà-ÿ]over)\s+)"
    r"|,?\s*\b(?-i:over(?=[a-zà-ÿ]))",
    re.IGNORECASE,
)
"""Before the subject; extraction may glue "over" to the word on either side."""

_SENT = (
    re.compile(
        rf"\(\s*(?:ingezonden|medegedeeld)\s*:?\s*(?:op\s*)?(?P<datum>{DATUM})[^()]*\)?"
        r"\s*[.;]?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bingezonden\s*:?\s*(?:op\s*)?(?P<datum>{DATUM})[^()]*\)?\s*[.;]?\s*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:\(\s*|,\s*)ingezonden\b(?P<datum>)[^()a-z]*(?:[a-z]+[^()a-z]*)?\)?\s*[.;]?\s*$",
        re.IGNORECASE,
    ),
)
"""The day sent: in brackets, else at the end, else misprinted."""

_RECEIVED = re.compile(
    rf"\(?\s*(?:\(\s*)?(?:ontvangen[\s(:]*)+(?:op\s+)?(?P<datum>{DATUM})?[\s)]*\.?",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"(beiden?|allebei|allen?)(?:\s+|(?-i:(?=[A-Z\d])))", re.IGNORECASE
)
_ROUND = str.maketrans("[]", "()")
_HET = re.compile(r"^het\s*(?=[A-Z])")
_NAMES = re.compile(r"[,;]|\b(?:en|alsmede)(?:\s+|(?=[A-ZÀ-Þ]))")
NEAR = 200
"""Characters before the answer sentence that are looked at for the day sent."""

SHOWN = 200
"""Characters of a heading that a flag repeats."""

MAX_HEAD = 10_000
"""Characters read as heading; the longest real one has some 1,200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kop:
    """What the head says; `nader`: a further answer, `mondeling`: oral questions."""

    onderwerp: str | None = None
    ingezonden: date | None = None
    ontvangen: date | None = None
    indieners: tuple[Indiener, ...] = ()
    gericht_aan: tuple[Ambt, ...] = ()
    bewindspersonen: tuple[Bewindspersoon, ...] = ()
    zie_ook: tuple[ZieOok, ...] = ()
    beantwoord: bool = False
    mededeling: bool = False
    nader: bool = False
    mondeling: bool = False
    signalen: tuple[Signaal, ...] = ()


def parse_kop(text: str) -> Kop:
    """Read the heading sentences, joined by blanks in reading order.

    What is not found stays None or empty; an impossible date is flagged.
    """
    question, answer, kind = _split(squeeze(text[:MAX_HEAD]))
    signalen: list[Signaal] = []
    asked = _question(question, signalen)
    received = _RECEIVED.search(answer)
    core = answer[: received.start()] if received else answer
    core = core[: found.start()] if (found := ZIE_OOK.search(core)) else core
    return Kop(
        onderwerp=asked.onderwerp,
        ingezonden=asked.ingezonden,
        ontvangen=_date(received["datum"] if received else None, signalen),
        indieners=asked.indieners,
        gericht_aan=asked.gericht_aan,
        bewindspersonen=bewindspersonen(core) if answer else (),
        zie_ook=tuple(zie_ook(answer or question)),
        beantwoord="antwoord" in kind,
        mededeling="mededeling" in kind,
        nader=kind.startswith(("nader", "aanvullend")),
        mondeling=asked.mondeling,
        signalen=tuple(signalen),
    )


def _split(text: str) -> tuple[str, str, str]:
    """The question sentence, the answer sentence, and what that one calls itself.

    The subject may speak of answers too: the sentence follows the day sent.
    """
    found = None
    for candidate in _ANSWER.finditer(text):
        before = text[max(0, candidate.start() - NEAR) : candidate.start()]
        if any(match.end() == len(before) for match in _SENT[0].finditer(before)):
            found = candidate
            break
    sent = re.search(r"ingezonden", text, re.IGNORECASE)
    found = found or _ANSWER.search(text, sent.start() if sent else 0)
    found = found or next(_openings(text, everywhere=sent is None), None)
    if found is None:
        return text, "", ""
    return text[: found.start()].strip(), text[found.end() :], found["wat"].lower()


def _openings(text: str, *, everywhere: bool) -> Iterator[re.Match[str]]:
    """Where an answer sentence may begin; inside another one is its subject."""
    for candidate in _ANSWER.finditer(text):
        before = text[: candidate.start()].rstrip()[-1:]
        if everywhere or before in ("", ".", ")", "]"):
            yield candidate


def _question(text: str, signalen: list[Signaal]) -> Kop:
    """What the question sentence says."""
    opening = _QUESTION.search(text)
    if opening is None:
        return Kop()
    sent = _sent(text)
    moment = _date(sent["datum"] if sent else None, signalen)
    behind = sent is not None and sent.start() >= opening.end()
    body = text[opening.end() : sent.start() if sent and behind else None].strip()
    to = _TO.search(body)
    if to is not None and moment is None:
        moment = _date(to["op"], signalen)
    who, aan, what = _cut(body, to)
    if absent := ABSENT.search(aan):
        signalen.append(signaal("bij_afwezigheid", absent["ambt"][:SHOWN].strip(" ,")))
    return Kop(
        onderwerp=what.strip().removesuffix(".").strip(" ,") or None,
        ingezonden=moment,
        indieners=tuple(_indieners(who)),
        gericht_aan=ambten(aan),
        mondeling=opening["mondeling"] is not None,
    )


def _sent(text: str) -> re.Match[str] | None:
    """Where the day sent stands; a subject may name that of others first."""
    for pattern in _SENT:
        found = list(pattern.finditer(text))
        if found:
            return found[-1]
    return None


def _cut(body: str, to: re.Match[str] | None) -> tuple[str, str, str]:
    """Who asks, whom, and about what."""
    first = _ABOUT_FIRST.search(body, 0, to.start()) if to else None
    if first:
        return _cut_behind(body, first.end())
    tail = body[to.end() :] if to else body
    about = _ABOUT.search(tail)
    before = tail[: about.start()] if about else tail
    what = tail[about.end() :] if about else ""
    if to:
        who = body[: to.start()]
        if about is None and (about := _ABOUT.search(who)):
            return who[: about.start()], before, who[about.end() :]
        return who, before, what
    return _TO_OTHERS.split(before)[0], "", what


def _cut_behind(body: str, start: int) -> tuple[str, str, str]:
    """As `_cut`, where the subject comes first: the last "aan" says whom."""
    about = _ABOUT.match(body, start)
    what = about.end() if about else start
    *_, last = _TO.finditer(body, what)
    if _ABOUT.search(body, last.end()):
        return body[:start], "", body[what:]
    return body[:start], body[last.end() :], body[what : last.start()]


def _date(text: str | None, signalen: list[Signaal]) -> date | None:
    try:
        return parse_datum(text) if text else None
    except ValueError:
        signalen.append(signaal("datum_onmogelijk", text or ""))
        return None


def _indieners(text: str) -> Iterator[Indiener]:
    """Names with the party behind them; "beiden" and "allen" reach back over names.

    A name before a party that does not say so gets none: it is not ours to guess.
    """
    waiting: list[str] = []
    for part in re.split(r"(\([^()]*\)?)", text.translate(_ROUND)):
        if not part.startswith("("):
            waiting += [n for n in map(_name, _NAMES.split(part)) if n]
            continue
        party = _HET.sub("", part.strip("() "))
        shared = _SHARED.match(party)
        reach = 1
        if shared:
            party = party[shared.end() :]
            reach = (
                2
                if shared[1].lower().startswith(("beide", "allebei"))
                else len(waiting)
            )
        first = len(waiting) - reach
        for place, naam in enumerate(waiting):
            yield Indiener(naam=naam, fractie=party if place >= first else None)
        waiting = []
    for naam in waiting:
        yield Indiener(naam=naam, fractie=None)


def _name(text: str) -> str:
    name = re.sub(r"\s+c\.?\s?s\.?$", "", text.strip(" ,;.&()"))
    return re.sub(
        r"^(?:(?:en|(?:van\s+)?(?:het\s*|de\s*)?(?:lid|leden)|de\s+heer|mevrouw)\s+)+",
        "",
        name,
    )
