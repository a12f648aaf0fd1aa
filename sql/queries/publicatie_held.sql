-- The rows that an incoming reading belongs to: by its record, by number, by identifier
-- or alias; one that has no number also by its zaken, soort and day. Locked. Always one
-- row at least: where nothing is held it brings the id to use for a new one.
with genoemd as (
    select publicatie_id
    from etl.reading
    where source = %(source)s::text
        and identifier = %(record)s::text
    union
    select publicatie_id
    from aanhangsel.publicatie
    where kamer = %(kamer)s::text
        and vergaderjaar = %(vergaderjaar)s::text
        and aanhangselnummer = %(aanhangselnummer)s::integer
        and toevoeging = %(toevoeging)s::text
    union
    select publicatie_id
    from aanhangsel.publicatie
    where identifier = any(%(identifiers)s::text[])
    union
    select publicatie_id
    from aanhangsel.publicatie_alias
    where identifier = any(%(identifiers)s::text[])
),
-- The same zaken, soort and day, while one of the two has no number: a placeholder or
-- a pre-publication. Where a zaak has more of a soort, only a day that fits is certain.
zelfde as (
    select distinct publicatie.publicatie_id
    from aanhangsel.publicatie_zaak as publicatie_zaak
    join aanhangsel.publicatie as publicatie
        on publicatie.publicatie_id = publicatie_zaak.publicatie_id
    where publicatie_zaak.zaaknummer = any(%(zaaknummers)s::text[])
        and publicatie.soort = %(soort)s::text
        and (
            publicatie.aanhangselnummer is null
            or %(aanhangselnummer)s::integer is null
        )
        and (
            publicatie.ontvangen is null
            or %(ontvangen)s::date is null
            or publicatie.ontvangen = %(ontvangen)s::date
        )
        and %(zaaknummers)s::text[] = array(
            select eigen.zaaknummer
            from aanhangsel.publicatie_zaak as eigen
            where eigen.publicatie_id = publicatie.publicatie_id
                and eigen.bekend_door in ('vraagnummer', 'zaak')
            order by eigen.zaaknummer collate "C"
        )
),
huidig as (
    select publicatie.*
    from aanhangsel.publicatie as publicatie
    where publicatie.publicatie_id in (
        select publicatie_id from genoemd
        union
        select publicatie_id from zelfde
    )
    order by publicatie.publicatie_id
    for update
)
select
    huidig.publicatie_id,
    huidig.identifier,
    huidig.voorlopige_sleutel,
    huidig.kamer,
    huidig.vergaderjaar,
    huidig.aanhangselnummer,
    huidig.toevoeging,
    huidig.herziening,
    huidig.formaat,
    huidig.inhoud_sha256,
    huidig.parser,
    huidig.herkomst,
    huidig.metadata,
    huidig.status = 'ingetrokken' as withdrawn,
    huidig.publicatie_id in (select publicatie_id from genoemd) as named,
    exists (
        select
        from etl.reading as eigen
        where eigen.publicatie_id = huidig.publicatie_id
            and eigen.source = %(source)s::text
            and eigen.identifier = %(record)s::text
    ) as own,
    -- whether this record was filed under it, and no other was
    exists (
        select
        from etl.reading as eigen
        where eigen.publicatie_id = huidig.publicatie_id
            and eigen.source = %(source)s::text
            and eigen.identifier = %(record)s::text
    ) and not exists (
        select
        from etl.reading as ander
        where ander.publicatie_id = huidig.publicatie_id
            and (ander.source, ander.identifier)
                <> (%(source)s::text, %(record)s::text)
    ) as alone,
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
    end as new_id
from (values (1)) as altijd (een)
left join huidig on true
order by huidig.publicatie_id
