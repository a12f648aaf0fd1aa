"""Joining what came in with the rest: persons, zaken, terms, and what belongs together.

The queue says what has to be joined; whatever order things arrived in, joining them
gives the same. What is joined already is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from etl.matching import matched
from etl.ministers import Ambtsperioden
from etl.model.link import Asked, Linked, LinkedBewindspersoon, LinkedIndiener
from etl.model.lookup import Lookup, Register
from etl.observed import observed
from etl.people import Leden
from etl.ports import Joining, Store

ZAKEN = 1000
PUBLICATIES = 200
"""How many at a time: a transaction stays short."""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who can be linked."""

    leden: Leden
    ambtsperioden: Ambtsperioden

    def link(self, asked: Asked) -> Linked:
        """Who the persons of one publication are. Only the Tweede Kamer's are known."""
        found = [
            (volgorde, self.leden.link(indiener, asked.day, asked.actors))
            for volgorde, indiener in asked.indieners
            if asked.kamer == "tk"
        ]
        return Linked(
            publicatie_id=asked.publicatie_id,
            indieners=tuple(
                LinkedIndiener(
                    publicatie_id=asked.publicatie_id,
                    volgorde=volgorde,
                    persoon_id=link.persoon_id,
                    fractie_op_datum=link.fractie_op_datum,
                    bekend_door=link.bekend_door,
                )
                for volgorde, link in found
            ),
            bewindspersonen=tuple(
                LinkedBewindspersoon(
                    publicatie_id=asked.publicatie_id,
                    volgorde=volgorde,
                    ambtsperiode_id=term.ambtsperiode_id if term else None,
                )
                for volgorde, persoon in asked.bewindspersonen
                for term in [self.ambtsperioden.find(persoon, asked.answered)]
            ),
            signalen=tuple(
                dict.fromkeys(one for _, link in found for one in link.signalen)
            ),
        )


@dataclass(slots=True)
class Linking:
    """Empties the queue; made anew for each run. `housed` is `etl.lookup.housed`."""

    store: Store
    lookup: Lookup
    housed: Register
    stopping: Callable[[], bool] = lambda: False
    event: Callable[..., None] = lambda name, **details: None

    def zaken(self, run_id: int) -> None:
        """Join persons and zaken: what documents have to be read follows from it."""
        self.store.transact(run_id, _people)
        self.store.transact(run_id, _count)
        if zaken := self._batches(run_id, _zaken):
            self._observe(run_id)
            self.event("linked", zaken=zaken)

    def __call__(self, run_id: int) -> None:
        """Join all that waits. Raises StoreError."""
        self.zaken(run_id)
        publicaties = 0
        if self.store.transact(
            run_id, lambda unit: unit.waiting_links("publicatie", 1)
        ):
            people = People(
                Leden.of(self.store.leden(), self.lookup.fracties),
                Ambtsperioden.of(self.store.ambtsperioden(), self.housed),
            )
            publicaties = self._batches(run_id, lambda unit: _publicaties(unit, people))
        if publicaties:
            self.event("linked", publicaties=publicaties)

    def _observe(self, run_id: int) -> None:
        """Grow the terms of office by those whom the new zaken name."""
        known = Ambtsperioden.of(self.store.ambtsperioden(sure=True), self.housed)
        terms = observed(self.store.addressed(), known, self.lookup.ministeries)
        self.store.transact(run_id, lambda unit: unit.observe(terms))

    def _batches(self, run_id: int, work: Callable[[Joining], int]) -> int:
        done = 0
        while not self.stopping():
            some = self.store.transact(run_id, work)
            done += some
            if not some:
                break
        return done


def _people(unit: Joining) -> None:
    if unit.waiting_links("people", 1):
        unit.link_people()


def _count(unit: Joining) -> None:
    if len(unit.waiting_links("zaak", ZAKEN)) == ZAKEN:
        unit.count_mirror()


def _zaken(unit: Joining) -> int:
    ids = unit.waiting_links("zaak", ZAKEN)
    if ids:
        unit.link_zaken(ids)
    return len(ids)


def _publicaties(unit: Joining, people: People) -> int:
    ids = unit.waiting_links("publicatie", PUBLICATIES)
    if ids:
        # first, as a zaak tells who asked
        unit.match(
            ids, {one.publicatie_id: matched(one) for one in unit.unmatched(ids)}
        )
        unit.link(ids, [people.link(asked) for asked in unit.asked(ids)])
    return len(ids)
