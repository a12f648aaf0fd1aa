"""What comes with the project: real publications, and what the Kamer holds of them."""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from etl.demo.kamer.builders import PDF, WORD
from etl.demo.kamer.rows import Rows
from etl.demo.listing import Publication, fields_of

_TYPES = {".pdf": PDF, ".docx": WORD}


def shipped() -> list[Publication]:
    """All publications, with their files and what their SRU record says."""
    data = _publications()
    listing = json.loads((data / "listing.json").read_text("utf-8"))
    return [_publication(identifier, facts) for identifier, facts in listing.items()]


def fill(kamer: Rows) -> None:
    """Put what is shipped into a replica of the Kamer.

    These are rows of OData v4 without their nulls. Of a document `x:Zaak` holds the ids
    of its zaken and `x:file` names its file, here or beside the publications.
    """
    entities = json.loads((_kamer() / "kamer.json").read_text("utf-8"))
    for category, rows in entities.items():
        for row in rows:
            if category == "Document":
                _put_document(kamer, row)
            else:
                kamer.load_row(category, row)


def _publications() -> Traversable:
    return files("etl.demo") / "data"


def _kamer() -> Traversable:
    return files("etl.demo.kamer") / "data"


def _publication(identifier: str, facts: dict[str, Any]) -> Publication:
    folder = _publications() / identifier
    bodies = {}
    for file in folder.iterdir():
        stem, _, extension = file.name.rpartition(".")
        bodies["metadata" if stem == "metadata" else extension] = file.read_bytes()
    fields = fields_of(identifier, facts["modified"], facts["fields"])
    return Publication(identifier=identifier, files=bodies, fields=fields)


def _put_document(kamer: Rows, row: dict[str, Any]) -> None:
    name = row["x:file"]
    home = _publications() if "/" in name else _kamer()
    body = home.joinpath(*name.split("/")).read_bytes()
    kind = _TYPES[name[name.rindex(".") :]]
    kamer.files[row["Id"]] = (body, kind)
    whole = {**row, "ContentType": kind, "ContentLength": len(body)}
    kamer.load_row("Document", whole, {"zaak": row["x:Zaak"]})
