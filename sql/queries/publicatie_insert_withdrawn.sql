-- Withdrawn before it was ever read: only its name is known.
with nieuw as (
    insert into aanhangsel.publicatie (
        kamer, vergaderjaar, aanhangselnummer, toevoeging, identifier, herziening,
        titel, gepubliceerd, status, metadata, eerst_gezien, laatst_gewijzigd
    )
    values (
        %(kamer)s, %(vergaderjaar)s, %(aanhangselnummer)s, %(toevoeging)s,
        %(identifier)s, %(herziening)s, %(titel)s, %(gepubliceerd)s, 'ingetrokken',
        %(metadata)s, %(now)s, %(now)s
    )
    returning publicatie_id
)
insert into aanhangsel.publicatie_versie (
    publicatie_id, versie, geldig_van, reden, identifier
)
select publicatie_id, 1, %(now)s, 'ingetrokken', %(identifier)s
from nieuw
