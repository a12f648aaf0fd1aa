-- A fault that was found: begin its incident, or see that it lasts.
insert into etl.incident as huidig (
    source, code, explanation, opened_at, last_seen_at
)
values (%(source)s, %(code)s, %(explanation)s, %(now)s, %(now)s)
on conflict (source, code) where closed_at is null do update
set
    explanation = excluded.explanation,
    last_seen_at = greatest(huidig.last_seen_at, excluded.last_seen_at)
