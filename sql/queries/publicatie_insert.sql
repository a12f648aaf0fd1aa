-- A publication that was not here before, with its first version.
with nieuw as (
    insert into aanhangsel.publicatie (
        publicatie_id, kamer, vergaderjaar, aanhangselnummer, toevoeging, identifier,
        voorlopige_sleutel, herziening, soort, onderwerp, titel, ingezonden, ontvangen,
        gepubliceerd, mededeling, toelichting, reden_uitstel, dekking, formaat, parser,
        metadata, inhoud_sha256, herkomst, status, eerst_gezien, laatst_gewijzigd
    )
    overriding system value
    values (
        %(publicatie_id)s, %(kamer)s, %(vergaderjaar)s, %(aanhangselnummer)s,
        %(toevoeging)s, %(identifier)s, %(voorlopige_sleutel)s, %(herziening)s,
        %(soort)s, %(onderwerp)s, %(titel)s, %(ingezonden)s, %(ontvangen)s,
        %(gepubliceerd)s, %(mededeling)s, %(toelichting)s, %(reden_uitstel)s,
        %(dekking)s, %(formaat)s, %(parser)s, %(metadata)s, %(inhoud_sha256)s,
        %(herkomst)s, %(status)s, %(now)s, %(now)s
    )
)
insert into aanhangsel.publicatie_versie (
    publicatie_id, versie, geldig_van, reden, identifier, inhoud_sha256
)
values (
    %(publicatie_id)s, 1, %(now)s, 'eerste', %(identifier)s, %(inhoud_sha256)s
)
