"""Addresses of web pages, with or without their scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.documents.grammar.verwijzing.found import Found
from etl.documents.text import urls
from etl.model.publicatie import Verwijzingsoort

_BARE = re.compile(
    r"(?<![\w@./:%=-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}"
    r"(?:nl|com|org|eu|net|be|de|fr|uk|int|info|gov|news|tv|io|frl|amsterdam)"
    r"/[^\s<>«»\"]+"
)
"""Only in small letters: with a capital it is the name of an organisation."""


def adressen(text: str) -> Iterator[Found]:
    """Addresses in running text."""
    if "://" in text or "www." in text:
        yield from _printed(text)
    yield from _bare(text)


def noted(text: str, addresses: tuple[str, ...]) -> Iterator[Found]:
    """The addresses that are known of a note, then those without a scheme in its text.

    Markup can hold addresses that the note does not print: they stand at its end.
    """
    if addresses:
        places = {found.doel: found for found in _printed(text)}
        behind = len(text)
        for address in addresses:
            end = Found(behind, behind, Verwijzingsoort.URL, address)
            yield places.get(address, end)
    known = {address.partition("://")[2] for address in addresses}
    yield from (found for found in _bare(text) if found.doel not in known)


def _printed(text: str) -> Iterator[Found]:
    place = 0
    for address in urls(text):
        start = text.index(address, place)
        place = start + len(address)
        yield Found(start, place, Verwijzingsoort.URL, address)


def _bare(text: str) -> Iterator[Found]:
    if "/" not in text:
        return
    for found in _BARE.finditer(text):
        # with a scheme before it, what surrounds an address is cut off as everywhere
        address = urls(f"https://{found[0]}")[0].removeprefix("https://")
        end = found.start() + len(address)
        yield Found(found.start(), end, Verwijzingsoort.URL, address)
