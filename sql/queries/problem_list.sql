-- What is in quarantine now, what was tried most often first.
select
    source,
    identifier,
    code,
    explanation,
    attempts,
    first_seen_at,
    next_try_at,
    url
from etl.run_problem
where resolved_at is null
order by attempts desc, source, identifier collate "C"
