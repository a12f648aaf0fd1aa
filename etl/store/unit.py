"""One transaction of a run: a publication's rows and its place in the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from etl.combine import Whole, combined
from etl.dedupe import Current, Decision, Held, decide
from etl.errors import DocumentFault
from etl.model.identity import Key
from etl.model.reading import Reading
from etl.model.record import Bron, Record
from etl.store import filed, rows
from etl.store.joining import Joining
from etl.store.rows import Row

if TYPE_CHECKING:
    import zstandard


@dataclass(slots=True, kw_only=True)
class PostgresUnit(Joining):
    """Implements `ports.Unit` on an open transaction."""

    run_id: int
    parser: str
    compressor: zstandard.ZstdCompressor
    _found: Row = field(default_factory=dict)
    _attached: list[Bron] = field(default_factory=list)
    _legacy: list[Reading] = field(default_factory=list)
    """Readings of before they were kept, to be written with what comes in."""
    _changed: bool = False
    _left: list[Row] = field(default_factory=list)
    """The publications that the record was filed under, and is no longer."""

    def held(self, reading: Reading) -> Held:
        """What is held of its publication, locked until the end of the transaction."""
        found = self._all("publicatie_held", filed.lookup_row(reading))
        if found[0]["publicatie_id"] is None:
            self._found = found[0]
            return Held(current=None)
        mine = filed.same_publication(found, reading)
        ids = [row["publicatie_id"] for row in mine]
        self._left = [
            row for row in found if row["own"] and row["publicatie_id"] not in ids
        ]
        if not ids:
            self._found = self._one("publicatie_id_next", {}) or {}
            return Held(current=None)
        kept = self._readings(ids, reading)
        best = filed.best_row(mine, kept)
        self._found = best
        return Held(
            current=filed.current_of(best),
            others=tuple(one for one in ids if one != best["publicatie_id"]),
            readings=tuple(kept.values()),
        )

    def _readings(
        self, publicatie_ids: Sequence[int], incoming: Reading | None
    ) -> dict[filed.Filing, Reading]:
        """Those kept of these publications, but that of the incoming record.

        By publicatie_id, source and record.
        """
        wanted = {"publicatie_ids": list(publicatie_ids)}
        own = (incoming.source, incoming.record) if incoming else None
        found: dict[filed.Filing, Reading] = {}
        for row in self._all("reading_list", wanted):
            reading = filed.reading_of_row(row)
            place = (row["publicatie_id"], row["source"], row["identifier"])
            if reading is not None and place[1:] != own:
                found[place] = reading
        for row in self._all("publicatie_content", wanted):
            reading = filed.legacy_reading(row)
            place = (row["publicatie_id"], reading.source, reading.record)
            if place[1:] != own:
                self._legacy.append(reading)
                found[place] = reading
        return found

    def load(
        self, decision: Decision, held: Held, whole: Whole, reading: Reading
    ) -> int:
        """Write what the decision asks for; returns the publicatie_id."""
        for row in self._left:
            self._take_from(row, whole, reading)
        current = held.current
        if current is None:
            publicatie_id = int(self._found["new_id"])
            self._insert(publicatie_id, whole)
        else:
            publicatie_id = current.publicatie_id
            if decision is Decision.CHANGED:
                self._update(current, held.others, whole, reading)
            else:
                self._leave(decision, publicatie_id, whole, reading)
        for legacy in self._legacy:
            self.keep(publicatie_id, legacy)
        self.keep(publicatie_id, reading)
        return publicatie_id

    def _take_from(self, row: Row, whole: Whole, reading: Reading) -> None:
        """Make a publication what its other readings say, without this one.

        A publisher may show the file of another publication for a while.
        """
        before, publicatie_id = (self._found, self._changed), row["publicatie_id"]
        known = len(self._legacy)
        kept = list(self._readings([publicatie_id], reading).values())
        if not kept:
            return  # what is left was never read
        rest = combined(kept)
        for legacy in self._legacy[known:]:
            self.keep(publicatie_id, legacy)
        del self._legacy[known:]
        self._found, current = row, filed.current_of(row)
        if decide(Held(current=current), rest, rest.best) is Decision.CHANGED:
            self._update(current, (), rest, rest.best)
        else:
            self._leave(Decision.UNCHANGED, publicatie_id, rest, rest.best)
        names = {*whole.names, whole.identifier} - {*rest.names, rest.identifier}
        self._do(
            "alias_release", publicatie_id=publicatie_id, identifiers=sorted(names)
        )
        self._found, self._changed = before

    def _leave(
        self, decision: Decision, publicatie_id: int, whole: Whole, reading: Reading
    ) -> None:
        """The row holds already what it should, but perhaps not all of its names."""
        if decision is Decision.FORMER:
            self._keep_former(publicatie_id, combined([reading]))
        names = [name for name in whole.names if name != self._found["identifier"]]
        if self._alias(publicatie_id, names):
            self._resolve(publicatie_id)
        if self._found["herkomst"] != whole.herkomst or (
            self._found["metadata"] != whole.metadata.as_json()
        ):
            self._do(
                "publicatie_annotate",
                publicatie_id=publicatie_id,
                herkomst=rows.herkomst_json(whole),
                metadata=rows.as_json(whole.metadata.as_json()),
            )

    def keep(self, publicatie_id: int, reading: Reading) -> None:
        """Keep a reading of a publication that is loaded with another one."""
        row = filed.reading_row(reading, publicatie_id, self.compressor)
        self._do("reading_put", **row, parser=self.parser)

    def _alias(self, publicatie_id: int, names: Iterable[str]) -> bool:
        """Remember other official names; whether there are any."""
        found = False
        for name in names:
            self._do("alias_put", publicatie_id=publicatie_id, identifier=name)
            found = True
        return found

    def _insert(self, publicatie_id: int, whole: Whole) -> None:
        row = rows.publicatie_row(whole, self.parser)
        self._do("publicatie_insert", publicatie_id=publicatie_id, **row)
        self._write("inhoud_insert", publicatie_id, whole)
        self._alias(publicatie_id, whole.names)
        self._resolve(publicatie_id)

    def _update(
        self, current: Current, others: Sequence[int], whole: Whole, reading: Reading
    ) -> None:
        self._changed = True
        publicatie_id = current.publicatie_id
        self._do("versie_replace", publicatie_id=publicatie_id)
        for other_id in others:
            self._absorb(publicatie_id, other_id)
        row = rows.publicatie_row(whole, self.parser)
        self._do("publicatie_update", publicatie_id=publicatie_id, **row)
        self._write("inhoud_replace", publicatie_id, whole)
        self._do(
            "versie_open",
            publicatie_id=publicatie_id,
            reden=rows.reden_of(current, whole, reading),
            identifier=row["identifier"],
            inhoud_sha256=row["inhoud_sha256"],
        )
        held = self._found["identifier"]
        former = [held] if held and held != row["identifier"] else []
        self._alias(publicatie_id, (*whole.names, *former))
        self._resolve(publicatie_id)

    def _absorb(self, publicatie_id: int, other_id: int) -> None:
        """Another row turns out to be this publication under its other name."""
        self._do("versie_replace", publicatie_id=other_id)
        both = {"publicatie_id": publicatie_id, "other_id": other_id}
        self._do("publicatie_absorb", **both)
        self._do("publicatie_delete", other_id=other_id)

    def _keep_former(self, publicatie_id: int, alone: Whole) -> None:
        self._do(
            "versie_former",
            publicatie_id=publicatie_id,
            identifier=alone.publicatie.identifier,
            inhoud_sha256=alone.sha256,
            inhoud=rows.former_json(alone),
        )

    def _write(self, name: str, publicatie_id: int, whole: Whole) -> None:
        self._do(name, publicatie_id=publicatie_id, **rows.inhoud_row(whole))

    def _resolve(self, publicatie_id: int) -> None:
        """Point its references, and those of others that name it, at their targets.

        After all its names and zaken are written.
        """
        self._do("verwijzing_resolve", publicatie_id=publicatie_id)

    def attach(
        self, publicatie_id: int, source: str, bron: Bron, *, reread: bool = False
    ) -> None:
        """Archive a body and file it under its publication."""
        if self._changed:
            self._explain_change(publicatie_id, bron, reread)
        row = rows.bron_row(bron, self.compressor)
        self._do("bron_attach", publicatie_id=publicatie_id, source=source, **row)
        self._attached.append(bron)

    def _explain_change(self, publicatie_id: int, bron: Bron, reread: bool) -> None:
        again = reread or self._found["parser"] != self.parser
        self._do(
            "versie_reread",
            publicatie_id=publicatie_id,
            sha256=bron.sha256,
            reden="herlezen" if again else "metadata gewijzigd",
            instead=["gewijzigd", "andere bron"] if reread else ["gewijzigd"],
        )

    def withdraw(self, record: Record) -> bool:
        """Mark the record as withdrawn; False when that is no news.

        Its publication is withdrawn when no other record of it stands.
        """
        key, herziening = rows.key_of(record.identifier)
        names = {**rows.key_row(key), **filed.record_row(record)}
        found = self._all("publicatie_held", names)
        ids = [row["publicatie_id"] for row in found if row["named"]]
        if not ids:
            self._insert_withdrawn(record, rows.key_row(key), herziening)
            return True
        kept = self._readings(ids, None)
        place = (record.source, rows.storable(record.identifier))
        own = [(at, one) for at, one in kept.items() if at[1:] == place]
        if not own:
            # never read, and another record of the same publication holds
            self._do("reading_put_withdrawn", publicatie_id=ids[0], **names)
            return False
        at, reading = own[0]
        if reading.withdrawn:
            return False
        marked = replace(reading, withdrawn=True)
        rest = [one for other, one in kept.items() if other != at]
        whole = combined([*rest, marked])
        self._found = next(row for row in found if row["publicatie_id"] == at[0])
        current = filed.current_of(self._found)
        if decide(Held(current=current), whole, marked) is Decision.CHANGED:
            self._update(current, (), whole, marked)
        for legacy in self._legacy:
            self.keep(at[0], legacy)
        self.keep(at[0], marked)
        return True

    def _insert_withdrawn(self, record: Record, key: Row, herziening: str) -> None:
        """One that was withdrawn before it was ever read."""
        publicatie_id = int((self._one("publicatie_id_next", {}) or {})["new_id"])
        self._do(
            "publicatie_insert_withdrawn",
            publicatie_id=publicatie_id,
            **key,
            **rows.withdrawn_row(record),
            herziening=herziening,
        )
        self._do(
            "reading_put_withdrawn",
            publicatie_id=publicatie_id,
            **filed.record_row(record),
        )
        self._resolve(publicatie_id)

    def quarantine(
        self, record: Record, fault: DocumentFault, bronnen: Sequence[Bron]
    ) -> datetime | None:
        """Archive the bodies and keep the record with its fault; says until when."""
        first = bronnen[0] if bronnen else None
        problem = {
            "run_id": self.run_id,
            "source": record.source,
            "identifier": record.identifier,
            "url": first.url if first else None,
            "sha256": first.sha256 if first else None,
            "code": fault.code,
            "explanation": rows.storable(fault.explanation),
            "parser": self.parser,
            "fingerprint": record.fingerprint,
            "record": rows.record_json(record),
        }
        kept = self._one("problem_put", problem)
        for bron in bronnen:
            row = rows.bron_row(bron, self.compressor)
            self._do("bron_put", **row)
            place = {"source": record.source, "identifier": record.identifier}
            self._do("problem_bron_put", **place, **row)
        return kept["next_try_at"] if kept else None

    def settle(self, record: Record) -> None:
        """Remember the record as processed, which also resolves its open problem."""
        fetched = [bron.fetched_at for bron in self._attached]
        self._do(
            "record_settle",
            **rows.settle_row(record, self._attached),
            fetched_at=min(fetched, default=self.now()),
            parser=self.parser,
        )

    def advance(self, source: str, position: str) -> None:
        """Move the cursor, never back."""
        self._do("cursor_advance", source=source, position=position)

    def rewind(self, source: str, position: str) -> None:
        """Move the cursor back, so that a run killed half-way is resumed from there."""
        self._do("cursor_rewind", source=source, position=position)

    def checkpoint(self, name: str, token: str) -> None:
        """Remember the place in a feed, whichever way it is."""
        self._do("cursor_set", source=name, position=token)

    def miss(self, key: Key, reason: str) -> None:
        """Remember that a missing number was looked for in vain; `reason` in Dutch."""
        row = rows.key_row(key)
        del row["toevoeging"]
        self._do("gap_put", **row, reason=reason)
