"""What happens at both houses while nobody looks: published, changed, withdrawn."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from faults.material import made as made_publicatie
from faults.material import name_of, word, xml, zaak_of

from etl.demo.kamer import Kamer, guid
from etl.demo.kamer.builders import WORD
from etl.demo.listing import Publication
from etl.demo.replica import Replica
from etl.model.publicatie import Publicatie

FIRST_DAY = date(2024, 1, 1)
EVERY = 10
"""Of so many publications one is at the Tweede Kamer too."""


@dataclass
class World:
    """Both sources; each `tick` is a day on which something happens.

    `loaded` says whether this content (sha256 of the body) of a publication was seen:
    what was withdrawn before it was ever seen is no more than a name, so that the end
    would depend on who was quick.
    """

    koop: Replica
    kamer: Kamer
    chance: random.Random
    loaded: Callable[[str, str], bool] = lambda name, sha256: True
    day: date = FIRST_DAY
    versions: dict[int, int] = field(default_factory=dict)
    reprinted: dict[int, int] = field(default_factory=dict)
    withdrawn: dict[int, Publication] = field(default_factory=dict)
    """By number, as it was before."""
    happened: Counter[str] = field(default_factory=Counter)

    def tick(self, upto: int, events: int) -> None:
        """Publish all numbers up to `upto`, and let so many other things happen."""
        self.day += timedelta(1)
        for number in range(len(self.versions) + 1, upto + 1):
            self._publish(number)
        for _ in range(events if self.versions else 0):
            self.chance.choice(
                (self._change, self._change, self._withdraw, self._reprint, self._close)
            )()

    def truth(self) -> Iterator[tuple[int, Publicatie]]:
        """Every publication that stands, by its number, with its last values."""
        for number, version in self.versions.items():
            if number not in self.withdrawn:
                last = self.reprinted.get(number, version)
                yield number, made_publicatie(number, last)

    @contextmanager
    def before_withdrawal(self) -> Iterator[None]:
        """The world as if nothing had been withdrawn yet."""
        now = {name: self.koop.publications[name] for name in self._withdrawn_names()}
        self.koop.publications.update(
            {p.identifier: p for p in self.withdrawn.values()}
        )
        yield
        self.koop.publications.update(now)

    def _withdrawn_names(self) -> list[str]:
        return [name_of(number) for number in self.withdrawn]

    @property
    def _modified(self) -> str:
        return self.day.isoformat()

    def _publish(self, number: int) -> None:
        self.versions[number] = 1
        fields = {"w.vraagnummer": zaak_of(number)}
        self.koop.publish(name_of(number), {"xml": xml(number)}, self._modified, fields)
        self.happened["published"] += 1
        if number % EVERY == 0:
            self.file(number)

    def file(self, number: int) -> None:
        """The same at the Tweede Kamer: its zaak, and the answer in Word."""
        held = made_publicatie(number)
        zaak = self.kamer.zaak(zaak_of(number), held.onderwerp or "", held.ingezonden)
        for indiener in held.indieners:
            self.kamer.zaak_actor(zaak, indiener.naam, fractie=indiener.fractie)
        self.kamer.document(
            "Antwoord schriftelijke vragen",
            held.onderwerp or "",
            held.ontvangen,
            [zaak],
            nummer=f"2021D{number:05}",
            aanhangselnummer=f"2021{number:05}",
            externe_identifier=name_of(number),
            body=word(number),
            content_type=WORD,
        )
        self.happened["filed at the Kamer"] += 1

    def _change(self) -> None:
        number = self._any()
        if number in self.withdrawn or number in self.reprinted:
            return
        self.versions[number] += 1
        body = xml(number, self.versions[number])
        self.koop.change(name_of(number), self._modified, {"xml": body})
        self.happened["changed"] += 1

    def _withdraw(self) -> None:
        number = self._any()
        name = name_of(number)
        if number in self.withdrawn or number in self.reprinted or number % EVERY == 0:
            return
        held = self.koop.publications[name]
        if self.loaded(name, hashlib.sha256(held.files["xml"]).hexdigest()):
            self.koop.withdraw(name, self._modified)
            self.withdrawn[number] = replace(held)
            self.happened["withdrawn"] += 1

    def _reprint(self) -> None:
        """Printed again, corrected, under a name of its own."""
        number = self._any()
        if number in self.withdrawn or number in self.reprinted:
            return
        version = self.reprinted[number] = self.versions[number] + 100
        self.koop.publish(
            f"{name_of(number)}-h1",
            {"xml": xml(number, version)},
            self._modified,
            {"w.vraagnummer": zaak_of(number)},
        )
        self.happened["reprinted"] += 1

    def _close(self) -> None:
        """The Kamer notes that a zaak is done with."""
        number = self._any()
        if number % EVERY == 0:
            self.kamer.change(guid(f"zaak {zaak_of(number)}"), afgedaan=True)
            self.happened["closed at the Kamer"] += 1

    def _any(self) -> int:
        return self.chance.randrange(1, len(self.versions) + 1)
