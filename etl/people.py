"""Which member of the Tweede Kamer a printed indiener is, and for which group he sat.

Only what is certain is linked: one member fits the printed name and sat on the day, or
the zaak names him. All others stay without a persoon.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from etl.model.lookup import Register, folded, letters
from etl.model.naam import LONGEST, TUSSENVOEGSELS, first_part
from etl.model.publicatie import Indiener, Signaal
from etl.model.signaal import signaal

NEAR = timedelta(days=3)
"""The register can be so far off at the change of a Kamer."""

SHOWN = 80
"""Characters of a printed word that a flag repeats."""

_START = re.compile(r"(?:^|(?<=[\s.)]))[^\s.)]")
_WORD = re.compile(r"[^\s()]+")
_HONORIFICS = frozenset(("mr.", "dr.", "drs.", "ir.", "ing.", "prof.", "mw.", "dhr."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lidmaatschap:
    """One period, both days included, for a group as the Tweede Kamer writes it."""

    fractie: str
    naam: str | None = None
    van: date
    tot: date | None = None

    def covers(self, day: date, margin: timedelta = timedelta()) -> bool:
        """Whether the day falls in the period, made wider by `margin` at both ends."""
        return self.van <= _later(day, margin) and day <= _later(self.tot, margin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lid:
    """A person of the register with his memberships."""

    persoon_id: int
    roepnaam: str | None = None
    voornamen: str | None = None
    initialen: str | None = None
    tussenvoegsel: str | None = None
    achternaam: str | None
    lidmaatschappen: tuple[Lidmaatschap, ...] = ()

    def sits(self, day: date) -> bool:
        """Whether he sat on that day, or so near it that the register may be off."""
        return any(each.covers(day, NEAR) for each in self.lidmaatschappen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The person of one indiener, how it is known, and his group on that day.

    `bekend_door` is "zaak" or "naam", None without a person; `fractie_op_datum` is as
    the Tweede Kamer writes it.
    """

    persoon_id: int | None = None
    bekend_door: str | None = None
    fractie_op_datum: str | None = None
    signalen: tuple[Signaal, ...] = ()


@dataclass(frozen=True, slots=True)
class Leden:
    """All members, by the letters of their surname and of its first part if double."""

    fracties: Register
    whole: Mapping[str, tuple[Lid, ...]]
    first: Mapping[str, tuple[Lid, ...]]
    covered: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, leden: Iterable[Lid], fracties: Register) -> Leden:
        """An index, built once; who has no surname is found by nobody."""
        whole: dict[str, tuple[Lid, ...]] = {}
        first: dict[str, tuple[Lid, ...]] = {}
        days: list[tuple[date, date]] = []
        for lid in leden:
            days += [(m.van, m.tot or date.max) for m in lid.lidmaatschappen]
            surname = f"{lid.tussenvoegsel or ''} {lid.achternaam or ''}"
            if key := letters(surname):
                whole[key] = (*whole.get(key, ()), lid)
                if (part := letters(first_part(surname))) not in {"", key}:
                    first[part] = (*first.get(part, ()), lid)
        return cls(fracties, whole, first, tuple(_merged(days)))

    def link(
        self, indiener: Indiener, day: date | None, actors: Collection[int] = ()
    ) -> Link:
        """The person of an indiener of the Tweede Kamer who asked on `day`.

        `actors` are the persons that the Tweede Kamer names as (mede)indiener of the
        zaak. Of an indiener only the printed words are looked at.
        """
        lid = bekend_door = None
        doubles = self._doubles(indiener.naam, day)
        fitting = _unique(self._fitting(indiener.naam, self.whole))
        named = [each for each in fitting if each.persoon_id in actors]
        sitting = [each for each in fitting if day and each.sits(day)]
        double = {each.persoon_id for each in doubles}
        if named:
            lid, bekend_door = self._one(named, indiener, day), "zaak"
            if lid and self._rival(lid, sitting, indiener, day):
                lid = None
        elif sitting and double.isdisjoint(actors):
            lid, bekend_door = self._one(sitting, indiener, day), "naam"
        elif len(doubles) == 1 and double.issubset(actors) and not sitting:
            lid, bekend_door = doubles[0], "zaak"
        if lid is None:
            return Link(signalen=tuple(self._unknown(indiener, day)))
        fractie = self.fractie_on(lid, day, indiener.fractie) if day else None
        return Link(
            persoon_id=lid.persoon_id,
            bekend_door=bekend_door,
            fractie_op_datum=fractie,
            signalen=tuple(self._other_group(lid, indiener, day)),
        )

    def fractie_on(self, lid: Lid, day: date, printed: str | None = None) -> str | None:
        """The group he sat for; None on a day on which he did not sit.

        Of two at once the printed one, else the one that began last; of two that are
        only near the day none, unless it was printed.
        """
        found = self._membership(lid, day, printed)
        return found.fractie if found else None

    def covers(self, day: date) -> bool:
        """Whether the register knows of anybody who sat on that day."""
        return any(van <= day <= tot for van, tot in self.covered)

    def _membership(
        self, lid: Lid, day: date, printed: str | None
    ) -> Lidmaatschap | None:
        exact = [each for each in lid.lidmaatschappen if each.covers(day)]
        near = [each for each in lid.lidmaatschappen if each.covers(day, NEAR)]
        if same := [e for e in exact or near if self._same(e, printed, day)]:
            return same[0]
        if exact:
            return max(exact, key=lambda each: each.van)
        groups = {letters(each.fractie) for each in near}
        return near[0] if len(groups) == 1 else None

    def _same(self, held: Lidmaatschap, printed: str | None, day: date) -> bool:
        if not printed or len(printed) > LONGEST:
            return False
        names = [name for name in (held.fractie, held.naam) if name]
        code = self.fracties.find(printed, day).code
        codes = {self.fracties.find(name, day).code for name in names} - {None}
        return code in codes or folded(printed) in set(map(folded, names))

    def _of_group(
        self, leden: Iterable[Lid], printed: str | None, day: date
    ) -> list[Lid]:
        return [
            lid
            for lid in leden
            if (held := self._membership(lid, day, printed))
            if self._same(held, printed, day)
        ]

    def _one(
        self, leden: Sequence[Lid], indiener: Indiener, day: date | None
    ) -> Lid | None:
        if len(leden) == 1:
            return leden[0]
        if day is None:
            return None
        sitting = [lid for lid in leden if lid.sits(day)]
        if len(sitting) > 1:
            sitting = self._of_group(sitting, indiener.fractie, day)
        return sitting[0] if len(sitting) == 1 else None

    def _rival(
        self, lid: Lid, sitting: Sequence[Lid], indiener: Indiener, day: date | None
    ) -> bool:
        """Whether the printed group is that of a namesake whom the zaak does not name.

        The list of the zaak may lack a name, so that neither of the two is certain.
        """
        if day is None or lid in self._of_group([lid], indiener.fractie, day):
            return False
        return bool(self._of_group(sitting, indiener.fractie, day))

    def _doubles(self, naam: str, day: date | None) -> list[Lid]:
        """Who sat, printed with one of his two surnames or held with one of the two.

        Certain only where the zaak names him and no other could be meant.
        """
        head = first_part(naam)
        found = (
            *self._fitting(naam, self.first),
            *(self._fitting(head, self.whole) if head != naam else ()),
        )
        return [lid for lid in _unique(found) if day and lid.sits(day)]

    def _fitting(
        self, naam: str, index: Mapping[str, tuple[Lid, ...]]
    ) -> Iterator[Lid]:
        """Whose surname ends the name, with first names that fit what precedes it."""
        if len(naam) > LONGEST:
            return
        for start in _START.finditer(naam):
            leden = index.get(letters(naam[start.start() :]), ())
            words = _WORD.findall(naam[: start.start()])
            if leden and TUSSENVOEGSELS.isdisjoint(map(str.lower, words)):
                yield from (lid for lid in leden if first_names_fit(words, lid))

    def _unknown(self, indiener: Indiener, day: date | None) -> Iterator[Signaal]:
        if day and self.covers(day):
            group = f" ({indiener.fractie[:SHOWN]})" if indiener.fractie else ""
            yield signaal("persoon_onbekend", indiener.naam[:SHOWN] + group)

    def _other_group(
        self, lid: Lid, indiener: Indiener, day: date | None
    ) -> Iterator[Signaal]:
        printed = indiener.fractie
        held = self._membership(lid, day, printed) if day else None
        if not (day and held and printed) or self._same(held, printed, day):
            return
        # What stands for no group for certain is flagged as such already.
        if self.fracties.find(printed, day).code is not None:
            yield signaal(
                "fractie_wijkt_af",
                f"{indiener.naam[:SHOWN]}: gedrukt {printed[:SHOWN]},"
                f" op die dag {held.fractie[:SHOWN]}",
            )


def first_names_fit(words: Sequence[str], lid: Lid) -> bool:
    """Whether first names and initials in front of a surname can be those of `lid`.

    Of someone of whom the register holds neither, anything may be printed.
    """
    words = [word for word in words if word.lower() not in _HONORIFICS]
    initials = "".join(letters(word) for word in words if "." in word)
    given = "".join(letters(word) for word in words if "." not in word)
    own = letters(lid.initialen or "")
    names = [name.split() for name in (lid.roepnaam, lid.voornamen) if name]
    if initials and own and not own.startswith(initials):
        return False
    if not given:
        return True
    if names:
        return given in {"".join(map(letters, n[:k])) for n in names for k in _upto(n)}
    return not own or given[0] == own[0]


def _upto(words: Sequence[str]) -> range:
    return range(1, len(words) + 1)


def _later(day: date | None, margin: timedelta) -> date:
    return date.max if day is None or date.max - day < margin else day + margin


def _unique(leden: Iterable[Lid]) -> list[Lid]:
    return list({lid.persoon_id: lid for lid in leden}.values())


def _merged(days: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Periods that overlap or meet taken together, in order."""
    start = end = None
    for van, tot in sorted(days):
        if start is None or end is None:
            start, end = van, tot
        elif van <= _later(end, timedelta(days=1)):
            end = max(end, tot)
        else:
            yield start, end
            start, end = van, tot
    if start is not None and end is not None:
        yield start, end
