"""The head of a publication (kop): who asks whom about what, who answers, and when.

Every variant of domain knowledge section "headings" is read by shape, not by
name: the parts are found by the words that the publisher always prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.documents.ambt import FUNCTIE, ambten, bewindspersonen
from etl.documents.datum import PATTERN as DATUM
from etl.documents.datum import parse_datum
from etl.model.identity import parse_vergaderjaar
from etl.model.publicatie import Ambt, Bewindspersoon, Indiener, Signaal, ZieOok
from etl.model.signaal import signaal

_ANSWER = re.compile(
    rf"(?:^|(?<=[.)\]\s]))\s*(?P<wat>(?:nader(?:e)?\s+|aanvullend\s+)?antwoord(?:en)?|"
    rf"(?:nadere\s+)?mededeling)\s*van\s*(?:de\s+)?(?={FUNCTIE})",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:(?:mondelinge|schriftelijke|nadere|aanvullende)\s+)*vra(?:ag|gen)\s*"
    r"(?:van\s*)?(?:de\s*leden|het\s*lid|de\s*lid|het\s*leden|de\s*heer|mevrouw)\s*",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"(?:\s+op\s+(?P<op>{DATUM})\s+(?:mede)?gedeeld)?\s*\baan\s+(?:de\s*|het\s*)?"
    rf"(?={FUNCTIE})",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r",?\s*\b(?:(?:over|inzake|betreffende)\s+|over(?=(?:het|de|een)\b))", re.IGNORECASE
)
_SENT = re.compile(
    rf"\(?\s*ingezonden\s*:?\s*(?:op\s*)?(?P<datum>{DATUM})?[^()]*\)?\s*[.;]?\s*$",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    rf"\(?\s*(?:\(\s*)?(?:ontvangen\s*\(?\s*)+(?P<datum>{DATUM})?\s*\)*\s*\.?",
    re.IGNORECASE,
)
_SEE = re.compile(
    r"Zie\s*ook\s*(?:het\s+)?Aanhangsels?\s*(?:van\s+de\s+|der\s+)?Handelingen\s*"
    r"(?:II|I|TK|EK)?\s*,?\s*(?:vergaderjaar\s*)?"
    r"(?P<jaar>\d{4}\s*[-–/]\s*\d{2,4})\s*,?\s*(?:(?:nrs?|nummers?)\b\.?)?\s*"
    r"(?P<nummers>\d+(?:\s*(?:,|en|\s)\s*\d+(?![\d–-]))*)",
    re.IGNORECASE,
)
_SEE_TOO = re.compile(
    r"\s*(?:,|;|\ben\b)\s*vergaderjaar\s*(?P<jaar>\d{4}\s*[-–/]\s*\d{2,4})\s*,?\s*"
    r"(?:(?:nrs?|nummers?)\b\.?)?\s*(?P<nummers>\d+(?:\s*(?:,|en)\s*\d+(?![\d–-]))*)",
    re.IGNORECASE,
)
_SHARED = re.compile(r"^(beiden|allen|alle[n]?|beide)\s+", re.IGNORECASE)
MAX_HEAD = 10_000
"""Characters read as heading; the longest real one has some 1,200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kop:
    """What the head says; `nader` is set for a further answer."""

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
    signalen: tuple[Signaal, ...] = ()


def parse_kop(text: str) -> Kop:
    """Read the heading sentences, joined by blanks in reading order.

    What is not found stays None or empty; an impossible date is flagged.
    """
    question, answer, kind = _split(text[:MAX_HEAD])
    signalen: list[Signaal] = []
    aan, onderwerp, ingezonden, indieners = _question(question, signalen)
    received = _RECEIVED.search(answer)
    rest = answer[received.end() :] if received else answer
    core = answer[: received.start()] if received else _SEE.split(answer)[0]
    return Kop(
        onderwerp=onderwerp,
        ingezonden=ingezonden,
        ontvangen=_date(received["datum"] if received else None, signalen),
        indieners=indieners,
        gericht_aan=ambten(aan),
        bewindspersonen=bewindspersonen(core) if answer else (),
        zie_ook=tuple(_see_also(rest)),
        beantwoord="antwoord" in kind,
        mededeling="mededeling" in kind,
        nader=kind.startswith(("nader", "aanvullend")),
        signalen=tuple(signalen),
    )


def _split(text: str) -> tuple[str, str, str]:
    """The question sentence, the answer sentence, and what that one calls itself."""
    sent = re.search(r"ingezonden", text, re.IGNORECASE)
    start = sent.start() if sent else 0
    found = _ANSWER.search(text, start) or _ANSWER.search(text)
    if found is None:
        return text, "", ""
    return text[: found.start()].strip(), text[found.end() :], found["wat"].lower()


def _question(
    text: str, signalen: list[Signaal]
) -> tuple[str, str | None, date | None, tuple[Indiener, ...]]:
    opening = _QUESTION.search(text)
    if opening is None:
        return "", None, None, ()
    sent = _SENT.search(text)
    moment = _date(sent["datum"] if sent else None, signalen)
    body = text[opening.end() : sent.start() if sent else None].strip()
    to = _TO.search(body)
    if to is None:
        about = _ABOUT.search(body)
        who, aan = body[: about.start() if about else None], ""
        what = body[about.end() :] if about else ""
    else:
        who, tail = body[: to.start()], body[to.end() :]
        moment = moment or _date(to["op"], signalen)
        about = _ABOUT.search(tail)
        aan = tail[: about.start()] if about else tail
        what = tail[about.end() :] if about else ""
    onderwerp = what.strip().removesuffix(".").strip(" ,") or None
    return aan, onderwerp, moment, tuple(_indieners(who))


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
    for part in re.split(r"(\([^()]*\)?)", text):
        if not part.startswith("("):
            waiting += [
                n for n in map(_name, re.split(r",|\s+en\s+|\ben\s+", part)) if n
            ]
            continue
        party = part.strip("() ").strip()
        shared = _SHARED.match(party)
        reach = 1
        if shared:
            party = party[shared.end() :]
            reach = 2 if shared[1].lower().startswith("beide") else len(waiting)
        first = len(waiting) - reach
        for place, naam in enumerate(waiting):
            yield Indiener(naam=naam, fractie=party if place >= first else None)
        waiting = []
    for naam in waiting:
        yield Indiener(naam=naam, fractie=None)


def _name(text: str) -> str:
    name = text.strip(" ,;.")
    return re.sub(r"^(?:het lid|de leden|en)\s+", "", name)


def _see_also(text: str) -> Iterator[ZieOok]:
    for match in _SEE.finditer(text):
        yield from _numbered(match)
        place = match.end()
        while more := _SEE_TOO.match(text, place):
            yield from _numbered(more)
            place = more.end()


def _numbered(match: re.Match[str]) -> Iterator[ZieOok]:
    try:
        jaar = parse_vergaderjaar(match["jaar"])
    except ValueError:  # a misprint such as 2022–203
        return
    for nummer in re.findall(r"\d+", match["nummers"]):
        yield ZieOok(vergaderjaar=jaar, aanhangselnummer=int(nummer))
