"""Beside what is printed its normal form: codes of groups and ministries, surnames.

The words as printed stay; a form that is not certain stays None and is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from etl.documents.grammar.told_apart import told_apart
from etl.model.lookup import Lookup
from etl.model.naam import naam_of
from etl.model.publicatie import Ambt, Bewindspersoon, Indiener, Publicatie, Signaal
from etl.model.signaal import signaal

SHOWN = 80
"""Characters of a printed word that a flag repeats."""

_PORTFOLIO = re.compile(r"\s[–—-]\s")
"""Before it the ministry, behind it the portfolio of a state secretary."""


def normalised(publicatie: Publicatie, lookup: Lookup) -> Publicatie:
    """The same publication with what `lookup` makes of its printed names.

    Groups are looked up on the day the questions were sent, offices that are asked on
    that day too, and who answers on the day of receipt.
    """
    asked = publicatie.ingezonden or publicatie.ontvangen
    answered = publicatie.ontvangen or publicatie.ingezonden
    whole = replace(
        publicatie,
        indieners=tuple(
            _member(lid, publicatie, lookup) for lid in publicatie.indieners
        ),
        gericht_aan=tuple(
            replace(ambt, ministerie_code=ministerie_code(ambt, lookup, asked))
            for ambt in told_apart(publicatie.gericht_aan, lookup.ministeries)
        ),
        bewindspersonen=tuple(
            _minister(persoon, lookup, answered)
            for persoon in told_apart(publicatie.bewindspersonen, lookup.ministeries)
        ),
    )
    flags = [*whole.signalen, *_fracties(whole, lookup), *_ministeries(whole)]
    return replace(whole, signalen=tuple(dict.fromkeys(flags)))


def ministerie_code(
    ambt: Ambt | Bewindspersoon, lookup: Lookup, op: date | None
) -> str | None:
    """The code that a printed office stands for, where that is certain.

    Of "Volksgezondheid, Welzijn en Sport – Jeugd" the first part decides; a
    Minister-President without a ministry is of Algemene Zaken.
    """
    printed = ambt.ministerie or ambt.functie
    return lookup.ministeries.find(_PORTFOLIO.split(printed)[0], op).code


def _member(lid: Indiener, publicatie: Publicatie, lookup: Lookup) -> Indiener:
    naam = naam_of(lid.naam, lookup.achternamen, first_names=True)
    fractie = lookup.fracties.find(lid.fractie or "", _day(publicatie))
    return replace(
        lid,
        fractie_code=fractie.code,
        achternaam=naam.achternaam if naam else None,
        tussenvoegsel=naam.tussenvoegsel if naam else None,
    )


def _minister(
    persoon: Bewindspersoon, lookup: Lookup, op: date | None
) -> Bewindspersoon:
    naam = naam_of(persoon.naam or "", lookup.achternamen, first_names=False)
    return replace(
        persoon,
        ministerie_code=ministerie_code(persoon, lookup, op),
        achternaam=naam.achternaam if naam else None,
        tussenvoegsel=naam.tussenvoegsel if naam else None,
    )


def _day(publicatie: Publicatie) -> date | None:
    """On which its groups are looked up: the periods are those of the Tweede Kamer."""
    return None if publicatie.kamer == "ek" else publicatie.ingezonden


def _fracties(publicatie: Publicatie, lookup: Lookup) -> Iterator[Signaal]:
    op = _day(publicatie)
    for lid in publicatie.indieners:
        if lid.fractie is None:
            if publicatie.kamer == "tk":
                yield signaal("fractie_ontbreekt", lid.naam[:SHOWN])
        elif lid.fractie_code is None:
            yield signaal("fractie_onbekend", lid.fractie[:SHOWN])
        elif op and not lookup.fracties.find(lid.fractie, op).current:
            yield signaal("fractie_buiten_periode", f"{lid.fractie[:SHOWN]} op {op}")


def _ministeries(publicatie: Publicatie) -> Iterator[Signaal]:
    offices: Iterable[Ambt | Bewindspersoon] = (
        *publicatie.gericht_aan,
        *publicatie.bewindspersonen,
    )
    for ambt in offices:
        if ambt.ministerie and ambt.ministerie_code is None:
            yield signaal("ministerie_onbekend", ambt.ministerie[:SHOWN])
