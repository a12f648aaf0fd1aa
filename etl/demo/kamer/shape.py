"""The categories that the replica serves: their fields and links in each dialect.

After the official XSDs (names and order of elements) and the list of OData properties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Kind(Enum):
    """What a value is; it decides how the value is written."""

    TEXT = "text"
    WHOLE = "whole"
    FLAG = "flag"
    MOMENT = "moment"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One category.

    `fields` and `refs` are by the element name of the XSD, in its order; `columns` are
    the OData properties in theirs; `links` is by navigation property: whether it gives
    one row, the category it leads to, and the ref that it follows — of this category,
    or backwards the ref of the other one.
    """

    name: str
    local_time: bool
    downloadable: bool
    fields: Mapping[str, Kind]
    refs: tuple[str, ...]
    columns: tuple[str, ...]
    links: Mapping[str, Link]

    @property
    def element(self) -> str:
        """Name of the payload's element, and the term of the entry."""
        return self.name[0].lower() + self.name[1:]

    def field(self, name: str) -> str:
        """The XSD's spelling of a field's name; KeyError if there is none."""
        return self._fields_by_lower[name.lower()]

    def ref(self, name: str) -> str:
        """The XSD's spelling of a link's name; KeyError if there is none."""
        return self._refs_by_lower[name.lower()]

    @cached_property
    def _fields_by_lower(self) -> dict[str, str]:
        files = FILE_FIELDS if self.downloadable else {}
        return {name.lower(): name for name in (*self.fields, *files)}

    @cached_property
    def _refs_by_lower(self) -> dict[str, str]:
        return {name.lower(): name for name in self.refs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One navigation property of OData."""

    target: str
    ref: str
    single: bool = False
    back: bool = False


def _fields(text: str) -> dict[str, Kind]:
    words = (word.partition(":") for word in text.split())
    return {name: Kind(kind or "text") for name, _, kind in words}


FILE_FIELDS = {"contentType": Kind.TEXT, "contentLength": Kind.WHOLE}
"""Attributes of a downloadable entity in the feed, properties in OData."""

COMMON = ("GewijzigdOp", "ApiGewijzigdOp", "Verwijderd")

_ACTOR = "actorNaam actorFractie functie relatie sidActor"

SHAPES: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape(
            name="Document",
            local_time=True,
            downloadable=True,
            fields=_fields(
                "soort documentNummer titel onderwerp datum:moment volgnummer:whole"
                " vergaderjaar kamer:whole citeertitel alias datumRegistratie:moment"
                " datumOntvangst:moment aanhangselnummer kenmerkAfzender organisatie"
            ),
            refs=(
                "huidigeDocumentVersie",
                "bronDocument",
                "activiteit",
                "agendapunt",
                "zaak",
                "kamerstukdossier",
            ),
            columns=(
                *"Id Soort DocumentNummer Titel Onderwerp Datum Vergaderjaar".split(),
                *"Kamer Volgnummer Citeertitel Alias DatumRegistratie".split(),
                *"DatumOntvangst Aanhangselnummer KenmerkAfzender".split(),
                *"Organisatie ContentType ContentLength".split(),
                *COMMON,
                "HuidigeDocumentVersie_Id",
            ),
            links={
                "DocumentActor": Link(
                    target="DocumentActor", ref="document", back=True
                ),
                "DocumentVersie": Link(
                    target="DocumentVersie", ref="document", back=True
                ),
                "HuidigeDocumentVersie": Link(
                    target="DocumentVersie", ref="huidigeDocumentVersie", single=True
                ),
                "BijlageDocument": Link(
                    target="Document", ref="bronDocument", back=True
                ),
                "BronDocument": Link(target="Document", ref="bronDocument"),
                "Zaak": Link(target="Zaak", ref="zaak"),
            },
        ),
        Shape(
            name="DocumentActor",
            local_time=True,
            downloadable=False,
            fields=_fields(_ACTOR),
            refs=("document", "persoon", "fractie", "commissie"),
            columns=(
                *"Id Document_Id ActorNaam ActorFractie Functie Relatie".split(),
                "SidActor",
                *COMMON,
                *"Persoon_Id Fractie_Id Commissie_Id".split(),
            ),
            links={
                "Document": Link(target="Document", ref="document", single=True),
                "Fractie": Link(target="Fractie", ref="fractie", single=True),
                "Persoon": Link(target="Persoon", ref="persoon", single=True),
            },
        ),
        Shape(
            name="DocumentVersie",
            local_time=True,
            downloadable=False,
            fields=_fields(
                "status versienummer:whole bestandsgrootte:whole extensie datum:moment"
                " externeidentifier"
            ),
            refs=("document",),
            columns=(
                *"Id Status Versienummer Bestandsgrootte Extensie Datum".split(),
                *COMMON,
                *"Document_Id ExterneIdentifier".split(),
            ),
            links={"Document": Link(target="Document", ref="document", single=True)},
        ),
        Shape(
            name="Zaak",
            local_time=True,
            downloadable=False,
            fields=_fields(
                "nummer soort onderwerp gestartOp:moment organisatie titel citeertitel"
                " alias grondslagvoorhang termijn:moment vergaderjaar volgnummer:whole"
                " status huidigeBehandelstatus afgedaan:flag grootProject:flag"
                " kabinetsappreciatie"
            ),
            refs=(
                "kamerstukdossier",
                "activiteit",
                "agendapunt",
                "gerelateerdVanuit",
                "vervangenVanuit",
            ),
            columns=(
                *"Id Nummer Soort Titel Citeertitel Alias Status Onderwerp".split(),
                *"GestartOp Organisatie Grondslagvoorhang Termijn".split(),
                *"Vergaderjaar Volgnummer HuidigeBehandelstatus Afgedaan".split(),
                "GrootProject",
                *COMMON,
                "Kabinetsappreciatie",
            ),
            links={
                "ZaakActor": Link(target="ZaakActor", ref="zaak", back=True),
                "Document": Link(target="Document", ref="zaak", back=True),
                "VervangenDoor": Link(target="Zaak", ref="vervangenVanuit", back=True),
                "GerelateerdNaar": Link(
                    target="Zaak", ref="gerelateerdVanuit", back=True
                ),
                "GerelateerdVanuit": Link(target="Zaak", ref="gerelateerdVanuit"),
                "VervangenVanuit": Link(target="Zaak", ref="vervangenVanuit"),
            },
        ),
        Shape(
            name="ZaakActor",
            local_time=True,
            downloadable=False,
            fields=_fields(
                "actorNaam actorFractie actorAfkorting functie relatie sidActor"
            ),
            refs=("zaak", "persoon", "fractie", "commissie"),
            columns=(
                *"Id Zaak_Id ActorNaam ActorFractie ActorAfkorting Functie".split(),
                *"Relatie SidActor Persoon_Id Fractie_Id Commissie_Id".split(),
                *COMMON,
            ),
            links={
                "Fractie": Link(target="Fractie", ref="fractie", single=True),
                "Persoon": Link(target="Persoon", ref="persoon", single=True),
                "Zaak": Link(target="Zaak", ref="zaak", single=True),
            },
        ),
        Shape(
            name="Persoon",
            local_time=False,
            downloadable=True,
            fields=_fields(
                "nummer:whole titels initialen tussenvoegsel achternaam voornamen"
                " roepnaam geslacht functie geboortedatum:day geboorteplaats"
                " geboorteland overlijdensdatum:day overlijdensplaats woonplaats land"
                " fractielabel"
            ),
            refs=(),
            columns=(
                *"Id Nummer Titels Initialen Tussenvoegsel Achternaam".split(),
                *"Voornamen Roepnaam Geslacht Functie Geboortedatum".split(),
                *"Geboorteplaats Geboorteland Overlijdensdatum".split(),
                *"Overlijdensplaats Woonplaats Land ContentType".split(),
                "ContentLength",
                *COMMON,
                "Fractielabel",
            ),
            links={
                "DocumentActor": Link(target="DocumentActor", ref="persoon", back=True),
                "FractieZetelPersoon": Link(
                    target="FractieZetelPersoon", ref="persoon", back=True
                ),
                "ZaakActor": Link(target="ZaakActor", ref="persoon", back=True),
            },
        ),
        Shape(
            name="Fractie",
            local_time=False,
            downloadable=True,
            fields=_fields(
                "nummer:whole afkorting naamNl naamEn aantalZetels:whole"
                " aantalStemmen:whole datumActief:day datumInactief:day"
            ),
            refs=(),
            columns=(
                *"Id Nummer Afkorting NaamNL NaamEN AantalZetels".split(),
                *"AantalStemmen DatumActief DatumInactief ContentType".split(),
                "ContentLength",
                *COMMON,
            ),
            links={
                "DocumentActor": Link(target="DocumentActor", ref="fractie", back=True),
                "FractieZetel": Link(target="FractieZetel", ref="fractie", back=True),
                "ZaakActor": Link(target="ZaakActor", ref="fractie", back=True),
            },
        ),
        Shape(
            name="FractieZetel",
            local_time=False,
            downloadable=False,
            fields=_fields("gewicht:whole"),
            refs=("fractie",),
            columns=("Id", "Gewicht", "Fractie_Id", *COMMON),
            links={
                "Fractie": Link(target="Fractie", ref="fractie", single=True),
                "FractieZetelPersoon": Link(
                    target="FractieZetelPersoon", ref="fractieZetel", back=True
                ),
            },
        ),
        Shape(
            name="FractieZetelPersoon",
            local_time=False,
            downloadable=False,
            fields=_fields("functie van:day totEnMet:day"),
            refs=("fractieZetel", "persoon"),
            columns=(
                *"Id FractieZetel_Id Persoon_Id Functie Van TotEnMet".split(),
                *COMMON,
            ),
            links={
                "FractieZetel": Link(
                    target="FractieZetel", ref="fractieZetel", single=True
                ),
                "Persoon": Link(target="Persoon", ref="persoon", single=True),
            },
        ),
    )
}
"""By the name of the category, which is also the name of the entity set."""

NEWER_NAMES = {"Document": {"DocumentNummer": "Nummer", "Volgnummer": "Ondernummer"}}
"""OData v5's names of properties, by entity set and by v4's name; others stayed."""
