"""A printed name of a person taken apart: tussenvoegsel (particle) and surname.

The heading prints a surname, with its particle in front (Van der Plas); a first name or
initials only where two members share a surname (Romke de Jong). The Tweede Kamer writes
the actors of a zaak with all of it: Romke de Jong (R.H.).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.model.lookup import folded

TUSSENVOEGSELS = frozenset(
    "aan bij de den der des di du het 't in op over te ten ter uit van ver voor von zu"
    " zum zur dos da la".split()
)
"""Particles. El, Al and Ben are none: they belong to the surname."""

LONGEST = 100
"""Characters of a name; what is longer is no name."""

_ARABIC = frozenset(("El", "Al", "Ben", "Aït", "Ait"))
"""First words of a surname that are part of it."""

_DASH = re.compile(r"\s*[-–—‐‑]\s*")
_QUOTE = re.compile("[’‘`´]")
_GLUED = re.compile(r"\b([Vv]an|[Dd]e[nr]?|[Tt]e[nr])(?=[A-ZÀ-ÞĀ-Ž][a-zà-ÿ])")
_ACTOR = re.compile(
    r"(?P<before>(?:[A-ZÀ-Þ][a-z]{0,2}\.)*)\s*(?:\((?P<called>[^()]+)\)\s*)?"
    r"(?P<name>[^()]*[^()\s])\s*(?:\((?P<behind>(?:[A-ZÀ-Þ][a-z]{0,2}\.)+|[A-ZÀ-Þ]+)\))?"
)
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ][a-z]{0,2}\.[\s-]*)+")
_HONORIFIC = re.compile(r"(?:(?:mr|dr|drs|ir|ing|prof)\.\s*)+", re.IGNORECASE)
_WORD = re.compile(r"'?[^\W\d_][^\W\d_'.-]*(?:['-][^\W\d_]+)*\.?|'t")
_JOINED = re.compile(r"-(?:van|de|den|der|van't|ter|ten)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Naam:
    """The surname without its particle, and the particle in lower case or None."""

    achternaam: str
    tussenvoegsel: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorNaam:
    """A name as the Tweede Kamer writes an actor; what is not written is None."""

    roepnaam: str | None
    tussenvoegsel: str | None
    achternaam: str
    initialen: str | None


def naam_of(
    printed: str, doubles: frozenset[str] = frozenset(), *, first_names: bool
) -> Naam | None:
    """The surname in a printed name; None where that is not certain.

    `doubles` are surnames of several words, folded. `first_names` says whether
    one may stand in front: of ministers only the surname is printed.
    """
    if len(printed) > LONGEST:
        return None
    return _naam_of(printed, doubles, first_names)


@lru_cache(maxsize=4096)
def _naam_of(printed: str, doubles: frozenset[str], first_names: bool) -> Naam | None:
    text = _QUOTE.sub("'", _DASH.sub("-", printed.strip()))
    bare = _INITIALS.sub("", _HONORIFIC.sub("", text), count=1)
    words = _GLUED.sub(r"\1 ", bare).replace("'t ", " 't ").split()
    if not words or not all(map(_WORD.fullmatch, words)):
        return None
    if double := _double(words, doubles):
        return double
    start = _particle(words)
    if start is None:
        # initials leave no room for a first name
        certain = len(words) == 1 or bare != text
        return _plain(words, first_names=first_names and not certain, certain=certain)
    if start > 0 and not first_names and bare == text:
        return None
    end = start
    while end < len(words) and words[end].lower() in TUSSENVOEGSELS:
        end += 1
    particle = " ".join(words[start:end]).lower()
    return _surname(words[end:], particle)


def _double(words: Sequence[str], doubles: frozenset[str]) -> Naam | None:
    for start in range(len(words) - 1):
        tail = " ".join(words[start:])
        if folded(tail) in doubles:
            return Naam(tail, None)
    return None


def _particle(words: Sequence[str]) -> int | None:
    """Where the particle of the surname begins, if it has one.

    In "Faber-van de Klashorst" it is the second name's, within the surname.
    """
    for place, word in enumerate(words[:-1]):
        if _JOINED.search(word):
            return None
        if word.lower() in TUSSENVOEGSELS:
            return place
    return None


def _plain(words: Sequence[str], *, first_names: bool, certain: bool) -> Naam | None:
    """A name without a particle: the surname alone, or behind one first name."""
    joined = next((n for n, w in enumerate(words[:-1]) if _JOINED.search(w)), None)
    if joined is not None:
        return _surname(words[joined:], None) if joined <= int(first_names) else None
    arabic = next((n for n, w in enumerate(words[:-1]) if w in _ARABIC), None)
    if arabic is not None:
        return _surname(words[arabic:], None)
    if certain:
        return _surname(words, None)
    return _surname(words[1:], None) if first_names and len(words) == 2 else None


def _surname(words: Sequence[str], particle: str | None) -> Naam | None:
    achternaam = " ".join(words)
    odd = achternaam.lower() in TUSSENVOEGSELS or achternaam.endswith(".")
    if odd or not achternaam[:1].isupper():
        return None
    return Naam(achternaam, particle)


def first_part(surname: str) -> str:
    """The first of two surnames that a dash joins; the whole where there is one.

    >>> first_part("Faber – van de Klashorst")
    'Faber'
    """
    return _DASH.split(surname)[0]


def name_of_actor(
    written: str, doubles: frozenset[str] = frozenset()
) -> ActorNaam | None:
    """The parts of a name such as "Romke de Jong (R.H.)"; None where not certain.

    Initials stand behind, or in front of the surname: then there is no first name, or
    one in brackets. `doubles` are surnames of several words, folded.

    >>> name_of_actor("Bas van 't Wout (B.)").tussenvoegsel
    "van 't"
    """
    found = _ACTOR.fullmatch(written.strip()) if len(written) <= LONGEST else None
    if found is None or bool(found["before"]) == bool(found["behind"]):
        return None
    words = found["name"].split()
    naam = _called(words, found["behind"] or "", doubles)
    if naam is None:
        return None
    size = len(f"{naam.tussenvoegsel or ''} {naam.achternaam}".split())
    called = " ".join(words[:-size])
    alone = not (found["before"] or found["called"])
    if called and not (alone and all(word[0].isupper() for word in called.split())):
        return None
    return ActorNaam(
        roepnaam=called or found["called"],
        tussenvoegsel=naam.tussenvoegsel,
        achternaam=naam.achternaam,
        initialen=found["before"] or found["behind"],
    )


def _called(
    words: Sequence[str], initials: str, doubles: frozenset[str]
) -> Naam | None:
    """The surname behind as many first names as are certain."""
    if len(words) == 1:
        return _surname(words, None)
    if (low := next((n for n, w in enumerate(words) if w == "el"), None)) is not None:
        return _surname(words[low + 1 :], "el")
    if naam := naam_of(" ".join(words), doubles, first_names=bool(initials)):
        return naam
    # Jan Peter Balkenende (J.P.): each first name has its initial
    letters = "".join(filter(str.isupper, initials))
    if "".join(word[0] for word in words[:-1]) in letters:
        return _surname(words[-1:], None)
    return None
