"""What KOOP says about a publication beside its body, in any of its three spellings.

The SRU record, metadata.xml and metadata_owms.xml use the same names but for prefix
and capitals; old files mix the capitals too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from etl.model.identity import Identifier, parse_vergaderjaar, parse_zaaknummer
from etl.model.publicatie import Metadata
from etl.sources.sru import parse_xml

Values = Mapping[str, Sequence[str]]
"""Trimmed values by local name in lower case: `aanhangselnummer`, `vraagnummer`."""

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*|Z|[+-]\d\d:\d\d)?", re.ASCII)
_DUTCH_DAY = re.compile(r"(\d\d)-(\d\d)-(\d{4})", re.ASCII)
_ZAAK = re.compile(r"(?<!\d)\d{4}\s?[Zz]\s?\d{4,6}(?!\d)", re.ASCII)
_NUMMER = re.compile(r"(?:AH)?(\d{1,9})[a-z]?", re.ASCII)
_NAMED_KAMER = re.compile(r"(?:ah|kv)-(tk|ek)-")
_KAMERS = {"tweede kamer": "tk", "eerste kamer": "ek"}


def metadata_of(values: Values) -> Metadata:
    """The facts that are usable; what cannot be read counts as absent.

    A question publication that gives no vraagnummer may bear it in its name.
    """
    identifier = _first(values, "identifier")
    named = _parsed(identifier)
    zaken = zaaknummers(values.get("vraagnummer", ()))
    if not zaken and named and named.zaaknummer:
        zaken = (named.zaaknummer,)
    return Metadata(
        titel=_first(values, "title"),
        kamer=_kamer(_first(values, "creator"), named),
        vergaderjaar=_vergaderjaar(_first(values, "vergaderjaar")),
        aanhangselnummer=_nummer(_first(values, "aanhangselnummer")),
        zaaknummers=zaken,
        ontvangen=parse_day(_first(values, "datumontvangst")),
        gepubliceerd=parse_day(_first(values, "available")),
        documentstatus=_first(values, "documentstatus"),
        ingezonden=parse_day(_first(values, "datumindiening")),
        aanhangsels=_aanhangsels(values.get("aanhangsel", ())),
    )


def read_metadata(body: bytes) -> Values | None:
    """The values of a metadata.xml or metadata_owms.xml; None for anything else."""
    root = parse_xml(body)
    if root is None or root.tag not in ("metadata_gegevens", "owms-metadata"):
        return None
    values: dict[str, list[str]] = {}
    for leaf in root.iter("*"):
        if root.tag == "metadata_gegevens":
            name, text = leaf.get("name", ""), leaf.get("content", "")
            name = name.rpartition(".")[2]
        else:
            name = re.split(r"[}.]", str(leaf.tag))[-1]
            text = leaf.text if len(leaf) == 0 else ""
        if name and text and text.strip():
            values.setdefault(name.lower(), []).append(text.strip())
    return values


def completed(metadata: Metadata, other: Metadata) -> Metadata:
    """The metadata, with what it lacks taken from the other."""
    return replace(
        metadata,
        **{
            name: getattr(metadata, name) or getattr(other, name)
            for name in Metadata.__dataclass_fields__
        },
    )


def parse_day(text: str | None) -> date | None:
    """A date as `2021-06-21`, with or without a time, or `21-06-2021`.

    None where it is absent, has five digits in its year or does not exist.
    """
    text = (text or "").strip()
    if found := _DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DUTCH_DAY.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def zaaknummers(texts: Iterable[str]) -> tuple[str, ...]:
    """The zaaknummers among vraagnummers; older ones are numbers of another kind."""
    found = (parse_zaaknummer(one) for text in texts for one in _ZAAK.findall(text))
    return tuple(dict.fromkeys(found))


def _first(values: Values, name: str) -> str | None:
    return next(iter(values.get(name, ())), None)


def _aanhangsels(texts: Iterable[str]) -> tuple[str, ...]:
    """The answers and postponements that a question publication names, verbatim."""
    found = filter(None, map(_parsed, texts))
    return tuple(dict.fromkeys(one.text for one in found if not one.is_question))


def _parsed(identifier: str | None) -> Identifier | None:
    try:
        return Identifier.parse(identifier or "")
    except ValueError:
        return None


def _kamer(creator: str | None, identifier: Identifier | None) -> str | None:
    for name, kamer in _KAMERS.items():
        if creator and creator.lower().startswith(name):
            return kamer
    found = _NAMED_KAMER.match(identifier.text) if identifier else None
    return found[1] if found else None


def _vergaderjaar(text: str | None) -> str | None:
    try:
        return parse_vergaderjaar(text or "")
    except ValueError:
        return None


def _nummer(text: str | None) -> int | None:
    found = _NUMMER.fullmatch(text or "")
    return int(found[1]) if found else None
