-- Runs and what they counted, by source and outcome, with how long the last one took.
select
    source,
    outcome,
    count(*) as runs,
    sum(new) as new,
    sum(changed) as changed,
    sum(unchanged) as unchanged,
    sum(withdrawn) as withdrawn,
    sum(quarantined) as quarantined,
    (array_agg(
        extract(epoch from finished_at - started_at)::float8 order by run_id desc
    ))[1] as last_seconds
from etl.run
group by source, outcome
order by source collate "C", outcome collate "C"
