-- warning: a document in quarantine, to be tried again by itself
select
    source,
    identifier,
    code,
    explanation,
    attempts,
    next_try_at
from etl.run_problem
where resolved_at is null
order by source, identifier
