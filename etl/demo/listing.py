"""What the replica knows of a publication, and the SRU record that says so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from etl.demo.cql import Fields
from etl.model.identity import Identifier

CREATORS = {
    "tk": "Tweede Kamer der Staten-Generaal",
    "ek": "Eerste Kamer der Staten-Generaal",
}
AANHANGSEL = "Kamervragen (Aanhangsel)"
VRAGEN = "Kamervragen zonder antwoord"
_NAMED_KAMER = re.compile(r"kv-(tk|ek)-")
_AROUND = re.compile(r"^kv-(?:[te]k-)?|-[hn]\d?$")
"""What stands around the vraagnummer in the name of a question."""

NAMESPACES = """xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse"
 xmlns:gzd="http://standaarden.overheid.nl/sru"
 xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:c="http://standaarden.overheid.nl/collectie/"
 xmlns:cd="http://standaarden.overheid.nl/cup/data"
 xmlns:diag="http://docs.oasis-open.org/ns/search-ws/diagnostic\""""

_PLACES = {
    "dt.identifier": ("owmskern", "dcterms:identifier"),
    "dt.title": ("owmskern", "dcterms:title"),
    "dt.type": ("owmskern", "dcterms:type"),
    "dt.creator": ("owmskern", "dcterms:creator"),
    "dt.modified": ("owmskern", "dcterms:modified"),
    "dt.available": ("owmsmantel", "dcterms:available"),
    "dt.date": ("owmsmantel", "dcterms:date"),
    "dt.issued": ("owmsmantel", "dcterms:issued"),
    "c.product-area": ("tpmeta", "c:product-area"),
    "c.content-area": ("tpmeta", "c:content-area"),
    "w.aanhangsel": ("tpmeta", "overheidwetgeving:aanhangsel"),
    "w.aanhangselnummer": ("tpmeta", "overheidwetgeving:aanhangselnummer"),
    "w.datumIndiening": ("tpmeta", "overheidwetgeving:datumIndiening"),
    "w.datumOntvangst": ("tpmeta", "overheidwetgeving:datumOntvangst"),
    "w.documentstatus": ("tpmeta", "overheidwetgeving:documentstatus"),
    "w.organisatietype": ("tpmeta", "overheidwetgeving:organisatietype"),
    "w.publicatienaam": ("tpmeta", "overheidwetgeving:publicatienaam"),
    "w.vergaderjaar": ("tpmeta", "overheidwetgeving:vergaderjaar"),
    "w.vraagnummer": ("tpmeta", "overheidwetgeving:vraagnummer"),
    "cd.datumTijdstipWijzigingWork": ("tpmeta", "cd:datumTijdstipWijzigingWork"),
}
"""Where in the record the value of each index stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One publication: its files by extension (and `metadata`), and its SRU values."""

    identifier: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    fields: Fields = field(default_factory=dict)
    withdrawn: bool = False

    def etag(self, form: str) -> str:
        """A validator that changes with the bytes."""
        return f'"{hashlib.sha256(self.files[form]).hexdigest()[:24]}"'

    def record(self, position: int) -> str:
        """The `sru:record` element at its place in a result."""
        return RECORD.format(
            position=position,
            **{part: self._part(part) for part in ("owmskern", "owmsmantel", "tpmeta")},
            urls="".join(self._urls()),
        )

    def _part(self, part: str) -> str:
        return "".join(
            f"<{name}>{escape(value)}</{name}>"
            for index, (place, name) in _PLACES.items()
            if place == part
            for value in self.fields.get(index, ())
        )

    def _urls(self) -> list[str]:
        area = "".join(self.fields.get("c.content-area", ()))
        home = f"https://repository.overheid.nl/frbr/{area}"
        found = []
        for form in sorted(self.files):
            leaf = "metadata.xml" if form == "metadata" else f"{self.identifier}.{form}"
            url = escape(f"{home}/{self.identifier}/1/{form}/{leaf}")
            attribute = quoteattr(form)
            found.append(f"<gzd:itemUrl manifestation={attribute}>{url}</gzd:itemUrl>")
        return found


RECORD = """<sru:record>
<sru:recordSchema>http://standaarden.overheid.nl/sru/</sru:recordSchema>
<sru:recordPacking>xml</sru:recordPacking>
<sru:recordData><gzd:gzd><gzd:originalData><overheidwetgeving:meta>
<overheidwetgeving:owmskern>{owmskern}</overheidwetgeving:owmskern>
<overheidwetgeving:owmsmantel>{owmsmantel}</overheidwetgeving:owmsmantel>
<overheidwetgeving:tpmeta>{tpmeta}</overheidwetgeving:tpmeta>
</overheidwetgeving:meta></gzd:originalData>
<gzd:enrichedData>{urls}</gzd:enrichedData></gzd:gzd></sru:recordData>
<sru:recordPosition>{position}</sru:recordPosition></sru:record>"""


def fields_of(
    identifier: str, modified: str | None, given: Mapping[str, object]
) -> dict[str, tuple[str, ...]]:
    """The SRU values of a publication: what its identifier tells, then what is given.

    `given` is by index name; None or an empty tuple leaves a value out. The dates of
    a question follow `w.datumIndiening` where that is given.
    """
    asked = next(iter(_several(given.get("w.datumIndiening") or modified or ())), None)
    fields: dict[str, object] = {
        "dt.identifier": identifier,
        "dt.title": f"Antwoord op vragen ({identifier})",
        "dt.type": "Aanhangsel van de Handelingen",
        "dt.creator": CREATORS["tk"],
        "dt.modified": modified,
        "dt.available": modified,
        "dt.date": modified,
        "dt.issued": modified,
        "c.product-area": "officielepublicaties",
        "w.documentstatus": "Opgemaakt na onopgemaakt",
        "w.organisatietype": "staten generaal",
        "w.publicatienaam": AANHANGSEL,
        "cd.datumTijdstipWijzigingWork": modified and f"{modified}T12:00:00.0000+02:00",
        **_told_by(identifier, asked),
        **given,
    }
    return {index: _several(value) for index, value in fields.items() if value}


def _several(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def _told_by(identifier: str, asked: str | None) -> dict[str, object]:
    try:
        parsed = Identifier.parse(identifier)
    except ValueError:
        return {"c.content-area": _area(identifier.partition("-")[0], "onopgemaakt")}
    if parsed.is_question:
        return _told_of_question(parsed, asked)
    if parsed.key is None:
        return {
            "w.documentstatus": "Onopgemaakt",
            "c.content-area": _area("ah", "onopgemaakt"),
        }
    key = parsed.key
    year = key.vergaderjaar.replace("-", "")
    return {
        "dt.creator": CREATORS[key.kamer],
        "c.content-area": _area(f"ah-{key.kamer}", year),
        "w.vergaderjaar": key.vergaderjaar,
        "w.aanhangselnummer": key.aanhangselnummer,
    }


def _told_of_question(parsed: Identifier, asked: str | None) -> dict[str, object]:
    """As the real kv records say it: that of kv-2989900822, and the metadata of later.

    One without a Kamer in its name is `onopgemaakt` by its place, and by its lack of
    `issued`, but not by its status; its title ends in a new line.
    """
    kamer = found[1] if (found := _NAMED_KAMER.match(parsed.text)) else None
    title = f"Vragen over een onderwerp ({parsed.text})"
    return {
        "dt.title": title if kamer else f"{title}\n    ",
        "dt.type": "Kamervragen zonder Antwoord" if kamer else VRAGEN,
        "dt.creator": CREATORS[kamer or "tk"],
        "dt.available": asked,
        "dt.date": asked,
        "dt.issued": asked if kamer else None,
        "w.datumIndiening": asked,
        "w.documentstatus": "Opgemaakt na onopgemaakt" if kamer else "Opgemaakt",
        "w.publicatienaam": VRAGEN,
        "w.vergaderjaar": vergaderjaar_of(asked) if asked else None,
        "w.vraagnummer": re.sub(_AROUND, "", parsed.text),
        "c.content-area": _area(f"kv-{kamer}", (asked or "onbekend")[:4])
        if kamer
        else _area("kv", "onopgemaakt"),
    }


def vergaderjaar_of(day: str) -> str:
    """The session year of a day, which begins in September; near enough for a replica.

    Raises ValueError for a text that is no date.
    """
    on = date.fromisoformat(day)
    first = on.year if on.month >= 9 else on.year - 1
    return f"{first}-{first + 1}"


def _area(series: str, folder: str) -> str:
    """The place in the repository: `officielepublicaties/ah-tk/20202021`."""
    return f"officielepublicaties/{series}/{folder}"
