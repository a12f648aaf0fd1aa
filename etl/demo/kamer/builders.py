"""Entities as the Kamer makes them, by what a test or the demonstration has to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zlib import crc32

from etl.demo.kamer.magazijn import Magazijn, guid
from etl.demo.kamer.values import Value, moment_of

Day = date | datetime | str | None

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {PDF: ".pdf", WORD: ".docx", "application/msword": ".doc"}


class Builders(Magazijn):
    """Each gives the id of what it made; what is not said is as in real rows.

    Ids follow from the names, so that the same calls give the same ids. `more` are
    further fields by the XSD's names.
    """

    def zaak(
        self,
        nummer: str,
        onderwerp: str,
        gestart_op: Day,
        *,
        vergaderjaar: str | None = None,
        gerelateerd_vanuit: Sequence[str] = (),
        vervangen_vanuit: Sequence[str] = (),
        **more: Value,
    ) -> str:
        """A set of written questions; its year follows from the date if not given."""
        fields: dict[str, Value] = {
            "nummer": nummer,
            "soort": "Schriftelijke vragen",
            "onderwerp": onderwerp,
            "gestartOp": gestart_op,
            "organisatie": "Tweede Kamer",
            "vergaderjaar": vergaderjaar or vergaderjaar_of(gestart_op),
            "volgnummer": -1,
            "status": "Vrijgegeven",
            "afgedaan": False,
            "grootProject": False,
            **more,
        }
        refs = {
            "gerelateerdVanuit": gerelateerd_vanuit,
            "vervangenVanuit": vervangen_vanuit,
        }
        return self.put("Zaak", guid(f"zaak {nummer}"), fields, _given(refs))

    def zaak_actor(  # noqa: PLR0913 - each is one of the entity's own values
        self,
        zaak: str,
        naam: str | None,
        relatie: str | None = "Indiener",
        *,
        functie: str | None = None,
        fractie: str | None = None,
        persoon: str | None = None,
        fractie_id: str | None = None,
        **more: Value,
    ) -> str:
        """Who has to do with a Zaak; `fractie` is the printed party.

        `persoon` and `fractie_id` are ids.
        """
        fields: dict[str, Value] = {
            "actorNaam": naam,
            "actorFractie": fractie,
            "functie": functie or _FUNCTIES.get(relatie or ""),
            "relatie": relatie,
            **more,
        }
        refs = {"zaak": [zaak], "persoon": _one(persoon), "fractie": _one(fractie_id)}
        name = self._unused(f"zaakactor {zaak} {relatie} {naam}")
        return self.put("ZaakActor", name, fields, _given(refs))

    def persoon(
        self,
        achternaam: str,
        *,
        roepnaam: str | None = None,
        tussenvoegsel: str | None = None,
        initialen: str | None = None,
        functie: str | None = "Tweede Kamerlid",
        **more: Value,
    ) -> str:
        """A member, or a minister with another `functie`."""
        name = f"persoon {roepnaam} {initialen} {tussenvoegsel} {achternaam}"
        known = self._unused(name)
        fields: dict[str, Value] = {
            "nummer": _number(known),
            "initialen": initialen,
            "tussenvoegsel": tussenvoegsel,
            "achternaam": achternaam,
            "voornamen": roepnaam,
            "roepnaam": roepnaam,
            "functie": functie,
            **more,
        }
        return self.put("Persoon", known, fields)

    def fractie(
        self,
        afkorting: str,
        naam: str | None = None,
        van: Day = None,
        tot: Day = None,
        **more: Value,
    ) -> str:
        """A group; `tot` is its last day."""
        known = self._unused(f"fractie {afkorting}")
        fields: dict[str, Value] = {
            "nummer": _number(known),
            "afkorting": afkorting,
            "naamNl": naam or afkorting,
            "naamEn": naam or afkorting,
            "datumActief": van,
            "datumInactief": tot,
            **more,
        }
        return self.put("Fractie", known, fields)

    def lidmaatschap(
        self,
        persoon: str,
        fractie: str,
        van: Day,
        tot: Day = None,
        functie: str | None = "Lid",
    ) -> str:
        """A seat of a group, held from `van` up to and including `tot`.

        Returns the id of the FractieZetelPersoon.
        """
        name = f"lidmaatschap {persoon} {fractie} {van}"
        zetel = self.put(
            "FractieZetel",
            self._unused(f"zetel {name}"),
            {"gewicht": len(self.pointing("FractieZetel", "fractie", fractie)) + 1},
            {"fractie": [fractie]},
        )
        return self.put(
            "FractieZetelPersoon",
            self._unused(name),
            {"functie": functie, "van": van, "totEnMet": tot},
            {"fractieZetel": [zetel], "persoon": [persoon]},
        )

    def document(  # noqa: PLR0913 - each is one of the entity's own values
        self,
        soort: str,
        onderwerp: str,
        datum: Day,
        zaken: Sequence[str] = (),
        *,
        nummer: str | None = None,
        aanhangselnummer: str | None = None,
        externe_identifier: str | None = None,
        body: bytes | None = None,
        content_type: str = PDF,
        bron: Sequence[str] = (),
        **more: Value,
    ) -> str:
        """A document with its current version and, if `body` is given, its file.

        `nummer` is its D-number, `zaken` and `bron` (what it is an attachment of) ids.
        """
        nummer = nummer or self._nummer(f"{soort} {onderwerp} {zaken}", datum)
        known = guid(f"document {nummer}")
        fields: dict[str, Value] = {
            "soort": soort,
            "documentNummer": nummer,
            "onderwerp": onderwerp,
            "datum": datum,
            "volgnummer": -1,
            "vergaderjaar": vergaderjaar_of(datum),
            "kamer": 2,
            "datumRegistratie": datum,
            "aanhangselnummer": aanhangselnummer,
            "organisatie": "Tweede Kamer",
            "contentType": content_type if body is not None else None,
            "contentLength": len(body) if body is not None else None,
            **more,
        }
        if body is not None:
            self.files[known] = (body, content_type)
        version = self._version(known, content_type, externe_identifier)
        refs = {
            "huidigeDocumentVersie": [version],
            "bronDocument": bron,
            "zaak": zaken,
        }
        return self.put("Document", known, fields, _given(refs))

    def document_actor(
        self,
        document: str,
        naam: str | None,
        relatie: str | None = "Eerste ondertekenaar",
        *,
        functie: str | None = None,
        fractie: str | None = None,
        persoon: str | None = None,
    ) -> str:
        """Who has to do with a document; `persoon` is an id."""
        fields: dict[str, Value] = {
            "actorNaam": naam,
            "actorFractie": fractie,
            "functie": functie,
            "relatie": relatie,
        }
        refs = {"document": [document], "persoon": _one(persoon)}
        name = self._unused(f"documentactor {document} {relatie} {naam}")
        return self.put("DocumentActor", name, fields, _given(refs))

    def resource(
        self,
        document: str,
        body: bytes,
        content_type: str = PDF,
        *,
        new_version: bool = False,
        externe_identifier: str | None = None,
    ) -> None:
        """Replace the file of a document; the former one is gone.

        With `new_version` its DocumentVersie becomes a tombstone and a new one follows.
        """
        with self.state_lock:
            self.files[document] = (body, content_type)
            if new_version:
                former = self.held[document].refs.get("huidigeDocumentVersie", ())
                version = self._version(document, content_type, externe_identifier)
                for each in former:
                    self.delete(each)
                self.link(document, "huidigeDocumentVersie", [version])
            self.change(document, contentType=content_type, contentLength=len(body))

    def _version(
        self, document: str, content_type: str, externe_identifier: str | None
    ) -> str:
        number = 1
        while guid(f"versie {number} {document}") in self.held:
            number += 1
        held = self.files.get(document)
        fields: dict[str, Value] = {
            "status": "Vrijgegeven",
            "versienummer": number,
            "bestandsgrootte": None if held is None else len(held[0]),
            "extensie": EXTENSIONS.get(content_type),
            "datum": self.at,
            "externeidentifier": externe_identifier,
        }
        known = guid(f"versie {number} {document}")
        return self.put("DocumentVersie", known, fields, {"document": [document]})

    def _nummer(self, name: str, datum: Day) -> str:
        """A D-number that follows from a name and is not taken."""
        year = str(datum)[:4] if datum else str(self.at.year)
        number = crc32(name.encode())
        while guid(f"document {year}D{number % 100_000:05}") in self.held:
            number += 1
        return f"{year}D{number % 100_000:05}"

    def _unused(self, name: str) -> str:
        """The id of a name, or of the name with a number if that is taken."""
        known, number = guid(name), 1
        while known in self.held:
            number += 1
            known = guid(f"{name} {number}")
        return known


def vergaderjaar_of(day: Day) -> str | None:
    """The parliamentary year of a day, "2024-2025"; it begins on Prinsjesdag.

    That is the third Tuesday of September. None for what is no day.
    """
    moment = moment_of(day)
    if moment is None:
        return None
    first = date(moment.year, 9, 1)
    prinsjesdag = first + timedelta(days=(1 - first.weekday()) % 7 + 14)
    start = moment.year - (moment.date() < prinsjesdag)
    return f"{start}-{start + 1}"


_FUNCTIES = {"Indiener": "Tweede Kamerlid", "Medeindiener": "Tweede Kamerlid"}


def _number(known: str) -> int:
    return int(known[:4], 16)


def _one(known: str | None) -> Sequence[str]:
    return () if known is None else (known,)


def _given(refs: dict[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {name: targets for name, targets in refs.items() if targets}
