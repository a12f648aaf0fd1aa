-- Freshness and last run of each source.
select
    versheid.source,
    versheid.laatste_geslaagde_run,
    versheid.nieuwste_publicatie,
    versheid.open_problemen,
    laatste.run_id,
    laatste.started_at,
    laatste.finished_at,
    laatste.outcome,
    laatste.seen,
    laatste.new,
    laatste.changed,
    laatste.unchanged,
    laatste.withdrawn,
    laatste.quarantined,
    laatste.problem,
    cursor.position
from aanhangsel.versheid as versheid
left join etl.cursor as cursor on cursor.source = versheid.source
left join lateral (
    select *
    from etl.run as run
    where run.source = versheid.source
    order by run.run_id desc
    limit 1
) as laatste on true
order by versheid.source
