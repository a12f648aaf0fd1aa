-- The webhook took the message.
update etl.incident
set
    opening_told_at = coalesce(opening_told_at, %(now)s),
    closing_told_at = case when %(over)s then %(now)s else closing_told_at end
where incident_id = %(incident_id)s
