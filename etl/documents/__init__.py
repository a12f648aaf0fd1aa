"""Bytes to publication. Pure: no network, clock, environment or database."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.publicatie import Publicatie
from etl.model.record import Formaat

PARSER = "1"
"""Raised with every change that can alter what a document is read as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A publication and the form it was read from."""

    publicatie: Publicatie
    formaat: Formaat
