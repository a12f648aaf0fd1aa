-- Withdrawn before it was ever read: only its name is known.
with nieuw as (
    insert into aanhangsel.publicatie (
        publicatie_id, kamer, vergaderjaar, aanhangselnummer, toevoeging, identifier,
        herziening, titel, gepubliceerd, status, metadata, eerst_gezien,
        laatst_gewijzigd
    )
    overriding system value
    values (
        %(publicatie_id)s, %(kamer)s, %(vergaderjaar)s, %(aanhangselnummer)s,
        %(toevoeging)s, %(identifier)s, %(herziening)s, %(titel)s, %(gepubliceerd)s,
        'ingetrokken', %(metadata)s, %(now)s, %(now)s
    )
)
insert into aanhangsel.publicatie_versie (
    publicatie_id, versie, geldig_van, reden, identifier
)
values (%(publicatie_id)s, 1, %(now)s, 'ingetrokken', %(identifier)s)
