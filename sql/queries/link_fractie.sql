-- Groups as the mirror has them. Says who sat for those that are new or changed.
with gegeven as materialized (
    select
        entity_id as tk_id,
        coalesce(fields ->> 'afkorting', fields ->> 'naamnl') as afkorting,
        fields ->> 'naamnl' as naam,
        etl.first_day(fields ->> 'datumactief') as van,
        etl.last_day(fields ->> 'datuminactief') as tot
    from etl.entity
    where category = 'Fractie'
        and state = 'kept'
        and coalesce(fields ->> 'afkorting', fields ->> 'naamnl') is not null
),
anders as (
    insert into aanhangsel.fractie as huidig (tk_id, afkorting, naam, van, tot)
    select tk_id, afkorting, naam, van, tot
    from gegeven
    where not exists (
        select
        from aanhangsel.fractie as zelfde
        where zelfde.tk_id = gegeven.tk_id
            and (zelfde.afkorting, zelfde.naam, zelfde.van, zelfde.tot)
                is not distinct from
                (gegeven.afkorting, gegeven.naam, gegeven.van, gegeven.tot)
    )
    order by tk_id
    on conflict (tk_id) do update
    set
        afkorting = excluded.afkorting,
        naam = excluded.naam,
        van = excluded.van,
        tot = excluded.tot
    returning fractie_id
)
select distinct lidmaatschap.persoon_id
from anders
join aanhangsel.lidmaatschap as lidmaatschap
    on lidmaatschap.fractie_id = anders.fractie_id
