"""Persons, terms and publications to be joined, as parameters and back: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from etl.matching import Candidate, Unmatched
from etl.model.link import Asked, Linked
from etl.model.lookup import folded
from etl.model.publicatie import Bewindspersoon, Indiener, Rol
from etl.observed import Term
from etl.people import Lid, Lidmaatschap
from etl.store.rows import Row, as_json, storable_json

FIRST_DERIVED = 1001
"""The `volgorde` of the first signal that came of joining: the rest is of the text."""


def lid_of(row: Row) -> Lid:
    """A row of `people_list` as a value."""
    periods = tuple(
        Lidmaatschap(
            fractie=one["fractie"],
            naam=one["naam"],
            van=date.fromisoformat(one["van"]),
            tot=date.fromisoformat(one["tot"]) if one["tot"] else None,
        )
        for one in row["lidmaatschappen"]
    )
    return Lid(**{**row, "lidmaatschappen": periods})


def asked_of(row: Row) -> Asked:
    """A row of `link_read` as a value."""
    return Asked(
        publicatie_id=row["publicatie_id"],
        kamer=row["kamer"],
        day=row["dag"],
        answered=row["ontvangen"],
        indieners=[_placed(Indiener, one) for one in row["indieners"]],
        bewindspersonen=[
            _placed(Bewindspersoon, {**one, "rol": Rol(one["rol"])})
            for one in row["bewindspersonen"]
        ],
        actors=row["actoren"],
    )


def unmatched_of(row: Row) -> Unmatched:
    """A row of `link_unmatched` as a value."""
    return Unmatched(
        publicatie_id=row["publicatie_id"],
        onderwerp=row["onderwerp"],
        indieners=[Indiener(**one) for one in row["indieners"]],
        candidates=[Candidate(**one) for one in row["candidates"]],
    )


def matches_json(zaken: Mapping[int, str | None]) -> str:
    """The parameter of `link_matched`."""
    return as_json(
        [
            {"publicatie_id": publicatie_id, "zaaknummer": zaaknummer}
            for publicatie_id, zaaknummer in zaken.items()
            if zaaknummer
        ]
    )


def _placed(kind: Any, value: Row) -> tuple[int, Any]:
    fields = {name: value[name] for name in value if name != "volgorde"}
    return value["volgorde"], kind(**fields)


def linked_json(linked: Sequence[Linked]) -> str:
    """The parameter of `link_write`."""
    signalen = [
        {"publicatie_id": one.publicatie_id, "volgorde": place, **_signaal(signaal)}
        for one in linked
        for place, signaal in enumerate(one.signalen, start=FIRST_DERIVED)
    ]
    return as_json(
        storable_json(
            {
                "indieners": [asdict(each) for one in linked for each in one.indieners],
                "bewindspersonen": [
                    asdict(each) for one in linked for each in one.bewindspersonen
                ],
                "signalen": signalen,
            }
        )
    )


def _signaal(signaal: Any) -> Row:
    return {"code": signaal.code, "uitleg": signaal.uitleg}


def terms_json(terms: Sequence[Term]) -> str:
    """The parameter of `ambtsperiode_observe`."""
    found = [{**asdict(term), "van": term.van.isoformat()} for term in terms]
    return as_json(storable_json(found))


def spellings(surnames: Iterable[str]) -> list[str]:
    """How these surnames may be printed, in lower case: whole, folded or by a part."""
    found = set()
    for surname in surnames:
        for text in (surname, *surname.split("-")):
            found |= {text.strip().lower(), folded(text)}
    return sorted(found - {""})
