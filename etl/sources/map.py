"""A local folder (map) of publication files: bulk delivery, USB stick, offline use."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from etl.errors import ConfigurationError, DocumentFault
from etl.model.identity import Identifier
from etl.model.publicatie import Metadata
from etl.model.record import Bron, Offer, Record, Validators, bounded_name
from etl.sources.body import DECODED_CAP
from etl.sources.metadata import completed, metadata_of, read_metadata

NAME = "map"
MEDIA_TYPES = {
    ".xml": "text/xml",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain",
}
"""The files that are looked at, best form first; all others are left alone."""

_ORDER = list(MEDIA_TYPES)
_METADATA = ("metadata.xml", "metadata_owms.xml")
_PIECE = 1 << 20


@dataclass(slots=True)
class _Found:
    """What the tree holds: files by record name, metadata by identifier."""

    files: dict[str, list[Path]] = field(default_factory=dict)
    metadata: dict[str, Metadata] = field(default_factory=dict)
    ignored: int = 0


class Map:
    """Implements the pipeline's Source over one directory, in whatever layout.

    Files named after one identifier are one record; any other file is a record of
    its own, named by its path. `now` tells the time (aware). Raises
    ConfigurationError when the directory cannot be read.
    """

    name = NAME
    lists_all = True

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime],
        event: Callable[..., None] = lambda name, **details: None,
    ) -> None:
        try:
            self._root = path.resolve(strict=True)
            os.scandir(self._root).close()
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "a loop of links"
            raise ConfigurationError(f"--path {path}: {reason}") from error
        self._now = now
        self._event = event
        self._files: dict[str, list[Path]] = {}

    def records(self, position: str | None) -> Sequence[Record]:  # noqa: ARG002 - a folder has no changes, only contents
        """Everything in the folder, by identifier; what is known is passed by later."""
        found = self._scan()
        self._files = found.files
        self._event("listed", records=len(found.files), ignored=found.ignored)
        return [self._record(name, found) for name in sorted(found.files)]

    def completed(self, record: Record) -> Record:
        """The record itself: its metadata were beside it."""
        return record

    def offers(
        self,
        record: Record,
        validators: Mapping[str, Validators],  # noqa: ARG002 - files have none
    ) -> Iterator[Offer]:
        """The files of a record, best form first."""
        if not self._files:
            self._files = self._scan().files
        fault: DocumentFault | None = None
        offered = False
        for path in self._files.get(record.identifier, ()):
            try:
                body = self._body(path)
            except DocumentFault as problem:
                fault = fault or problem
                continue
            if body.strip():
                offered = True
                yield self._bron(path, body)
        if not offered:
            raise fault or DocumentFault(
                "document_missing", f"map:{record.identifier} is empty or gone"
            )

    def _bron(self, path: Path, body: bytes) -> Bron:
        return Bron(
            body=body,
            url=f"map:{self._relative(path)}",
            media_type=MEDIA_TYPES[path.suffix.lower()],
            fetched_at=self._now(),
        )

    def _body(self, path: Path) -> bytes:
        """Raises DocumentFault for a file that is too large or cannot be read."""
        where = f"map:{self._relative(path)}"
        try:
            with path.open("rb") as file:
                body = file.read(DECODED_CAP + 1)
        except OSError as error:
            raise DocumentFault(
                "document_unreachable", f"{where}: {error.strerror}"
            ) from error
        if len(body) > DECODED_CAP:
            raise DocumentFault(
                "document_too_large", f"{where}: more than {DECODED_CAP:,} bytes"
            )
        return body

    def _scan(self) -> _Found:
        found = _Found()
        for path in self._walk(found):
            if path.name.lower() in _METADATA:
                self._read_metadata(path, found)
            else:
                found.files.setdefault(self._name_of(path), []).append(path)
        for paths in found.files.values():
            paths.sort(key=lambda path: (_ORDER.index(path.suffix.lower()), path))
        return found

    def _walk(self, found: _Found) -> Iterator[Path]:
        """The files to look at; hidden ones and links that lead outside are not."""
        for folder, below, names in os.walk(self._root, onerror=self._unreadable):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(names):
                path = Path(folder, name)
                if name.startswith("."):
                    continue
                if path.suffix.lower() in MEDIA_TYPES and self._is_inside(path):
                    yield path
                else:
                    found.ignored += 1

    def _unreadable(self, error: OSError) -> None:
        self._event("folder_unreadable", reason=str(error.strerror))

    def _is_inside(self, path: Path) -> bool:
        """Whether it is a regular file of this tree, whatever links lead to it."""
        try:
            target = path.resolve(strict=True)
            regular = stat.S_ISREG(target.stat().st_mode)
        except (OSError, RuntimeError):
            return False
        return regular and target.is_relative_to(self._root)

    def _read_metadata(self, path: Path, found: _Found) -> None:
        """File it under the identifier it names, else under its folder's name."""
        try:
            values = read_metadata(self._body(path))
        except DocumentFault:
            values = None
        if values is None:
            found.ignored += 1
            return
        name = next(iter(values.get("identifier", ())), path.parent.name)
        metadata = metadata_of({**values, "identifier": (name,)})
        held = found.metadata.get(name)
        found.metadata[name] = completed(held, metadata) if held else metadata

    def _name_of(self, path: Path) -> str:
        for stem in (path.stem, path.stem.lower()):
            try:
                return Identifier.parse(stem).text
            except ValueError:
                continue
        return bounded_name(self._relative(path))

    def _relative(self, path: Path) -> str:
        """The path below the root; bytes that are no UTF-8 become a sign for that."""
        text = path.relative_to(self._root).as_posix()
        return os.fsencode(text).decode("utf-8", "replace")

    def _record(self, name: str, found: _Found) -> Record:
        metadata = found.metadata.get(name) or metadata_of({"identifier": (name,)})
        facts = json.dumps(metadata.as_json(), sort_keys=True).encode()
        contents = _sha256(_pieces(found.files[name]))
        return Record(
            source=NAME,
            identifier=name,
            position=name,
            fingerprint=_sha256([facts])[:32] + contents[:32],
            metadata=metadata,
        )


def _pieces(paths: Iterable[Path]) -> Iterator[bytes]:
    """The contents of the files, each after its length; unreadable ones stand out."""
    for path in paths:
        try:
            size = path.stat().st_size
            yield f"{path.suffix} {size} ".encode()
            with path.open("rb") as file:
                while size <= DECODED_CAP and (piece := file.read(_PIECE)):
                    yield piece
        except OSError as error:
            yield f"{error.errno} ".encode()


def _sha256(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
