-- Publications that these persons may have asked: linked to them, of their surname, or
-- of a zaak that names them. And those of a day of which it is known now, or no longer,
-- who sat, so that it can be said of nobody's name that it is of nobody. The people
-- themselves are done.
with persoon as materialized (
    select
        persoon_id,
        tk_id,
        achternaam
    from aanhangsel.persoon
    where persoon_id = any(%(persoon_ids)s::bigint[])
),
geraakt as (
    select indiener.publicatie_id
    from persoon
    join aanhangsel.indiener as indiener
        on indiener.persoon_id = persoon.persoon_id
    union
    select indiener.publicatie_id
    from unnest(%(achternamen)s::text[]) as naam (achternaam)
    join aanhangsel.indiener as indiener
        on lower(indiener.achternaam) = naam.achternaam
    where indiener.persoon_id is null
    union
    select indiener.publicatie_id
    from aanhangsel.indiener as indiener
    where indiener.persoon_id is null
        and indiener.achternaam is null
    union
    select publicatie_zaak.publicatie_id
    from persoon
    join etl.entity as actor
        on actor.category = 'ZaakActor'
        and actor.state = 'kept'
        and actor.refs -> 'persoon' ->> 0 = persoon.tk_id::text
    join etl.entity as zaak on zaak.entity_id = actor.parent_id
    join aanhangsel.publicatie_zaak as publicatie_zaak
        on publicatie_zaak.zaaknummer = zaak.fields ->> 'nummer'
),
bekend as materialized (
    select range_agg(daterange(van, tot, '[]')) as dagen
    from aanhangsel.lidmaatschap
    where van is not null
        and coalesce(tot >= van, true)
),
gedekt as (
    select publicatie.publicatie_id
    from aanhangsel.publicatie as publicatie
    cross join bekend
    cross join lateral (
        select coalesce(
            publicatie.ingezonden,
            (
                select case when count(distinct zaak.gestart_op) = 1
                    then min(zaak.gestart_op) end
                from aanhangsel.publicatie_zaak as publicatie_zaak
                join aanhangsel.zaak as zaak
                    on zaak.zaaknummer = publicatie_zaak.zaaknummer
                where publicatie_zaak.publicatie_id = publicatie.publicatie_id
            )
        ) as dag
    ) as vraag
    where publicatie.kamer = 'tk'
        and exists (
            select
            from aanhangsel.indiener
            where indiener.publicatie_id = publicatie.publicatie_id
                and indiener.persoon_id is null
        )
        and coalesce(vraag.dag <@ bekend.dagen, false) is distinct from exists (
            select
            from aanhangsel.signaal
            where signaal.publicatie_id = publicatie.publicatie_id
                and signaal.code = 'persoon_onbekend'
        )
),
gedaan as (
    delete from etl.link_queue
    where kind = 'people'
)
insert into etl.link_queue (kind, id)
select 'publicatie', publicatie_id::text
from (
    select publicatie_id
    from geraakt
    union
    select publicatie_id
    from gedekt
) as beide
on conflict do nothing
