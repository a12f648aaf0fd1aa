-- warning: an entity whose case or document has not come for more than thirty days
select
    entity_id,
    category,
    parent_id,
    first_seen_at
from etl.entity
where state = 'waiting'
    and not deleted
    and first_seen_at < %(now)s::timestamptz - interval '30 days'
order by first_seen_at, entity_id
