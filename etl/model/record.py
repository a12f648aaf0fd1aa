"""What a source offers: its listing of a publication, and the bytes behind it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from etl.model.publicatie import Metadata


class Formaat(StrEnum):
    """The form of a body, found from its bytes; best first where several exist."""

    XML = "xml"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TEKST = "tekst"

    @property
    def rank(self) -> int:
        """0 is the richest form; a poorer one never replaces a richer one's content."""
        return list(Formaat).index(self)


LONGEST_NAME = 500
"""Bytes of UTF-8 of the longest record name: an index takes no more than 2,700."""


def bounded_name(text: str) -> str:
    """The name itself; of one that is too long the beginning and its hash."""
    body = text.encode("utf-8", "replace")
    if len(body) <= LONGEST_NAME:
        return text
    digest = hashlib.sha256(body).hexdigest()[:16]
    return body[: LONGEST_NAME - 20].decode("utf-8", "ignore") + f"...{digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One publication as a source lists it.

    `identifier` is the source's own name for it. `position` is the cursor value
    that is honest once this record is committed. `fingerprint` changes whenever
    the listing says that the publication or its metadata changed; its first 32
    digits only with the metadata.
    `changed_on` is set only where the source knows no finer change time than
    that day: a copy fetched on or before it may be older than the change.
    """

    source: str
    identifier: str
    position: str
    fingerprint: str
    metadata: Metadata
    changed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bron:
    """One body as received: never changed, addressed by its sha256 (hex)."""

    body: bytes
    url: str
    media_type: str | None
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.body).hexdigest())


@dataclass(frozen=True, slots=True)
class Unmodified:
    """The server says (304) that the body fetched before still stands."""

    url: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The publisher says that the publication was removed at somebody's request."""

    url: str


Offer = Bron | Unmodified | Withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What to send with a conditional request for a body fetched before."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store remembers of a record it processed before."""

    fingerprint: str
    fetched_at: datetime
    validators: dict[str, Validators]
    sha256: str | None = None
    """Of the body that was read; None where none is archived under this record."""

    def says_the_same(self, record: Record) -> bool:
        """Whether the metadata are those that were loaded."""
        return self.fingerprint[:32] == record.fingerprint[:32]

    def has_the_body(self, record: Record) -> bool:
        """Whether only the metadata changed, and the body is in the archive."""
        same = self.fingerprint[32:] == record.fingerprint[32:]
        return same and bool(self.fingerprint[32:]) and self.sha256 is not None

    def covers(self, record: Record) -> bool:
        """Whether the record offers nothing that was not processed already."""
        if self.fingerprint != record.fingerprint:
            return False
        return record.changed_on is None or self.fetched_at.date() > record.changed_on
