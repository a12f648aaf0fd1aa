"""What is known of the persons in a publication, and who they turn out to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.model.publicatie import Bewindspersoon, Indiener, Signaal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The persons of one publication, each with its `volgorde`.

    `day` is that of asking, `answered` that of the answer; `actors` are the persons
    that the Tweede Kamer names as the askers of its zaken.
    """

    publicatie_id: int
    kamer: str | None
    day: date | None
    answered: date | None
    indieners: Sequence[tuple[int, Indiener]]
    bewindspersonen: Sequence[tuple[int, Bewindspersoon]]
    actors: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedIndiener:
    """Who asked; all None where that is not certain."""

    publicatie_id: int
    volgorde: int
    persoon_id: int | None
    fractie_op_datum: str | None
    bekend_door: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedBewindspersoon:
    """In which term of office somebody answered; None where that is not certain."""

    publicatie_id: int
    volgorde: int
    ambtsperiode_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One publication joined with the rest."""

    publicatie_id: int
    indieners: tuple[LinkedIndiener, ...]
    bewindspersonen: tuple[LinkedBewindspersoon, ...]
    signalen: tuple[Signaal, ...]
