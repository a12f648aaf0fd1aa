"""What the replica knows of a publication, and the SRU record that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from etl.demo.cql import Fields
from etl.model.identity import Identifier

CREATORS = {
    "tk": "Tweede Kamer der Staten-Generaal",
    "ek": "Eerste Kamer der Staten-Generaal",
}
AANHANGSEL = "Kamervragen (Aanhangsel)"

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
    "w.aanhangselnummer": ("tpmeta", "overheidwetgeving:aanhangselnummer"),
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

    @property
    def area(self) -> str:
        """The folder of the repository: `ah-tk/20202021`, `ah/onopgemaakt`."""
        parts = self.identifier.split("-")
        if len(parts) < 4:
            return f"{parts[0]}/onopgemaakt"
        return f"{parts[0]}-{parts[1]}/{parts[2]}"

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
        home = f"https://repository.overheid.nl/frbr/officielepublicaties/{self.area}"
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

    `given` is by index name; None or an empty tuple leaves a value out.
    """
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
        **_told_by(identifier),
        **given,
    }
    return {index: _several(value) for index, value in fields.items() if value}


def _several(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (str(value),)


def _told_by(identifier: str) -> dict[str, object]:
    try:
        key = Identifier.parse(identifier).key
    except ValueError:
        return {}
    if key is None:
        return {"w.documentstatus": "Onopgemaakt"}
    return {
        "dt.creator": CREATORS[key.kamer],
        "w.vergaderjaar": key.vergaderjaar,
        "w.aanhangselnummer": key.aanhangselnummer,
    }
