-- The row that held a GUID under another number lets it go first: also one of those that
-- have the same number as these, as any of them may be the one that stands for it.
with geraakt as materialized (
    select distinct fields ->> 'nummer' as zaaknummer
    from etl.entity
    where entity_id = any(%(ids)s::uuid[])
        and category = 'Zaak'
        and fields ->> 'nummer' is not null
),
gelijk as materialized (
    select entity_id, fields
    from etl.entity
    where entity_id = any(%(ids)s::uuid[])
    union
    select entity.entity_id, entity.fields
    from geraakt
    join etl.entity as entity
        on entity.category = 'Zaak'
        and entity.fields ->> 'nummer' = geraakt.zaaknummer
)
update aanhangsel.zaak as huidig
set tk_id = null
from gelijk
where huidig.tk_id = gelijk.entity_id
    and huidig.zaaknummer is distinct from gelijk.fields ->> 'nummer'
