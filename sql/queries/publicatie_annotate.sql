-- The same values, from other sources or under another listing: no new version. What a
-- listing names may be joined anew.
with gelijk as (
    update aanhangsel.publicatie
    set
        herkomst = %(herkomst)s::jsonb,
        metadata = %(metadata)s::jsonb
    where publicatie_id = %(publicatie_id)s
        and (herkomst, metadata)
            is distinct from (%(herkomst)s::jsonb, %(metadata)s::jsonb)
    returning publicatie_id
)
insert into etl.link_queue (kind, id)
select 'publicatie', publicatie_id::text
from gelijk
on conflict do nothing
