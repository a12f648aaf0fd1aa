-- Of what the webhook was not told yet, in the order in which it happened. One that was
-- over before anybody could be told that it began is told once, as over; what is over for
-- a week is told to nobody, such as a webhook that is new.
select
    incident_id,
    source,
    code,
    explanation,
    opened_at,
    closed_at,
    (
        select max(run.run_id)
        from etl.run as run
        where run.source = incident.source
            and run.started_at <= coalesce(incident.closed_at, incident.last_seen_at)
    ) as run_id
from etl.incident as incident
where (opening_told_at is null or (closed_at is not null and closing_told_at is null))
    and coalesce(closed_at, %(now)s) > %(now)s::timestamptz - interval '7 days'
order by incident_id
limit 50
