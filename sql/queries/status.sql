-- Freshness and last run of each source.
select
    versheid.source,
    versheid.laatste_geslaagde_run as last_success,
    versheid.nieuwste_publicatie as newest,
    versheid.open_problemen as open_problems,
    laatste.started_at as last_started,
    laatste.outcome as last_outcome,
    laatste.problem as last_problem
from aanhangsel.versheid as versheid
left join lateral (
    select
        run.started_at,
        run.outcome,
        run.problem
    from etl.run as run
    where run.source = versheid.source
    order by run.run_id desc
    limit 1
) as laatste on true
order by versheid.source collate "C"
