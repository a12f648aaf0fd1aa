-- Of what the webhook was not told yet, in the order in which it happened. One that was
-- over before anybody could be told that it began is told once, as over.
select
    incident_id,
    source,
    code,
    explanation,
    opened_at,
    closed_at
from etl.incident
where opening_told_at is null
    or (closed_at is not null and closing_told_at is null)
order by incident_id
limit 50
