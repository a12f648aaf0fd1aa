"""The part of a transaction that mirrors the Tweede Kamer and joins what came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.matching import Unmatched
from etl.model.entity import Category, Page
from etl.model.link import Asked, Linked
from etl.model.run import Tally
from etl.model.signaal import SIGNALEN
from etl.observed import Term
from etl.store import links, mirror, rows
from etl.store.transaction import Transaction


@dataclass(slots=True, kw_only=True)
class Joining(Transaction):
    """What `ports.Unit` asks for beside publications."""

    def mirror(self, page: Page) -> Tally:
        """Keep a page of entities; what was new, changed, withdrawn and unchanged."""
        found = self._one("entity_put", mirror.page_row(page)) or {}
        wholes = mirror.ids(page, Category.ZAAK, Category.DOCUMENT)
        if zaken := mirror.ids(page, Category.ZAAK):
            wholes += [row["id"] for row in self._all("entity_decide", {"ids": zaken})]
        if wholes:
            self._do("entity_promote", ids=wholes)
        tally = Tally(**found)
        tally.unchanged = tally.seen - tally.new - tally.changed - tally.withdrawn
        return tally

    def waiting_links(self, kind: str, most: int) -> Sequence[str]:
        """Ids of what has to be joined anew with the rest."""
        return [
            row["id"] for row in self._all("link_next", {"kind": kind, "most": most})
        ]

    def count_mirror(self) -> None:
        """Let the database know how much came in, so that joining it is quick."""
        self._all("mirror_count", {})

    def link_people(self) -> None:
        """Bring persons, groups and memberships up to date; queue whom it concerns."""
        changed = {row["persoon_id"] for row in self._all("link_persoon", {})}
        changed |= {row["persoon_id"] for row in self._all("link_fractie", {})}
        changed |= {row["persoon_id"] for row in self._all("link_lidmaatschap", {})}
        ids = {"persoon_ids": sorted(changed)}
        names = [row["achternaam"] for row in self._all("people_named", ids)]
        self._do("link_requeue", **ids, achternamen=links.spellings(names))

    def link_zaken(self, ids: Sequence[str]) -> None:
        """Bring these zaken (by GUID) up to date; queue their publications."""
        self._do("link_zaak_free", ids=list(ids))
        self._do("link_zaak", ids=list(ids), signalen=rows.as_json(SIGNALEN))
        self._do("link_done", kind="zaak", ids=list(ids))

    def observe(self, terms: Sequence[Term]) -> None:
        """Make these the terms that were only observed; queue whom it concerns."""
        self._do("ambtsperiode_observe", terms=links.terms_json(terms))

    def unmatched(self, publicatie_ids: Sequence[str]) -> Sequence[Unmatched]:
        """Those that no source gives a zaaknummer, with the zaken of their day."""
        found = self._all("link_unmatched", {"ids": list(publicatie_ids)})
        return [links.unmatched_of(row) for row in found]

    def match(
        self, publicatie_ids: Sequence[str], zaken: Mapping[int, str | None]
    ) -> None:
        """Write to which zaak they belong, by publicatie_id."""
        matches = links.matches_json(zaken)
        self._do("link_matched", ids=list(publicatie_ids), matches=matches)

    def asked(self, publicatie_ids: Sequence[str]) -> Sequence[Asked]:
        """The persons in these publications, locked."""
        found = self._all("link_read", {"ids": list(publicatie_ids)})
        return [links.asked_of(row) for row in found]

    def link(self, publicatie_ids: Sequence[str], linked: Sequence[Linked]) -> None:
        """Write who they are and what belongs together."""
        ids = list(publicatie_ids)
        self._do("link_write", ids=ids, linked=links.linked_json(linked))
        self._do("link_relations", ids=ids)
        self._do("link_done", kind="publicatie", ids=ids)
