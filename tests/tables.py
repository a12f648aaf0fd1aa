"""Rows written straight into the tables: for what views and checks make of them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg

NAMES = uuid.UUID("0b9a3c0e-0000-4000-8000-000000000000")


def guid(name: str) -> str:
    """The GUID that the Tweede Kamer gave to what the test calls `name`."""
    return str(uuid.uuid5(NAMES, name))


@dataclass
class Tables:
    """Inserts as the superuser; what is not told is left out or plain."""

    database: Any
    _connection: Any = field(init=False)

    def __post_init__(self) -> None:
        url = self.database.url("etl_admin")
        self._connection = psycopg.connect(url, autocommit=True)

    def close(self) -> None:
        self._connection.close()

    def put(self, table: str, **values: Any) -> None:
        columns = ", ".join(values)
        places = ", ".join(["%s"] * len(values))
        statement = f"insert into {table} ({columns}) values ({places})"
        self._connection.execute(statement, list(values.values()))

    def publicatie(self, identifier: str, soort: str = "antwoord", **more: Any) -> int:
        """Its publicatie_id; numbered where the identifier says so."""
        values: dict[str, Any] = {
            "identifier": identifier,
            "soort": soort,
            "formaat": "xml",
            "inhoud_sha256": "a" * 64,
            "eerst_gezien": "2026-11-24T09:00Z",
            "laatst_gewijzigd": "2026-11-24T09:00Z",
        }
        parts = identifier.split("-")
        if len(parts) == 4 and parts[0] == "ah":
            _, kamer, jaar, nummer = parts
            digits = nummer.rstrip("abcdefghijklmnopqrstuvwxyz")
            values["kamer"] = kamer
            values["vergaderjaar"] = f"{jaar[:4]}-{jaar[4:]}"
            values["aanhangselnummer"] = int(digits)
            values["toevoeging"] = nummer[len(digits) :]
        self.put("aanhangsel.publicatie", **(values | more))
        return self.id_of(identifier)

    def id_of(self, identifier: str) -> int:
        ((publicatie_id,),) = self._connection.execute(
            "select publicatie_id from aanhangsel.publicatie where identifier = %s",
            [identifier],
        ).fetchall()
        return int(publicatie_id)

    def zaak(self, zaaknummer: str, **values: Any) -> None:
        """A case as the Tweede Kamer gives it, unless `soort` is None."""
        known = {"soort": "Schriftelijke vragen", "tk_id": guid(zaaknummer)}
        self.put("aanhangsel.zaak", zaaknummer=zaaknummer, **(known | values))

    def link(
        self, publicatie_id: int, zaaknummer: str, bekend_door: str = "vraagnummer"
    ) -> None:
        self._connection.execute(
            "insert into aanhangsel.publicatie_zaak"
            " select publicatie_id, %s, soort, %s from aanhangsel.publicatie"
            " where publicatie_id = %s",
            [zaaknummer, bekend_door, publicatie_id],
        )

    def refer(self, publicatie_id: int, doel: int) -> None:
        """A line "Zie ook" that names another publication."""
        self._connection.execute(
            "insert into aanhangsel.verwijzing"
            " (publicatie_id, volgorde, soort, tekst, doel_publicatie_id)"
            " select %(id)s, count(*) + 1, 'zie ook', 'nr. 1', %(doel)s"
            " from aanhangsel.verwijzing where publicatie_id = %(id)s",
            {"id": publicatie_id, "doel": doel},
        )

    def entity(self, name: str, category: str, **values: Any) -> str:
        """One row of the mirror; `fields` and `refs` are mappings."""
        for key in ("fields", "refs"):
            values[key] = json.dumps(values.get(key, {}))
        known = {
            "entity_id": guid(name),
            "category": category,
            "state": "kept",
            "first_seen_at": "2026-11-24T09:00Z",
            "last_changed_at": "2026-11-24T09:00Z",
        }
        self.put("etl.entity", **(known | values))
        return guid(name)

    def document(
        self,
        name: str,
        soort: str,
        zaken: Sequence[str],
        read_as: int | None = None,
        **values: Any,
    ) -> None:
        """A document of the Tweede Kamer, and the publication it was read as."""
        refs = {"zaak": [guid(zaak) for zaak in zaken]}
        fields = {"soort": soort, **values.pop("fields", {})}
        tk_id = self.entity(name, "Document", fields=fields, refs=refs, **values)
        if read_as is not None:
            self.put(
                "etl.reading",
                source="tweedekamer",
                identifier=tk_id,
                publicatie_id=read_as,
                metadata="{}",
                content=b"x",
                formaat="docx",
            )

    def actor(self, name: str, zaak: str, relatie: str, **values: Any) -> None:
        fields = {"relatie": relatie, "actornaam": name, **values.pop("fields", {})}
        self.entity(
            f"{zaak} {relatie} {name}",
            "ZaakActor",
            parent_id=guid(zaak),
            fields=fields,
            **values,
        )

    def clear(self, table: str) -> None:
        """Without its rows, and those that belong to them."""
        self._connection.execute(f"delete from {table}")

    def today(self) -> date:
        """What the database calls today."""
        ((day,),) = self._connection.execute("select current_date").fetchall()
        assert isinstance(day, date)
        return day
