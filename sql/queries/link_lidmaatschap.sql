-- Who sat for which group when, as the mirror has it; what it no longer has goes. Says
-- whose periods changed.
with gegeven as materialized (
    select
        lid.entity_id as tk_id,
        persoon.persoon_id,
        fractie.fractie_id,
        etl.first_day(lid.fields ->> 'van') as van,
        etl.last_day(lid.fields ->> 'totenmet') as tot,
        lid.fields ->> 'functie' as functie
    from etl.entity as lid
    join etl.entity as zetel
        on zetel.entity_id = (lid.refs -> 'fractiezetel' ->> 0)::uuid
        and zetel.category = 'FractieZetel'
    join aanhangsel.fractie as fractie
        on fractie.tk_id = (zetel.refs -> 'fractie' ->> 0)::uuid
    join aanhangsel.persoon as persoon
        on persoon.tk_id = (lid.refs -> 'persoon' ->> 0)::uuid
    where lid.category = 'FractieZetelPersoon'
        and lid.state = 'kept'
        and not lid.deleted
        -- a period that ends before it begins is none; one day is the Kamer's own slip
        and coalesce(
            etl.last_day(lid.fields ->> 'totenmet')
                >= etl.first_day(lid.fields ->> 'van') - 1,
            true
        )
),
weg as (
    delete from aanhangsel.lidmaatschap as huidig
    where huidig.tk_id is not null
        and not exists (
            select
            from gegeven
            where gegeven.tk_id = huidig.tk_id
        )
    returning persoon_id
),
anders as (
    insert into aanhangsel.lidmaatschap as huidig (
        tk_id, persoon_id, fractie_id, van, tot, functie
    )
    select tk_id, persoon_id, fractie_id, van, tot, functie
    from gegeven
    where not exists (
        select
        from aanhangsel.lidmaatschap as zelfde
        where zelfde.tk_id = gegeven.tk_id
            and (
                zelfde.persoon_id, zelfde.fractie_id, zelfde.van, zelfde.tot,
                zelfde.functie
            ) is not distinct from (
                gegeven.persoon_id, gegeven.fractie_id, gegeven.van, gegeven.tot,
                gegeven.functie
            )
    )
    order by tk_id
    on conflict (tk_id) do update
    set
        persoon_id = excluded.persoon_id,
        fractie_id = excluded.fractie_id,
        van = excluded.van,
        tot = excluded.tot,
        functie = excluded.functie
    returning persoon_id
)
select persoon_id from weg
union
select persoon_id from anders
