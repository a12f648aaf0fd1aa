"""The real publications that come with the project."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from etl.demo.listing import Publication, fields_of


def shipped() -> list[Publication]:
    """All of them, with their files and what their SRU record says."""
    data = files("etl.demo") / "data"
    listing = json.loads((data / "listing.json").read_text("utf-8"))
    return [_publication(identifier, facts) for identifier, facts in listing.items()]


def _publication(identifier: str, facts: dict[str, Any]) -> Publication:
    folder = files("etl.demo") / "data" / identifier
    bodies = {}
    for file in folder.iterdir():
        stem, _, extension = file.name.rpartition(".")
        bodies["metadata" if stem == "metadata" else extension] = file.read_bytes()
    fields = fields_of(identifier, facts["modified"], facts["fields"])
    return Publication(identifier=identifier, files=bodies, fields=fields)
