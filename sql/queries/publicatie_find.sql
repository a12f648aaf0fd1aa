-- The publication that a source's record names, locked; by number, identifier or alias.
select
    publicatie_id,
    status = 'ingetrokken' as withdrawn,
    identifier,
    inhoud_sha256
from aanhangsel.publicatie
where publicatie_id = coalesce(
    (
        select publicatie_id
        from aanhangsel.publicatie
        where kamer = %(kamer)s::text
            and vergaderjaar = %(vergaderjaar)s::text
            and aanhangselnummer = %(aanhangselnummer)s::integer
            and toevoeging = %(toevoeging)s::text
    ),
    (
        select publicatie_id
        from aanhangsel.publicatie
        where identifier = %(identifier)s::text
    ),
    (
        select publicatie_id
        from aanhangsel.publicatie_alias
        where identifier = %(identifier)s::text
    )
)
for update
