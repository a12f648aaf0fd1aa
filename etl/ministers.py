"""Which term of office an answering bewindspersoon (member of the government) is in.

Only what is certain is linked: one holder of the printed name and office on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from etl.model.lookup import Register, letters
from etl.model.naam import first_part
from etl.model.publicatie import Bewindspersoon

NEAR = timedelta(days=14)
"""An answer can come in after its minister left; some borders are only observed."""

_PREMIER = "Minister-President"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambtsperiode:
    """One term, both days included: that of dismissal is the first of the successor.

    `van` is None where unknown, `tot` also where it lasts.
    """

    ambtsperiode_id: int
    achternaam: str
    tussenvoegsel: str | None = None
    functie: str
    ministerie_code: str
    van: date | None
    tot: date | None

    def covers(self, day: date, margin: timedelta = timedelta()) -> bool:
        """Whether the day falls in the term, made wider by `margin` at both ends."""
        return (self.van is None or self.van - day <= margin) and (
            self.tot is None or day - self.tot <= margin
        )


@dataclass(frozen=True, slots=True)
class Ambtsperioden:
    """All terms by the letters of the surname, and of its first part if double."""

    housed: Register
    whole: Mapping[str, tuple[Ambtsperiode, ...]]
    first: Mapping[str, tuple[Ambtsperiode, ...]]

    @classmethod
    def of(cls, rows: Iterable[Ambtsperiode], housed: Register) -> Ambtsperioden:
        """An index, built once; `housed` says in which ministry a code was on a day."""
        whole: dict[str, tuple[Ambtsperiode, ...]] = {}
        first: dict[str, tuple[Ambtsperiode, ...]] = {}
        for row in rows:
            surname = f"{row.tussenvoegsel or ''} {row.achternaam}"
            for index, key in ((whole, surname), (first, first_part(surname))):
                index[letters(key)] = (*index.get(letters(key), ()), row)
        return cls(housed, whole, first)

    def find(self, persoon: Bewindspersoon, day: date | None) -> Ambtsperiode | None:
        """The term of who answered on `day`; None where that is not certain.

        Without a ministry that is known, the name must be that of one holder.
        """
        if day is None or persoon.naam is None:
            return None
        surname = f"{persoon.tussenvoegsel or ''} {persoon.achternaam or persoon.naam}"
        for found in (
            self.whole.get(letters(surname), ()),
            self.first.get(letters(surname), ()),
            self.whole.get(letters(first_part(surname)), ()),
        ):
            for rows in self._offices(found, persoon, day):
                for margin in (timedelta(), NEAR):
                    if now := [row for row in rows if row.covers(day, margin)]:
                        return _one(now)
        return None

    def _offices(
        self, found: Sequence[Ambtsperiode], persoon: Bewindspersoon, day: date
    ) -> Iterator[list[Ambtsperiode]]:
        """Terms in the office as printed; then those housed in it, or housing it."""
        printed = persoon.ministerie_code
        alike = [row for row in found if _same_functie(row, persoon)]
        if printed is None:
            # nothing but the day tells two offices of one holder apart
            yield [row for row in alike if row.covers(day)]
            return
        yield [row for row in alike if row.ministerie_code == printed]
        yield [
            row
            for row in alike
            if self._house(row.ministerie_code, day) == printed
            or self._house(printed, day) == row.ministerie_code
        ]

    def _house(self, code: str, day: date) -> str | None:
        return self.housed.find(code, day).code


def _same_functie(row: Ambtsperiode, persoon: Bewindspersoon) -> bool:
    """The Minister-President is printed as Minister (Algemene Zaken) besides."""
    az = row.functie == _PREMIER and persoon.ministerie_code == row.ministerie_code
    return row.functie == persoon.functie or (az and persoon.functie == "Minister")


def _one(rows: Sequence[Ambtsperiode]) -> Ambtsperiode | None:
    """The only one; of two terms in one office, as between two cabinets, the later."""
    offices = {(row.achternaam, row.functie, row.ministerie_code) for row in rows}
    if len(offices) > 1:
        return None
    return max(rows, key=lambda row: row.van or date.min)
