"""KOOP, the publisher of the Aanhangsel: SRU search, then the files of each number.

It follows two series: the Aanhangsel, and the questions as published before an answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import quote

from etl.errors import DocumentFault, SourceChanged
from etl.model.identity import Identifier, Key, parse_vergaderjaar
from etl.model.publicatie import Metadata
from etl.model.record import Bron, Offer, Record, Validators, bounded_name
from etl.sources.answer import Missing, Oddity, judge
from etl.sources.client import Client
from etl.sources.metadata import completed, metadata_of, parse_day, read_metadata
from etl.sources.search import SERIES, SIZES, Search, Window
from etl.sources.sru import CUP, DCTERMS, WETGEVING, Listed

NAME = "officielebekendmakingen"
FORMS = ("xml", "html", "pdf", "odt")
"""Best first; each asked for only when the one before cannot be had or read."""

SURE = FORMS[:3]
"""All that is tried for a number that may not exist: no ODT is known without a PDF."""

OVERLAP = timedelta(days=1)
"""Dates of change have no time, so the day of the cursor is listed again and more."""

FIRST_ZAAK = "2008-2009"
"""The first vergaderjaar (session year) whose questions have a zaaknummer."""


class OfficieleBekendmakingen:
    """Implements the pipeline's Source. `now` tells the time (aware).

    `event` hears of what is odd but costs nothing.
    """

    name = NAME
    lists_all = False

    def __init__(
        self,
        client: Client,
        sru_url: str,
        publications_url: str,
        *,
        now: Callable[[], datetime],
        page_size: int = SIZES[0],
        event: Callable[..., None] = lambda name, **details: None,
    ) -> None:
        self._client = client
        self._search = Search(client, sru_url, size=page_size, event=event)
        self._base = publications_url.rstrip("/")
        self._now = now
        self._event = event
        self._numbered: set[str] = set()

    def records(self, position: str | None) -> Sequence[Record]:
        """All records changed since the day before `position`, by (day, identifier)."""
        since = _since(position)
        found = self._listed([Window(since=since, series=one) for one in SERIES])
        self._event("listed", source=NAME, since=str(since), records=len(found))
        return found

    def of_year(self, vergaderjaar: str) -> Sequence[Record]:
        """All records of a vergaderjaar (session year), of both series and Kamers.

        A record belongs to the year that it names itself. By (day, identifier).
        Raises ValueError for what is no vergaderjaar, SourceError.
        """
        found = self._listed(_windows_of(vergaderjaar))
        self._event("listed", source=NAME, year=vergaderjaar, records=len(found))
        return found

    def missing(self, key: Key) -> Record:
        """A record to ask for a number that no listing brings, under its usual name.

        Nothing is known of it, and its position moves no cursor.
        """
        metadata = Metadata()
        return Record(
            source=NAME,
            identifier=key.identifier,
            position="",
            fingerprint=_sha256(metadata.as_json())[:32] + ASKED_DIRECTLY,
            metadata=metadata,
        )

    def _listed(self, windows: Iterable[Window]) -> list[Record]:
        today = self._now().date()
        found: dict[str, Record] = {}
        for window in windows:
            for listed in self._search.all(window, today):
                record = record_of(listed, window.since, today)
                if listed.all(f"{WETGEVING}vraagnummer"):
                    self._numbered.add(record.identifier)
                held = found.get(record.identifier)
                if held is None or held.position <= record.position:
                    found[record.identifier] = record
        return sorted(found.values(), key=lambda record: record.position)

    def completed(self, record: Record) -> Record:
        """The record, with what the search left out taken from its metadata.xml."""
        if not self._lacks(record):
            return record
        url = f"{self._base}/{_path(record.identifier)}/metadata.xml"
        try:
            values = read_metadata(self._client.get(url).body)
        except DocumentFault:
            return record
        names = values.get("identifier", (record.identifier,)) if values else ()
        if values is None or record.identifier not in names:
            return record
        metadata = completed(record.metadata, metadata_of(values))
        return replace(record, metadata=metadata)

    def _lacks(self, record: Record) -> bool:
        held = record.metadata
        if not held.titel or not (
            held.ontvangen or held.gepubliceerd or held.ingezonden
        ):
            return True
        jaar = held.vergaderjaar or _year_in(record.identifier)
        has_zaak = held.kamer == "tk" and jaar >= FIRST_ZAAK
        known = held.zaaknummers or record.identifier in self._numbered
        return has_zaak and not known

    def offers(
        self, record: Record, validators: Mapping[str, Validators]
    ) -> Iterator[Offer]:
        """XML, HTML, PDF, ODT: each fetched when the one before did not do."""
        path = _path(record.identifier)
        fault: DocumentFault | None = None
        offered = False
        asked = record.fingerprint.endswith(ASKED_DIRECTLY)
        for form in SURE if asked else FORMS:
            url = f"{self._base}/{path}.{form}"
            found = self._fetched(url, form, validators.get(url))
            if isinstance(found, DocumentFault):
                fault = fault or found
            elif not isinstance(found, Missing):
                offered = True
                yield found
                if not isinstance(found, Bron):
                    return
        if not offered:
            raise fault or DocumentFault(
                "document_missing", f"{self._base}/{record.identifier} has no file"
            )

    def _fetched(
        self, url: str, form: str, validators: Validators | None
    ) -> Offer | Missing | DocumentFault:
        """One form, asked for twice if the first answer looks broken."""
        reason = ""
        for last in (False, True):
            answer = self._client.get(url, validators=validators)
            found = judge(answer, url, form)
            if not isinstance(found, Oddity):
                return found
            reason = found.reason
            self._event("odd_answer", url=url, reason=reason)
            if last and found.body is not None:
                return found.body
        return DocumentFault("error_page", f"{url}: {reason}")


def record_of(listed: Listed, since: date | None, today: date) -> Record:
    """A record as the search lists it.

    `position` is its day of change, but never a later day than today, so that a
    typing error cannot carry the cursor into the future.
    """
    values = {
        name.rpartition("}")[2].lower(): listed.all(name)
        for name in listed.values
        if name.startswith((DCTERMS, WETGEVING))
    }
    identifier = listed.first(f"{DCTERMS}identifier") or _named_by(listed)
    identifier = identifier or f"zonder-identifier-{_sha256(listed.values)[:12]}"
    identifier = bounded_name(identifier)
    metadata = metadata_of({**values, "identifier": (identifier,)})
    modified = parse_day(listed.first(f"{DCTERMS}modified"))
    finer = listed.first(f"{CUP}datumTijdstipWijzigingWork")
    days = [parse_day(_first(values, name)) for name in ("available", "date", "issued")]
    day = next(filter(None, (modified, *days, since)), date.min)
    return Record(
        source=NAME,
        identifier=identifier,
        position=f"{min(day, today)} {identifier}",
        fingerprint=_fingerprint(listed, metadata),
        metadata=metadata,
        changed_on=None if finer else modified,
    )


def _windows_of(vergaderjaar: str) -> list[Window]:
    year = parse_vergaderjaar(vergaderjaar)
    return [Window.of_year(series, year) for series in SERIES]


def _first(values: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(values.get(name, ())), None)


def _fingerprint(listed: Listed, metadata: Metadata) -> str:
    """32 digits for what is loaded of the record, 32 for all that it says."""
    facts = {name: listed.all(name) for name in listed.values if listed.all(name)}
    return _sha256(metadata.as_json())[:32] + _sha256([facts, listed.forms])[:32]


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


ASKED_DIRECTLY = _sha256("asked for by its number")[:32]
"""The end of the fingerprint of a record that no listing brought."""


def _named_by(listed: Listed) -> str | None:
    """The identifier in the address of a record that does not say it."""
    for url in listed.urls:
        name = url.rpartition("/")[2].removesuffix(".html")
        try:
            return Identifier.parse(name).text
        except ValueError:
            continue
    return None


def _year_in(identifier: str) -> str:
    """The vergaderjaar (session year) that an identifier names; empty for none."""
    try:
        key = Identifier.parse(identifier).key
    except ValueError:
        return ""
    return key.vergaderjaar if key else ""


def _since(position: str | None) -> date | None:
    """The first day to list. Raises SourceChanged for a cursor that names none."""
    if position is None:
        return None
    day = parse_day(position[:10])
    if day is None:
        raise SourceChanged(
            f"the cursor of {NAME} is {position!r}, which begins with no date;"
            " run once with --since YYYY-MM-DD"
        )
    return max(day, date.min + OVERLAP) - OVERLAP


def _path(identifier: str) -> str:
    """The identifier as part of a URL; what is none is never asked for."""
    try:
        return quote(Identifier.parse(identifier).text, safe="")
    except ValueError:
        raise DocumentFault(
            "key_missing",
            f"{identifier[:100]!r} is no identifier of an Aanhangsel; not requested",
        ) from None
