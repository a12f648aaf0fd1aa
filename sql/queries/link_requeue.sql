-- Publications that these persons may have asked: linked to them, of their surname, or
-- of a zaak that names them. The people themselves are done.
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
gedaan as (
    delete from etl.link_queue
    where kind = 'people'
)
insert into etl.link_queue (kind, id)
select 'publicatie', publicatie_id::text
from geraakt
on conflict do nothing
