-- The publication that an incoming one is: by number, else by identifier or alias,
-- else an unnumbered one of the same zaak and soort. Locked. Always one row: where
-- nothing is held it brings the id to use for a new one.
with gevonden as (
    select coalesce(
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
            from aanhangsel.publicatie
            where voorlopige_sleutel = %(voorlopige_sleutel)s::text
        ),
        (
            select publicatie_id
            from aanhangsel.publicatie_alias
            where identifier = %(identifier)s::text
        ),
        (
            select publicatie.publicatie_id
            from aanhangsel.publicatie_zaak as publicatie_zaak
            join aanhangsel.publicatie as publicatie
                on publicatie.publicatie_id = publicatie_zaak.publicatie_id
            where publicatie_zaak.zaaknummer = any(%(zaaknummers)s::text[])
                and publicatie.soort = %(soort)s::text
                and case
                    -- what has a number now may have come without one before
                    when %(aanhangselnummer)s::integer is not null
                    then publicatie.aanhangselnummer is null
                    -- what has no name at all may be here under its number already
                    else %(voorlopige_sleutel)s::text is not null
                end
            order by publicatie.publicatie_id
            limit 1
        )
    ) as publicatie_id
),
huidig as (
    select
        publicatie.publicatie_id,
        publicatie.identifier,
        publicatie.voorlopige_sleutel,
        publicatie.herziening,
        publicatie.formaat,
        publicatie.inhoud_sha256,
        publicatie.metadata,
        publicatie.status,
        publicatie.parser
    from aanhangsel.publicatie as publicatie
    join gevonden on gevonden.publicatie_id = publicatie.publicatie_id
    for update of publicatie
)
select
    huidig.publicatie_id,
    huidig.identifier,
    huidig.voorlopige_sleutel,
    huidig.herziening,
    huidig.formaat,
    huidig.inhoud_sha256,
    huidig.metadata,
    huidig.parser,
    huidig.status = 'ingetrokken' as withdrawn,
    array(
        select versie.inhoud_sha256
        from aanhangsel.publicatie_versie as versie
        where versie.publicatie_id = huidig.publicatie_id
            and versie.geldig_tot is not null
            and versie.inhoud_sha256 is not null
    ) as former,
    case
        when huidig.publicatie_id is null
        then nextval('aanhangsel.publicatie_publicatie_id_seq')
    end as new_id,
    (
        select ander.publicatie_id
        from aanhangsel.publicatie as ander
        where ander.identifier = %(identifier)s::text
            and ander.publicatie_id <> huidig.publicatie_id
    ) as other_id
from (values (1)) as altijd (een)
left join huidig on true
