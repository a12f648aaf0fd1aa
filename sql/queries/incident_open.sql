-- Incidents that were not seen to be over.
select
    incident_id,
    source,
    code,
    explanation,
    opened_at,
    closed_at
from etl.incident
where closed_at is null
order by incident_id
