-- It is over.
update etl.incident
set closed_at = greatest(%(now)s, opened_at)
where incident_id = %(incident_id)s
    and closed_at is null
