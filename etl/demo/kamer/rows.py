"""Real rows of OData v4/2.0 put into the replica."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from etl.demo.kamer.builders import Builders
from etl.demo.kamer.columns import API_LAG
from etl.demo.kamer.magazijn import guid
from etl.demo.kamer.shape import COMMON
from etl.demo.kamer.values import Value, When, ticks

Cells = Mapping[str, object]

NAMELESS = "x:actor zonder relatie"
RELATIES = (
    "Indiener",
    "Medeindiener",
    "Gericht aan",
    "Rapporteur",
    "Voortouwcommissie",
    "Volgcommissie",
)
"""Kinds of actor whose names stand in a row under `x:`, several with ", " between."""

# The names of committees have commas of their own.
_BETWEEN = {"Volgcommissie": re.compile(r", (?=vaste commissie )")}
_COMMA = re.compile(", ")
_PERSON = re.compile(
    r"(?:(?P<first>[^a-z(]\S*(?: [^a-z'(]\S*(?= [a-z']))?) )?"
    r"(?P<between>(?:[a-z']\S* )*)(?P<last>.+) \((?P<initials>[^)]+)\)"
)


class Rows(Builders):
    """Takes rows as they were once seen, with their own ids and times."""

    def load_row(
        self,
        category: str,
        row: Cells,
        links: Mapping[str, Sequence[str]] | None = None,
    ) -> str:
        """One row, with links that a row does not show, such as a Document's to zaak.

        Expanded rows inside it and keys with `x:` are left alone.
        """
        if row.get("Verwijderd", False) is None:
            return self.placeholder(category, str(row["Id"]))
        shape = self.shapes[category]
        fields: dict[str, Value] = {}
        refs: dict[str, Sequence[str]] = dict(links or {})
        for name, value in row.items():
            if (
                name in {"Id", *COMMON}
                or ":" in name
                or isinstance(value, (list, dict))
            ):
                continue
            if not name.endswith("_Id"):
                fields[shape.field(name)] = _value(value)
            elif value is not None:
                refs[name.removesuffix("_Id")] = [str(value)]
        changed, updated = _times(row)
        known = self.put(
            category, str(row["Id"]), fields, refs, changed=changed, updated=updated
        )
        if row.get("Verwijderd"):
            self.delete(known)
        return known

    def load_zaak_rows(self, rows: Iterable[Cells], *, people: bool = False) -> None:
        """Rows of Zaak, in this order, each followed by its actors.

        The names of actors stay as they are; with `people` a name such as "Renske
        Leijten (R.M.)" becomes a Persoon, and the actor's name "R.M. Leijten".
        """
        for row in rows:
            zaak = self.load_row("Zaak", row)
            for number, (relatie, naam) in enumerate(_actors(row)):
                fields: dict[str, Value] = {"actorNaam": naam, "relatie": relatie}
                refs = {"zaak": [zaak]}
                if people and naam and (found := _PERSON.fullmatch(naam)):
                    refs["persoon"] = [self._person(naam, found)]
                    parts = (found["initials"], found["between"].strip(), found["last"])
                    fields["actorNaam"] = " ".join(part for part in parts if part)
                if relatie in {"Indiener", "Medeindiener"}:
                    fields["functie"] = "Tweede Kamerlid"
                known = guid(f"{zaak} {number}")
                changed, updated = _times(row)
                self.put(
                    "ZaakActor", known, fields, refs, changed=changed, updated=updated
                )

    def _person(self, naam: str, found: re.Match[str]) -> str:
        known = guid(f"persoon {naam}")
        if known not in self.held:
            fields: dict[str, Value] = {
                "initialen": found["initials"],
                "tussenvoegsel": found["between"].strip() or None,
                "achternaam": found["last"],
                "roepnaam": found["first"],
            }
            self.put("Persoon", known, fields)
        return known


def _actors(row: Cells) -> Iterator[tuple[str | None, str | None]]:
    """Relation and name of each actor of a row."""
    for relatie in RELATIES:
        names = str(row.get(f"x:{relatie}") or "")
        if names:
            between = _BETWEEN.get(relatie, _COMMA)
            yield from ((relatie, name) for name in between.split(names))
    if nameless := str(row.get(NAMELESS) or ""):
        # Two empty names leave one comma.
        yield from ((None, None) for _ in _COMMA.split(nameless))


def _times(row: Cells) -> tuple[When | None, When | None]:
    """When the source and when the feed had it, as far as the row says so."""
    changed, api = row.get("GewijzigdOp"), row.get("ApiGewijzigdOp")
    return (
        str(changed) if changed else None,
        ticks(str(api)) - API_LAG if api else None,
    )


def _value(value: object) -> Value:
    return value if isinstance(value, (str, int)) else None
