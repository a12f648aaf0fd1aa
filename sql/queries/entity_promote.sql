-- The parts that waited for these: kept now, or let go with them.
with ouder as materialized (
    select
        entity_id,
        state
    from etl.entity
    where entity_id = any(%(ids)s::uuid[])
),
wachtend as materialized (
    select
        deel.entity_id,
        deel.category,
        deel.parent_id,
        ouder.state
    from ouder
    join etl.entity as deel
        on deel.parent_id = ouder.entity_id
        and deel.state = 'waiting'
),
behouden as (
    update etl.entity as deel
    set
        state = 'kept',
        last_changed_at = %(now)s
    from wachtend
    where deel.entity_id = wachtend.entity_id
        and wachtend.state = 'kept'
),
weg as (
    delete from etl.entity as deel
    using wachtend
    where deel.entity_id = wachtend.entity_id
        and wachtend.state = 'passed'
)
insert into etl.link_queue (kind, id)
select distinct 'zaak', parent_id::text
from wachtend
where state = 'kept'
    and category = 'ZaakActor'
on conflict do nothing
