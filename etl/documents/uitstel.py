"""What a publication without answers is: a notice of delay (uitstel) or another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATE = re.compile(
    r"\bniet\b[^.]{0,200}?\bbinnen\b[^.]{0,80}?(?:termijn|weken)"
    r"|\bbinnen\b[^.]{0,80}?(?:termijn|weken)[^.]{0,80}?\bniet\b",
    re.IGNORECASE,
)
"""The core of a notice of delay."""

_BY_LETTER = re.compile(r"\bbeantwoord\b[^.]{0,60}\bbrie(?:f|ven)\b", re.IGNORECASE)
_LATE_TOO = re.compile(
    r"\bniet\s+(?:\w+\s+){0,3}?tijdig|\bmeer\s+tijd|\buitstel\b"
    r"|\bzo\s+spoedig\s+mogelijk[^.]{0,60}(?:antwoord|inform)",
    re.IGNORECASE,
)
"""Other words for delay, which a final notice may use too."""

_BECAUSE = (
    r"(?:aangezien|omdat|doordat|daar|vanwege|wegens|gezien|gelet\s+op"
    r"|in\s+verband\s+met|i\.v\.m\.|als\s+gevolg\s+van|door(?!\s+(?:mij|het\s+lid)))"
)
_AFTER = re.compile(rf"[,;]?\s*\b{_BECAUSE}\s+(?P<reden>.+)", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:{_BECAUSE}|omwille\s+van)\s+(?P<reden>.+?),?\s+"
    r"(?:kunnen|kan|zullen|zal|lukt|is\s+het|zijn|ben\s+ik|worden|wordt|heb\s+ik)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:de\s+)?reden(?:\s+(?:hier|daar)(?:voor|van)|\s+(?:van|voor)\s+(?:het|dit|de)"
    r"\s+\w+)?\s+is(?:\s+gelegen\s+in)?(?:\s*,?\s*dat)?\s+(?P<reden>.+)"
    rf"|(?:dit|dat)\s+(?:is|komt|heeft\s+te\s+maken)\s+(?:{_BECAUSE}|met)\s+(?P<dit>.+)"
    r"|.*\bmeer\s+tijd\s+(?:nodig|vereist)\s+(?:is\s+)?(?:voor|om|vanwege)\s+(?P<tijd>.+)"
    r"|(?P<vergt>.+?\s+(?:vergt|vraagt|kost|behoeft)\s+meer\s+tijd\b.*)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[)»]")
"""The end of what a notice repeats of the questions: their title, their date."""

_SENTENCE = re.compile(r"(?<=[\wà-þ)»][.!?])\s*(?=[A-ZÀ-Þ«])")


MAX_NOTICE = 20_000
"""Characters of a notice that are looked at; a long one has some 2,000."""


def is_late(mededeling: str) -> bool:
    """Whether a notice says that the answer comes later."""
    mededeling = mededeling[:MAX_NOTICE]
    if _LATE.search(mededeling):
        return True
    return not _BY_LETTER.search(mededeling) and bool(_LATE_TOO.search(mededeling))


def reason_of(mededeling: str) -> str | None:
    """Why the answer is late, in the words of the notice; None where it does not say.

    >>> reason_of("De vragen kunnen niet binnen de gebruikelijke termijn worden "
    ...           "beantwoord, omdat de benodigde afstemming meer tijd behoeft.")
    'de benodigde afstemming meer tijd behoeft'
    """
    return next(_reasons(_SENTENCE.split(mededeling[:MAX_NOTICE])), None)


def _reasons(sentences: list[str]) -> Iterator[str]:
    """What stands with the core of the notice, then what other sentences say."""
    for sentence in sentences:
        core = _LATE.search(sentence) or _LATE_TOO.search(sentence)
        if core is None:
            continue
        # The subject before the core has reasons of its own: «omdat het mag».
        close = _AFTER.search(_CLOSED.split(sentence[: core.start()])[-1])
        found = _BEFORE.match(sentence) or _AFTER.search(sentence, core.end()) or close
        if found:
            yield found["reden"].strip(" .,")
    for sentence in sentences:
        if said := _SAID.match(sentence):
            yield next(filter(None, said.groups())).strip(" .,")
