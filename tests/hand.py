"""Publications made by hand, and what loads them as the pipeline does."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from etl.dedupe import Decision, decide, reading_of
from etl.documents.grammar.normalise import normalised
from etl.documents.grammar.verwijzing import verwijzingen
from etl.lookup import lookup
from etl.model.publicatie import (
    Ambt,
    Bewindspersoon,
    Blok,
    Indiener,
    Metadata,
    Noot,
    Publicatie,
    Rol,
    Soort,
    ZieOok,
)
from etl.model.record import Bron, Formaat, Record
from etl.store import PostgresStore


def make_folder(prefix: str) -> Path:
    """A folder outside pytest's own, which the server's account cannot enter."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    return folder


SOURCE = "officielebekendmakingen"
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def blok(soort: str, *nummers: str, tekst: str | None = None) -> Blok:
    label = f"{soort} {' en '.join(nummers)}".strip()
    return Blok(label=label, nummers=nummers, tekst=tekst or f"Tekst van {label}.")


def vraag(*nummers: str, tekst: str | None = None) -> Blok:
    return blok("Vraag", *nummers, tekst=tekst)


def antwoord(*nummers: str, tekst: str | None = None) -> Blok:
    return blok("Antwoord", *nummers, tekst=tekst)


def publicatie(nummer: int | None = 1505, **changes: Any) -> Publicatie:
    """An answer as ah-tk-20222023-1505 prints it, shortened."""
    whole = Publicatie(
        identifier=f"ah-tk-20222023-{nummer}" if nummer else None,
        kamer="tk",
        vergaderjaar="2022-2023",
        aanhangselnummer=nummer,
        zaaknummers=("2023Z00306",),
        soort=Soort.ANTWOORD,
        onderwerp="het bericht dat visa worden geweigerd",
        ingezonden=date(2023, 1, 12),
        ontvangen=date(2023, 2, 13),
        indieners=(
            Indiener(naam="Agnes Mulder", fractie="CDA"),
            Indiener(naam="Boswijk", fractie="CDA"),
        ),
        gericht_aan=(Ambt(functie="Minister", ministerie="Buitenlandse Zaken"),),
        bewindspersonen=(
            Bewindspersoon(
                naam="Hoekstra",
                functie="Minister",
                ministerie="Buitenlandse Zaken",
                rol=Rol.ANTWOORD,
            ),
        ),
        zie_ook=(ZieOok(vergaderjaar="2022-2023", aanhangselnummer=1200),),
        vragen=(vraag("1"), vraag("2")),
        antwoorden=(antwoord("1", tekst="Ja."), antwoord("2")),
        noten=(Noot(nummer="1", tekst="NRC", urls=("https://example.org/a",)),),
    )
    return referring(replace(whole, **changes))


def understood(nummer: int | None = 1505, **changes: Any) -> Publicatie:
    """The same with its names in their normal form, as a run hands it to the store."""
    return normalised(publicatie(nummer, **changes), lookup())


def referring(value: Publicatie) -> Publicatie:
    """With the references that its line "Zie ook" and its notes make."""
    if value.verwijzingen:
        return value
    return replace(value, verwijzingen=verwijzingen(value))


@dataclass
class Clock:
    """Time as the test sets it."""

    time: datetime = START

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **steps: float) -> None:
        self.time += timedelta(**steps)


@dataclass
class Loader:
    """Does with one publication what the pipeline does."""

    store: PostgresStore
    now: Callable[[], datetime]
    run_id: int = field(init=False)

    def __post_init__(self) -> None:
        self.run_id = self.store.open_run(SOURCE)

    def __call__(
        self,
        value: Publicatie,
        *,
        identifier: str | None = None,
        body: bytes | None = None,
        formaat: Formaat = Formaat.XML,
        metadata: Metadata | None = None,
        dekking: float | None = None,
    ) -> tuple[Decision, int]:
        name = identifier or value.identifier or "word-1"
        found = record(name, metadata=metadata or Metadata(titel="Titel"))
        bron = self.bron(name, repr(value).encode() if body is None else body)
        reading = reading_of(found, value, formaat, dekking, bron.sha256)

        def work(unit: Any) -> tuple[Decision, int]:
            held = unit.held(reading)
            whole = held.whole(reading)
            decision = decide(held, whole, reading)
            publicatie_id = unit.load(decision, held, whole, reading)
            unit.attach(publicatie_id, SOURCE, bron)
            unit.settle(found)
            unit.advance(SOURCE, found.position)
            return decision, publicatie_id

        return self.store.transact(self.run_id, work)

    def withdraw(self, identifier: str) -> bool:
        found = record(identifier)

        def work(unit: Any) -> bool:
            withdrawn = bool(unit.withdraw(found))
            unit.settle(found)
            return withdrawn

        return self.store.transact(self.run_id, work)

    def bron(self, name: str, body: bytes) -> Bron:
        return Bron(
            body=body,
            url=f"https://example.org/{name}.xml",
            media_type="application/xml",
            fetched_at=self.now(),
            etag='"e"',
        )


def record(identifier: str, **changes: Any) -> Record:
    whole = Record(
        source=SOURCE,
        identifier=identifier,
        position=f"2023-02-13 {identifier}",
        fingerprint="f" * 64,
        metadata=Metadata(),
    )
    return replace(whole, **changes)
